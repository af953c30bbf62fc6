import Foundation
import TestSupport
import Testing

/// What could not be taken in: seen, mended, taken in after all or given up, each logged.
struct QuarantineTests {
  private static let good = """
    {"id":"WG-1","text":"花溪路路口井盖破了","time":"2025-06-01T10:00:00+08:00","sender":"甲","badge":"1",\
    "station":"","act":"随手拍","district":"鼎城区","place":"花溪路","images":[]}

    """
  private static let broken = "{\"id\":\"WG-2\",\"text\":\"雨棚漏水，地上都是水\",\"time\":}\n"
  private static let otherDate = good.replacing("WG-1", with: "WG-3").replacing("花溪路路口井盖破了", with: "停车区太窄")
    .replacing("2025-06-01T10:00:00+08:00", with: "2025.06.02 10:00")
  private static let last = good.replacing("WG-1", with: "WG-4").replacing("花溪路路口井盖破了", with: "公厕没有灯")

  private let store: StoreUnderTest
  private let path: String

  init() throws {
    store = try StoreUnderTest()
    path = try store.write(
      "inbox.jsonl", QuarantineTests.good + QuarantineTests.broken + QuarantineTests.otherDate + QuarantineTests.last)
    #expect(try store.ingest([path], exit: 1).counts == [4, 2, 0, 0, 2])
  }

  @Test func theGoodAroundTheBadAreIn() throws {
    #expect(try JSONValue.lines(try store.canonical()).map { $0["external_id"].text } == ["WG-1", "WG-4"])
  }

  @Test func listSaysWhereAndWhy() throws {
    let entries = try store.quarantine()
    try #require(entries.count == 2)
    let syntax = entries[0]
    #expect(syntax["file"].text == path)
    #expect(syntax["record"].int == 2)
    #expect(syntax["line"].int == 2)
    #expect(syntax["byte_offset"].int == QuarantineTests.good.utf8.count)
    #expect(syntax["fault_line"].int == 2)
    // The closing brace stands where a value should, counted in characters.
    #expect(syntax["fault_column"].int == QuarantineTests.broken.unicodeScalars.count - 1)
    #expect(syntax["reason"].text == "syntax")
    #expect(syntax["bytes"].int == QuarantineTests.broken.utf8.count - 1)
    #expect(syntax["state"].text == "waiting")
    #expect(syntax["submission"] == .null)
    let date = entries[1]
    #expect(date["record"].int == 3)
    #expect(date["reason"].text == "unreadable-field")
    #expect(date["detail"].text?.hasPrefix("submitted_at") == true)
    let people = try store.run("quarantine")
    #expect(people.ending == .exited(0))
    #expect(people.output.contains("语法错误"))
    #expect(!people.output.contains("雨棚漏水"))
  }

  @Test func showGivesTheBytesAndIsLogged() throws {
    let events = try store.counts()["events"].int ?? 0
    let shown = try store.run("quarantine", "show", "1", "--json", "--actor", "王", "--reason", "核对原件")
    #expect(shown.ending == .exited(0), "\(shown.errors)")
    let bytes = Data(base64Encoded: try JSONValue(shown.standardOutput)["bytes_base64"].text ?? "")
    #expect(bytes == Data(QuarantineTests.broken.utf8.dropLast()))
    #expect(try store.counts()["events"].int == events + 1)
    let history = try store.bytes()
    #expect(history.range(of: Data("核对原件".utf8)) != nil)
    #expect(try store.run("quarantine", "show", "1").output.contains("雨棚漏水"))
    #expect(try store.run("quarantine", "show", "99").ending == .exited(1))
    #expect(try store.run("quarantine", "show", "1", "--reason", "").ending == .exited(2))
    try store.isSound()
  }

  @Test func aSecondIntakeAddsNoSecondEntry() throws {
    let before = try store.bytes()
    #expect(try store.ingest([path], exit: 1).counts == [4, 0, 0, 2, 2])
    #expect(try store.quarantine().count == 2)
    #expect(try store.bytes() == before)
  }

  @Test func aMendedRecordComesInOnce() throws {
    let mended = try store.write(
      "mended.jsonl", QuarantineTests.broken.replacing(":}", with: ":\"2025-06-01 11:00:00\"}"))
    let retry = try store.run("quarantine", "retry", "1", "--with", mended, "--json")
    #expect(retry.ending == .exited(0), "\(retry.errors)")
    #expect(try JSONValue(retry.standardOutput)["taken_in"].int == 1)
    #expect(try store.run("quarantine", "retry", "1", "--with", mended).ending == .exited(1))
    let lines = try JSONValue.lines(try store.canonical())
    #expect(lines.map { $0["external_id"].text } == ["WG-1", "WG-2", "WG-4"])
    let entry = try store.quarantine(all: true)[0]
    #expect(entry["state"].text == "retried")
    #expect(entry["submission"].int == 3)
    // The same record by another road is known.
    #expect(try store.ingest([mended], ["--profile", "work-group"]).counts == [1, 0, 0, 1, 0])
    #expect(try store.ingest([path], exit: 1).counts == [4, 0, 0, 2, 2])
    #expect(try store.quarantine().count == 1)
    try store.isSound()
  }

  @Test func whatIsStillBrokenStays() throws {
    let worse = try store.write("worse.jsonl", "{\"id\":\"WG-2\"")
    let retry = try store.run("quarantine", "retry", "1", "--with", worse, "--json")
    #expect(retry.ending == .exited(1))
    #expect(try JSONValue(retry.standardOutput)["waiting"].int == 1)
    #expect(try store.quarantine(all: true).map { $0["state"].text } == ["waiting", "waiting"])
    #expect(try store.run("quarantine", "retry", "1", "2", "--with", worse).ending == .exited(2))
    #expect(try store.run("quarantine", "retry", "1", "--with", store.folder.path("none")).ending == .exited(2))
    try store.isSound()
  }

  @Test func aMendedProfileTakesItIn() throws {
    let rules = try store.copyRules()
    try store.mend(rules + "/profiles/work-group.yaml", "dates: [", "dates: [\"yyyy.MM.dd HH:mm\", ")
    store.rules = rules
    let retry = try store.run("quarantine", "retry", "--json")
    // The other one stays: its syntax is broken under any profile.
    #expect(retry.ending == .exited(1))
    let outcome = try JSONValue(retry.standardOutput)
    #expect(outcome["tried"].int == 2)
    #expect(outcome["taken_in"].int == 1)
    let line = try JSONValue.lines(try store.canonical()).first { $0["external_id"].text == "WG-3" }
    #expect(line?["submitted_at"].text == "2025-06-02T10:00:00+08:00")
    #expect(try store.quarantine().map { $0["record"].int } == [2])
    try store.isSound()
  }

  @Test func givingUpWantsAReason() throws {
    #expect(try store.run("quarantine", "discard", "1").ending == .exited(2))
    #expect(try store.run("quarantine", "discard", "1", "--reason", "").ending == .exited(2))
    #expect(try store.quarantine().count == 2)
    let events = try store.counts()["events"].int ?? 0
    let discard = try store.run("quarantine", "discard", "1", "--actor", "王", "--reason", "已电话核实，重复")
    #expect(discard.ending == .exited(0), "\(discard.errors)")
    #expect(try store.run("quarantine", "discard", "1", "--reason", "再来一次").ending == .exited(1))
    #expect(try store.quarantine(all: true).map { $0["state"].text } == ["discarded", "waiting"])
    #expect(try store.counts()["events"].int == events + 1)
    #expect(try store.bytes().range(of: Data("已电话核实，重复".utf8)) != nil)
    #expect(try store.ingest([path], exit: 1).counts == [4, 0, 0, 2, 2])
    #expect(try store.quarantine().map { $0["id"].int } == [2])
    try store.isSound()
  }

  /// XML goes back into the elements its profile expects around it.
  @Test func aRecordOfADocumentIsRetriedAlone() throws {
    let store = try StoreUnderTest()
    let late = WebForm(id: "X-2", content: "雨棚漏水").xml
      .replacing("2025-06-01T10:00:00+08:00", with: "2025.06.02 10:00")
    let document = WebForm.document([WebForm(id: "X-1", content: "路灯不亮")])
      .replacing("</suggestions>", with: late + "</suggestions>")
    try store.ingest([try store.write("form.xml", document)], exit: 1)
    let rules = try store.copyRules()
    try store.mend(rules + "/profiles/dezhihui-xml.yaml", "dates: [", "dates: [\"yyyy.MM.dd HH:mm\", ")
    store.rules = rules
    let retry = try store.run("quarantine", "retry", "--json")
    #expect(retry.ending == .exited(0), "\(retry.errors)")
    #expect(try JSONValue.lines(try store.canonical()).map { $0["external_id"].text } == ["X-1", "X-2"])
    #expect(try store.quarantine().isEmpty)
  }
}
