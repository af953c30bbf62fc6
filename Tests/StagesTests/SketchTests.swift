import Stages
import TestSupport
import Testing

/// The vector code against the definition of the sketch.
///
/// The variant is chosen by the processor, so one run can test one of them: this one, against numbers made here without
/// vectors. A run on another machine tests another; all agree with this, hence with each other.
struct SketchTests {
  private static let lanes = 128

  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.low ^ product.high
  }

  private static func gram(_ scalars: ArraySlice<UInt32>) -> UInt64 {
    var packed: UInt64 = 0
    for scalar in scalars.reversed() { packed = packed << 21 | UInt64(scalar) }
    return mix(packed ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)
  }

  private static func grams(_ text: [UInt32], _ length: Int) -> [UInt64] {
    (0...text.count - length).map { gram(text[$0..<$0 + length]) }
  }

  /// The least value of each hash function over some grams.
  private static func least(_ grams: [UInt64]) -> [UInt32] {
    var state: UInt64 = 42
    return (0..<lanes).map { _ in
      state = mix(state &+ 0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9)
      let (multiplier, increment) = (UInt32(truncatingIfNeeded: state) | 1, UInt32(truncatingIfNeeded: state >> 32))
      return grams.map { UInt32(truncatingIfNeeded: $0 >> 32) &* multiplier &+ increment }.min() ?? .max
    }
  }

  private static func keys(_ least: [UInt32], bands: Int, rows: Int, first: Int) -> [UInt32] {
    (0..<bands).map { band in
      var key = UInt64(first + band) &* 0x9E37_79B9_7F4A_7C15 &+ 1
      for row in 0..<rows { key = mix(key ^ UInt64(least[band * rows + row]), 0xD6E8_FEB8_6659_FD93) }
      return UInt32(truncatingIfNeeded: key >> 32)
    }
  }

  /// The smallest different hashes of the 6-grams, one of 24 of them, 3 to 12.
  private static func marks(_ grams: [UInt64]) -> [UInt32] {
    let hashes = (0..<grams.count - 3).map { index in
      let next = grams[index + 3]
      let product = (grams[index] ^ (next << 29 | next >> 35)) &* 0xD6E8_FEB8_6659_FD93
      return UInt32(truncatingIfNeeded: product >> 32)
    }
    let wanted = min(12, max(3, (hashes.count + 23) / 24))
    return Set(hashes).sorted().prefix(wanted).map { $0 &* 0x9E37_79B1 &+ 0x7F4A_7C15 }
  }

  /// Stored bytes of the sketch of a text of three characters or more.
  private static func expected(_ text: [UInt32]) -> [UInt8] {
    let triples = least(grams(text, 3))
    let bands = text.count < 24 ? [] : keys(triples, bands: 20, rows: 3, first: 0)
    let shorts = text.count < 48 ? keys(least(grams(text, 2)), bands: 16, rows: 2, first: 20) : []
    let marks = text.count < 22 ? [] : marks(grams(text, 3))
    var bytes: [UInt8] = [2, UInt8(bands.count), UInt8(shorts.count), UInt8(marks.count)]
    var bits = [UInt32](repeating: 0, count: 4)
    if !bands.isEmpty {
      for number in 0..<lanes {
        let bit = (triples[number] &* 0x9E37_79B1) >> 31
        bits[number >> 5] |= bit << UInt32(number & 31)
      }
    }
    for word in bits + bands + shorts + marks { withUnsafeBytes(of: word) { bytes += Array($0) } }
    return bytes
  }

  private static func made(_ text: [UInt32]) -> [UInt8] {
    let sketch = DuplicateIndexTests.sketch(text)
    return sketch.withStoredBytes { Array($0) }
  }

  @Test func agreesWithItsDefinition() {
    var generator = SeededGenerator(2)
    for length in Array(3...50) + [63, 64, 65, 127, 128, 129, 1_000] {
      let text = (0..<length).map { _ in
        generator.below(9) == 0 ? 0x20000 + UInt32(generator.below(900)) : 0x4E00 + UInt32(generator.below(900))
      }
      let isSame = SketchTests.made(text) == SketchTests.expected(text)
      #expect(isSame, "length \(length), \(Sketch.variant)")
    }
  }

  @Test func namesItsVariant() {
    #expect(["avx512", "avx2", "baseline"].contains(Sketch.variant))
    #expect(Sketch.bandCount == 20)
  }

  @Test(arguments: [4, 22, 30, 47, 48, 200]) func isReadBackFromItsBytes(_ length: Int) throws {
    let bytes = SketchTests.made((0..<length).map { 0x4E00 + UInt32($0) })
    let read = try #require(bytes.withUnsafeBytes { Sketch(bytes: $0) })
    let again = read.withStoredBytes { Array($0) }
    #expect(again == bytes)
    let short = bytes.dropLast().withUnsafeBytes { Sketch(bytes: $0) } == nil
    #expect(short)
    let long = (bytes + [0]).withUnsafeBytes { Sketch(bytes: $0) } == nil
    #expect(long)
  }

  /// Earlier programs stored 80 bytes of other bands; such a text is sketched anew.
  @Test func anotherFormIsNotRead() {
    var bytes = SketchTests.made((0..<60).map { 0x4E00 + UInt32($0) })
    bytes[0] = 1
    let other = bytes.withUnsafeBytes { Sketch(bytes: $0) } == nil
    #expect(other)
    let old = [UInt8](repeating: 2, count: 80).withUnsafeBytes { Sketch(bytes: $0) } == nil
    #expect(old)
    let none = UnsafeRawBufferPointer(start: nil, count: 0)
    #expect(Sketch(bytes: none) == nil)
  }

  /// Two texts that can have half of their 3-grams in common have keys of one kind.
  @Test func everyPairOfLengthsHasAKindInCommon() {
    func kinds(_ length: Int) -> (bands: Bool, shorts: Bool) {
      let bytes = SketchTests.made((0..<length).map { 0x4E00 + UInt32($0) })
      return (bytes[1] > 0, bytes[2] > 0)
    }
    for shorter in 3...60 {
      let longest = 2 * (shorter - 2) + 2
      for longer in shorter...longest {
        let (one, other) = (kinds(shorter), kinds(longer))
        #expect(one.bands && other.bands || one.shorts && other.shorts, "\(shorter) and \(longer)")
      }
    }
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
