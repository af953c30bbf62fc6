import Foundation
import TestSupport
import Testing

/// What people decide: kept against a new rule book, shown with its reasons, and learned from.
struct DecisionTests {
  private static let texts = [
    "花溪路口的路灯坏了半个月", "丁玲路上的路灯一到晚上就不亮", "善德路口的井盖破了，电话19900001234找我",
    "河边钓鱼的鱼线横在步道上割到脖子", "桥下的鱼线挂在树上看不见", "昨天又被鱼线绊了一下", "公厕晚上不开门",
  ]

  private func store() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    store.rules = try ShippedRules.copy(to: store.folder.path("rules"), changing: "book.yaml") { $0 }
    let records = Self.texts.enumerated().map { WebForm(id: "R-\($0.offset)", title: "反映", content: $0.element) }
    try store.ingest([store.write("1.jsonl", WebForm.lines(records))])
    return store
  }

  private func show(_ store: StoreUnderTest, _ id: Int) throws -> JSONValue {
    try JSONValue(try store.run("show", "\(id)", "--json").standardOutput)
  }

  @Test func aNewBookJudgesWhatNobodyDecided() throws {
    let store = try store()
    let decided = try store.run("correct", "2", "--topic", "010502", "--reason", "在公园里", "--actor", "周敏")
    #expect(decided.ending == .exited(0), "\(decided.errors)")
    let before = try show(store, 1)
    store.rules = try ShippedRules.copy(to: store.folder.path("new"), changing: "keywords/01-urban.yaml") {
      $0.replacing("topic: \"010302\"", with: "topic: \"010303\"")
    }
    let run = try store.run("rules", "reclassify", "--reason", "新规则", "--json")
    #expect(run.ending == .exited(0), "\(run.errors)")
    let report = try JSONValue(run.standardOutput)
    #expect(report["judged"].int == Self.texts.count - 1)
    #expect(report["changed"].int == 1)
    #expect(report["decided"].int == 1)
    let after = try show(store, 1)
    #expect(before["topic"].text == "010302")
    #expect(after["topic"].text == "010303")
    let earlier = after["submissions"].list[0]["earlier_verdicts"].list
    #expect(earlier.map { $0["topic"].text } == ["010302"])
    #expect(earlier[0]["book"].text == before["submissions"].list[0]["verdict"]["book"].text)
    #expect(after["history"].list.map { $0["action"].text } == ["intake", "reclassify"])
    #expect(try show(store, 2)["topic"].text == "010502", "a person's decision stands")
    try store.isSound()
    // The same again finds nothing to do, and personal details stay cut out.
    let again = try JSONValue(try store.run("rules", "reclassify", "--reason", "再来", "--json").standardOutput)
    #expect(again["judged"].int == 0)
    let cuts = try show(store, 3)["submissions"].list[0]["verdict"]["cuts"].list.compactMap(\.text)
    #expect(cuts == ["mobile"])
    #expect(try !String(decoding: store.run("show", "3").standardOutput, as: UTF8.self).contains("19900001234"))
  }

  /// The store keeps the book, so what it decided can be told after the rules have changed.
  @Test func aVerdictIsExplainedByItsOwnBook() throws {
    let store = try store()
    store.rules = try ShippedRules.copy(to: store.folder.path("new"), changing: "keywords/01-urban.yaml") {
      $0.replacing("id: manhole-cover\n", with: "id: other-cover\n")
    }
    let verdict = try show(store, 3)["submissions"].list[0]["verdict"]
    let first = try #require(verdict["contenders"].list.first)
    #expect(first["contributions"].list.contains { $0["rule"].text == "manhole-cover" })
    let sum = first["contributions"].list.compactMap { $0["amount"].int }.reduce(0, +)
    #expect(sum == verdict["score"].int)
    #expect(first["score"].int == verdict["score"].int)
    #expect(try store.run("show", "3").output.contains("manhole-cover +"))
  }

  @Test func decisionsBecomeRulesToAccept() throws {
    let store = try store()
    for id in 4...6 {
      let run = try store.run("correct", "\(id)", "--topic", "010502", "--reason", "滨水步道", "--actor", "周敏")
      #expect(run.ending == .exited(0), "\(run.errors)")
    }
    let learned = try store.run("rules", "learn", "--from", "decisions", "--json")
    #expect(learned.ending == .exited(0), "\(learned.errors)")
    let report = try JSONValue(learned.standardOutput)
    #expect(report["decided"].int == 3)
    #expect(report["right_before"].int == 0)
    #expect(report["right_after"].int == 3)
    let folder = try #require(store.rules)
    let file = try String(contentsOfFile: folder + "/keywords/90-decisions.yaml", encoding: .utf8)
    #expect(file.contains("topic: \"010502\""))
    #expect(file.contains("word: 鱼线"))
    #expect(!file.contains("步道上割到脖子"))
    #expect(try store.run("rules", "check").ending == .exited(0))
    // Learned again with the proposals in place, it says the same.
    _ = try store.run("rules", "learn", "--from", "decisions")
    #expect(try String(contentsOfFile: folder + "/keywords/90-decisions.yaml", encoding: .utf8) == file)
    let understood = try JSONValue(try store.run("rules", "explain", "鱼线缠住了车轮", "--json").standardOutput)
    #expect(understood["topic"].text == "010502")
  }

  @Test func whatIsNotKnownIsRefused() throws {
    let store = try store()
    #expect(try store.run("correct", "1", "--topic", "999999", "--reason", "无").ending == .exited(2))
    #expect(try store.run("correct", "1", "--reason", "无").ending == .exited(2))
    #expect(try store.run("correct", "77", "--topic", "0105", "--reason", "无").ending == .exited(1))
    #expect(try store.run("correct", "1", "--topic", "0105", "--reason", " ").ending == .exited(2))
    try store.isSound()
    #expect(try show(store, 1)["version"].int == 1)
  }
}
