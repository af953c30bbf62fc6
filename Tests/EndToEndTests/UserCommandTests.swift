import Foundation
import TestSupport
import Testing

/// Users from the command line: the first administrator, scopes, passwords that nobody reads afterwards.
struct UserCommandTests {
  static let password = "three cats by the manhole"

  private func store() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    let made = try store.run("migrate")
    try #require(made.ending == .exited(0), "\(made.errors)")
    return store
  }

  private func json(_ run: CommandRun, at location: SourceLocation = #_sourceLocation) throws -> JSONValue {
    #expect(run.ending == .exited(0), "\(run.errors)", sourceLocation: location)
    return try JSONValue(run.standardOutput)
  }

  @Test func makesTheFirstAdministrator() throws {
    let store = try store()
    #expect(try store.run("user", "list").output.contains("administrator"), "what to do first is told")
    let added = try json(
      try store.run("user", "add", "Zhou.Min", "--display", "周敏", "--role", "administrator", "--json"))
    #expect(added["name"].text == "zhou.min" && added["display"].text == "周敏")
    #expect(added["has_password"] == .bool(false))
    let roles = added["roles"].list
    #expect(roles.map { $0["role"].text } == ["administrator"])
    #expect(roles[0]["tracks"].list.map(\.text) == ["ordinary"] && roles[0]["unit"] == .null)
    let again = try store.run("user", "add", "ZHOU.MIN")
    #expect(again.ending == .exited(1) && again.errors.contains("已经有了"))
    #expect(try json(try store.run("user", "list", "--json"))["users"].list.count == 1)
    let table = try store.run("user").output
    #expect(table.contains("周敏") && table.contains("管理员") && table.contains("未设口令"))
    #expect(try store.run("user", "list", "--language", "en").output.contains("no password"))
    try store.isSound()
    let bytes = String(decoding: try store.bytes(), as: UTF8.self)
    #expect(bytes.contains("system:" + NSUserName()))
  }

  @Test func passwordsComeFromStandardInputAndAreNowhere() throws {
    let store = try store()
    _ = try json(try store.run("user", "add", "min", "--json"))
    let good = try store.write("good", Self.password + "\r\nsecond line\n")
    let bad = [
      ("short", "太短"), ("password1234", "最常见"), ("min.min.min.min", "名字"), ("", "没有给出口令"),
      (String(repeating: "长", count: 129), "太长"),
    ]
    for (number, (typed, words)) in bad.enumerated() {
      let run = try store.run("user", "password", "min", input: try store.write("bad\(number)", typed + "\n"))
      #expect(run.ending == .exited(number == 3 ? 2 : 1))
      #expect(run.errors.contains(words) && run.standardOutput.isEmpty, "\(run.errors)")
      if typed.count > 1 { #expect(!run.errors.contains(typed)) }
    }
    #expect(try store.run("user", "password", "min").ending == .exited(2), "nothing on standard input")
    #expect(try store.run("user", "password", "nobody", input: good).ending == .exited(1))
    let set = try json(try store.run("user", "password", "MIN", "--json", input: good))
    #expect(set["has_password"].isTrue)
    let bytes = try store.bytes()
    #expect(bytes.range(of: Data(Self.password.utf8)) == nil)
    #expect(bytes.range(of: Data("$scrypt$ln=17,r=8,p=1$".utf8)) != nil)
    #expect(bytes.range(of: Data("second line".utf8)) == nil)
    try store.isSound()
  }

  @Test func rolesHaveScopes() throws {
    let store = try store()
    let department = try json(
      try store.run(
        "user", "add", "lin", "--role", "department", "--unit", "housing", "--district", "430703", "--track",
        "ordinary,sensitive", "--json"))["roles"][0]
    #expect(department["unit"].text == "housing" && department["district"].text == "430703")
    #expect(department["tracks"].list.compactMap(\.text) == ["ordinary", "sensitive"])
    let keeper = try json(
      try store.run("user", "role", "lin", "--add", "station-keeper", "--station", "鼎城骑手友好驿站", "--json"))["roles"]
    #expect(keeper[1]["station"].text == "dingcheng-jiangnan" && keeper[1]["unit"] == .null)
    for region in [["430702", "430703"], ["430724"]] {
      let run = try CommandRun.of(
        store.arguments(["user", "role", "lin", "--add", "moderator", "--json", "--region"] + region))
      #expect(try json(run)["roles"].list.last?["regions"].list.compactMap(\.text) == region)
    }
    #expect(try store.run("user", "role", "lin", "--add", "moderator", "--region", "430724").ending == .exited(1))
    #expect(try store.run("user", "list").output.contains("housing@430703"))
    // With a scope one goes, without all of the role.
    let less = try json(
      try store.run("user", "role", "lin", "--remove", "moderator", "--region", "430724", "--json"))["roles"].list
    #expect(less.compactMap { $0["role"].text } == ["department", "station-keeper", "moderator"])
    let least = try json(try store.run("user", "role", "lin", "--remove", "moderator", "--json"))["roles"].list
    #expect(least.count == 2)
    #expect(try store.run("user", "role", "lin", "--remove", "moderator").ending == .exited(1))
    try store.isSound()
  }

  static let refused: [(words: [String], exit: Int32)] = [
    (["add", "a b"], 1), (["add", "x", "--role", "boss"], 2), (["add", "x", "--role", "writer"], 1),
    (["add", "x", "--region", "430702"], 2), (["add", "x", "--role", "department"], 1),
    (["add", "x", "--role", "department", "--unit", "nothing"], 2),
    (["add", "x", "--role", "department", "--district", "430702"], 2),
    (["add", "x", "--role", "moderator", "--region", "999999"], 2),
    (["add", "x", "--role", "moderator", "--track", "secret"], 2),
    (["add", "x", "--role", "moderator", "--unit", "housing"], 1),
    (["add", "x", "--role", "publisher", "--track", "ordinary,sensitive"], 1),
    (["add", "x", "--role", "station-keeper", "--station", "nowhere"], 2),
    (["role", "x", "--add", "lead"], 1), (["role", "x"], 2), (["role", "x", "--add", "lead", "--remove", "lead"], 2),
    (["disable", "x"], 1), (["enable", "x"], 1), (["sessions", "x"], 1), (["sessions", "x", "--revoke"], 1),
  ]

  @Test(arguments: refused.indices) func saysWhyNot(_ index: Int) throws {
    let store = try store()
    let (words, exit) = Self.refused[index]
    let run = try CommandRun.of(store.arguments(["user"] + words))
    #expect(run.ending == .exited(exit), "\(words) \(run.errors)")
    #expect(!run.errors.isEmpty && run.standardOutput.isEmpty)
    #expect(try json(try store.run("user", "list", "--json"))["users"].list.isEmpty)
    try store.isSound()
  }

  @Test func disablesAndEnables() throws {
    let store = try store()
    _ = try json(try store.run("user", "add", "min", "--role", "supervisor", "--json"))
    #expect(try json(try store.run("user", "disable", "min", "--json"))["disabled"].isTrue)
    #expect(try store.run("user", "list").output.contains("已停用"))
    let enabled = try json(try store.run("user", "enable", "min", "--json"))
    #expect(!enabled["disabled"].isTrue && enabled["roles"].list.count == 1)
    #expect(try json(try store.run("user", "sessions", "min", "--json"))["sessions"].list.isEmpty)
    #expect(try json(try store.run("user", "sessions", "min", "--revoke", "--json"))["revoked"].int == 0)
    try store.isSound()
  }

  // MARK: Contacts

  @Test func contactsAreShownForAReasonAndLogged() throws {
    let store = try StoreUnderTest()
    let record = WebForm(id: "R-1", content: "花溪路口的井盖破了").json
      .replacingOccurrences(of: #"{"name":"甲"}"#, with: #"{"name":"甲乙","phone":"13800001111"}"#)
    try store.ingest([store.write("1.jsonl", record + "\n")])
    #expect(try store.run("contact", "1").ending == .exited(2), "no reason")
    #expect(try store.run("contact", "1", "--reason", " ").ending == .exited(2))
    #expect(try store.run("contact", "7", "--reason", "回访").ending == .exited(1))
    #expect(try store.run("contact", "1", "--revision", "3", "--reason", "回访").ending == .exited(1))
    func acts() throws -> [JSONValue] {
      try json(try store.run("show", "1", "--json"))["history"].list.filter { $0["action"].text == "unseal" }
    }
    #expect(try acts().isEmpty, "nothing was seen yet")
    let shown = try store.run("contact", "1", "--reason", "回访")
    #expect(shown.output.contains("甲乙") && shown.output.contains("13800001111"), "\(shown.errors)")
    #expect(try acts().map { $0["actor"].text } == ["system:" + NSUserName()])
    let receipt = try #require(try json(try store.run("show", "1", "--json"))["receipt"].text)
    let again = try json(try store.run("contact", receipt, "--actor", "周敏", "--reason", "再访", "--json"))
    #expect(again["number"].int == 1 && again["receipt"].text == receipt)
    #expect(again["contacts"].list.compactMap { $0["field"].text } == ["writer", "phone"])
    #expect(try acts().map { $0["actor"].text } == ["system:" + NSUserName(), "周敏"])
    try store.isSound()
  }
}
