import Casework
import Store
import Suggestions
import TestSupport
import Testing

/// What desks show: whose part, in which scope, in which order, and how many.
@Suite struct DeskTests {
  static let housing = CaseHandler(unit: "housing", district: "430703")
  static let power = CaseHandler(unit: "power-supply")
  static let start: Int64 = 1_750_100_000
  private let rules = CaseworkRules(
    clocks: ClockBook(
      inForce: [""],
      sets: [
        ClockSet(id: "a", rules: [ClockRule(.answer, within: Allowance(2, .hours), start: .dispatched, stops: [.answered])])
      ]))

  /// 1 to 4 are ordinary, in two districts; 5 is sensitive.
  private func sample() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take(
      (1...5).map { number in
        SampleRecord("A-\(number)").with {
          $0.body = "第 \(number) 处井盖坏了"
          $0.region = number < 3 ? "430702" : "430703"
          $0.track = number == 5 ? .sensitive : .ordinary
          $0.priority = number == 2 ? 90 : 40
        }
      })
    return sample
  }

  @discardableResult
  private func act(
    _ sample: SampleStore, _ id: Int, _ action: CaseAction, _ role: CaseRole = .lead, at moment: Int64 = DeskTests.start,
    _ fill: (inout CaseDetails) -> Void = { _ in }
  ) throws -> CaseDone {
    let isUnits = role == .department || role == .departmentHead
    let actor = CaseActor(name: "周敏", role: role, tracks: Set(Track.allCases), handler: isUnits ? Self.housing : nil)
    return try sample.store.act(
      CaseRequest(action, at: moment, details: CaseDetails(fill)), on: id, by: actor, under: rules
    ).get()
  }

  private func order(_ sample: SampleStore, _ id: Int, to unit: CaseHandler = DeskTests.housing, at moment: Int64 = start) throws {
    try act(sample, id, .dispatch, at: moment) {
      $0.handler = unit
      $0.coHandlers = unit == Self.housing ? [Self.power] : []
    }
  }

  private func ids(_ sample: SampleStore, _ fill: (inout DeskFilter) -> Void) throws -> [Int] {
    var filter = DeskFilter()
    fill(&filter)
    return try sample.store.desk(filter, limit: 9).map(\.id)
  }

  @Test func aUnitLeadsOrHelps() throws {
    let sample = try sample()
    try order(sample, 1)
    try order(sample, 2, to: Self.power)
    #expect(try ids(sample) { ($0.handler, $0.part) = (Self.power, .lead) } == [2])
    #expect(try ids(sample) { ($0.handler, $0.part) = (Self.power, .helping) } == [1])
    #expect(try ids(sample) { $0.handler = Self.power } == [2, 1], "due together: the more urgent first")
    // The city's office of the same department is another.
    #expect(try ids(sample) { $0.handler = CaseHandler(unit: "housing") } == [])
    #expect(try ids(sample) { $0.handler = CaseHandler(unit: "power-supply", isStation: true) } == [])
  }

  @Test func tracksAndRegionsAreOfOneScope() throws {
    let sample = try sample()
    for id in 1...5 { try order(sample, id) }
    let scopes: [([DeskScope], [Int])] = [
      ([DeskScope(tracks: [.ordinary])], [2, 1, 3, 4]),
      ([DeskScope(tracks: Set(Track.allCases))], [2, 1, 3, 4, 5]),
      ([DeskScope(tracks: [.sensitive])], [5]),
      ([DeskScope(tracks: [.ordinary], regions: ["430702"])], [2, 1]),
      // Neither widens the other: sensitive ones of the first district alone.
      ([DeskScope(tracks: [.ordinary]), DeskScope(tracks: [.sensitive], regions: ["430702"])], [2, 1, 3, 4]),
      ([DeskScope(tracks: [.ordinary]), DeskScope(tracks: [.sensitive], regions: ["430703"])], [2, 1, 3, 4, 5]),
      ([DeskScope(tracks: Set(Track.allCases), regions: ["nowhere"])], []), ([], []),
    ]
    for (scopes, expected) in scopes {
      #expect(try ids(sample) { $0.scopes = scopes } == expected, "\(scopes)")
      let moments = DeskMoments(now: Self.start, soon: Self.start, far: Self.start)
      var filter = DeskFilter()
      filter.scopes = scopes
      let tallies = try sample.store.deskTallies(filter, at: moments)
      #expect(tallies.reduce(0) { $0 + $1.cases } == expected.count, "\(scopes)")
    }
  }

  @Test func dueBetweenAndLastActedOn() throws {
    let sample = try sample()
    for id in 1...3 { try order(sample, id, at: Self.start + Int64(id) * 100) }
    let due = Self.start + 7_200
    #expect(try ids(sample) { ($0.dueFrom, $0.dueBy) = (due + 101, due + 200) } == [2])
    #expect(try ids(sample) { $0.dueFrom = due + 200 } == [2, 3])
    try act(sample, 1, .sign, .department, at: Self.start + 900)
    #expect(try ids(sample) { $0.order = .latest } == [1, 3, 2])
    #expect(try ids(sample) { ($0.handler, $0.part, $0.order) = (Self.housing, .lead, .latest) } == [1, 3, 2])
    #expect(try sample.store.desk(DeskFilter(), limit: 1, after: 1).map(\.id) == [2])
    #expect(try ids(sample) { $0.only = [3, 1] } == [1, 3])
    #expect(try ids(sample) { $0.only = [] } == [])
  }

  @Test func talliesByWhoHasIt() throws {
    let sample = try sample()
    for id in 1...3 { try order(sample, id, at: Self.start + Int64(id) * 100) }
    try order(sample, 4, to: Self.power)
    try act(sample, 3, .sign, .department, at: Self.start + 500)
    try act(sample, 4, .supervise, at: Self.start + 500) { $0.reason = "拖" }
    let due = Self.start + 7_200
    let tallies = try sample.store.deskTallies(
      DeskFilter(), at: DeskMoments(now: due + 150, soon: due + 200, far: due + 50))
    #expect(tallies.map(\.handler) == [Self.power, Self.housing], "the longest overdue first")
    let (power, housing) = (try #require(tallies.first), try #require(tallies.last))
    #expect((power.cases, power.overdue, power.farOverdue, power.supervised) == (1, 1, 1, 1))
    #expect((housing.cases, housing.unsigned, housing.overdue, housing.farOverdue, housing.soon) == (3, 2, 1, 0, 1))
    // A returned one is nobody's.
    try act(sample, 1, .sendBack, .department, at: Self.start + 600) {
      ($0.reason, $0.basis, $0.proposedOwner) = ("不是我们的", "三定方案", Self.power)
    }
    let after = try sample.store.deskTallies(DeskFilter(), at: DeskMoments(now: due, soon: due, far: due))
    #expect(after.first { $0.handler == nil }?.cases == 1 && after.first { $0.handler == Self.housing }?.cases == 2)
  }

  /// An approval that was undone is awaited again; one of an earlier answer does not count for the next.
  @Test func answersWaitForTheHead() throws {
    let sample = try sample()
    var filter = DeskFilter(handler: Self.housing)
    filter.scopes = [DeskScope(tracks: [.ordinary])]
    func awaited() throws -> [Int] { try sample.store.awaitedApprovals(filter, under: rules, limit: 9).map(\.id) }
    for id in [1, 3, 5] {
      try order(sample, id)
      try act(sample, id, .sign, .department)
      try act(sample, id, .answer, .department) { $0.text = "已换新井盖" }
    }
    #expect(try awaited() == [1, 3], "5 is sensitive")
    try act(sample, 1, .approve, .departmentHead, at: Self.start + 10)
    #expect(try awaited() == [3])
    try act(sample, 1, .undo, .departmentHead, at: Self.start + 20) { ($0.undoes, $0.reason) = (4, "点错") }
    #expect(try awaited() == [1, 3])
    try act(sample, 1, .approve, .departmentHead, at: Self.start + 30)
    try act(sample, 1, .refuseAnswer, at: Self.start + 40) { $0.reason = "没说清" }
    #expect(try awaited() == [3])
    try act(sample, 1, .answer, .department, at: Self.start + 50) { $0.text = "五月六日已换新井盖" }
    #expect(try awaited() == [1, 3])
    var others = filter
    others.handler = Self.power
    #expect(try sample.store.awaitedApprovals(others, under: rules, limit: 9).isEmpty)
  }

  /// Of what is not among the newest a keeper sees what may have something to be carried.
  @Test func aStationReadsTheNewestAndWhatIsToBeCarried() throws {
    let sample = try StationDeskTests.filled()
    for (action, role) in [(CaseAction.dispatch, CaseRole.lead), (.sign, .department), (.answer, .department)] {
      let unit = CaseHandler(unit: "housing")
      let actor = CaseActor(name: "周敏", role: role, tracks: [.ordinary], handler: role == .department ? unit : nil)
      let details = CaseDetails { ($0.handler, $0.text) = (action == .dispatch ? unit : nil, "修好了") }
      _ = try sample.store.act(
        CaseRequest(action, at: StationDeskTests.start, details: details), on: 1, by: actor, under: CaseworkRules()
      ).get()
    }
    let desk = try sample.store.stationDesk(
      StationDeskTests.anfu, under: CaseworkRules(), asOf: StationDeskTests.start + 86_400, newest: 2)
    #expect(desk.map(\.submission.holding.number) == [5, 4, 1])
    #expect(desk.last?.errand?.text == "修好了")
  }
}
