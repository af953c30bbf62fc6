import Casework
import Store
import Suggestions
import TestSupport
import Testing

/// Answers without an account: as the unit, once, in time, while the order stands.
@Suite struct LinkedAnswerTests {
  static let housing = CaseHandler(unit: "housing", district: "430703")
  static let start: Int64 = 1_750_100_000
  private let rules = CaseworkRules()

  private func act(
    _ sample: SampleStore, _ id: Int, _ action: CaseAction, _ role: CaseRole = .lead, at moment: Int64 = start,
    _ fill: (inout CaseDetails) -> Void = { _ in }
  ) throws {
    let actor = CaseActor(
      name: "周敏", role: role, tracks: Set(Track.allCases), handler: role == .department ? Self.housing : nil)
    let request = CaseRequest(action, at: moment, details: CaseDetails(fill))
    _ = try sample.store.act(request, on: id, by: actor, under: rules).get()
  }

  private func dispatched(_ kind: Kind = .fault, _ unit: CaseHandler = housing) throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take([SampleRecord("A-1").with { $0.kind = kind }])
    try act(sample, 1, .dispatch) { $0.handler = unit }
    return sample
  }

  private func token(_ sample: SampleStore, _ until: Int64 = start + 3_600) throws -> String {
    try sample.store.answerLink(on: 1, until: until, by: "周敏", at: Self.start, under: rules).get().token
  }

  private func answer(
    _ sample: SampleStore, _ token: String, at moment: Int64 = start + 60,
    _ fill: (inout CaseDetails) -> Void = { _ in }
  ) throws -> Result<CaseDone, LinkedAnswerRefusal> {
    let details = CaseDetails {
      $0.text = "井盖已换"
      fill(&$0)
    }
    return try sample.store.answer(byLink: token, details, at: moment, under: rules)
  }

  private func events(_ sample: SampleStore) throws -> [CaseEvent] {
    try #require(try sample.store.caseHistory(of: 1, regionPath: { [$0] })).events
  }

  @Test func theUnitAnswersWithoutAnAccount() throws {
    let sample = try dispatched()
    let token = try token(sample)
    let done = try answer(sample, token) { $0.proofs = ["sha256:1"] }.get()
    #expect(done.file.state == .answered && done.file.proofs == ["sha256:1"])
    let events = try events(sample)
    #expect(events.map(\.action) == [.dispatch, .sign, .resolve, .answer])
    #expect(events.dropFirst().allSatisfy { $0.actor == "link:1" && $0.role == .department && $0.unit == Self.housing })
    #expect(try answer(sample, token) == .failure(.link(.used(at: Self.start + 60))))
    // The making is told, the token is not.
    let told = try AccountTests.events(sample).filter { $0.action == "link" }
    #expect(told.map { $0.actor } == ["周敏"] && told.map { $0.subject } == [1])
    #expect(told.allSatisfy { !$0.payload.contains(token) && $0.payload.contains(#""order":1"#) })
    let shown = try #require(try sample.store.suggestion(id: "1", names: SampleStore.names))
    #expect(shown.events.map(\.action).contains("link"))
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  @Test func whatIsSignedAndResolvedIsOnlyAnswered() throws {
    let sample = try dispatched()
    try act(sample, 1, .sign, .department)
    try act(sample, 1, .resolve, .department) { $0.proofs = ["before"] }
    let done = try answer(sample, token(sample)) { $0.proofs = ["after"] }.get()
    #expect(try events(sample).map(\.action) == [.dispatch, .sign, .resolve, .answer])
    #expect(done.file.proofs == ["before", "after"])
  }

  @Test func aStationAnswersAsItsKeeper() throws {
    let sample = try dispatched(.fault, CaseHandler(unit: "anfu", isStation: true))
    #expect(try answer(sample, token(sample)).get().event.role == .stationKeeper)
  }

  /// Everything that was begun for it is undone with it, and the link can be used again.
  @Test func aRefusedAnswerUsesNothingUp() throws {
    let sample = try dispatched(.idea)
    let token = try token(sample)
    let before = try sample.integer("SELECT count(*) FROM event")
    #expect(try answer(sample, token) == .failure(.act(.refused(.missing([.outcome])))))
    #expect(try answer(sample, token) { $0.text = " " } == .failure(.act(.refused(.missing([.text, .outcome])))))
    #expect(try sample.integer("SELECT count(*) FROM event") == before)
    #expect(try sample.integer("SELECT count(*) FROM used_link") == 0)
    #expect(try events(sample).map(\.action) == [.dispatch])
    let done = try answer(sample, token) { ($0.outcome, $0.proofs) = (.planned, ["plan.pdf"]) }.get()
    // An idea is not mended; what shows it stays with the answer.
    #expect(try events(sample).map(\.action) == [.dispatch, .sign, .answer])
    #expect(done.event.details.proofs == ["plan.pdf"] && done.file.outcome == .planned)
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  @Test func itsTimeIsKept() throws {
    let sample = try dispatched()
    let token = try token(sample)
    #expect(try answer(sample, token, at: Self.start + 3_601) == .failure(.link(.expired(at: Self.start + 3_600))))
    #expect(try answer(sample, token, at: Self.start + 3_600).get().file.state == .answered)
  }

  @Test func nothingForgedOrForeignIsTaken() throws {
    let sample = try dispatched()
    let token = try token(sample)
    let other = try self.token(try dispatched())
    #expect(try answer(sample, other) == .failure(.link(.forged)))
    #expect(try answer(sample, "谢谢") == .failure(.link(.malformed)))
    let forged = String(token.dropLast(5)) + "AAAA" + token.suffix(1)
    switch try answer(sample, forged) {
    case .failure(.link(.forged)), .failure(.link(.malformed)): break
    default: Issue.record("taken")
    }
    #expect(try events(sample).count == 1)
  }

  enum Ending: CaseIterable { case recall, sendBack, another, again, undone, answered, merged }

  @Test(arguments: Ending.allCases) func anOrderThatNoLongerStandsHasNoLink(_ ending: Ending) throws {
    let sample = try dispatched()
    try sample.take([SampleRecord("A-2").with { $0.body = "桥南井盖也坏了" }])
    let token = try token(sample)
    let back: (inout CaseDetails) -> Void = {
      ($0.reason, $0.basis, $0.proposedOwner) = ("不归我们", "清单三", CaseHandler(unit: "urban-management"))
    }
    switch ending {
    case .recall: try act(sample, 1, .recall) { $0.reason = "派错" }
    case .sendBack: try act(sample, 1, .sendBack, .department, back)
    case .another:
      try act(sample, 1, .recall) { $0.reason = "派错" }
      try act(sample, 1, .dispatch) { $0.handler = CaseHandler(unit: "urban-management") }
    case .again:
      try act(sample, 1, .recall) { $0.reason = "重派" }
      try act(sample, 1, .dispatch) { $0.handler = Self.housing }
    case .undone: try act(sample, 1, .undo) { ($0.undoes, $0.reason) = (1, "看错") }
    case .answered:
      try act(sample, 1, .sign, .department)
      try act(sample, 1, .answer, .department) { $0.text = "换了" }
    case .merged: try act(sample, 1, .merge) { ($0.target, $0.reason) = (2, "同一处") }
    }
    let refusal = try answer(sample, token)
    switch ending {
    case .answered, .merged:
      guard case .failure(.act(.refused(.noEdge))) = refusal else {
        Issue.record("\(refusal)")
        return
      }
    default: #expect(refusal == .failure(.link(.superseded)))
    }
    #expect(try sample.integer("SELECT count(*) FROM used_link") == 0)
    // Where somebody has the order again there is a link again.
    let new = try sample.store.answerLink(on: 1, until: Self.start + 9, by: "x", at: Self.start, under: rules)
    let isMade = (try? new.get()) != nil
    #expect(isMade == (ending == .another || ending == .again))
  }

  @Test func noLinkWhereNobodyHasIt() throws {
    let sample = try SampleStore()
    try sample.take([SampleRecord("A-1"), SampleRecord("A-2").with { $0.track = .sensitive }])
    func refusal(_ id: Int) throws -> AnswerLinkRefusal? {
      switch try sample.store.answerLink(on: id, until: Self.start, by: "x", at: Self.start, under: rules) {
      case .success: nil
      case .failure(let refusal): refusal
      }
    }
    #expect(try refusal(1) == .noOrder(.pending) && refusal(9) == .unknown(9))
    try act(sample, 2, .dispatch) { $0.handler = Self.housing }
    #expect(try refusal(2) == .sensitive)
    #expect(try sample.integer("SELECT count(*) FROM event WHERE action = 'link'") == 0)
    // Diverted after the link was made.
    try act(sample, 1, .dispatch) { $0.handler = Self.housing }
    let token = try token(sample)
    try act(sample, 1, .divert) { $0.reason = "伤人" }
    #expect(try answer(sample, token) == .failure(.act(.refused(.trackOutOfReach(.sensitive)))))
  }

  @Test func aContactIsReleasedForOneOrder() throws {
    let sample = try dispatched()
    func isReleased() throws -> Bool {
      try #require(try sample.store.caseHistory(of: 1, regionPath: { [$0] })).isContactReleased()
    }
    #expect(try !isReleased())
    try act(sample, 1, .releaseContact) { $0.reason = "要先打电话" }
    #expect(try isReleased())
    try act(sample, 1, .sign, .department)
    #expect(try isReleased())
    try act(sample, 1, .sendBack, .department) {
      ($0.reason, $0.basis, $0.proposedOwner) = ("不归我们", "清单三", CaseHandler(unit: "urban-management"))
    }
    #expect(try !isReleased())
    try act(sample, 1, .dispatch) { $0.handler = CaseHandler(unit: "urban-management") }
    #expect(try !isReleased(), "released for the order before")
    let history = try #require(try sample.store.caseHistory(of: 1, regionPath: { [$0] }))
    let order = try #require(try history.standingOrder())
    #expect(order.ordinal == 2 && order.event.number == 5 && order.unit.unit == "urban-management")
  }
}
