/// A moment as a clock on the wall shows it: Gregorian date and time of day at a fixed offset.
package struct CivilTime: Sendable, Hashable {
  package var year: Int
  package var month: Int
  package var day: Int
  package var hour: Int
  package var minute: Int
  package var second: Int
  /// Days since 1970-01-01.
  package var dayNumber: Int

  /// China's clocks since 1992: eight hours before Greenwich, all year.
  package static let chinaOffset = 28_800

  /// 0000-01-01T00:00:00 and 9999-12-31T23:59:59 on the clock.
  private static let years = -62_167_219_200...253_402_300_799

  /// - Parameter instant: seconds since 1970-01-01T00:00:00Z; kept within the years 0000 to 9999.
  /// - Parameter offset: seconds east of Greenwich.
  package init(_ instant: Int64, offset: Int = CivilTime.chinaOffset) {
    let (sum, overflows) = Int(instant).addingReportingOverflow(offset)
    let local = overflows ? Int(instant) : sum
    self.init(clock: min(max(local, CivilTime.years.lowerBound), CivilTime.years.upperBound))
  }

  /// - Parameter local: seconds since 1970-01-01T00:00:00 on the clock.
  private init(clock local: Int) {
    dayNumber = (local >= 0 ? local : local - 86_399) / 86_400
    let seconds = local - dayNumber * 86_400
    (year, month, day) = CivilTime.date(dayNumber)
    hour = seconds / 3600
    minute = seconds / 60 % 60
    second = seconds % 60
  }

  /// 1 is Monday: 1970-01-01 was a Thursday.
  package var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 + 1 }

  /// Days since 1970-01-01 as a date of the Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date
  /// algorithms"): years run from March, so that the leap day is the last of its year.
  private static func date(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Days from 1970-01-01 to a date, by the same rule; nil where the calendar has no such day.
  package static func dayNumber(year: Int, month: Int, day: Int) -> Int? {
    guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear - 719_468
    return date(number) == (year, month, day) ? number : nil
  }

  /// Reads `2025-07-01`; nil for anything else.
  package static func dayNumber(_ text: String) -> Int? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    return dayNumber(year: year, month: month, day: day)
  }

  /// Reads `2025-07-01T23:10` or `2025-07-01`, as clocks at the offset show it.
  package static func instant(_ text: String, offset: Int = CivilTime.chinaOffset) -> Int64? {
    let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    guard let day = parts.first.flatMap({ dayNumber(String($0)) }) else { return nil }
    var seconds = 0
    if parts.count == 2 {
      let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      guard clock.count == 2 || clock.count == 3, let hour = clock[0], let minute = clock[1],
        (0...23).contains(hour), (0...59).contains(minute)
      else { return nil }
      seconds = hour * 3600 + minute * 60
      if clock.count == 3 {
        guard let second = clock[2], (0...59).contains(second) else { return nil }
        seconds += second
      }
    }
    return Int64(day * 86_400 + seconds - offset)
  }
}
