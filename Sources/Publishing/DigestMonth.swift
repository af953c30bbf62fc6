internal import Suggestions

/// 刊期: the month an issue is of, in China's time.
package struct DigestMonth: Sendable, Hashable, Comparable {
  package let year: Int
  /// 1 to 12.
  package let month: Int

  /// Nil outside the years 0001 to 9998, whose neighbours can all be written.
  package init?(year: Int, month: Int) {
    guard (1...9998).contains(year), (1...12).contains(month) else { return nil }
    self.year = year
    self.month = month
  }

  /// Reads `2025-07`, and nothing else.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 4, parts[1].count == 2,
      parts.allSatisfy({ $0.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }),
      let year = Int(String(decoding: parts[0], as: UTF8.self)),
      let month = Int(String(decoding: parts[1], as: UTF8.self))
    else { return nil }
    self.init(year: year, month: month)
  }

  private init(months: Int) {
    year = months / 12
    month = months % 12 + 1
  }

  /// The month a moment lies in; seconds since 1970.
  package init(of moment: Int64) {
    let date = CivilTime(moment)
    self.init(months: date.year * 12 + date.month - 1)
  }

  private var months: Int { year * 12 + month - 1 }

  package var previous: DigestMonth { DigestMonth(months: months - 1) }
  package var next: DigestMonth { DigestMonth(months: months + 1) }
  package var yearEarlier: DigestMonth { DigestMonth(months: months - 12) }

  /// Days since 1970-01-01, the first of the next month not included.
  package var days: Range<Int> { firstDay..<max(firstDay, next.firstDay) }

  /// Seconds since 1970 in which the month lies.
  package var moments: Range<Int64> { start(of: days.lowerBound)..<start(of: days.upperBound) }

  private var firstDay: Int { CivilTime.dayNumber(year: year, month: month, day: 1) ?? 0 }

  private func start(of day: Int) -> Int64 { Int64(day) * 86_400 - Int64(CivilTime.chinaOffset) }

  /// `2025-07`
  package var text: String {
    let digits = String(year)
    return String(repeating: "0", count: 4 - digits.count) + digits + (month < 10 ? "-0" : "-") + String(month)
  }

  package static func < (left: DigestMonth, right: DigestMonth) -> Bool { left.months < right.months }
}
