/// Spearman's rank correlation (Spearman 1904), and its reading for labels that are yes or no.
package enum RankCorrelation {
  /// Correlation of the ranks, equal values sharing the mean of theirs; nil where either side has one value only.
  ///
  /// Against labels that are yes or no it cannot reach 1: with a share p of yes, not more than √(3·p·(1 − p)) when no
  /// two scores are equal.
  package static func spearman(_ first: [Double], _ second: [Double]) -> Double? {
    precondition(first.count == second.count)
    let ranks = (ranks(first), ranks(second))
    let mean = Double(first.count + 1) / 2
    var (product, square, other) = (0.0, 0.0, 0.0)
    for (left, right) in zip(ranks.0, ranks.1) {
      product += (left - mean) * (right - mean)
      square += (left - mean) * (left - mean)
      other += (right - mean) * (right - mean)
    }
    guard square > 0, other > 0 else { return nil }
    return product / (square * other).squareRoot()
  }

  /// Share of the pairs of two labels in which the score puts the higher label first, equal scores as a half (area
  /// under the ROC curve where there are two labels); nil where all labels are equal.
  package static func concordance(_ scores: [Double], _ labels: [Double]) -> Double? {
    precondition(scores.count == labels.count)
    var (pairs, right) = (0.0, 0.0)
    for first in scores.indices {
      for second in scores.indices where labels[first] > labels[second] {
        pairs += 1
        right += scores[first] > scores[second] ? 1 : scores[first] == scores[second] ? 0.5 : 0
      }
    }
    return pairs == 0 ? nil : right / pairs
  }

  /// From 1, equal values sharing the mean of their ranks.
  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for position in start..<end { ranks[order[position]] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }
}
