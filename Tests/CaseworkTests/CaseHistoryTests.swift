import Suggestions
import Testing

import Casework

/// Acts one after the other, as people take them.
struct CaseHistoryTests {
  /// A case and the hands it goes through.
  struct Story {
    var history: CaseHistory
    var moment: Int64
    var circumstances = CaseCircumstances(limits: CaseLimits(mostReturns: 2))

    init(_ opening: CaseOpening = CaseSample.opening()) {
      history = CaseHistory(opening)
      moment = opening.receivedAt
    }

    var file: CaseFile {
      get throws { try history.file() }
    }

    @discardableResult
    mutating func act(
      _ action: CaseAction, _ role: CaseRole, after minutes: Int64 = 1, name: String? = nil,
      handler: CaseHandler? = nil,
      _ fill: (inout CaseDetails) -> Void = { _ in }
    ) throws -> CaseStep {
      moment += minutes * 60
      let actor = CaseSample.actor(role, name: name ?? role.code, handler: handler)
      let request = CaseRequest(action, at: moment, details: CaseDetails(fill))
      let step = try CaseLifecycle.outcome(of: request, on: try file, by: actor, in: circumstances).get()
      history.append(step.event)
      return step
    }

    func refusal(
      _ action: CaseAction, _ role: CaseRole, after minutes: Int64 = 1, name: String? = nil,
      handler: CaseHandler? = nil, _ fill: (inout CaseDetails) -> Void = { _ in }
    ) -> CaseRefusal? {
      var copy = self
      do {
        try copy.act(action, role, after: minutes, name: name, handler: handler, fill)
        return nil
      } catch { return error as? CaseRefusal }
    }
  }

  static func dispatched() throws -> Story {
    var story = Story()
    try story.act(.dispatch, .moderator) { $0.handler = CaseSample.housing }
    return story
  }

  /// The manhole cover of the article: on the spot in half an hour, mended in two, three from end to end.
  @Test func theManholeCover() throws {
    var story = try Self.dispatched()
    try story.act(.sign, .department, after: 5)
    try story.act(.arrive, .department, after: 20)
    try story.act(.resolve, .department, after: 110) { $0.proofs = ["after.jpg"] }
    try story.act(.answer, .department, after: 10) { $0.text = "已更换" }
    #expect(story.refusal(.close, .moderator) == .unmet([.isWriterTold]))
    try story.act(.tell, .system) { $0.text = "您反映的井盖已更换。" }
    try story.act(.close, .moderator)
    let file = try story.file
    #expect(file.state == .closed && file.proofs == ["after.jpg"] && file.handler == CaseSample.housing)
    #expect(file.version == 7 && !file.isOpen)
    #expect(try #require(file.moments[.arrived]) - (try #require(file.moments[.dispatched])) == 25 * 60)
    #expect(
      story.refusal(.sign, .department)
        == .noEdge(
          .sign, from: .closed, to: [.signed], allowedFrom: [.dispatched, .reopened]))
  }

  @Test func faultsNeedProofAndIdeasAnOutcome() throws {
    var fault = try Self.dispatched()
    try fault.act(.sign, .department)
    try fault.act(.answer, .department) { $0.text = "已安排" }
    try fault.act(.tell, .moderator) { $0.text = "已安排" }
    #expect(fault.refusal(.close, .moderator) == .unmet([.hasProof]))
    try fault.act(.witness, .reporter) { $0.proofs = ["seen.jpg"] }
    #expect(fault.refusal(.close, .moderator) == nil)
    var idea = Story(CaseSample.opening(.idea))
    try idea.act(.dispatch, .moderator) { $0.handler = CaseSample.housing }
    try idea.act(.sign, .department)
    #expect(idea.refusal(.answer, .department) { $0.text = "好建议" } == .missing([.outcome]))
    try idea.act(.answer, .department) {
      $0.text = "列入明年计划"
      $0.outcome = .planned
    }
    #expect(try idea.file.outcome == .planned)
  }

  @Test func returnsGoBackAndEscalate() throws {
    var story = try Self.dispatched()
    func giveBack(_ details: inout CaseDetails) {
      details.reason = "非我单位职责"
      details.basis = "三定方案"
      details.proposedOwner = CaseSample.power
    }
    #expect(try story.act(.sendBack, .department, giveBack).escalation == nil)
    #expect(try story.file.proposedOwner == CaseSample.power && story.file.handler == nil)
    #expect(
      story.refusal(.dispatch, .moderator) { $0.handler = CaseSample.housing } == .unmet([.isNotReturnedByHandler]))
    try story.act(.dispatch, .moderator) { $0.handler = CaseSample.power }
    try story.act(.sign, .department, handler: CaseSample.power)
    #expect(try story.act(.sendBack, .department, handler: CaseSample.power, giveBack).escalation == .lead)
    let third = CaseHandler(unit: "urban-management")
    #expect(story.refusal(.dispatch, .moderator) { $0.handler = third } == .unmet([.isBelowReturnLimit]))
    #expect(story.refusal(.adjudicate, .moderator) != nil)
    try story.act(.adjudicate, .lead) {
      $0.handler = CaseSample.housing
      $0.reason = "首接负责"
      $0.basis = "会商纪要"
    }
    #expect(story.refusal(.sendBack, .department, giveBack) == .unmet([.isReturnable]))
    #expect(try story.file.hops == 2)
  }

  @Test func theReturnWindowShuts() throws {
    var story = try Self.dispatched()
    story.circumstances.returnDue = story.moment + 600
    func giveBack(_ details: inout CaseDetails) { details = CaseSample.details }
    #expect(story.refusal(.sendBack, .department, after: 10, giveBack) == nil)
    #expect(story.refusal(.sendBack, .department, after: 11, giveBack) == .unmet([.isReturnable]))
  }

  @Test func anOrderIsRecalledUntilItIsSigned() throws {
    var story = try Self.dispatched()
    try story.act(.urge, .supervisor)
    try story.act(.recall, .moderator) { $0.reason = "派错" }
    let file = try story.file
    #expect(file.state == .pending && file.handler == nil && file.urgings == 1)
    #expect(file.moments[.dispatched] == nil && file.moments[.assigned] == nil)
    try story.act(.dispatch, .moderator) { $0.handler = CaseSample.power }
    try story.act(.sign, .department, handler: CaseSample.power)
    #expect(
      story.refusal(.recall, .moderator) { $0.reason = "派错" }
        == .noEdge(
          .recall, from: .signed, to: [], allowedFrom: [.dispatched]))
  }

  @Test func undoIsForTheSamePersonTheLastDecisionAndItsWindow() throws {
    var story = Story()
    let before = try story.file
    try story.act(.reject, .moderator, name: "周敏") {
      $0.reason = "已进入诉讼"
      $0.rejection = .inCourt
    }
    func undo(_ details: inout CaseDetails) {
      details.undoes = 1
      details.reason = "看错"
    }
    #expect(story.refusal(.undo, .moderator, name: "李岚", undo) == .unmet([.isUndoable]))
    #expect(story.refusal(.undo, .lead, name: "李岚", undo) == nil)
    #expect(story.refusal(.undo, .moderator, after: 11, name: "周敏", undo) == .unmet([.isUndoable]))
    try story.act(.note, .moderator, name: "李岚") { $0.text = "看一下" }
    try story.act(.undo, .moderator, name: "周敏", undo)
    var after = try story.file
    #expect(after.version == 3)
    after.version = 0
    #expect(after == before)
    #expect(story.history.events.count == 3)
    #expect(story.refusal(.undo, .moderator, name: "周敏", undo) == .unmet([.isUndoable]))
  }

  @Test func whatTheWriterHasCannotBeUndone() throws {
    var story = try Self.dispatched()
    try story.act(.releaseContact, .moderator) { $0.reason = "要先打电话" }
    let refusal = story.refusal(.undo, .moderator) {
      $0.undoes = 2
      $0.reason = "收回"
    }
    #expect(refusal == .unmet([.isUndoable]))
    #expect(story.refusal(.recall, .moderator) { $0.reason = "派错" } == nil)
  }

  @Test func partingRestores() throws {
    var story = Story()
    try story.act(.askWriter, .moderator) { $0.text = "哪个路口？" }
    var before = try story.file
    try story.act(.merge, .moderator) {
      $0.target = 12
      $0.reason = "同一个坑"
    }
    #expect(try story.file.mergedInto == 12 && !story.file.isWaitingForWriter)
    try story.act(.unmerge, .moderator) { $0.reason = "不是一个地方" }
    var after = try story.file
    (before.version, after.version) = (0, 0)
    (before.lastDecision, after.lastDecision) = (nil, nil)
    #expect(after == before && after.isWaitingForWriter)
  }

  @Test func aReopenedCaseProvesItselfAnew() throws {
    var story = try Self.dispatched()
    try story.act(.sign, .department)
    try story.act(.resolve, .department) { $0.proofs = ["a.jpg"] }
    try story.act(.answer, .departmentHead) { $0.text = "已修" }
    #expect(try story.file.isApproved)
    try story.act(.tell, .stationKeeper) { $0.text = "已修" }
    try story.act(.close, .moderator)
    try story.act(.callBack, .writer) { $0.callBack = CallBackResult(isSolved: .no, isSatisfied: .no) }
    try story.act(.reopen, .writer, after: 60) { $0.reason = "又坏了" }
    let file = try story.file
    #expect(file.state == .reopened && file.round == 1 && file.proofs.isEmpty && !file.isWriterTold)
    #expect(file.moments[.dispatched] == story.moment && file.handler == CaseSample.housing)
    try story.act(.sign, .department)
    #expect(try story.file.state == .signed)
  }

  @Test func aRefusedAnswerTakesItsMessageWithIt() throws {
    var story = try Self.dispatched()
    story.circumstances.limits.approval = .units(["housing"])
    try story.act(.sign, .department)
    try story.act(.resolve, .department) { $0.proofs = ["a.jpg"] }
    try story.act(.answer, .department) { $0.text = "已修" }
    try story.act(.tell, .moderator) { $0.text = "已修" }
    #expect(story.refusal(.close, .moderator) == .unmet([.isApproved]))
    try story.act(.refuseAnswer, .moderator) { $0.reason = "照片不是这个路口" }
    #expect(try story.file.state == .signed && story.file.proofs.isEmpty)
    try story.act(.resolve, .department) { $0.proofs = ["b.jpg"] }
    try story.act(.answer, .department) { $0.text = "已重修" }
    #expect(story.refusal(.close, .moderator) == .unmet([.isApproved, .isWriterTold]))
    try story.act(.approve, .departmentHead)
    #expect(story.refusal(.approve, .departmentHead) == .unmet([.isNotApproved]))
    try story.act(.tell, .moderator) { $0.text = "已重修" }
    #expect(try story.act(.close, .moderator).state == .closed)
  }

  /// What is wrong with a station's facilities is its keeper's.
  @Test func aStationsKeeperHandlesItsOwn() throws {
    var story = Story(CaseSample.opening(.other))
    try story.act(.dispatch, .moderator) { $0.handler = CaseSample.station }
    #expect(story.refusal(.sign, .department) == .unmet([.isHandler]))
    let other = CaseHandler(unit: "anfu", isStation: true)
    #expect(story.refusal(.sign, .stationKeeper, handler: other) == .unmet([.isHandler]))
    try story.act(.sign, .stationKeeper)
    try story.act(.answer, .stationKeeper) { $0.text = "插座已换" }
    try story.act(.tell, .stationKeeper) { $0.text = "插座已换" }
    try story.act(.close, .moderator)
  }

  @Test func claimsAreOnePersonsUntilTheyEnd() throws {
    var story = Story()
    let until = story.moment + 1200
    func claim(_ details: inout CaseDetails) { details.until = until }
    try story.act(.claim, .moderator, name: "周敏", claim)
    #expect(story.refusal(.claim, .moderator, name: "李岚", claim) == .unmet([.isFree]))
    #expect(story.refusal(.claim, .moderator, after: 20, name: "李岚", claim) == nil)
    #expect(story.refusal(.release, .moderator, name: "李岚") == .unmet([.holdsClaim]))
    #expect(story.refusal(.release, .lead, name: "李岚") == nil)
    try story.act(.dispatch, .moderator, name: "周敏") { $0.handler = CaseSample.housing }
    #expect(try story.file.claim == nil)
  }

  @Test func whatIsDivertedIsOutOfReach() throws {
    var story = try Self.dispatched()
    try story.act(.divert, .moderator) { $0.reason = "涉及人身伤害" }
    var reviewer = CaseSample.actor(.moderator)
    reviewer.tracks = [.ordinary]
    let recall = CaseRequest(.recall, at: story.moment, details: CaseSample.details)
    #expect(
      CaseLifecycle.outcome(of: recall, on: try story.file, by: reviewer, in: story.circumstances)
        == .failure(.trackOutOfReach(.sensitive)))
    #expect(story.refusal(.divert, .moderator) { $0.reason = "再转" } == .track(.divert, .sensitive))
  }

  @Test func impossibleHistoriesAreNamed() throws {
    let story = try Self.dispatched()
    var events = story.history.events
    events[0].number = 2
    #expect(fault(events) == CaseHistoryFault(number: 2, fact: .numberOutOfOrder(expected: 1)))
    events = story.history.events
    events[0].before = .closed
    #expect(fault(events) == CaseHistoryFault(number: 1, fact: .otherState(expected: .pending)))
    events[0].before = .pending
    events[0].after = .signed
    #expect(fault(events) == CaseHistoryFault(number: 1, fact: .otherState(expected: .dispatched)))
    events[0].action = .close
    #expect(fault(events) == CaseHistoryFault(number: 1, fact: .noEdge(.close, from: .pending)))
    events[0].action = .undo
    #expect(fault(events) == CaseHistoryFault(number: 1, fact: .undoesNothing))
  }

  private func fault(_ events: [CaseEvent]) -> CaseHistoryFault? {
    do {
      _ = try CaseHistory(CaseSample.opening(), events: events).file()
      return nil
    } catch { return error }
  }
}
