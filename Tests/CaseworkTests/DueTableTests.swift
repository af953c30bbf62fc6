import Suggestions
import TestSupport
import Testing

import Casework

/// fixtures/clocks/due.tsv: due moments counted minute by minute by a program that shares nothing with this one; those
/// marked "by hand" were worked out on paper as well.
struct DueTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var fields: [String]
    subscript(_ name: String) -> String {
      let names = ["name", "start", "within", "begins", "ends", "pauses", "caps", "granted", "most", "due", "calendar"]
      return names.firstIndex(of: name).map { fields[$0] } ?? ""
    }
    func list(_ name: String) -> [String] {
      self[name] == "-" ? [] : self[name].split(separator: "; ").map(String.init)
    }
    var testDescription: String { self["name"] }
  }

  static let rows: [Row] = {
    let bytes = (try? PackageRoot.bytes("fixtures/clocks/due.tsv")) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().map {
      Row(fields: $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init))
    }
  }()

  static func rule(_ row: Row) throws -> ClockRule {
    var rule = ClockRule(
      .answer, within: try #require(Allowance(row["within"])), start: .dispatched, stops: [.answered],
      begins: try #require(ClockBegin.allCases.first { $0.code == row["begins"] }),
      ends: try #require(ClockEnd.allCases.first { $0.code == row["ends"] }))
    for cap in row.list("caps") {
      let parts = cap.split(separator: " ", maxSplits: 1).map(String.init)
      let cause = try #require(PauseCause.allCases.first { $0.code == parts[0] })
      let cap = try #require(Allowance(parts[1]) as Allowance?)
      rule.pauses[cause] = cap
    }
    if row["most"] != "-" {
      let parts = row["most"].split(separator: " x ", maxSplits: 1).map(String.init)
      rule.extra = ClockRule.Extension(most: try #require(Allowance(parts[0])), times: try #require(Int(parts[1])))
    }
    return rule
  }

  static func file(_ row: Row) throws -> CaseFile {
    var file = try ClockSample.file([.dispatched: row["start"]])
    for pause in row.list("pauses") {
      let parts = pause.split(separator: " ").map(String.init)
      let ends = parts[1].split(separator: "~", omittingEmptySubsequences: false).map(String.init)
      file.pauses.append(
        ClockPause(
          try #require(PauseCause.allCases.first { $0.code == parts[0] }), from: try ClockSample.at(ends[0]),
          until: ends[1].isEmpty ? nil : try ClockSample.at(ends[1])))
    }
    let start = try ClockSample.at(row["start"])
    file.grants = try row.list("granted").map { ExtensionGrant(at: start + 60, extra: try #require(Allowance($0))) }
    return file
  }

  @Test func thereAreEnough() { #expect(DueTableTests.rows.count >= 80) }

  @Test(arguments: rows) func dueAsTheTableSays(_ row: Row) throws {
    let calendar = try ClockSample.calendar()
    let start = try ClockSample.at(row["start"])
    let file = try Self.file(row)
    // The due moment does not depend on when it is read.
    for moment in [start, start + 3_601, start + 40 * 86_400] {
      let reading = ClockReading(of: try Self.rule(row), set: "table", in: file, on: calendar, asOf: moment)
      #expect(ClockSample.text(reading.due) == row["due"])
      #expect(reading.isProvisional == (row["calendar"] == "provisional"))
      try expectConsistent(reading, at: moment)
    }
  }

  /// Spans lie end to end and add up to what the reading says.
  private func expectConsistent(_ reading: ClockReading, at moment: Int64) throws {
    let start = try #require(reading.start)
    let due = try #require(reading.due)
    #expect(zip(reading.spans, reading.spans.dropFirst()).allSatisfy { $0.until == $1.from })
    #expect(reading.spans.first?.from ?? start == start)
    #expect(reading.spans.last?.until ?? start == max(due, moment))
    #expect(reading.spans.allSatisfy { $0.seconds > 0 && $0.isProjected == ($0.from >= moment) })
    let counted = reading.spans.filter(\.isCounted).reduce(0) { $0 + $1.seconds }
    #expect(counted == reading.used + reading.left)
    #expect((reading.overdue > 0) ? moment > due : true)
    if reading.rule.ends == .exact, reading.rule.extra == nil {
      #expect(counted - reading.overdue == reading.rule.within.seconds)
    }
  }
}
