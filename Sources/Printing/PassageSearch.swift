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
