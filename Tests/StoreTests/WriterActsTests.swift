import Casework
import Store
import Suggestions
import TestSupport
import Testing

/// What a writer says by receipt, and what a link shows before it is used.
@Suite struct WriterActsTests {
  static let housing = CaseHandler(unit: "housing", district: "430703")
  static let start: Int64 = 1_750_100_000
  private let rules = CaseworkRules()

  private func act(
    _ sample: SampleStore, _ action: CaseAction, _ role: CaseRole = .lead,
    _ fill: (inout CaseDetails) -> Void = { _ in }
  ) throws {
    let actor = CaseActor(
      name: "周敏", role: role, tracks: Set(Track.allCases), handler: role == .department ? Self.housing : nil)
    let request = CaseRequest(action, at: Self.start, details: CaseDetails(fill))
    _ = try sample.store.act(request, on: 1, by: actor, under: rules).get()
  }

  private func dispatched() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take([SampleRecord("A-1").with { $0.kind = .fault }])
    try act(sample, .dispatch) { $0.handler = Self.housing }
    return sample
  }

  private func closed() throws -> SampleStore {
    let sample = try dispatched()
    try act(sample, .sign, .department)
    try act(sample, .resolve, .department) { $0.proofs = ["after"] }
    try act(sample, .answer, .department) { $0.text = "井盖已换" }
    try act(sample, .tell, .system) { $0.text = "井盖已换" }
    try act(sample, .close)
    return sample
  }

  private func holding(_ sample: SampleStore) throws -> ReceiptHolding {
    let codes = ReceiptCode(key: try sample.store.keys.derived("receipt"))
    return try #require(try sample.store.holding(ofReceipt: codes.code(of: 1)))
  }

  private func events(_ sample: SampleStore) throws -> [CaseEvent] {
    try #require(try sample.store.caseHistory(of: 1, regionPath: { [$0] })).events
  }

  private static func rating(_ reason: String? = nil) -> CaseRequest {
    CaseRequest(
      .callBack, at: start + 60,
      details: CaseDetails {
        $0.callBack = CallBackResult(isSolved: .no, isSatisfied: .no)
        $0.reason = reason
      })
  }

  private static func reopening(_ reason: String?) -> CaseRequest {
    CaseRequest(.reopen, at: start + 60, details: CaseDetails { $0.reason = reason })
  }

  @Test func aRatingAndAReopeningAreOneAct() throws {
    let sample = try closed()
    let holding = try holding(sample)
    let count = try events(sample).count
    let done = try sample.store.say(
      [Self.rating("又松了"), Self.reopening("又松了")], by: holding, seen: count, under: rules
    ).get()
    #expect(done.map(\.event.action) == [.callBack, .reopen] && done.last?.file.state == .reopened)
    #expect(try events(sample).suffix(2).allSatisfy { $0.actor == "receipt:1" && $0.role == .writer })
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  /// The second of two is refused: the first never was.
  @Test func allOfItOrNothing() throws {
    let sample = try closed()
    let holding = try holding(sample)
    let before = try events(sample)
    let outcome = try sample.store.say(
      [Self.rating(), Self.reopening(" ")], by: holding, seen: before.count, under: rules)
    #expect(throws: CaseActRefusal.self) { try outcome.get() }
    #expect(try events(sample) == before)
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  @Test func whoSawAnotherVersionWritesNothing() throws {
    let sample = try closed()
    let before = try events(sample)
    let outcome = try sample.store.say([Self.rating()], by: holding(sample), seen: before.count - 1, under: rules)
    guard case .failure(.changed(let missed)) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(missed.map(\.action) == [.close])
    #expect(try events(sample) == before)
  }

  @Test func theStatusOfAReceiptIsThatOfItsCase() throws {
    let sample = try closed()
    let status = try sample.store.writerStatus(of: holding(sample), under: rules, asOf: Self.start + 86_400)
    #expect(status.stage == .closed && status.answer?.text == "井盖已换" && status.followUp?.mayReopen == true)
  }

  // MARK: What a link shows

  private func order(
    _ sample: SampleStore, _ token: String, at moment: Int64 = start + 60
  ) throws -> Result<LinkedOrder, LinkedOrderRefusal> {
    try sample.store.order(byLink: token, at: moment, under: rules)
  }

  private func refusal(
    _ sample: SampleStore, _ token: String, at moment: Int64 = start + 60
  ) throws -> LinkedOrderRefusal? {
    if case .failure(let refusal) = try order(sample, token, at: moment) { refusal } else { nil }
  }

  private func token(_ sample: SampleStore) throws -> String {
    try sample.store.answerLink(on: 1, until: Self.start + 3_600, by: "周敏", at: Self.start, under: rules).get().token
  }

  @Test func lookingUsesNothingUp() throws {
    let sample = try dispatched()
    let token = try token(sample)
    for _ in 0..<3 {
      let order = try order(sample, token).get()
      #expect(order.link.unit == Self.housing && order.ordinal == 1 && order.event.number == 1)
    }
    #expect(try refusal(sample, token, at: Self.start + 3_601) == .link(.expired(at: Self.start + 3_600)))
    #expect(try refusal(sample, token + "A") != nil)
    let details = CaseDetails { $0.text = "井盖已换" }
    _ = try sample.store.answer(byLink: token, details, at: Self.start + 60, under: rules).get()
    #expect(try refusal(sample, token) == .link(.used(at: Self.start + 60)))
  }

  @Test func anOrderThatNoLongerStandsIsNotShown() throws {
    let recalled = try dispatched()
    let token = try token(recalled)
    try act(recalled, .recall) { $0.reason = "派错" }
    #expect(try refusal(recalled, token) == .link(.superseded))

    let answered = try dispatched()
    let other = try self.token(answered)
    try act(answered, .sign, .department)
    try act(answered, .answer, .department) { $0.text = "井盖已换" }
    #expect(try refusal(answered, other) == .answered)

    let diverted = try dispatched()
    let third = try self.token(diverted)
    try act(diverted, .divert) { $0.reason = "涉伤害" }
    #expect(try refusal(diverted, third) == .link(.superseded))
  }
}
