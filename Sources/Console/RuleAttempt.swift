package import Suggestions

/// A text to try the rules on.
package struct RuleAttempt: Sendable, Hashable {
  package var title: String
  package var body: String
  package var channel: Channel?
  /// Days since 1970-01-01: rules in force on that day count. Today where nil.
  package var day: Int?

  package init(title: String, body: String, channel: Channel? = nil, day: Int? = nil) {
    self.title = title
    self.body = body
    self.channel = channel
    self.day = day
  }
}

/// What the rules make of a text, and why.
package struct AttemptReading: Sendable, Hashable {
  /// A rule that fired.
  package struct Evidence: Sendable, Hashable {
    package var rule: String
    package var points: Int
    package var words: String
    package var rationale: String
    /// File and line.
    package var place: String

    package init(rule: String, points: Int, words: String, rationale: String, place: String) {
      self.rule = rule
      self.points = points
      self.words = words
      self.rationale = rationale
      self.place = place
    }
  }

  package var book: String
  package var title: [MarkedRun]
  package var body: [MarkedRun]
  /// Topic, kind, place, who leads …
  package var facts: [RuleSheet.Fact]
  package var places: [String]
  package var evidence: [Evidence]
  /// What makes up the scores, what nearly fired, what would change the topic: a line each.
  package var reasons: [String]

  package init(
    book: String, title: [MarkedRun], body: [MarkedRun], facts: [RuleSheet.Fact], places: [String],
    evidence: [Evidence], reasons: [String]
  ) {
    self.book = book
    self.title = title
    self.body = body
    self.facts = facts
    self.places = places
    self.evidence = evidence
    self.reasons = reasons
  }
}
