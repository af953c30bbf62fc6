import Suggestions
import Testing

import Casework

/// The shipped ladder on cases that people work on.
struct ReminderLadderTests {
  static func scheduler() throws -> ReminderSample.Scheduler {
    try ReminderSample.Scheduler(ReminderSample.ladder())
  }

  static func at(_ text: String) throws -> Int64 { try ClockSample.at(text) }

  static let answerOnly = CaseDetails { $0.extra = Allowance(5, .workingDays) }

  /// Received on Tuesday 2025-07-01 at 10:00, eight working hours to dispatch: due on Wednesday at 11:30.
  @Test func aCaseNobodyDispatches() throws {
    var scheduler = try Self.scheduler()
    let file = try CaseHistoryTests.Story().file
    #expect(scheduler.next(file, after: CaseSample.now) == (try Self.at("2025-07-02T09:54")))
    #expect(scheduler.look(file, at: try Self.at("2025-07-02T09:53")) == [])
    #expect(scheduler.look(file, at: try Self.at("2025-07-02T09:54")) == ["dispatch due-soon"])
    #expect(scheduler.next(file, after: try Self.at("2025-07-02T09:54")) == (try Self.at("2025-07-02T11:30:01")))
    // On the due moment itself it is still in time.
    #expect(scheduler.look(file, at: try Self.at("2025-07-02T11:30")) == [])
    #expect(scheduler.look(file, at: try Self.at("2025-07-02T12:00")) == ["dispatch overdue"])
    #expect(scheduler.next(file, after: try Self.at("2025-07-02T12:00")) == (try Self.at("2025-07-04T11:30")))
    #expect(scheduler.look(file, at: try Self.at("2025-07-04T12:00")) == ["dispatch far-overdue"])
    #expect(scheduler.next(file, after: try Self.at("2025-07-04T12:00")) == nil)
    #expect(scheduler.look(file, at: try Self.at("2026-07-04T12:00")) == [])
    // It waits for review: nobody can be urged in it, the supervisor may take it up.
    #expect(scheduler.log.map(\.action) == [nil, nil, nil])
    #expect(scheduler.log.map(\.proposal) == [nil, nil, .supervise])
    #expect(scheduler.log.map(\.to) == [[.platform], [.platform, .lead], [.lead, .supervisor]])
  }

  @Test func aJumpTakesTheHighestAndPassesOverTheRest() throws {
    var scheduler = try Self.scheduler()
    let file = try CaseHistoryTests.dispatched().file
    let steps = scheduler.steps(file, at: try Self.at("2025-08-01T09:00"))
    #expect(steps.map(\.key.clock) == [.sign, .resolve, .answer])
    #expect(steps.allSatisfy { $0.key.step == "far-overdue" && $0.passedOver.map(\.step) == ["due-soon", "overdue"] })
    #expect(steps.allSatisfy { $0.to == [.unitHead, .lead, .supervisor] && $0.action == .urge })
    scheduler.look(file, at: try Self.at("2025-08-01T09:00"))
    #expect(scheduler.taken.count == 9)
    #expect(scheduler.next(file, after: try Self.at("2025-08-01T09:00")) == nil)
    // Neither a clock set back nor one that comes again to where it was repeats anything.
    for text in ["2025-07-02T09:30", "2025-07-03T12:00", "2025-07-20T09:00", "2025-08-02T09:00"] {
      #expect(scheduler.look(file, at: try Self.at(text)) == [])
    }
  }

  @Test func dangerComesSooner() throws {
    var scheduler = try Self.scheduler()
    var story = CaseHistoryTests.Story(CaseSample.opening(urgency: .danger))
    #expect(scheduler.look(try story.file, at: story.moment + 14 * 60) == [])
    #expect(scheduler.look(try story.file, at: story.moment + 15 * 60) == ["dispatch due-soon"])
    #expect(scheduler.log.last?.to == [.platform, .lead])
    try story.act(.dispatch, .moderator, after: 20) { $0.handler = CaseSample.housing }
    // 10:20. Half of the thirty minutes to sign and to arrive, and the whole's three hours from 10:00.
    let dispatched = story.moment
    #expect(scheduler.look(try story.file, at: dispatched + 14 * 60) == [])
    #expect(scheduler.look(try story.file, at: dispatched + 15 * 60) == ["sign due-soon", "arrive due-soon"])
    #expect(scheduler.look(try story.file, at: dispatched + 31 * 60) == ["sign overdue", "arrive overdue"])
    #expect(scheduler.log.last?.to == [.unit, .unitHead, .lead])
    #expect(scheduler.look(try story.file, at: dispatched + 60 * 60) == ["sign far-overdue", "arrive far-overdue"])
    #expect(scheduler.look(try story.file, at: dispatched + 70 * 60) == ["whole due-soon"])
    try story.act(.sign, .department, after: 75)
    try story.act(.arrive, .department, after: 0)
    #expect(scheduler.look(try story.file, at: dispatched + 140 * 60) == ["resolve due-soon"])
  }

  @Test func anExtensionBringsTheStepsAgain() throws {
    var scheduler = try Self.scheduler()
    var story = try CaseHistoryTests.dispatched()
    try story.act(.sign, .department)
    // The answer is due on Friday at 17:30.
    #expect(scheduler.look(try story.file, at: try Self.at("2025-07-04T12:00")) == ["resolve overdue", "answer due-soon"])
    try story.act(.askExtension, .department, after: 3 * 1440) {
      $0.reason = "要订配件"
      $0.extra = Allowance(5, .workingDays)
    }
    // Asking is not having.
    #expect(scheduler.look(try story.file, at: try Self.at("2025-07-04T13:00")) == [])
    try story.act(.grantExtension, .moderator, after: 180) { $0.extra = Allowance(5, .workingDays) }
    // Eight working days from Wednesday; the resolve clock is in days of another kind and has the grant on top.
    #expect(scheduler.look(try story.file, at: try Self.at("2025-07-04T13:03")) == [])
    #expect(scheduler.look(try story.file, at: try Self.at("2025-07-10T12:00")).contains("answer due-soon"))
    #expect(scheduler.look(try story.file, at: try Self.at("2025-07-12T12:00")).contains("answer overdue"))
    let keys = scheduler.log.map(\.key).filter { $0.clock == .answer && $0.step == "due-soon" }
    #expect(keys.map(\.grants) == [0, 1])
    // The grant undone, the first promise holds again, and it was reminded of.
    var without = story
    without.history = CaseHistory(story.history.opening, events: Array(story.history.events.dropLast()))
    #expect(!scheduler.look(try without.file, at: try Self.at("2025-07-04T13:00")).contains("answer due-soon"))
  }

  @Test func aPauseIsSilentAndRepeatsNothing() throws {
    var scheduler = try Self.scheduler()
    var story = try CaseHistoryTests.dispatched()
    try story.act(.sign, .department)
    #expect(scheduler.look(try story.file, at: try Self.at("2025-07-03T03:00")) == ["resolve due-soon"])
    try story.act(.askWriter, .department, after: 2 * 1440 - 2) { $0.text = "哪个路口？" }
    // Thursday 10:00, a minute before the two days are over; five working days at most for the answer, three days here.
    let paused = try story.file
    for text in ["2025-07-03T10:30", "2025-07-05T12:00"] { #expect(scheduler.look(paused, at: try Self.at(text)) == []) }
    #expect(scheduler.next(paused, after: try Self.at("2025-07-03T10:30")) == (try Self.at("2025-07-06T10:01:01")))
    #expect(scheduler.look(paused, at: try Self.at("2025-07-06T10:02")) == ["resolve overdue"])
    try story.act(.resume, .writer, after: 60)
    // Back on the old promise: overdue since an hour after Thursday 10:01, and said so.
    #expect(scheduler.look(try story.file, at: try Self.at("2025-07-03T12:00")) == [])
  }

  /// What was missed before a pause is due when the pause ends, by itself too.
  @Test func aPauseEndsAndWhatWasMissedIsDue() throws {
    var scheduler = try Self.scheduler()
    var story = try CaseHistoryTests.dispatched()
    try story.act(.sign, .department)
    try story.act(.askWriter, .department, after: 2 * 1440 - 122) { $0.text = "哪个路口？" }
    // Thursday 08:00, two hours before the due moment and after the 80 %: for three days at most.
    let file = try story.file
    let ends = try Self.at("2025-07-06T08:00")
    #expect(scheduler.next(file, after: story.moment + 60) == ends)
    #expect(scheduler.look(file, at: ends - 1) == [])
    #expect(scheduler.look(file, at: ends) == ["resolve due-soon"])
  }

  /// The unit that gets it next is reminded of its own time to sign; the outer clocks go on.
  @Test func aNewOrderIsANewPromise() throws {
    var scheduler = try Self.scheduler()
    var story = try CaseHistoryTests.dispatched()
    #expect(scheduler.look(try story.file, at: try Self.at("2025-07-02T10:30")) == ["sign overdue"])
    try story.act(.sendBack, .department, after: 1500, ClockHistoryTests.giveBack)
    #expect(scheduler.look(try story.file, at: story.moment) == [])
    try story.act(.dispatch, .moderator, after: 10) { $0.handler = CaseSample.power }
    #expect(scheduler.look(try story.file, at: story.moment + 20 * 3600).contains("sign due-soon"))
    #expect(Set(scheduler.log.filter { $0.key.clock == .sign }.map(\.key.start)).count == 2)
    // Recalled and ordered again: the first order's steps stay taken.
    try story.act(.recall, .moderator) { $0.reason = "派错" }
    #expect(scheduler.steps(try story.file, at: story.moment).allSatisfy { $0.key.clock != .sign })
  }

  @Test func whatIsOverRemindsOfNothing() throws {
    var scheduler = try Self.scheduler()
    var story = try CaseHistoryTests.dispatched()
    try story.act(.sign, .department)
    try story.act(.resolve, .department) { $0.proofs = ["a.jpg"] }
    try story.act(.answer, .department) { $0.text = "已修" }
    #expect(scheduler.look(try story.file, at: try Self.at("2026-01-01T00:00")) == [])
    #expect(scheduler.next(try story.file, after: story.moment) == nil)
    var rejected = CaseHistoryTests.Story()
    try rejected.act(.reject, .moderator) {
      $0.reason = "外地"
      $0.rejection = .otherRegion
    }
    #expect(scheduler.look(try rejected.file, at: try Self.at("2026-01-01T00:00")) == [])
    let praise = CaseHistoryTests.Story(CaseSample.opening(.praise))
    #expect(scheduler.look(try praise.file, at: try Self.at("2026-01-01T00:00")) == [])
  }

  /// Who is supervised is not proposed again, and nobody urges where the table lets nobody be urged.
  @Test func whatAStepDoesHangsOnTheCase() throws {
    let scheduler = try Self.scheduler()
    var story = try CaseHistoryTests.dispatched()
    try story.act(.sign, .department)
    let late = try Self.at("2025-08-01T09:00")
    #expect(scheduler.steps(try story.file, at: late).allSatisfy { $0.action == .urge && $0.proposal == .supervise })
    try story.act(.supervise, .supervisor) { $0.reason = "久拖" }
    #expect(scheduler.steps(try story.file, at: late).allSatisfy { $0.action == .urge && $0.proposal == nil })
    // What a step proposes or does is a row of the table.
    for row in CaseLifecycle.edges(of: .supervise) { #expect(!row.roles.contains(.system)) }
    var answered = try story.file
    answered.state = .answered
    #expect(scheduler.steps(answered, at: late).allSatisfy { $0.action == nil })
    var returned = try story.file
    returned.state = .returned
    returned.handler = nil
    #expect(scheduler.steps(returned, at: late).allSatisfy { $0.to == [.lead, .supervisor] })
    var atStation = try story.file
    atStation.handler = CaseSample.station
    #expect(scheduler.steps(atStation, at: try Self.at("2025-07-03T11:00")).map(\.to) == [[.unit, .lead]])
  }

  @Test func theRowThatFitsFirstIsTheCases() throws {
    let letter = ReminderLetter(title: "", text: "", titleEnglish: "", textEnglish: "")
    var first = ReminderRung("soon", clocks: [.sign], when: .before(Allowance(3, .hours)), to: [.unit], letter: letter)
    first.kinds = [.fault]
    first.tracks = [.ordinary]
    let second = ReminderRung("soon", clocks: [.sign, .sendBack], when: .share(50), to: [.lead], letter: letter)
    let never = ReminderRung("early", clocks: [.sign], when: .before(Allowance(2, .workingDays)), to: [.unit], letter: letter)
    var scheduler = try ReminderSample.Scheduler(ReminderLadder(rungs: [first, second, never]))
    let file = try CaseHistoryTests.dispatched().file
    // Signing is due on Wednesday at 10:01, returning at 17:30; the window's day begins at midnight.
    #expect(scheduler.next(file, after: CaseSample.now + 60) == (try Self.at("2025-07-02T07:01")))
    #expect(scheduler.look(file, at: try Self.at("2025-07-02T07:01")) == ["sign soon"])
    #expect(scheduler.log.last?.to == [.unit])
    // Two working days before lies before the order itself: that step is none of this clock's.
    #expect(scheduler.next(file, after: try Self.at("2025-07-02T07:01")) == (try Self.at("2025-07-02T08:45")))
    // A window that has shut is not overdue.
    #expect(scheduler.look(file, at: try Self.at("2025-07-02T17:31")) == [])
    #expect(scheduler.next(file, after: try Self.at("2025-07-02T17:31")) == nil)
  }

  @Test func keysAreWrittenAndRead() {
    let key = ReminderKey(suggestion: 17, round: 1, clock: .sendBack, step: "due-soon", start: 1_751_335_200, grants: 2)
    #expect(key.text == "17/1/return/due-soon/1751335200/2")
    #expect(ReminderKey(text: key.text) == key)
    for text in ["", "17/1/return/due-soon/1751335200", "17/1/lunch/due-soon/1/0", "a/1/sign/x/1/0", "1/1/sign//1/0"] {
      #expect(ReminderKey(text: text) == nil)
    }
  }
}
