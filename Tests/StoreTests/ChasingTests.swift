import Casework
import Store
import Suggestions
import TestSupport
import Testing

/// Each step of the ladder is taken once, whoever looks and whenever.
@Suite struct ChasingTests {
  private static let start: Int64 = 1_750_100_000
  private static let housing = CaseHandler(unit: "housing")

  private var rules: CaseworkRules {
    let letter = ReminderLetter(title: "", text: "", titleEnglish: "", textEnglish: "")
    func rung(_ code: String, _ when: ReminderRung.When, _ act: ReminderRung.Act) -> ReminderRung {
      ReminderRung(code, clocks: [.answer, .dispatch], when: when, to: [.unit], act: act, letter: letter)
    }
    return CaseworkRules(
      clocks: ClockBook(
        inForce: [""],
        sets: [
          ClockSet(
            id: "a",
            rules: [
              ClockRule(.dispatch, within: Allowance(1, .hours), start: .received, stops: [.dispatched]),
              ClockRule(.answer, within: Allowance(2, .hours), start: .dispatched, stops: [.answered]),
            ])
        ]),
      ladder: ReminderLadder(rungs: [
        rung("due-soon", .share(50), .letter), rung("overdue", .after(Allowance(0, .minutes)), .urge),
        rung("far-overdue", .after(Allowance(3, .hours)), .proposeSupervision),
      ]))
  }

  private func sample() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take([SampleRecord("A-1"), SampleRecord("A-2").with { $0.body = "桥南的井盖松了" }])
    return sample
  }

  private func act(
    _ sample: SampleStore, _ id: Int, _ action: CaseAction, at moment: Int64, _ fill: (inout CaseDetails) -> Void
  ) throws {
    let lead = CaseActor(name: "周敏", role: .lead)
    let request = CaseRequest(action, at: moment, details: CaseDetails(fill))
    _ = try sample.store.act(request, on: id, by: lead, under: rules).get()
  }

  private func steps(_ sample: SampleStore, at moment: Int64) throws -> [String] {
    try sample.store.chase(under: rules, asOf: moment).notices.map { "\($0.suggestion) \($0.step.key.step)" }
  }

  @Test func eachStepOnce() throws {
    let sample = try sample()
    try act(sample, 1, .dispatch, at: Self.start) { $0.handler = Self.housing }
    try act(sample, 2, .reject, at: Self.start) { ($0.rejection, $0.reason) = (.noRequest, "无诉求") }
    #expect(try steps(sample, at: Self.start + 3_599) == [])
    #expect(try steps(sample, at: Self.start + 3_600) == ["1 due-soon"])
    #expect(try steps(sample, at: Self.start + 3_601) == [])
    try sample.reopen()
    #expect(try steps(sample, at: Self.start + 3_600) == [], "after a restart")
    #expect(try steps(sample, at: Self.start + 7_201) == ["1 overdue"])
    #expect(try steps(sample, at: Self.start - 86_400) == [], "a clock set back")
    #expect(try steps(sample, at: Self.start + 7_201) == [])
    let history = try #require(try sample.store.caseHistory(of: 1, regionPath: { [$0] }))
    #expect(history.events.map(\.action) == [.dispatch, .urge])
    #expect(history.events.last?.role == .system)
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  /// Nobody looked for a day: the highest step alone, the others are passed over and never come.
  @Test func aLongSleepTakesTheHighestStep() throws {
    let sample = try sample()
    try act(sample, 1, .dispatch, at: Self.start) { $0.handler = Self.housing }
    try act(sample, 2, .reject, at: Self.start) { ($0.rejection, $0.reason) = (.noRequest, "无诉求") }
    let report = try sample.store.chase(under: rules, asOf: Self.start + 86_400)
    #expect(report.notices.map(\.step.key.step) == ["far-overdue"])
    #expect(report.notices.first?.step.proposal == .supervise)
    #expect(report.passedOver == 2)
    #expect(try steps(sample, at: Self.start + 90_000) == [])
  }

  /// Nobody has acted on it: the platform's own clock is watched all the same, also of what comes in later.
  @Test func whatWaitsForReviewIsWatched() throws {
    let sample = try sample()
    let received: Int64 = 1_750_000_000
    #expect(try steps(sample, at: received + 100) == [])
    try sample.take([SampleRecord("A-3").with { $0.body = "第三件" }])
    #expect(try steps(sample, at: received + 1_800) == ["1 due-soon", "2 due-soon", "3 due-soon"])
    try act(sample, 2, .dispatch, at: received + 1_900) { $0.handler = Self.housing }
    #expect(try steps(sample, at: received + 3_601) == ["1 overdue", "3 overdue"])
    #expect(try sample.integer("SELECT count(*) FROM event WHERE action = 'case.urge'") == 0, "nobody to urge yet")
  }

  @Test func whatWasPutAsideComesBack() throws {
    let sample = try sample()
    try act(sample, 1, .snooze, at: Self.start) { ($0.until, $0.reason) = (Self.start + 600, "等照片") }
    #expect(try sample.store.chase(under: rules, asOf: Self.start + 599).woken == [])
    #expect(try sample.store.chase(under: rules, asOf: Self.start + 600).woken == [1])
    #expect(try sample.store.chase(under: rules, asOf: Self.start + 601).woken == [])
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  @Test func oneWhoStoppedHalfWayGoesOn() throws {
    let sample = try sample()
    for id in [1, 2] { try act(sample, id, .dispatch, at: Self.start) { $0.handler = Self.housing } }
    // One case a pass, as if stopped after each.
    let first = try sample.store.chase(under: rules, asOf: Self.start + 3_600, limit: 1)
    #expect(first.notices.map(\.suggestion) == [1] && first.isMore)
    try sample.reopen()
    let second = try sample.store.chase(under: rules, asOf: Self.start + 3_600, limit: 1)
    #expect(second.notices.map(\.suggestion) == [2] && !second.isMore)
  }

  /// The console's worker and a `chase` of the command line, both at it: each step once, and each urging once.
  @Test func twoAtATimeTakeEachStepOnce() async throws {
    let sample = try SampleStore()
    let count = 60
    try sample.take((1...count).map { number in SampleRecord("A-\(number)").with { $0.body = "桥南的井盖松了，第\(number)处" } })
    for id in 1...count { try act(sample, id, .dispatch, at: Self.start) { $0.handler = Self.housing } }
    let (path, rules) = (sample.path, rules)
    let taken = try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<3 {
        group.addTask {
          let store = try SuggestionStore(url: path, access: .existing, folding: SampleStore.folding)
          var steps: [String] = []
          var report: ChaseReport
          repeat {
            report = try store.chase(under: rules, asOf: Self.start + 7_201, limit: 7)
            steps += report.notices.map { "\($0.suggestion) \($0.step.key.step)" }
          } while report.isMore
          try store.close()
          return steps
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(taken.sorted() == (1...count).map { "\($0) overdue" }.sorted())
    #expect(try sample.integer("SELECT count(*) FROM event WHERE action = 'case.urge'") == count)
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  /// Due times computed anew part by part: what differs is told once, then nothing does.
  @Test func dueTimesFollowTheClocks() throws {
    let sample = try SampleStore()
    let count = 300
    try sample.take((1...count).map { number in SampleRecord("A-\(number)").with { $0.body = "桥南的井盖松了，第\(number)处" } })
    for id in 1...count { try act(sample, id, .dispatch, at: Self.start) { $0.handler = Self.housing } }
    #expect(try sample.store.refreshDues(under: rules) == [])
    var slower = rules
    slower.clocks.sets[0].rules[1].within = Allowance(5, .hours)
    #expect(try sample.store.refreshDues(under: slower, while: { false }) == [], "it was told to stop")
    #expect(try sample.store.refreshDues(under: slower) == Array(1...count))
    #expect(try sample.store.refreshDues(under: slower) == [])
    #expect(try sample.store.verify(under: slower).faults == [])
  }
}
