internal import Casework
internal import Suggestions

/// 月: one month of China's calendar.
struct FiguresMonth: Sendable, Hashable {
  var year: Int
  /// 1 to 12.
  var month: Int

  init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  /// The month of a day since 1970-01-01.
  init(day: Int) {
    let date = CivilTime(WorkingCalendar.start(of: day))
    self.init(year: date.year, month: date.month)
  }

  /// Reads `2025-07`.
  init?(_ text: String) {
    guard text.utf8.count == 7, let day = CivilTime.dayNumber(text + "-01") else { return nil }
    self.init(day: day)
  }

  /// Days since 1970-01-01.
  var days: Range<Int> { first..<next.first }
  private var first: Int { CivilTime.dayNumber(year: year, month: month, day: 1) ?? 0 }

  var next: FiguresMonth {
    month == 12 ? FiguresMonth(year: year + 1, month: 1) : FiguresMonth(year: year, month: month + 1)
  }
  var previous: FiguresMonth {
    month == 1 ? FiguresMonth(year: year - 1, month: 12) : FiguresMonth(year: year, month: month - 1)
  }

  /// `2025-07`
  var text: String { CaseStatistics.month(of: WorkingCalendar.start(of: first)) }

  func name(_ say: ConsoleLanguage) -> String {
    say("\(year) 年 \(month) 月", "\(FiguresMonth.names[month - 1]) \(year)")
  }

  private static let names = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  static func day(of moment: Int64) -> Int { CivilTime(moment).dayNumber }

  /// `2025-07-03`
  static func text(ofDay day: Int) -> String {
    let date = CivilTime(WorkingCalendar.start(of: day))
    return FiguresMonth(day: day).text + (date.day < 10 ? "-0" : "-") + String(date.day)
  }

  /// `7 月 3 日`, `3 July`
  static func name(ofDay day: Int, _ say: ConsoleLanguage) -> String {
    let date = CivilTime(WorkingCalendar.start(of: day))
    return say("\(date.month) 月 \(date.day) 日", "\(date.day) \(names[date.month - 1])")
  }

  static func numberInMonth(_ day: Int) -> Int { CivilTime(WorkingCalendar.start(of: day)).day }
}
