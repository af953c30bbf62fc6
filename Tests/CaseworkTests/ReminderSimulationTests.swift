import Suggestions
import TestSupport
import Testing

import Casework

/// Random cases under a scheduler that is killed, started again, and whose clock runs off and is set back: each step is
/// taken once a promise, when its time has come and never before, whatever happens.
struct ReminderSimulationTests {
  /// What should be taken, said without computing a single moment: is it so far?
  struct Model {
    let calendar: WorkingCalendar
    var done: Set<String> = []

    /// From the lowest up, as the shipped ladder has them.
    static let order = ["due-soon", "overdue", "far-overdue"]

    func isPassed(_ rung: ReminderRung, _ reading: ClockReading, at moment: Int64) -> Bool {
      guard let due = reading.due else { return false }
      switch rung.when {
      case .share(let percent): return reading.used * 100 >= Int64(percent) * (reading.used + reading.left)
      case .before(let time):
        // What would lie before the beginning is no step.
        guard calendar.counted(time.unit.counting, from: reading.begins ?? due, to: due) > time.seconds else {
          return false
        }
        return calendar.counted(time.unit.counting, from: moment, to: due) <= time.seconds
      case .after(let time):
        return moment > due && calendar.counted(time.unit.counting, from: due, to: moment) >= time.seconds
      }
    }

    /// The step of a clock that is due now; marks it and all below it.
    mutating func take(_ reading: ClockReading, _ file: CaseFile, _ ladder: ReminderLadder, at moment: Int64) -> String? {
      guard reading.status == .running || reading.status == .overdue, let start = reading.start else { return nil }
      let grants = reading.rule.extra == nil ? 0 : min(file.grants.count { $0.at >= start }, reading.rule.extra?.times ?? 0)
      let promise = "\(file.round) \(reading.rule.kind) \(start) \(grants) "
      for place in Model.order.indices.reversed() {
        let code = Model.order[place]
        if done.contains(promise + code) { return nil }
        let rung = ladder.rungs.first {
          $0.code == code && $0.clocks.contains(reading.rule.kind)
            && ($0.urgencies.isEmpty || $0.urgencies.contains(file.urgency))
        }
        guard let rung, isPassed(rung, reading, at: moment) else { continue }
        for lower in Model.order[...place] { done.insert(promise + lower) }
        return "\(reading.rule.kind.code) \(code)"
      }
      return nil
    }
  }

  /// Acts that move clocks more often than chance would have it.
  static let acts: [(CaseAction, CaseRole)] = [
    (.dispatch, .moderator), (.sign, .department), (.askWriter, .department), (.resume, .writer),
    (.askWriter, .department), (.askWriter, .department), (.dispatch, .moderator), (.sign, .department),
    (.askExtension, .department), (.grantExtension, .moderator), (.sendBack, .department), (.recall, .moderator),
    (.resolve, .department), (.answer, .department), (.tell, .system), (.close, .moderator), (.reopen, .writer),
    (.undo, .lead), (.correct, .moderator), (.adjudicate, .lead), (.refuseAnswer, .moderator),
  ]

  static func act(_ walk: inout CaseHistoryTests.Story, _ generator: inout SeededGenerator) throws {
    let file = try walk.file
    let (action, role) = generator.element(of: acts)
    let actor = CaseSample.actor(role, name: role.code, handler: file.handler)
    var details = CaseSample.details
    details.handler = generator.element(of: [CaseSample.housing, CaseSample.power, CaseSample.station])
    details.urgency = generator.element(of: Urgency.allCases)
    details.extra = Allowance(1 + generator.below(12), generator.element(of: [.days, .workingDays]))
    details.undoes = file.lastDecision?.number
    let request = CaseRequest(action, at: walk.moment, details: details)
    if case .success(let step) = CaseLifecycle.outcome(of: request, on: file, by: actor, in: walk.circumstances) {
      walk.history.append(step.event)
    }
  }

  @Test(arguments: 0..<80) func everyStepOnceAndInTime(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    var ladder = try ReminderSample.ladder()
    // Every other one is reminded a fixed time before, which may lie in a pause.
    if seed % 2 == 1 {
      for index in ladder.rungs.indices where ladder.rungs[index].code == "due-soon" {
        ladder.rungs[index].when = .before(generator.element(of: [Allowance(1, .workingDays), Allowance(40, .hours)]))
      }
    }
    var scheduler = try ReminderSample.Scheduler(ladder)
    var model = Model(calendar: scheduler.calendar)
    let kind = generator.element(of: [Kind.fault, .fault, .idea, .enquiry])
    var story = CaseHistoryTests.Story(CaseSample.opening(kind, urgency: generator.element(of: Urgency.allCases)))
    story.circumstances.limits.undoWindow = 90 * 86_400
    /// How far the scheduler's clock is off; people's acts keep the true time.
    var drift: Int64 = 0
    for _ in 0..<120 {
      story.moment += Int64(generator.below(generator.below(4) == 0 ? 2 * 86_400 : 3600))
      if generator.below(2) == 0 { try Self.act(&story, &generator) }
      if generator.below(8) == 0 { drift = Int64(generator.below(12 * 86_400)) - 6 * 86_400 }
      if generator.below(4) == 0 { drift = 0 }
      if generator.below(5) == 0 { try scheduler.restart() }
      // Not looking is being down.
      if generator.below(3) == 0 { continue }
      let file = try story.file
      let now = story.moment + drift
      let expected = scheduler.readings(file, at: now).compactMap { model.take($0, file, scheduler.ladder, at: now) }
      #expect(scheduler.look(file, at: now) == expected)
      #expect(scheduler.look(file, at: now) == [])
      try looksAgainInTime(scheduler, file, after: now, &generator)
    }
    let keys = scheduler.log.map(\.key)
    #expect(Set(keys).count == keys.count)
    #expect(Set(keys).isDisjoint(with: scheduler.log.flatMap(\.passedOver)))
  }

  /// Nothing is due before the moment the scheduler is told, and something is on it.
  private func looksAgainInTime(
    _ scheduler: ReminderSample.Scheduler, _ file: CaseFile, after now: Int64, _ generator: inout SeededGenerator
  ) throws {
    guard let next = scheduler.next(file, after: now) else {
      for days in [1, 40, 400] as [Int64] { #expect(scheduler.steps(file, at: now + days * 86_400).isEmpty) }
      return
    }
    #expect(next > now)
    #expect(!scheduler.steps(file, at: next).isEmpty)
    #expect(scheduler.steps(file, at: next - 1).isEmpty)
    for _ in 0..<3 {
      #expect(scheduler.steps(file, at: now + Int64(generator.below(Int(next - now)))).isEmpty)
    }
  }

  /// The other way round: a scheduler that sleeps until it is told to look misses nothing one sees that never sleeps.
  @Test(arguments: 0..<6) func sleepingMissesNothing(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    let urgency = generator.element(of: Urgency.allCases)
    let file = try CaseHistoryTests.Story(CaseSample.opening(.fault, urgency: urgency)).file
    var (sleeping, waking) = (try Self.scheduler(), try Self.scheduler())
    var moment = CaseSample.now
    while let next = sleeping.next(file, after: moment), next < CaseSample.now + 30 * 86_400 {
      moment = next
      sleeping.look(file, at: moment)
    }
    for minute in 0..<30 * 1440 as Range<Int64> { waking.look(file, at: CaseSample.now + minute * 60) }
    #expect(sleeping.log.map(\.key) == waking.log.map(\.key) && !sleeping.log.isEmpty)
    #expect(zip(sleeping.log, waking.log).allSatisfy { $0.moment == $1.moment })
  }

  static func scheduler() throws -> ReminderSample.Scheduler { try ReminderSample.Scheduler(ReminderSample.ladder()) }
}
