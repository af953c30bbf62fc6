import Stages
import Store
import Suggestions

/// The packed fields and the digest of each record of a batch that is kept, made before the batch reaches the store:
/// the committer is alone and has the most to do.
struct VersionContent: ~Copyable {
  private var attributes = PackedWriter(capacity: 1 << 17)
  private var ends: [Int] = [0]
  private var digests: [UInt8] = []
  private var digest = VersionDigest()

  /// Fields people may read that have no column of their own.
  private static let readable: [Field] = [
    .kind, .act, .topic, .region, .address, .station, .latitude, .longitude, .reporter, .status, .attachments, .book,
    .page, .line, .likes,
  ]

  /// Adds the next kept record of the batch.
  mutating func append(_ draft: Draft, _ row: Row, _ columns: BatchColumns) {
    for field in VersionContent.readable {
      let span = field == .address ? row.address : draft[field]
      guard span.isPresent, !span.isEmpty else { continue }
      attributes.number(Int(field.rawValue))
      attributes.text(columns.drafts.arena.bytes(span))
    }
    ends.append(attributes.count)
    let identity = (row.identity, row.digest.high, row.digest.low)
    withUnsafeBytes(of: identity) { identity in
      var version = SubmissionRow()
      version.externalID = columns.drafts.arena.bytes(draft[.externalID])
      version.identity = identity
      version.title = columns.drafts.arena.bytes(row.title)
      version.body = columns.drafts.arena.bytes(row.body)
      version.attributes = bytes(ends.count - 2)
      version.submittedAt = draft.submittedAt
      version.channel = row.channel
      digests.append(contentsOf: digest.of(version))
    }
  }

  private func bytes(_ index: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: attributes.view[ends[index]..<ends[index + 1]])
  }

  /// Calls `body` with the packed fields and the digest of the kept record of this number, counted from 0.
  func withRecord(
    _ index: Int, _ body: (_ attributes: UnsafeRawBufferPointer, _ digest: UnsafeRawBufferPointer) -> Void
  ) {
    digests.withUnsafeBytes {
      let start = index * VersionDigest.byteCount
      body(bytes(index), UnsafeRawBufferPointer(rebasing: $0[start..<start + VersionDigest.byteCount]))
    }
  }
}
