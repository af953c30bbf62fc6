internal import Foundation

/// The zone in which a date without one was written.
package struct DateZone: Sendable {
  private enum Rule: Sendable {
    /// Seconds east of Greenwich, always.
    case fixed(Int64)
    /// China: +08:00 without exception since 1992; before that the zone data knows better.
    case shanghai(TimeZone?)
    case named(TimeZone)
  }

  private let rule: Rule

  /// A fixed offset such as `+08:00`, `Z`, or a name of the zone database; nil when it is neither.
  package init?(_ name: String) {
    if name == "Asia/Shanghai" {
      rule = .shanghai(TimeZone(identifier: name))
    } else if name == "Z" || name == "UTC" {
      rule = .fixed(0)
    } else if let offset = DateZone.offset(name) {
      rule = .fixed(offset)
    } else if name.contains("/"), let zone = TimeZone(identifier: name) {
      rule = .named(zone)
    } else {
      return nil
    }
  }

  /// The instant of a local clock reading, both in seconds since 1970-01-01T00:00:00.
  func instant(local: Int64) -> Int64 {
    switch rule {
    case .fixed(let offset): local - offset
    case .shanghai(let zone):
      // 1992-01-01: the last change of offset lies behind.
      if local >= 694_224_000 { local - 28_800 } else { zone.map { DateZone.instant(local, $0) } ?? local - 28_800 }
    case .named(let zone): DateZone.instant(local, zone)
    }
  }

  /// Around a change of offset the reading is taken with the offset in force just before it.
  private static func instant(_ local: Int64, _ zone: TimeZone) -> Int64 {
    var result = local - Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(local) - 86_400)))
    let offset = Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(result))))
    result = local - offset
    return result
  }

  private static func offset(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count == 6, bytes[0] == 0x2B || bytes[0] == 0x2D, bytes[3] == 0x3A else { return nil }
    let digits = [bytes[1], bytes[2], bytes[4], bytes[5]].map { Int64($0) - 48 }
    guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
    let hours = digits[0] * 10 + digits[1]
    let minutes = digits[2] * 10 + digits[3]
    guard hours <= 18, minutes < 60 else { return nil }
    return (bytes[0] == 0x2D ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}
