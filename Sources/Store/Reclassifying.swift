package import Suggestions

/// A submission nobody has decided on, with its verdict.
package struct UndecidedSubmission: Sendable {
  package var text: StoredText
  /// The verdict's columns, to be compared with a new one's.
  package var verdict: StoredVerdict
}

/// A verdict as it lies in the store; codes are numbers of the code table.
package struct StoredVerdict: Sendable, Hashable {
  package var track: Int
  package var kind: Int
  package var act: Int
  package var urgency: Int
  package var topic: Int
  package var region: Int
  package var station: Int
  package var lead: Int
  package var tier: Int
  package var priority: Int
  package var record: [UInt8]

  package init(_ row: borrowing SubmissionRow) {
    track = Int(row.track.rawValue)
    kind = Int(row.kind.rawValue)
    act = Int(row.act.rawValue)
    urgency = Int(row.urgency.rawValue)
    topic = row.topic
    region = row.region
    station = row.station
    lead = row.lead
    tier = row.tier
    priority = row.priority
    record = Array(row.verdict)
  }

  fileprivate init(_ row: any SQLRow, from column: Int) {
    let numbers = (0..<10).map { Int(row.integer(column + $0)) }
    (track, kind, act, urgency, topic) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
    (region, station, lead, tier, priority) = (numbers[5], numbers[6], numbers[7], numbers[8], numbers[9])
    record = row.bytes(StoredText.verdictColumn)
  }
}

extension SuggestionStore {
  /// Submissions of suggestions that wait for review and of which no person decided anything, judged by another book than
  /// the one named; in the order of their numbers.
  package func undecided(
    after number: Int, limit: Int, book: String
  ) throws(StoreFault) -> [UndecidedSubmission] {
    try snapshot { session throws(StoreFault) in
      try session.all(
        """
        SELECT \(StoredText.columns), s.track, s.kind, s.act, s.urgency, s.topic, s.region, s.station, s.lead, s.tier,
          s.priority
        FROM submission s JOIN suggestion g ON g.id = s.suggestion
        WHERE s.number > $1 AND g.state = $2 AND NOT \(SuggestionStore.isDecided) AND \(ErasedRows.isLiving)
          AND s.book NOT IN (SELECT id FROM code WHERE family = $3 AND text = $4)
        ORDER BY s.number LIMIT $5
        """,
        [
          .integer(number), .integer(Int(CaseState.pending.rawValue)), .integer(CodeFamily.book.rawValue), .text(book),
          .integer(limit),
        ]
      ) { UndecidedSubmission(text: StoredText($0), verdict: StoredVerdict($0, from: StoredText.columnCount)) }
    }
  }

  /// Of submission `s` of suggestion `g`. A sensitive part stays sensitive, as what it was split out of was, whatever
  /// its own words say.
  private static let isDecided =
    "(g.decided <> 0 OR s.track = 1 AND s.number IN (SELECT part FROM split_part))"

  /// Submissions a person has decided something of, or that left the queue: a new book leaves them alone.
  package func decidedCount() throws(StoreFault) -> Int {
    try read { session throws(StoreFault) in
      Int(
        try session.integer(
          """
          SELECT count(*) FROM submission s JOIN suggestion g ON g.id = s.suggestion
          WHERE g.state <> $1 OR \(SuggestionStore.isDecided)
          """, [.integer(Int(CaseState.pending.rawValue))]))
    }
  }
}

extension IntakeWriter {
  /// The verdict of a row takes the place of the stored one, which is kept; the suggestion it opened follows.
  ///
  /// - Parameter event: number of the event that tells of it.
  package mutating func reclassify(_ row: borrowing SubmissionRow, event: Int) throws(StoreFault) {
    let number: SQLValue = .integer(Int(row.number))
    try raw.execute(
      """
      INSERT INTO earlier_verdict (submission, ordinal, event, track, kind, act, urgency, topic, region, station, lead,
        tier, priority, book, verdict)
      SELECT number, (SELECT count(*) FROM earlier_verdict WHERE submission = $1), $2, track, kind, act, urgency, topic,
        region, station, lead, tier, priority, book, verdict
      FROM submission WHERE number = $1
      """, [number, .integer(event)])
    let statement = try raw.prepared(
      """
      UPDATE submission SET track = $2, kind = $3, act = $4, urgency = $5, topic = $6, region = $7, station = $8,
        lead = $9, tier = $10, priority = $11, book = $12, verdict = $13
      WHERE number = $1
      """)
    var binder = Binder(statement)
    binder.integer(Int(row.number))
    verdict(row, &binder)
    try raw.run(statement)
    try raw.execute(
      """
      UPDATE suggestion SET version = version + 1, track = $2, kind = $3, urgency = $4, topic = $5, region = $6,
        station = $7, lead = $8, tier = $9, priority = min(99, $10 + 2 * min(5, support - 1))
      WHERE id = $1 AND state = 0 AND decided = 0
      """,
      [
        number, .integer(Int(row.track.rawValue)), .integer(Int(row.kind.rawValue)),
        .integer(Int(row.urgency.rawValue)), .integer(row.topic), .integer(row.region), .integer(row.station),
        .integer(row.lead), .integer(row.tier), .integer(row.priority),
      ])
    try MatterIndex.note(Int(row.number), raw)
  }

  /// A verdict that came out the same: judged by the new book now, nothing else changes.
  package mutating func confirm(_ number: UInt32, book: Int) throws(StoreFault) {
    try raw.execute(
      "UPDATE submission SET book = $2 WHERE number = $1", [.integer(Int(number)), .integer(book)])
  }

  /// Links of near texts across tracks are cut: the ordinary queue does not know of sensitive matters.
  package mutating func cutLinksAcrossTracks() throws(StoreFault) {
    try raw.execute(
      """
      UPDATE submission SET duplicate = 0, leader = NULL, score = 0, differs = 0, contained = 0
      WHERE duplicate = 2 AND track <> (SELECT l.track FROM submission l WHERE l.number = submission.leader)
      """, [])
    try raw.execute(
      """
      UPDATE suggestion SET near = NULL
      WHERE near IS NOT NULL AND (SELECT s.leader FROM submission s WHERE s.number = suggestion.id) IS NULL
      """, [])
  }
}
