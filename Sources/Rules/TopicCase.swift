/// The case for a first-level topic: its score and what makes it up, in points of rules, or in thousandths where a
/// layer was learned.
package struct TopicCase: Sendable, Hashable {
  package var score: Int
  /// What counts most, for the topic or against it, the largest amount first.
  package var parts: [Contribution]
  /// How many contributions there are beside these, and what they add up to: with them the amounts are the score.
  package var restCount: Int
  package var restAmount: Int

  /// - Parameters:
  ///   - contributions: all there are, largest first.
  ///   - most: how many of them are kept one by one.
  package init(_ contributions: [Contribution], most: Int) {
    score = contributions.reduce(0) { $0 + $1.amount }
    parts = Array(contributions.prefix(most))
    let rest = contributions.dropFirst(most)
    restCount = rest.count
    restAmount = rest.reduce(0) { $0 + $1.amount }
  }
}
