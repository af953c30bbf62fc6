internal import Suggestions

extension CalendarBook {
  /// The book as a file: what reads it gets the same book, and what is unchanged gives the same bytes.
  package var yaml: String {
    var lines = CalendarBook.head + ["hours:"]
    for hours in hours {
      let open = hours.open.map { "\"\(CalendarBook.clock($0.lowerBound))-\(CalendarBook.clock($0.upperBound))\"" }
      let season = hours.season.map {
        "from: \"\(CalendarBook.monthAndDay($0.from))\", until: \"\(CalendarBook.monthAndDay($0.until))\", "
      }
      lines.append("  - {\(season ?? "")open: [\(open.joined(separator: ", "))]}")
    }
    if !overrides.isEmpty { lines.append("overrides:") }
    for override in overrides {
      let days = CalendarBook.text(of: [override.days])
      let region = override.region.map { ", region: \"\($0)\"" } ?? ""
      lines.append(
        "  - {days: \(days[0]), off: \(override.isOff), name: \(CalendarBook.quoted(override.name))\(region)}")
    }
    if !notices.isEmpty { lines.append("years:") }
    for notice in notices { lines += CalendarBook.lines(of: notice) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let head = [
    "# 工作日历：办公时间、每年的放假通知、本地的调整。calendar import 加一年；没有通知的年份按周一至周五，标为待定。",
    "# hours: 工作日的办公时间，可分季节（from、until 为月-日）。overrides: 本地停工或加班，days 为一天或 起..止，可限 region。",
    "# years: off 放假，work 调休上班；跨年的日子写在公布它的那一年。",
    "# 本地的日子也可以另写一份同格式的 calendar.local.yaml：它的办公时间、年份、调整都在这里的之前，升级时不动它。",
    "# Working calendar: office hours, the yearly notices of public holidays, local days. A year without a notice is",
    "# provisional. A calendar.local.yaml beside it goes first. Public facts, from the notices named with each year.",
  ]

  private static func lines(of notice: CalendarNotice) -> [String] {
    var lines = ["  - year: \(notice.year)"]
    if !notice.sources.isEmpty {
      lines.append("    notices:")
      lines += notice.sources.map { "      - \(quoted($0))" }
    }
    lines.append(notice.holidays.isEmpty ? "    holidays: []" : "    holidays:")
    for holiday in notice.holidays {
      var fields = ["name: \(quoted(holiday.name))"]
      if !holiday.off.isEmpty { fields.append("off: [\(text(of: ranges(holiday.off)).joined(separator: ", "))]") }
      if !holiday.worked.isEmpty {
        fields.append("work: [\(text(of: ranges(holiday.worked)).joined(separator: ", "))]")
      }
      lines.append("      - {\(fields.joined(separator: ", "))}")
    }
    return lines
  }

  /// Neighbouring days joined.
  private static func ranges(_ days: [Int]) -> [ClosedRange<Int>] {
    days.reduce(into: []) { ranges, day in
      if let last = ranges.last, last.upperBound + 1 == day {
        ranges[ranges.count - 1] = last.lowerBound...day
      } else {
        ranges.append(day...day)
      }
    }
  }

  private static func text(of ranges: [ClosedRange<Int>]) -> [String] {
    ranges.map { $0.count == 1 ? text(of: $0.lowerBound) : "\(text(of: $0.lowerBound))..\(text(of: $0.upperBound))" }
  }

  /// `2026-02-14`.
  static func text(of day: Int) -> String {
    let date = CivilTime(WorkingCalendar.start(of: day))
    let year = String(date.year)
    let zeros = String(repeating: "0", count: max(0, 4 - year.count))
    return "\(zeros)\(year)-\(monthAndDay(date.month * 100 + date.day))"
  }

  private static func monthAndDay(_ number: Int) -> String { "\(two(number / 100))-\(two(number % 100))" }

  private static func clock(_ minute: Int) -> String { "\(two(minute / 60)):\(two(minute % 60))" }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// A name plainly where YAML takes it plainly, else in double quotes.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      ($0.value >= 0x4E00 && $0.value <= 0x9FFF) || ("a"..."z").contains($0) || ("A"..."Z").contains($0) || $0 == "、"
    }
    // Letters alone could be read as true or null.
    if isPlain, text.unicodeScalars.contains(where: { $0.value >= 0x4E00 }) { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": escaped += "\\\(scalar)"
      case "\n": escaped += "\\n"
      case "\t": escaped += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F { escaped += " " } else { escaped.unicodeScalars.append(scalar) }
      }
    }
    return "\"\(escaped)\""
  }
}
