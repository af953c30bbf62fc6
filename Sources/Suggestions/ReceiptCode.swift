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

  /// The submission a code belongs to; nil when a symbol is wrong. Small letters, missing dashes, O for 0 and I or L for
  /// 1 are forgiven, as people read codes aloud.
  package func number(of code: String) -> UInt32? {
    var text = code.uppercased().filter { $0 != "-" && $0 != " " }
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
