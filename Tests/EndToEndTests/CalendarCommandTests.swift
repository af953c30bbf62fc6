import Foundation
import TestSupport
import Testing

/// The working calendar on the command line, and the casework's files as they are checked.
struct CalendarCommandTests {
  /// A rules folder of a test's own.
  private func rules() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    store.rules = try ShippedRules.copy(to: store.folder.path("rules"), changing: "book.yaml") { $0 }
    return store
  }

  private func calendar(_ store: StoreUnderTest) -> String { (store.rules ?? "") + "/calendar.yaml" }

  private static func notice(_ year: Int, _ days: [(String, String, Bool)]) -> String {
    let list = days.map { "{\"name\": \"\($0)\", \"date\": \"\($1)\", \"isOffDay\": \($2)}" }.joined(separator: ", ")
    return "{\"year\": \(year), \"papers\": [\"https://www.gov.cn/\"], \"days\": [\(list)]}"
  }

  @Test func aYearIsShown() throws {
    let report = try JSONValue(try CommandRun.of(["calendar", "--year", "2024", "--json"]).standardOutput)
    #expect(report["announced"] == .bool(true))
    #expect(report["provisional_from"] == .null)
    // 366 days, 104 at weekends; 18 of the days off are Monday to Friday, and 9 days are worked for them.
    #expect(report["working_days"].int == 251)
    #expect(report["months"].list.compactMap(\.int).reduce(0, +) == 251)
    let names = report["holidays"].list.compactMap { $0["name"].text }
    #expect(names == ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"])
    #expect(report["holidays"][1]["work"].list.map(\.text) == ["2024-02-04", "2024-02-18"])
    for (language, words) in [("zh", ["春节", "02-10（六）–02-17（六）", "工作日 251"]), ("en", ["working days: 251", "02-10 (Sat)"])] {
      let run = try CommandRun.of(["calendar", "show", "--year", "2024", "--language", language])
      #expect(run.ending == .exited(0))
      for word in words { #expect(run.output.contains(word), "\(run.output)") }
    }
    #expect(try CommandRun.of(["calendar", "--year", "12"]).ending == .exited(2))
  }

  @Test func aYearWithoutNoticeIsProvisional() throws {
    let report = try JSONValue(try CommandRun.of(["calendar", "--year", "2199", "--json"]).standardOutput)
    #expect(report["announced"] == .bool(false))
    #expect(report["provisional_from"].text == "2199-01-01")
    #expect(report["holidays"].list.isEmpty)
    #expect(try CommandRun.of(["calendar", "--year", "2199"]).output.contains("待定"))
  }

  @Test func aNoticeIsImportedOnce() throws {
    let store = try rules()
    let before = try String(contentsOfFile: calendar(store), encoding: .utf8)
    let file = try store.write(
      "2199.json", Self.notice(2199, [("元旦", "2199-01-01", true), ("元旦", "2199-01-05", false)]))
    let empty = try store.write("2200.json", Self.notice(2200, []))
    let run = try store.run("calendar", "import", file, empty, "--json")
    #expect(run.ending == .exited(0), "\(run.errors)")
    let report = try JSONValue(run.standardOutput)
    #expect(report["years"].list.map { $0["result"].text } == ["added", "unannounced"])
    let after = try String(contentsOfFile: calendar(store), encoding: .utf8)
    #expect(after.hasPrefix(before) && after.hasSuffix("- {name: 元旦, off: [2199-01-01], work: [2199-01-05]}\n"))
    #expect(try JSONValue(try store.run("calendar", "import", file, "--json").standardOutput)["written"] == .bool(false))
    #expect(try JSONValue(try store.run("calendar", "--year", "2199", "--json").standardOutput)["announced"] == .bool(true))
    // Written elsewhere, or to standard output, the calendar of the folder stays as it is.
    let newer = try store.write("newer.json", Self.notice(2199, [("元旦", "2199-01-02", true)]))
    let printed = try store.run("calendar", "import", newer, "--output", "-")
    #expect(printed.output.contains("off: [2199-01-02]"))
    #expect(try store.run("calendar", "import", newer, "--output", store.folder.path("c.yaml")).ending == .exited(0))
    #expect(try String(contentsOfFile: calendar(store), encoding: .utf8) == after)
    #expect(try String(contentsOfFile: store.folder.path("c.yaml"), encoding: .utf8) == printed.output)
  }

  @Test func whatIsWrongIsNotWritten() throws {
    let store = try rules()
    let before = try String(contentsOfFile: calendar(store), encoding: .utf8)
    let broken = try store.write("broken.json", Self.notice(2199, [("元旦", "2199-13-01", true)]))
    let opposed = try store.write("opposed.json", Self.notice(2199, [("节", "2199-01-01", true), ("节", "2199-01-01", false)]))
    for (path, words) in [(broken, "2199-13-01"), (opposed, "2199-01-01"), (store.folder.path("none"), "none")] {
      for language in ["zh", "en"] {
        let run = try store.run("calendar", "import", path, "--language", language)
        #expect(run.ending == .exited(2) && run.errors.contains(words), "\(run.errors)")
      }
    }
    // Right by itself, and against the year before.
    let neighbour = try store.write("2027.json", Self.notice(2027, [("元旦", "2026-10-01", false)]))
    #expect(try store.run("calendar", "import", neighbour).errors.contains("2026-10-01"))
    #expect(try String(contentsOfFile: calendar(store), encoding: .utf8) == before)
    // Somebody's own remarks are not lost unasked.
    try Data((before + "# 自己的话\n").utf8).write(to: URL(fileURLWithPath: calendar(store)))
    let good = try store.write("good.json", Self.notice(2199, [("元旦", "2199-01-01", true)]))
    let refused = try store.run("calendar", "import", good)
    #expect(refused.ending == .exited(2) && refused.errors.contains("--force"))
    #expect(try String(contentsOfFile: calendar(store), encoding: .utf8).hasSuffix("# 自己的话\n"))
    #expect(try store.run("calendar", "import", good, "--force").ending == .exited(0))
  }

  @Test func aLocalFileGoesFirst() throws {
    let store = try rules()
    let local = (store.rules ?? "") + "/calendar.local.yaml"
    try Data("overrides: [{days: 2024-07-02..2024-07-03, off: true, name: 暴雨停工}]\n".utf8).write(
      to: URL(fileURLWithPath: local))
    let report = try JSONValue(try store.run("calendar", "--year", "2024", "--json").standardOutput)
    #expect(report["working_days"].int == 249)
    #expect(report["local"].list.map { $0["name"].text } == ["暴雨停工"])
    #expect(try store.run("calendar", "--year", "2024").output.contains("07-02（二）–07-03（三） 暴雨停工"))
    // Neither the calendar nor anything else of the casework is part of the rule book.
    let book = try JSONValue(try store.run("rules", "check", "--json").standardOutput)["book"].text
    try FileManager.default.removeItem(atPath: local)
    #expect(try JSONValue(try store.run("rules", "check", "--json").standardOutput)["book"].text == book)
  }

  @Test func checkNamesFileAndLineOfEveryFault() throws {
    let store = try rules()
    let folder = store.rules ?? ""
    try store.mend(folder + "/clocks.yaml", "in_force: [changde, ideas]", "in_force: [changde, mars]")
    try store.mend(folder + "/reminders.yaml", "share: 50", "share: 150")
    try store.mend(folder + "/casework.yaml", "reopen: 30 days", "reopen: soon")
    try FileManager.default.removeItem(atPath: folder + "/calendar.yaml")
    let report = try JSONValue(try store.run("rules", "check", "--json").standardOutput)
    let files = report["problems"].list.filter { $0["severity"].text == "error" }.compactMap { $0["file"].text }
    #expect(Set(files) == ["calendar.yaml", "casework.yaml", "clocks.yaml", "reminders.yaml"])
    for (language, words) in [("zh", ["没有办法 mars", "缺少这个文件"]), ("en", ["no model named mars", "the file is missing"])] {
      let check = try store.run("rules", "check", "--language", language)
      #expect(check.ending == .exited(1))
      let calendar = try store.run("calendar", "--language", language)
      #expect(calendar.ending == .exited(2) && calendar.output.isEmpty)
      for word in words { #expect(check.output.contains(word) && calendar.errors.contains(word)) }
      #expect(calendar.errors.contains(/clocks\.yaml:[0-9]+/))
    }
  }
}
