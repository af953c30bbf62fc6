/// 指标值: one indicator of one group, with what it was made from.
package struct CaseFigure: Sendable, Hashable {
  package enum Warning: UInt8, CaseIterable, Sendable {
    /// 样本少: fewer than ``CaseFigure/enough``; one case more or less moves it by several per cent.
    case small = 0
    /// Nothing to make it from: there is no value.
    case empty = 1

    package var code: String { self == .small ? "small" : "empty" }
  }

  package var indicator: CaseIndicator
  /// The count itself, the part of a share, the sum of a mean in seconds, the rank of a quantile.
  package var numerator: Int
  /// Nil for counts.
  package var denominator: Int?
  /// Nil where the denominator is 0.
  package var value: Double?

  /// From this many on a share or a time stands without a warning. At thirty the standard error of a share is still up
  /// to nine points; below, ranking units by it is mostly noise.
  package static let enough = 30

  package var warning: Warning? { denominator.flatMap(CaseFigure.warning) }

  /// What to say of a figure made from so many.
  package static func warning(_ denominator: Int) -> Warning? {
    denominator == 0 ? .empty : denominator < enough ? .small : nil
  }

  static func count(_ indicator: CaseIndicator, _ count: Int) -> CaseFigure {
    CaseFigure(indicator: indicator, numerator: count, denominator: nil, value: Double(count))
  }

  static func ratio(_ indicator: CaseIndicator, _ part: Int, of whole: Int) -> CaseFigure {
    CaseFigure(
      indicator: indicator, numerator: part, denominator: whole, value: whole == 0 ? nil : Double(part) / Double(whole))
  }

  /// - Parameter sorted: seconds, shortest first.
  static func quantile(_ indicator: CaseIndicator, _ percent: Int, of sorted: [Int32]) -> CaseFigure {
    let rank = NearestRank.rank(percent, of: sorted.count)
    return CaseFigure(
      indicator: indicator, numerator: rank, denominator: sorted.count,
      value: rank == 0 ? nil : Double(sorted[rank - 1]))
  }
}

/// 最近秩法: the p-th percentile of n sorted values is the ⌈p·n/100⌉-th (type 1 of Hyndman & Fan, "Sample quantiles in
/// statistical packages", The American Statistician 50, 1996). It is always a value that occurred; the median of an
/// even count is the lower of the two in the middle.
package enum NearestRank {
  /// From 1 to `count`; 0 where there is nothing.
  package static func rank(_ percent: Int, of count: Int) -> Int {
    count == 0 ? 0 : max(1, (min(100, percent) * count + 99) / 100)
  }
}
