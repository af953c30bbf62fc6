package import Suggestions

/// What of the queue somebody looks at, as the address says it. The same fields make the page, its counts, a saved view
/// and the way back after a decision.
package struct QueueQuery: Sendable, Hashable {
  package var fields: FormFields

  /// Fields that narrow or order; anything else in an address is not carried on.
  package static let names: Set<String> = [
    "track", "topic", "region", "lead", "kind", "urgency", "channel", "station", "since", "until", "order", "q", "state",
    "near", "place", "claim",
  ]

  package init(_ fields: FormFields) {
    self.fields = FormFields(fields.fields.filter { QueueQuery.names.contains($0.name) && !$0.value.isEmpty })
  }

  package var track: Track { fields["track"] == Track.sensitive.code ? .sensitive : .ordinary }

  /// The queue's address with these filters and more.
  package func address(_ more: (name: String, value: String)...) -> String {
    let all = FormFields(fields.fields + more)
    return "/queue" + (all.fields.isEmpty ? "" : "?" + all.encoded)
  }
}
