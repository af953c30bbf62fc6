import Foundation
import TestSupport
import Testing

import Casework

/// The gate on 1,957 real messages with the answers of the offices, 73 of them scored by people.
@Suite(.enabled(if: PackageRoot.shared != nil, "the shared data sets are not here"))
struct AnswerGateDataTests {
  struct Pair {
    var id: String
    var message: AnswerGateMessage
    var answer: String
    var complete: Double?
    var explains: Double?
  }

  private func pairs() throws -> [Pair] {
    let shared = try #require(PackageRoot.shared)
    return try PackageRoot.bytes(shared + "/data/answers/answers.jsonl").split(separator: 0x0A).map { line in
      let value = try JSONValue(Data(line))
      return Pair(
        id: try #require(value["id"].text),
        message: AnswerGateMessage(
          title: value["title"].text ?? "", body: try #require(value["text"].text)),
        answer: try #require(value["answer"].text), complete: value["complete"].text.flatMap(Double.init),
        explains: value["explains"].text.flatMap(Double.init))
    }
  }

  /// Share of the pairs of a high and a low human score that the gate puts in their order.
  private func ordered(_ scores: [(said: Double, gate: Double)]) -> Double {
    let high = scores.filter { $0.said > 0 }
    let low = scores.filter { $0.said == 0 }
    let right = high.reduce(0.0) { sum, one in
      sum + low.reduce(0.0) { $0 + (one.gate > $1.gate ? 1 : one.gate == $1.gate ? 0.5 : 0) }
    }
    return right / Double(high.count * low.count)
  }

  @Test func ranksAnswersAsPeopleDo() throws {
    let gate = try #require(AnswerGateTests.gate)
    let scored = try pairs().filter { $0.complete != nil }
    #expect(scored.count == 73)
    let scores = scored.map { gate.review($0.answer, to: $0.message).scores }
    #expect(ordered(zip(scored, scores).map { ($0.complete ?? 0, $1.complete) }) >= 0.90)
    #expect(ordered(zip(scored, scores).map { ($0.explains ?? 0, $1.explains) }) >= 0.87)
  }

  /// Real answers are seldom doubted; the same dealt out to other messages mostly are.
  @Test func noticesAnswersToSomethingElse() throws {
    let gate = try #require(AnswerGateTests.gate)
    let pairs = try pairs()
    func isDoubted(_ review: AnswerGateReview) -> Bool {
      review.findings.contains { [.noMatter, .noPlace, .otherPlace].contains($0.code) && $0.severity > .note }
    }
    var (said, own, swapped, hollow) = (0, 0, 0, 0)
    for (index, pair) in pairs.enumerated() {
      let review = gate.review(pair.answer, to: pair.message)
      if review.findings.contains(where: { [.empty, .template, .handedOn].contains($0.code) }) {
        hollow += 1
        continue
      }
      said += 1
      let other = pairs[(index + pairs.count / 2) % pairs.count].message
      if isDoubted(review) { own += 1 }
      if isDoubted(gate.review(pair.answer, to: other)) { swapped += 1 }
    }
    #expect(pairs.count == 1957)
    #expect((190...240).contains(hollow))
    #expect(Double(own) / Double(said) <= 0.06)
    #expect(Double(swapped) / Double(said) >= 0.78)
  }

  /// What one person said of 60 findings drawn for each kind at random; in the file are ids and judgements alone.
  @Test func findingsAreMostlyRight() throws {
    let gate = try #require(AnswerGateTests.gate)
    let pairs = Dictionary(try pairs().map { ($0.id, $0) }) { first, _ in first }
    var still: [String] = []
    for row in try AnswerGateJudgementTests.rows() {
      let pair = try #require(pairs[row[0]])
      let codes = gate.review(pair.answer, to: pair.message).findings.map(\.code.code)
      if codes.contains(row[1]) { still.append(row[2]) }
    }
    #expect(still.count >= 54)
    #expect(Double(still.count { $0 == "right" }) / Double(still.count) >= 0.62)
    #expect(Double(still.count { $0 != "wrong" }) / Double(still.count) >= 0.80)
  }
}

struct AnswerGateJudgementTests {
  static func rows() throws -> [[String]] {
    let bytes = try PackageRoot.bytes("fixtures/labels/answer-finding-judgements.csv")
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    #expect(lines.first == ["id", "finding", "judgement"])
    return Array(lines.dropFirst())
  }

  @Test func theFileIsWellFormed() throws {
    let rows = try Self.rows()
    #expect(rows.count == 60)
    let codes = Set(AnswerGateFinding.Code.allCases.map(\.code))
    #expect(rows.allSatisfy { $0.count == 3 && codes.contains($0[1]) && ["right", "partly", "wrong"].contains($0[2]) })
    #expect(Set(rows.map { $0[1] }) == codes)
  }
}
