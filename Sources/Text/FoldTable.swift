internal import CUTF8Proc

/// What folding makes of each scalar of the Basic Multilingual Plane, one word each, built once per process.
///
/// A word is the folded scalar; 0 means dropped (white space and invisible characters); ``expands`` marks an index into
/// `expansions`; ``combines`` marks scalars that may compose with what stands before them and take the slow path.
/// Folding is Unicode's compatibility composition (NFKC, UAX #15), then lower case, then one shape for each kind of
/// punctuation, then traditional to simplified. The text people read is never folded.
struct FoldTable: Sendable {
  static let expands: UInt32 = 1 << 31
  static let combines: UInt32 = 1 << 30
  static let shared = FoldTable()

  let words: [UInt32]
  /// For each expansion its length, then its scalars.
  let expansions: [UInt32]

  private init() {
    var words = [UInt32](repeating: 0, count: 65536)
    var expansions: [UInt32] = []
    let simplified = FoldTable.simplifications()
    for value in 0..<UInt32(65536) where !(0xD800..<0xE000).contains(value) {
      if FoldTable.isDropped(value) { continue }
      // Before composing, which takes some quotation marks apart.
      if let shape = FoldTable.punctuation[value] {
        words[Int(value)] = shape
        continue
      }
      // Ideographs and Hangul syllables are their own compatibility form; asking for each costs 30 ms at every start.
      let isOwnForm = (0x3400..<0xA000).contains(value) || (0xAC00..<0xD7A4).contains(value)
      let folded = (isOwnForm ? [value] : FoldTable.composed([value])).compactMap { FoldTable.finish($0, simplified) }
      switch folded.count {
      case 0: break
      case 1: words[Int(value)] = folded[0]
      default:
        words[Int(value)] = FoldTable.expands | UInt32(expansions.count)
        expansions.append(UInt32(folded.count))
        expansions.append(contentsOf: folded)
      }
      if FoldTable.mayCompose(value) { words[Int(value)] |= FoldTable.combines }
    }
    self.words = words
    self.expansions = expansions
    self.simplified = simplified
  }

  private let simplified: [UInt32: UInt32]

  /// The slow path: a base with combining marks, or a scalar beyond the Basic Multilingual Plane.
  func foldCluster(_ scalars: [UInt32]) -> [UInt32] {
    let kept = scalars.filter { !FoldTable.isDropped($0) }
    guard !kept.isEmpty else { return [] }
    return FoldTable.composed(kept).compactMap { FoldTable.finish($0, simplified) }
  }

  // MARK: Building

  /// NFKC and lower case of a short sequence. Lower case may compose where upper case did not (H̱ has no character of
  /// its own, ẖ has), so the small letters are composed once more. Marks that found no base are dropped: accents struck
  /// through characters must not hide them from the rules.
  private static func composed(_ scalars: [UInt32]) -> [UInt32] {
    var result = scalars.map { FoldTable.moved[$0] ?? $0 }
    // What a dropped mark kept apart may compose now: until nothing changes, which is after two rounds at most.
    for _ in 0..<4 {
      let lowered = compatible(result).map { UInt32(bitPattern: utf8proc_tolower(Int32($0))) }
      let next = compatible(lowered).filter { !isMark($0) && !isDropped($0) }
      if next == result { break }
      result = next
    }
    return result
  }

  /// A mark that takes no room of its own.
  static func isMark(_ scalar: UInt32) -> Bool {
    let category = utf8proc_category(Int32(scalar))
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME
  }

  private static func compatible(_ scalars: [UInt32]) -> [UInt32] {
    var utf8: [UInt8] = []
    for scalar in scalars {
      guard let scalar = Unicode.Scalar(scalar) else { continue }
      utf8.append(contentsOf: Array(String(Character(scalar)).utf8))
    }
    var result: UnsafeMutablePointer<utf8proc_uint8_t>?
    let options = utf8proc_option_t(UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue | UTF8PROC_COMPAT.rawValue)
    let length = utf8.withUnsafeBufferPointer { utf8proc_map($0.baseAddress, $0.count, &result, options) }
    guard length >= 0, let result else { return scalars }
    defer { free(result) }
    let text = String(decoding: UnsafeBufferPointer(start: result, count: length), as: UTF8.self)
    return text.unicodeScalars.map(\.value)
  }

  private static func finish(_ scalar: UInt32, _ simplified: [UInt32: UInt32]) -> UInt32? {
    if isDropped(scalar) { return nil }
    if let shape = punctuation[scalar] { return shape }
    return simplified[scalar] ?? scalar
  }

  static func mayCompose(_ scalar: UInt32) -> Bool {
    if isMark(scalar) || utf8proc_category(Int32(scalar)) == UTF8PROC_CATEGORY_MC { return true }
    // Hangul letters in their three shapes, and the half-width voicing marks that NFKC turns into combining ones.
    return (0x1160...0x11FF).contains(scalar) || (0x3131...0x318E).contains(scalar) || (0xFF9E...0xFFDC).contains(scalar)
  }

  /// White space and characters nobody sees (research: hidden-text list of reliability.md §5).
  private static func isDropped(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x00...0x20, 0x7F...0xA0, 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x1680, 0x17B4, 0x17B5, 0x180B...0x180E,
      0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x3000, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB,
      0xE0000...0xE0FFF:
      true
    default: false
    }
  }

  /// One shape for each kind of punctuation.
  private static let punctuation: [UInt32: UInt32] = {
    var map: [UInt32: UInt32] = [:]
    func fold(_ variants: String, to shape: Unicode.Scalar) {
      for scalar in variants.unicodeScalars { map[scalar.value] = shape.value }
    }
    fold("。｡．", to: ".")
    fold("、､，", to: ",")
    fold("“”„‟‘’‚‛「」『』《》〈〉«»＂＇'`", to: "\"")
    fold("【〔［〖〘〚", to: "[")
    fold("】〕］〗〙〛", to: "]")
    fold("—–‐‑‒―−－", to: "-")
    fold("～〜∼", to: "~")
    fold("·•・‧∙", to: "·")
    return map
  }()

  /// The characters that GB 18030-2022 moved out of the private use area; decoders on one machine still disagree on them.
  private static let moved: [UInt32: UInt32] = [
    0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE832: 0x9FB8, 0xE843: 0x9FB9, 0xE854: 0x9FBA,
    0xE864: 0x9FBB, 0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15,
    0xE793: 0xFE16, 0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19,
  ]

  private static func simplifications() -> [UInt32: UInt32] {
    var map: [UInt32: UInt32] = [:]
    traditionalSimplifiedPairs.withUTF8Buffer { utf8 in
      let scalars = String(decoding: utf8, as: UTF8.self).unicodeScalars.map(\.value)
      for index in stride(from: 0, to: scalars.count - 1, by: 2) { map[scalars[index]] = scalars[index + 1] }
    }
    // A few simplified forms are traditional forms of others; folding must give the same when done twice.
    for (from, to) in map { if let further = map[to] { map[from] = further } }
    return map
  }
}
