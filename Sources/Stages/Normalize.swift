internal import CSketch
internal import Crypto
internal import Suggestions
package import Text

/// Makes of each draft what can be compared: redacted text, folded shadow, hashes, sketch, identity.
///
/// Pure; more than half of the processor time of the parallel stages, about a quarter of it SHA-256.
package struct Normalize: Sendable {
  private let redaction: Redaction?

  /// - Parameter redaction: nil for texts that are redacted already: nothing more is cut out of them.
  package init(redaction: Redaction?) { self.redaction = redaction }

  package func apply(_ batch: consuming Batch<Drafted>) -> Batch<Normalized> {
    let columns = batch.columns
    columns.rows.reserveCapacity(columns.drafts.drafts.count)
    var grams: [UInt64] = []
    var hasher = RecordHasher(source: columns.header.source)
    var channels: [UInt64: Channel] = [:]
    for index in columns.drafts.drafts.indices {
      let draft = columns.drafts.drafts[index]
      var row = Row()
      row.digest = hasher.content(draft, columns, without: columns.header.volatile)
      row.identity = hasher.identity(draft, columns)
      row.foldedStart = columns.folded.count
      (row.title, row.cuts) = redacted(draft[.title], columns, cuts: 0)
      columns.folded.append(0x0A, source: 0)
      row.foldedBody = columns.folded.count
      (row.body, row.cuts) = redacted(draft[.body], columns, cuts: row.cuts)
      row.foldedEnd = columns.folded.count
      if draft[.address].isPresent {
        (row.address, row.cuts) = redacted(draft[.address], columns, cuts: row.cuts)
        columns.folded.rewind(to: row.foldedEnd)
      }
      let body = columns.folded[row.foldedBody..<row.foldedEnd]
      row.bodyHash = TextHash.of(body)
      row.sketch = Sketch(of: body, grams: &grams)
      row.channel = channel(draft, columns, &channels)
      columns.rows.append(row)
    }
    return batch.advanced(to: Normalized.self)
  }

  /// Folds a field behind what is folded already; where personal details are found, cuts them out and folds again.
  private func redacted(_ span: ByteSpan, _ columns: BatchColumns, cuts: UInt16) -> (ByteSpan, UInt16) {
    guard span.isPresent else { return (span, cuts) }
    let range = columns.folded.fold(columns.drafts.arena.bytes(span))
    guard let redaction else { return (span, cuts) }
    let found = PersonalData.spans(
      in: columns.folded[range],
      sources: UnsafeBufferPointer(start: columns.folded.sources + range.lowerBound, count: range.count))
    if found.isEmpty { return (span, cuts) }
    let result = redaction.redact(columns.drafts.arena.bytes(span), folded: range, of: columns.folded, spans: found)
    let kept = result.text.withUnsafeBytes { columns.drafts.arena.append($0) }
    columns.folded.rewind(to: range.lowerBound)
    columns.folded.fold(columns.drafts.arena.bytes(kept))
    return (kept, result.cuts.reduce(cuts) { $0 | 1 << UInt16($1.kind.rawValue) })
  }

  /// - Parameter known: channels by the hash of their code as written, of which a batch holds a handful.
  private func channel(_ draft: Draft, _ columns: BatchColumns, _ known: inout [UInt64: Channel]) -> Channel {
    guard draft[.channel].isPresent else { return columns.header.defaultChannel }
    let hash = TextHash.of(UnsafeRawBufferPointer(columns.drafts.arena.bytes(draft[.channel])))
    if let channel = known[hash] { return channel }
    let code = columns.drafts.arena.string(draft[.channel])
    let channel = Channel.allCases.first { $0.code == code } ?? columns.header.defaultChannel
    known[hash] = channel
    return channel
  }
}

/// Identity and content digest of records of one source.
struct RecordHasher: ~Copyable {
  private let source: [UInt8]
  private var buffer = PackedWriter(capacity: 4096)

  init(source: String) { self.source = Array(source.utf8) }

  /// SHA-256 over the mapped fields in the order of ``Field``, each with its number and length, so that the same form
  /// as XML and as JSON, re-indented or with keys reordered, gives the same digest. The instant stands for the date.
  mutating func content(_ draft: Draft, _ columns: BatchColumns, without volatile: FieldSet) -> ContentDigest {
    buffer.removeAll()
    for field in Field.allCases where !volatile.contains(field) {
      let span = draft[field]
      guard span.isPresent, !span.isEmpty else { continue }
      if field == .submittedAt, let instant = draft.submittedAt {
        append(field.rawValue, 8)
        withUnsafeBytes(of: instant.littleEndian) { buffer.append($0) }
        continue
      }
      append(field.rawValue, span.count)
      buffer.append(UnsafeRawBufferPointer(columns.drafts.arena.bytes(span)))
    }
    return digest()
  }

  mutating func identity(_ draft: Draft, _ columns: BatchColumns) -> UInt64 {
    buffer.removeAll()
    append(255, UInt32(source.count))
    source.withUnsafeBytes { buffer.append($0) }
    buffer.append(UnsafeRawBufferPointer(columns.drafts.arena.bytes(draft[.externalID])))
    return digest().high
  }

  private mutating func append(_ tag: UInt8, _ count: UInt32) {
    withUnsafeBytes(of: tag) { buffer.append($0) }
    withUnsafeBytes(of: count.littleEndian) { buffer.append($0) }
  }

  private func digest() -> ContentDigest {
    var hasher = SHA256()
    hasher.update(bufferPointer: buffer.view)
    return hasher.finalize().withUnsafeBytes { bytes in
      ContentDigest(
        high: bytes.loadUnaligned(as: UInt64.self), low: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
  }
}
