import Casework
import Suggestions

/// A year of the working calendar.
struct CalendarScreen {
  private let settings: CaseworkSettings
  private let year: Int
  /// Days since 1970-01-01.
  private let days: ClosedRange<Int>
  private let messages: Messages

  /// Nil for a year no notice can be for.
  init?(_ settings: CaseworkSettings, year: Int, messages: Messages) {
    guard (1949...2999).contains(year), let first = CivilTime.dayNumber(year: year, month: 1, day: 1),
      let last = CivilTime.dayNumber(year: year, month: 12, day: 31)
    else { return nil }
    self.settings = settings
    self.year = year
    self.messages = messages
    days = first...last
  }

  private var book: CalendarBook { settings.calendarBook }
  private var announced: [Int] { book.notices.map(\.year).sorted() }
  var notice: CalendarNotice? { book.notices.first { $0.year == year } }

  /// Those with a day in the year, whichever notice they stand in.
  var holidays: [CalendarNotice.Holiday] {
    book.notices.flatMap(\.holidays).filter { ($0.off + $0.worked).contains { days.contains($0) } }
      .sorted { ($0.off.first ?? 0) < ($1.off.first ?? 0) }
  }

  private var overrides: [CalendarOverride] { book.overrides.filter { $0.days.overlaps(days) } }

  private var firstProvisional: Int? { days.first { settings.calendar.isProvisional($0) } }

  var workingDays: [Int] {
    days.reduce(into: [Int](repeating: 0, count: 12)) { months, day in
      if settings.calendar.isWorking(day) { months[CivilTime(WorkingCalendar.start(of: day)).month - 1] += 1 }
    }
  }

  // MARK: Text

  var text: String {
    var lines = [
      notice == nil
        ? messages("\(year) 年：还没有放假通知，按周一至周五算，全年待定。", "\(year): no notice yet; Monday to Friday, all provisional.")
        : messages("\(year) 年", "\(year)")
    ]
    if !holidays.isEmpty {
      var table = TextTable(columns: [
        (messages("节日", "holiday"), .left), (messages("天数", "days"), .right), (messages("放假", "off"), .left),
        (messages("调休上班", "worked"), .left),
      ])
      for holiday in holidays {
        table.add([holiday.name, "\(holiday.off.count)", stretches(holiday.off), holiday.worked.map(day).joined(separator: " ")])
      }
      lines.append(table.text)
    }
    lines += local
    lines.append(messages("办公时间：", "office hours: ") + officeHours)
    let months = workingDays
    lines.append(
      messages("工作日 ", "working days: ") + "\(months.reduce(0, +))" + messages("：各月 ", ", by month ")
        + months.map(String.init).joined(separator: " "))
    lines.append(provisional)
    return lines.joined(separator: "\n")
  }

  /// What the city adds, a line each.
  var local: [String] {
    overrides.map { override in
      let what = override.isOff ? messages("停工", "off") : messages("上班", "worked")
      let place = override.region.map { messages("，区划 \($0)", ", region \($0)") } ?? ""
      return messages("本地\(what)：", "locally \(what): ") + "\(stretches(Array(override.days))) \(override.name)\(place)"
    }
  }

  var officeHours: String { book.hours.map(hours).joined(separator: messages("；", "; ")) }

  var provisional: String {
    let known = CalendarScreen.runs(announced)
      .map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
      .joined(separator: messages("、", ", "))
    let here =
      if notice != nil, let day = firstProvisional {
        messages("；\(LocalTime.date(day)) 起可能随下一年的通知变动", "; from \(LocalTime.date(day)) on the next year's notice may change it")
      } else { "" }
    return known.isEmpty
      ? messages("没有任何一年的放假通知，都待定。", "no year has its notice; all are provisional.")
      : messages("有通知的年份：\(known)，其余待定\(here)。", "years with their notice: \(known); others are provisional\(here).")
  }

  private static func runs(_ numbers: [Int]) -> [ClosedRange<Int>] {
    numbers.reduce(into: []) { runs, number in
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
  }

  /// `01-01（四）`, with the year where it is another.
  func day(_ day: Int) -> String {
    let date = LocalTime.date(day)
    let time = CivilTime(WorkingCalendar.start(of: day))
    let names =
      messages.language == .zh
      ? ["一", "二", "三", "四", "五", "六", "日"] : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let short = time.year == year ? String(date.dropFirst(5)) : date
    return short + messages("（\(names[time.weekday - 1])）", " (\(names[time.weekday - 1]))")
  }

  func stretches(_ days: [Int]) -> String {
    CalendarScreen.runs(days).map { $0.count == 1 ? day($0.lowerBound) : "\(day($0.lowerBound))–\(day($0.upperBound))" }
      .joined(separator: " ")
  }

  private func hours(_ hours: OfficeHours) -> String {
    let open = hours.open.map(CalendarScreen.clock).joined(separator: " ")
    guard let season = hours.season else { return open }
    return "\(CalendarScreen.monthAndDay(season.from))–\(CalendarScreen.monthAndDay(season.until)) \(open)"
  }

  private static func clock(_ minutes: Range<Int>) -> String {
    [minutes.lowerBound, minutes.upperBound].map { "\(two($0 / 60)):\(two($0 % 60))" }.joined(separator: "-")
  }

  private static func monthAndDay(_ number: Int) -> String { "\(two(number / 100))-\(two(number % 100))" }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  // MARK: JSON

  /// As documented for `calendar --json`.
  func write(to root: inout JSONWriter) {
    root.field("year", year)
    root.field("announced", notice != nil)
    root.field("provisional_from", firstProvisional.map(LocalTime.date))
    root.array("sources") { list in for source in notice?.sources ?? [] { list.field(nil, source) } }
    root.array("holidays") { list in
      for holiday in holidays {
        list.object { object in
          object.field("name", holiday.name)
          object.array("off") { for day in holiday.off { $0.field(nil, LocalTime.date(day)) } }
          object.array("work") { for day in holiday.worked { $0.field(nil, LocalTime.date(day)) } }
        }
      }
    }
    root.array("local") { list in
      for override in overrides {
        list.object {
          $0.field("from", LocalTime.date(override.days.lowerBound))
          $0.field("until", LocalTime.date(override.days.upperBound))
          $0.field("off", override.isOff)
          $0.field("name", override.name)
          $0.field("region", override.region)
        }
      }
    }
    root.array("hours") { list in
      for hours in book.hours {
        list.object { object in
          object.field("from", hours.season.map { CalendarScreen.monthAndDay($0.from) })
          object.field("until", hours.season.map { CalendarScreen.monthAndDay($0.until) })
          object.array("open") { for open in hours.open { $0.field(nil, CalendarScreen.clock(open)) } }
        }
      }
    }
    let months = workingDays
    root.field("working_days", months.reduce(0, +))
    root.array("months") { for count in months { $0.field(nil, count) } }
    root.array("announced_years") { for year in announced { $0.field(nil, year) } }
  }
}
