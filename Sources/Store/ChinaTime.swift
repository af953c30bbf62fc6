internal import Suggestions

/// Instants as people in Changde write them.
package enum ChinaTime {
  /// RFC 3339 at +08:00; nil outside the years 0000 to 9999, which the format cannot say.
  package static func text(_ instant: Int64) -> String? {
    guard (-62_167_248_000...253_402_271_999).contains(instant) else { return nil }
    let time = CivilTime(instant)
    return "\(padded(time.year, 4))-\(padded(time.month, 2))-\(padded(time.day, 2))T\(padded(time.hour, 2)):"
      + "\(padded(time.minute, 2)):\(padded(time.second, 2))+08:00"
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
