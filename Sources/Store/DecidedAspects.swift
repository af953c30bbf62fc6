package import Suggestions

/// What of a suggestion a person has decided: the machine leaves it alone from then on.
package struct DecidedAspects: OptionSet, Sendable, Hashable {
  package let rawValue: Int
  package static let topic = DecidedAspects(rawValue: 1)
  package static let kind = DecidedAspects(rawValue: 2)
  package static let lead = DecidedAspects(rawValue: 4)
  package static let urgency = DecidedAspects(rawValue: 8)
  package static let region = DecidedAspects(rawValue: 16)
  package static let track = DecidedAspects(rawValue: 32)

  package init(rawValue: Int) { self.rawValue = rawValue }

  package var names: [String] {
    [
      (DecidedAspects.topic, "topic"), (.kind, "kind"), (.lead, "lead"), (.urgency, "urgency"), (.region, "region"),
      (.track, "track"),
    ].compactMap { contains($0.0) ? $0.1 : nil }
  }
}

extension SuggestionStore {
  /// Texts of which a person decided the topic, with its code: what rules can learn from. By number.
  package func decidedTopics(
    tracks: Set<Track> = Set(Track.allCases)
  ) throws(StoreFault) -> [(text: StoredText, topic: String)] {
    try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      return try session.all(
        """
        SELECT \(StoredText.columns), g.topic FROM suggestion g JOIN submission s ON s.number = g.id
        WHERE g.decided & 1 = 1 AND g.track IN \(StoredText.list(tracks)) AND \(ErasedRows.isLiving) ORDER BY g.id
        """, []
      ) { row in
        codes.text(Int(row.integer(StoredText.columnCount))).map { (StoredText(row), $0) }
      }.compactMap(\.self)
    }
  }
}
