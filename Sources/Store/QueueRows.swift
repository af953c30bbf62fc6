package import Suggestions

/// A suggestion as the review queue shows it.
package struct QueueItem: Sendable {
  /// Of the suggestion, which is the number of its first submission.
  package var id: Int
  package var receipt: String
  package var title: String
  /// The beginning of the redacted body.
  package var excerpt: String
  package var kind: String
  package var topic: String?
  package var certainty: Certainty
  /// What a person decided: `topic`, `kind`, `lead`.
  package var decided: [String]
  package var region: String?
  package var lead: String?
  package var tier: String
  package var urgency: String
  package var priority: Int
  package var support: Int
  package var submissions: Int
  package var submittedAt: Int64?
  package var near: NearLink?
  /// Set where it takes up a matter that was done with.
  package var recurrence: Recurrence?
  package var flags: [String]
  /// Name of the ambiguous place people are asked about.
  package var asked: String?

  /// How often its matter has come by now: 1 ordinarily.
  package var times: Int { recurrence?.times ?? 1 }
}

/// How a suggestion relates to another one that says nearly the same, or contains it.
package struct NearLink: Sendable, Hashable {
  /// The submission whose text is nearly the same.
  package var submission: Int
  /// The suggestion it belongs to.
  package var suggestion: Int
  /// `near` or `contained`.
  package var kind: String
  /// Jaccard similarity in thousandths; where one contains the other, the share of the shorter text in the longer.
  package var score: Int
  /// What differs; nil for nothing that tells two matters apart.
  package var differs: String?

  package init(submission: Int, suggestion: Int, kind: String, score: Int, differs: String?) {
    self.submission = submission
    self.suggestion = suggestion
    self.kind = kind
    self.score = score
    self.differs = differs
  }
}

extension SuggestionStore {
  static let excerptLength = 120

  /// The suggestions of a track that wait for review: by priority, then the earliest. One
  /// of which every submission was erased waits for nobody.
  package func queue(limit: Int, track: Track, names: CodeNames) throws(StoreFault) -> [QueueItem] {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    return try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      let takesUp = Recurrences.takesUp("g.id")
      var again: [Int] = []
      var items = try session.all(
        """
        SELECT g.id, t.title, t.body, g.kind, g.topic, g.region, g.lead, g.tier, g.urgency, g.priority, g.support,
          g.submissions, g.submitted_at, g.near, coalesce(lg.root, lg.id), s.score, s.differs, s.verdict, g.decided,
          s.duplicate + s.contained, CASE WHEN \(takesUp) THEN 1 ELSE 0 END
        FROM suggestion g
          JOIN submission s ON s.number = g.id
          JOIN submission t ON t.number = \(ErasedRows.shown)
          LEFT JOIN submission l ON l.number = g.near
          LEFT JOIN suggestion lg ON lg.id = l.suggestion AND lg.track = g.track
        WHERE g.track = $1 AND g.state = $2 AND g.root IS NULL AND NOT \(ErasedRows.isDeserted)
        ORDER BY g.priority DESC, g.id
        LIMIT $3
        """,
        [.integer(Int(track.rawValue)), .integer(Int(CaseState.pending.rawValue)), .integer(max(0, limit))]
      ) { row in
        let verdict = VerdictRecord(row.bytes(17)) ?? VerdictRecord()
        let id = Int(row.integer(0))
        if row.integer(20) != 0 { again.append(id) }
        return QueueItem(
          id: id, receipt: UInt32(exactly: id).map { receipts.code(of: $0) } ?? "",
          title: DisplayText(row.bytes(1)).text,
          excerpt: DisplayText(row.bytes(2)).excerpt(SuggestionStore.excerptLength),
          kind: StoredCodes.kind(row.integer(3)), topic: codes.text(Int(row.integer(4))),
          certainty: verdict.certainty, decided: DecidedAspects(rawValue: Int(row.integer(18))).names,
          region: codes.text(Int(row.integer(5))), lead: codes.text(Int(row.integer(6))),
          tier: names.tier(Int(row.integer(7))), urgency: StoredCodes.urgency(row.integer(8)),
          priority: Int(row.integer(9)), support: Int(row.integer(10)), submissions: Int(row.integer(11)),
          submittedAt: row.optionalInteger(12),
          // Nil also for one on another track, of which this one must not tell.
          near: row.optionalInteger(14).flatMap { leader in
            leader == Int64(id) ? nil : row.optionalInteger(13).map { (Int($0), Int(leader)) }
          }.map { submission, leader in
            NearLink(
              submission: submission, suggestion: leader, kind: StoredCodes.duplicate(row.integer(19)),
              score: Int(row.integer(15)), differs: StoredCodes.differs(row.integer(16)))
          },
          recurrence: nil, flags: names.flags(verdict.flags), asked: codes.text(verdict.asked))
      }
      for id in again {
        guard let place = items.firstIndex(where: { $0.id == id }) else { continue }
        items[place].recurrence = try Recurrences.recurrence(id, session)
      }
      return items
    }
  }
}
