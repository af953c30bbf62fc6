import Store
import Suggestions
import Testing

/// Counts follow the joined texts behind a watermark; a run that is killed in between leaves a sound store.
struct SupportCountingTests {
  private static func joined(_ id: String, to suggestion: Int, writer: Int64?) -> SampleRecord {
    var record = SampleRecord(id)
    record.duplicate = .exact
    record.leader = suggestion
    record.suggestion = suggestion
    record.writer = writer
    return record
  }

  private func counts(_ sample: SampleStore) throws -> [Int64] {
    try ["submissions", "support", "priority"].map {
      Int64(try sample.integer("SELECT \($0) FROM suggestion WHERE id = 1"))
    }
  }

  @Test func aKilledRunIsCaughtUpWith() throws {
    let sample = try SampleStore()
    var first = SampleRecord("1")
    first.writer = 7
    try sample.take(
      [
        first, SupportCountingTests.joined("2", to: 1, writer: 7), SupportCountingTests.joined("3", to: 1, writer: 8),
        SupportCountingTests.joined("4", to: 1, writer: 8), SupportCountingTests.joined("5", to: 1, writer: nil),
      ], isKilled: true)
    #expect(try counts(sample) == [1, 1, 40])
    #expect(try sample.store.verify().faults == [])
    try SupportCounting.catchUp(sample.store)
    #expect(try counts(sample) == [5, 3, 44])
    #expect(try sample.store.verify().faults == [])
  }

  @Test func onlyWhatChangedIsWritten() throws {
    let sample = try SampleStore()
    try sample.take([SampleRecord("1"), SupportCountingTests.joined("2", to: 1, writer: 8)])
    let version = try sample.integer("SELECT version FROM suggestion WHERE id = 1")
    var counting = SupportCounting()
    counting.note(1)
    try counting.write(to: sample.store)
    #expect(try sample.integer("SELECT version FROM suggestion WHERE id = 1") == version)
    // One that is killed later is counted from there on.
    try sample.take([SupportCountingTests.joined("3", to: 1, writer: 9)], isKilled: true)
    #expect(try counts(sample) == [2, 2, 42])
    try SupportCounting.catchUp(sample.store)
    #expect(try counts(sample) == [3, 3, 44])
  }
}
