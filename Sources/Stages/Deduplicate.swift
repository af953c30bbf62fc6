package import Suggestions
internal import Text

/// Tells for each record whether it was here before, and whether somebody said the same.
///
/// The one stage with memory: it owns the indexes as values. It works in the order of the input on one thread, so its
/// verdicts do not depend on how many threads work before it.
package struct Deduplicate: ~Copyable {
  private var identities = IdentityTable()
  private var ordinary = DuplicateIndex()
  private var sensitive = DuplicateIndex()
  /// Submissions known; the next one gets this number plus one.
  package private(set) var tail: UInt32 = 0
  /// Per submission its entry in the index of its track, tracks told apart by the highest bit.
  private var entries: [UInt32] = [Deduplicate.noEntry]
  private static let noEntry = UInt32.max
  private static let sensitiveBit: UInt32 = 1 << 31
  private var occurrences: [ContentDigest: Int] = [:]
  /// Per suggestion that is done with the first case of its matter, 0 for the others; after some years most are.
  private var done: [UInt32] = []
  /// By first case of a matter that came again the one that is open now.
  private var open: [UInt32: UInt32] = [:]
  private var isErased: (@Sendable (UInt64) -> Bool)?

  /// - Parameter tail: submissions there are, also those that are not remembered.
  package init(tail: UInt32 = 0) { self.tail = tail }

  /// Makes room for this many submissions in all, the few on the sensitive track apart.
  package mutating func reserve(_ submissions: Int) {
    identities.reserve(submissions)
    entries.reserveCapacity(submissions + submissions / 8)
    ordinary.reserve(submissions)
  }

  /// Occurrences of records without an id are counted per file.
  package mutating func beginFile() { occurrences.removeAll() }

  package mutating func apply(_ batch: consuming Batch<Classified>) -> Batch<Deduplicated> {
    let columns = batch.columns
    for index in columns.rows.indices {
      var row = columns.rows[index]
      // The band table is far larger than the caches: eight texts ahead hides most of its latency.
      if index + 8 < columns.rows.count {
        identities.prefetch(columns.rows[index + 8].identity)
        ordinary.prefetch(columns.rows[index + 8].sketch, hash: columns.rows[index + 8].bodyHash)
      }
      if !columns.drafts.drafts[index][.externalID].isPresent || columns.drafts.drafts[index][.externalID].isEmpty {
        name(&row, columns, index)
      }
      if let isErased, isErased(row.identity) {
        row.disposition = .unchanged
        columns.rows[index] = row
        continue
      }
      switch identities.find(row.identity, row.digest.high) {
      case .unchanged(let number):
        row.disposition = .unchanged
        row.submission = number
      case .revised(let number):
        row.disposition = .revised
        row.submission = number
        identities.insert(row.identity, row.digest.high, number: number)
        revise(&row, columns)
      case .new:
        tail += 1
        row.disposition = .new
        row.submission = tail
        identities.insert(row.identity, row.digest.high, number: tail)
        join(&row, columns)
      }
      columns.rows[index] = row
    }
    return batch.advanced(to: Deduplicated.self)
  }

  /// A record without an id is known by what it says and how often that was said before in its file.
  private mutating func name(_ row: inout Row, _ columns: BatchColumns, _ index: Int) {
    let occurrence = occurrences[row.digest, default: 0] + 1
    occurrences[row.digest] = occurrence
    let name = "~" + hex(row.digest.high) + "-\(occurrence)"
    columns.drafts.drafts[index][.externalID] = columns.drafts.arena.append(name)
    var hasher = RecordHasher(source: columns.header.source)
    row.identity = hasher.identity(columns.drafts.drafts[index], columns)
  }

  private func hex(_ value: UInt64) -> String {
    let digits = String(value.byteSwapped, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private mutating func join(_ row: inout Row, _ columns: BatchColumns) {
    let match = find(row, columns)
    row.suggestion = row.submission
    if let match, !(columns.header.parted?.family.contains(match.number) ?? false) {
      row.duplicate = match.kind
      row.leader = match.number
      row.score = UInt16((match.similarity * 1000).rounded())
      row.differs = match.differs
      if match.kind == .exact {
        // A part is a matter of its own, as a person has just said so; what repeats it is offered to them.
        if columns.header.parted == nil {
          row.suggestion = standing(match.suggestion, &row)
        } else {
          row.duplicate = .near
        }
      }
    }
    insert(row, columns)
  }

  /// The suggestion that a repeated text joins: the one it was joined to, or, where that is done with, the one that took
  /// the matter up again, and this very text where none has.
  private mutating func standing(_ suggestion: UInt32, _ row: inout Row) -> UInt32 {
    guard Int(suggestion) < done.count, done[Int(suggestion)] > 0 else { return suggestion }
    let first = done[Int(suggestion)]
    if let next = open[first] { return next }
    row.again = first
    open[first] = row.submission
    return row.submission
  }

  /// A suggestion that is done with: what repeats it is the same matter again.
  ///
  /// - Parameters:
  ///   - first: the first case of the matter, itself where it never came again.
  ///   - next: the case that is open now.
  package mutating func end(_ suggestion: UInt32, first: UInt32, next: UInt32?) {
    if done.count <= Int(suggestion) {
      done += repeatElement(0, count: max(done.count, Int(suggestion) + 1 - done.count))
    }
    done[Int(suggestion)] = first
    open[first] = next
  }

  /// Passes over every record of a submission that was erased, whatever it says now, as if nothing of it had changed.
  ///
  /// - Parameter isErased: whether a submission of this identity was.
  package mutating func passOver(_ isErased: @escaping @Sendable (UInt64) -> Bool) { self.isErased = isErased }

  /// A corrected text stays the matter it was: people have seen it. What it now resembles is linked, not joined.
  private mutating func revise(_ row: inout Row, _ columns: BatchColumns) {
    row.suggestion = forget(row.submission)
    if let match = find(row, columns) {
      row.duplicate = .near
      row.leader = match.number
      row.score = UInt16((match.similarity * 1000).rounded())
      row.differs = match.differs
    }
    insert(row, columns)
  }

  /// Takes a submission's text out of the index and returns its suggestion.
  private mutating func forget(_ number: UInt32) -> UInt32 {
    let entry = Int(number) < entries.count ? entries[Int(number)] : Deduplicate.noEntry
    guard entry != Deduplicate.noEntry else { return number }
    return entry & Deduplicate.sensitiveBit == 0
      ? ordinary.remove(entry: entry) : sensitive.remove(entry: entry & ~Deduplicate.sensitiveBit)
  }

  private mutating func find(_ row: Row, _ columns: BatchColumns) -> DuplicateIndex.Match? {
    let body = columns.folded[row.foldedBody..<row.foldedEnd]
    guard !body.isEmpty else { return nil }
    return row.track == .sensitive
      ? sensitive.match(
        body, hash: row.bodyHash, sketch: row.sketch, place: row.place, namesOwnPlace: row.namesOwnPlace)
      : ordinary.match(
        body, hash: row.bodyHash, sketch: row.sketch, place: row.place, namesOwnPlace: row.namesOwnPlace)
  }

  private mutating func insert(_ row: Row, _ columns: BatchColumns) {
    remember(
      columns.folded[row.foldedBody..<row.foldedEnd],
      Remembered(
        number: row.submission, suggestion: row.suggestion, track: row.track, bodyHash: row.bodyHash,
        sketch: row.sketch, place: row.place, namesOwnPlace: row.namesOwnPlace, isExact: row.duplicate == .exact),
      isLoading: false)
  }

  /// What the store knows of a submission when the indexes are built again.
  package struct Remembered: Sendable {
    package var number: UInt32
    package var suggestion: UInt32
    package var track: Track
    package var bodyHash: UInt64
    package var sketch: Sketch
    package var place: PlaceClaim
    package var namesOwnPlace: Bool
    package var isExact: Bool

    package init(
      number: UInt32, suggestion: UInt32, track: Track, bodyHash: UInt64, sketch: Sketch, place: PlaceClaim,
      namesOwnPlace: Bool, isExact: Bool
    ) {
      self.number = number
      self.suggestion = suggestion
      self.track = track
      self.bodyHash = bodyHash
      self.sketch = sketch
      self.place = place
      self.namesOwnPlace = namesOwnPlace
      self.isExact = isExact
    }
  }

  /// - Parameter isLoading: many are remembered before anything is looked up.
  package mutating func remember(_ body: UnsafeBufferPointer<UInt32>, _ known: Remembered, isLoading: Bool) {
    guard !body.isEmpty else { return }
    while entries.count <= Int(known.number) { entries.append(Deduplicate.noEntry) }
    if known.track == .sensitive {
      entries[Int(known.number)] = Deduplicate.sensitiveBit | sensitive.insert(
        body, hash: known.bodyHash, sketch: known.sketch, number: known.number, suggestion: known.suggestion,
        place: known.place, namesOwnPlace: known.namesOwnPlace, isExact: known.isExact,
        isLoading: isLoading)
    } else {
      entries[Int(known.number)] = ordinary.insert(
        body, hash: known.bodyHash, sketch: known.sketch, number: known.number, suggestion: known.suggestion,
        place: known.place, namesOwnPlace: known.namesOwnPlace, isExact: known.isExact,
        isLoading: isLoading)
    }
  }

  package mutating func remember(identity: UInt64, digest: UInt64, number: UInt32) {
    identities.insert(identity, digest, number: number)
    tail = max(tail, number)
  }

  /// Bytes the duplicate indexes take.
  package var byteCount: Int { ordinary.byteCount + sensitive.byteCount }
}
