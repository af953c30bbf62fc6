package import Casework
package import Suggestions

/// A suggestion as the review queue shows it.
package struct QueueItem: Sendable {
  /// Of the suggestion, which is the number of its first submission.
  package var id: Int
  package var receipt: String
  package var track: Track
  package var state: CaseState
  /// How many acts there were: what a person who acts on it has seen.
  package var version: Int
  /// In whose hands it is; nil when it is in nobody's, or no longer.
  package var claim: CaseClaim?
  /// Out of the queue until then; seconds since 1970.
  package var snoozedUntil: Int64?
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
  ///
  /// - Parameter moment: when snoozes are over by, in seconds since 1970; nil: each lasts until it is ended.
  package func queue(
    limit: Int, track: Track, names: CodeNames, at moment: Int64? = nil
  ) throws(StoreFault) -> [QueueItem] {
    try reviewQueue(ReviewFilter(tracks: [track], at: moment), limit: limit, names: names).items
  }
}

/// Reads suggestions as a list shows them.
struct QueueRows {
  private let session: any SQLSession
  private let codes: StoredCodes
  private let names: CodeNames
  private let receipts: ReceiptCode
  /// When claims and snoozes are over by; nil: they stand as they are.
  private let moment: Int64?

  init(
    _ session: any SQLSession, names: CodeNames, receipts: ReceiptCode, at moment: Int64?
  ) throws(StoreFault) {
    self.session = session
    codes = try StoredCodes(session)
    self.names = names
    self.receipts = receipts
    self.moment = moment
  }

  /// In the order of the numbers; those there are not are left out.
  func items(_ ids: [Int]) throws(StoreFault) -> [QueueItem] {
    var found: [Int: QueueItem] = [:]
    for start in stride(from: 0, to: ids.count, by: ReviewScan.together) {
      for item in try read(ids[start..<min(ids.count, start + ReviewScan.together)]) { found[item.id] = item }
    }
    return ids.compactMap { found[$0] }
  }

  private func read(_ ids: ArraySlice<Int>) throws(StoreFault) -> [QueueItem] {
    var again: [Int] = []
    var list = ArgumentList()
    var items = try session.all(
      """
      SELECT g.id, t.title, t.body, g.kind, g.topic, g.region, g.lead, g.tier, g.urgency, g.priority, g.support,
        g.submissions, g.submitted_at, g.near, coalesce(lg.root, lg.id), s.score, s.differs, s.verdict, g.decided,
        s.duplicate + s.contained, CASE WHEN \(Recurrences.takesUp("g.id")) THEN 1 ELSE 0 END, g.track, g.state,
        coalesce(c.version, \(QueueRows.actsBeforeFiles)), c.claimant, c.claimed_until, c.snoozed_until
      FROM suggestion g
        JOIN submission s ON s.number = g.id
        JOIN submission t ON t.number = \(ErasedRows.shown)
        LEFT JOIN submission l ON l.number = g.near
        LEFT JOIN suggestion lg ON lg.id = l.suggestion AND lg.track = g.track
        LEFT JOIN case_file c ON c.suggestion = g.id
      WHERE g.id IN (\(list.list(ids)))
      """, list.values
    ) { row in
      if row.integer(20) != 0 { again.append(Int(row.integer(0))) }
      return item(row)
    }
    for id in again {
      guard let place = items.firstIndex(where: { $0.id == id }) else { continue }
      items[place].recurrence = try Recurrences.recurrence(id, session)
    }
    return items
  }

  /// What was decided before cases had files counts in their history.
  private static let actsBeforeFiles = """
    (SELECT count(*) FROM event e WHERE e.subject = g.id AND e.action <> 'intake'
      AND e.action IN ('correct', 'merge', 'unmerge'))
    """

  private func item(_ row: any SQLRow) -> QueueItem {
    let verdict = VerdictRecord(row.bytes(17)) ?? VerdictRecord()
    let id = Int(row.integer(0))
    func lasts(_ until: Int64) -> Bool { moment.map { until > $0 } ?? true }
    return QueueItem(
      id: id, receipt: UInt32(exactly: id).map { receipts.code(of: $0) } ?? "",
      track: Track(rawValue: UInt8(truncatingIfNeeded: row.integer(21))) ?? .sensitive,
      state: CaseState(rawValue: UInt8(truncatingIfNeeded: row.integer(22))) ?? .pending,
      version: Int(row.integer(23)),
      claim: row.optionalInteger(25).flatMap { lasts($0) ? CaseClaim(actor: row.text(24), until: $0) : nil },
      snoozedUntil: row.optionalInteger(26).flatMap { lasts($0) ? $0 : nil },
      title: DisplayText(row.bytes(1)).text,
      excerpt: DisplayText(row.bytes(2)).excerpt(SuggestionStore.excerptLength),
      kind: StoredCodes.kind(row.integer(3)), topic: codes.text(Int(row.integer(4))),
      certainty: verdict.certainty, decided: DecidedAspects(rawValue: Int(row.integer(18))).names,
      region: codes.text(Int(row.integer(5))), lead: codes.text(Int(row.integer(6))),
      tier: names.tier(Int(row.integer(7))), urgency: StoredCodes.urgency(row.integer(8)),
      priority: Int(row.integer(9)), support: Int(row.integer(10)), submissions: Int(row.integer(11)),
      submittedAt: row.optionalInteger(12), near: near(row, id), recurrence: nil,
      flags: names.flags(verdict.flags), asked: codes.text(verdict.asked))
  }

  /// Nil also for one on another track, of which this one must not tell.
  private func near(_ row: any SQLRow, _ id: Int) -> NearLink? {
    guard let submission = row.optionalInteger(13), let leader = row.optionalInteger(14), leader != Int64(id) else {
      return nil
    }
    return NearLink(
      submission: Int(submission), suggestion: Int(leader), kind: StoredCodes.duplicate(row.integer(19)),
      score: Int(row.integer(15)), differs: StoredCodes.differs(row.integer(16)))
  }
}
