import Rules
import Stages
import Store
import Suggestions
import Text

/// Writes decided batches, each whole in one transaction: rows, event and the reader's checkpoint together.
///
/// A run that finds nothing new writes nothing at all.
final class Committer {
  private let store: SuggestionStore
  private let plan: IntakePlan
  private let codes = CodeTable()
  private var bookCodes: BookCodes?
  private let writerKey: UInt64
  private var run: Int?
  private var support = SupportCounting()
  private var checkpoint: BackgroundCheckpoint?
  /// Records committed since a checkpoint last began or ended.
  private var unmoved = 0
  private var uncounted = 0
  private var verdict = VerdictPacking()
  private var files: [Int: IntakeCounts] = [:]

  init(store: SuggestionStore, plan: IntakePlan) throws(StoreFault) {
    self.store = store
    self.plan = plan
    writerKey = try store.keys.derived("writer")
  }

  /// Commits batches in one transaction and returns what became of each.
  func commit(_ group: [Decided]) throws(StoreFault) -> [BatchOutcome] {
    let opened = group.map { Opened($0) }
    let heads = try newHeads(group)
    guard run != nil || !heads.isEmpty || opened.contains(where: \.isNews) else {
      for batch in opened { files[batch.decided.parcel.origin.file, default: IntakeCounts()] += batch.counts }
      return opened.map(\.outcome)
    }
    try writing { writer throws(StoreFault) in
      for (source, custody) in heads {
        let id = try codes.id(.source, source, writer.session)
        try OpinionBooks.note(custody, source: id, at: plan.startedAt, writer.session)
      }
      for batch in opened {
        files[batch.decided.parcel.origin.file, default: IntakeCounts()] += batch.counts
        if batch.isNews || run != nil { try write(batch, &writer) }
      }
    }
    let records = opened.reduce(0) { $0 + $1.counts.read }
    unmoved += records
    uncounted += records
    return opened.map(\.outcome)
  }

  /// Commits a batch together with the act that made it, in one transaction: both, or where the act is refused nothing.
  func commit<Done>(
    _ decided: Decided, with act: (any SQLSession) throws(StoreFault) -> Done?
  ) throws(StoreFault) -> Done? {
    let opened = Opened(decided)
    return try writing { writer throws(StoreFault) in
      guard let done = try act(writer.session) else { return nil }
      files[decided.parcel.origin.file, default: IntakeCounts()] += opened.counts
      try write(opened, &writer)
      return done
    }
  }

  private func writing<Value>(
    _ body: (inout IntakeWriter) throws(StoreFault) -> Value
  ) throws(StoreFault) -> Value {
    do throws(StoreFault) {
      return try store.intake(body)
    } catch {
      codes.reset()
      bookCodes = nil
      throw error
    }
  }

  /// Heads of opinion books that say something the store does not know, as when a book has been closed since.
  private func newHeads(_ group: [Decided]) throws(StoreFault) -> [(source: String, custody: BookCustody)] {
    var heads: [(source: String, custody: BookCustody)] = []
    for origin in group.map(\.parcel.origin) where origin.isFirst {
      guard let custody = origin.custody else { continue }
      let known = try store.bookCustody(custody.book, source: origin.source)
      if known == nil || custody.completed(by: known) != known { heads.append((origin.source, custody)) }
    }
    return heads
  }

  /// A batch taken out of its parcel.
  private struct Opened {
    let decided: Decided
    let columns: BatchColumns
    let outcome: BatchOutcome
    /// Whether there is anything to keep of it.
    let isNews: Bool
    var counts: IntakeCounts { outcome.counts }

    init(_ decided: Decided) {
      self.decided = decided
      columns = decided.parcel.take().columns
      outcome = BatchOutcome(columns)
      let counts = outcome.counts
      isNews = counts.new + counts.revised > 0 || decided.setAsideDigests.contains { $0 != nil }
    }
  }

  /// Between groups: has the log moved into the database file beside the commits and, far less often, the joined
  /// submissions counted.
  func settle() throws(StoreFault) {
    guard run != nil else { return }
    if uncounted >= Committer.countedTogether { try count() }
    if unmoved >= Committer.movedTogether {
      if checkpoint == nil { checkpoint = try BackgroundCheckpoint(store) }
      startCheckpoint()
    } else if let checkpoint, try checkpoint.hasEnded() {
      // The little that came in meanwhile; after it the log begins anew instead of growing.
      try store.checkpoint(isFinal: false)
      unmoved = 0
    }
  }

  /// Only with commits behind the last checkpoint's end, as ``BackgroundCheckpoint`` asks for.
  private func startCheckpoint() {
    guard unmoved > 0 else { return }
    checkpoint?.start()
    unmoved = 0
  }

  /// After the last group: counts and moves all there is.
  func settleFinally() throws(StoreFault) {
    startCheckpoint()
    if run != nil { try count() }
    try checkpoint?.end()
    checkpoint = nil
    if run != nil { try store.checkpoint() }
  }

  private func count() throws(StoreFault) {
    try support.write(to: store)
    uncounted = 0
  }

  /// Records whose pages of the log are moved in one go: about 100 MB of log, large enough to write each page few times,
  /// small enough to replay fast.
  private static let movedTogether = 1 << 17
  /// Records after which joined submissions are counted. Counting writes pages all over the store, the more often the
  /// more of them.
  private static let countedTogether = 1 << 20

  /// Marks the run as finished; a run without it was interrupted.
  func finish(at instant: Int64) throws(StoreFault) {
    guard let run else { return }
    try store.write { session throws(StoreFault) in
      try session.execute("UPDATE run SET finished_at = $1 WHERE id = $2", [.integer(instant), .integer(run)])
    }
  }

  private func write(_ batch: Opened, _ writer: inout IntakeWriter) throws(StoreFault) {
    let (decided, columns) = (batch.decided, batch.columns)
    let origin = decided.parcel.origin
    let source = try codes.id(.source, origin.source, writer.session)
    let profile = try codes.id(.profile, origin.profile, writer.session)
    let bookID = try codes.id(.book, plan.book.version, writer.session)
    let runID = try begin(bookID, writer.session)
    for segment in decided.segments { try writer.segment(segment) }
    var seal = decided.firstSeal
    let numbers = try bookNumbers(writer.session)
    for index in columns.rows.indices where columns.rows[index].disposition != .unchanged {
      try write(batch, index, numbers, seal: seal, source: source, book: bookID, &writer)
      let row = columns.rows[index]
      if row.suggestion != row.submission || row.disposition == .revised { support.note(row.suggestion) }
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
    if batch.isNews {
      try History.append(
        event(origin, batch.counts, firstSeal: decided.firstSeal, lastSeal: lastVersion, kept: kept, writer.digest()),
        to: writer.session)
    }
    try checkpoint(origin, runID, source, profile, writer.session)
  }

  private func bookNumbers(_ session: any SQLSession) throws(StoreFault) -> BookCodes {
    if let bookCodes { return bookCodes }
    let numbers = try BookCodes(plan.book, codes, session)
    bookCodes = numbers
    return numbers
  }

  private func begin(_ book: Int, _ session: any SQLSession) throws(StoreFault) -> Int {
    if let run { return run }
    try RuleBookArchive.keep(plan.book.version, plan.book.files.map { ($0.path, $0.bytes) }, session)
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
      at: plan.startedAt, actor: plan.actor, action: "intake", subject: run ?? 0, payload: payload.text)
  }

  private func checkpoint(
    _ origin: Origin, _ run: Int, _ source: Int, _ profile: Int, _ session: any SQLSession
  ) throws(StoreFault) {
    let counts = files[origin.file] ?? IntakeCounts()
    try session.execute(
      """
      INSERT INTO checkpoint (run, file, source, profile, byte_offset, records, new, revised, unchanged, quarantined,
        complete)
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
    _ batch: Opened, _ index: Int, _ numbers: BookCodes, seal: Int, source: Int, book: Int, _ writer: inout IntakeWriter
  ) throws(StoreFault) {
    let columns = batch.columns
    let result = columns.rows[index]
    let draft = columns.drafts.drafts[index]
    verdict.pack(result, columns, numbers)
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
    row.again = result.again
    row.duplicate = result.duplicate
    row.leader = result.leader
    row.score = Int(result.score)
    row.differs = result.differs
    row.take(result, numbers)
    row.book = book
    let identity = (result.identity, result.digest.high, result.digest.low)
    var fault: StoreFault?
    withUnsafeBytes(of: identity) { identity in
      result.sketch.withStoredBytes { sketch in
        batch.decided.content.withRecord(seal - batch.decided.firstSeal) { attributes, digest in
          row.identity = identity
          row.sketch = sketch
          row.attributes = attributes
          row.digest = digest
          row.verdict = verdict.bytes.view
          do throws(StoreFault) {
            if result.disposition == .revised { try writer.revise(row) } else { try writer.insert(row) }
          } catch { fault = error }
        }
      }
    }
    if let fault { throw fault }
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
        switch row.duplicate {
        case .none: break
        case .exact: if row.suggestion == row.submission { again += 1 } else { exact += 1 }
        case .near: near += 1
        case .contained: contained += 1
        }
      }
    }
    quarantined = columns.drafts.setAside.count
  }
}
