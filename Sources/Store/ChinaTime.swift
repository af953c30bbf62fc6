/// Instants as people in Changde write them.
package enum ChinaTime {
  /// RFC 3339 at +08:00; nil outside the years 0000 to 9999, which the format cannot say.
  package static func text(_ instant: Int64) -> String? {
    let (local, overflow) = instant.addingReportingOverflow(28_800)
    guard !overflow, (-62_167_219_200...253_402_300_799).contains(local) else { return nil }
    let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
    let second = local - day * 86_400
    let (year, month, date) = civil(day)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2))T\(padded(second / 3600, 2)):"
      + "\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))+08:00"
  }

  /// Days since 1970-01-01 as a date of the Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date
  /// algorithms"): years run from March, so that the leap day is the last of its year.
  private static func civil(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
