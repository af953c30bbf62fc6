internal import Text

/// What one passage must not say.
struct PassageSearch {
  let identifiers: IdentifierSearch

  func kinds(in passage: Passage) -> [GateFinding.Kind] {
    if passage.pieces.count > 1 {
      return joined(passage).map { .personal($0.code) }
    }
    let text = passage.pieces.first ?? ""
    guard !text.isEmpty else { return [] }
    var kinds: [GateFinding.Kind] = identifiers.hits(in: text).map { .personal($0.kind.code) }
    if text.unicodeScalars.contains(where: { Redaction.isToken($0.value) }) { kinds.append(.token) }
    if Opaque.isIn(text) { kinds.append(.unreadable) }
    if passage.isAddress, text.utf8.contains(UInt8(ascii: "%")) {
      kinds += identifiers.hits(in: PassageSearch.percentDecoded(text)).map { .personal($0.kind.code) }
    }
    return kinds
  }

  // MARK: Pieces

  /// Kinds known by their form; names and the like stand beside each other by chance in tables.
  private static let formed: Set<PersonalDataKind> = [
    .residentID, .mobile, .landline, .bankCard, .plate, .email, .companyCode,
  ]

  /// What reaches over all pieces.
  private func joined(_ passage: Passage) -> [PersonalDataKind] {
    let text = passage.pieces.joined(separator: "\n")
    var bounds: [Range<Int>] = []
    for piece in passage.pieces {
      let start = bounds.last.map { $0.upperBound + 1 } ?? 0
      bounds.append(start..<start + piece.utf8.count)
    }
    guard let first = bounds.first, let last = bounds.last else { return [] }
    return identifiers.hits(in: text).compactMap { hit in
      guard hit.source.lowerBound < first.upperBound, hit.source.upperBound > last.lowerBound else { return nil }
      if passage.joint == .prose { return hit.kind }
      guard PassageSearch.formed.contains(hit.kind) else { return nil }
      let lengths = bounds.map { $0.clamped(to: hit.source).count }
      return PassageSearch.isLikely(hit.kind, lengths, passage.joint) ? hit.kind : nil
    }
  }

  /// A number that was broken over lines fills those in the middle; figures below each other, which any number could be
  /// read from, are shorter. Side by side stand groups of a number whose blanks are wide.
  private static func isLikely(_ kind: PersonalDataKind, _ lengths: [Int], _ joint: Passage.Joint) -> Bool {
    let middle = lengths.dropFirst().dropLast()
    if joint == .lines { return middle.allSatisfy { $0 >= 6 } }
    return kind == .mobile ? lengths == [3, 4, 4] : kind == .residentID && middle.allSatisfy { $0 >= 4 }
  }

  /// `%E6%97%A5` and `%31`; a per cent sign that is none of these stays.
  private static func percentDecoded(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        result.append(byte)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// Bytes written as letters, in which anything may be.
enum Opaque {
  /// Characters in a row from which on no word, address or digest looks like them.
  private static let longest = 80

  static func isIn(_ text: String) -> Bool { hasDataAddress(text) || hasEncodedBytes(text) }

  /// `data:image/png;base64,…`
  private static func hasDataAddress(_ text: String) -> Bool {
    guard text.utf8.count > 6 else { return false }
    let small = text.lowercased()
    return small.ranges(of: "data:").contains { start in
      let kind = small[start.upperBound...].prefix(120).prefix { $0 != "," && !$0.isWhitespace }
      let rest = small[kind.endIndex...]
      return rest.first == "," && (kind.contains("/") || kind.contains(";") || kind.isEmpty)
        && kind.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/+.;=-_".contains($0)) }
    }
  }

  private static func hasEncodedBytes(_ text: String) -> Bool {
    var run = (count: 0, small: false, large: false, digit: false)
    for byte in text.utf8 {
      switch byte {
      case 0x61...0x7A: run.small = true
      case 0x41...0x5A: run.large = true
      case 0x30...0x39: run.digit = true
      case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "_"): break
      default:
        run = (0, false, false, false)
        continue
      }
      run.count += 1
      // A digest is long too, but all its letters are small or all large.
      if run.count >= longest, run.small, run.large, run.digit { return true }
    }
    return false
  }
}
