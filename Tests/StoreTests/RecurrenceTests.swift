import Casework
import Store
import Suggestions
import Testing

/// The same matter again after it was done with: a case of its own, which tells of the others.
@Suite struct RecurrenceTests {
  private let act = StaffAct(actor: "周敏", reason: "还是那个井盖", at: 1_750_100_000)!

  /// Four matters; the last is sensitive.
  private func sample() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take([
      SampleRecord("A-1"), SampleRecord("A-2").with { $0.body = "桥南的井盖松了" },
      SampleRecord("A-3").with { $0.body = "桥南那个盖子哐当响" },
      SampleRecord("A-4").with { $0.track = .sensitive; $0.body = "有人在桥南打人" },
    ])
    return sample
  }

  /// The text of the first matter once more, as the intake stores it after that was done with.
  private func repeated(_ id: String, again first: Int = 1) -> SampleRecord {
    SampleRecord(id).with { ($0.duplicate, $0.leader, $0.again, $0.score) = (.exact, 1, first, 1000) }
  }

  private func does(_ sample: SampleStore, _ id: Int, _ action: CaseAction, _ fill: (inout CaseDetails) -> Void) throws {
    let request = CaseRequest(action, at: act.at, details: CaseDetails(fill))
    _ = try sample.store.act(request, on: id, by: act.moderator, under: CaseworkRules()).get()
  }

  private func close(_ sample: SampleStore, _ ids: Int...) throws {
    for id in ids {
      try does(sample, id, .correct) { ($0.kind, $0.reason) = (.praise, "谢谢信") }
      try does(sample, id, .thank) { $0.text = "谢谢" }
    }
  }

  private func detail(_ sample: SampleStore, _ id: Int) throws -> SuggestionDetail {
    try #require(try sample.store.suggestion(id: "\(id)", names: SampleStore.names))
  }

  private func again(_ sample: SampleStore, _ id: Int, _ earlier: Int) throws -> RecurrenceRefusal? {
    switch try sample.store.again(id, of: earlier, act: act) {
    case .success: nil
    case .failure(let refusal): refusal
    }
  }

  /// The case before it, and how often the matter has come.
  private func told(_ recurrence: Recurrence?) -> [Int]? { recurrence.map { [$0.previous, $0.times] } }

  private func ended(_ sample: SampleStore) throws -> [[UInt32]] {
    try sample.store.endedMatters().map { [$0.suggestion, $0.first, $0.next ?? 0] }
  }

  private func canonical(_ sample: SampleStore) throws -> String {
    var bytes: [UInt8] = []
    try sample.store.exportCanonical(names: SampleStore.names) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: By the machine

  @Test func threeTimesTheSameWords() throws {
    let sample = try sample()
    #expect(try ended(sample) == [])
    try close(sample, 1)
    #expect(try ended(sample) == [[1, 1, 0]])
    try sample.take([repeated("A-5")])
    #expect(try ended(sample) == [[1, 1, 5]])
    #expect(try told(detail(sample, 5).recurrence) == [1, 2])
    #expect(try detail(sample, 1).recurrence == nil)
    #expect(try detail(sample, 1).cases.map(\.id) == [1, 5])
    #expect(try detail(sample, 1).cases.map(\.state) == ["closed", "pending"])
    #expect(try detail(sample, 2).cases.isEmpty)
    var queue = try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names)
    #expect(queue.map(\.id) == [2, 3, 5])
    #expect(queue.map(\.times) == [1, 1, 2])
    try close(sample, 5)
    #expect(try ended(sample) == [[1, 1, 0], [5, 1, 0]])
    try sample.take([repeated("A-6")])
    let third = try #require(try detail(sample, 6).recurrence)
    #expect(third.previous == 5)
    #expect(third.times == 3)
    queue = try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names)
    #expect(queue.last?.recurrence == third)
    #expect(try ended(sample) == [[1, 1, 6], [5, 1, 6]])
    #expect(try canonical(sample).ranges(of: #""again_of":"forms/A-1""#).count == 2)
    #expect(try sample.store.verify().faults == [])
  }

  /// What repeats a matter joins the case that took it up; taken up by the first one again, that is the one.
  @Test func aReopenedCaseIsNotDoneWith() throws {
    let sample = try sample()
    try close(sample, 1)
    try sample.take([repeated("A-5")])
    try does(sample, 1, .undo) { ($0.undoes, $0.reason) = (2, "看错了") }
    #expect(try ended(sample) == [])
    try close(sample, 5)
    // Of two texts that are equal the first counts, so the open first case is met before the second one is asked.
    #expect(try ended(sample) == [[5, 1, 1]])
    #expect(try sample.store.verify().faults == [])
  }

  /// Its writer corrects the text: the case stays the matter again that it is.
  @Test func aCorrectedTextIsNoFault() throws {
    let sample = try sample()
    try close(sample, 1)
    try sample.take([repeated("A-5")])
    try sample.take([SampleRecord("A-5").with { ($0.revises, $0.body) = (5, "人民路井盖又破了，夜里看不见") }])
    #expect(try detail(sample, 5).recurrence?.times == 2)
    #expect(try sample.store.verify().faults == [])
  }

  @Test func theMachineCanBeWrong() throws {
    let sample = try sample()
    try close(sample, 1)
    try sample.take([repeated("A-5")])
    let before = try canonical(sample)
    _ = try sample.store.notAgain(5, act: act).get()
    #expect(try detail(sample, 5).recurrence == nil)
    #expect(try ended(sample) == [[1, 1, 0]])
    #expect(try canonical(sample) != before)
    #expect(try sample.store.verify().faults == [])
    #expect(try again(sample, 5, 1) == nil)
    #expect(try canonical(sample) == before)
    #expect(try detail(sample, 5).events.map(\.action) == ["intake", "not-again", "again"])
    #expect(try detail(sample, 1).events.map(\.action).suffix(2) == ["not-again", "again"])
    #expect(try sample.store.verify().faults == [])
  }

  // MARK: By people

  @Test func aPersonSaysSo() throws {
    let sample = try sample()
    let before = try canonical(sample)
    try close(sample, 1)
    let closed = try canonical(sample)
    #expect(try told(sample.store.again(2, of: 1, act: act).get()) == [1, 2])
    try close(sample, 2)
    // Of whichever case of the matter it is said, it is the matter.
    #expect(try told(sample.store.again(3, of: 1, act: act).get()) == [2, 3])
    #expect(try detail(sample, 2).cases.map(\.id) == [1, 2, 3])
    #expect(try sample.store.verify().faults == [])
    _ = try sample.store.notAgain(2, act: act).get()
    #expect(try told(detail(sample, 3).recurrence) == [1, 2])
    _ = try sample.store.notAgain(3, act: act).get()
    #expect(try sample.store.verify().faults == [])
    for number in [2, 1] { try does(sample, 2, .undo) { ($0.undoes, $0.reason) = (Int(number), "看错了") } }
    #expect(try canonical(sample) == closed)
    #expect(before != closed)
  }

  @Test func whatIsNoMatterAgainIsRefused() throws {
    let sample = try sample()
    #expect(try again(sample, 9, 1) == .unknown(9))
    #expect(try again(sample, 1, 9) == .unknown(9))
    #expect(try again(sample, 2, 2) == .same)
    #expect(try again(sample, 3, 2) == .stillOpen(2))
    try close(sample, 1, 2)
    #expect(try again(sample, 1, 2) == .earlier(than: 2))
    #expect(try again(sample, 4, 2) == .otherTrack)
    #expect(try again(sample, 3, 1) == nil)
    #expect(try again(sample, 3, 2) == .taken(3))
    try sample.take([SampleRecord("A-5").with { $0.body = "还是那个井盖" }])
    #expect(try again(sample, 5, 1) == .stillOpen(3), "then the two are merged")
    #expect(try again(sample, 3, 1) == .taken(3))
    #expect(throws: RecurrenceRefusal.notAgain(1)) { _ = try sample.store.notAgain(1, act: act).get() }
    #expect(throws: RecurrenceRefusal.notAgain(5)) { _ = try sample.store.notAgain(5, act: act).get() }
    #expect(try sample.store.verify().faults == [])
  }

  // MARK: With merges

  @Test func mergesAreFollowed() throws {
    let sample = try sample()
    try close(sample, 1)
    try sample.take([repeated("A-5")])
    let before = try canonical(sample)
    // The new case turns out to be told in other words too.
    _ = try sample.store.merge(5, into: 2, act: act).get()
    #expect(try detail(sample, 5).id == 2)
    #expect(try told(detail(sample, 2).recurrence) == [1, 2])
    #expect(try detail(sample, 1).cases.map(\.id) == [1, 2])
    let queue = try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names)
    #expect(queue.map(\.times) == [2, 1])
    // What is said once more joins 5 itself, so that it goes with it.
    #expect(try ended(sample) == [[1, 1, 5]])
    #expect(try again(sample, 3, 2) == .stillOpen(2))
    #expect(try again(sample, 5, 1) == .taken(2))
    _ = try sample.store.unmerge(5, act: act).get()
    #expect(try canonical(sample) == before)
    #expect(try detail(sample, 2).recurrence == nil)
    #expect(try sample.store.verify().faults == [])
  }

  @Test func whatWasMergedIntoADoneCaseIsDoneToo() throws {
    let sample = try sample()
    _ = try sample.store.merge(1, into: 2, act: act).get()
    try close(sample, 2)
    #expect(try ended(sample) == [[1, 2, 0], [2, 2, 0]])
    try sample.take([repeated("A-5", again: 2)])
    #expect(try told(detail(sample, 5).recurrence) == [2, 2])
    #expect(try ended(sample) == [[1, 2, 5], [2, 2, 5]])
    #expect(try sample.store.verify().faults == [])
    // Taken back all the way, the first text stands alone and the later case is still told to be its matter's.
    for number in [2, 1] { try does(sample, 2, .undo) { ($0.undoes, $0.reason) = (Int(number), "看错了") } }
    _ = try sample.store.unmerge(1, act: act).get()
    #expect(try ended(sample) == [])
    #expect(try told(detail(sample, 5).recurrence) == [2, 2])
    #expect(try sample.store.verify().faults == [])
  }

  /// The first case, taken up again by itself, is merged into the one that took it up: one case, nothing came again.
  @Test func aMatterMergedIntoItselfIsOneCase() throws {
    let sample = try sample()
    try close(sample, 1)
    try sample.take([repeated("A-5")])
    try does(sample, 1, .undo) { ($0.undoes, $0.reason) = (2, "看错了") }
    _ = try sample.store.merge(1, into: 5, act: act).get()
    #expect(try detail(sample, 1).id == 5)
    #expect(try detail(sample, 5).cases.isEmpty)
    #expect(try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names).map(\.times) == [1, 1, 1])
    try close(sample, 5)
    #expect(try ended(sample) == [[1, 5, 0], [5, 5, 0]])
    #expect(try sample.store.verify().faults == [])
  }

  /// Of a case that left the ordinary track its ordinary sisters do not tell.
  @Test func tracksDoNotTellOfEachOther() throws {
    let sample = try sample()
    try close(sample, 1)
    try sample.take([repeated("A-5")])
    try does(sample, 5, .divert) { $0.reason = "涉及举报" }
    #expect(try detail(sample, 1).cases.isEmpty)
    #expect(try detail(sample, 5).recurrence == nil)
    #expect(try sample.store.queue(limit: 9, track: .sensitive, names: SampleStore.names).map(\.times) == [1, 1])
    #expect(try !canonical(sample).contains(#""again_of":"forms"#))
    #expect(try sample.store.verify().faults == [])
  }

  // MARK: Behind the program's back

  @Test(arguments: [
    ("INSERT INTO recurrence (suggestion, first) VALUES (3, 2)", 3), ("DELETE FROM recurrence WHERE suggestion = 5", 5),
    ("UPDATE recurrence SET first = 3 WHERE suggestion = 5", 5), ("DELETE FROM recurrence WHERE suggestion = 6", 6),
    ("UPDATE recurrence SET first = 2 WHERE suggestion = 6", 6),
    ("INSERT INTO recurrence (suggestion, first) VALUES (7, 1)", 7),
    ("DELETE FROM event WHERE action = 'not-again'", 7), ("UPDATE event SET subject = 3 WHERE action = 'again'", 6),
  ])
  func whatWasChangedIsFound(_ sql: String, _ id: Int) throws {
    let sample = try sample()
    try close(sample, 1)
    // By the machine, by a person, and taken back.
    try sample.take([repeated("A-5")])
    try close(sample, 5)
    try sample.take([SampleRecord("A-6").with { $0.body = "还是那个井盖" }])
    #expect(try again(sample, 6, 1) == nil)
    try close(sample, 6)
    try sample.take([repeated("A-7")])
    _ = try sample.store.notAgain(7, act: act).get()
    #expect(try sample.store.verify().faults == [])
    try sample.tamper(sql)
    let faults = try sample.store.verify().faults
    #expect(faults.contains { $0.kind == .recurrences && $0.number == id }, "\(faults)")
  }
}
