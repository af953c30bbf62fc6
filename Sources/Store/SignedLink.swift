package import Casework
internal import Crypto
internal import Foundation
internal import Suggestions

/// 免登录链接: lets a unit do one thing to one order without an account. Whoever has the link may do it, once, until it
/// expires; so it goes to the unit's own address or on its printed order and nowhere else.
///
/// The token is base64url (RFC 4648 §5, without padding) of the packed values below and their HMAC-SHA256 under a key
/// of the purpose's own, derived from the store's secret by HKDF (RFC 5869). It holds no secret and names no person.
package struct SignedLink: Sendable, Hashable {
  /// Stored in tokens: a new purpose takes the next free number.
  package enum Purpose: UInt8, CaseIterable, Sendable {
    /// To answer an order, with proof.
    case answer = 1
    /// To sign for an order or return it.
    case sign = 2

    package var code: String { self == .answer ? "answer" : "sign" }
  }

  package var purpose: Purpose
  package var suggestion: Int
  /// Number of the dispatch within the case.
  package var event: Int
  package var unit: CaseHandler
  /// The last second it is good for; seconds since 1970.
  package var expiresAt: Int64

  package init(_ purpose: Purpose, suggestion: Int, event: Int, unit: CaseHandler, expiresAt: Int64) {
    self.purpose = purpose
    self.suggestion = suggestion
    self.event = event
    self.unit = unit
    self.expiresAt = expiresAt
  }

  /// Whether the order it was made for is no longer the one that stands: recalled, returned, given to somebody else, or
  /// of the round before.
  ///
  /// - Parameter standing: the acts of the case that were not undone.
  package func isSuperseded(in standing: [CaseEvent]) -> Bool {
    let orders: Set<CaseAction> = [.dispatch, .adjudicate, .recall, .sendBack, .reopen]
    guard let last = standing.last(where: { orders.contains($0.action) }) else { return true }
    return last.number != event || last.details.handler != unit
  }
}

/// Why a link opens nothing.
package enum LinkRefusal: Error, Sendable, Hashable {
  /// No token at all, or cut short.
  case malformed
  /// Not made by this store, or changed since.
  case forged
  case expired(at: Int64)
  /// Made for something else.
  case otherPurpose(SignedLink.Purpose)
  case used(at: Int64)
  /// The order was taken back meanwhile; for the caller to find out, by ``SignedLink/isSuperseded(in:)``.
  case superseded
}

extension SuggestionStore {
  /// The token of a link, to be put behind an address.
  package func token(of link: SignedLink) throws(StoreFault) -> String {
    let packed = link.packed
    let code = HMAC<SHA256>.authenticationCode(for: packed, using: try keys.linkKey(link.purpose))
    return LinkToken.text(packed + Array(code))
  }

  /// What a token lets its holder do now. Reads only: looking at a form uses nothing up.
  package func link(
    _ token: String, for purpose: SignedLink.Purpose, at moment: Int64
  ) throws(StoreFault) -> Result<SignedLink, LinkRefusal> {
    try read { session throws(StoreFault) in try link(token, for: purpose, at: moment, session).map(\.link) }
  }

  /// Uses a token up, inside the transaction of the act it allows: both happen, or neither.
  package func useLink(
    _ token: String, for purpose: SignedLink.Purpose, at moment: Int64, in session: any SQLSession
  ) throws(StoreFault) -> Result<SignedLink, LinkRefusal> {
    let found: (link: SignedLink, digest: [UInt8])
    switch try link(token, for: purpose, at: moment, session) {
    case .success(let link): found = link
    case .failure(let refusal): return .failure(refusal)
    }
    try session.execute(
      "INSERT INTO used_link (digest, at) VALUES ($1, $2)", [.bytes(found.digest), .integer(moment)])
    return .success(found.link)
  }

  private func link(
    _ token: String, for purpose: SignedLink.Purpose, at moment: Int64, _ session: any SQLSession
  ) throws(StoreFault) -> Result<(link: SignedLink, digest: [UInt8]), LinkRefusal> {
    guard let bytes = LinkToken.bytes(token), bytes.count > SHA256.byteCount,
      let own = SignedLink.Purpose(rawValue: bytes[0])
    else { return .failure(.malformed) }
    let packed = Array(bytes.dropLast(SHA256.byteCount))
    // In constant time, before anything of it is believed.
    guard
      HMAC<SHA256>.isValidAuthenticationCode(
        bytes.suffix(SHA256.byteCount), authenticating: packed, using: try keys.linkKey(own))
    else { return .failure(.forged) }
    guard let link = SignedLink(packed: packed) else { return .failure(.malformed) }
    guard own == purpose else { return .failure(.otherPurpose(own)) }
    let digest = Array(SHA256.hash(data: bytes))
    // Used comes before expired: who answered in time is told so.
    let used = try session.first("SELECT at FROM used_link WHERE digest = $1", [.bytes(digest)]) { $0.integer(0) }
    if let used { return .failure(.used(at: used)) }
    guard moment <= link.expiresAt else { return .failure(.expired(at: link.expiresAt)) }
    return .success((link, digest))
  }
}

extension SignedLink {
  fileprivate var packed: [UInt8] {
    var writer = PackedWriter()
    for number in [Int(purpose.rawValue), suggestion, event, Int(expiresAt), unit.isStation ? 1 : 0] {
      writer.number(number)
    }
    for text in [unit.unit, unit.district ?? ""] {
      Array(text.utf8).withUnsafeBufferPointer { writer.text($0) }
    }
    return writer.bytes
  }

  fileprivate init?(packed: [UInt8]) {
    var reader = PackedReader(packed)
    guard let purpose = reader.number().flatMap({ UInt8(exactly: $0) }).flatMap(Purpose.init),
      let suggestion = reader.number(), let event = reader.number(), let expiresAt = reader.number(),
      let isStation = reader.number(), let unit = reader.text(), let district = reader.text(), reader.isAtEnd
    else { return nil }
    self.init(
      purpose, suggestion: suggestion, event: event,
      unit: CaseHandler(
        unit: String(decoding: unit, as: UTF8.self),
        district: district.isEmpty ? nil : String(decoding: district, as: UTF8.self), isStation: isStation == 1),
      expiresAt: Int64(expiresAt))
  }
}

extension KeyRing {
  fileprivate func linkKey(_ purpose: SignedLink.Purpose) throws(StoreFault) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: try key(0), info: Data("golden-ideas link \(purpose.code)".utf8),
      outputByteCount: SHA256.byteCount)
  }
}

/// base64url without padding; one text for any bytes and no other.
private enum LinkToken {
  static func text(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// Nil for anything that ``text(_:)`` does not write.
  static func bytes(_ text: String) -> [UInt8]? {
    guard text.utf8.count <= 1_024, !text.contains(where: { $0 == "+" || $0 == "/" || $0 == "=" }) else { return nil }
    let plain = text.replacing("-", with: "+").replacing("_", with: "/")
    let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: plain + padding) else { return nil }
    let bytes = Array(data)
    return LinkToken.text(bytes) == text ? bytes : nil
  }
}
