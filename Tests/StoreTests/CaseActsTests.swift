import Casework
import Store
import Suggestions
import TestSupport
import Testing

/// Acts on cases in the store: one transaction each, seen by everybody, taken back without a trace.
@Suite struct CaseActsTests {
  static let housing = CaseHandler(unit: "housing", district: "430703")
  static let start: Int64 = 1_750_100_000
  private let rules = CaseworkRules()

  private func sample() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take([
      SampleRecord("A-1").with { $0.writer = 1 }, SampleRecord("A-2").with { $0.body = "桥南的井盖松了" },
      SampleRecord("A-3").with { $0.body = "桥南那个盖子哐当响" },
      SampleRecord("A-4").with { $0.track = .sensitive; $0.body = "有人在桥南打人" },
    ])
    return sample
  }

  private func actor(_ role: CaseRole, _ handler: CaseHandler? = nil) -> CaseActor {
    CaseActor(name: "周敏", role: role, tracks: Set(Track.allCases), handler: handler)
  }

  @discardableResult
  private func act(
    _ sample: SampleStore, _ id: Int, _ action: CaseAction, _ role: CaseRole = .lead, seen: Int? = nil,
    at moment: Int64 = CaseActsTests.start, _ fill: (inout CaseDetails) -> Void = { _ in }
  ) throws -> CaseDone {
    let request = CaseRequest(action, at: moment, details: CaseDetails(fill))
    let who = actor(role, role == .department ? CaseActsTests.housing : nil)
    return try sample.store.act(request, on: id, seen: seen, by: who, under: rules).get()
  }

  @Test func theWholeWay() throws {
    let sample = try sample()
    try act(sample, 1, .dispatch) { $0.handler = CaseActsTests.housing }
    #expect(try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names).map(\.id) == [2, 3])
    let inbox = try sample.store.desk(DeskFilter(handler: CaseActsTests.housing), limit: 9)
    #expect(inbox.map(\.id) == [1])
    #expect(inbox.first?.handler == CaseActsTests.housing)
    #expect(try sample.store.desk(DeskFilter(handler: CaseHandler(unit: "housing")), limit: 9).isEmpty)
    try act(sample, 1, .sign, .department)
    try act(sample, 1, .resolve, .department) { $0.proofs = ["sha256:1"] }
    try act(sample, 1, .answer, .department) { $0.text = "已换新井盖" }
    try act(sample, 1, .tell) { $0.text = "已告知" }
    let done = try act(sample, 1, .close)
    #expect(done.file.state == .closed && done.file.version == 6)
    #expect(try sample.store.suggestion(id: "1", names: SampleStore.names)?.state == "closed")
    #expect(try sample.store.desk(DeskFilter(), limit: 9).isEmpty)
    let history = try #require(try sample.store.caseHistory(of: 1, regionPath: { [$0] }))
    #expect(history.events.map(\.action) == [.dispatch, .sign, .resolve, .answer, .tell, .close])
    #expect(history.events.first?.given != nil && history.events.last?.given == nil)
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  @Test func helpersSeeItToo() throws {
    let sample = try sample()
    let power = CaseHandler(unit: "power-supply")
    try act(sample, 1, .dispatch) {
      $0.handler = CaseActsTests.housing
      $0.coHandlers = [power, power]
    }
    #expect(try sample.store.desk(DeskFilter(handler: power), limit: 9).map(\.id) == [1])
    #expect(try sample.store.verify().faults == [])
  }

  @Test func whoIsSlowerSeesWhatWasDone() throws {
    let sample = try sample()
    try act(sample, 1, .dispatch, seen: 0) { $0.handler = CaseActsTests.housing }
    let events = try sample.integer("SELECT count(*) FROM event")
    do {
      try act(sample, 1, .reject, seen: 0) { ($0.rejection, $0.reason) = (.inCourt, "已起诉") }
      Issue.record("overwritten")
    } catch CaseActRefusal.changed(let since) {
      #expect(since.map(\.action) == [.dispatch])
    }
    #expect(try sample.integer("SELECT count(*) FROM event") == events)
    #expect(throws: CaseActRefusal.unknown(99)) { try act(sample, 99, .note) { $0.text = "x" } }
  }

  @Test func aClockSetBackTurnsNothingRound() throws {
    let sample = try sample()
    try act(sample, 1, .dispatch, at: CaseActsTests.start) { $0.handler = CaseActsTests.housing }
    let signed = try act(sample, 1, .sign, .department, at: CaseActsTests.start - 86_400)
    #expect(signed.event.at == CaseActsTests.start)
  }

  /// Until somebody takes a case up, its verdict follows the text; then it stands.
  @Test func theVerdictFollowsTheTextUntilItIsDispatched() throws {
    let sample = try sample()
    try act(sample, 1, .note) { $0.text = "等照片" }
    let first = SampleRecord("A-1").with { ($0.revises, $0.body, $0.topic) = (1, "充电棚漏雨", "0203") }
    try sample.take([first])
    #expect(try sample.store.suggestion(id: "1", names: SampleStore.names)?.topic == "0203")
    #expect(try sample.store.verify().faults == [])
    let dispatched = try act(sample, 1, .dispatch) { $0.handler = CaseActsTests.housing }
    #expect(dispatched.file.topic == "0203")
    try sample.take([SampleRecord("A-1").with { ($0.revises, $0.body, $0.topic) = (1, "又改了", "0101") }])
    #expect(try sample.store.suggestion(id: "1", names: SampleStore.names)?.topic == "0203")
    #expect(try sample.store.verify().faults == [])
    // Taken back, it follows again.
    try act(sample, 1, .undo) { ($0.undoes, $0.reason) = (dispatched.event.number, "点错了") }
    #expect(try sample.store.suggestion(id: "1", names: SampleStore.names)?.topic == "0101")
    #expect(try sample.store.verify().faults == [])
  }

  @Test func aDivertedCaseLeavesTheOrdinaryQueueAndItsExports() throws {
    let sample = try sample()
    try act(sample, 2, .divert) { $0.reason = "涉及举报" }
    #expect(try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names).map(\.id) == [1, 3])
    #expect(try sample.store.queue(limit: 9, track: .sensitive, names: SampleStore.names).map(\.id) == [2, 4])
    var bytes: [UInt8] = []
    try sample.store.exportPlain(tracks: [.ordinary], names: SampleStore.names) { bytes += $0 }
    #expect(!String(decoding: bytes, as: UTF8.self).contains("A-2"))
    #expect(try sample.store.verify().faults == [])
  }

  @Test(arguments: [
    "UPDATE suggestion SET state = 0 WHERE id = 1", "UPDATE case_file SET unit = 0",
    "UPDATE case_file SET version = 9", "DELETE FROM case_file", "UPDATE case_file SET round = 1",
    "UPDATE case_file SET supervised = 1", "DELETE FROM case_assistant",
    "UPDATE event SET action = 'case.sign' WHERE action = 'case.dispatch'",
    "UPDATE event SET payload = '{}' WHERE action = 'case.dispatch'",
    "UPDATE event SET subject = 2 WHERE action = 'case.dispatch'",
  ])
  func whatWasChangedBehindTheProgramsBackIsFound(_ sql: String) throws {
    let sample = try sample()
    try act(sample, 1, .dispatch) {
      $0.handler = CaseActsTests.housing
      $0.coHandlers = [CaseHandler(unit: "power-supply")]
    }
    try sample.tamper(sql)
    #expect(try sample.store.verify().faults.contains { $0.kind == .cases })
  }

  @Test func staleDueTimesAreFoundAndMadeAnew() throws {
    let sample = try sample()
    try act(sample, 1, .dispatch) { $0.handler = CaseActsTests.housing }
    var rules = CaseworkRules()
    rules.clocks = ClockBook(
      inForce: [""],
      sets: [
        ClockSet(id: "a", rules: [ClockRule(.answer, within: Allowance(2, .hours), start: .dispatched, stops: [.answered])])
      ])
    #expect(try sample.store.verify(under: rules).faults.map(\.kind) == [.dues])
    #expect(try sample.store.refreshDues(under: rules) == [1])
    #expect(try sample.store.verify(under: rules).faults == [])
    #expect(try sample.store.desk(DeskFilter(dueBy: CaseActsTests.start + 7_200), limit: 9).map(\.id) == [1])
    #expect(try sample.store.desk(DeskFilter(dueBy: CaseActsTests.start + 7_199), limit: 9).isEmpty)
  }

  // MARK: Any sequence

  private func canonical(_ sample: SampleStore) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try sample.store.exportCanonical(names: SampleStore.names) { bytes += $0 }
    return bytes
  }

  /// Random acts; what is undone leaves the canonical export as it was before.
  @Test(arguments: 0..<24) func undoRestoresTheExport(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    let sample = try sample()
    // Per case the exports before each of its decisions; an act on another case makes them useless.
    var before: [(id: Int, number: Int, bytes: [UInt8])] = []
    var moment = CaseActsTests.start
    var undone = 0
    for _ in 0..<60 {
      moment += Int64(generator.below(400))
      if let last = before.last, generator.below(3) == 0 {
        let request = CaseRequest(
          .undo, at: moment,
          details: CaseDetails {
            $0.undoes = last.number
            $0.reason = "看错了"
          })
        guard case .success = try sample.store.act(request, on: last.id, by: actor(.lead), under: rules) else {
          before.removeAll()
          continue
        }
        before.removeLast()
        undone += 1
        #expect(try canonical(sample) == last.bytes, "seed \(seed)")
        continue
      }
      let id = generator.below(4) + 1
      let export = try canonical(sample)
      guard let done = try step(sample, id, moment, &generator) else { continue }
      if done.event.action.isUndoable {
        before.append((id, done.event.number, export))
      } else if done.event.action != .note {
        before.removeAll()
      }
    }
    #expect(undone > 0)
    #expect(try sample.store.verify().faults == [], "seed \(seed)")
  }

  private func step(
    _ sample: SampleStore, _ id: Int, _ moment: Int64, _ generator: inout SeededGenerator
  ) throws -> CaseDone? {
    let role = generator.element(of: [CaseRole.lead, .lead, .moderator, .department, .departmentHead, .supervisor])
    let who = actor(role, [.department, .departmentHead].contains(role) ? CaseActsTests.housing : nil)
    guard let file = try sample.store.caseHistory(of: id, regionPath: { [$0] })?.file() else { return nil }
    let offered = CaseLifecycle.actions(on: file, by: who, at: moment, in: CaseCircumstances())
      .filter { $0.action != .undo }
    guard !offered.isEmpty else { return nil }
    let chosen = generator.element(of: offered)
    let target = Int64(generator.below(4) + 1)
    let kind = generator.element(of: Kind.allCases)
    let details = CaseDetails {
      $0.reason = "理由"
      $0.rejection = .inCourt
      $0.basis = "依据"
      $0.proposedOwner = CaseHandler(unit: "power-supply")
      $0.handler = CaseActsTests.housing
      $0.text = "正文"
      $0.outcome = .planned
      $0.proofs = ["photo"]
      $0.target = target
      $0.extra = Allowance(1, .workingDays)
      $0.until = moment + 900
      $0.callBack = CallBackResult(isSolved: .no, isSatisfied: .partly)
      $0.score = IdeaScore(feasible: 4, sustainable: 3, transferable: 5, publicBenefit: 4, new: 2)
      $0.award = "奖"
      if chosen.action == .correct {
        $0.kind = kind
        $0.topic = "0203"
      }
    }
    let request = CaseRequest(chosen.action, at: moment, details: details)
    return try? sample.store.act(request, on: id, by: who, under: rules, isConfirmed: true).get()
  }
}
