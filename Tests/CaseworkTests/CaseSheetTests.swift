import Suggestions
import TestSupport
import Testing

import Casework

/// The sheet says what the records say, counted one by one.
struct CaseSheetTests {
  static let end = CaseSample.now + 100 * 86_400
  static let first = CivilTime(CaseSample.now).dayNumber

  static func sheet(of records: [CaseRecord], asOf: Int64 = end) -> CaseSheet {
    var sheet = CaseSheet(
      asOf: asOf, clocks: StatisticsSample.clocks, calendar: StatisticsSample.calendar, stationTier: 4)
    for record in records { sheet.add(record) }
    return sheet
  }

  static func records(_ count: Int, seed: UInt64) throws -> [CaseRecord] {
    var generator = SeededGenerator(seed)
    return try CaseStatisticsOracleTests.records(count, &generator).map { record in
      var record = record
      let region = ["430703003", "430702001", "430723"][generator.below(3)]
      if generator.below(4) > 0 { record.history.opening.regions = [region, String(region.prefix(6)), "4307"] }
      record.region = record.history.opening.regions.first
      record.channel = ["chat", "letter"][generator.below(2)]
      if generator.below(3) == 0 {
        record.submittedAt = record.receivedAt - Int64(generator.below(40)) * 86_400
        record.history.opening.submittedAt = record.submittedAt
      }
      record.isMerged = generator.below(20) == 0
      return record
    }
  }

  private static func scope(_ moment: CaseMoment, asOf: Int64 = end, lists: Bool = false) -> CaseStatistics.Scope {
    CaseStatistics.Scope(
      moment: moment, asOf: asOf, dimensions: Set(CaseDimension.allCases), listsSensitive: lists,
      area: { String($0.prefix(6)) }, topic: { String($0.prefix(2)) }, stationTier: 4)
  }

  private static func period(_ days: Range<Int>) -> Range<Int64> {
    WorkingCalendar.start(of: days.lowerBound)..<WorkingCalendar.start(of: days.upperBound)
  }

  private static func counted(_ records: [CaseRecord], _ scope: CaseStatistics.Scope) -> CaseStatistics {
    var statistics = CaseStatistics(scope, clocks: StatisticsSample.clocks, calendar: StatisticsSample.calendar)
    for record in records { statistics.add(record) }
    return statistics
  }

  private static func expectEqual(_ found: CaseStatistics, _ wanted: CaseStatistics) {
    for track in Track.allCases {
      #expect(found.whole(track) == wanted.whole(track))
      for dimension in CaseDimension.allCases {
        #expect(found.groups(by: dimension, track) == wanted.groups(by: dimension, track), "\(dimension)")
      }
      #expect(found.routes(track) == wanted.routes(track))
    }
    #expect(found.unreadable == wanted.unreadable && found.firstUnreadable == wanted.firstUnreadable)
  }

  @Test(arguments: [1, 2, 3] as [UInt64], CaseMoment.allCases)
  func figuresAreThoseOfTheRecords(_ seed: UInt64, _ moment: CaseMoment) throws {
    let records = try Self.records(150, seed: seed)
    for asOf in [Self.end, CaseSample.now + 30 * 86_400] {
      let sheet = Self.sheet(of: records, asOf: asOf)
      for days in [nil, Self.first..<Self.first + 31, Self.first - 20..<Self.first + 3] {
        for lists in [false, true] {
          var scope = Self.scope(moment, asOf: asOf, lists: lists)
          scope.period = days.map(Self.period)
          Self.expectEqual(sheet.statistics(scope, days: days), Self.counted(records, scope))
        }
      }
    }
  }

  /// Nobody's figures hold a case that ``AccessRule`` keeps from them, states aside.
  @Test func aReachHasWhatTheRoleMaySee() throws {
    let records = try Self.records(200, seed: 7)
    let sheet = Self.sheet(of: records)
    let actors: [[CaseActor]] = [
      [CaseActor(name: "a", role: .moderator)],
      [CaseActor(name: "a", role: .lead, tracks: Set(Track.allCases))],
      [CaseActor(name: "a", role: .supervisor, regions: ["430702"], tracks: [.ordinary])],
      [CaseActor(name: "a", role: .departmentHead, tracks: Set(Track.allCases), handler: CaseSample.power)],
      [CaseActor(name: "a", role: .departmentHead, regions: ["430703"], handler: CaseSample.housing)],
      [
        CaseActor(name: "a", role: .moderator, regions: ["430723"]),
        CaseActor(name: "a", role: .departmentHead, tracks: [.sensitive], handler: CaseSample.housing),
      ],
      [CaseActor(name: "a", role: .administrator, tracks: Set(Track.allCases))],
      [CaseActor(name: "a", role: .reporter)],
    ]
    let roles: Set<CaseRole> = [.moderator, .lead, .supervisor, .departmentHead, .administrator]
    for own in actors {
      let reach = CaseReach(own, as: roles)
      let seen = try records.filter { record in
        var outline = try record.history.outline()
        if record.track == .sensitive { outline.track = .sensitive }
        return own.filter { roles.contains($0.role) }.maySee(outline)
      }
      let scope = Self.scope(.received)
      let (found, wanted) = (sheet.statistics(scope, days: nil, reach: reach), Self.counted(seen, scope))
      Self.expectEqual(found, wanted)
      let days = Self.first - 50..<Self.first + 100
      for track in Track.allCases {
        let received = sheet.flow(days, track, by: .received, reach: reach).reduce(0) { $0 + $1.received }
        #expect("\(received)" == StatisticsSample.text(wanted.whole(track), .received))
      }
    }
    #expect(CaseReach([CaseActor(name: "a", role: .reporter)], as: roles).tracks.isEmpty)
    #expect(CaseReach(actors[6], as: roles).tracks == [.ordinary])
    #expect(CaseReach(actors[3], as: roles).unit == CaseSample.power)
    #expect(CaseReach(actors[5], as: roles).unit == nil)
  }

  /// Behind each figure stand as many cases as it says.
  @Test func listsAddUpToTheirFigures() throws {
    let sheet = Self.sheet(of: try Self.records(150, seed: 11))
    let scope = Self.scope(.received, lists: true)
    let statistics = sheet.statistics(scope, days: nil)
    for figure in statistics.whole() where figure.indicator != .submissions && figure.indicator != .support {
      var filter = CaseSheetFilter()
      filter.indicator = figure.indicator
      let (cases, total) = sheet.list(filter, scope, reach: .everything, after: 0, limit: .max)
      #expect(cases.count == total && cases.map(\.id) == cases.map(\.id).sorted())
      if figure.indicator.unit == .share {
        #expect(cases.reduce(0) { $0 + ($1.parts ?? 0) } == figure.numerator, "\(figure.indicator)")
      }
      let wholes = cases.reduce(0) { $0 + ($1.wholes ?? 0) }
      #expect(wholes == figure.denominator ?? figure.numerator, "\(figure.indicator)")
      filter.isPart = true
      #expect(sheet.list(filter, scope, reach: .everything, after: 0, limit: 0).total
        == cases.count { $0.parts ?? 0 > 0 })
    }
    for dimension in [CaseDimension.topic, .area, .station, .channel, .department] {
      for group in statistics.groups(by: dimension) {
        var filter = CaseSheetFilter()
        let key = group.key ?? ""
        switch dimension {
        case .topic: filter.topic = key
        case .area: filter.area = key
        case .station: filter.station = key
        case .channel: filter.channel = key
        default: filter.unit = key
        }
        let wanted = StatisticsSample.text(group.figures, .received)
        #expect("\(sheet.list(filter, scope, reach: .everything, after: 0, limit: 0).total)" == wanted, "\(dimension)")
        filter.indicator = .onTime(.answer)
        let cases = sheet.list(filter, scope, reach: .everything, after: 0, limit: .max).cases
        let parts = cases.reduce(0) { $0 + ($1.parts ?? 0) }
        let wholes = cases.reduce(0) { $0 + ($1.wholes ?? 0) }
        #expect("\(parts)/\(wholes)" == StatisticsSample.text(group.figures, .onTime(.answer)))
      }
    }
    var filter = CaseSheetFilter()
    filter.topic = "nobody's"
    #expect(sheet.list(filter, scope, reach: .everything, after: 0, limit: 9).total == 0)
  }

  @Test func pagesOfAListFollowEachOther() throws {
    let sheet = Self.sheet(of: (1...7).map { CaseStatisticsScopeTests.pending($0) })
    let scope = Self.scope(.received)
    let first = sheet.list(CaseSheetFilter(), scope, reach: .city, after: 0, limit: 3)
    #expect(first.cases.map(\.id) == [1, 2, 3] && first.total == 7)
    #expect(sheet.list(CaseSheetFilter(), scope, reach: .city, after: 3, limit: 9).cases.map(\.id) == [4, 5, 6, 7])
  }

  /// Against the fold of what had happened by the end of each day.
  @Test func flowAndBacklogAreThoseOfTheHistories() throws {
    let records = try Self.records(120, seed: 23)
    let sheet = Self.sheet(of: records)
    let days = Self.first - 2..<Self.first + 70
    let flow = sheet.flow(days, .ordinary, by: .received, reach: .city)
    var closed = 0
    for day in days {
      let end = WorkingCalendar.start(of: day + 1) - 1
      var ages = [Int](repeating: 0, count: CaseSheet.ages.count)
      var closings = 0
      for record in records where !record.isMerged {
        let now = try record.history.file()
        guard now.state != .merged, record.track == .ordinary, now.track == .ordinary else { continue }
        let standing = try record.history.standingEvents()
        closings += standing.count {
          CivilTime($0.at).dayNumber == day && [.closed, .archived].contains($0.after) && CaseSheet.isOpen($0.before)
        }
        let last = standing.last { $0.at <= end }
        guard record.receivedAt <= end, CaseSheet.isOpen(last?.after ?? .pending) else { continue }
        let age = day - CivilTime(record.receivedAt).dayNumber
        ages[CaseSheet.ages.firstIndex { $0.contains(age) } ?? 0] += 1
      }
      #expect(sheet.openAges(atEndOf: day, .ordinary, by: .received, reach: .city) == ages, "\(day)")
      #expect(flow[day - days.lowerBound].closed == closings, "\(day)")
      closed += closings
      var filter = CaseSheetFilter()
      filter.openOn = day
      filter.age = CaseSheet.ages[2]
      #expect(sheet.list(filter, Self.scope(.received), reach: .city, after: 0, limit: 0).total == ages[2])
    }
    #expect(closed > 5)
  }

  @Test func topicsByAreasAreOrdinaryOnly() {
    let records = [
      CaseStatisticsScopeTests.pending(1), CaseStatisticsScopeTests.pending(2, topic: "010302"),
      CaseStatisticsScopeTests.pending(3, topic: ""), CaseStatisticsScopeTests.pending(4, regions: []),
      CaseStatisticsScopeTests.pending(5, track: .sensitive),
    ]
    let crossings = Self.sheet(of: records).crossings(Self.scope(.received), days: nil, reach: .everything)
    let found = crossings.map { "\($0.topic ?? "-") \($0.area ?? "-") \($0.cases)" }
    #expect(found == ["01 430703 2", "01 - 1", "- 430703 1"])
  }

  @Test func whatCannotBeReadIsCounted() {
    var broken = CaseStatisticsScopeTests.pending(5)
    broken.history.append(
      CaseEvent(
        number: 1, actor: "a", role: .lead, at: CaseSample.now, action: .sign, before: .dispatched, after: .signed))
    let records = [CaseStatisticsScopeTests.pending(1), broken]
    let sheet = Self.sheet(of: records)
    #expect(sheet.count == 1)
    var scope = Self.scope(.received)
    for (days, unreadable) in [(Self.first..<Self.first + 1, 1), (Self.first + 1..<Self.first + 2, 0)] {
      scope.period = Self.period(days)
      let found = sheet.statistics(scope, days: days)
      #expect(found.unreadable == unreadable && found.firstUnreadable == (unreadable > 0 ? 5 : nil))
      Self.expectEqual(found, Self.counted(records, scope))
    }
  }

  @Test func spansLeaveOutSlipsOfThePen() {
    let sheet = Self.sheet(of: [
      CaseStatisticsScopeTests.pending(1), CaseStatisticsScopeTests.pending(2, submitted: Self.end + 900 * 86_400),
    ])
    #expect(sheet.span(.received, reach: .city) == Self.first...Self.first)
    #expect(sheet.span(.submitted, reach: .city) == Self.first...Self.first)
    #expect(Self.sheet(of: []).span(.received, reach: .city) == nil)
  }

  /// Cases written before they were taken in were waited for already.
  @Test func byWhenTheyWereWritten() {
    let sheet = Self.sheet(of: [
      CaseStatisticsScopeTests.pending(1, submitted: CaseSample.now - 5 * 86_400), CaseStatisticsScopeTests.pending(2),
    ])
    let day = Self.first - 3
    #expect(sheet.openAges(atEndOf: day, .ordinary, by: .submitted, reach: .city).reduce(0, +) == 1)
    #expect(sheet.openAges(atEndOf: day, .ordinary, by: .received, reach: .city).reduce(0, +) == 0)
    #expect(sheet.lastWritten(reach: .city) == Self.first - 5)
    #expect(Self.sheet(of: [CaseStatisticsScopeTests.pending(2)]).lastWritten(reach: .city) == nil)
  }
}
