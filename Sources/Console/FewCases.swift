/// 小数不显示: counts of the sensitive track so small that they could point to a person.
package enum FewCases {
  package static let leastShown = 5

  /// Counts as far as they are shown. A single one that is not could be worked out from the sum, so the next smallest
  /// is hidden with it.
  package static func shown(_ counts: [Int]) -> [Int?] {
    var hidden = Set(counts.indices.filter { counts[$0] < leastShown })
    let rest = counts.indices.filter { !hidden.contains($0) }
    if hidden.count == 1, let next = rest.min(by: { counts[$0] < counts[$1] }) { hidden.insert(next) }
    return counts.indices.map { hidden.contains($0) ? nil : counts[$0] }
  }
}
