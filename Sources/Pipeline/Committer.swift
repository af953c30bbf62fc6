import Rules
import Stages
import Store
import Suggestions
import Text

/// Writes decided batches, each in one transaction: rows, event and the reader's checkpoint together.
///
/// A run that finds nothing new writes nothing at all.
final class Committer {
  private let store: SuggestionStore
  private let plan: IntakePlan
  private let codes = CodeTable()
  private var bookCodes: BookCodes
  private let writerKey: UInt64
  private var run: Int?
  private var attributes = PackedWriter()
  private var verdictBytes = PackedWriter()
  private var files: [Int: IntakeCounts] = [:]

  init(store: SuggestionStore, plan: IntakePlan) throws(StoreFault) {
    self.store = store
    self.plan = plan
    bookCodes = BookCodes(plan.book)
    writerKey = try store.keys.derived("writer")
  }

  /// Commits a batch and returns what it counted.
  func commit(_ decided: Decided) throws(StoreFault) -> IntakeCounts {
    let batch = decided.parcel.take()
    let columns = batch.columns
    let counts = IntakeCounts(columns)
    files[decided.parcel.origin.file, default: IntakeCounts()] += counts
    let isNews = counts.new + counts.revised > 0 || decided.setAsideDigests.contains { $0 != nil }
    guard isNews || run != nil else { return counts }
    do throws(StoreFault) {
      try store.intake { writer throws(StoreFault) in
        try write(columns, decided, counts, isNews: isNews, &writer)
      }
    } catch {
      codes.reset()
      throw error
    }
    return counts
  }

  /// Marks the run as finished; a run without it was interrupted.
  func finish(at instant: Int64) throws(StoreFault) {
    guard let run else { return }
    try store.write { session throws(StoreFault) in
      try session.execute("UPDATE run SET finished_at = $1 WHERE id = $2", [.integer(instant), .integer(run)])
    }
    try store.checkpoint()
  }

  private func write(
    _ columns: BatchColumns, _ decided: Decided, _ counts: IntakeCounts, isNews: Bool, _ writer: inout IntakeWriter
  ) throws(StoreFault) {
    let origin = decided.parcel.origin
    let source = try codes.id(.source, origin.source, writer.session)
    let profile = try codes.id(.profile, origin.profile, writer.session)
    let bookID = try codes.id(.book, plan.book.version, writer.session)
    let runID = try begin(bookID, writer.session)
    for segment in decided.segments { try writer.segment(segment) }
    var seal = decided.firstSeal
    for index in columns.rows.indices where columns.rows[index].disposition != .unchanged {
      try write(columns, index, seal: seal, source: source, book: bookID, &writer)
      seal += 1
    }
    let lastVersion = seal - 1
    var kept = 0
    for (entry, digest) in zip(columns.drafts.setAside, decided.setAsideDigests) {
      guard let digest else { continue }
      let row = QuarantineRow(
        source: source, profile: profile, file: origin.name, entry: entry, digest: digest, seal: seal, run: runID)
      if try writer.quarantine(row) { kept += 1 }
      seal += 1
    }
    if isNews {
      try History.append(
        event(origin, counts, firstSeal: decided.firstSeal, lastSeal: lastVersion, kept: kept, writer.digest()),
        to: writer.session)
    }
    try checkpoint(origin, runID, source, profile, writer.session)
  }

  private func begin(_ book: Int, _ session: any SQLSession) throws(StoreFault) -> Int {
    if let run { return run }
    let id = Int(try session.integer("SELECT coalesce(max(id), 0) + 1 FROM run"))
    try session.execute(
      "INSERT INTO run (id, started_at, as_of, book, command) VALUES ($1, $2, $3, $4, $5)",
      [.integer(id), .integer(plan.startedAt), .integer(plan.asOf), .integer(book), .text(plan.command)])
    run = id
    return id
  }

  private func event(
    _ origin: Origin, _ counts: IntakeCounts, firstSeal: Int, lastSeal: Int, kept: Int, _ digest: [UInt8]
  ) -> History.Event {
    var payload = JSONWriter()
    payload.object {
      $0.field("file", origin.name)
      $0.field("source", origin.source)
      $0.field("first_seal", firstSeal)
      $0.field("last_seal", lastSeal)
      $0.field("new", counts.new)
      $0.field("revised", counts.revised)
      $0.field("quarantined", kept)
      $0.field("rows", digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
    }
    return History.Event(
      at: plan.startedAt, actor: "intake", action: "intake", subject: run ?? 0, payload: payload.text)
  }

  private func checkpoint(
    _ origin: Origin, _ run: Int, _ source: Int, _ profile: Int, _ session: any SQLSession
  ) throws(StoreFault) {
    let counts = files[origin.file] ?? IntakeCounts()
    try session.execute(
      """
      INSERT INTO checkpoint (run, file, source, profile, byte_offset, records, new, revised, unchanged, quarantined, complete)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      ON CONFLICT (run, file) DO UPDATE SET byte_offset = excluded.byte_offset, records = excluded.records,
        new = excluded.new, revised = excluded.revised, unchanged = excluded.unchanged,
        quarantined = excluded.quarantined, complete = excluded.complete
      """,
      [
        .integer(run), .text(origin.name), .integer(source), .integer(profile), .integer(origin.endOffset),
        .integer(counts.read), .integer(counts.new), .integer(counts.revised), .integer(counts.unchanged),
        .integer(counts.quarantined), .integer(origin.isLast ? 1 : 0),
      ])
  }

  // MARK: One record

  private func write(
    _ columns: BatchColumns, _ index: Int, seal: Int, source: Int, book: Int, _ writer: inout IntakeWriter
  ) throws(StoreFault) {
    let result = columns.rows[index]
    let draft = columns.drafts.drafts[index]
    pack(draft, result, columns)
    try pack(result, columns, writer.session)
    var row = SubmissionRow()
    row.number = result.submission
    row.seal = seal
    row.source = source
    row.externalID = columns.drafts.arena.bytes(draft[.externalID])
    row.submittedAt = draft.submittedAt
    row.channel = result.channel
    row.writer = self.writer(of: draft, columns, source: source)
    row.place = result.place.packed
    row.namesOwnPlace = result.namesOwnPlace
    row.title = columns.drafts.arena.bytes(result.title)
    row.body = columns.drafts.arena.bytes(result.body)
    row.suggestion = result.suggestion
    row.duplicate = result.duplicate
    row.leader = result.leader
    row.score = Int(result.score)
    row.differs = result.differs
    row.track = result.track
    row.kind = result.kind
    row.act = result.act
    row.urgency = result.urgency
    row.topic = try bookCodes.topic(Int(result.topic), codes, writer.session)
    row.region = try bookCodes.region(Int(result.region), codes, writer.session)
    row.station = try bookCodes.station(Int(result.station), codes, writer.session)
    row.lead = try bookCodes.department(Int(result.lead), codes, writer.session)
    row.tier = Int(result.tier)
    row.priority = Int(result.priority)
    row.book = book
    let identity = (result.identity, result.digest.high, result.digest.low)
    var fault: StoreFault?
    withUnsafeBytes(of: identity) { identity in
      withUnsafeBytes(of: result.sketch) { sketch in
        attributes.bytes.withUnsafeBytes { attributes in
          verdictBytes.bytes.withUnsafeBytes { verdict in
            row.identity = identity
            row.sketch = sketch
            row.attributes = attributes
            row.verdict = verdict
            do throws(StoreFault) {
              if result.disposition == .revised { try writer.revise(row) } else { try writer.insert(row) }
            } catch { fault = error }
          }
        }
      }
    }
    if let fault { throw fault }
  }

  /// Fields people may read that have no column of their own.
  private static let readable: [Field] = [
    .kind, .act, .topic, .region, .address, .station, .latitude, .longitude, .reporter, .status, .attachments, .book,
    .page, .line, .likes,
  ]

  private func pack(_ draft: Draft, _ row: Row, _ columns: BatchColumns) {
    attributes.removeAll()
    for field in Committer.readable {
      let span = field == .address ? row.address : draft[field]
      guard span.isPresent, !span.isEmpty else { continue }
      attributes.number(Int(field.rawValue))
      attributes.text(columns.drafts.arena.bytes(span))
    }
  }

  private func pack(_ row: Row, _ columns: BatchColumns, _ session: any SQLSession) throws(StoreFault) {
    verdictBytes.removeAll()
    let coHandlers = Array(row.coHandlers)
    let evidence = columns.evidence[Int(row.evidence.lowerBound)..<Int(row.evidence.upperBound)].prefix(64)
    for value in [
      Int(row.topicScore), Int(row.runnerUp), try bookCodes.route(Int(row.route), codes, session),
      try bookCodes.ambiguous(Int(row.asked), codes, session), Int(row.flags), Int(row.cuts), coHandlers.count,
    ] { verdictBytes.number(value) }
    for department in coHandlers { verdictBytes.number(try bookCodes.department(department, codes, session)) }
    verdictBytes.number(evidence.count)
    for span in evidence {
      let first = row.foldedStart + Int(span.start)
      let last = row.foldedStart + Int(span.end) - 1
      let inTitle = last < row.foldedBody - 1
      let text = columns.drafts.arena.bytes(inTitle ? row.title : row.body)
      let from = Int(columns.folded.sources[first])
      let lead = text[Int(columns.folded.sources[last])]
      let to = Int(columns.folded.sources[last]) + (lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4)
      let rule = try bookCodes.rule(Int(span.rule), codes, session)
      verdictBytes.number(rule << 1 | (inTitle ? 1 : 0))
      verdictBytes.number(from)
      verdictBytes.number(to - from)
    }
  }

  /// A person counts once however often they write: known by telephone, else e-mail, else the name within a source.
  private func writer(of draft: Draft, _ columns: BatchColumns, source: Int) -> Int64? {
    for field in [Field.phone, .email, .writer] where draft[field].isPresent && !draft[field].isEmpty {
      let scope = field == .writer ? UInt64(source) : 0
      let seed = writerKey ^ UInt64(field.rawValue) << 56 ^ scope
      return Int64(
        bitPattern: TextHash.of(UnsafeRawBufferPointer(columns.drafts.arena.bytes(draft[field])), seed: seed))
    }
    return nil
  }
}

extension IntakeCounts {
  /// What a judged batch adds.
  init(_ columns: BatchColumns) {
    self.init()
    for row in columns.rows {
      switch row.disposition {
      case .unchanged: unchanged += 1
      case .revised: revised += 1
      case .new:
        new += 1
        if row.suggestion == row.submission { suggestions += 1 }
        if row.duplicate == .exact { exact += 1 }
        if row.duplicate == .near { near += 1 }
      }
    }
    quarantined = columns.drafts.setAside.count
  }
}
