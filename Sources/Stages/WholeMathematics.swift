/// Logarithms and roots in whole numbers: a C library's differ in their last digits from machine to machine, and with
/// them the order of what people see.
enum WholeMathematics {
  /// Bits behind the point of what is returned.
  static let fraction: UInt64 = 24
  static let one: UInt64 = 1 << fraction
  /// ln 2.
  private static let naturalOfTwo: UInt64 = 11_629_080

  /// The natural logarithm of a quotient of at least one, with ``fraction`` bits behind the point.
  ///
  /// The binary logarithm bit by bit: each squaring of the mantissa tells the next one.
  static func logarithm(_ numerator: UInt64, over denominator: UInt64) -> UInt64 {
    precondition(numerator >= denominator && denominator > 0 && numerator < 1 << 33)
    var mantissa = (numerator << 31) / denominator
    let shift = 32 - mantissa.leadingZeroBitCount
    mantissa = shift > 0 ? mantissa >> UInt64(shift) : mantissa
    var binary = UInt64(max(0, shift))
    for _ in 0..<fraction {
      mantissa = (mantissa * mantissa) >> 31
      binary <<= 1
      if mantissa >> 32 != 0 {
        mantissa >>= 1
        binary |= 1
      }
    }
    return (binary * naturalOfTwo) >> fraction
  }

  /// The whole part of a square root.
  static func root(_ value: UInt64) -> UInt64 {
    var root = UInt64(Double(value).squareRoot())
    while root * root > value { root -= 1 }
    while (root + 1) * (root + 1) <= value { root += 1 }
    return root
  }
}
