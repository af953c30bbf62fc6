/// Ends of sentences in folded text, where line feeds are gone and each kind of punctuation has one shape.
enum Sentences {
  static func isEnd(_ text: UnsafeBufferPointer<UInt32>, at index: Int) -> Bool {
    switch text[index] {
    case 0x21, 0x3F, 0x3B, 0x0A, 0x2026: true
    // A full stop, but for one between digits.
    case 0x2E: !(index > 0 && index + 1 < text.count && isDigit(text[index - 1]) && isDigit(text[index + 1]))
    default: false
    }
  }

  static func isPunctuation(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: false
    case 0...0x7F, 0xA1...0xBF, 0x2010...0x205E, 0x3001...0x303F, 0xFE10...0xFE6F, 0xFF01...0xFF0F: true
    default: false
    }
  }

  private static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

  /// Where the first word from `index` on begins.
  static func wordStart(_ text: UnsafeBufferPointer<UInt32>, from index: Int) -> Int {
    var index = index
    while index < text.count, isPunctuation(text[index]) { index += 1 }
    return index
  }
}
