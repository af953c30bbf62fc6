import Evaluation
import Rules
import Stages
import Suggestions
import TestSupport
import Testing

/// Repetitions and the same matter in a file, against known answers.
struct DuplicateEvaluationTests {
  private typealias Message = DuplicateEvaluation.Message

  private static let cover = "花溪路与善德路交叉口的电力井盖破了一个大口子，晚上骑车看不见，已经有两个骑手在那里摔倒，请尽快派人来更换"

  private static func messages() -> [DuplicateEvaluation.Message] {
    var messages = [
      Message(id: "a", title: "井盖破损", text: cover),
      Message(id: "b", title: "井盖破损", text: cover),
      Message(id: "c", title: "井盖破损", text: cover + "，谢谢各位领导"),
      Message(id: "d", title: "花溪路井盖", text: "善德路花溪路口有个电力井盖裂开，骑手差点摔倒，盼更换"),
      Message(id: "e", title: "路灯", text: "桥南市场后门的路灯半个月不亮，取件看不清台阶"),
      Message(id: "f", title: "路灯不亮", text: "晚上去桥南市场后门取件，路灯一直不亮，台阶都看不见"),
    ]
    for number in 0..<20 {
      messages.append(Message(id: "x\(number)", title: "其他\(number)", text: "完全不同的第\(number)件事，编号\(number * 7919)"))
    }
    return messages
  }

  private static func evaluation() throws -> DuplicateEvaluation {
    DuplicateEvaluation(messages(), by: try TopicLearningTests.book(), asOf: 1_750_000_000)
  }

  @Test func linksAreThoseOfTheStages() throws {
    let evaluation = try Self.evaluation()
    let links = evaluation.links.filter { $0.message < 6 }
    #expect(links.map(\.kind) == [.exact, .near])
    #expect(links.map(\.message) == [1, 2])
    #expect(links.map(\.leader) == [0, 0])
    #expect(evaluation.counts.first { $0.kind == .exact }?.count == 1)
  }

  @Test func partnersAreFound() throws {
    var evaluation = try Self.evaluation()
    let result = evaluation.sameMatter([(0, 1), (1, 0), (4, 5), (4, 4)])
    #expect([result.messages, result.pairs] == [4, 2])
    #expect([result.hitAtOne, result.recallAtTen] == [1, 1])
    #expect(evaluation.sameMatter([]).messages == 0)
    let wrong = evaluation.sameMatter([(0, 20)])
    #expect(wrong.messages == 2)
    #expect(wrong.hitAtOne == 0)
  }

  @Test func theOracleComparesAllPairs() {
    let oracle = JaccardOracle(
      ["abcdef", "abcdefgh", "zzzz", "abcdef", "", "ab", "ab"].map { $0.unicodeScalars.map(\.value) })
    #expect(oracle.pairs.map { [$0.first, $0.second, $0.score] } == [[0, 1, 667], [0, 3, 1000], [1, 3, 667], [5, 6, 1000]])
    #expect(oracle.isSimilar(3, 1))
    #expect(!oracle.isSimilar(0, 2))
  }

  @Test func agreementCountsWhatLinksConnect() throws {
    let agreement = try Self.evaluation().agreement()
    // a-b, a-c, b-c, of which the last only through a.
    #expect(agreement.pairs >= 3)
    #expect(agreement.recall == 1)
    #expect(agreement.precision == 1)
    #expect(agreement.missed.isEmpty)
  }

  @Test func pairFilesAreRead() throws {
    let rows = try PairFile.rows(Array("\u{FEFF}id_a,id_b,teams\r\n1,2,3\r\n\"x\", y \r\n\n".utf8))
    #expect(rows.map(\.first) == ["1", "x"])
    #expect(rows.map(\.second) == ["2", "y"])
    #expect(rows.map(\.line) == [2, 3])
    #expect(throws: LabelledFault.missing(key: "id_b", line: 1)) { _ = try PairFile.rows(Array("1,".utf8)) }
  }

  // MARK: Real messages

  /// What people said of 200 candidates drawn at random from those shown for the shared messages, near copies aside; in
  /// the file are ids, scores and judgements alone.
  @Test func shownCandidatesAreMostlyRight() throws {
    let lines = String(decoding: try PackageRoot.bytes("fixtures/labels/same-matter-judgements.csv"), as: UTF8.self)
      .split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(lines.first == ["id_a", "id_b", "score", "judgement"])
    let rows = lines.dropFirst()
    #expect(rows.count == 200)
    #expect(rows.allSatisfy { $0.count == 4 && ["same", "partly", "different"].contains($0[3]) })
    #expect(rows.allSatisfy { (Int($0[2]) ?? 0) >= MatterScore.possible })
    func right(from least: Int, _ judgements: Set<String>) -> Double {
      let shown = rows.filter { (Int($0[2]) ?? 0) >= least }
      return Double(shown.count { judgements.contains($0[3]) }) / Double(max(1, shown.count))
    }
    #expect(right(from: MatterScore.likely, ["same"]) >= 0.90)
    #expect(right(from: MatterScore.possible, ["same"]) >= 0.70)
    #expect(right(from: MatterScore.possible, ["same", "partly"]) >= 0.80)
  }
}
