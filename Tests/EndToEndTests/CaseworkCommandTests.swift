import Foundation
import TestSupport
import Testing

/// From the queue to the answer on the command line: orders, returns, answers, ratings, and back.
struct CaseworkCommandTests {
  private func store(rules: String? = nil) throws -> StoreUnderTest {
    let store = try StoreUnderTest(rules: rules)
    let texts = ["鼎城区花溪路口的路灯坏了半个月，晚上看不见", "善德路口的井盖破了，车轮陷进去", "请问驿站晚上几点关门"]
    let records = texts.enumerated().map { WebForm(id: "R-\($0.offset)", title: "反映", content: $0.element) }
    try store.ingest([store.write("1.jsonl", WebForm.lines(records))])
    return store
  }

  private func json(_ run: CommandRun) throws -> JSONValue {
    #expect(run.ending == .exited(0), "\(run.errors)")
    return try JSONValue(run.standardOutput)
  }

  /// What may be done now, by the role asked for.
  private func acts(_ store: StoreUnderTest, _ id: String, _ role: String, _ more: String...) throws -> [String] {
    let run = try CommandRun.of(store.arguments(["act", id, "--role", role, "--json"] + more))
    return try json(run)["acts"].list.compactMap { $0["act"].text }
  }

  @Test func theWholeWay() throws {
    let store = try store()
    #expect(try acts(store, "1", "moderator").contains("dispatch"))
    #expect(try acts(store, "1", "publisher") == ["note"])
    let dispatched = try json(try store.run("dispatch", "1", "2", "--to", "housing@430703", "--text", "三日内修好", "--json"))
    #expect(dispatched["dispatched"].list.map { $0["id"].int } == [1, 2])
    #expect(dispatched["dispatched"].list.first?["handler"].text == "housing@430703")
    let inbox = try JSONValue.lines(try store.run("inbox", "--unit", "housing@430703", "--json").standardOutput)
    #expect(Set(inbox.compactMap { $0["id"].int }) == [1, 2])
    #expect(inbox.allSatisfy { $0["next_due"].text != nil })
    #expect(try store.run("inbox", "--unit", "housing").output.contains("没有在办事项"))

    func unit(_ words: String...) throws -> CommandRun {
      try CommandRun.of(store.arguments(["act", "1"] + words + ["--role", "department", "--unit", "housing@430703"]))
    }
    #expect(try unit("sign").ending == .exited(0))
    #expect(try unit("sign").ending == .exited(1), "signed already")
    #expect(try unit("resolve").errors.isEmpty == false, "no proof")
    #expect(try unit("resolve", "--proof", "sha256:1").ending == .exited(0))
    #expect(try unit("answer", "--text", "花溪路口路灯已换新，今晚起亮").ending == .exited(0))
    #expect(try store.run("act", "1", "close").ending == .exited(1), "the writer has not been told")
    #expect(try store.run("act", "1", "tell", "--text", "已电话告知").ending == .exited(0))
    let closed = try json(try store.run("act", "1", "close", "--json"))
    #expect(closed["state"].text == "closed")
    #expect(closed["version"].int == 6)
    let shown = try json(try store.run("show", "1", "--json"))
    #expect(shown["state"].text == "closed")
    #expect(shown["history"].list.map { $0["action"].text }.suffix(2) == ["tell", "close"])
    try store.isSound()

    // The writer, who has nothing but the slip.
    let receipt = try #require(shown["receipt"].text)
    #expect(try store.run("follow-up", "1", "--urge").ending == .exited(1), "a number is no receipt")
    #expect(try store.run("follow-up", receipt, "--solved", "no", "--satisfied", "no").ending == .exited(0))
    let again = try json(try store.run("follow-up", receipt, "--reopen", "又不亮了", "--json"))
    #expect(again["state"].text == "reopened")
    #expect(try store.run("follow-up", receipt).ending == .exited(2))
    #expect(try store.run("follow-up", receipt, "--solved", "maybe").ending == .exited(2))
    try store.isSound()
  }

  @Test func aDecisionIsTakenBack() throws {
    let store = try store()
    let before = try store.canonical()
    #expect(try store.run("act", "2", "reject", "--rejection", "in-court", "--reason", "已起诉").ending == .exited(0))
    #expect(try store.canonical() != before)
    #expect(try store.run("act", "2", "undo", "--reason", "看错了").ending == .exited(0))
    #expect(try store.canonical() == before)
    // A return goes back to the platform with a basis and a proposed owner, never sideways.
    #expect(try store.run("dispatch", "2", "--to", "housing").ending == .exited(0))
    let unit = ["--role", "department", "--unit", "housing"]
    let missing = try CommandRun.of(store.arguments(["act", "2", "return", "--reason", "不归我们"] + unit))
    #expect(missing.ending == .exited(1))
    let returned = try CommandRun.of(
      store.arguments(
        ["act", "2", "return", "--reason", "不归我们", "--basis", "职责清单第三条", "--owner", "urban-management", "--json"] + unit))
    #expect(try json(returned)["state"].text == "returned")
    #expect(try store.run("dispatch", "2", "--to", "housing").ending == .exited(1), "not twice to the same unit")
    #expect(try store.run("dispatch", "2", "--to", "urban-management").ending == .exited(0))
    try store.isSound()
  }

  /// A corrected urgency ranks as the machine's would have.
  @Test func aCorrectedUrgencyMovesTheQueue() throws {
    let store = try store()
    func queue() throws -> [JSONValue] { try JSONValue.lines(try store.run("queue", "--json").standardOutput) }
    func places(_ items: [JSONValue]) -> [[Int?]] { items.map { [$0["id"].int, $0["priority"].int] } }
    let before = try queue()
    let last = try #require(before.last)
    let id = String(try #require(last["id"].int))
    #expect(before.count == 3 && last["urgency"].text != "danger")
    #expect(try store.run("correct", id, "--urgency", "danger", "--reason", "有人受伤").ending == .exited(0))
    let first = try #require(try queue().first)
    #expect(first["id"].int == last["id"].int && first["urgency"].text == "danger")
    let isUnsure = !last["sure"].isTrue || last["asked"] != .null
    #expect(first["priority"].int == (isUnsure ? 93 : 90))
    try store.isSound()
    #expect(try store.run("act", id, "undo", "--reason", "看错了").ending == .exited(0))
    #expect(try places(queue()) == places(before))
    try store.isSound()
  }

  /// The return that is one too many names the fallback of the routes, as the district's own office.
  @Test func theFallbackIsNamed() throws {
    let folder = try TemporaryFolder()
    let rules = try ShippedRules.copy(to: folder.path("rules"), changing: "casework.yaml") {
      $0.replacing("returns: {most: 2, then: lead}", with: "returns: {most: 1, then: fallback}")
    }
    let store = try store(rules: rules)
    #expect(try store.run("dispatch", "1", "--to", "housing@430703").ending == .exited(0))
    let returned = try json(
      try store.run(
        "act", "1", "return", "--role", "department", "--unit", "housing@430703", "--reason", "不归我们", "--basis",
        "职责清单第三条", "--owner", "urban-management", "--json"))
    #expect(returned["escalation"].text == "fallback")
    #expect(returned["proposed"].text?.hasSuffix("@430703") == true)
    #expect(try store.run("dispatch", "1", "--to", "urban-management").ending == .exited(1), "a lead decides now")
    let proposed = try #require(returned["proposed"].text)
    let settled = try json(
      try store.run("act", "1", "adjudicate", "--to", proposed, "--reason", "兜底", "--basis", "首接负责", "--json"))
    #expect(settled["handler"].text == proposed && settled["proposed"] == .null)
  }

  @Test func whatWasSeenMustStillStand() throws {
    let store = try store()
    #expect(try store.run("act", "3", "note", "--text", "等站长回话", "--seen", "0").ending == .exited(0))
    let late = try store.run("act", "3", "reject", "--rejection", "no-request", "--reason", "x", "--seen", "0")
    #expect(late.ending == .exited(1))
    #expect(late.errors.contains("刚被别人改过"))
    #expect(!late.errors.contains("等站长回话"), "nobody's text in an error")
  }

  @Test func whatIsNotKnownIsRefusedByName() throws {
    let store = try store()
    for (words, name) in [
      (["act", "1", "fly"], "fly"), (["act", "1", "--role", "king"], "king"), (["dispatch", "1", "--to", "nobody"], "nobody"),
      (["dispatch", "1", "--to", "housing@99"], "99"), (["inbox", "--unit", "station:no"], "no"),
      (["act", "1", "snooze", "--until", "tomorrow"], "tomorrow"), (["act", "1", "reject", "--rejection", "rude"], "rude"),
      (["inbox", "--state", "lost"], "lost"),
    ] {
      let run = try CommandRun.of(store.arguments(words))
      #expect(run.ending == .exited(2), "\(words)")
      #expect(run.errors.contains(name), "\(words): \(run.errors)")
    }
  }
}
