internal import Text

/// A text as the gate reads it: folded scalars, where each stands in the text it came from, and its sentences.
struct AnswerGateText: Sendable {
  /// Folded: no white space, one shape of each punctuation mark.
  let scalars: [UInt32]
  /// Bytes of the source where each folded scalar starts; the redactor reads gaps from them.
  let sources: [UInt32]
  /// Scalars of the source, from 0, where each folded one starts; one more for the end.
  private let positions: [Int]
  /// In order; white space at their ends is nobody's.
  let sentences: [Range<Int>]

  init(_ text: String) {
    var text = text
    var folded = FoldedText(capacity: 1024)
    (scalars, sources, positions, sentences) = text.withUTF8 { bytes in
      let range = folded.fold(bytes)
      let sources = (range).map { folded.sources[$0] }
      let scalars = Array(folded[range])
      var positions: [Int] = []
      positions.reserveCapacity(scalars.count + 1)
      var sentences: [Range<Int>] = []
      var start = 0
      var byte = 0
      var scalar = 0
      for (index, source) in sources.enumerated() {
        var isNewLine = false
        while byte < Int(source) {
          if bytes[byte] & 0xC0 != 0x80 { scalar += 1 }
          if bytes[byte] == 0x0A || bytes[byte] == 0x0D { isNewLine = true }
          byte += 1
        }
        positions.append(scalar)
        if start < index, isNewLine || AnswerGateText.ends(scalars, at: index - 1) {
          sentences.append(start..<index)
          start = index
        }
      }
      if start < scalars.count { sentences.append(start..<scalars.count) }
      while byte < bytes.count {
        if bytes[byte] & 0xC0 != 0x80 { scalar += 1 }
        byte += 1
      }
      positions.append(scalar)
      return (scalars, sources, positions, sentences)
    }
  }

  /// Scalars of the source that a range of the folded text came from.
  func span(_ range: Range<Int>) -> Range<Int> {
    guard let last = range.last else { return positions[range.lowerBound]..<positions[range.lowerBound] }
    // What stands behind the last one up to the next is white space, which is not meant.
    return positions[range.lowerBound]..<positions[last] + 1
  }

  /// . ! ? ; end a sentence, but for the point of a number or an address of the web.
  private static func ends(_ scalars: [UInt32], at index: Int) -> Bool {
    switch scalars[index] {
    case 0x21, 0x3B, 0x3F: true
    case 0x2E:
      !(index > 0 && isLatin(scalars[index - 1]) && index + 1 < scalars.count && isLatin(scalars[index + 1]))
    default: false
    }
  }

  /// Letters and digits in their folded shape.
  @inline(__always) static func isLatin(_ scalar: UInt32) -> Bool { isDigit(scalar) || scalar &- 97 < 26 }
  @inline(__always) static func isDigit(_ scalar: UInt32) -> Bool { scalar &- 48 < 10 }
  @inline(__always) static func isHan(_ scalar: UInt32) -> Bool {
    (0x4E00...0x9FFF).contains(scalar) || (0x3400..<0x4DC0).contains(scalar) || (0x20000..<0x33480).contains(scalar)
  }
  static func isLetter(_ scalar: UInt32) -> Bool { isLatin(scalar) || isHan(scalar) }

  /// Two neighbours as one number.
  @inline(__always) static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) << 32 | UInt64(second)
  }

  /// All neighbours that are both letters.
  static func pairs(_ scalars: some Collection<UInt32>) -> Set<UInt64> {
    var pairs: Set<UInt64> = []
    for (first, second) in zip(scalars, scalars.dropFirst()) where isLetter(first) && isLetter(second) {
      pairs.insert(pair(first, second))
    }
    return pairs
  }
}
