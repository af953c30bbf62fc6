package import Suggestions

/// A submission as the same-matter index looks at it.
package struct MatterSource: Sendable {
  package var number: Int
  /// Whether it opened the suggestion it belongs to: the others say what that one says.
  package var isOpening: Bool
  package var track: Track
  package var revision: Int
  /// UTF-8, with tokens; empty where it opened none.
  package var title: [UInt8]
  package var body: [UInt8]
}

/// A submission that changed since it was taken into the index.
package struct StaleMatter: Sendable {
  /// How it was taken in, with the text of that version; nil where it was not.
  package var indexed: (entry: MatterIndex.Entry, title: [UInt8], body: [UInt8])?
  /// As it is; nil where it is gone.
  package var source: MatterSource?
  package var number: Int
}

/// A text a question met, with what orders equal scores.
package struct MatterText: Sendable {
  package var number: Int
  /// The suggestion it is handled with.
  package var suggestion: Int
  package var title: [UInt8]
  package var body: [UInt8]
  package var submittedAt: Int64?
  // Numbers of the code table as the suggestion shows them, 0 for none.
  package var topic: Int
  package var region: Int
  package var station: Int
}

extension MatterSource {
  static let columns = """
    s.number, s.suggestion, s.track, s.revision, CASE WHEN s.number = s.suggestion AND \(ErasedRows.isLiving) THEN s.title ELSE '' END,
      CASE WHEN s.number = s.suggestion THEN s.body ELSE '' END
    """

  init(_ row: any SQLRow) {
    self.init(
      number: Int(row.integer(0)), isOpening: row.integer(0) == row.integer(1),
      track: UInt8(exactly: row.integer(2)).flatMap { Track(rawValue: $0) } ?? .ordinary,
      revision: Int(row.integer(3)), title: row.bytes(4), body: row.bytes(5))
  }
}

extension SuggestionStore {
  /// Submissions the index has not looked at, by number.
  package func unindexedMatters(after number: Int, limit: Int) throws(StoreFault) -> [MatterSource] {
    try read { session throws(StoreFault) in
      try session.all(
        "SELECT \(MatterSource.columns) FROM submission s WHERE s.number > $1 ORDER BY s.number LIMIT $2",
        [.integer(number), .integer(limit)]) { MatterSource($0) }
    }
  }

  /// Submissions that were noted as changed and lie before the watermark, by number.
  package func staleMatters(limit: Int) throws(StoreFault) -> [StaleMatter] {
    try snapshot { session throws(StoreFault) in
      let watermark = try MatterIndex.state(session).watermark
      let numbers = try session.all(
        "SELECT submission FROM matter_stale WHERE submission <= $1 ORDER BY submission LIMIT $2",
        [.integer(watermark), .integer(limit)]) { Int($0.integer(0)) }
      var stale: [StaleMatter] = []
      for number in numbers { stale.append(try SuggestionStore.matter(number, session)) }
      return stale
    }
  }

  /// A submission as it was taken in and as it is.
  package func indexedMatter(_ number: Int) throws(StoreFault) -> StaleMatter {
    try snapshot { session throws(StoreFault) in try SuggestionStore.matter(number, session) }
  }

  private static func matter(_ number: Int, _ session: any SQLSession) throws(StoreFault) -> StaleMatter {
    let entry = try session.first(
      "SELECT track, revision, square FROM matter_text WHERE number = $1 AND revision >= 0", [.integer(number)]
    ) { row in
      MatterIndex.Entry(
        number: number, track: UInt8(exactly: row.integer(0)).flatMap { Track(rawValue: $0) } ?? .ordinary,
        revision: Int(row.integer(1)), pieces: [], square: UInt64(max(0, row.integer(2))))
    }
    let source = try session.first(
      "SELECT \(MatterSource.columns) FROM submission s WHERE s.number = $1", [.integer(number)]
    ) { MatterSource($0) }
    var matter = StaleMatter(indexed: nil, source: source, number: number)
    if let entry {
      let sql =
        source?.revision == entry.revision
        ? "SELECT title, body FROM submission WHERE number = $1 AND revision = $2"
        : "SELECT title, body FROM revision WHERE submission = $1 AND revision = $2"
      matter.indexed = try session.first(sql, [.integer(number), .integer(entry.revision)]) {
        (entry, $0.bytes(0), $0.bytes(1))
      }
    }
    return matter
  }

  /// The newest submissions of a track that have a piece, for one piece after the other, until enough are read.
  ///
  /// - Returns: a list for each piece that was read.
  package func matterPostings(_ track: Track, _ pieces: [Int], most: Int) throws(StoreFault) -> [[UInt32]] {
    try snapshot { session throws(StoreFault) in
      let newest = MatterIndex.segment(try MatterIndex.state(session).watermark)
      var lists: [[UInt32]] = []
      var room = most
      for piece in pieces where room > 0 {
        var list: [UInt32] = []
        for segment in (0...newest).reversed() where list.count < room {
          try session.each(
            """
            SELECT number FROM matter_posting WHERE track = $1 AND segment = $2 AND piece = $3
            ORDER BY number DESC LIMIT $4
            """,
            [
              .integer(Int(track.rawValue)), .integer(segment), .integer(piece), .integer(room - list.count),
            ]
          ) { list.append(UInt32(truncatingIfNeeded: $0.integer(0))) }
        }
        room -= list.count
        lists.append(list)
      }
      return lists
    }
  }

  /// Texts of a track by their numbers; what has left the track meanwhile, or was merged into another, is left out.
  package func matterTexts(_ numbers: [UInt32], _ track: Track) throws(StoreFault) -> [MatterText] {
    let page = 64
    let places = (1...page).map { "$\($0)" }.joined(separator: ", ")
    let sql = """
      SELECT s.number, r.id, s.title, s.body, s.submitted_at, g.topic, g.region, g.station
      FROM submission s JOIN suggestion g ON g.id = s.suggestion JOIN suggestion r ON r.id = coalesce(g.root, g.id)
      WHERE s.number IN (\(places)) AND s.track = $\(page + 1) AND r.track = $\(page + 1)
      """
    return try snapshot { session throws(StoreFault) in
      var texts: [MatterText] = []
      var first = 0
      while first < numbers.count {
        let part = numbers[first..<min(numbers.count, first + page)].map { SQLValue.integer(Int($0)) }
        // One statement for all pages: the last one asks for its last number again.
        let filled = part + Array(repeating: part[part.count - 1], count: page - part.count)
        try session.each(sql, filled + [.integer(Int(track.rawValue))]) { row in
          texts.append(
            MatterText(
              number: Int(row.integer(0)), suggestion: Int(row.integer(1)), title: row.bytes(2), body: row.bytes(3),
              submittedAt: row.optionalInteger(4), topic: Int(row.integer(5)), region: Int(row.integer(6)),
              station: Int(row.integer(7))))
        }
        first += page
      }
      return texts
    }
  }

  /// The track of a suggestion and the text it opened with; nil where there is none.
  package func openingMatter(
    _ suggestion: Int
  ) throws(StoreFault) -> (text: StoredText, matter: MatterText, track: Track, isIndexed: Bool)? {
    try snapshot { session throws(StoreFault) in
      try session.first(
        """
        SELECT \(StoredText.columns), g.topic, g.region, g.station, s.track,
          (SELECT count(*) FROM matter_text m WHERE m.number = s.number AND m.revision >= 0)
        FROM suggestion g JOIN submission s ON s.number = g.id WHERE g.id = $1
        """, [.integer(suggestion)]
      ) { row in
        let text = StoredText(row)
        let first = StoredText.columnCount
        let matter = MatterText(
          number: suggestion, suggestion: suggestion, title: text.title, body: text.body,
          submittedAt: text.submittedAt, topic: Int(row.integer(first)), region: Int(row.integer(first + 1)),
          station: Int(row.integer(first + 2)))
        return (
          text, matter, UInt8(exactly: row.integer(first + 3)).flatMap { Track(rawValue: $0) } ?? .ordinary,
          row.integer(first + 4) > 0
        )
      }
    }
  }

  /// What people see of a candidate beside its text.
  package struct MatterDisplay: Sendable {
    package var text: StoredText
    /// The one it is handled with, as are the receipt and what follows.
    package var suggestion: Int
    package var receipt: String
    package var topic: String?
    package var state: String
    package var support: Int
    /// The suggestion its suggestion nearly repeats.
    package var near: Int?
  }

  /// Of submissions by their numbers; those that are not there are left out.
  package func matterDisplays(_ numbers: [Int]) throws(StoreFault) -> [MatterDisplay] {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    return try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      var found: [MatterDisplay] = []
      for number in numbers {
        try session.each(
          """
          SELECT \(StoredText.columns), r.id, r.topic, r.state, r.support, l.suggestion
          FROM submission s JOIN suggestion g ON g.id = s.suggestion
            JOIN suggestion r ON r.id = coalesce(g.root, g.id) LEFT JOIN submission l ON l.number = g.near
          WHERE s.number = $1
          """, [.integer(number)]
        ) { row in
          let first = StoredText.columnCount
          let suggestion = Int(row.integer(first))
          found.append(
            MatterDisplay(
              text: StoredText(row), suggestion: suggestion,
              receipt: UInt32(exactly: suggestion).map { receipts.code(of: $0) } ?? "",
              topic: codes.text(Int(row.integer(first + 1))), state: StoredCodes.state(row.integer(first + 2)),
              support: Int(row.integer(first + 3)), near: row.optionalInteger(first + 4).map { Int($0) }))
        }
      }
      return found
    }
  }
}
