import Suggestions
import TestSupport
import Testing

import Casework

/// Which cases are counted, how they are grouped, and what is said of small numbers.
struct CaseStatisticsScopeTests {
  typealias Story = CaseHistoryTests.Story

  static func pending(
    _ id: Int, at moment: Int64 = CaseSample.now, submitted: Int64? = nil, topic: String = "010301",
    station: String? = nil, track: Track = .ordinary, regions: [String] = CaseSample.regions
  ) -> CaseRecord {
    let opening = CaseOpening(
      kind: .fault, track: track, topic: topic, regions: regions, station: station, submittedAt: submitted,
      receivedAt: moment)
    return StatisticsSample.record(id, CaseHistory(opening))
  }

  @Test func emptyIsSaidToBeEmpty() {
    let statistics = StatisticsSample.statistics(of: []) { $0.dimensions = Set(CaseDimension.allCases) }
    for figure in statistics.whole() {
      #expect(figure.numerator == 0)
      if figure.indicator.unit == .count {
        #expect(figure.denominator == nil && figure.value == 0 && figure.warning == nil)
      } else {
        #expect(figure.denominator == 0 && figure.value == nil && figure.warning == .empty)
      }
    }
    #expect(CaseDimension.allCases.allSatisfy { statistics.groups(by: $0).isEmpty })
    #expect(statistics.routes().isEmpty && statistics.unreadable == 0)
  }

  @Test func smallNumbersAreMarked() {
    func warning(_ count: Int) -> CaseFigure.Warning? {
      StatisticsSample.statistics(of: (1...count).map { Self.pending($0) }).whole()
        .first { $0.indicator == .closed }?.warning
    }
    #expect(warning(1) == .small && warning(29) == .small && warning(30) == nil)
  }

  @Test func nearestRank() {
    #expect(NearestRank.rank(50, of: 0) == 0)
    #expect([1, 2, 3, 4, 10].map { NearestRank.rank(50, of: $0) } == [1, 1, 2, 2, 5])
    #expect([1, 2, 9, 10, 11, 20, 100].map { NearestRank.rank(90, of: $0) } == [1, 2, 9, 9, 10, 18, 90])
    #expect(NearestRank.rank(0, of: 5) == 1 && NearestRank.rank(100, of: 5) == 5)
    // The definition: the smallest rank that at least the percentage lies at or below.
    for count in 1...60 {
      for percent in 1...100 {
        let rank = NearestRank.rank(percent, of: count)
        #expect(rank * 100 >= percent * count && (rank - 1) * 100 < percent * count)
      }
    }
  }

  @Test func monthsAreChinas() throws {
    let late = try ClockSample.at("2025-07-31T23:59:59")
    let records = [
      Self.pending(1, at: late), Self.pending(2, at: late + 1), Self.pending(3, at: late + 2, submitted: late),
    ]
    func months(_ moment: CaseMoment) -> [String] {
      StatisticsSample.statistics(of: records) {
        $0.moment = moment
        $0.dimensions = [.month]
      }.groups(by: .month).map { "\($0.key ?? "") \(StatisticsSample.text($0.figures, .received))" }
    }
    #expect(months(.received) == ["2025-07 1", "2025-08 2"])
    #expect(months(.submitted) == ["2025-07 2", "2025-08 1"])
    #expect(CaseStatistics.month(of: -62_167_219_200) == "0000-01")
    let july = try ClockSample.at("2025-07-01")..<(try ClockSample.at("2025-08-01"))
    let within = StatisticsSample.statistics(of: records) { $0.period = july }.whole()
    #expect(StatisticsSample.text(within, .received) == "1")
  }

  @Test func groupsAreThoseOfWhatPeopleSay() throws {
    var story = Story(CaseSample.opening(.fault))
    try story.act(.correct, .moderator) {
      $0.topic = "020105"
      $0.regions = ["430702001", "430702"]
      $0.reason = "看错了"
    }
    let records = [
      StatisticsSample.record(1, story.history),
      Self.pending(2, topic: "010399", station: "book-7"),
      Self.pending(3, topic: "", regions: []),
    ]
    let statistics = StatisticsSample.statistics(of: records) {
      $0.dimensions = [.area, .topic, .station, .channel]
      $0.area = { String($0.prefix(6)) }
      $0.topic = { String($0.prefix(2)) }
    }
    #expect(statistics.groups(by: .area).map(\.key) == ["430702", "430703", nil])
    #expect(statistics.groups(by: .topic).map(\.key) == ["01", "02", nil])
    #expect(statistics.groups(by: .station).map(\.key) == ["book-7", "dingcheng-jiangnan", nil])
    #expect(statistics.groups(by: .channel).map(\.key) == ["chat"])
    #expect(statistics.groups(by: .month).isEmpty)
  }

  @Test func theSensitiveTrackIsKeptApart() throws {
    var diverted = Story(CaseSample.opening(.fault))
    try diverted.act(.divert, .moderator) { $0.reason = "涉及人身伤害" }
    let records = [
      Self.pending(1), Self.pending(2, station: "book-7", track: .sensitive),
      StatisticsSample.record(3, diverted.history),
    ]
    func statistics(_ lists: Bool) -> CaseStatistics {
      StatisticsSample.statistics(of: records) {
        $0.dimensions = Set(CaseDimension.allCases)
        $0.listsSensitive = lists
      }
    }
    let guarded = statistics(false)
    #expect(StatisticsSample.text(guarded.whole(), .received) == "1")
    #expect(StatisticsSample.text(guarded.whole(.sensitive), .received) == "2")
    #expect(guarded.groups(by: .station, .sensitive).isEmpty && guarded.groups(by: .topic, .sensitive).isEmpty)
    #expect(guarded.groups(by: .area, .sensitive).count == 1)
    #expect(guarded.groups(by: .station).map(\.key) == [nil])
    let asked = statistics(true)
    #expect(asked.groups(by: .station, .sensitive).map(\.key) == ["book-7", "dingcheng-jiangnan"])
    #expect(asked.whole() == guarded.whole())
  }

  @Test func laterActsAreNotSeen() throws {
    var story = Story()
    try story.dispatch(after: 10)
    try story.handle(sign: 10, answer: 30)
    let record = StatisticsSample.record(1, story.history)
    func text(_ minutes: Int64, _ indicator: CaseIndicator) -> String {
      StatisticsSample.text(
        StatisticsSample.statistics(of: [record], asOf: CaseSample.now + minutes * 60).whole(), indicator)
    }
    #expect(text(-1, .received) == "0" && text(0, .received) == "1")
    #expect(text(9, .dispatched) == "0/1" && text(10, .dispatched) == "1/1")
    #expect(text(49, .closed) == "0/1" && text(50, .closed) == "1/1")
    #expect(text(49, .overdue(.answer)) == "0/1" && text(50, .overdue(.answer)) == "0/0")
    #expect(text(49, .onTime(.answer)) == "0/0" && text(50, .onTime(.answer)) == "1/1")
  }

  @Test func badRulesAreFound() throws {
    func opening(_ lead: String) -> CaseOpening {
      var opening = CaseSample.opening()
      opening.lead = CaseLead(unit: lead, tier: 1, isChosen: false)
      return opening
    }
    var kept = Story(opening("housing"))
    try kept.dispatch(after: 5)
    var returned = Story(opening("housing"))
    try returned.dispatch(after: 5)
    try returned.sendBack(after: 5)
    // The second order is nobody's proposal.
    try returned.dispatch(after: 5, to: CaseSample.power)
    try returned.sendBack(after: 5, from: CaseSample.power)
    var overruled = Story(opening("housing"))
    try overruled.dispatch(after: 5, to: CaseSample.power)
    var other = Story(opening("power-supply"))
    try other.dispatch(after: 5, to: CaseSample.power)
    let records = [
      StatisticsSample.record(1, kept.history, route: "covers"),
      StatisticsSample.record(2, returned.history, route: "covers"),
      StatisticsSample.record(3, overruled.history, route: "covers"), StatisticsSample.record(4, other.history),
      StatisticsSample.record(5, Story(opening("housing")).history, route: "never-ordered"),
    ]
    let routes = StatisticsSample.statistics(of: records).routes()
    #expect(routes.map(\.route.code) == ["rule/covers", "010301>power-supply"])
    let covers = try #require(routes.first)
    #expect(covers.ordered == 3 && covers.followed == 2 && covers.returned == 1 && covers.overruled == 1)
    #expect(covers.returnRate == 0.5 && covers.warning == .small)
  }

  @Test func aStationsKeeperIsAProposalToo() throws {
    var opening = CaseSample.opening()
    opening.lead = CaseLead(unit: "post", tier: 3, isChosen: false)
    var story = Story(opening)
    try story.dispatch(after: 5, to: CaseSample.station)
    let record = StatisticsSample.record(1, story.history, route: "keepers")
    #expect(StatisticsSample.statistics(of: [record]).routes().map(\.followed) == [0])
    #expect(StatisticsSample.statistics(of: [record]) { $0.stationTier = 3 }.routes().map(\.followed) == [1])
  }

  @Test func whatCannotBeReadIsSaid() throws {
    var story = Story()
    try story.dispatch(after: 5)
    var events = story.history.events
    events[0].number = 7
    let broken = StatisticsSample.record(12, CaseHistory(CaseSample.opening(), events: events))
    let statistics = StatisticsSample.statistics(of: [broken, Self.pending(1)])
    #expect(statistics.unreadable == 1 && statistics.firstUnreadable == 12)
    #expect(StatisticsSample.text(statistics.whole(), .received) == "1")
  }

  @Test func theOrderOfCasesDoesNotMatter() throws {
    var records = try CaseStatisticsTests.town()
    let statistics = StatisticsSample.statistics(of: records) { $0.dimensions = Set(CaseDimension.allCases) }
    var generator = SeededGenerator(7)
    for _ in 0..<20 {
      records.shuffle(using: &generator)
      let again = StatisticsSample.statistics(of: records) { $0.dimensions = Set(CaseDimension.allCases) }
      #expect(again.whole() == statistics.whole() && again.routes() == statistics.routes())
      for dimension in CaseDimension.allCases {
        #expect(again.groups(by: dimension) == statistics.groups(by: dimension))
      }
    }
  }
}
