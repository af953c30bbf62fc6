import Foundation
import TestSupport
import Testing

/// The desks from the command line: stations, reporters, supervisors, and units without an account.
struct DeskCommandTests {
  private static let book = "fixtures/inbox/books/anfu-AF-02.txt"

  private func json(_ run: CommandRun, at location: SourceLocation = #_sourceLocation) throws -> JSONValue {
    #expect(run.ending == .exited(0), "\(run.errors)", sourceLocation: location)
    return try JSONValue(run.standardOutput)
  }

  /// Acts as somebody at a moment, in China's time.
  private func act(
    _ store: StoreUnderTest, _ words: [String], at moment: String? = nil, at location: SourceLocation = #_sourceLocation
  ) throws {
    let run = try CommandRun.of(store.arguments(["act", "--confirm"] + words + (moment.map { ["--at", $0] } ?? [])))
    #expect(run.ending == .exited(0), "\(words) \(run.errors)", sourceLocation: location)
  }

  private static let unit = ["--role", "department", "--unit", "housing@430724"]

  /// Entry 5 of the book, on the way to its answer.
  private func answered() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    try store.ingest([Self.book])
    try act(store, ["5", "dispatch", "--to", "housing@430724"], at: "2999-07-01T09:00")
    try act(store, ["5", "sign"] + Self.unit, at: "2999-07-01T10:00")
    let answer = ["5", "answer", "--text", "朝阳街路灯已修好。", "--outcome", "A"]
    try act(store, ["5", "resolve", "--proof", "p"] + Self.unit, at: "2999-07-01T10:30")
    try act(store, answer + Self.unit, at: "2999-07-01T11:00")
    return store
  }

  /// A command as the program proposes it, filled in.
  private static func words(_ command: String, _ filling: String) -> [String] {
    command.replacing("golden-ideas ", with: "").replacing("…", with: filling).split(separator: " ").map(String.init)
  }

  // MARK: Stations

  @Test func theKeeperCarriesTheAnswerBack() throws {
    let store = try answered()
    let early = try json(try store.run("station", "anfu", "--json", "--at", "2999-07-01T11:05"))
    #expect(early["to_carry"].list.isEmpty, "it can still be taken back")
    let desk = try json(try store.run("station", "安福驿站", "--json", "--limit", "30", "--at", "2999-07-02T09:00"))
    #expect(desk["station"]["code"].text == "anfu" && desk["submissions_total"].int == 28)
    let errand = try #require(desk["to_carry"].list.first)
    #expect(desk["to_carry"].list.count == 1 && errand["submission"].int == 5 && errand["what"].text == "answer")
    #expect(errand["text"].text == "朝阳街路灯已修好。" && errand["page"].text == "1")
    let entry = try #require(desk["submissions"].list.first { $0["submission"].int == 5 })
    let trail = entry["trail"]
    #expect(trail["written"].text == "2025-04-15T00:00:00+08:00")
    #expect(trail["collected"].text == "2025-07-02T00:00:00+08:00" && trail["transcribed"] == .null)
    #expect(trail["answered"].text == "2999-07-01T11:00:00+08:00" && trail["told"] == .null)
    #expect(entry["unknown"].list.map(\.text) == ["transcribed"] && entry["state"].text == "answered")
    let medians = desk["lags"]["medians"].list
    #expect(medians.first?["from"].text == "written" && medians.first?["to"].text == "collected")
    #expect(desk["lags"]["unknown"]["transcribed"].int == 28)
    let screen = try store.run("station", "anfu", "--at", "2999-07-02T09:00").output
    #expect(screen.contains("朝阳街路灯已修好。") && screen.contains("AF-02 第1页第10行") && screen.contains("要带回的（1 件）"))
    // The words that record it are those of the command line.
    let record = try #require(errand["record"].text)
    let words = Self.words(record, "当面说了")
    let told = try CommandRun.of(store.arguments(words + ["--at", "2999-07-02T10:00"]))
    #expect(told.ending == .exited(0), "\(words) \(told.errors)")
    let after = try json(try store.run("station", "anfu", "--json", "--at", "2999-07-03T09:00"))
    #expect(after["to_carry"].list.isEmpty)
    #expect(try store.run("station", "nowhere").ending == .exited(2))
    let english = try store.run("station", "anfu", "--language", "en").output
    #expect(english.contains("Nothing to carry back.") && english.contains("Lag of each step"))
    try store.isSound()
  }

  @Test func theKeeperAsksWhetherItIsSolved() throws {
    let store = try answered()
    #expect(try store.run("call-backs").output.contains("没有要回访的"))
    try act(store, ["5", "tell", "--text", "告知"], at: "2999-07-02T10:00")
    let waiting = try json(try store.run("call-backs", "--json"))["call_backs"].list
    #expect(waiting.count == 1 && waiting.first?["state"].text == "answered" && waiting.first?["record"] == .null)
    try act(store, ["5", "close"], at: "2999-07-03T10:00")
    let list = try json(try store.run("call-backs", "--station", "安福驿站", "--json"))["call_backs"].list
    let entry = try #require(list.first)
    #expect(entry["station"].text == "anfu" && entry["since"].text == "2999-07-03T10:00:00+08:00")
    #expect(try json(try store.run("call-backs", "--station", "hejie", "--json"))["call_backs"].list.isEmpty)
    let record = try #require(entry["record"].text)
    #expect(try store.run("call-backs").output.contains(record))
    let words = Self.words(record, "yes")
    #expect(words.contains("station-keeper"))
    let run = try CommandRun.of(store.arguments(words + ["--at", "2999-07-04T10:00"]))
    #expect(run.ending == .exited(0), "\(words) \(run.errors)")
    #expect(try json(try store.run("call-backs", "--json"))["call_backs"].list.isEmpty)
  }

  // MARK: Reporters

  @Test func reportersAreRegisteredAndCounted() throws {
    let store = try StoreUnderTest()
    try store.ingest(["fixtures/inbox/work-group-2025-06.jsonl"], exit: 1)
    let before = try store.canonical()
    #expect(try store.run("reporters").output.contains("未登记"))
    let name = "瑶光李石头"
    let added = try json(try store.run("reporters", "add", " dc-06", "--name", name, "--area", "430703", "--json"))
    #expect(added["badge"].text == "DC-06" && added["name"].text == name && added["active"].isTrue)
    #expect(try store.run("reporters", "add", "DC-06", "--name", "乙", "--area", "430703").ending == .exited(1))
    #expect(try store.run("reporters", "add", "DC-07", "--name", "乙", "--area", "99").ending == .exited(2))
    let list = try json(try store.run("reporters", "list", "--json"))
    let entry = try #require(list["reporters"].list.first)
    let acts = ["photo", "help", "spread", "report", "other"].compactMap { entry["acts"][$0].int }
    #expect(acts.count == 5 && acts.reduce(0, +) == entry["total"].int && (entry["acts"]["spread"].int ?? 0) > 0)
    // Counted by hand in the file.
    let lines = String(decoding: try PackageRoot.bytes("fixtures/inbox/work-group-2025-06.jsonl"), as: UTF8.self)
      .split(separator: "\n")
    let own = lines.filter { $0.replacing(" ", with: "").contains(#""badge":"DC-06""#) }
    #expect(entry["total"].int == own.count)
    #expect(!list["unregistered"].list.isEmpty)
    #expect(list["unregistered"].list.allSatisfy { $0["badge"].text != "DC-06" && $0["name"] == .null })
    let never = try json(try store.run("reporters", "list", "--since", "2999-01-01", "--json"))
    #expect(never["unregistered"].list.isEmpty)
    #expect(try store.run("reporters").output.contains(name))
    // Of the register nothing leaves.
    #expect(try store.canonical() == before)
    let export = try store.run("export")
    #expect(export.ending == .exited(0) && !export.output.contains(name))
    #expect(try store.bytes().range(of: Data(name.utf8)) == nil)
    #expect(try store.run("reporters", "change", "DC-06", "--area", "430702").ending == .exited(0))
    #expect(try store.run("reporters", "retire", "DC-06").ending == .exited(0))
    #expect(try store.run("reporters", "retire", "DC-06").ending == .exited(1))
    #expect(try store.run("reporters", "reinstate", "DC-06").ending == .exited(0))
    let gone = try json(try store.run("reporters", "retire", "DC-06", "--forget", "--json"))
    #expect(gone["name"] == .null && gone["active"] == .bool(false) && gone["retired_at"].text != nil)
    #expect(try store.run("reporters", "--language", "en").output.contains("(forgotten)"))
    try store.isSound()
  }

  // MARK: Units without an account

  private func ordered() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    let record = WebForm(id: "R-1", content: "花溪路花溪小区3栋2单元401门口的路灯坏了，井盖也破了").json
      .replacingOccurrences(of: #"{"name":"甲"}"#, with: #"{"name":"甲乙","phone":"13800001111"}"#)
    // Escapes hide nothing from whom it is released to.
    try store.ingest([store.write("1.jsonl", record.replacingOccurrences(of: "单元", with: "\\u5355\\u5143") + "\n")])
    #expect(try store.run("dispatch", "1", "--to", "housing@430703", "--text", "三日内修好").ending == .exited(0))
    return store
  }

  @Test func aUnitAnswersByLink() throws {
    let store = try ordered()
    let made = try json(try store.run("answer-link", "1", "--hours", "2", "--json"))
    let token = try #require(made["link"].text)
    #expect(made["id"].int == 1 && made["unit"].text == "housing@430703" && made["until"].text != nil)
    let printed = try store.run("answer-link", "1").output.split(separator: "\n").first.map(String.init)
    #expect(printed != token && printed?.count == token.count)
    let bad = try store.run("answer-by-link", token + "A", "--text", "修好了")
    #expect(bad.ending == .exited(1) && bad.errors.contains("链接"))
    #expect(try store.run("answer-by-link", token, "--text", " ", "--confirm").ending == .exited(1))
    let doubted = try store.run("answer-by-link", token, "--text", "已处理")
    #expect(doubted.ending == .exited(1) && doubted.errors.contains("--confirm"))
    #expect(try store.run("answer-by-link", token, "--text", "x", "--outcome", "Z").ending == .exited(2))
    let text = "花溪小区路灯已修好，井盖已更换。"
    let done = try json(try store.run("answer-by-link", token, "--text", text, "--proof", "sha256:1", "--json"))
    #expect(done["act"].text == "answer" && done["state"].text == "answered")
    let again = try store.run("answer-by-link", token, "--text", text)
    #expect(again.ending == .exited(1) && again.errors.contains("用过"))
    let late = try store.run("answer-by-link", try #require(printed), "--text", text)
    #expect(late.ending == .exited(1), "answered already")
    let history = try json(try store.run("show", "1", "--json"))["history"].list
    #expect(history.suffix(3).map { $0["action"].text } == ["sign", "resolve", "answer"])
    #expect(history.suffix(3).allSatisfy { $0["actor"].text == "link:1" })
    #expect(history.filter { $0["action"].text == "link" }.count == 2)
    #expect(try store.run("answer-link", "1").ending == .exited(1))
    #expect(try store.run("answer-link", "1", "--hours", "0").ending == .exited(2))
    #expect(try store.bytes().range(of: Data(token.utf8)) == nil)
    try store.isSound()
  }

  @Test func anOrderTakenBackHasNoLink() throws {
    let store = try ordered()
    let token = try #require(try json(try store.run("answer-link", "1", "--json"))["link"].text)
    #expect(try store.run("act", "1", "recall", "--reason", "派错了").ending == .exited(0))
    let refused = try store.run("answer-by-link", token, "--text", "修好了", "--confirm", "--language", "en")
    #expect(refused.ending == .exited(1) && refused.errors.contains("void"))
  }

  @Test func theContactIsPrintedWhereItWasReleased() throws {
    let store = try ordered()
    func looks() throws -> [JSONValue] {
      try json(try store.run("show", "1", "--json"))["history"].list.filter { $0["action"].text == "unseal" }
    }
    let plain = try store.run("order", "1", "--link", "https://x.cn/a/")
    for words in ["三日内修好", "〔门牌号〕", "https://x.cn/a/"] { #expect(plain.output.contains(words)) }
    #expect(!plain.output.contains("13800001111") && !plain.output.contains("401"))
    let refused = try store.run("order", "1", "--release-contact")
    #expect(refused.ending == .exited(1) && refused.standardOutput.isEmpty)
    #expect(refused.errors.contains("release-contact"))
    #expect(try looks().isEmpty)
    try act(store, ["1", "release-contact", "--reason", "要先打电话"])
    let page = store.folder.path("order.html")
    let run = try store.run("order", "1", "--release-contact", "--output", page, "--actor", "周敏")
    #expect(run.ending == .exited(0), "\(run.errors)")
    let markup = try String(contentsOfFile: page, encoding: .utf8)
    let parsed = try ParsedPage(String(markup.dropFirst("<!DOCTYPE html>\n".count)))
    let contact = try #require(parsed.all("section", style: "contact").first).text
    for words in ["甲乙", "13800001111", "2单元401"] { #expect(contact.contains(words), "\(contact)") }
    #expect(try looks().map { $0["actor"].text } == ["周敏"])
    // Released for that order, not for the next.
    #expect(try store.run("act", "1", "recall", "--reason", "派错了").ending == .exited(0))
    #expect(try store.run("dispatch", "1", "--to", "urban-management").ending == .exited(0))
    #expect(try store.run("order", "1", "--release-contact").ending == .exited(1))
    #expect(try looks().count == 1)
    try store.isSound()
  }

  // MARK: Supervisors

  @Test func theInboxOfASupervisor() throws {
    let store = try ordered()
    #expect(try store.run("act", "1", "supervise", "--role", "supervisor", "--reason", "久拖").ending == .exited(0))
    let next = WebForm(id: "R-2", content: "善德路口的井盖破了，车轮陷进去").json
    try store.ingest([store.write("2.jsonl", next + "\n")])
    #expect(try store.run("dispatch", "2", "--to", "housing").ending == .exited(0))
    func inbox(_ words: String...) throws -> [Int] {
      let run = try CommandRun.of(store.arguments(["inbox", "--json"] + words))
      #expect(run.ending == .exited(0), "\(run.errors)")
      return try JSONValue.lines(run.standardOutput).compactMap { $0["id"].int }
    }
    #expect(try Set(inbox()) == [1, 2])
    #expect(try inbox("--supervised") == [1])
    #expect(try inbox("--due-within", "366d").count == 2)
    #expect(try inbox("--due-within", "1m").isEmpty)
    for words in [["soon"], ["0h"], ["400d"], ["h"], ["-2h"], ["2h", "--overdue"]] {
      let run = try CommandRun.of(store.arguments(["inbox", "--due-within"] + words))
      #expect(run.ending == .exited(2), "\(words)")
    }
  }
}
