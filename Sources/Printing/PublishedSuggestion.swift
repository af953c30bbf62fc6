/// A suggestion as anybody may have it: redacted and cleared, of the ordinary track.
package struct PublishedSuggestion: Sendable, Hashable {
  /// Stays the suggestion's own over all issues.
  package var id: String
  package var title: String
  package var text: String
  /// Stable codes, and their names on the day of publishing.
  package var kind: String
  package var topic: (code: String, name: String)?
  package var area: (code: String, name: String)?
  package var unit: (code: String, name: String)?
  package var channel: String
  package var state: String
  /// Seconds since 1970.
  package var submitted: Int64
  package var answered: Int64?
  package var closed: Int64?
  package var answer: String?
  package var outcome: String?
  /// Distinct writers.
  package var support: Int

  package init(
    id: String, title: String, text: String, kind: String, topic: (code: String, name: String)? = nil,
    area: (code: String, name: String)? = nil, unit: (code: String, name: String)? = nil, channel: String,
    state: String,
    submitted: Int64, answered: Int64? = nil, closed: Int64? = nil, answer: String? = nil, outcome: String? = nil,
    support: Int = 1
  ) {
    self.id = id
    self.title = title
    self.text = text
    self.kind = kind
    self.topic = topic
    self.area = area
    self.unit = unit
    self.channel = channel
    self.state = state
    self.submitted = submitted
    self.answered = answered
    self.closed = closed
    self.answer = answer
    self.outcome = outcome
    self.support = support
  }

  package static func == (left: PublishedSuggestion, right: PublishedSuggestion) -> Bool {
    OpenDataField.allCases.allSatisfy { $0.value(of: left) == $0.value(of: right) }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
