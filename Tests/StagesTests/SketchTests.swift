import Stages
import TestSupport
import Testing

/// The vector code against the definition of the sketch.
///
/// The variant is chosen by the processor, so one run can test one of them: this one, against numbers made here without
/// vectors. A run on another machine tests another; all agree with this, hence with each other.
struct SketchTests {
  private static let bands = 16
  private static let rows = 5
  private static let hashes = 80
  private static let lanes = 128

  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.low ^ product.high
  }

  /// Stored bytes of the sketch of a text of three characters or more.
  private static func expected(_ text: [UInt32]) -> [UInt8] {
    var state: UInt64 = 42
    var functions: [(multiplier: UInt32, increment: UInt32)] = []
    for _ in 0..<lanes {
      state = mix(state &+ 0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9)
      functions.append((UInt32(truncatingIfNeeded: state) | 1, UInt32(truncatingIfNeeded: state >> 32)))
    }
    var least = [UInt32](repeating: .max, count: hashes)
    for start in 0..<text.count - 2 {
      let packed = UInt64(text[start]) | UInt64(text[start + 1]) << 21 | UInt64(text[start + 2]) << 42
      let gram = mix(packed ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)
      let high = UInt32(truncatingIfNeeded: gram >> 32)
      for number in 0..<hashes {
        least[number] = min(least[number], high &* functions[number].multiplier &+ functions[number].increment)
      }
    }
    var bytes: [UInt8] = []
    for band in 0..<bands {
      var key = UInt64(band) &* 0x9E37_79B9_7F4A_7C15 &+ 1
      for row in 0..<rows { key = mix(key ^ UInt64(least[band * rows + row]), 0xD6E8_FEB8_6659_FD93) }
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: key >> 32)) { bytes += Array($0) }
    }
    var bits: [UInt64] = [0, 0]
    for number in 0..<hashes {
      bits[number >> 6] |= UInt64((least[number] &* 0x9E37_79B1) >> 31) << UInt64(number & 63)
    }
    for word in bits { withUnsafeBytes(of: word) { bytes += Array($0) } }
    return bytes
  }

  private static func made(_ text: [UInt32]) -> [UInt8] {
    let sketch = DuplicateIndexTests.sketch(text)
    return withUnsafeBytes(of: sketch.raw) { Array($0) }
  }

  @Test func agreesWithItsDefinition() {
    var generator = SeededGenerator(2)
    for length in Array(3...40) + [63, 64, 65, 127, 128, 129, 1_000] {
      let text = (0..<length).map { _ in
        generator.below(9) == 0 ? 0x20000 + UInt32(generator.below(900)) : 0x4E00 + UInt32(generator.below(900))
      }
      let isSame = SketchTests.made(text) == SketchTests.expected(text)
      #expect(isSame, "length \(length), \(Sketch.variant)")
    }
  }

  @Test func namesItsVariant() {
    #expect(["avx512", "avx2", "baseline"].contains(Sketch.variant))
    #expect(Sketch.byteCount == 80)
    #expect(Sketch.bandCount == SketchTests.bands)
  }

  @Test func isReadBackFromItsBytes() throws {
    let bytes = SketchTests.made([0x4E95, 0x76D6, 0x574F, 0x4E86])
    let read = try #require(bytes.withUnsafeBytes { Sketch(bytes: $0) })
    let again = withUnsafeBytes(of: read.raw) { Array($0) }
    #expect(again == bytes)
    let short = bytes.dropLast().withUnsafeBytes { Sketch(bytes: $0) } == nil
    #expect(short)
  }

  @Test func shortTextsHaveSketchesOfTheirOwn() {
    let texts: [[UInt32]] = [[], [0x4E95], [0x76D6], [0x4E95, 0x76D6], [0x76D6, 0x4E95], [0x4E95, 0x76D6, 0x574F]]
    #expect(Set(texts.map(SketchTests.made)).count == texts.count)
    for text in texts { #expect(SketchTests.made(text) == SketchTests.made(text)) }
  }

  /// Repeats change nothing: a sketch is of the set of grams.
  @Test func repeatsDoNotCount() {
    let unit: [UInt32] = [0x54C8, 0x54C8, 0x54C8]
    #expect(SketchTests.made(unit) == SketchTests.made(unit + unit + unit))
  }
}
