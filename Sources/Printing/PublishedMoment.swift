internal import Suggestions

/// A moment as RFC 3339 has it, on China's clocks: `2025-08-01T09:00:00+08:00`.
enum PublishedMoment {
  static func text(_ instant: Int64) -> String {
    let time = CivilTime(instant)
    return "\(day(time))T\(two(time.hour)):\(two(time.minute)):\(two(time.second))+08:00"
  }

  /// `2025-08-01`, on China's clocks.
  static func day(_ instant: Int64) -> String { day(CivilTime(instant)) }

  private static func day(_ time: CivilTime) -> String {
    let year = String(time.year)
    return String(repeating: "0", count: 4 - year.count) + "\(year)-\(two(time.month))-\(two(time.day))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
