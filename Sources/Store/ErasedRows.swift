internal import Suggestions

/// The rows of an erased submission: what goes, what stays, and what says so.
struct ErasedRows {
  private let session: any SQLSession
  private let marks: ErasureMarks

  init(_ session: any SQLSession, _ marks: ErasureMarks) {
    self.session = session
    self.marks = marks
  }

  /// A submission keeps 24 bytes of digests of who it is and what it says as long as it says anything.
  static let isLiving = "length(s.identity) > 0"

  /// The submission whose words stand for suggestion `g`: the one that opened it, or, where that one was erased, the
  /// first of the others.
  static let shown = "coalesce((SELECT e.shown FROM erased_submission e WHERE e.number = g.id), g.id)"

  /// Nobody stands for suggestion `g` any more.
  static let isDeserted = "EXISTS (SELECT 1 FROM erased_submission e WHERE e.number = g.id AND e.shown IS NULL)"

  static func isErased(_ number: Int, _ session: any SQLSession) throws(StoreFault) -> Bool {
    try session.integer("SELECT count(*) FROM erased_submission WHERE number = $1", [.integer(number)]) > 0
  }

  static func isIndexed(_ number: Int, _ session: any SQLSession) throws(StoreFault) -> Bool {
    try session.integer(
      "SELECT count(*) FROM matter_text WHERE number = $1 AND revision >= 0", [.integer(number)]) > 0
  }

  /// Whether the pages of before are still to be written over.
  static func isPending(_ session: any SQLSession) throws(StoreFault) -> Bool {
    try session.integer("SELECT count(*) FROM setting WHERE name = 'erasing'") > 0
  }

  /// All that is sealed of it.
  func seals(of number: Int?, records: [Int]) throws(StoreFault) -> [Int] {
    var seals: [Int] = []
    if let number {
      seals = try session.all(
        "SELECT seal FROM submission WHERE number = $1 UNION SELECT seal FROM revision WHERE submission = $1",
        [.integer(number)]) { Int($0.integer(0)) }
    }
    for record in records {
      seals.append(Int(try session.integer("SELECT seal FROM quarantine WHERE id = $1", [.integer(record)])))
    }
    return seals
  }

  func erase(_ subject: Erasing.Subject) throws(StoreFault) -> ErasureReport.Erased {
    try mark(subject.entry)
    try eraseRecords(subject)
    guard let number = subject.number else { return try eraseRecordsAlone(subject) }
    let suggestion = Int(
      try session.integer("SELECT suggestion FROM submission WHERE number = $1", [.integer(number)]))
    let event = try History.next(session)
    let versions = try keepDigests(number)
    try session.execute(
      "INSERT INTO erased_submission (number, event, mark, shown) VALUES ($1, $2, $3, NULL)",
      [.integer(number), .integer(event), .bytes(subject.entry.mark)])
    try eraseTexts(number, subject.entry.mark)
    try handOver(suggestion)
    let left = try EventErasing(session).erase(number, of: suggestion, records: subject.records)
    try tell(number, subject.entry, versions: versions, records: subject.records, left)
    try recount(suggestion)
    let root = try MergedSuggestions(session).root(of: suggestion)
    let issues = try IssueErasing(session).erase(
      Set([number, suggestion] + [root].compactMap(\.self)), by: subject.entry.actor, at: subject.entry.at)
    var done = ErasureReport.Erased(
      number: number, event: event, versions: versions.count, records: subject.records.count, events: left.count)
    (done.publishedIssues, done.changedIssues) = issues
    return done
  }

  /// Of a submission this store does not hold, while it holds what it came from.
  private func eraseRecordsAlone(_ subject: Erasing.Subject) throws(StoreFault) -> ErasureReport.Erased {
    let entry = subject.entry
    var done = ErasureReport.Erased(
      number: entry.number, event: 0, versions: 0, records: subject.records.count, events: 0)
    guard !subject.records.isEmpty else { return done }
    done.event = try History.next(session)
    let left = try EventErasing(session).erase(nil, of: nil, records: subject.records)
    try tell(0, entry, versions: [], records: subject.records, left)
    done.events = left.count
    return done
  }

  private func tell(
    _ number: Int, _ entry: ErasureJournal.Submission, versions: [(seal: Int, digest: [UInt8])], records: [Int],
    _ left: [ErasureRecord.Event]
  ) throws(StoreFault) {
    let record = ErasureRecord(
      tombstone: ErasureRecord.tombstone(number, mark: entry.mark, versions: versions), versions: versions.count,
      records: records, events: left, reason: entry.reason)
    try History.append(
      History.Event(
        at: entry.at, actor: entry.actor, action: ErasureRecord.action, subject: number, payload: record.payload),
      to: session)
  }

  /// Notes what is to follow the commit.
  ///
  /// - Parameter keys: how many there are, where erasures of another copy were replayed: it may have used all of them.
  func note(keys: Int?) throws(StoreFault) {
    try set("erasing", 1)
    if let keys { try set("next_key", keys) }
  }

  private func set(_ name: String, _ value: Int) throws(StoreFault) {
    try session.execute(
      "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      [.text(name), .text(String(value))])
  }

  // MARK: Parts

  private func mark(_ entry: ErasureJournal.Submission) throws(StoreFault) {
    for (kind, mark) in [(Tombstones.Kind.identity, entry.mark)] + entry.records.map({ (.record, $0) }) {
      try session.execute(
        "INSERT INTO erased_mark (kind, mark) VALUES ($1, $2) ON CONFLICT (kind, mark) DO NOTHING",
        [.integer(kind.rawValue), .bytes(mark)])
    }
  }

  /// Set-aside records keep their place in the file they stood in. One that still waits has come in by another way.
  private func eraseRecords(_ subject: Erasing.Subject) throws(StoreFault) {
    for record in subject.records {
      let digest = try session.first("SELECT digest FROM quarantine WHERE id = $1", [.integer(record)]) { $0.bytes(0) }
      try session.execute(
        """
        UPDATE quarantine SET detail = '', digest = $2, state = CASE WHEN state = 0 THEN 2 ELSE state END WHERE id = $1
        """, [.integer(record), .bytes(marks.record(digest ?? []))])
    }
  }

  /// What the batches' events were written over cannot be made again from the rows.
  private func keepDigests(_ number: Int) throws(StoreFault) -> [(seal: Int, digest: [UInt8])] {
    let digests = try session.all(
      """
      SELECT v.seal, s.external_id, v.identity, v.title, v.body, v.attributes, v.submitted_at, v.channel
      FROM (
        SELECT seal, identity, title, body, attributes, submitted_at, channel FROM submission WHERE number = $1
        UNION ALL
        SELECT seal, identity, title, body, attributes, submitted_at, channel FROM revision WHERE submission = $1) v
        JOIN submission s ON s.number = $1
      ORDER BY v.seal
      """, [.integer(number)]
    ) { row in
      (
        seal: Int(row.integer(0)),
        digest: VersionDigest.of(
          externalID: row.bytes(1), identity: row.bytes(2), title: row.bytes(3), body: row.bytes(4),
          attributes: row.bytes(5), submittedAt: row.optionalInteger(6), channel: row.integer(7))
      )
    }
    var kept: [(seal: Int, digest: [UInt8])] = []
    for version in digests {
      let masked = marks.masked(version.digest, seal: version.seal)
      try session.execute(
        "INSERT INTO erased_version (seal, submission, digest) VALUES ($1, $2, $3)",
        [.integer(version.seal), .integer(number), .bytes(masked)])
      kept.append((version.seal, masked))
    }
    return kept
  }

  private func eraseTexts(_ number: Int, _ mark: [UInt8]) throws(StoreFault) {
    let key: SQLValue = .integer(number)
    let verdict = try session.first("SELECT verdict FROM submission WHERE number = $1", [key]) { $0.bytes(0) } ?? []
    try WriterIndex.forget(number, session)
    try session.execute(
      """
      UPDATE submission SET external_id = $2, writer = NULL, place = 0, names_place = 0, identity = $3, title = $4,
        body = '', attributes = $3, sketch = $3, verdict = $5
      WHERE number = $1
      """,
      [
        key, .text(ErasureMarks.externalID(mark)), .bytes([]), .text(ErasureMarks.title), .bytes(ErasedRows.verdict(verdict)),
      ])
    for (table, column) in [("revision", "revision"), ("earlier_verdict", "ordinal")] {
      let verdicts = try session.all("SELECT \(column), verdict FROM \(table) WHERE submission = $1", [key]) {
        ($0.integer(0), $0.bytes(1))
      }
      for (place, verdict) in verdicts {
        try session.execute(
          "UPDATE \(table) SET verdict = $3 WHERE submission = $1 AND \(column) = $2",
          [key, .integer(place), .bytes(ErasedRows.verdict(verdict))])
      }
    }
    try session.execute(
      "UPDATE revision SET identity = $2, title = '', body = '', attributes = $2 WHERE submission = $1",
      [key, .bytes([])])
    try session.execute(
      """
      UPDATE member SET writer = NULL
      WHERE suggestion = (SELECT suggestion FROM submission WHERE number = $1) AND submission = $1
      """, [key])
    try session.execute("DELETE FROM reporter_submission WHERE submission = $1", [key])
    try SearchIndex.forget(number, session)
  }

  /// Without what it says of the text: where words stand in it, what was cut out of it, which place it named.
  static func verdict(_ packed: [UInt8]) -> [UInt8] {
    var verdict = VerdictRecord(packed) ?? VerdictRecord()
    verdict.evidence = []
    verdict.cuts = 0
    verdict.asked = 0
    var writer = PackedWriter()
    verdict.write(to: &writer)
    return writer.bytes
  }

  /// The words of the first one left stand for a suggestion whose opening was erased.
  private func handOver(_ suggestion: Int) throws(StoreFault) {
    try session.execute(
      "UPDATE erased_submission SET shown = (\(ErasedRows.firstLiving)) WHERE number = $1", [.integer(suggestion)])
    // Nobody is reminded of what nobody can read and nobody has begun.
    try session.execute(
      """
      UPDATE watch SET next_at = NULL WHERE suggestion = $1
        AND EXISTS (SELECT 1 FROM suggestion g WHERE g.id = $1 AND g.state = 0 AND \(ErasedRows.isDeserted))
      """, [.integer(suggestion)])
  }

  /// Of suggestion `$1`.
  static let firstLiving = """
    SELECT min(m.submission) FROM member m JOIN submission s ON s.number = m.submission
    WHERE m.suggestion = $1 AND \(isLiving)
    """

  private func recount(_ suggestion: Int) throws(StoreFault) {
    let merged = try MergedSuggestions(session)
    for changed in [suggestion, merged.root(of: suggestion)].compactMap(\.self) {
      try SupportCounting.count(changed, merged, session)
    }
  }
}

/// The texts of what was done about an erased submission.
struct EventErasing {
  private let session: any SQLSession

  /// Events about a suggestion beside the acts of its case, with its number as their subject.
  static let ofSuggestion: Set<String> = ["correct", "merge", "unmerge", "again", "not-again", "link"]
  private static let ofRecord: Set<String> = ["unseal", "quarantine-discard", "quarantine-retry"]

  init(_ session: any SQLSession) { self.session = session }

  /// - Parameter records: set-aside records it came from.
  func erase(
    _ number: Int?, of suggestion: Int?, records: [Int]
  ) throws(StoreFault) -> [ErasureRecord.Event] {
    var left: [ErasureRecord.Event] = []
    if let number {
      try erase(of: number, &left) { action, payload in
        action == "unseal" && EventPayload(payload).text("of") == "submission"
      }
    }
    for record in records {
      try erase(of: record, &left) { action, payload in
        EventErasing.ofRecord.contains(action)
          && (action != "unseal" || EventPayload(payload).text("of") == "quarantine")
      }
    }
    for one in try suggestion.map({ one throws(StoreFault) in try deserted(from: one) }) ?? [] {
      try erase(of: one, &left) { action, _ in
        action.hasPrefix(CaseEventRecord.prefix) || EventErasing.ofSuggestion.contains(action)
      }
    }
    return left.sorted { $0.seq < $1.seq }
  }

  /// Of the suggestion and those it was merged into, the ones nobody living stands for, neither in them nor in what was
  /// merged into them: what was answered there was answered to nobody else.
  private func deserted(from suggestion: Int) throws(StoreFault) -> [Int] {
    let merged = try MergedSuggestions(session)
    var line = [suggestion]
    while let parent = line.last.flatMap({ merged.parents[$0] }), !line.contains(parent) { line.append(parent) }
    var found: [Int] = []
    for one in line {
      var living = 0
      for part in [one] + merged.below(one) { living += try SupportCounting.voices(of: [part], session).count }
      if living == 0 { found.append(one) }
    }
    return found
  }

  private func erase(
    of subject: Int, _ left: inout [ErasureRecord.Event], where isWanted: (_ action: String, _ payload: String) -> Bool
  ) throws(StoreFault) {
    let events = try session.all(
      """
      SELECT seq, action, payload, salt FROM event
      WHERE subject = $1 AND action <> 'intake' AND digest IS NULL ORDER BY seq
      """, [.integer(subject)]
    ) { (seq: Int($0.integer(0)), action: $0.text(1), payload: $0.text(2), salt: $0.bytes(3)) }
    for event in events where isWanted(event.action, event.payload) {
      let kept = PayloadErasing.left(of: event.payload)
      try session.execute(
        "UPDATE event SET payload = $2, salt = $3, digest = $4 WHERE seq = $1",
        [
          .integer(event.seq), .text(kept), .bytes([]),
          .bytes(History.digest(of: event.payload, salt: event.salt)),
        ])
      left.append(ErasureRecord.Event(seq: event.seq, left: ErasureRecord.digest(of: kept)))
    }
  }
}
