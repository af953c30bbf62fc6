internal import Crypto
internal import Foundation

/// What is known of the erased without knowing them: keyed digests, so that who has the store and not its key file can
/// try out no name, number or text against them.
struct ErasureMarks {
  static let byteCount = 16
  private let identities: SymmetricKey
  private let records: SymmetricKey
  private let versions: SymmetricKey

  init(_ keys: KeyRing) throws(StoreFault) {
    identities = try keys.secret("erased identity")
    records = try keys.secret("erased record")
    versions = try keys.secret("erased version")
  }

  /// Of the identity of a submission: eight bytes of digest over source and external id, as the intake makes them. What
  /// stands behind them in a row is of the content and no part of it.
  func identity(_ bytes: some Sequence<UInt8>) -> [UInt8] { mark(Data(bytes.prefix(8)), identities) }

  func identity(_ value: UInt64) -> [UInt8] { withUnsafeBytes(of: value) { identity($0) } }

  /// Of a set-aside record, by the digest of its bytes.
  func record(_ digest: [UInt8]) -> [UInt8] { mark(Data(digest), records) }

  /// Puts a mask over a version's digest, or takes it off.
  func masked(_ digest: [UInt8], seal: Int) -> [UInt8] {
    let mask = withUnsafeBytes(of: Int64(seal).littleEndian) {
      HMAC<SHA256>.authenticationCode(for: Data($0), using: versions)
    }
    return zip(digest, mask).map { $0 ^ $1 }
  }

  private func mark(_ bytes: Data, _ key: SymmetricKey) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key).prefix(ErasureMarks.byteCount))
  }

  /// What stands in place of an external id, which may hold a name or a telephone number.
  static func externalID(_ mark: [UInt8]) -> String { "erased-" + Hexadecimal.text(mark.prefix(8)) }

  /// What people read in place of a title.
  static let title = "〔已删除〕"
}

/// Who is not taken in again. A copy that several threads may ask.
package struct Tombstones: Sendable {
  private let marks: ErasureMarks
  private let identities: Set<[UInt8]>
  private let records: Set<[UInt8]>

  package var isEmpty: Bool { identities.isEmpty && records.isEmpty }
  package var hasIdentities: Bool { !identities.isEmpty }

  init(_ store: SuggestionStore) throws(StoreFault) {
    marks = try ErasureMarks(store.keys)
    (identities, records) = try store.read { session throws(StoreFault) in
      (try Tombstones.marks(.identity, session), try Tombstones.marks(.record, session))
    }
  }

  enum Kind: Int {
    case identity = 0
    case record = 1
  }

  static func marks(_ kind: Kind, _ session: any SQLSession) throws(StoreFault) -> Set<[UInt8]> {
    Set(try session.all("SELECT mark FROM erased_mark WHERE kind = $1", [.integer(kind.rawValue)]) { $0.bytes(0) })
  }

  /// Whether a submission of this identity was erased; about a microsecond where any was.
  package func holds(identity: UInt64) -> Bool { !identities.isEmpty && identities.contains(marks.identity(identity)) }

  /// Whether a set-aside record with this digest of its bytes was erased.
  package func holds(record digest: [UInt8]) -> Bool { !records.isEmpty && records.contains(marks.record(digest)) }
}

extension SuggestionStore {
  package func tombstones() throws(StoreFault) -> Tombstones { try Tombstones(self) }
}
