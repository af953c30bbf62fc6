internal import Casework
internal import Suggestions

/// A month as somebody's reach shows it, all of it from one sheet.
struct FiguresView: Sendable {
  struct Key: Sendable, Hashable {
    /// Of the sheet.
    var asOf: Int64
    var month: FiguresMonth
    var moment: CaseMoment
    var reach: CaseReach
  }

  let key: Key
  /// With groups by area, unit, topic, channel and station.
  let statistics: CaseStatistics
  /// Days of the month there are records of: not before the first, not after the moment of the sheet; empty where there
  /// are none. What lies outside is not known, which is not the same as nothing.
  let known: Range<Int>
  let flow: [CaseSheet.Day]
  /// Day at whose end the backlog is counted; nil where nothing is known of it.
  let backlogDay: Int?
  /// In the order of ``CaseSheet/ages``.
  let backlog: [Int]
  let crossings: [CaseSheet.Crossing]

  static let dimensions: Set<CaseDimension> = [.area, .department, .topic, .channel, .station]

  init(_ key: Key, _ sheet: CaseSheet, _ scope: CaseStatistics.Scope) {
    self.key = key
    var scope = scope
    scope.moment = key.moment
    scope.dimensions = FiguresView.dimensions
    let days = key.month.days
    let all = sheet.statistics(scope, days: days, reach: key.reach)
    statistics = key.reach.unit.map { all.only(unit: $0) } ?? all
    let last = FiguresMonth.day(of: key.asOf)
    if let span = sheet.span(key.moment, reach: key.reach), span.lowerBound < days.upperBound, days.lowerBound <= last {
      known = max(days.lowerBound, span.lowerBound)..<min(days.upperBound, last + 1)
    } else {
      known = days.lowerBound..<days.lowerBound
    }
    flow = sheet.flow(known, .ordinary, by: key.moment, reach: key.reach)
    backlogDay = known.isEmpty ? nil : known.upperBound - 1
    backlog = backlogDay.map { sheet.openAges(atEndOf: $0, .ordinary, by: key.moment, reach: key.reach) } ?? []
    crossings = sheet.crossings(scope, days: days, reach: key.reach)
  }
}
