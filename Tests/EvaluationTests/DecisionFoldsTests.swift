import Evaluation
import Rules
import Suggestions
import TestSupport
import Testing

/// Decisions divided, so that what is learned is tried on what it has not seen.
struct DecisionFoldsTests {
  private static func text(_ number: Int, _ body: String) -> StoredText {
    StoredText(number: UInt32(number), title: [], body: Array(body.utf8))
  }

  private static func mining(_ decided: Int) throws -> DecisionMining {
    let book = try RuleBook(files: TopicLearningTests.files(learned: false))
    let texts = (1...max(1, decided)).prefix(decided).map { text($0, "河边有鱼线绊人，第\($0)回了，请管管") }
    var mining = DecisionMining(texts.map { (text: $0, topic: "010502") }, book: book, asOf: 1_750_000_000)
    mining.addBackground(texts)
    mining.addBackground((100...160).map { text($0, "公厕晚上不开门，请第\($0)号负责") })
    return mining
  }

  @Test func everyDecisionIsHeldOnce() throws {
    let mining = try Self.mining(11)
    let folds = mining.folds(5)
    #expect(folds.count == 5)
    #expect(folds.reduce(0) { $0 + $1.held.decidedCount } == 11)
    for fold in folds {
      #expect(fold.learning.decidedCount + fold.held.decidedCount == 11)
      #expect((2...3).contains(fold.held.decidedCount))
    }
  }

  @Test func aFoldLearnsWithoutWhatItIsTriedOn() throws {
    let mining = try Self.mining(10)
    #expect(mining.proposals().flatMap(\.words).contains { $0.word.contains("鱼线") })
    for fold in mining.folds(5) {
      let words = fold.learning.proposals().flatMap(\.words)
      #expect(words.contains { $0.word.contains("鱼线") && $0.own == 8 })
    }
    // With too few left in a fold nothing is proposed.
    #expect(try Self.mining(3).folds(3).allSatisfy { $0.learning.proposals().isEmpty })
  }

  @Test func wordsThatNeverStoodAreListed() throws {
    let book = try RuleBook(files: TopicLearningTests.files(learned: false))
    var coverage = Coverage()
    #expect(coverage.silentWords(of: book).isEmpty, "nothing was looked at")
    coverage.add([(id: 1, title: "", body: "巷口路灯坏了半个月")], by: book)
    let silent = Dictionary(uniqueKeysWithValues: coverage.silentWords(of: book).map { ($0.rule.id, $0.words) })
    let lamp = try #require(silent["street-lamp"])
    #expect(!lamp.contains("路灯") && lamp.contains("灯杆"))
    #expect(silent["manhole-cover"]?.contains("井盖") == true)
    coverage.add([(id: 2, title: "灯杆", body: "井盖破了")], by: book)
    let after = Dictionary(uniqueKeysWithValues: coverage.silentWords(of: book).map { ($0.rule.id, $0.words) })
    #expect(after["street-lamp"]?.contains("灯杆") == false)
    #expect(after["manhole-cover"]?.contains("井盖") == false)
  }
}
