/// Times as people in the city read them: UTC+8 all year since 1991.
enum LocalTime {
  private static let offset: Int64 = 8 * 3600

  /// `2025-07-14T09:12:00+08:00`
  static func rfc3339(_ seconds: Int64) -> String {
    let (date, time) = parts(seconds)
    return "\(date)T\(time)+08:00"
  }

  /// `2025-07-14 09:12`
  static func short(_ seconds: Int64) -> String {
    let (date, time) = parts(seconds)
    return "\(date) \(time.prefix(5))"
  }

  /// Civil date from days since 1970 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  private static func parts(_ seconds: Int64) -> (String, String) {
    let local = seconds + offset
    let days = local >= 0 ? local / 86400 : (local - 86399) / 86400
    let rest = Int(local - days * 86400)
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let padded = String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
    return (
      "\(padded)-\(two(Int(month)))-\(two(Int(day)))", "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
    )
  }
}
