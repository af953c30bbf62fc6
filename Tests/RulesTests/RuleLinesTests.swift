import Foundation
import Rules
import Testing

/// A rule's own lines and its own examples.
struct RuleLinesTests {
  @Test func aRuleIsShownAsItIsWritten() throws {
    let book = try SampleBook.book(
      rules: """
        words:
          cover: [井盖]
        rules:
          # 第一条
          - id: one
            topic: "010101"
            any: ["@cover"]

            why: 归住建
          # 属于下一条
          - id: two
            topic: "010102"
            any:
              - 路灯
              - {word: 灯杆, weight: 2}

        """)
    #expect(book.lines(of: book.rules[0]) == "- id: one\n  topic: \"010101\"\n  any: [\"@cover\"]\n\n  why: 归住建")
    #expect(
      book.lines(of: book.rules[1])
        == "- id: two\n  topic: \"010102\"\n  any:\n    - 路灯\n    - {word: 灯杆, weight: 2}")
  }

  @Test func everyShippedLineIsSomeRules() throws {
    let book = try SampleBook.book()
    for rule in book.rules {
      let lines = book.lines(of: rule)
      #expect(lines.hasPrefix("- id: \(rule.id)"), "\(rule.id)")
      #expect(lines.components(separatedBy: "- id:").count == 2, "\(rule.id)")
    }
  }

  @Test func examplesOfOneRuleAlone() throws {
    let book = try SampleBook.book(
      rules: """
        rules:
          - id: one
            topic: "010101"
            any: [井盖]
            hits: ["路灯不亮"]
          - id: two
            topic: "010102"
            any: [路灯]
            hits: ["⟦路灯⟧不亮"]
            misses: ["路灯"]
        """)
    #expect(book.failingExamples(of: [book.rules[0]]).map(\.fault) == [.exampleMissed(rule: "one", number: 1)])
    #expect(book.failingExamples(of: [book.rules[1]]).map(\.fault) == [.exampleHit(rule: "two", number: 1)])
    #expect(book.failingExamples().count == 2)
  }
}
