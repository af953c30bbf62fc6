import Store
import Testing

/// Lists of what came in and of what did not.
@Suite struct QuarantineListTests {
  @Test func setAsideRecordsByStateSourceAndFile() throws {
    let sample = try SampleStore()
    try sample.take([SampleRecord("A-1")], setAside: ["abc", "abc", "abc"])
    let store = sample.store
    _ = try store.discardQuarantine(id: 2, by: try ErasureTests.act("重复"))
    #expect(try store.quarantine(QuarantineFilter(), limit: 9).items.map(\.id) == [3, 1])
    #expect(try store.quarantine(QuarantineFilter(state: .discarded), limit: 9).items.map(\.id) == [2])
    let second = try store.quarantine(QuarantineFilter(state: nil), limit: 1, offset: 1)
    #expect(second.items.map(\.id) == [2] && second.count == 3)
    #expect(try store.quarantine(QuarantineFilter(source: "forms", file: "a.json"), limit: 9).count == 2)
    #expect(try store.quarantine(QuarantineFilter(source: "else"), limit: 9).count == 0)
    #expect(try store.quarantine(QuarantineFilter(file: "a.json' OR '1'='1"), limit: 9).count == 0)
    #expect(try store.quarantine(id: 2)?.state == .discarded && store.quarantine(id: 4) == nil)
    #expect(try store.quarantineFiles(limit: 9) == ["a.json"])
  }

  /// The rows of the runs say what counting all submissions would.
  @Test func sourcesAreCountedByTheirRuns() throws {
    let sample = try SampleStore()
    try sample.take([SampleRecord("A-1"), SampleRecord("A-2")], setAside: ["abc"])
    try sample.take([SampleRecord("A-1").with { $0.revises = 1 }])
    let tallies = try sample.store.sourceTallies()
    #expect(tallies.map(\.source) == ["forms"])
    #expect(tallies.map { [$0.submissions, $0.revised, $0.quarantined, $0.waiting] } == [[2, 1, 1, 1]])
    #expect(try sample.store.intakeCounts().map(\.submissions) == tallies.map(\.submissions))
    #expect(tallies.first?.lastAt == 1_750_000_000)
    let runs = try sample.store.runs(limit: 1)
    #expect(runs.map(\.id) == [2] && runs.first?.files.map(\.name) == ["a.json"])
    #expect(runs.first?.files.first?.revised == 1 && runs.first?.fileCount == 1)
  }
}
