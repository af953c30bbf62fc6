/// The text that opened a suggestion, as people read it, for asking the rules about it again.
package struct SuggestionText: Sendable {
  package var id: Int
  package var title: String
  package var body: String
  /// Code of the region it was settled in.
  package var region: String?
}

extension SuggestionStore {
  /// All suggestions of all tracks by number; revised ones with their newest text.
  package func eachText(_ body: (SuggestionText) -> Void) throws(StoreFault) {
    try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      try session.each(
        """
        SELECT g.id, s.title, s.body, s.region FROM suggestion g JOIN submission s ON s.number = g.id ORDER BY g.id
        """, []
      ) { row in
        body(
          SuggestionText(
            id: Int(row.integer(0)), title: DisplayText(row.bytes(1)).text, body: DisplayText(row.bytes(2)).text,
            region: codes.text(Int(row.integer(3)))))
      }
    }
  }
}
