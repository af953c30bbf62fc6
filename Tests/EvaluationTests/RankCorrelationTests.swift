import Testing

import Evaluation

/// Values worked out on paper.
struct RankCorrelationTests {
  @Test func ordersAndTies() {
    #expect(RankCorrelation.spearman([1, 2, 3, 4], [10, 20, 30, 400]) == 1)
    #expect(RankCorrelation.spearman([1, 2, 3, 4], [4, 3, 2, 1]) == -1)
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / √(4.5 · 5).
    let tied = RankCorrelation.spearman([1, 2, 2, 3], [1, 2, 3, 4]) ?? 0
    #expect(abs(tied - 0.948_683) < 0.000_001)
  }

  /// Scores that part the labels without an equal pair: the most there can be, √(3·p·(1 − p)) for many values.
  @Test func yesAndNo() {
    let scores = (0..<1000).map(Double.init)
    let labels = scores.map { $0 < 250 ? 0.0 : 1 }
    let most = RankCorrelation.spearman(scores, labels) ?? 0
    #expect(abs(most - 0.75) < 0.001)
    #expect(RankCorrelation.concordance(scores, labels) == 1)
    #expect(RankCorrelation.concordance([1, 1, 0], [1, 0, 0]) == 0.75)
  }

  @Test func nothingToRank() {
    #expect(RankCorrelation.spearman([], []) == nil)
    #expect(RankCorrelation.spearman([1, 2], [5, 5]) == nil)
    #expect(RankCorrelation.spearman([3, 3], [1, 2]) == nil)
    #expect(RankCorrelation.concordance([1, 2], [5, 5]) == nil)
  }
}
