import Suggestions

import Casework

/// Records and clocks whose figures can be counted by hand: every clock runs by the clock on the wall.
enum StatisticsSample {
  static let clocks = ClockBook(
    inForce: [""],
    sets: [
      ClockSet(
        id: "wall",
        rules: [
          ClockRule(
            .dispatch, within: Allowance(60, .minutes), start: .received,
            stops: [.dispatched, .rejected, .merged, .answered]),
          ClockRule(.sign, within: Allowance(30, .minutes), start: .assigned, stops: [.signed, .returned]),
          ClockRule(.sendBack, within: Allowance(7, .days), start: .assigned, stops: [.returned]),
          ClockRule(.answer, within: Allowance(2, .hours), start: .dispatched, stops: [.answered]),
        ])
    ])

  static let calendar = WorkingCalendar(CalendarBook())

  static func record(
    _ id: Int, _ history: CaseHistory, submissions: Int = 1, support: Int = 1, isMerged: Bool = false,
    isDiscovered: Bool? = nil, channel: String = "chat", route: String? = nil
  ) -> CaseRecord {
    let opening = history.opening
    return CaseRecord(
      id: id, history: history, region: opening.regions.first, topic: opening.topic, lead: opening.lead?.unit,
      station: opening.station, channel: channel, route: route, track: opening.track, support: support,
      submissions: submissions, isMerged: isMerged, isDiscovered: isDiscovered, receivedAt: opening.receivedAt,
      submittedAt: opening.submittedAt)
  }

  static func statistics(
    of records: [CaseRecord], asOf: Int64 = CaseSample.now + 100 * 86_400,
    _ fill: (inout CaseStatistics.Scope) -> Void = { _ in }
  ) -> CaseStatistics {
    var scope = CaseStatistics.Scope(asOf: asOf)
    fill(&scope)
    var statistics = CaseStatistics(scope, clocks: clocks, calendar: calendar)
    for record in records { statistics.add(record) }
    return statistics
  }

  /// `2/3`, of a count `2`.
  static func text(_ figures: [CaseFigure], _ indicator: CaseIndicator) -> String {
    guard let figure = figures.first(where: { $0.indicator == indicator }) else { return "none" }
    return String(figure.numerator) + (figure.denominator.map { "/\($0)" } ?? "")
  }

  static func value(_ figures: [CaseFigure], _ indicator: CaseIndicator) -> Double? {
    figures.first { $0.indicator == indicator }?.value
  }

  static func minutes(_ figures: [CaseFigure], _ indicator: CaseIndicator) -> Double? {
    value(figures, indicator).map { $0 / 60 }
  }
}

extension CaseHistoryTests.Story {
  mutating func dispatch(after minutes: Int64, to handler: CaseHandler = CaseSample.housing) throws {
    try act(.dispatch, .moderator, after: minutes) {
      $0.handler = handler
      $0.reason = "重派"
    }
  }

  mutating func sendBack(after minutes: Int64, from handler: CaseHandler = CaseSample.housing) throws {
    try act(.sendBack, .department, after: minutes, handler: handler) { $0 = CaseSample.details }
  }

  /// Signed, mended, answered after so many minutes each, told and closed at once.
  mutating func handle(sign: Int64, answer: Int64, by handler: CaseHandler = CaseSample.housing) throws {
    try act(.sign, .department, after: sign, handler: handler)
    if try file.kind == .fault {
      try act(.resolve, .department, after: 0, handler: handler) { $0.proofs = ["after.jpg"] }
    }
    try act(.answer, .department, after: answer, handler: handler) {
      $0.text = "已修好"
      $0.outcome = .solved
    }
    try act(.tell, .system, after: 0) { $0.text = "已修好" }
    try act(.close, .moderator, after: 0)
  }

  mutating func callBack(_ solved: CallBackResult.Answer, _ satisfied: CallBackResult.Answer) throws {
    try act(.callBack, .moderator, after: 60) {
      $0.callBack = CallBackResult(isSolved: solved, isSatisfied: satisfied)
    }
  }

  mutating func undo() throws {
    let last = try file.lastDecision?.number
    try act(.undo, .lead, after: 1) {
      $0.undoes = last
      $0.reason = "按错了"
    }
  }
}
