package import Suggestions

extension StoredText {
  /// What is selected of a submission `s`, before anything else a query wants.
  static let columns = "s.number, s.title, s.body, s.submitted_at, s.channel, s.attributes, s.verdict"
  static let columnCount = 7
  static let verdictColumn = 6

  init(_ row: any SQLRow) {
    var fields: [(Field, [UInt8])] = []
    var reader = PackedReader(row.bytes(5))
    while !reader.isAtEnd, let number = reader.number(), let text = reader.text() {
      if let field = UInt8(exactly: number).flatMap({ Field(rawValue: $0) }) { fields.append((field, text)) }
    }
    self.init(
      number: UInt32(truncatingIfNeeded: row.integer(0)), title: row.bytes(1), body: row.bytes(2),
      submittedAt: row.optionalInteger(3),
      channel: UInt8(exactly: row.integer(4)).flatMap { Channel(rawValue: $0) } ?? .other, fields: fields,
      cuts: UInt16(truncatingIfNeeded: VerdictRecord(row.bytes(StoredText.verdictColumn))?.cuts ?? 0))
  }

  /// As SQL lists them.
  static func list(_ tracks: Set<Track>) -> String {
    "(" + tracks.map { String($0.rawValue) }.sorted().joined(separator: ", ") + ")"
  }

  /// Title and body as people read them.
  package var display: (title: String, body: String) { (DisplayText(title).text, DisplayText(body).text) }
}

extension SuggestionStore {
  /// The text that opened each suggestion, by number; revised ones with their newest text.
  ///
  /// - Parameters:
  ///   - number: of the last suggestion of the page before, 0 for the first.
  ///   - tracks: of the suggestions; those nobody is to learn from are left out.
  package func openingTexts(
    after number: Int, limit: Int, tracks: Set<Track> = Set(Track.allCases)
  ) throws(StoreFault) -> [StoredText] {
    try read { session throws(StoreFault) in
      try session.all(
        """
        SELECT \(StoredText.columns) FROM suggestion g JOIN submission s ON s.number = g.id
        WHERE g.id > $1 AND g.track IN \(StoredText.list(tracks)) AND \(ErasedRows.isLiving) ORDER BY g.id LIMIT $2
        """, [.integer(number), .integer(limit)]) { StoredText($0) }
    }
  }

  /// A submission's text, the version of the rule book that judged it, and the instant it was judged for (seconds since
  /// 1970); nil when there is no such submission or its text was erased.
  package func judgedText(_ number: Int) throws(StoreFault) -> (text: StoredText, book: String, asOf: Int64)? {
    try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      let found = try session.first(
        "SELECT \(StoredText.columns), s.seal, s.book FROM submission s WHERE s.number = $1 AND \(ErasedRows.isLiving)", [.integer(number)]
      ) { row in
        (
          text: StoredText(row), seal: Int(row.integer(StoredText.columnCount)),
          book: codes.text(Int(row.integer(StoredText.columnCount + 1))) ?? ""
        )
      }
      guard let found else { return nil }
      var run = 0
      var at: Int64 = 0
      try session.each(
        "SELECT action, subject, at, payload FROM event WHERE action IN ('intake', 'reclassify') ORDER BY seq", []
      ) { row in
        let payload = EventPayload(row.text(3))
        if row.text(0) == "intake", IntakePayload(payload)?.holds(found.seal) ?? false {
          (run, at) = (Int(row.integer(1)), row.integer(2))
        } else if run > 0, payload.judges(number, by: found.book) {
          (run, at) = (0, row.integer(2))
        }
      }
      return (
        found.text, found.book,
        try session.first("SELECT as_of FROM run WHERE id = $1", [.integer(run)]) { $0.integer(0) } ?? at
      )
    }
  }
}
