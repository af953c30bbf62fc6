import Suggestions
import Testing

import Casework

/// Clocks of cases that people work on: what each act does to them.
struct ClockHistoryTests {
  typealias Story = CaseHistoryTests.Story

  /// Tuesday 2025-07-01, 10:00; an ordinary fault on the shipped clocks.
  static func readings(_ story: Story, asOf moment: Int64? = nil) throws -> [ClockKind: ClockReading] {
    let readings = try ClockSample.clocks().readings(
      of: try story.file, on: try ClockSample.calendar(), asOf: moment ?? story.moment)
    return Dictionary(uniqueKeysWithValues: readings.map { ($0.rule.kind, $0) })
  }

  static func due(_ story: Story, _ kind: ClockKind) throws -> String {
    ClockSample.text(try readings(story)[kind]?.due)
  }

  static func giveBack(_ details: inout CaseDetails) {
    details.reason = "非我单位职责"
    details.basis = "三定方案"
    details.proposedOwner = CaseSample.power
  }

  @Test func anOrderSetsTheClocks() throws {
    let story = try CaseHistoryTests.dispatched()
    #expect(try Self.readings(story)[.dispatch]?.status == .met)
    #expect(try Self.due(story, .sign) == "2025-07-02T10:01")
    #expect(try Self.due(story, .sendBack) == "2025-07-02T17:30")
    #expect(try Self.due(story, .resolve) == "2025-07-03T10:01")
    #expect(try Self.due(story, .answer) == "2025-07-04T17:30")
    #expect(try Self.readings(story)[.arrive] == nil)
  }

  /// Not signing wins nobody time, and signing costs none.
  @Test func signingMovesNoOuterClock() throws {
    var story = try CaseHistoryTests.dispatched()
    try story.act(.sign, .department, after: 20 * 60)
    #expect(try Self.due(story, .answer) == "2025-07-04T17:30")
    #expect(try Self.readings(story)[.sign]?.status == .met)
  }

  @Test func aReturnPausesTheOuterClockAndRestartsTheInner() throws {
    var story = try CaseHistoryTests.dispatched()
    try story.act(.sendBack, .department, after: 59, Self.giveBack)
    // 11:00. While nobody has it, the pause is taken to last to its cap of one working day.
    #expect(try Self.due(story, .resolve) == "2025-07-04T10:01")
    #expect(try Self.readings(story)[.answer]?.status == .running)
    try story.act(.dispatch, .moderator, after: 120) { $0.handler = CaseSample.power }
    #expect(try Self.due(story, .resolve) == "2025-07-03T12:01")
    // The answer's count begins the next day; what was lost before it begins costs nothing.
    #expect(try Self.due(story, .answer) == "2025-07-04T17:30")
    // At 13:00 offices are closed: the new unit's time to sign begins when they open.
    #expect(try Self.due(story, .sign) == "2025-07-02T14:30")
  }

  @Test func waitingForTheWriterPausesAndEnds() throws {
    var story = try CaseHistoryTests.dispatched()
    try story.act(.sign, .department)
    try story.act(.askWriter, .department, after: 23 * 60 + 58) { $0.text = "哪个路口？" }
    // Wednesday 10:00, for five working days at most.
    #expect(try Self.due(story, .answer) == "2025-07-11T17:30")
    #expect(try Self.readings(story)[.answer]?.status == .paused)
    try story.act(.resume, .writer, after: 24 * 60)
    // It stood still for one working day; so the fourth, not the third, is the last.
    #expect(try Self.due(story, .answer) == "2025-07-07T17:30")
    #expect(try Self.due(story, .resolve) == "2025-07-04T10:01")
    #expect(try Self.readings(story)[.answer]?.status == .running)
  }

  @Test func anExtensionIsGrantedAndCapped() throws {
    var story = try CaseHistoryTests.dispatched()
    try story.act(.sign, .department)
    story.circumstances.answerDue = try Self.readings(story)[.answer]?.due
    try story.act(.askExtension, .department) {
      $0.reason = "要订配件"
      $0.extra = Allowance(20, .workingDays)
    }
    #expect(try Self.due(story, .answer) == "2025-07-04T17:30")
    try story.act(.grantExtension, .moderator) { $0.extra = Allowance(20, .workingDays) }
    // Ten at most: the third plus ten working days is Friday the 18th.
    #expect(try Self.due(story, .answer) == "2025-07-18T17:30")
    story.circumstances.answerDue = try Self.readings(story)[.answer]?.due
    let late = story.refusal(.askExtension, .department, after: 18 * 1440) {
      $0.reason = "还要"
      $0.extra = Allowance(1, .workingDays)
    }
    #expect(late == .unmet([.isBeforeDue]))
  }

  @Test func recallAndUndoTakeTheClocksBack() throws {
    for action in [CaseAction.recall, .undo] {
      var story = try CaseHistoryTests.dispatched()
      try story.act(action, .moderator) {
        $0.reason = "派错"
        $0.undoes = 1
      }
      let readings = try Self.readings(story)
      #expect(readings[.answer]?.status == .waiting && readings[.sign]?.due == nil)
      #expect(readings[.dispatch]?.status == .running)
      try story.act(.dispatch, .moderator, after: 8 * 60) { $0.handler = CaseSample.power }
      #expect(try Self.due(story, .resolve) == "2025-07-03T18:02")
    }
  }

  @Test func aRejectionEndsThem() throws {
    var story = Story()
    try story.act(.reject, .moderator) {
      $0.reason = "外地"
      $0.rejection = .otherRegion
    }
    #expect(try Self.readings(story)[.dispatch]?.status == .met)
    #expect(try Self.readings(story)[.answer]?.status == .waiting)
  }

  @Test func aNewRoundHasClocksOfItsOwn() throws {
    var story = try CaseHistoryTests.dispatched()
    try story.act(.sign, .department)
    try story.act(.resolve, .department) { $0.proofs = ["a.jpg"] }
    try story.act(.answer, .department) { $0.text = "已修" }
    try story.act(.tell, .system) { $0.text = "已修" }
    try story.act(.close, .moderator)
    #expect(try Self.readings(story)[.answer]?.status == .met)
    try story.act(.reopen, .writer, after: 6 * 1440) { $0.reason = "又坏了" }
    // Monday 2025-07-07, 10:06.
    #expect(try Self.due(story, .answer) == "2025-07-10T17:30")
    #expect(try Self.readings(story)[.answer]?.status == .running)
    #expect(try Self.readings(story)[.sign]?.status == .running)
  }

  /// The due moment hangs on the events alone: it is the same whenever it is read.
  @Test(arguments: 0..<12) func dueMomentsDoNotHangOnTheReader(_ seed: UInt64) throws {
    var walk = CaseFoldTests.Walk(seed)
    let clocks = try ClockSample.clocks()
    let calendar = try ClockSample.calendar()
    var (read, clocked) = (0, 0)
    for _ in 0..<60 {
      guard try walk.step() != nil else { continue }
      let file = try walk.history.file()
      let now = clocks.readings(of: file, on: calendar, asOf: walk.moment)
      let later = clocks.readings(of: file, on: calendar, asOf: walk.moment + 9 * 86_400)
      #expect(now.map(\.due) == later.map(\.due) && now.map(\.stop) == later.map(\.stop))
      #expect(zip(now, later).allSatisfy { $0.used <= $1.used && $0.left >= $1.left })
      read += now.count
      // A correction may make it what has no clock.
      if ![.contribution, .praise].contains(file.kind) { clocked += 1 }
    }
    #expect(read > 0 || clocked == 0)
  }
}
