import Foundation
import TestSupport
import Testing

/// Rules tried on what is stored before they go live, and where they are blind.
struct RuleReplayTests {
  private static let texts = [
    "花溪路口的路灯坏了半个月", "丁玲路上的路灯一到晚上就不亮", "善德路口的井盖破了",
    "河边钓鱼的鱼线横在步道上割到脖子", "桥下的鱼线挂在树上看不见", "昨天又被鱼线绊了一下",
  ]

  private func store() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    let records = Self.texts.enumerated().map { WebForm(id: "R-\($0.offset)", title: "反映", content: $0.element) }
    try store.ingest([store.write("1.jsonl", WebForm.lines(records))])
    return store
  }

  /// A copy of the shipped book with one file changed.
  private func book(_ name: String, in store: StoreUnderTest, _ file: String, _ change: (String) -> String) throws -> String {
    try ShippedRules.copy(to: store.folder.path(name), changing: file, change)
  }

  @Test func aBookChangesNothingBesideItself() throws {
    let store = try store()
    let before = try store.canonical()
    let report = try JSONValue(try store.run("rules", "diff", "rules", "rules", "--json").standardOutput)
    #expect(report["suggestions"].int == Self.texts.count)
    #expect(report["changed"].int == 0)
    #expect(try store.canonical() == before)
  }

  @Test func aRuleForAnotherTopicMovesWhatItDecided() throws {
    let store = try store()
    let old = try book("old", in: store, "keywords/01-urban.yaml") { $0 }
    let new = try book("new", in: store, "keywords/01-urban.yaml") {
      $0.replacing("topic: \"010302\"", with: "topic: \"010303\"")
    }
    let before = try store.canonical()
    let report = try JSONValue(try store.run("rules", "diff", old, new, "--json").standardOutput)
    #expect(report["changed"].int == 2)
    let moves = report["topic"]["moves"].list
    #expect(report["topic"]["changed"].int == 2)
    #expect(moves.allSatisfy { $0["old"].text == "010302" && $0["new"].text == "010303" })
    #expect(Set(moves.flatMap { $0["samples"].list.compactMap(\.int) }) == [1, 2])
    #expect(try store.canonical() == before)
    let screen = try store.run("rules", "diff", old, new)
    #expect(screen.output.contains("010302"))
  }

  @Test func whatNoRuleUnderstandsIsListedWithItsWords() throws {
    let store = try store()
    store.rules = try book("rules", in: store, "keywords/00-words.yaml") { $0 }
    let report = try JSONValue(try store.run("rules", "coverage", "--json").standardOutput)
    #expect(report["suggestions"].int == Self.texts.count)
    #expect(report["without_topic"].list.compactMap(\.int) == [4, 5, 6])
    let first = try #require(report["terms"].list.first)
    #expect(first["term"].text == "鱼线")
    #expect(first["open"].int == 3)
    #expect(first["understood"].int == 0)
  }
}
