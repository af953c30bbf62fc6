import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// An erasure cut off at any point is told by `verify` and ended by the next one, and nobody undoes one in secret.
@Suite struct ErasureRecoveryTests {
  private func copy(_ sample: SampleStore, _ endings: [String]) -> [String: Data] {
    Dictionary(uniqueKeysWithValues: endings.map { ($0, FileManager.default.contents(atPath: sample.path + $0) ?? Data()) })
  }

  private func put(_ files: [String: Data], into sample: SampleStore) throws {
    for (ending, data) in files { try data.write(to: URL(fileURLWithPath: sample.path + ending)) }
  }

  private func kinds(_ sample: SampleStore) throws -> [VerificationFault.Kind] {
    try sample.store.verify().faults.map(\.kind)
  }

  /// Cut off after the journal: store and keys are those of before.
  @Test func anErasureBeforeItsCommitIsTakenUpAgain() throws {
    let sample = try ErasureTests.filled()
    try sample.store.checkpoint()
    try sample.store.close()
    let before = copy(sample, ["", ".keys"])
    try sample.open()
    try sample.erase([1])
    try sample.store.close()
    try put(before, into: sample)
    try sample.open()
    #expect(try kinds(sample) == [.erasures])
    #expect(!ErasureTests.found(in: sample.bytes()).isEmpty)
    // Somebody takes in meanwhile, under the key the interrupted one had made.
    try sample.take([SampleRecord("C-1").with { $0.received = "其间来的" }])
    let report = try sample.erase([])
    #expect(report.replayed.map(\.number) == [1])
    #expect(ErasureTests.found(in: sample.bytes()) == [])
    #expect(try kinds(sample) == [])
    #expect(try sample.store.received(submission: 42, by: ErasureTests.act("核对"))?.bytes == Array("其间来的".utf8))
    #expect(try sample.store.received(submission: 2, by: ErasureTests.act("核对"))?.bytes == Array("原件 0".utf8))
    #expect(try sample.erase([]).replayed.isEmpty)
  }

  /// Cut off after the commit: the old keys are there still, and the pages of before may be.
  @Test func anErasureAfterItsCommitIsEnded() throws {
    let sample = try ErasureTests.filled()
    let keys = copy(sample, [".keys"])
    try sample.erase([1])
    let after = copy(sample, [".keys"])
    try put(keys, into: sample)
    try sample.tamper("INSERT INTO setting (name, value) VALUES ('erasing', '1')")
    #expect(try kinds(sample) == [.erasures])
    let report = try sample.erase([])
    #expect(report.isFinished && report.erased.isEmpty && report.replayed.isEmpty)
    #expect(copy(sample, [".keys"]) == after)
    #expect(try kinds(sample) == [])
  }

  /// An old key file put back brings the keys back; nobody has to know which.
  @Test func anOldKeyFileIsNoticed() throws {
    let sample = try ErasureTests.filled()
    let keys = copy(sample, [".keys"])
    try sample.erase([1])
    try put(keys, into: sample)
    #expect(try kinds(sample) == [.erasures])
    try sample.erase([])
    #expect(try kinds(sample) == [])
  }

  @Test func aReaderOfThePagesOfBeforeIsWaitedFor() throws {
    let sample = try ErasureTests.filled()
    let other = try SuggestionStore(url: sample.path, access: .existing, folding: SampleStore.folding)
    // Ten seconds would be a long test.
    try sample.store.read { session throws(StoreFault) in try session.each("PRAGMA busy_timeout = 50", []) { _ in } }
    var report: ErasureReport?
    // An export sees one moment of the store to its end.
    try other.exportCanonical(names: SampleStore.names) { bytes in
      if report == nil { report = try? sample.erase([1]) }
      #expect(Data(bytes).range(of: Data(ErasureTests.mark("body").utf8)) != nil)
    }
    try other.close()
    #expect(report?.erased.map(\.number) == [1] && report?.isFinished == false)
    #expect(try kinds(sample) == [.erasures])
    #expect(try sample.erase([]).isFinished)
    #expect(ErasureTests.found(in: sample.bytes()) == [])
    #expect(try kinds(sample) == [])
  }

  /// The last entry of the journal may be cut short anywhere; the next one takes its place.
  @Test func aTornJournalEntryIsWrittenOver() throws {
    let sample = try ErasureTests.filled()
    try sample.erase([1])
    let journal = copy(sample, [".erased"])
    let whole = try #require(journal[".erased"])
    try sample.erase([2])
    let longer = try #require(copy(sample, [".erased"])[".erased"])
    #expect(longer.starts(with: whole) && longer.count > whole.count)
    for cut in stride(from: whole.count + 1, to: longer.count, by: 97) {
      try longer[..<cut].write(to: URL(fileURLWithPath: sample.path + ".erased"))
      // What is erased in the store alone would come back with a backup of before.
      #expect(try kinds(sample) == [.erasures])
    }
    try Data(longer[..<(whole.count + 30)]).write(to: URL(fileURLWithPath: sample.path + ".erased"))
    try sample.erase([3])
    let third = try #require(copy(sample, [".erased"])[".erased"])
    #expect(third.starts(with: whole))
    // An entry in between that was changed is no torn one.
    var changed = longer
    changed[40] ^= 1
    try changed.write(to: URL(fileURLWithPath: sample.path + ".erased"))
    #expect(throws: StoreFault.self) { _ = try sample.store.verify() }
  }

  @Test(arguments: [
    // What is left of an event's words.
    ("UPDATE event SET payload = replace(payload, 'seal', 'sealed') WHERE digest IS NOT NULL", "chain", 3),
    ("UPDATE event SET digest = x'00' WHERE digest IS NOT NULL", "chain", 3),
    ("UPDATE event SET digest = NULL WHERE digest IS NOT NULL", "chain", 3),
    ("UPDATE event SET payload = replace(payload, '\"versions\":2', '\"versions\":3') WHERE action = 'erase'", "chain", 4),
    // Tombstones.
    ("UPDATE erased_version SET digest = x'00' WHERE seal = 1", "rows", 1),
    ("UPDATE erased_submission SET mark = zeroblob(16)", "erasures", 1),
    ("UPDATE erased_submission SET event = 1", "erasures", 1),
    ("UPDATE erased_submission SET shown = 2", "erasures", 1),
    ("DELETE FROM erased_submission", "erasures", 1),
    ("DELETE FROM erased_mark", "erasures", 0),
    ("INSERT INTO erased_mark (kind, mark) VALUES (1, x'0011')", "erasures", 0),
    ("INSERT INTO erased_submission (number, event, mark) SELECT 2, event, mark FROM erased_submission", "erasures", 2),
    // Texts put back.
    ("UPDATE submission SET title = '井盖' WHERE number = 1", "erasures", 1),
    ("UPDATE submission SET body = '正文' WHERE number = 1", "erasures", 1),
    ("UPDATE submission SET external_id = 'A-1' WHERE number = 1", "erasures", 1),
    ("UPDATE submission SET attributes = x'0100' WHERE number = 1", "erasures", 1),
    ("UPDATE submission SET writer = 4711 WHERE number = 1", "erasures", 1),
    ("UPDATE submission SET place = 1 WHERE number = 1", "erasures", 1),
    ("UPDATE submission SET identity = zeroblob(24) WHERE number = 1", "erasures", 1),
    ("UPDATE submission SET verdict = (SELECT verdict FROM submission WHERE number = 99) WHERE number = 1", "erasures", 1),
    ("UPDATE revision SET body = '旧文' WHERE submission = 1", "erasures", 1),
    ("UPDATE submission SET identity = x'' WHERE number = 2", "erasures", 2),
    ("UPDATE suggestion SET support = 1, submissions = 1 WHERE id = 1", "support", 1),
  ])
  func nobodyUndoesOneInSecret(_ sql: String, _ kind: String, _ number: Int) throws {
    let sample = try ErasureTests.filled(others: 3)
    try sample.erase([1])
    try sample.take([SampleRecord("C-1")])
    // A verdict with a word of evidence for the case that puts one back.
    try sample.tamper(sql.replacing("number = 99", with: "number = 5"))
    let faults = try sample.store.verify().faults
    #expect(
      faults.first { $0.kind.rawValue == kind }?.number == number,
      "\(faults.map { "\($0.kind.rawValue) \($0.number)" })")
  }

  @Test func aLostJournalIsNoticed() throws {
    let sample = try ErasureTests.filled()
    try sample.erase([1])
    try FileManager.default.removeItem(atPath: sample.path + ".erased")
    #expect(try kinds(sample) == [.erasures])
  }

  @Test func whoHoldsTheIntakeLockIsNotDisturbed() throws {
    let sample = try ErasureTests.filled()
    let lock = try IntakeLock(store: sample.store)
    #expect(throws: StoreFault.locked(path: sample.path)) { try sample.erase([1]) }
    withExtendedLifetime(lock) {}
  }
}
