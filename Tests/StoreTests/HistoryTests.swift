import Store
import Suggestions
import Testing

/// The history is for appending only, and whoever thinks otherwise is noticed, at the first event that is not as it was.
@Suite struct HistoryTests {
  /// Eight events; the last one is of somebody who looked at something, which no count tells of.
  private static func sample() throws -> SampleStore {
    let sample = try VerificationTests.mixed()
    let act = try #require(StaffAct(actor: "li", reason: "核对", at: 1_750_000_100))
    for number in [1, 2, 4, 1, 3] { _ = try sample.store.received(submission: number, by: act) }
    try #require(try sample.integer("SELECT count(*) FROM event") == 8)
    try #require(try sample.store.verify().isSound)
    return sample
  }

  private static func first(_ sample: SampleStore, head: HistoryHead? = nil) throws -> [String: Int] {
    Dictionary(
      try sample.store.verify(head: head).faults.map { ($0.kind.rawValue, $0.number) }, uniquingKeysWith: { first, _ in first })
  }

  @Test(arguments: 1...8, [
    "at = at + 1", "actor = actor || '!'", "action = 'unsealed'", "subject = subject + 1", "payload = payload || ' '",
    "salt = zeroblob(16)", "previous = zeroblob(32)", "hash = zeroblob(32)", "digest = zeroblob(32)",
  ])
  func anEditIsNamed(_ sequence: Int, _ change: String) throws {
    let sample = try HistoryTests.sample()
    // The first one follows on zeros, and all may share an actor.
    if sequence == 1 && change.hasPrefix("previous") { return }
    try sample.tamper("UPDATE event SET \(change) WHERE seq = \(sequence)")
    #expect(try HistoryTests.first(sample)["chain"] == sequence)
  }

  @Test(arguments: 1...7) func aDeletionIsNamed(_ sequence: Int) throws {
    let sample = try HistoryTests.sample()
    try sample.tamper("DELETE FROM event WHERE seq = \(sequence)")
    #expect(try HistoryTests.first(sample)["chain"] == sequence)
    // Nor does it help to close the gap.
    try sample.tamper("UPDATE event SET seq = -seq WHERE seq > \(sequence)")
    try sample.tamper("UPDATE event SET seq = -seq - 1 WHERE seq < 0")
    #expect(try HistoryTests.first(sample)["chain"] == sequence)
  }

  /// A copy of any event, put in before any other.
  @Test(arguments: 1...8, [1, 4, 8]) func anInsertionIsNamed(_ place: Int, _ copied: Int) throws {
    let sample = try HistoryTests.sample()
    try sample.tamper("UPDATE event SET seq = -seq WHERE seq >= \(place)")
    try sample.tamper("UPDATE event SET seq = -seq + 1 WHERE seq < 0")
    let from = copied >= place ? copied + 1 : copied
    try sample.tamper(
      """
      INSERT INTO event (seq, at, actor, action, subject, payload, salt, previous, hash)
      SELECT \(place), at, actor, action, subject, payload, salt, previous, hash FROM event WHERE seq = \(from)
      """)
    // A copy of the very event that stood there follows on; the one after it does not.
    #expect(try HistoryTests.first(sample)["chain"] == (copied == place ? place + 1 : place))
  }

  @Test(arguments: 1...7, 2...8) func aSwapIsNamed(_ one: Int, _ other: Int) throws {
    guard one < other else { return }
    let sample = try HistoryTests.sample()
    for step in ["0 WHERE seq = \(one)", "\(one) WHERE seq = \(other)", "\(other) WHERE seq = 0"] {
      try sample.tamper("UPDATE event SET seq = \(step)")
    }
    #expect(try HistoryTests.first(sample)["chain"] == one)
  }

  /// A chain cut at the end is a chain; only who wrote the end down knows.
  @Test func aCutOffTailIsShownByAHead() throws {
    let sample = try HistoryTests.sample()
    let head = try sample.store.verify().historyHead
    #expect(head.event == 8)
    #expect(try sample.store.verify(head: head).isSound)
    _ = try sample.store.received(submission: 1, by: try #require(StaffAct(actor: "li", reason: "再看", at: 1_750_000_200)))
    #expect(try sample.store.verify(head: head).isSound)
    try sample.tamper("DELETE FROM event WHERE seq > 6")
    #expect(try HistoryTests.first(sample) == [:])
    #expect(try HistoryTests.first(sample, head: head) == ["head": 7])
    // Others put in their place chain up as well.
    for _ in 0..<2 {
      _ = try sample.store.received(submission: 2, by: try #require(StaffAct(actor: "li", reason: "另", at: 1_750_000_300)))
    }
    #expect(try HistoryTests.first(sample) == [:])
    #expect(try HistoryTests.first(sample, head: head) == ["head": 8])
  }

  @Test func anEmptyHistoryGoesOnToAnything() throws {
    let sample = try SampleStore()
    let head = try sample.store.verify().historyHead
    #expect(head == HistoryHead(event: 0, hash: ""))
    try sample.take([SampleRecord("A-1")])
    #expect(try HistoryTests.first(sample, head: head) == [:])
  }
}
