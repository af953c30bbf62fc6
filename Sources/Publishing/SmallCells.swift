/// 小数抑制: which numbers of a column are hidden, so that none below the threshold can be read or worked out.
///
/// Hiding the small ones is not enough: where one number of a column is missing, the total gives it back. So others are
/// hidden with them, the smallest first, until at least two are hidden and together they are no small number either.
/// A zero says nothing about anybody and is shown, unless it has to hide another.
package enum SmallCells {
  /// From this on a number is shown.
  package static let least = 5

  package static func isSmall(_ count: Int) -> Bool { count > 0 && count < least }

  /// - Parameters:
  ///   - values: numbers of a column that add up to a total the reader has.
  ///   - others: places that are hidden whatever they hold.
  /// - Returns: places of the hidden numbers.
  package static func hidden(_ values: [Int], with others: Set<Int> = []) -> Set<Int> {
    var hidden = others.union(values.indices.filter { isSmall(values[$0]) })
    guard !hidden.isEmpty else { return hidden }
    // Numbers that hide others best are small but not nothing; equal ones by their place, so that it is always the same.
    let rest = values.indices.filter { !hidden.contains($0) }
      .sorted { (values[$0] == 0 ? 1 : 0, values[$0], $0) < (values[$1] == 0 ? 1 : 0, values[$1], $1) }
    var sum = hidden.reduce(0) { $0 + values[$1] }
    for place in rest {
      if hidden.count > 1, sum == 0 || sum >= least { break }
      hidden.insert(place)
      sum += values[place]
    }
    return hidden
  }
}
