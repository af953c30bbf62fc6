import Suggestions
import TestSupport
import Testing

import Casework

/// Figures of random cases against an oracle that folds nothing: it strikes out of each history what never was and
/// looks for what comes next.
struct CaseStatisticsOracleTests {
  /// Cases people acted on at random, as far as the table lets them.
  static func records(_ count: Int, _ generator: inout SeededGenerator) throws -> [CaseRecord] {
    try (1...count).map { id in
      var opening = CaseSample.opening(
        generator.element(of: Kind.allCases), generator.below(6) == 0 ? .sensitive : .ordinary)
      opening.receivedAt += Int64(generator.below(60)) * 86_400
      opening.lead = CaseLead(unit: generator.below(2) == 0 ? "housing" : "power-supply", tier: 1, isChosen: false)
      var history = CaseHistory(opening)
      var moment = opening.receivedAt
      for _ in 0..<generator.below(50) { try act(on: &history, after: &moment, &generator) }
      return StatisticsSample.record(
        id, history, submissions: 1 + generator.below(3), isDiscovered: [nil, true, false][generator.below(3)],
        route: generator.below(2) == 0 ? "r\(generator.below(3))" : nil)
    }
  }

  private static let rare: Set<CaseAction> = [
    .merge, .archive, .note, .urge, .supervise, .endSupervision, .claim, .release, .snooze, .wake, .askWriter,
    .resume, .shortlist, .score, .assist, .witness, .releaseContact, .correct, .divert, .split,
  ]

  private static func act(
    on history: inout CaseHistory, after last: inout Int64, _ generator: inout SeededGenerator
  ) throws {
    let moment = last + (generator.below(30) == 0 ? 90_000 : [0, 30, 60, 300, 1_200][generator.below(5)])
    let file = try history.file()
    let unit = generator.below(2) == 0 ? CaseSample.power : CaseSample.housing
    let actor = CaseSample.actor(
      generator.element(of: CaseRole.allCases), name: "actor", handler: generator.below(8) == 0 ? unit : file.handler)
    let circumstances = CaseCircumstances(limits: CaseLimits(mostReturns: 9))
    var details = CaseSample.details
    details.handler = unit
    details.until = moment + 600
    details.undoes = file.lastDecision?.number
    details.callBack = CallBackResult(
      isSolved: generator.element(of: CallBackResult.Answer.allCases),
      isSatisfied: generator.element(of: CallBackResult.Answer.allCases))
    var offered = CaseLifecycle.actions(on: file, by: actor, at: moment, in: circumstances).map(\.action)
    let likely = offered.filter { !rare.contains($0) }
    if !likely.isEmpty, generator.below(6) > 0 { offered = likely }
    guard !offered.isEmpty else { return }
    let request = CaseRequest(generator.element(of: offered), at: moment, details: details)
    if case .success(let step) = CaseLifecycle.outcome(of: request, on: file, by: actor, in: circumstances) {
      history.append(step.event)
      last = moment
    }
  }

  /// One case, its history without what never was.
  struct Plain {
    var record: CaseRecord
    var acts: [CaseEvent]
    /// Where it stands, recalled orders and parted merges included.
    var state: CaseState

    init(_ record: CaseRecord) {
      self.record = record
      let undone = Set(record.history.events.compactMap { $0.action == .undo ? $0.details.undoes : nil })
      acts = record.history.events.filter { $0.action != .undo && !undone.contains($0.number) }
      state = acts.last { $0.before != $0.after }?.after ?? .pending
      strike(.merge, .unmerge)
      // Taking back an order after a merge was parted takes back nothing.
      acts.removeAll { $0.action == .recall && $0.before == $0.after }
      strike(.dispatch, .recall)
      strike(.adjudicate, .recall)
      strike(.reject, .reconsider)
    }

    /// Removes each pair of an act and what took it back.
    private mutating func strike(_ act: CaseAction, _ taking: CaseAction) {
      var index = 0
      while index < acts.count {
        let lastOrder = acts[..<index].lastIndex {
          taking == .recall ? [.dispatch, .adjudicate].contains($0.action) : $0.action == act
        }
        if acts[index].action == taking, let lastOrder, acts[lastOrder].action == act {
          acts.remove(at: index)
          acts.remove(at: lastOrder)
          index -= 1
        } else {
          index += 1
        }
      }
    }

    var kind: Kind { record.history.opening.kind }
    var asks: Bool { ![.contribution, .praise].contains(kind) }
    var track: Track { acts.contains { $0.action == .divert } ? .sensitive : record.track }
    var isOrder: (CaseEvent) -> Bool { { [.dispatch, .adjudicate].contains($0.action) } }

    /// The acts after each beginning of a round: the first, and each reopening.
    var rounds: [(start: Int64, hasUnit: Bool, acts: [CaseEvent])] {
      var rounds: [(start: Int64, hasUnit: Bool, acts: [CaseEvent])] = [(record.receivedAt, false, [])]
      var unit: CaseHandler?
      for act in acts {
        if isOrder(act) { unit = act.details.handler }
        if act.action == .sendBack { unit = nil }
        if act.action == .reopen {
          rounds.append((act.at, unit != nil, []))
        } else {
          rounds[rounds.count - 1].acts.append(act)
        }
      }
      return rounds
    }

    /// The answer that stood at the end of a round.
    static func answer(_ acts: [CaseEvent]) -> Int64? {
      let last = acts.last { [.answer, .reply, .refuseAnswer].contains($0.action) }
      return last.flatMap { $0.action == .refuseAnswer ? nil : $0.at }
    }

    /// From when to when each clock that was stopped ran.
    func stopped(_ clock: ClockKind) -> [(from: Int64, until: Int64)] {
      guard asks else { return [] }
      return rounds.enumerated().flatMap { number, round -> [(from: Int64, until: Int64)] in
        let firstOrder = round.hasUnit ? round.start : round.acts.first(where: isOrder)?.at
        switch clock {
        case .dispatch:
          let rejected = round.acts.first { $0.action == .reject }?.at
          let stops = [firstOrder, rejected, Plain.answer(round.acts)].compactMap(\.self)
          guard let stop = stops.min(), number == 0 || stop > round.start else { return [] }
          return [(round.start, stop)]
        case .answer:
          guard let firstOrder, let answer = Plain.answer(round.acts), answer >= firstOrder else { return [] }
          return [(firstOrder, answer)]
        case .sign:
          var found: [(Int64, Int64)] = []
          var start = round.hasUnit ? round.start : nil
          for act in round.acts {
            if isOrder(act) { start = act.at }
            if [.sign, .sendBack].contains(act.action), let from = start {
              found.append((from, act.at))
              start = nil
            }
          }
          return found
        default: return []
        }
      }
    }
  }

  private static let allowed: [(ClockKind, Int64)] = [(.dispatch, 3_600), (.sign, 1_800), (.answer, 7_200)]

  /// `part/whole` of some indicators.
  static func oracle(_ cases: [Plain]) -> [(CaseIndicator, String)] {
    let cases = cases.filter { $0.state != .merged }
    let asking = cases.filter(\.asks)
    func ratio(_ all: [Bool]) -> String { "\(all.count(where: { $0 }))/\(all.count)" }
    let isRejected = { (one: Plain) in
      [.rejected, .archived].contains(one.state) && one.acts.contains { $0.action == .reject }
    }
    let isClosed = { (one: Plain) in [.closed, .archived].contains(one.state) }
    let isOrder = { (act: CaseEvent) in [.dispatch, .adjudicate].contains(act.action) }
    let calls = cases.flatMap { one in
      one.rounds.compactMap { $0.acts.last { $0.action == .callBack }?.details.callBack }
    }
    let returned = cases.flatMap { one in
      one.acts.indices.filter { isOrder(one.acts[$0]) }.map { index in
        one.acts[(index + 1)...].first { isOrder($0) || $0.action == .sendBack }?.action == .sendBack
      }
    }
    let reopened = asking.flatMap { one in
      one.acts.indices.filter { [.close, .thank].contains(one.acts[$0].action) }.map { index in
        one.acts[(index + 1)...].contains { $0.action == .reopen }
          && one.acts[(index + 1)...].first { [.close, .thank, .reopen].contains($0.action) }?.action == .reopen
      }
    }
    var expected: [(CaseIndicator, String)] = [
      (.received, "\(cases.count)"), (.submissions, "\(cases.reduce(0) { $0 + $1.record.submissions })"),
      (.contributions, "\(cases.count { $0.kind == .contribution })"),
      (.dispatched, ratio(asking.map { $0.acts.contains(where: isOrder) })), (.rejected, ratio(asking.map(isRejected))),
      (.closed, ratio(asking.filter { !isRejected($0) }.map(isClosed))), (.returned, ratio(returned)),
      (.reopened, ratio(reopened)),
      (.solved, ratio(calls.map(\.isSolved).filter { $0 != .unknown }.map { $0 == .yes })),
      (.satisfied, ratio(calls.map(\.isSatisfied).filter { $0 != .unknown }.map { $0 == .yes })),
      (.solvedResponse, ratio(calls.map { $0.isSolved != .unknown })),
      (.satisfiedResponse, ratio(calls.map { $0.isSatisfied != .unknown })),
      (.discovered, ratio(asking.compactMap(\.record.isDiscovered))),
    ]
    for (clock, most) in allowed {
      let runs = cases.flatMap { $0.stopped(clock) }.map { $0.until - $0.from }
      expected.append((.onTime(clock), ratio(runs.map { $0 <= most })))
      expected.append((.usedMean(clock), "\(runs.reduce(0, +))/\(runs.count)"))
    }
    return expected
  }

  @Test func figuresAreThoseOfTheOracle() throws {
    var generator = SeededGenerator(5_8)
    let records = try Self.records(900, &generator)
    let statistics = StatisticsSample.statistics(of: records, asOf: CaseSample.now + 1_000 * 86_400)
    let plain = records.map { Plain($0) }
    for track in Track.allCases {
      let figures = statistics.whole(track)
      for (indicator, text) in Self.oracle(plain.filter { $0.track == track }) {
        #expect(StatisticsSample.text(figures, indicator) == text, "\(track.code) \(indicator.code)")
      }
    }
    // The oracle had something to say.
    let whole = statistics.whole()
    for indicator in [CaseIndicator.returned, .reopened, .satisfied, .rejected, .onTime(.sign), .onTime(.answer)] {
      let figure = try #require(whole.first { $0.indicator == indicator })
      #expect(figure.numerator > 10 && figure.numerator < figure.denominator ?? 0, "\(indicator.code)")
    }
  }

  @Test func quantilesAreThoseOfTheOracle() throws {
    var generator = SeededGenerator(9)
    let records = try Self.records(400, &generator).filter { $0.track == .ordinary }
    let plain = records.map { Plain($0) }.filter { $0.state != .merged && $0.track == .ordinary }
    let whole = StatisticsSample.statistics(of: records, asOf: CaseSample.now + 1_000 * 86_400).whole()
    for (clock, _) in Self.allowed {
      let runs = plain.flatMap { $0.stopped(clock) }.map { $0.until - $0.from }
      for (indicator, share) in [(CaseIndicator.usedMedian(clock), 0.5), (.usedP90(clock), 0.9)] {
        // The smallest time that the share of all times does not exceed.
        let expected = runs.filter { run in Double(runs.count { $0 <= run }) >= share * Double(runs.count) }.min()
        #expect(StatisticsSample.value(whole, indicator) == expected.map { Double($0) }, "\(indicator.code)")
      }
    }
  }

  /// With the clocks and the calendar that are shipped, pauses, caps and windows too.
  @Test func openClocksAreThoseOfTheReadings() throws {
    var generator = SeededGenerator(17)
    let records = try Self.records(150, &generator)
    let (clocks, calendar) = (try ClockSample.clocks(), try ClockSample.calendar())
    let moment = CaseSample.now + 40 * 86_400
    var statistics = CaseStatistics(CaseStatistics.Scope(asOf: moment), clocks: clocks, calendar: calendar)
    var expected: [CaseIndicator: (overdue: Int, open: Int)] = [:]
    for record in records where record.receivedAt <= moment && record.history.events.allSatisfy({ $0.at <= moment }) {
      statistics.add(record)
      let file = try record.history.file()
      guard file.state != .merged, file.track == .ordinary else { continue }
      for reading in clocks.readings(of: file, on: calendar, asOf: moment) where !reading.rule.kind.isWindow {
        guard [.running, .paused, .overdue].contains(reading.status) else { continue }
        expected[.overdue(reading.rule.kind), default: (0, 0)].open += 1
        if reading.status == .overdue { expected[.overdue(reading.rule.kind), default: (0, 0)].overdue += 1 }
      }
    }
    #expect(expected.count >= 4)
    for (indicator, count) in expected {
      let text = "\(count.overdue)/\(count.open)"
      #expect(StatisticsSample.text(statistics.whole(), indicator) == text, "\(indicator.code)")
    }
  }

  /// Seen at an earlier moment a case is what it was then.
  @Test func anEarlierMomentIsAShorterHistory() throws {
    var generator = SeededGenerator(11)
    let records = try Self.records(120, &generator)
    for day in [1, 5, 20, 61, 90] {
      let moment = CaseSample.now + Int64(day) * 86_400
      let earlier = records.filter { $0.receivedAt <= moment }.map { record in
        var record = record
        record.history = CaseHistory(record.history.opening, events: record.history.events.filter { $0.at <= moment })
        return record
      }
      #expect(
        StatisticsSample.statistics(of: records, asOf: moment).whole()
          == StatisticsSample.statistics(of: earlier, asOf: moment).whole(), "day \(day)")
    }
  }

  /// Nothing is lost between groups, whatever they are made by.
  @Test func groupsAddUp() throws {
    var generator = SeededGenerator(13)
    let records = try Self.records(300, &generator)
    let statistics = StatisticsSample.statistics(of: records) {
      $0.dimensions = Set(CaseDimension.allCases)
      $0.listsSensitive = true
    }
    for track in Track.allCases {
      for dimension in CaseDimension.allCases {
        let groups = statistics.groups(by: dimension, track)
        #expect(!groups.isEmpty)
        for (slot, figure) in statistics.whole(track).enumerated() {
          let parts = groups.map { $0.figures[slot] }
          #expect(parts.reduce(0) { $0 + ($1.denominator ?? 0) } == figure.denominator ?? 0)
          // Ranks do not add up.
          if figure.indicator.unit != .seconds {
            #expect(parts.reduce(0) { $0 + $1.numerator } == figure.numerator, "\(figure.indicator.code)")
          }
        }
      }
    }
  }
}
