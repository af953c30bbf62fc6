import Foundation
import Store
import Suggestions

/// Times as people in the city read them: UTC+8 all year since 1991.
enum LocalTime {
  /// Seconds since 1970-01-01T00:00:00Z.
  static var now: Int64 { Int64(Date().timeIntervalSince1970) }

  /// Days since 1970-01-01.
  static var today: Int { CivilTime(now).dayNumber }

  /// `2025-07-14T09:12:00+08:00`; the bare number of seconds outside the years 0000 to 9999.
  static func rfc3339(_ seconds: Int64) -> String { ChinaTime.text(seconds) ?? String(seconds) }

  /// `2025-07-14 09:12`
  static func short(_ seconds: Int64) -> String {
    ChinaTime.text(seconds).map { String($0.prefix(16)).replacing("T", with: " ") } ?? String(seconds)
  }

  /// The end of a stretch: midnight is 24:00 of the day before, as due times are said.
  static func end(_ seconds: Int64) -> String {
    let text = short(seconds)
    return text.hasSuffix(" 00:00") ? short(seconds - 86_400).prefix(10) + " 24:00" : text
  }

  /// `2025-07-14`, of days since 1970-01-01.
  static func date(_ day: Int) -> String { String(short(Int64(day) * 86_400 - Int64(CivilTime.chinaOffset)).prefix(10)) }
}
