internal import Crypto
internal import GRDBSQLite
internal import Suggestions

/// The bulk writer: rows straight from the batch's bytes into prepared statements, nothing copied on the way.
///
/// Lives for one transaction of ``SuggestionStore/intake(_:)``.
package struct IntakeWriter: ~Copyable {
  package let session: any SQLSession
  let raw: SQLiteSession
  /// SHA-256 over the digests of the versions written, in the order of their seals.
  private var rows = SHA256()
  /// Whether anybody was ever erased; asked once a transaction, and then only when a text is joined.
  private var hasErased: Bool?

  init(_ session: SQLiteSession) {
    self.session = session
    raw = session
  }

  /// Digest over the rows written since the last call, for the batch's event.
  package mutating func digest() -> [UInt8] {
    defer { rows = SHA256() }
    return Array(rows.finalize())
  }

  package mutating func insert(_ row: borrowing SubmissionRow) throws(StoreFault) {
    rows.update(bufferPointer: row.digest)
    let statement = try raw.prepared(
      """
      INSERT INTO submission (number, source, external_id, seal, submitted_at, channel, writer, place, names_place,
        identity, title, body, attributes, sketch, suggestion, duplicate, leader, score, differs, track, kind, act,
        urgency, topic, region, station, lead, tier, priority, book, verdict, contained)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
        $24, $25, $26, $27, $28, $29, $30, $31, $32)
      """)
    var binder = Binder(statement)
    binder.integer(Int(row.number))
    binder.integer(row.source)
    binder.text(row.externalID)
    binder.integer(row.seal)
    binder.optional(row.submittedAt)
    binder.integer(Int(row.channel.rawValue))
    binder.optional(row.writer)
    binder.integer(Int(truncatingIfNeeded: row.place))
    binder.integer(row.namesOwnPlace ? 1 : 0)
    binder.bytes(row.identity)
    binder.text(row.title)
    binder.text(row.body)
    binder.bytes(row.attributes)
    binder.bytes(row.sketch)
    binder.integer(Int(row.suggestion))
    binder.integer(row.duplicate.stored)
    binder.optional(row.duplicate == .none ? nil : Int64(row.leader))
    binder.integer(row.score)
    binder.integer(Int(row.differs.rawValue))
    verdict(row, &binder)
    binder.integer(row.duplicate == .contained ? 1 : 0)
    try raw.run(statement)
    if row.suggestion == row.number {
      try open(row)
    } else {
      try join(row)
    }
  }

  func verdict(_ row: borrowing SubmissionRow, _ binder: inout Binder) {
    binder.integer(Int(row.track.rawValue))
    binder.integer(Int(row.kind.rawValue))
    binder.integer(Int(row.act.rawValue))
    binder.integer(Int(row.urgency.rawValue))
    binder.integer(row.topic)
    binder.integer(row.region)
    binder.integer(row.station)
    binder.integer(row.lead)
    binder.integer(row.tier)
    binder.integer(row.priority)
    binder.integer(row.book)
    binder.bytes(row.verdict)
  }

  private func open(_ row: borrowing SubmissionRow) throws(StoreFault) {
    let statement = try raw.prepared(
      """
      INSERT INTO suggestion (id, state, track, kind, urgency, topic, region, station, lead, tier, priority, support,
        submissions, submitted_at, near)
      VALUES ($1, 0, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 1, $11, $12)
      """)
    var binder = Binder(statement)
    binder.integer(Int(row.number))
    binder.integer(Int(row.track.rawValue))
    binder.integer(Int(row.kind.rawValue))
    binder.integer(Int(row.urgency.rawValue))
    binder.integer(row.topic)
    binder.integer(row.region)
    binder.integer(row.station)
    binder.integer(row.lead)
    binder.integer(row.tier)
    binder.integer(row.priority)
    binder.optional(row.submittedAt)
    binder.optional(row.duplicate.isLink ? Int64(row.leader) : nil)
    try raw.run(statement)
    if row.again > 0 { try Recurrences.add(Int(row.number), first: Int(row.again), raw) }
  }

  /// Counts a submission to a suggestion. How many people it speaks for now is counted later, many at a time: see
  /// ``SupportCounting``.
  private mutating func join(_ row: borrowing SubmissionRow) throws(StoreFault) {
    let statement = try raw.prepared("INSERT INTO member (suggestion, submission, writer) VALUES ($1, $2, $3)")
    var binder = Binder(statement)
    binder.integer(Int(row.suggestion))
    binder.integer(Int(row.number))
    binder.optional(row.writer)
    try raw.run(statement)
    if hasErased == nil { hasErased = try raw.integer("SELECT EXISTS (SELECT 1 FROM erased_submission)") != 0 }
    guard hasErased == true else { return }
    // Where everybody who said it was erased, this one's words stand for it from now on.
    try raw.execute(
      "UPDATE erased_submission SET shown = $2 WHERE number = $1 AND shown IS NULL",
      [.integer(Int(row.suggestion)), .integer(Int(row.number))])
  }

  /// A corrected record: the stored version moves to `revision`, the new one takes its place with a verdict of its own.
  package mutating func revise(_ row: borrowing SubmissionRow) throws(StoreFault) {
    rows.update(bufferPointer: row.digest)
    let number: SQLValue = .integer(Int(row.number))
    try WriterIndex.rewrite(Int(row.number), by: row.writer, raw)
    try raw.execute(
      """
      INSERT INTO revision (submission, revision, seal, submitted_at, channel, identity, title, body, attributes, book,
        topic, kind, verdict)
      SELECT number, revision, seal, submitted_at, channel, identity, title, body, attributes, book, topic, kind, verdict
      FROM submission WHERE number = $1
      """, [number])
    let statement = try raw.prepared(
      """
      UPDATE submission SET revision = revision + 1, seal = $2, submitted_at = $3, channel = $4, place = $5,
        names_place = $6, identity = $7, title = $8, body = $9, attributes = $10, sketch = $11, track = $12, kind = $13,
        act = $14, urgency = $15, topic = $16, region = $17, station = $18, lead = $19, tier = $20, priority = $21,
        book = $22, verdict = $23, writer = $24
      WHERE number = $1
      """)
    var binder = Binder(statement)
    binder.integer(Int(row.number))
    binder.integer(row.seal)
    binder.optional(row.submittedAt)
    binder.integer(Int(row.channel.rawValue))
    binder.integer(Int(truncatingIfNeeded: row.place))
    binder.integer(row.namesOwnPlace ? 1 : 0)
    binder.bytes(row.identity)
    binder.text(row.title)
    binder.text(row.body)
    binder.bytes(row.attributes)
    binder.bytes(row.sketch)
    verdict(row, &binder)
    binder.optional(row.writer)
    try raw.run(statement)
    // How it relates to others is linked anew only where it stands alone; a joined one stays joined until a person parts it.
    try raw.execute(
      """
      UPDATE submission SET duplicate = $2, leader = $3, score = $4, differs = $5, contained = $6
      WHERE number = $1 AND suggestion = number
      """,
      [
        number, .integer(row.duplicate.stored), row.duplicate == .none ? .null : .integer(Int(row.leader)),
        .integer(row.score), .integer(Int(row.differs.rawValue)), .integer(row.duplicate == .contained ? 1 : 0),
      ])
    // The suggestion follows the text of the submission that opened it but for what a person has decided.
    try raw.execute(
      """
      UPDATE suggestion SET version = version + 1, station = $7,
        track = CASE WHEN decided & 32 THEN track ELSE $2 END,
        urgency = CASE WHEN decided & 8 THEN urgency ELSE $4 END,
        region = CASE WHEN decided & 16 THEN region ELSE $6 END,
        kind = CASE WHEN decided & 2 THEN kind ELSE $3 END, topic = CASE WHEN decided & 1 THEN topic ELSE $5 END,
        lead = CASE WHEN decided THEN lead ELSE $8 END, tier = CASE WHEN decided THEN tier ELSE $9 END,
        priority = min(99, coalesce(corrected_priority, $10) + 2 * min(5, support - 1)), submitted_at = $11, near = $12
      WHERE id = $1 AND state = 0
      """,
      [
        number, .integer(Int(row.track.rawValue)), .integer(Int(row.kind.rawValue)),
        .integer(Int(row.urgency.rawValue)), .integer(row.topic), .integer(row.region), .integer(row.station),
        .integer(row.lead), .integer(row.tier), .integer(row.priority), .optional(row.submittedAt),
        row.duplicate.isLink ? .integer(Int(row.leader)) : .null,
      ])
    try MatterIndex.note(Int(row.number), raw)
    try SearchIndex.note(Int(row.number), raw)
  }

  /// Keeps a set-aside record; false when it is in quarantine already.
  package func quarantine(_ row: QuarantineRow) throws(StoreFault) -> Bool {
    let key: [SQLValue] = [
      .integer(row.source), .integer(row.entry.position.ordinal), .integer(row.entry.position.line), .bytes(row.digest),
    ]
    let known = try raw.integer(
      "SELECT count(*) FROM quarantine WHERE source = $1 AND ordinal = $2 AND line = $3 AND digest = $4", key)
    guard known == 0 else { return false }
    try raw.execute(
      """
      INSERT INTO quarantine (source, ordinal, line, digest, profile, file, byte_offset, fault_line, fault_column, reason,
        detail, seal, total_bytes, run)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """,
      key + [
        .integer(row.profile), .text(row.file), .integer(row.entry.position.byteOffset),
        .integer(row.entry.faultLine), .integer(row.entry.faultColumn), .text(row.entry.reason.code),
        .text(row.entry.reason.detail), .integer(row.seal), .integer(row.entry.totalBytes), .integer(row.run),
      ])
    return true
  }

  package func segment(_ sealed: SegmentSealer.Sealed) throws(StoreFault) {
    let statement = try raw.prepared("INSERT INTO segment (first, count, key, sealed) VALUES ($1, $2, $3, $4)")
    var binder = Binder(statement)
    binder.integer(sealed.first)
    binder.integer(sealed.count)
    binder.integer(sealed.key)
    let code = sealed.bytes.withUnsafeBytes { bytes in
      binder.bytes(bytes)
      // Stepped inside, as the blob is bound without a copy.
      return sqlite3_step(statement)
    }
    guard code == SQLITE_DONE else { throw raw.fault("INSERT INTO segment") }
    sqlite3_reset(statement)
  }
}

/// Binds values to a statement in order, without copying: the memory must stay until the statement has run.
struct Binder {
  private let statement: OpaquePointer
  private var position: Int32 = 0

  init(_ statement: OpaquePointer) { self.statement = statement }

  mutating func integer(_ value: Int) {
    position += 1
    sqlite3_bind_int64(statement, position, Int64(value))
  }

  mutating func optional(_ value: Int64?) {
    position += 1
    if let value { sqlite3_bind_int64(statement, position, value) } else { sqlite3_bind_null(statement, position) }
  }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    position += 1
    guard let base = text.baseAddress else {
      sqlite3_bind_text(statement, position, "", 0, nil)
      return
    }
    base.withMemoryRebound(to: CChar.self, capacity: text.count) {
      _ = sqlite3_bind_text(statement, position, $0, Int32(text.count), nil)
    }
  }

  mutating func bytes(_ bytes: UnsafeRawBufferPointer) {
    position += 1
    if let base = bytes.baseAddress, bytes.count > 0 {
      sqlite3_bind_blob(statement, position, base, Int32(bytes.count), nil)
    } else {
      sqlite3_bind_zeroblob(statement, position, 0)
    }
  }
}

extension SuggestionStore {
  /// One transaction of the intake: rows, event and checkpoint together.
  package func intake<Value>(
    _ body: (inout IntakeWriter) throws(StoreFault) -> Value
  ) throws(StoreFault) -> Value {
    try transaction { session throws(StoreFault) in
      var writer = IntakeWriter(session)
      return try body(&writer)
    }
  }
}
