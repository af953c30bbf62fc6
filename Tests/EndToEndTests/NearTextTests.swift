import Foundation
import TestSupport
import Testing

/// How a near score comes about, and what differs between two texts.
struct NearTextTests {
  private static let first = "花溪路与善德路交叉口的电力井盖破了一个大口子，晚上骑车看不见，已经有两个骑手摔倒"
  private static let edited = "花溪路与善德路交叉口的电力井盖裂了一个大口子，晚上骑车看不见，已经有三个骑手摔倒，请尽快派人更换"
  private static let quoting =
    "各位领导好，我是外卖骑手，每天在城里跑十几个小时，今天要反映几件事。" + first
    + "。另外驿站的饮水机一直没有热水，冬天大家只能喝凉的；希望再装两排充电插座，中午轮着充电要排半个小时的队。"

  private static func store(_ texts: [String]) throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    let forms = texts.enumerated().map { WebForm(id: "R-\($0.offset)", content: $0.element) }
    try store.ingest([try store.write("1.jsonl", WebForm.lines(forms))])
    return store
  }

  private static func near(_ store: StoreUnderTest, _ id: String) throws -> JSONValue {
    try JSONValue(try store.run("show", id, "--json").standardOutput)["near"][0]
  }

  /// What stands at the stretches of a text.
  private static func words(_ text: String, _ stretches: JSONValue) -> [String] {
    let scalars = Array(text.unicodeScalars)
    return stretches.list.map { stretch in
      let (start, count) = (stretch[0].int ?? 0, stretch[1].int ?? 0)
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[start..<start + count])
      return String(view)
    }
  }

  @Test func thePartsGiveTheScore() throws {
    let store = try Self.store([Self.first, Self.edited])
    for (id, own, body) in [("2", Self.edited, Self.first), ("1", Self.first, Self.edited)] {
      let near = try Self.near(store, id)
      #expect(
        near.keys == ["suggestion", "kind", "score", "differs", "submission", "own_submission", "body", "parts", "differences"])
      #expect(near["kind"].text == "near")
      let parts = near["parts"]
      #expect(parts["length"].int == 3)
      let (common, left, right) = (parts["common"].int ?? 0, parts["own"].int ?? 0, parts["other"].int ?? 0)
      #expect(left == own.count - 2 && right == body.count - 2, "no gram stands twice in these")
      let score = Double(common) / Double(left + right - common)
      #expect(abs(score - (near["score"].double ?? 0)) < 0.0006)
      #expect(near["body"].text == body)
      #expect(near["own_submission"].int == Int(id))
      let (mine, others) = (
        Self.words(own, near["differences"]["left"]), Self.words(body, near["differences"]["right"])
      )
      #expect(Set([mine, others]) == [["破", "两"], ["裂", "三", "，请尽快派人更换"]])
    }
    let shown = try store.run("show", "2").output
    #expect(shown.contains("三字组 共同 "))
    #expect(shown.contains("〖裂〗了") && shown.contains("〖破〗了"), "\(shown)")
    #expect(shown.contains("〖，请尽快派人更换〗"))
    #expect(!shown.contains("\u{1B}["), "no colour where nobody looks")
    let english = try store.run("show", "2", "--language", "en").output
    #expect(english.contains("3-grams: ") && english.contains(" in common ÷ ("))
    // Whoever is repeated is not told on the screen how.
    #expect(try !store.run("show", "1").output.contains("三字组"))
  }

  @Test func shortTextsAreMeasuredInPairs() throws {
    let store = try Self.store(["桥南后门路灯不亮", "桥南后门的路灯不亮"])
    let near = try Self.near(store, "2")
    try #require(near["kind"].text == "near")
    #expect(near["parts"]["length"].int == 2)
    #expect(try store.run("show", "2").output.contains("二字组 共同 "))
  }

  @Test func whatIsQuotedIsMeasuredByTheShorter() throws {
    let store = try Self.store([Self.first, Self.quoting])
    let near = try Self.near(store, "2")
    try #require(near["kind"].text == "contained")
    let parts = near["parts"]
    let shorter = min(parts["own"].int ?? 0, parts["other"].int ?? 0)
    #expect(abs(Double(parts["common"].int ?? 0) / Double(shorter) - (near["score"].double ?? 0)) < 0.0006)
    let shown = try store.run("show", "2").output
    #expect(shown.contains("÷ 较短的 \(shorter) = "))
    #expect(shown.contains("…"), "a long difference is not told whole")
  }

  @Test func containedTextsAreCounted() throws {
    let store = try StoreUnderTest()
    let path = try store.write(
      "1.jsonl", WebForm.lines([WebForm(id: "R-1", content: Self.first), WebForm(id: "R-2", content: Self.quoting)]))
    #expect(try store.run("ingest", path, "--dry-run").output.contains("包含 1 条"))
    let report = try store.ingest([path])
    #expect(["exact", "near", "contained", "again"].map { report["duplicates"][$0].int } == [0, 0, 1, 0])
    #expect(report["files"][0]["duplicates"]["contained"].int == 1)
  }

  /// The score is that of the texts as they were; what they say now would give another.
  @Test func aCorrectedLeaderIsSaidToBe() throws {
    let store = try Self.store([Self.first, Self.edited])
    try store.ingest([
      try store.write("2.jsonl", WebForm(id: "R-0", content: Self.first + "。又问了一遍，还是没有人来").json + "\n")
    ])
    let near = try Self.near(store, "2")
    #expect(near["parts"] == .null)
    #expect(near["score"].double != nil)
    #expect(try store.run("show", "2").output.contains("后来更正过"))
  }
}
