/// A text taken apart for searching.
struct SearchableText {
  enum Shape: UInt8 {
    case ideograph, letter, digit, other
  }

  struct Unit {
    var scalar: UInt32
    /// Byte it begins at in ``bytes``.
    var source: Int
    var shape: Shape
    var gap: Gap
  }

  /// What stands before a unit.
  enum Gap: UInt8 {
    case nothing
    /// White space, which parts words and numbers; Chinese words go on over it, as lines are broken anywhere.
    case space
    /// Something that was cut out.
    case cut
  }

  /// The text people read.
  let bytes: [UInt8]
  let units: [Unit]

  /// - Parameter stored: with the tokens behind its placeholders. Placeholders are not searched: who looks for 电话 does
  ///   not mean every text with a number in it.
  init(_ stored: [UInt8], _ folding: SearchFolding) {
    let (bytes, placeholders) = DisplayText(stored).searchable
    let folded = folding.fold(bytes)
    var units: [Unit] = []
    units.reserveCapacity(folded.scalars.count)
    var hidden = placeholders[...]
    var end = 0
    var isCut = false
    for (scalar, start) in zip(folded.scalars, folded.sources) {
      let source = Int(start)
      while let first = hidden.first, first.upperBound <= source { hidden = hidden.dropFirst() }
      if let first = hidden.first, first.contains(source) {
        isCut = true
        end = first.upperBound
        continue
      }
      let gap: Gap = isCut ? .cut : SearchableText.hasSpace(bytes, from: end, to: source) ? .space : .nothing
      units.append(Unit(scalar: scalar, source: source, shape: SearchableText.shape(scalar), gap: gap))
      isCut = false
      end = source + SearchableText.length(bytes, at: source)
    }
    self.bytes = bytes
    self.units = units
  }

  /// The bytes some units stand for.
  func range(_ units: Range<Int>) -> Range<Int> {
    let last = self.units[units.upperBound - 1].source
    return self.units[units.lowerBound].source..<min(bytes.count, last + SearchableText.length(bytes, at: last))
  }

  /// Whether a unit goes on the word or the number of the one before it.
  static func goesOn(_ unit: Unit, from shape: Shape) -> Bool {
    switch unit.shape {
    case .other: false
    case .ideograph: shape == .ideograph && unit.gap != .cut
    case .letter, .digit: shape == unit.shape && unit.gap == .nothing
    }
  }

  // MARK: Scalars

  private static func length(_ bytes: [UInt8], at index: Int) -> Int {
    guard index < bytes.count else { return 0 }
    let lead = bytes[index]
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  private static func hasSpace(_ bytes: [UInt8], from: Int, to: Int) -> Bool {
    guard from < to, to <= bytes.count else { return false }
    if to - from == 1 { return bytes[from] <= 0x20 }
    return String(decoding: bytes[from..<to], as: UTF8.self).unicodeScalars.contains { $0.properties.isWhitespace }
  }

  static func shape(_ scalar: UInt32) -> Shape {
    switch scalar {
    case 0x30...0x39: .digit
    case 0x61...0x7A, 0x41...0x5A: .letter
    case 0..<0x80: .other
    case 0x3005...0x3007, 0x3041...0x30FF, 0x31F0...0x31FF, 0x3400...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0x20000...0x3FFFF:
      .ideograph
    default: Unicode.Scalar(scalar).map { $0.properties.isAlphabetic } ?? false ? .letter : .other
    }
  }
}

extension DisplayText {
  /// The text people read, as bytes, and where its placeholders stand in it.
  var searchable: (bytes: [UInt8], placeholders: [Range<Int>]) {
    guard stored.contains(0xF3) else { return (stored, []) }
    var kept: [UInt8] = []
    kept.reserveCapacity(stored.count)
    var placeholders: [Range<Int>] = []
    var index = 0
    while index < stored.count {
      guard isToken(at: index) else {
        kept.append(stored[index])
        index += 1
        continue
      }
      // What opens a placeholder: 〔.
      let opening: [UInt8] = [0xE3, 0x80, 0x94]
      let least = placeholders.last?.upperBound ?? 0
      if let start = stride(from: kept.count - opening.count, through: least, by: -1).first(where: {
        $0 >= 0 && kept[$0..<$0 + opening.count].elementsEqual(opening)
      }) {
        placeholders.append(start..<kept.count)
      }
      index += 4
    }
    return (kept, placeholders)
  }
}
