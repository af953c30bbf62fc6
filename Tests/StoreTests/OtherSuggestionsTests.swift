import Casework
import Store
import Suggestions
import Testing

/// What else the writers of a suggestion wrote, by the index behind the intake and without it.
@Suite struct OtherSuggestionsTests {
  private static let day: Int64 = 86_400

  /// 1, 2 and 4 by one writer, 4 on the sensitive track; 3 by another, which 5 repeats in the first one's words; 6 by
  /// nobody known.
  private func sample() throws -> SampleStore {
    func record(
      _ id: String, _ writer: Int64?, _ day: Int64, _ more: (inout SampleRecord) -> Void = { _ in }
    ) -> SampleRecord {
      SampleRecord(id).with {
        ($0.writer, $0.submittedAt) = (writer, 1_748_736_000 + day * OtherSuggestionsTests.day)
        more(&$0)
      }
    }
    let sample = try SampleStore()
    try sample.take([
      record("A-1", 7, 1), record("A-2", 7, 9), record("A-3", -8, 2), record("A-4", 7, 4) { $0.track = .sensitive },
    ])
    try sample.take([
      record("A-5", 7, 3) { ($0.duplicate, $0.leader, $0.suggestion, $0.score) = (.exact, 3, 3, 1000) },
      record("A-6", nil, 5),
    ])
    return sample
  }

  private func others(
    _ sample: SampleStore, _ id: Int, _ tracks: Set<Track> = [.ordinary]
  ) throws -> [Int] {
    try sample.store.otherSuggestions(of: id, on: tracks, regionPath: { [$0] }).entries.map(\.id)
  }

  private func isSound(_ sample: SampleStore) throws -> Bool { try sample.store.verify().isSound }

  @Test func theNewestFirstWithTheIndexAndWithoutIt() throws {
    let sample = try sample()
    for _ in 0..<2 {
      #expect(try others(sample, 1) == [2, 3])
      #expect(try others(sample, 1, Set(Track.allCases)) == [2, 4, 3])
      #expect(try others(sample, 1, []) == [])
      // Of a suggestion that two people wrote, those of both.
      #expect(try others(sample, 3) == [2, 1])
      #expect(try others(sample, 6) == [])
      #expect(try others(sample, 99) == [])
      #expect(try isSound(sample))
      #expect(try sample.store.updateWriters(limit: 2) == (try sample.store.writerLag()))
    }
    #expect(try sample.store.writerLag() == 2)
    #expect(try sample.store.updateWriters() == 0)
    #expect(try sample.integer("SELECT count(*) FROM writer_submission") == 5)
    #expect(try others(sample, 1) == [2, 3])
    let found = try sample.store.otherSuggestions(of: 1, on: [.ordinary], regionPath: { [$0] })
    #expect(!found.isCut && found.waiting == 0)
    #expect(found.entries.map(\.submittedAt) == [1_748_736_000 + 9 * Self.day, 1_748_736_000 + 3 * Self.day])
  }

  /// What is handled together is one, and no other of itself.
  @Test func mergedOnesAreOne() throws {
    let sample = try sample()
    try sample.store.updateWriters()
    let act = try #require(StaffAct(actor: "周敏", reason: "同一个坑", at: 1_750_100_000))
    guard case .success = try sample.store.merge(2, into: 3, isConfirmed: true, act: act) else {
      Issue.record("not merged")
      return
    }
    #expect(try others(sample, 1) == [3])
    #expect(try others(sample, 3) == [1])
    #expect(try isSound(sample))
  }

  @Test(arguments: [true, false]) func aCorrectionToAnotherWriter(_ isIndexed: Bool) throws {
    let sample = try sample()
    if isIndexed { try sample.store.updateWriters() }
    try sample.take([SampleRecord("A-2").with { ($0.revises, $0.writer) = (2, -8) }])
    #expect(try others(sample, 1) == [3])
    #expect(try others(sample, 2) == [3])
    try sample.take([SampleRecord("A-2").with { ($0.revises, $0.writer) = (2, nil) }])
    #expect(try others(sample, 2) == [])
    // Its date was corrected too.
    try sample.take([SampleRecord("A-2").with { ($0.revises, $0.writer) = (2, 7) }])
    #expect(try others(sample, 1) == [3, 2])
    #expect(try isSound(sample))
    try sample.store.updateWriters()
    #expect(try others(sample, 1) == [3, 2])
    #expect(try isSound(sample))
  }

  @Test(arguments: [true, false]) func theErasedHaveNoWriter(_ isIndexed: Bool) throws {
    let sample = try sample()
    if isIndexed { try sample.store.updateWriters() }
    try sample.erase([2])
    #expect(try others(sample, 1) == [3])
    #expect(try others(sample, 2) == [])
    #expect(try sample.integer("SELECT count(*) FROM writer_submission WHERE number = 2") == 0)
    try sample.store.updateWriters()
    #expect(try sample.integer("SELECT count(*) FROM writer_submission WHERE number = 2") == 0)
    #expect(try isSound(sample))
    try sample.tamper("INSERT INTO writer_submission VALUES (0, 7, 2)")
    let faults = try sample.store.verify().faults
    #expect(faults.map(\.kind) == [.erasures] && faults.first?.number == 2)
  }

  @Test func whoWroteALotIsCutShort() throws {
    let sample = try SampleStore()
    let most = OtherSuggestions.mostEntries
    try sample.take((0...most + 1).map { index in SampleRecord("B-\(index)").with { $0.writer = 7 } })
    let found = try sample.store.otherSuggestions(of: 1, on: [.ordinary], regionPath: { [$0] })
    #expect(found.entries.count == most && found.isCut)
    #expect(found.entries.first?.id == most + 2 && found.entries.last?.id == 3)
  }

  @Test(arguments: [
    ("DELETE FROM writer_submission WHERE number = 3", 3),
    ("UPDATE writer_submission SET writer = 5 WHERE number = 3", 3),
    ("UPDATE writer_submission SET segment = 1 WHERE number = 3", 3),
    ("INSERT INTO writer_submission VALUES (0, 7, 6)", 6),
    ("UPDATE setting SET value = '9' WHERE name = 'written'", 9),
    ("UPDATE setting SET value = '4' WHERE name = 'written'", 5),
  ])
  func verifyNamesTheFirstFault(_ sql: String, _ number: Int) throws {
    let sample = try sample()
    try sample.store.updateWriters()
    #expect(try isSound(sample))
    try sample.tamper(sql)
    let faults = try sample.store.verify().faults
    #expect(faults.map(\.kind) == [.writers])
    #expect(faults.first?.number == number)
  }
}
