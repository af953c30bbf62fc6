import Store
import Suggestions
import Testing

/// Each way of changing a store behind the program's back, and what `verify` says to it.
@Suite struct VerificationTests {
  /// Something of everything: new, joined, near, sensitive and corrected submissions, and a set-aside record.
  static func mixed() throws -> SampleStore {
    let sample = try SampleStore()
    try fill(sample)
    return sample
  }

  static func fill(_ sample: SampleStore) throws {
    try sample.take(
      [
        SampleRecord("A-1").with { $0.writer = 1 },
        SampleRecord("A-2").with {
          $0.writer = 2
          $0.duplicate = .exact
          $0.leader = 1
          $0.suggestion = 1
          $0.score = 1000
        },
        SampleRecord("A-3").with {
          $0.body = "人民路的井盖破损，夜里看不见路"
          $0.duplicate = .near
          $0.leader = 1
          $0.score = 640
        },
      ], setAside: ["abc"])
    try sample.take([
      SampleRecord("A-4").with { $0.track = .sensitive },
      SampleRecord("A-3").with {
        $0.revises = 3
        $0.body = "人民路的井盖破损，夜里看不清路"
        $0.duplicate = .near
        $0.leader = 2
        $0.score = 600
      },
    ])
    // Two more joined ones: the same writer again, and one nobody knows.
    try sample.take(
      [Int64?.some(2), nil].enumerated().map { index, writer in
        SampleRecord("A-\(5 + index)").with {
          $0.writer = writer
          $0.duplicate = .exact
          $0.leader = 1
          $0.suggestion = 1
          $0.score = 1000
        }
      })
  }

  @Test func findsNothingInASoundStore() throws {
    let sample = try VerificationTests.mixed()
    let report = try sample.store.verify()
    #expect(report.faults == [])
    #expect(report.counts.submissions == 6)
    #expect(report.counts.revisions == 1)
    #expect(report.counts.suggestions == 3)
    #expect(report.counts.quarantined == 1)
    #expect(report.counts.segments == 3)
    #expect(report.tail == (6, 8, 3))
    #expect(report.head.count == 64)
    #expect(try sample.integer("SELECT support FROM suggestion WHERE id = 1") == 3)
  }

  @Test func findsNothingInAnEmptyStore() throws {
    let sample = try SampleStore()
    let report = try sample.store.verify()
    #expect(report.isSound)
    #expect(report.head == "")
  }

  @Test(arguments: [
    // The history.
    ("UPDATE event SET payload = replace(payload, '\"new\":3', '\"new\":2') WHERE seq = 1", "chain", 1),
    ("UPDATE event SET at = at + 1 WHERE seq = 2", "chain", 2),
    ("UPDATE event SET actor = 'somebody' WHERE seq = 3", "chain", 3),
    ("DELETE FROM event WHERE seq = 1", "chain", 1),
    ("DELETE FROM event WHERE seq = 2", "chain", 2),
    ("UPDATE event SET hash = x'00' WHERE seq = 3", "chain", 3),
    // The end cut off: the chain holds, the counts do not.
    ("DELETE FROM event WHERE seq = 3", "event-counts", 0),
    // Texts.
    ("UPDATE submission SET body = body || '!' WHERE number = 1", "rows", 1),
    ("UPDATE submission SET external_id = 'A-44' WHERE number = 4", "rows", 2),
    ("UPDATE submission SET submitted_at = NULL WHERE number = 6", "rows", 3),
    ("UPDATE submission SET attributes = x'0100' WHERE number = 5", "rows", 3),
    ("UPDATE revision SET title = '' WHERE submission = 3", "rows", 1),
    // Rows.
    ("DELETE FROM quarantine", "seals", 8),
    ("UPDATE submission SET seal = 1 WHERE number = 2", "seals", 1),
    ("UPDATE submission SET seal = 4000000000000 WHERE number = 2", "seals", 4_000_000_000_000),
    ("DELETE FROM revision", "numbers", 3),
    ("DELETE FROM submission WHERE number = 4", "numbers", 4),
    ("UPDATE submission SET number = -9223372036854775808 WHERE number = 4", "numbers", 1),
    ("UPDATE quarantine SET digest = x'00'", "quarantine", 1),
    // Segments.
    ("DELETE FROM segment WHERE first = 5", "segment-order", 7),
    ("UPDATE segment SET count = 3 WHERE first = 7", "segment-order", 7),
    ("UPDATE segment SET count = 9223372036854775807 WHERE first = 5", "segment-order", 5),
    ("DELETE FROM segment WHERE first = 7", "segment-order", 7),
    // Suggestions.
    ("DELETE FROM suggestion WHERE id = 4", "suggestions", 4),
    ("UPDATE suggestion SET decided = 1 WHERE id = 1", "decisions", 1),
    ("UPDATE suggestion SET state = 2, merged_into = 1, root = 1 WHERE id = 3", "merges", 3),
    ("INSERT INTO earlier_verdict SELECT 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, book, verdict FROM submission WHERE number = 1",
      "earlier-verdicts", 1),
    ("INSERT INTO suggestion SELECT 99, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, NULL, NULL, 0, NULL, NULL, NULL", "suggestions", 99),
    ("UPDATE suggestion SET support = 4 WHERE id = 1", "support", 1),
    ("UPDATE suggestion SET submissions = 2 WHERE id = 3", "support", 3),
    ("DELETE FROM member WHERE submission = 5", "members", 5),
    ("UPDATE member SET suggestion = 3 WHERE submission = 5", "members", 5),
    ("UPDATE member SET writer = -9223372036854775808 WHERE submission = 5", "support", 1),
    ("UPDATE suggestion SET priority = 99 WHERE id = 3", "projection", 3),
    ("UPDATE suggestion SET near = NULL WHERE id = 3", "projection", 3),
    ("UPDATE submission SET leader = 3 WHERE number = 2", "leaders", 2),
    ("UPDATE submission SET leader = 77 WHERE number = 3", "leaders", 3),
    ("UPDATE submission SET revision = -9223372036854775808 WHERE number = 1", "numbers", 1),
    // Codes.
    ("DELETE FROM code WHERE family = 7", "codes", 1),
    ("UPDATE submission SET topic = (SELECT id FROM code WHERE family = 4) WHERE number = 4", "codes", 4),
    ("UPDATE submission SET book = 0 WHERE number = 5", "codes", 5),
    ("UPDATE submission SET verdict = x'FFFFFFFFFFFFFFFFFFFF' WHERE number = 2", "verdicts", 2),
    // Counts.
    ("UPDATE checkpoint SET unchanged = 1 WHERE run = 2", "checkpoints", 2),
    ("UPDATE checkpoint SET new = 5, records = 6 WHERE run = 1", "checkpoints", 1),
  ])
  func namesWhatWasChanged(_ sql: String, _ kind: String, _ number: Int) throws {
    let sample = try VerificationTests.mixed()
    try sample.tamper(sql)
    let faults = try sample.store.verify().faults
    let fault = faults.first { $0.kind.rawValue == kind }
    #expect(fault?.number == number, "\(faults.map { "\($0.kind.rawValue) \($0.number)" })")
  }

  @Test func noticesEventsThatChangedPlaces() throws {
    let sample = try VerificationTests.mixed()
    for step in ["-1 WHERE seq = 1", "1 WHERE seq = 2", "2 WHERE seq = -1"] {
      try sample.tamper("UPDATE event SET seq = \(step)")
    }
    #expect(try sample.store.verify().faults.first?.kind == .chain)
  }

  @Test func aCorrectedFirstWriterIsNoFault() throws {
    let sample = try VerificationTests.mixed()
    // Whoever opened the suggestion turns out to be the writer of a joined one: support was counted before.
    try sample.take([
      SampleRecord("A-1").with {
        $0.revises = 1
        $0.writer = 2
        $0.body = "人民路井盖破损，夜里看不见，已更正"
      }
    ])
    #expect(try sample.store.verify().faults == [])
  }
}
