import Casework
import Store
import Suggestions
import TestSupport
import Testing

/// What a person says of urgency, kind or track moves the case in the queue, and back when it is undone.
@Suite struct CorrectedPriorityTests {
  /// Numbers no machine gave: the urgency's, behind everything for praise, one more on the sensitive track.
  private let rules = CaseworkRules(priority: { kind, track, urgency, isUnsure in
    (kind == .praise ? 5 : urgency == .danger ? 90 : urgency == .outage ? 70 : 20) + (track == .sensitive ? 1 : 0)
      + (isUnsure ? 3 : 0)
  })
  private let act = StaffAct(actor: "周敏", reason: "看了照片", at: 1_750_100_000)!

  private func sample() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take([
      SampleRecord("A-1").with { $0.writer = 1 }, SampleRecord("A-2").with { $0.body = "桥南路口的充电棚漏雨" },
      SampleRecord("A-3").with { ($0.body, $0.priority) = ("停水了", 50) },
    ])
    return sample
  }

  @discardableResult
  private func does(
    _ sample: SampleStore, _ action: CaseAction, _ id: Int = 1, _ fill: (inout CaseDetails) -> Void = { _ in }
  ) throws -> CaseDone {
    var details = CaseDetails(fill)
    details.reason = act.reason
    let request = CaseRequest(action, at: act.at, details: details)
    return try sample.store.act(request, on: id, by: act.moderator, under: rules, isConfirmed: true).get()
  }

  private func priority(_ sample: SampleStore, _ id: Int = 1) throws -> Int {
    try sample.integer("SELECT priority FROM suggestion WHERE id = \(id)")
  }

  private func queue(_ sample: SampleStore) throws -> [Int] {
    try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names).map(\.id)
  }

  /// The sample's verdicts are unsure: three more.
  @Test func theQueueFollowsAPersonsWord() throws {
    let sample = try sample()
    #expect(try queue(sample) == [3, 1, 2])
    let done = try does(sample, .correct, 2) { $0.urgency = .danger }
    #expect(done.file.corrections.priority == 93)
    #expect(try priority(sample, 2) == 93)
    #expect(try queue(sample) == [2, 3, 1])
    #expect(try sample.store.verify(under: rules).faults == [])
    // The kind is corrected on top of it, and taken back.
    let praise = try does(sample, .correct, 2) { $0.kind = .praise }
    #expect(try queue(sample) == [3, 1, 2] && priority(sample, 2) == 8)
    try does(sample, .undo, 2) { $0.undoes = praise.event.number }
    #expect(try priority(sample, 2) == 93)
    try does(sample, .undo, 2) { $0.undoes = done.event.number }
    #expect(try queue(sample) == [3, 1, 2] && priority(sample, 2) == 40)
    #expect(try sample.integer("SELECT count(*) FROM suggestion WHERE corrected_priority IS NOT NULL") == 0)
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  @Test func aTopicMovesNothing() throws {
    let sample = try sample()
    try does(sample, .correct) { $0.topic = "0203" }
    #expect(try priority(sample) == 40)
    #expect(try sample.integer("SELECT count(*) FROM suggestion WHERE corrected_priority IS NOT NULL") == 0)
  }

  @Test func theSensitiveTrackHasAPlaceOfItsOwn() throws {
    let sample = try sample()
    let done = try does(sample, .divert)
    #expect(try done.file.corrections.priority == 24 && priority(sample) == 24)
    #expect(try sample.store.verify(under: rules).faults == [])
    try does(sample, .undo) { $0.undoes = done.event.number }
    #expect(try priority(sample) == 40)
  }

  /// Support counts on top, a corrected text changes nothing, and neither does another rule book.
  @Test func theWordStands() throws {
    let sample = try sample()
    try does(sample, .correct) { $0.urgency = .outage }
    try sample.take([
      SampleRecord("A-4").with { ($0.duplicate, $0.leader, $0.suggestion, $0.score, $0.writer) = (.exact, 1, 1, 1_000, 2) }
    ])
    #expect(try priority(sample) == 75)
    try sample.take([SampleRecord("A-1").with { ($0.revises, $0.body, $0.priority, $0.writer) = (1, "改了", 10, 1) }])
    #expect(try priority(sample) == 75)
    #expect(try sample.store.verify(under: CaseworkRules(priority: { _, _, _, _ in 0 })).faults == [])
    // Ordered and recalled it is where it was.
    try does(sample, .dispatch) { $0.handler = CaseHandler(unit: "housing") }
    try does(sample, .recall)
    #expect(try priority(sample) == 75)
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  @Test func anOrderedCaseMovesToo() throws {
    let sample = try sample()
    try does(sample, .dispatch) { $0.handler = CaseHandler(unit: "housing") }
    #expect(try priority(sample) == 40)
    try does(sample, .divert)
    #expect(try priority(sample) == 24)
    #expect(try sample.store.verify(under: rules).faults == [])
    try sample.tamper("UPDATE suggestion SET priority = 40 WHERE id = 1")
    #expect(try sample.store.verify(under: rules).faults.map(\.kind) == [.decisions])
  }

  @Test(arguments: [
    "UPDATE suggestion SET corrected_priority = 9 WHERE id = 1", "UPDATE suggestion SET corrected_priority = NULL",
    "UPDATE suggestion SET priority = 99 WHERE id = 1", "UPDATE suggestion SET corrected_priority = 40 WHERE id = 2",
  ])
  func aPlaceChangedBehindTheProgramsBackIsFound(_ sql: String) throws {
    let sample = try sample()
    try does(sample, .correct) { $0.urgency = .outage }
    try sample.tamper(sql)
    #expect(try sample.store.verify(under: rules).faults.contains { $0.kind == .decisions })
  }

  /// What is left of the acts on an erased case still says where it stands.
  @Test func anErasedCaseKeepsItsPlace() throws {
    let sample = try sample()
    try does(sample, .correct) { $0.urgency = .outage }
    try sample.erase([1])
    #expect(try sample.store.verify(under: rules).faults == [])
    #expect(try sample.integer("SELECT corrected_priority FROM suggestion WHERE id = 1") == 73)
  }
}
