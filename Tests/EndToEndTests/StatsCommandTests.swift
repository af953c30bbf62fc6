import Casework
import Foundation
import TestSupport
import Testing

/// `stats` on the shipped inbox and three cases of its own, against what the other commands say of the same store.
struct StatsCommandTests {
  /// Three that ask for something, numbers 1 to 3, then everything of the inbox, some of which goes to quarantine.
  private func store() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    let texts = ["鼎城区花溪路口的路灯坏了半个月，晚上看不见", "善德路口的井盖破了，车轮陷进去", "请问驿站晚上几点关门"]
    let records = texts.enumerated().map { WebForm(id: "R-\($0.offset)", title: "反映", content: $0.element) }
    try store.ingest([store.write("1.jsonl", WebForm.lines(records))])
    try store.ingest([PackageRoot.path + "/fixtures/inbox"], exit: 1)
    return store
  }

  private func json(_ run: CommandRun) throws -> JSONValue {
    #expect(run.ending == .exited(0), "\(run.errors)")
    return try JSONValue(run.standardOutput)
  }

  private func queue(_ store: StoreUnderTest) throws -> [JSONValue] {
    try JSONValue.lines(try store.run("queue", "--limit", "100000", "--json").standardOutput)
  }

  /// One is answered and closed, one is on its way, one is rejected.
  private func handle(_ store: StoreUnderTest) throws {
    let unit = ["--role", "department", "--unit", "housing@430703"]
    let acts: [[String]] = [
      ["dispatch", "1", "2", "--to", "housing@430703"], ["act", "1", "sign"] + unit,
      ["act", "1", "resolve", "--proof", "sha256:1"] + unit,
      ["act", "1", "answer", "--text", "花溪路口路灯已换新，今晚起亮"] + unit, ["act", "1", "tell", "--text", "已电话告知"],
      ["act", "1", "close"], ["act", "3", "reject", "--rejection", "in-court", "--reason", "已起诉"],
    ]
    for act in acts {
      let run = try CommandRun.of(store.arguments(act))
      try #require(run.ending == .exited(0), "\(act) \(run.errors)")
    }
  }

  @Test func everyFigureHasWhatItWasMadeFrom() throws {
    let store = try store()
    let all = try queue(store)
    try handle(store)
    let stats = try json(try store.run("stats", "--by", "area", "--json"))
    #expect(
      stats.keys == ["from", "until", "on", "as_of", "by", "enough", "unreadable", "definitions", "tracks"])
    #expect(stats["from"] == .null && stats["until"] == .null && stats["on"].text == "received")
    #expect(stats["by"].text == "area" && stats["unreadable"].int == 0)
    let definitions = stats["definitions"].list
    #expect(definitions.compactMap { $0["indicator"].text } == CaseIndicator.all.map(\.code))
    #expect(definitions.compactMap { $0["unit"].text } == CaseIndicator.all.map(\.unit.code))
    #expect(definitions.allSatisfy { $0["name"].text?.isEmpty == false && $0["definition"].text?.isEmpty == false })
    #expect(stats["tracks"].list.map { $0["track"].text } == ["ordinary"], "the sensitive one only where asked for")
    let track = stats["tracks"][0]
    #expect(track.keys == ["track", "figures", "groups", "routes"])
    let enough = try #require(stats["enough"].int)
    let groups = track["groups"].list
    #expect(groups.count > 2)
    for figures in [track["figures"].list] + groups.map({ $0["figures"].list }) {
      #expect(figures.compactMap { $0["indicator"].text } == CaseIndicator.all.map(\.code))
      for (figure, indicator) in zip(figures, CaseIndicator.all) { check(figure, indicator, enough: enough) }
    }
    // Every case is in one area or in none.
    func received(_ figures: JSONValue) -> Int? { figures["figures"].list.first?["numerator"].int }
    #expect(groups.compactMap(received).reduce(0, +) == all.count && received(track) == all.count)
    for route in track["routes"].list {
      let (ordered, followed) = (route["ordered"].int ?? -1, route["followed"].int ?? -1)
      #expect(followed >= 0 && ordered >= followed && route["overruled"].int == ordered - followed)
    }
    #expect(track["routes"].list.compactMap { $0["ordered"].int }.reduce(0, +) == 2)
  }

  private func check(_ figure: JSONValue, _ indicator: CaseIndicator, enough: Int) {
    let what = Comment(rawValue: "\(figure)")
    #expect(figure.keys == ["indicator", "numerator", "denominator", "value", "warning"], what)
    let (part, whole, value) = (figure["numerator"].int ?? -1, figure["denominator"].int, figure["value"].double)
    #expect(part >= 0, what)
    if indicator.unit == .count {
      #expect(figure["denominator"] == .null && value == Double(part) && figure["warning"] == .null, what)
      return
    }
    let warning: String? = whole == 0 ? "empty" : (whole ?? 0) < enough ? "small" : nil
    #expect(whole != nil && figure["warning"].text == warning, what)
    #expect((value == nil) == (whole == 0), what)
    guard indicator.unit == .share, let whole, let value else { return }
    // Four decimals are printed.
    #expect(part <= whole && abs(value - Double(part) / Double(whole)) <= 0.000_05, what)
  }

  /// What the figures count, counted again from the queue before anything was done and from the acts that were.
  @Test func theFiguresAreThoseOfTheQueueAndTheActs() throws {
    let store = try store()
    let all = try queue(store)
    let asking = all.filter { !["contribution", "praise"].contains($0["kind"].text) }
    try #require(Set([1, 2, 3]).isSubset(of: asking.compactMap { $0["id"].int }))
    #expect(asking.count < all.count)
    try handle(store)
    let figures = try json(try store.run("stats", "--json"))["tracks"][0]["figures"].list
    func figure(_ indicator: CaseIndicator) -> [Int?] {
      let found = figures.first { $0["indicator"].text == indicator.code } ?? .null
      return [found["numerator"].int, found["denominator"].int]
    }
    func sum(_ key: String) -> Int { all.compactMap { $0[key].int }.reduce(0, +) }
    #expect(figure(.received) == [all.count, nil])
    #expect(figure(.submissions) == [sum("submissions"), nil])
    #expect(figure(.support) == [sum("support"), nil])
    #expect(figure(.contributions) == [all.count { $0["kind"].text == "contribution" }, nil])
    #expect(figure(.dispatched) == [2, asking.count])
    #expect(figure(.rejected) == [1, asking.count])
    #expect(figure(.closed) == [1, asking.count - 1])
    #expect(figure(.returned) == [0, 2])
    #expect(figure(.reopened) == [0, 1])
    #expect(figure(.responseMedian) == [2, 3], "two orders and a rejection")
    #expect(try queue(store).count == all.count - 3)
    // Received today, so nothing was in a year that is over.
    let before = try json(try store.run("stats", "--until", "2025-12-31", "--json"))
    #expect(before["tracks"][0]["figures"][0]["numerator"].int == 0 && before["until"].text == "2025-12-31")
  }

  @Test func theTableIsTheSameFigures() throws {
    let store = try store()
    try handle(store)
    let moment = ["--as-of", "2045-01-01T10:00"]
    let stats = try json(try CommandRun.of(store.arguments(["stats", "--json"] + moment)))
    let run = try CommandRun.of(store.arguments(["stats", "--csv"] + moment))
    #expect(run.ending == .exited(0) && run.errors.isEmpty)
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "group,indicator,numerator,denominator,value,warning")
    #expect(lines.last == "")
    let figures = stats["tracks"][0]["figures"].list
    let rows = lines.filter { $0.hasPrefix("all,") }.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.count == figures.count && rows.count == CaseIndicator.all.count)
    for (row, figure) in zip(rows, figures) {
      try #require(row.count == 6)
      #expect(String(row[1]) == figure["indicator"].text)
      #expect(Int(row[2]) == figure["numerator"].int)
      #expect(Int(row[3]) == figure["denominator"].int)
      #expect(Double(row[4]) == figure["value"].double)
      #expect(String(row[5]) == figure["warning"].text ?? "")
    }
    #expect(lines.contains { $0.hasPrefix("route/") })
  }

  @Test(arguments: [
    ["--month", "2025-13"], ["--csv", "--json"], ["--month", "2025-07", "--from", "2025-07-01"],
    ["--from", "2025-02-30"], ["--from", "2025-08-01", "--until", "2025-07-31"], ["--level", "4"], ["--by", "writer"],
    ["--as-of", "yesterday"],
  ])
  func whatCannotBeAskedIsRefused(_ options: [String]) throws {
    let store = try StoreUnderTest()
    try store.ingest([store.write("1.jsonl", WebForm(id: "R-1", content: "花溪路口的井盖破了").json + "\n")])
    let run = try CommandRun.of(store.arguments(["stats"] + options))
    #expect(run.ending == .exited(2), "\(run.output)")
    #expect(run.standardOutput.isEmpty && !run.errors.isEmpty)
  }

  /// Whoever reads the figures by program knows them from there.
  @Test func theReadmeNamesEveryIndicatorAndClock() throws {
    let readme = String(decoding: try PackageRoot.bytes("README.md"), as: UTF8.self)
    let plain = CaseIndicator.all.filter { $0.clock == nil }.map(\.code)
    #expect(readme.contains("`" + plain.joined(separator: " ") + "`"))
    let clocks = CaseIndicator.all.compactMap(\.clock).map(\.code)
    let each = clocks.enumerated().filter { $0.offset == 0 || clocks[$0.offset - 1] != $0.element }.map(\.element)
    #expect(readme.contains("`" + each.joined(separator: " ") + "`"))
  }
}
