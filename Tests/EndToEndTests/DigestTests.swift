import Foundation
import Store
import TestSupport
import Testing

/// The fixtures' three months as issues, from one store on which some cases were worked: what people read as recorded,
/// every figure against SQL of its own, and what verifying says.
struct DigestTests {
  static let months = ["2025-05", "2025-06", "2025-07"]

  /// One store for all tests that only read.
  private static let shared = Result { try DigestTests.worked() }

  private struct Worked: @unchecked Sendable {
    var store: StoreUnderTest
    var editing: String
  }

  private static func worked() throws -> Worked {
    let store = try StoreUnderTest()
    try #require(try store.run("demo").ending == .exited(0))
    let queue = try JSONValue.lines(try store.run("queue", "--limit", "100000", "--json").standardOutput)
    func ids(_ kind: String) -> [String] {
      queue.filter { $0["kind"].text == kind && $0["region"].text != nil }.compactMap { $0["id"].int }.sorted().map(String.init)
    }
    let unit = ["--role", "department", "--unit", "housing@430703"]
    var acts: [[String]] = []
    for id in ids("fault").prefix(9) {
      acts += [
        ["dispatch", id, "--to", "housing@430703"], ["act", id, "sign"] + unit, ["act", id, "arrive"] + unit,
        ["act", id, "resolve", "--proof", "sha256:1"] + unit,
        ["act", id, "answer", "--text", "已到现场处理完毕，更换损坏部件，当日恢复，欢迎监督。", "--outcome", "A", "--confirm"] + unit,
      ]
    }
    let pinned = ids("idea").dropFirst(7)
    for id in ids("idea").prefix(7) { acts.append(["act", id, "shortlist"]) }
    for id in ids("contribution").prefix(6) { acts.append(["act", id, "thank", "--text", "谢谢您"]) }
    for act in acts {
      let run = try CommandRun.of(store.arguments(act))
      try #require(run.ending == .exited(0), "\(act) \(run.errors)")
    }
    let pin = try #require(pinned.first)
    let editing = try store.write(
      "editing.json",
      """
      {"number": "第 7 期", "foreword": "编辑部的话。来电 13800138000。", "pins": [\(pin)],
       "rewrites": {"\(pin)": {"title": "编辑改过的标题"}}, "standings": true}
      """)
    return Worked(store: store, editing: editing)
  }

  private let worked: Worked
  private var store: StoreUnderTest { worked.store }

  init() throws { worked = try DigestTests.shared.get() }

  private func digest(_ month: String, _ format: String, _ options: String...) throws -> CommandRun {
    try CommandRun.of(store.arguments(["digest", month, "--format", format] + options))
  }

  private func json(_ month: String) throws -> JSONValue {
    let run = try digest(month, "json")
    try #require(run.ending == .exited(0), "\(run.errors)")
    return try JSONValue(run.standardOutput)
  }

  // MARK: as recorded

  @Test(arguments: months, ["html", "md", "json"]) func readsAsRecorded(_ month: String, _ format: String) throws {
    let run = try digest(month, format)
    #expect(run.ending == .exited(0), "\(run.errors)")
    try GoldenText(name: "digest-\(month).\(format)").matches(run.output.settledDigest)
  }

  @Test(arguments: months) func tablesReadAsRecorded(_ month: String) throws {
    let folder = store.folder.path("csv-\(month)")
    let run = try digest(month, "csv", "--output", folder, "--quiet")
    #expect(run.ending == .exited(0), "\(run.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names.count == 7)
    let texts = try names.map { name in
      "\(name)\n" + String(decoding: try PackageRoot.bytes(folder + "/" + name), as: UTF8.self)
    }
    try GoldenText(name: "digest-\(month).csv").matches(
      texts.joined(separator: "\n").replacingOccurrences(of: "\r\n", with: "\n").settledDigest)
  }

  @Test func theSecondTemplateAndEnglishAreWhole() throws {
    for options in [["--template", "bulletin"], ["--language", "en"], ["--template", "bulletin", "--language", "en"]] {
      let run = try CommandRun.of(store.arguments(["digest", "2025-07"] + options))
      #expect(run.ending == .exited(0), "\(run.errors)")
      #expect(run.output.hasPrefix("<!DOCTYPE html>") && run.output.contains("</html>"))
      #expect(!run.output.contains("[[") && !run.output.contains("{{"))
    }
  }

  @Test func sameStoreSameBytes() throws {
    for format in ["html", "md", "json"] {
      #expect(try digest("2025-07", format).standardOutput == (try digest("2025-07", format).standardOutput), "\(format)")
    }
  }

  // MARK: figures

  /// A count by SQL that shares nothing with the program's.
  private func count(_ sql: String) throws -> Int {
    let own = try SuggestionStore(url: "sqlite:" + store.path, access: .existing, folding: folding())
    return try own.read { session throws(StoreFault) in Int(try session.integer(sql)) }
  }

  private func rows(_ sql: String) throws -> [String: Int] {
    let own = try SuggestionStore(url: "sqlite:" + store.path, access: .existing, folding: folding())
    return Dictionary(
      try own.read { session throws(StoreFault) in try session.all(sql) { ($0.text(0), Int($0.integer(1))) } }
    ) { first, _ in first }
  }

  /// The table's number, as the store wrote it down.
  private func folding() throws -> UInt64 {
    let config = try JSONValue(try store.run("config", "--json").standardOutput)
    return try #require(UInt64(config["folding"].text ?? "", radix: 16))
  }

  /// Ordinary cases of a month that are merged into none, as the tables have them.
  private func cases(_ month: String) -> String {
    """
    FROM suggestion g JOIN submission s ON s.number = g.id
    WHERE g.track = 0 AND s.track = 0 AND g.root IS NULL
      AND strftime('%Y-%m', s.submitted_at + 28800, 'unixepoch') = '\(month)'
    """
  }

  private func figure(_ issue: JSONValue, _ indicator: String) -> JSONValue {
    issue["figures"].list.first { $0["indicator"].text == indicator } ?? .null
  }

  @Test(arguments: months) func headlinesAreThoseOfTheTables(_ month: String) throws {
    let issue = try json(month)
    let asks = "g.kind NOT IN (3, 4)"
    for (indicator, part, whole) in [
      ("received", "SELECT count(*) \(cases(month))", nil),
      ("submissions", "SELECT sum(g.submissions) \(cases(month))", nil),
      ("support", "SELECT sum(g.support) \(cases(month))", nil),
      ("contributions", "SELECT count(*) \(cases(month)) AND g.kind = 3", nil),
      ("closed", "SELECT count(*) \(cases(month)) AND \(asks) AND g.state IN (7, 9)", "SELECT count(*) \(cases(month)) AND \(asks) AND g.state <> 1"),
      (
        "dispatched",
        "SELECT count(*) \(cases(month)) AND \(asks) AND EXISTS (SELECT 1 FROM event e WHERE e.subject = g.id AND e.action = 'case.dispatch')",
        "SELECT count(*) \(cases(month)) AND \(asks)"
      ),
    ] as [(String, String, String?)] {
      let value = figure(issue, indicator)["value"]
      let (parts, wholes) = (try count(part), try whole.map(count))
      let weight = wholes ?? parts
      if weight > 0, weight < 5 {
        #expect(value["state"].text == "hidden" && value["numerator"] == .null, "\(indicator)")
      } else {
        #expect(value["numerator"].int == parts && value["denominator"].int == wholes, "\(indicator)")
      }
    }
  }

  @Test func comparisonsAreTheOtherMonths() throws {
    let (june, july, may) = (try json("2025-06"), try json("2025-07"), try json("2025-05"))
    for indicator in ["received", "submissions", "closed"] {
      #expect(figure(july, indicator)["previous"] == figure(june, indicator)["value"], "\(indicator)")
      #expect(figure(july, indicator)["year_earlier"]["state"].text == "missing")
    }
    #expect(july["missing"].list.compactMap(\.text) == ["2024-07"])
    let before = try count("SELECT count(*) \(cases("2025-04"))")
    #expect(may["missing"].list.compactMap(\.text).contains("2025-04") == (before == 0))
  }

  @Test(arguments: months) func tablesAreThoseOfTheTables(_ month: String) throws {
    let issue = try json(month)
    let channels = ["other", "web-form", "app", "chat", "opinion-book", "hotline", "letter", "visit", "wechat-mini", "kiosk", "api"]
    let doors = try rows(
      """
      SELECT s.channel, count(*) FROM submission s JOIN suggestion g ON g.id = s.suggestion
      WHERE s.track = 0 AND g.track = 0
        AND strftime('%Y-%m', s.submitted_at + 28800, 'unixepoch') = '\(month)' GROUP BY 1
      """)
    check(issue["tallies"].list.first { $0["table"].text == "channels" }, doors.reduce(into: [:]) { $0[channels[Int($1.key) ?? 0]] = $1.value })
    let topics = try rows(
      "SELECT coalesce((SELECT substr(c.text, 1, 2) FROM code c WHERE c.id = g.topic), ''), count(*) \(cases(month)) GROUP BY 1")
    check(issue["tables"].list.first { $0["table"].text == "topic" }, topics)
    let stations = try rows(
      "SELECT coalesce((SELECT c.text FROM code c WHERE c.id = g.station), ''), count(*) \(cases(month)) GROUP BY 1")
    check(issue["tables"].list.first { $0["table"].text == "station" }, stations)
  }

  /// What is shown is right, and at least what is small is not shown.
  private func check(_ table: JSONValue?, _ expected: [String: Int]) {
    let found = table?["rows"].list ?? []
    #expect(!found.isEmpty)
    for row in found {
      let (code, cell) = (row["code"].text ?? "", row["cells"][0])
      let wanted = expected[code] ?? 0
      if cell["state"].text == "hidden" { continue }
      #expect(cell["numerator"].int == wanted && (wanted == 0 || wanted >= 5), "\(code)")
    }
    #expect(Set(expected.keys).isSubset(of: Set(found.map { $0["code"].text ?? "" })))
    let hidden = found.filter { $0["cells"][0]["state"].text == "hidden" }.reduce(0) { $0 + (expected[$1["code"].text ?? ""] ?? 0) }
    #expect(hidden == 0 || hidden >= 5, "what the total gives away is no small number")
  }

  // MARK: what stays inside

  @Test func theSensitiveTrackIsNowhere() throws {
    let sensitive = try JSONValue.lines(try store.run("queue", "--limit", "100000", "--sensitive", "--json").standardOutput)
    #expect(!sensitive.isEmpty)
    let all = try DigestTests.months.map { try digest($0, "html").output }.joined()
    for item in sensitive {
      let title = item["title"].text ?? ""
      if title.count > 6 { #expect(!all.contains(title)) }
      let id = try #require(item["id"].int)
      let file = try store.write("pin.json", "{\"pins\": [\(id)]}")
      let run = try digest("2025-07", "html", "--editing", file)
      #expect(run.ending == .exited(2) && run.errors.contains(String(id)))
    }
  }

  @Test func editorsWordsAreLaidOverIt() throws {
    let run = try CommandRun.of(store.arguments(["digest", "2025-05", "--format", "md", "--editing", worked.editing]))
    #expect(run.ending == .exited(0) || run.errors.contains("不在本月"), "\(run.errors)")
    let outputs = try DigestTests.months.map { month in
      try CommandRun.of(store.arguments(["digest", month, "--format", "md", "--editing", worked.editing])).output
    }.filter { !$0.isEmpty }
    #expect(outputs.count >= 1)
    for output in outputs {
      #expect(output.contains("编辑改过的标题") && output.contains("编辑选定") && output.contains("第 7 期"))
      #expect(!output.contains("13800138000"))
    }
  }

  @Test func wrongEditsAndTemplatesAreTold() throws {
    for (text, words) in [("[]", "JSON"), ("{\"pin\": [1]}", "pin"), ("{\"pins\": \"1\"}", "pins"), ("{\"rewrites\": {\"x\": {}}}", "rewrites")] {
      let file = try store.write("wrong.json", text)
      let run = try digest("2025-07", "html", "--editing", file)
      #expect(run.ending == .exited(2) && run.errors.contains(words), "\(run.errors)")
    }
    #expect(try digest("2025-07", "html", "--template", "nowhere").errors.contains("monthly"))
    #expect(try digest("2025-07", "html", "--template", "../digest/monthly").ending == .exited(2))
    let other = try StoreUnderTest()
    let rules = try other.copyRules()
    try other.mend(rules + "/digest/monthly/page.md", "# {{title}}", "# {{titel}}")
    let run = try CommandRun.of(["digest", "2025-07", "--database", "sqlite:" + store.path, "--rules", rules])
    #expect(run.ending == .exited(2) && run.errors.contains("page.md:3") && run.errors.contains("titel"), "\(run.errors)")
  }

  // MARK: verifying

  private func verify(_ path: String, _ store: StoreUnderTest) throws -> (run: CommandRun, found: JSONValue) {
    let run = try store.run("digest", "verify", path, "--json")
    return (run, try JSONValue(run.standardOutput))
  }

  @Test(arguments: ["html", "md", "json", "csv"]) func verifyTellsWhereItIsFrom(_ format: String) throws {
    let own = try StoreUnderTest()
    try own.ingest([PackageRoot.path + "/fixtures/inbox/work-group-2025-07.jsonl"], exit: 1)
    let path = own.folder.path("issue.\(format)")
    let made = try own.run("digest", "2025-07", "--format", format, "--output", path, "--json", "--quiet")
    #expect(made.ending == .exited(0), "\(made.errors)")
    let report = try JSONValue(made.standardOutput)
    let (run, found) = try verify(path, own)
    #expect(run.ending == .exited(0) && found["result"].text == "same" && found["intact"] == .bool(true), "\(run.output)")
    #expect(found["head"] == report["head"] && found["event"] == report["event"] && found["template"].text == "monthly")
    // Written over by another issue, but not over what is none.
    #expect(try own.run("digest", "2025-06", "--format", format, "--output", path, "--quiet").ending == .exited(0))
    #expect(try own.run("digest", "2025-07", "--format", format, "--output", path, "--quiet").ending == .exited(0))
    if format != "csv" {
      let letter = try own.write("letter.txt", "a letter")
      #expect(try own.run("digest", "2025-07", "--format", format, "--output", letter).ending == .exited(2))
    }
    // Another store never had that state.
    let other = try verify(path, store)
    #expect(other.run.ending == .exited(1) && other.found["result"].text == "other-store")
    // The store goes on: still told, no fault.
    try own.ingest([PackageRoot.path + "/fixtures/inbox/work-group-2025-06.jsonl"], exit: 1)
    let moved = try verify(path, own)
    #expect(moved.run.ending == .exited(0) && moved.found["result"].text == "moved")
    // Somebody changes a figure.
    let file = format == "csv" ? path + "/figures.csv" : path
    var bytes = try PackageRoot.bytes(file)
    let last = try #require(bytes.lastIndex { (0x31...0x39).contains($0) })
    bytes[last] = 0x30
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    let changed = try verify(path, own)
    #expect(changed.run.ending == .exited(1) && changed.found["intact"] == .bool(false))
    if format == "csv" { #expect(changed.found["changed"].list.compactMap(\.text) == ["figures.csv"]) }
  }

  @Test func refusals() throws {
    #expect(try store.run("digest", "2025-7").ending == .exited(2))
    #expect(try digest("2025-07", "csv").ending == .exited(2), "a bundle wants a folder")
    #expect(try digest("2025-07", "html", "--json").ending == .exited(2))
    let letter = try store.write("letter.html", "a letter")
    #expect(try store.run("digest", "verify", letter).ending == .exited(2))
    #expect(try store.run("digest", "verify", store.folder.path("nowhere")).ending == .exited(2))
  }
}

extension String {
  /// Without what differs from run to run: the seal and everything that hangs on when the fixtures were taken in and
  /// worked on.
  fileprivate var settledDigest: String {
    var text = self
    text.replace(#/golden-ideas digest 1; [^"<\n]*content=[0-9a-f]{64}/#, with: "golden-ideas digest 1")
    text.replace(#/[0-9]+\/[0-9a-f]{16}/#, with: "0/0")
    text.replace(#/\+[0-9a-f]{8}/#, with: "+00000000")
    text.replace(#/202[6-9]年[0-9]+月[0-9]+日/#, with: "0000年0月0日")
    text.replace(#/[0-9]+ (January|February|March|April|May|June|July|August|September|October|November|December) 202[6-9]/#, with: "0 Month 0000")
    text.replace(#/[0-9]+月[0-9]+日 [0-9]{2}:[0-9]{2}/#, with: "0月0日 00:00")
    text.replace(#/[+−]?([0-9,]+ 小时( [0-9]+ 分钟)?|[0-9]+ 分钟|不到 1 分钟)/#, with: "0 分钟")
    text.replace(#/"(at|as_of)": [0-9]+/#) { "\"\($0.output.1)\": 0" }
    text.replace(#/(?m)^([0-9]+,(?:submitted|received|dispatched|signed|arrived|resolved|answered|told|closed),.*,)[0-9]+$/#) { "\($0.output.1)0" }
    // Seconds of clocks, and digests of files.
    text.replace(#/(?m)^((?:[a-z]+,.*)?(?:used|first-response)[^\n]*,shown,,[0-9]+,)[0-9]+$/#) { "\($0.output.1)0" }
    text.replace(#/(?m)^([a-z]+\.csv,[0-9]+,)[0-9a-f]{64}$/#) { "\($0.output.1)0" }
    text.replace(#/("numerator": null,\s+"denominator": [0-9]+,\s+"value": )[0-9]+/#) { "\($0.output.1)0" }
    text.replace(#/"difference": -?[0-9]+(,\s+"relative": null)/#) { "\"difference\": 0\($0.output.1)" }
    return text
  }
}
