package import Store

/// What the rules did, as far as it is counted.
package struct RuleFigures: Sendable {
  package struct Rule: Sendable, Hashable {
    package var hits = RuleTally.Hits()
    /// Decisions for another topic, kept apart by track.
    package var corrections = RuleTally.Count()
    /// Suggestions of the latest, newest first.
    package var corrected: [RuleTally.Decision] = []

    package init() {}
  }

  /// Decisions that took suggestions from one topic to another.
  package struct Move: Sendable, Hashable {
    package var from: String?
    package var to: String
    package var count = RuleTally.Count()
    /// The latest, newest first.
    package var suggestions: [Int] = []
    /// Rules that spoke for something else than what was decided, with how often on which track.
    package var rules: [String: RuleTally.Count] = [:]

    package init(from: String?, to: String) {
      self.from = from
      self.to = to
    }
  }

  /// Of the book.
  package var version: String
  /// Submissions up to this number are counted, of so many.
  package var countedTo: Int
  package var last: Int
  /// When it was counted last; nil where it has not begun.
  package var countedAt: Int64?
  /// By id.
  package var rules: [String: Rule]
  package var moves: [Move]
  /// Topics that people decided, and how many of them as the machine had it.
  package var decided: RuleTally.Count
  package var confirmed: RuleTally.Count

  package init(
    version: String, countedTo: Int = 0, last: Int = 0, countedAt: Int64? = nil, rules: [String: Rule] = [:],
    moves: [Move] = [], decided: RuleTally.Count = RuleTally.Count(), confirmed: RuleTally.Count = RuleTally.Count()
  ) {
    self.version = version
    self.countedTo = countedTo
    self.last = last
    self.countedAt = countedAt
    self.rules = rules
    self.moves = moves
    self.decided = decided
    self.confirmed = confirmed
  }

  package var isComplete: Bool { countedAt != nil && countedTo >= last }
}
