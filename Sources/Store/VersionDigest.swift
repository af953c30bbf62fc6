internal import Crypto
internal import Suggestions

/// SHA-256 of what never changes of one stored version. The event of its batch is chained over these digests, so that
/// ``SuggestionStore/verify()`` notices a changed row.
package struct VersionDigest: ~Copyable {
  package static let byteCount = 32

  private var content = PackedWriter(capacity: 4096)

  package init() {}

  /// Of a row whose texts, identity, attributes, instant and channel are set.
  package mutating func of(_ row: borrowing SubmissionRow) -> [UInt8] {
    content.removeAll()
    part(UnsafeRawBufferPointer(row.externalID))
    part(row.identity)
    part(UnsafeRawBufferPointer(row.title))
    part(UnsafeRawBufferPointer(row.body))
    part(row.attributes)
    number(row.submittedAt ?? Int64.min)
    number(Int64(row.channel.rawValue))
    return hash()
  }

  /// The same from stored columns.
  static func of(
    externalID: [UInt8], identity: [UInt8], title: [UInt8], body: [UInt8], attributes: [UInt8], submittedAt: Int64?,
    channel: Int64
  ) -> [UInt8] {
    var digest = VersionDigest()
    for bytes in [externalID, identity, title, body, attributes] { bytes.withUnsafeBytes { digest.part($0) } }
    digest.number(submittedAt ?? Int64.min)
    digest.number(channel)
    return digest.hash()
  }

  private func hash() -> [UInt8] {
    var hasher = SHA256()
    hasher.update(bufferPointer: content.view)
    return Array(hasher.finalize())
  }

  private mutating func part(_ bytes: UnsafeRawBufferPointer) {
    number(Int64(bytes.count))
    content.append(bytes)
  }

  private mutating func number(_ value: Int64) {
    withUnsafeBytes(of: value.littleEndian) { content.append($0) }
  }
}
