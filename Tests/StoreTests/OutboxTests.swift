import Store
import Suggestions
import TestSupport
import Testing

/// Messages to the outside: in line with what they tell of, taken by one at a time, never lost, never sent after an
/// undo.
@Suite struct OutboxTests {
  static let now: Int64 = 1_772_415_000
  private static let act = StaffAct(actor: "周敏", reason: "试", at: now)

  private func sample(_ receivers: [Receiver] = [Receiver(medium: .webhook, address: "https://a.example/")]) throws
    -> SampleStore
  {
    let sample = try SampleStore.small()
    for receiver in receivers { _ = try sample.store.addReceiver(receiver, by: #require(OutboxTests.act)) }
    return sample
  }

  /// An event and its message in one transaction, as an act on a case writes them.
  @discardableResult
  private func tell(
    _ sample: SampleStore, kind: String = "case.dispatch", subject: Int = 1, notBefore: Int64 = now,
    payload: String = #"{"suggestion":1,"state":"dispatched"}"#, unit: String? = nil
  ) throws -> Int {
    try sample.store.write { session throws(StoreFault) in
      let event = try History.next(session)
      try History.append(
        History.Event(at: OutboxTests.now, actor: "周敏", action: "note", subject: subject, payload: "{}"), to: session)
      try Outbox.add(
        OutboxMessage(
          event: event, kind: kind, subject: subject, notBefore: notBefore, payload: payload, unit: unit), to: session)
      return event
    }
  }

  private func cancel(_ event: Int, _ sample: SampleStore) throws -> Int {
    try sample.store.write { session throws(StoreFault) in try Outbox.cancel(event: event, session) }
  }

  private func claim(_ sample: SampleStore, for receiver: Int = 1, at moment: Int64 = now) throws -> OutboxClaim? {
    try sample.store.claim(for: receiver, due: moment, at: moment)
  }

  private func failure(
    _ fault: String = "status", status: Int? = 500, left: Bool = true, down: Bool = false
  ) -> DeliveryResult {
    var result = DeliveryResult(fault: fault, status: status)
    result.mayHaveLeft = left
    result.isReceiverDown = down
    return result
  }

  @discardableResult
  private func record(
    _ result: DeliveryResult, of claim: OutboxClaim?, _ sample: SampleStore, at moment: Int64 = now, jitter: Double = 0
  ) throws -> OutboxState? {
    try sample.store.record(result, of: #require(claim), at: moment, jitter: jitter)
  }

  private func states(_ sample: SampleStore) throws -> [OutboxState] {
    try sample.store.outbox(limit: 100).flatMap { $0.deliveries.map(\.state) }
  }

  private func isSound(_ sample: SampleStore) throws { #expect(try sample.store.verify().faults.isEmpty) }

  // MARK: Into the line

  @Test func goesToThoseWhoWantIt() throws {
    let sample = try sample([
      Receiver(medium: .webhook, address: "https://all.example/"),
      Receiver(medium: .webhook, address: "https://cases.example/", kinds: ["case.*"]),
      Receiver(medium: .mail, address: "a@b.cn", kinds: ["case.answered", "digest.published"]),
      Receiver(medium: .mail, address: "c@d.cn", unit: "0501@430702"),
    ])
    func told() throws -> [Int] { try sample.store.outbox(limit: 1).first?.deliveries.map(\.receiver) ?? [] }
    try tell(sample)
    #expect(try told() == [1, 2])
    try tell(sample, kind: "case.answered", unit: "0501@430702")
    #expect(try told() == [1, 2, 3, 4])
    try tell(sample, kind: "digest.published", subject: 0, unit: "0501")
    #expect(try told() == [1, 3])
    // `case.*` is no other word that begins alike.
    try tell(sample, kind: "cases.x")
    #expect(try told() == [1])
    try isSound(sample)
  }

  /// An order to a lead and two helpers is three messages of one event.
  @Test func nobodyHearsOfOneActTwice() throws {
    let sample = try sample([
      Receiver(medium: .webhook, address: "https://all.example/"), Receiver(medium: .mail, address: "a@b.cn", unit: "a"),
      Receiver(medium: .mail, address: "c@d.cn", unit: "c"),
    ])
    let event = try tell(sample, unit: "a")
    try sample.store.write { session throws(StoreFault) in
      for unit in ["c", "e"] {
        try Outbox.add(
          OutboxMessage(event: event, kind: "case.dispatch", subject: 1, notBefore: 0, payload: "{}", unit: unit),
          to: session)
      }
      // Reminders without an event are each their own.
      for _ in 0..<2 {
        try Outbox.add(
          OutboxMessage(event: 0, kind: "reminder.overdue", subject: 1, notBefore: OutboxTests.now, payload: "{}"),
          to: session)
      }
    }
    let told = try sample.store.outbox(limit: 9).reversed().map { $0.deliveries.map(\.receiver) }
    #expect(told == [[1, 2], [3], [1], [1]])
    #expect(try sample.store.outbox(limit: 1).first?.event == 0)
    try isSound(sample)
  }

  @Test func whereNobodyListensNothingIsWritten() throws {
    let sample = try sample([])
    try tell(sample)
    #expect(try sample.integer("SELECT count(*) FROM outbox") == 0)
  }

  @Test func takenBackWithWhatItTellsOf() throws {
    let sample = try sample()
    #expect(throws: StoreFault.self) {
      try sample.store.write { session throws(StoreFault) in
        try Outbox.add(
          OutboxMessage(event: 1, kind: "case.closed", subject: 1, notBefore: 0, payload: "{}"), to: session)
        throw .corrupt("something else")
      }
    }
    #expect(try sample.integer("SELECT count(*) FROM outbox") + sample.integer("SELECT count(*) FROM delivery") == 0)
  }

  @Test(arguments: [
    #"{"text":"井盖破了"}"#, "{\"a\":\"\n\"}", "井", "[]", "", "{", #"{"a":1}"# + " ",
    "{" + String(repeating: "1", count: 5000) + "}",
  ]) func nobodysWordsGoOut(_ payload: String) throws {
    let sample = try sample()
    try tell(sample, payload: payload)
    let claim = try #require(try claim(sample))
    #expect(claim.payload == "{}")
    #expect(claim.subject == 1)
  }

  @Test func sensitiveCasesAreForThoseLetIn() throws {
    let sample = try sample([
      Receiver(medium: .webhook, address: "https://a.example/"),
      Receiver(medium: .webhook, address: "https://b.example/", isSensitive: true),
    ])
    // Moved to the sensitive track after the message was written, and before.
    try tell(sample)
    try sample.tamper("UPDATE suggestion SET track = 1 WHERE id = 1")
    try tell(sample)
    #expect(try sample.store.outbox(limit: 1).first?.deliveries.map(\.receiver) == [2])
    #expect(try claim(sample, for: 1) == nil)
    let first = try #require(try sample.store.outbox(limit: 2).last)
    #expect(first.deliveries.map(\.state) == [.cancelled, .waiting])
    #expect(first.deliveries.first?.fault == "sensitive")
    #expect(try claim(sample, for: 2)?.outbox == 1)
    #expect(try claim(sample, for: 2)?.outbox == 2)
  }

  // MARK: Undo windows

  @Test func nothingLeavesBeforeItsTime() throws {
    let sample = try sample()
    try tell(sample, notBefore: OutboxTests.now + 600)
    #expect(try sample.store.dueReceivers(at: OutboxTests.now + 599).isEmpty)
    #expect(try claim(sample, at: OutboxTests.now + 599) == nil)
    #expect(try sample.store.dueReceivers(at: OutboxTests.now + 600).map(\.messages) == [1])
    #expect(try claim(sample, at: OutboxTests.now + 600) != nil)
  }

  @Test func cancelledInItsWindowNobodyHearsOfIt() throws {
    let sample = try sample()
    let event = try tell(sample, notBefore: OutboxTests.now + 600)
    #expect(try cancel(event, sample) == 0)
    #expect(try claim(sample, at: OutboxTests.now + 1_000_000) == nil)
    #expect(try sample.store.outbox(limit: 1).first?.state == .cancelled)
    #expect(try sample.store.retryOutbox([1], again: true, by: #require(OutboxTests.act)) == 0)
    try isSound(sample)
  }

  @Test func cancellingTellsWhatHadGone() throws {
    let sample = try sample([
      Receiver(medium: .webhook, address: "https://a.example/"), Receiver(medium: .mail, address: "a@b.cn"),
    ])
    let event = try tell(sample)
    // A failure that certainly reached nobody is none.
    let unreached = try #require(try claim(sample, for: 1))
    let state = try record(failure("host", status: nil, left: false), of: unreached, sample, jitter: 0.5)
    #expect(state == .waiting)
    let other = try tell(sample, kind: "case.closed")
    try record(DeliveryResult(status: 204), of: claim(sample, for: 2), sample)
    #expect(try cancel(other, sample) == 0)
    #expect(try cancel(event, sample) == 1)
    #expect(try states(sample) == [.cancelled, .cancelled, .cancelled, .sent])
    try isSound(sample)
  }

  @Test func cancelledWhileItIsUnderWay() throws {
    let sample = try sample()
    let events = [try tell(sample), try tell(sample)]
    let claims = [try #require(try claim(sample)), try #require(try claim(sample))]
    for event in events { #expect(try cancel(event, sample) == 1) }
    // It was taken after all: that is the truth. It failed: it is not tried again.
    #expect(try record(DeliveryResult(status: 200), of: claims[0], sample) == .sent)
    #expect(try record(failure(left: false), of: claims[1], sample) == .cancelled)
    #expect(try states(sample) == [.cancelled, .sent])
    // What is known now is that the second reached nobody.
    #expect(try cancel(events[1], sample) == 0)
    try isSound(sample)
  }

  // MARK: One at a time

  @Test func twoNeverHoldTheSame() throws {
    let sample = try sample()
    for _ in 0..<20 { try tell(sample) }
    let other = try SuggestionStore(url: sample.path, access: .existing, folding: SampleStore.folding)
    var taken: [Int] = []
    while true {
      let claims = [
        try sample.store.claim(for: 1, due: OutboxTests.now, at: OutboxTests.now),
        try other.claim(for: 1, due: OutboxTests.now, at: OutboxTests.now),
      ].compactMap(\.self)
      if claims.isEmpty { break }
      taken += claims.map(\.outbox)
    }
    #expect(taken.sorted() == Array(1...20))
    try other.close()
  }

  @Test func whoeverDiesWithItLosesIt() throws {
    let sample = try sample()
    try tell(sample)
    let first = try #require(try claim(sample))
    #expect(try claim(sample, at: OutboxTests.now + 119) == nil)
    // Killed, or only slow: nobody can tell, so it is sent once more, under the same identifier.
    let second = try #require(try claim(sample, at: OutboxTests.now + 120))
    #expect(second.identifier == first.identifier)
    #expect(second.token == first.token + 1)
    #expect(second.payload == #"{"suggestion":1,"state":"dispatched"}"#)
    // The slow one's failure is of no interest any more, its success is a fact.
    #expect(try record(failure(), of: first, sample, at: OutboxTests.now + 121) == nil)
    #expect(try states(sample) == [.waiting])
    #expect(try record(DeliveryResult(status: 200), of: first, sample, at: OutboxTests.now + 122) == .sent)
    #expect(try record(failure(), of: second, sample, at: OutboxTests.now + 123) == nil)
    #expect(try states(sample) == [.sent])
    try isSound(sample)
  }

  /// Killed at every point between its being written and its being settled: the message arrives at least once, always
  /// under one identifier, and only the kills between handing over and writing down make it arrive more often.
  @Test(arguments: 0..<64) func arrivesWhereverSomebodyIsKilled(_ kills: Int) throws {
    let sample = try sample()
    try tell(sample)
    var moment = OutboxTests.now
    var arrived: [String] = []
    var deaths = 0
    // Each attempt has two places to die in: before the handing over, and after it.
    for attempt in 0..<8 {
      try sample.reopen()
      guard let claim = try claim(sample, at: moment) else { break }
      moment += 200
      let dies = attempt < 3 ? kills >> (attempt * 2) & 3 : 0
      if dies & 1 == 1 { continue }
      arrived.append(claim.identifier)
      if dies & 2 == 2 {
        deaths += 1
        continue
      }
      #expect(try record(DeliveryResult(status: 200), of: claim, sample, at: moment) == .sent)
    }
    #expect(Set(arrived).count == 1)
    #expect(arrived.count <= 1 + deaths)
    #expect(try states(sample) == [.sent])
    try isSound(sample)
  }

  // MARK: Back-off

  @Test func triesEverLaterAndGivesUp() throws {
    let sample = try sample()
    try tell(sample)
    var moment = OutboxTests.now
    var waits: [Int64] = []
    for number in 1...10 {
      let claim = try #require(try claim(sample, at: moment))
      #expect(claim.tries == number)
      let state = try record(failure(), of: claim, sample, at: moment, jitter: 1)
      guard state == .waiting else {
        #expect(state == .failed && number == 10)
        break
      }
      let next = try #require(try sample.store.outbox(limit: 1).first?.deliveries.first?.nextAt)
      #expect(try self.claim(sample, at: next - 1) == nil)
      waits.append(next - moment)
      moment = next
    }
    #expect(waits == [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400])
    #expect(try claim(sample, at: moment + 10_000_000) == nil)
    let failed = try #require(try sample.store.outbox([.failed], limit: 10).first)
    #expect(failed.deliveries.first?.status == 500)
    #expect(try sample.integer("SELECT count(*) FROM event WHERE action = 'outbox.failed'") == 1)
    try isSound(sample)
  }

  @Test(arguments: [(0.0, 1), (0.25, 75), (0.5, 150), (1.0, 300)] as [(Double, Int64)])
  func jitterTakesFromTheWholeDelay(_ jitter: Double, _ wait: Int64) throws {
    let sample = try sample()
    try tell(sample)
    try record(failure(), of: claim(sample), sample)
    let moment = OutboxTests.now + 1
    try record(failure(), of: claim(sample, at: moment), sample, at: moment, jitter: jitter)
    #expect(try sample.store.outbox(limit: 1).first?.deliveries.first?.nextAt == moment + wait)
  }

  @Test func aPauseAskedForIsKept() throws {
    let sample = try sample()
    for _ in 0..<2 { try tell(sample) }
    var result = failure(status: 429, down: true)
    result.retryAfter = 3_600
    try record(result, of: claim(sample), sample, jitter: 1)
    #expect(try sample.store.outbox(limit: 2).last?.deliveries.first?.nextAt == OutboxTests.now + 3_600)
    // Nor is the next message sent there meanwhile.
    #expect(try claim(sample, at: OutboxTests.now + 3_599) == nil)
    #expect(try claim(sample, at: OutboxTests.now + 3_600) != nil)
    result.retryAfter = 1 << 40
    try record(result, of: claim(sample, at: OutboxTests.now + 3_600), sample, jitter: 1)
    #expect(try sample.store.receivers().first?.heldUntil == OutboxTests.now + 86_400)
  }

  @Test func aFailingReceiverHoldsUpNobodyElse() throws {
    let sample = try sample([
      Receiver(medium: .webhook, address: "https://a.example/"), Receiver(medium: .webhook, address: "https://b.example/"),
    ])
    for _ in 0..<5 { try tell(sample) }
    var claims = 0
    while let claim = try claim(sample, for: 1) {
      claims += 1
      try record(failure("timeout", status: nil, down: true), of: claim, sample, jitter: 1)
    }
    // One timeout, and the receiver is left alone; the next pass tries one message again.
    #expect(claims == 1)
    #expect(try sample.store.dueReceivers(at: OutboxTests.now).map(\.receiver.id) == [2])
    #expect(try sample.store.dueReceivers(at: OutboxTests.now + 5).map(\.receiver.id) == [1, 2])
    for number in 1...5 {
      let claim = try #require(try claim(sample, for: 2))
      #expect(claim.outbox == number)
      try record(DeliveryResult(status: 200), of: claim, sample)
    }
    // However long it fails, new messages are tried every five minutes at the latest.
    var moment = OutboxTests.now + 5
    for _ in 0..<8 {
      let claim = try #require(try claim(sample, for: 1, at: moment))
      try record(failure("timeout", status: nil, down: true), of: claim, sample, at: moment, jitter: 1)
      let held = try #require(try sample.store.receivers().first?.heldUntil)
      #expect(held - moment <= 300)
      moment = held
    }
    let claim = try #require(try claim(sample, for: 1, at: moment))
    try record(DeliveryResult(status: 200), of: claim, sample, at: moment)
    #expect(try sample.store.receivers().first?.failures == 0)
  }

  @Test func whatCanNeverSucceedIsGivenUpAtOnce() throws {
    let sample = try sample()
    try tell(sample)
    var result = failure("mailbox", status: 550)
    result.isFinal = true
    #expect(try record(result, of: claim(sample), sample) == .failed)
    #expect(try sample.store.receivers().first?.ending == nil)
  }

  @Test func aReceiverThatIsGoneIsLeftAlone() throws {
    let sample = try sample()
    for _ in 0..<3 { try tell(sample) }
    var result = failure("gone", status: 410)
    result.isFinal = true
    result.isGone = true
    #expect(try record(result, of: claim(sample), sample) == .failed)
    #expect(try states(sample) == [.failed, .failed, .failed])
    #expect(try sample.store.receivers().first?.ending == .gone)
    try tell(sample)
    #expect(try sample.store.outbox(limit: 9).count == 3)
    #expect(try sample.store.retryOutbox([], by: #require(OutboxTests.act)) == 0)
    try isSound(sample)
  }

  // MARK: Again, and away

  @Test func whatFailedIsPutInLineAnew() throws {
    let sample = try sample()
    try tell(sample)
    var result = failure("mailbox", status: 550)
    result.isFinal = true
    let first = try #require(try claim(sample))
    try record(result, of: first, sample)
    #expect(try sample.store.retryOutbox([], by: #require(OutboxTests.act)) == 1)
    let second = try #require(try claim(sample))
    #expect(second.identifier == first.identifier)
    #expect(second.tries == 1)
    #expect(second.token == 2)
    try record(DeliveryResult(status: 200), of: second, sample)
    #expect(try sample.store.retryOutbox([1], by: #require(OutboxTests.act)) == 0)
    #expect(try sample.store.retryOutbox([1], again: true, by: #require(OutboxTests.act)) == 1)
    #expect(try claim(sample)?.identifier == first.identifier)
    #expect(try sample.integer("SELECT count(*) FROM event WHERE action = 'outbox.retry'") == 2)
    try isSound(sample)
  }

  @Test func oldMessagesAreThrownAway() throws {
    let sample = try sample()
    for _ in 0..<4 { try tell(sample) }
    var refused = failure("mailbox", status: 550)
    refused.isFinal = true
    for result in [DeliveryResult(status: 200), refused, DeliveryResult(status: 200)] {
      try record(result, of: claim(sample), sample)
    }
    func left() throws -> [Int] { try sample.store.outbox(limit: 9).map(\.id) }
    let month: Int64 = 30 * 86_400
    #expect(try sample.store.forgetOutbox(at: OutboxTests.now + month) == 0)
    #expect(try sample.store.forgetOutbox(at: OutboxTests.now + month + 1) == 2)
    #expect(try left() == [4, 2])
    #expect(try sample.store.forgetOutbox(at: OutboxTests.now + 3 * month + 1) == 1)
    // What waits stays however old it is; the newest keeps its number from being used again.
    #expect(try left() == [4])
    #expect(try sample.integer("SELECT count(*) FROM delivery") == 1)
    try isSound(sample)
  }

  // MARK: Receivers

  @Test func aRemovedReceiverLeavesNoAddress() throws {
    let sample = try sample()
    try tell(sample)
    let act = try #require(OutboxTests.act)
    #expect(try sample.store.removeReceiver(1, by: act))
    #expect(try !sample.store.removeReceiver(1, by: act))
    #expect(try !sample.store.removeReceiver(9, by: act))
    #expect(try states(sample) == [.cancelled])
    #expect(try sample.store.receivers().first?.address == "")
    // Its number, and with it its secret, is nobody else's.
    #expect(try sample.store.addReceiver(Receiver(medium: .webhook, address: "https://b.example/"), by: act) == 2)
    #expect(try sample.integer("SELECT count(*) FROM event WHERE payload LIKE '%example%'") == 0)
    try isSound(sample)
  }

  @Test func secretsAreEachReceiversOwnAndChange() throws {
    let sample = try sample([
      Receiver(medium: .webhook, address: "https://a.example/"), Receiver(medium: .webhook, address: "https://b.example/"),
      Receiver(medium: .mail, address: "a@b.cn"),
    ])
    let act = try #require(OutboxTests.act)
    func secrets(_ index: Int, at moment: Int64 = OutboxTests.now) throws -> [[UInt8]] {
      try sample.store.secrets(of: try sample.store.receivers()[index], at: moment)
    }
    let before = try secrets(0)
    #expect(before.count == 1 && before[0].count == 32)
    #expect(try secrets(1) != before)
    try sample.reopen()
    #expect(try secrets(0) == before)
    #expect(try sample.store.renewSecret(of: 1, by: act))
    let both = try secrets(0)
    #expect(both.count == 2 && both[1] == before[0] && both[0] != before[0])
    #expect(try secrets(0, at: OutboxTests.now + 86_400) == [both[0]])
    #expect(try !sample.store.renewSecret(of: 3, by: act))
    // Nowhere in the database.
    #expect(try sample.integer("SELECT count(*) FROM event WHERE payload LIKE '%whsec%'") == 0)
  }

  @Test func aTestMessageGoesToOneReceiver() throws {
    let sample = try sample([
      Receiver(medium: .webhook, address: "https://a.example/"),
      Receiver(medium: .webhook, address: "https://b.example/", kinds: ["case.closed"]),
    ])
    #expect(try sample.store.testReceiver(2, by: #require(OutboxTests.act)))
    #expect(try sample.store.outbox(limit: 9).flatMap { $0.deliveries.map(\.receiver) } == [2])
    #expect(try claim(sample, for: 2)?.kind == "outbox.test")
    #expect(try claim(sample, for: 2) == nil)
    try isSound(sample)
  }

  @Test(arguments: ["case.dispatch", "case.*", "digest", "a.b-c.d2"]) func kindsAreCodes(_ kind: String) {
    #expect(Receiver.isKind(kind))
  }

  @Test(arguments: ["", "*", "case.", ".x", "case.*.x", "Case.x", "派单", "a b", "case.**"])
  func kindsAreNothingElse(_ kind: String) {
    #expect(!Receiver.isKind(kind))
  }

  // MARK: What verify finds

  @Test(arguments: [
    ("UPDATE outbox SET state = 1 WHERE id = 2", 2), ("UPDATE outbox SET event = 4000 WHERE id = 1", 1),
    ("DELETE FROM outbox WHERE id = 2", 2), ("DELETE FROM receiver", 1), ("DELETE FROM delivery WHERE outbox = 1", 1),
  ]) func tamperingIsFound(_ sql: String, _ number: Int) throws {
    let sample = try sample()
    for _ in 0..<2 { try tell(sample) }
    try isSound(sample)
    try sample.tamper(sql)
    let fault = try #require(try sample.store.verify().faults.first { $0.kind == .outbox })
    #expect(fault.number == number)
  }
}
