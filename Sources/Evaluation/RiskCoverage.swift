/// The trade between how much is decided and how often that is right: one point for every threshold there could be.
package struct RiskCoverage: Sendable {
  package struct Point: Sendable, Hashable {
    /// The smallest lead that is decided.
    package var lead: Int
    /// Share of all texts that have at least this lead, and the share of these that are right.
    package var share: Double
    package var accuracy: Double
  }

  /// The strictest threshold first: shares rise to 1.
  package let points: [Point]

  package init(_ verdicts: [(lead: Int, isRight: Bool)]) {
    let sorted = verdicts.sorted { $0.lead > $1.lead }
    var points: [Point] = []
    var right = 0
    for (index, verdict) in sorted.enumerated() {
      if verdict.isRight { right += 1 }
      // Equal leads are decided together.
      if index + 1 < sorted.count, sorted[index + 1].lead == verdict.lead { continue }
      points.append(
        Point(
          lead: verdict.lead, share: Double(index + 1) / Double(sorted.count),
          accuracy: Double(right) / Double(index + 1)))
    }
    self.points = points
  }

  /// The strictest threshold that decides at least this share of the texts; nil where there are no texts.
  package func point(deciding share: Double) -> Point? { points.first { $0.share >= share } }

  /// Points at even steps of the share decided, each threshold once.
  package func thinned(to count: Int) -> [Point] {
    let steps = max(1, count)
    return distinct((1...steps).map { Double($0) / Double(steps) })
  }

  /// Shares people ask about: half of the texts, and where it gets harder.
  package var milestones: [Point] { distinct([0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1]) }

  private func distinct(_ shares: [Double]) -> [Point] {
    shares.compactMap { point(deciding: $0) }
      .reduce(into: []) { kept, point in if kept.last != point { kept.append(point) } }
  }
}
