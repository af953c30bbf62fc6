internal import Casework
internal import Suggestions

/// A year, day by day, as twelve small tables show it.
struct CalendarYear {
  let year: Int
  let calendar: WorkingCalendar
  let say: ConsoleLanguage

  /// In China.
  static func year(of moment: Int64) -> Int { CivilTime(moment).year }

  var months: PageValue { .objects(1...12, month) }

  private func month(_ number: Int) -> [String: PageValue] {
    guard let first = CivilTime.dayNumber(year: year, month: number, day: 1),
      let next = number == 12
        ? CivilTime.dayNumber(year: year + 1, month: 1, day: 1)
        : CivilTime.dayNumber(year: year, month: number + 1, day: 1)
    else { return [:] }
    // Weeks begin on Monday.
    let lead = CivilTime(WorkingCalendar.start(of: first)).weekday - 1
    let cells: [Int?] = Array(repeating: nil, count: lead) + (first..<next).map { $0 }
    let weeks = stride(from: 0, to: cells.count, by: 7).map { start in
      Array(cells[start..<min(start + 7, cells.count)])
    }
    return [
      "name": .text(say("\(number) 月", CalendarYear.names[number - 1])),
      "weeks": .objects(weeks) { week in
        ["days": .objects(week + Array(repeating: nil, count: 7 - week.count)) { day($0, first: first) }]
      },
    ]
  }

  private func day(_ day: Int?, first: Int) -> [String: PageValue] {
    guard let day else { return ["number": "", "style": "none", "mark": false, "title": false] }
    let what = calendar.day(day)
    let (style, mark): (String, String?) =
      switch what {
      case .working: ("work", nil)
      case .weekend: ("free", nil)
      case .madeUp: ("made-up", say("班", "work"))
      case .holiday: ("holiday", say("休", "off"))
      case .local: ("holiday", say("停", "off"))
      }
    let isProvisional = calendar.isProvisional(day)
    return [
      "number": .number(day - first + 1), "style": .text(style + (isProvisional ? " maybe" : "")),
      "mark": .optional(mark), "title": .optional(CalendarYear.name(what)),
    ]
  }

  private static func name(_ day: WorkingCalendar.Day) -> String? {
    switch day {
    case .madeUp(let name), .holiday(let name), .local(let name): name
    case .working, .weekend: nil
    }
  }

  private static let names = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}
