import Suggestions
import Testing

import Casework

/// What a reading says beside its due moment.
struct ClockReadingTests {
  static func reading(
    _ rule: ClockRule, _ moments: [ClockMoment: String], asOf: String, pauses: [ClockPause] = []
  ) throws -> ClockReading {
    var file = try ClockSample.file(moments)
    file.pauses = pauses
    return ClockReading(
      of: rule, set: "s", in: file, on: try ClockSample.calendar(), asOf: try ClockSample.at(asOf))
  }

  static let twoDays = ClockRule(
    .answer, within: Allowance(2, .workingDays), start: .dispatched, stops: [.answered], begins: .nextWorkingDay,
    pauses: [.writer: Allowance(1, .workingDays)])

  @Test func statuses() throws {
    func status(_ moments: [ClockMoment: String], _ asOf: String, kind: ClockKind = .answer) throws -> String {
      var rule = Self.twoDays
      rule.kind = kind
      return try Self.reading(rule, moments, asOf: asOf).status.code
    }
    let start: [ClockMoment: String] = [.dispatched: "2025-07-01T10:00"]
    #expect(try status([:], "2025-07-01T10:00") == "waiting")
    #expect(try status(start, "2025-07-03T23:59") == "running")
    #expect(try status(start, "2025-07-04T00:00") == "running")
    #expect(try status(start, "2025-07-04T00:01") == "overdue")
    #expect(try status(start, "2025-07-04T00:01", kind: .sendBack) == "lapsed")
    #expect(try status(start.merging([.answered: "2025-07-04T00:00"]) { $1 }, "2025-07-09T00:00") == "met")
    #expect(try status(start.merging([.answered: "2025-07-04T00:01"]) { $1 }, "2025-07-09T00:00") == "missed")
    #expect(try status(start.merging([.closed: "2025-07-02T00:00"]) { $1 }, "2025-07-09T00:00") == "ended")
    // Answered in an earlier round, before this order.
    #expect(try status(start.merging([.answered: "2025-06-30T00:00"]) { $1 }, "2025-07-02T00:00") == "running")
  }

  @Test func explainsEverySpan() throws {
    // From a Friday over a weekend and the two days before the Spring Festival of 2025, with a Sunday made up.
    var rule = Self.twoDays
    rule.within = Allowance(4, .workingDays)
    let reading = try Self.reading(
      rule, [.dispatched: "2025-01-24T16:00"], asOf: "2025-02-05T12:00",
      pauses: [
        ClockPause(.writer, from: try ClockSample.at("2025-01-27T09:00"), until: try ClockSample.at("2025-01-27T15:00"))
      ])
    #expect(
      ClockSample.lines(reading) == [
        "2025-01-24T16:00 2025-01-26T00:00 not-begun",
        "2025-01-26T00:00 2025-01-27T00:00 counted-made-up 春节",
        "2025-01-27T00:00 2025-01-27T09:00 counted",
        "2025-01-27T09:00 2025-01-27T15:00 paused-writer",
        "2025-01-27T15:00 2025-01-28T00:00 counted",
        "2025-01-28T00:00 2025-02-05T00:00 holiday 春节",
        "2025-02-05T00:00 2025-02-05T12:00 counted",
        "2025-02-05T12:00 2025-02-07T06:00 counted …",
      ])
    #expect(ClockSample.text(reading.due) == "2025-02-07T06:00")
    #expect(reading.used == (24 + 18 + 12) * 3600 && reading.left == 42 * 3600 && reading.overdue == 0)
  }

  @Test func nightsAreSkipped() throws {
    let rule = ClockRule(
      .dispatch, within: Allowance(4, .workingHours), start: .received, stops: [.dispatched], begins: .workingMoment)
    let reading = try Self.reading(rule, [.received: "2025-07-04T20:00"], asOf: "2025-07-07T18:00")
    #expect(
      ClockSample.lines(reading) == [
        "2025-07-04T20:00 2025-07-07T08:30 not-begun",
        "2025-07-07T08:30 2025-07-07T12:00 counted",
        "2025-07-07T12:00 2025-07-07T14:30 night",
        "2025-07-07T14:30 2025-07-07T15:00 counted",
        "2025-07-07T15:00 2025-07-07T17:30 counted",
        "2025-07-07T17:30 2025-07-07T18:00 night",
      ])
    #expect(reading.used == 23_400 && reading.overdue == 9_000 && reading.status == .overdue)
  }

  @Test func aPauseThatLastsIsShownToItsCap() throws {
    let pause = ClockPause(.writer, from: try ClockSample.at("2025-07-02T12:00"))
    func reading(_ asOf: String) throws -> ClockReading {
      try Self.reading(Self.twoDays, [.dispatched: "2025-07-01T10:00"], asOf: asOf, pauses: [pause])
    }
    #expect(try reading("2025-07-02T13:00").status == .paused)
    #expect(try reading("2025-07-03T13:00").status == .running)
    #expect(ClockSample.text(try reading("2025-07-02T13:00").due) == "2025-07-05T00:00")
    #expect(try reading("2025-07-02T13:00").left == 36 * 3600)
  }

  @Test func theArticleInItsClocks() throws {
    let clocks = try ClockSample.clocks()
    var file = try ClockSample.file(
      [
        .submitted: "2025-07-01T10:00", .received: "2025-07-01T10:01", .dispatched: "2025-07-01T10:12",
        .assigned: "2025-07-01T10:12", .signed: "2025-07-01T10:15", .arrived: "2025-07-01T10:40",
        .resolved: "2025-07-01T12:35",
      ])
    file.urgency = .danger
    let readings = clocks.readings(
      of: file, on: try ClockSample.calendar(), asOf: try ClockSample.at("2025-07-01T12:40"))
    let said = readings.map { "\($0.rule.kind.code) \($0.set) \($0.status.code) \($0.used / 60)" }
    #expect(
      said == [
        "dispatch changde-danger met 11", "sign changde-danger met 3", "arrive changde-danger met 28",
        "resolve changde-danger met 115", "answer changde-danger running 148", "return changde-danger lapsed 148",
        "whole changde-danger met 155",
      ])
  }

  @Test func clocksOfAUnitEndWithItsOrder() throws {
    var file = try ClockSample.file(
      [
        .received: "2025-07-01T09:00", .dispatched: "2025-07-01T10:00", .assigned: "2025-07-01T10:00",
        .returned: "2025-07-01T15:00",
      ], state: .returned)
    file.pauses = [ClockPause(.returned, from: try ClockSample.at("2025-07-01T15:00"))]
    let readings = try ClockSample.clocks().readings(
      of: file, on: try ClockSample.calendar(), asOf: try ClockSample.at("2025-07-02T10:00"))
    func status(_ kind: ClockKind) -> ClockReading.Status? { readings.first { $0.rule.kind == kind }?.status }
    #expect(status(.sign) == .met && status(.sendBack) == .met)
    #expect(status(.resolve) == .paused && status(.answer) == .paused)
  }

  @Test func theMostExactSetWins() throws {
    let clocks = try ClockSample.clocks()
    func sets(_ kind: Kind, _ urgency: Urgency = .ordinary, _ track: Track = .ordinary) throws -> [String] {
      var file = try ClockSample.file([.received: "2025-07-01T09:00"], kind: kind)
      (file.urgency, file.track) = (urgency, track)
      return clocks.rules(for: file).map { "\($0.rule.kind.code) \($0.set.id)" }
    }
    #expect(try sets(.contribution).isEmpty && sets(.praise).isEmpty)
    #expect(try sets(.idea, .idea) == ["dispatch ideas", "sign ideas", "answer ideas", "return ideas"])
    #expect(try sets(.fault, .danger).allSatisfy { $0.hasSuffix("changde-danger") })
    #expect(try sets(.fault, .outage).contains("resolve changde-outage"))
    #expect(try sets(.idea, .ordinary, .sensitive).contains("answer changde-sensitive"))
    var beijing = clocks
    beijing.inForce = ["beijing"]
    var file = try ClockSample.file([.received: "2025-07-01T09:00"], kind: .idea)
    #expect(beijing.rules(for: file).map(\.set.id) == ["beijing-ordinary", "beijing-idea"])
    // Before the standard was in force.
    file.moments[.received] = try ClockSample.at("2022-12-31T09:00")
    #expect(beijing.rules(for: file).isEmpty)
  }

  @Test func aDistrictsOwnRuleAndOneTopicGoFirst() throws {
    func rule(_ hours: Int) -> ClockRule {
      ClockRule(.answer, within: Allowance(hours, .hours), start: .dispatched, stops: [.answered])
    }
    var city = ClockSet(id: "city", rules: [rule(9)])
    city.kinds = [.fault]
    var district = ClockSet(id: "district", rules: [rule(8)])
    district.regions = ["430703"]
    var street = ClockSet(id: "street", rules: [rule(7)])
    street.regions = ["430703003"]
    var topic = ClockSet(id: "topic", rules: [rule(6)])
    topic.topics = ["0103"]
    var manhole = ClockSet(id: "manhole", rules: [rule(5)])
    manhole.topics = ["010301"]
    let file = try ClockSample.file([.received: "2025-07-01T09:00"])
    var sets = [city, district, street, topic, manhole]
    while let last = sets.last {
      #expect(ClockBook(inForce: [""], sets: sets).rules(for: file).first?.set.id == last.id)
      sets.removeLast()
    }
  }
}
