internal import Suggestions
internal import Yams

extension CalendarBook {
  /// Reads `rules/calendar.yaml`. Everything wrong with it is reported at once.
  /// - Parameter isLocal: for `calendar.local.yaml`, which may say less: what it leaves out is the calendar's.
  package init(yaml: [UInt8], file: String, isLocal: Bool = false) throws(SettingFault) {
    var reading = try SettingReading(yaml, file: file)
    let root = reading.root
    reading.allow(.calendar, in: root)
    let hours = reading.mappings("hours", in: root, isRequired: !isLocal).compactMap { reading.officeHours($0) }
    // On a calendar without office hours a clock that counts them would never end.
    if let node = root["hours"], node.sequence?.isEmpty ?? false { reading.report(node, .missingKey("open")) }
    var years: Set<Int> = []
    var facts: [Int: Bool] = [:]
    var notices: [CalendarNotice] = []
    for node in reading.mappings("years", in: root) {
      guard let notice = reading.notice(node, facts: &facts) else { continue }
      if !years.insert(notice.year).inserted {
        reading.report(node, .repeatedName(key: "year", name: String(notice.year)))
      }
      notices.append(notice)
    }
    let overrides = reading.mappings("overrides", in: root).compactMap { reading.override($0) }
    self = try reading.finish(CalendarBook(hours: hours, notices: notices, overrides: overrides), file: file)
  }
}

extension SettingReading {
  fileprivate mutating func officeHours(_ node: Node) -> OfficeHours? {
    allow(.officeHours, in: node)
    let ends = ["from", "until"].map { monthAndDay($0, in: node) }
    if (ends[0] == nil) != (ends[1] == nil) { report(node, .missingKey(ends[0] == nil ? "from" : "until")) }
    if texts("open", in: node).isEmpty { report(node, .missingKey("open")) }
    var open: [Range<Int>] = []
    for (text, place) in texts("open", in: node) {
      let times = text.split(separator: "-", omittingEmptySubsequences: false).map(SettingReading.minute)
      guard times.count == 2, let opens = times[0], let closes = times[1] else {
        report(place, .unreadableHours(text))
        continue
      }
      guard opens < closes, (open.last?.upperBound ?? 0) <= opens else {
        report(place, .disorderedHours(text))
        continue
      }
      open.append(opens..<closes)
    }
    guard let from = ends[0], let until = ends[1] else { return OfficeHours(open: open) }
    return OfficeHours(open: open, season: (from, until))
  }

  /// `05-01` as 501, in a leap year.
  private mutating func monthAndDay(_ key: String, in node: Node) -> Int? {
    guard let text = text(key, in: node, isRequired: false) else { return nil }
    guard let day = CivilTime.dayNumber("2024-" + text) else {
      report(node[key] ?? node, .unreadableDate(key: key, text: text))
      return nil
    }
    let date = CivilTime(WorkingCalendar.start(of: day))
    return date.month * 100 + date.day
  }

  /// `08:30` as 510; `24:00` ends a day.
  private static func minute(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
    else { return nil }
    return hour * 60 + minute
  }

  fileprivate mutating func notice(_ node: Node, facts: inout [Int: Bool]) -> CalendarNotice? {
    allow(.year, in: node)
    let year = number("year", in: node, 1949...2999)
    let sources = texts("notices", in: node).map(\.text)
    var holidays: [CalendarNotice.Holiday] = []
    for node in mappings("holidays", in: node, isRequired: true) {
      allow(.holiday, in: node)
      let name = text("name", in: node)
      let off = noticeDays("off", in: node, year: year, isOff: true, facts: &facts)
      let worked = noticeDays("work", in: node, year: year, isOff: false, facts: &facts)
      if let name { holidays.append(CalendarNotice.Holiday(name: name, off: off, worked: worked)) }
    }
    return year.map { CalendarNotice(year: $0, sources: sources, holidays: holidays) }
  }

  private mutating func noticeDays(
    _ key: String, in node: Node, year: Int?, isOff: Bool, facts: inout [Int: Bool]
  ) -> [Int] {
    var result: [Int] = []
    for (text, place) in texts(key, in: node) {
      guard let days = days(text, at: place, key: key) else { continue }
      for day in days {
        let date = CivilTime(WorkingCalendar.start(of: day))
        if let year, abs(date.year - year) > 1 { report(place, .strayDay(CalendarBook.text(of: day))) }
        if facts.updateValue(isOff, forKey: day) != nil { report(place, .contradictoryDay(CalendarBook.text(of: day))) }
        result.append(day)
      }
    }
    return result
  }

  fileprivate mutating func override(_ node: Node) -> CalendarOverride? {
    allow(.override, in: node)
    let text = text("days", in: node)
    let days = text.flatMap { self.days($0, at: node["days"] ?? node, key: "days") }
    let isOff = flag("off", in: node)
    let name = self.text("name", in: node)
    let region = self.text("region", in: node, isRequired: false)
    guard let days, let isOff, let name else { return nil }
    return CalendarOverride(days: days, isOff: isOff, name: name, region: region)
  }
}
