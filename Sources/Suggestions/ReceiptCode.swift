/// 回执: the code a writer holds. A keyed permutation of the submission's number, so that it needs no index, shows nothing
/// about how many there are and cannot be guessed; eight symbols and a check symbol, readable over the telephone.
///
/// Symbols are Crockford's base 32 without the check extension; the check symbol is a weighted sum in the field of 32
/// elements, so that any single wrong symbol and any swap of neighbours is noticed.
package struct ReceiptCode: Sendable {
  private let keys: [UInt32]
  private static let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// - Parameter key: 64 bits of the store's secret.
  package init(key: UInt64) {
    var state = key
    keys = (0..<6).map { _ in
      state = ReceiptCode.mix(state &+ 0x9E37_79B9_7F4A_7C15)
      return UInt32(truncatingIfNeeded: state)
    }
  }

  /// The code of a submission, as `GI-XXXX-XXXX-C`.
  package func code(of number: UInt32) -> String {
    let value = permute(UInt64(number), rounds: Array(keys.indices))
    let symbols = (0..<8).map { ReceiptCode.symbols[Int(value >> UInt64(35 - $0 * 5) & 31)] }
    let text = String(decoding: symbols, as: UTF8.self)
    let check = ReceiptCode.symbols[ReceiptCode.check(symbols)]
    return "GI-\(text.prefix(4))-\(text.suffix(4))-\(Character(Unicode.Scalar(check)))"
  }

  /// A code as it is said over the telephone, in groups: `X N B N，Q M M 二，E`. Digits are said 零 幺 二 … 九, for 一 is
  /// taken for 七; GI, which every code begins with, is left out. ``number(of:)`` reads it back.
  ///
  /// - Parameter inChinese: digits as Chinese words; else as digits.
  package static func spoken(_ code: String, inChinese: Bool = true) -> String {
    let groups = code.split(separator: "-").drop { $0 == "GI" }
    let said = groups.map { group in
      group.unicodeScalars.map { scalar in
        guard inChinese, ("0"..."9").contains(scalar) else { return String(scalar) }
        return String(digitWords[Int(scalar.value) - 0x30])
      }.joined(separator: " ")
    }
    return said.joined(separator: inChinese ? "，" : ", ")
  }

  private static let digitWords: [Unicode.Scalar] = ["零", "幺", "二", "三", "四", "五", "六", "七", "八", "九"]
  /// What people say or type for a digit beside its word.
  private static let otherWords: [Unicode.Scalar: Int] = ["〇": 0, "洞": 0, "一": 1, "两": 2]

  /// What was written or heard, as plain symbols: no blanks, dashes and commas, wide letters made narrow, Chinese words
  /// for digits as digits.
  private static func plain(_ code: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in code.unicodeScalars {
      switch scalar {
      case " ", "\u{3000}", "-", "－", "–", "—", "，", ",", "、", "。", ".": continue
      case "\u{FF01}"..."\u{FF5E}":
        if let narrow = Unicode.Scalar(scalar.value - 0xFEE0) { text.append(narrow) }
      default:
        if let digit = digitWords.firstIndex(of: scalar) ?? otherWords[scalar] {
          text.append(contentsOf: String(digit).unicodeScalars)
        } else {
          text.append(scalar)
        }
      }
    }
    return String(text).uppercased()
  }

  /// The submission a code belongs to; nil when a symbol is wrong. Small and wide letters, missing dashes, O for 0, I or
  /// L for 1 and Chinese words for digits are forgiven, as people read codes aloud and type what they hear.
  package func number(of code: String) -> UInt32? {
    var text = ReceiptCode.plain(code)
    // A code may itself begin with G1, which people write GI.
    if text.utf8.count == 11, text.hasPrefix("GI") { text.removeFirst(2) }
    let symbols: [UInt8] = text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "O"): UInt8(ascii: "0")
      case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
      default: byte
      }
    }
    guard symbols.count == 9 else { return nil }
    var value: UInt64 = 0
    for symbol in symbols.prefix(8) {
      guard let digit = ReceiptCode.symbols.firstIndex(of: symbol) else { return nil }
      value = value << 5 | UInt64(digit)
    }
    guard symbols[8] == ReceiptCode.symbols[ReceiptCode.check(Array(symbols.prefix(8)))] else { return nil }
    let number = unpermute(value)
    return number <= UInt64(UInt32.max) && number > 0 ? UInt32(number) : nil
  }

  /// Horner's rule with the element x of GF(2)[x] / (x⁵ + x² + 1), all of whose powers up to the 30th differ.
  private static func check(_ symbols: [UInt8]) -> Int {
    var sum = 0
    for symbol in symbols {
      sum = (sum ^ (ReceiptCode.symbols.firstIndex(of: symbol) ?? 0)) << 1
      if sum > 31 { sum ^= 0b100101 }
    }
    return sum
  }

  // A balanced Feistel network over 40 bits; six rounds are ample for a code that is also rate-limited.
  private func permute(_ value: UInt64, rounds: [Int]) -> UInt64 {
    var left = UInt32(truncatingIfNeeded: value >> 20) & 0xFFFFF
    var right = UInt32(truncatingIfNeeded: value) & 0xFFFFF
    for round in rounds { (left, right) = (right, left ^ scramble(right, round)) }
    return UInt64(left) << 20 | UInt64(right)
  }

  private func unpermute(_ value: UInt64) -> UInt64 {
    var left = UInt32(truncatingIfNeeded: value >> 20) & 0xFFFFF
    var right = UInt32(truncatingIfNeeded: value) & 0xFFFFF
    for round in keys.indices.reversed() { (left, right) = (right ^ scramble(left, round), left) }
    return UInt64(left) << 20 | UInt64(right)
  }

  private func scramble(_ half: UInt32, _ round: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: ReceiptCode.mix(UInt64(half) << 32 | UInt64(keys[round])) >> 20) & 0xFFFFF
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
