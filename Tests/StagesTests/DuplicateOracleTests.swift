import Foundation
import Stages
import Suggestions
import TestSupport
import Testing
import Text

/// Every pair of real citizens' messages that is near by exact counting, against what the index links.
@Suite(.enabled(if: PackageRoot.shared != nil, "the shared data sets are not here"))
struct DuplicateOracleTests {
  private static func bodies(_ file: String) throws -> [DuplicateIndexTests.Scalars] {
    let shared = try #require(PackageRoot.shared)
    return try PackageRoot.bytes(shared + "/data/" + file).split(separator: 0x0A).map { line in
      let text = try JSONValue(Data(line))["text"].text ?? ""
      return Folded.scalars(text)
    }
  }

  private struct Outcome {
    var pairs = 0
    var linked = 0
    /// Pairs connected through links, right or wrong.
    var connected = 0
    var containedPairs = 0
    var containedFound = 0
  }

  private static func measure(_ texts: [DuplicateIndexTests.Scalars]) -> Outcome {
    var index = DuplicateIndex()
    var groups = Groups(texts.count)
    var containing = Groups(texts.count)
    for (number, text) in texts.enumerated() where !text.isEmpty {
      let sketch = DuplicateIndexTests.sketch(text)
      let hash = DuplicateIndexTests.hash(text)
      text.withUnsafeBufferPointer { text in
        let match = index.match(text, hash: hash, sketch: sketch, place: PlaceClaim(), namesOwnPlace: true)
        if let match {
          if match.kind != .contained { groups.join(number, Int(match.number) - 1) }
          containing.join(number, Int(match.number) - 1)
        }
        _ = index.insert(
          text, hash: hash, sketch: sketch, number: UInt32(number + 1), suggestion: UInt32(number + 1),
          place: PlaceClaim(), namesOwnPlace: true, isExact: match?.kind == .exact)
      }
    }
    var outcome = Outcome()
    let sizes = texts.map { $0.isEmpty ? 0 : DuplicateIndexTests.grams($0).count }
    for (later, similar) in DuplicateIndexTests.oracle(texts).enumerated() {
      for (earlier, jaccard) in similar where sizes[later] > 0 && sizes[earlier] > 0 {
        let both = Double(sizes[later] + sizes[earlier])
        let common = (jaccard * both / (1 + jaccard)).rounded()
        let fewer = min(sizes[later], sizes[earlier])
        if jaccard >= Likeness.nearThreshold {
          outcome.pairs += 1
          if groups.areJoined(later, earlier) { outcome.linked += 1 }
        } else if fewer >= Likeness.fewestContained, common >= Likeness.containedThreshold * Double(fewer) {
          outcome.containedPairs += 1
          if containing.areJoined(later, earlier) { outcome.containedFound += 1 }
        }
      }
    }
    outcome.connected = groups.pairs
    return outcome
  }

  @Test(arguments: ["same-matter/messages.jsonl", "civic-messages/labelled.jsonl"])
  func realPairsAreLinked(_ file: String) throws {
    let outcome = DuplicateOracleTests.measure(try DuplicateOracleTests.bodies(file))
    #expect(outcome.pairs >= 200)
    #expect(Double(outcome.linked) >= 0.99 * Double(outcome.pairs), "\(outcome)")
    #expect(Double(outcome.linked) >= 0.99 * Double(outcome.connected), "\(outcome)")
    // Of those that stand inside a longer one, a text has one leader and may have it for another.
    #expect(outcome.containedPairs >= 10)
    #expect(outcome.containedFound * 10 >= outcome.containedPairs * 8, "\(outcome)")
  }
}

/// Numbers joined into groups.
private struct Groups {
  private var parents: [Int]

  init(_ count: Int) { parents = Array(0..<count) }

  private func root(_ number: Int) -> Int {
    var number = number
    while parents[number] != number { number = parents[number] }
    return number
  }

  mutating func join(_ one: Int, _ other: Int) { parents[root(one)] = root(other) }

  func areJoined(_ one: Int, _ other: Int) -> Bool { root(one) == root(other) }

  /// Pairs of numbers in one group.
  var pairs: Int {
    var sizes: [Int: Int] = [:]
    for number in parents.indices { sizes[root(number), default: 0] += 1 }
    return sizes.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
  }
}
