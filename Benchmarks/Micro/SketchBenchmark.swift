import Stages

/// MinHash sketches, beside the same in plain Swift.
enum SketchBenchmark {
  static func run(_ texts: Texts) throws {
    Measurement.section("sketch (\(Sketch.variant))")
    let ours = try Measurement.row("sketch", texts: texts.count, bytes: texts.byteCount) {
      var grams: [UInt64] = []
      return (0..<texts.count).reduce(0) { sum, index in
        (sum &+ digest(Sketch(of: texts.scalars(index), grams: &grams))) & 0xFFFF_FFFF
      }
    }
    let plain = PlainSketch()
    let slow = try Measurement.row("sketch in plain Swift", texts: texts.count, bytes: texts.byteCount) {
      (0..<texts.count).reduce(0) { ($0 &+ plain.digest(texts.scalars($1))) & 0xFFFF_FFFF }
    }
    try Measurement.compare(ours, slow, "faster than plain Swift")
  }

  /// Band keys added up (32 bits of it are printed): equal sums over many texts mean equal sketches.
  private static func digest(_ sketch: Sketch) -> Int {
    var sum = 0
    sketch.forEachBand { sum &+= Int($0) }
    return sum
  }
}

/// The arithmetic of CSketch written down a second time, value by value.
private struct PlainSketch {
  private var multipliers: [UInt32] = []
  private var increments: [UInt32] = []
  private static let rows = 3

  init() {
    var state: UInt64 = 42
    for _ in 0..<Sketch.bandCount * PlainSketch.rows {
      state = PlainSketch.mix(state &+ 0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9)
      multipliers.append(UInt32(truncatingIfNeeded: state) | 1)
      increments.append(UInt32(truncatingIfNeeded: state >> 32))
    }
  }

  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.low ^ product.high
  }

  /// For the bands over 3-grams; texts under 24 scalars have none.
  func digest(_ text: UnsafeBufferPointer<UInt32>) -> Int {
    if text.count < 24 { return 0 }
    var least = [UInt32](repeating: .max, count: multipliers.count)
    for start in 0..<text.count - 2 {
      let packed = UInt64(text[start]) | UInt64(text[start + 1]) << 21 | UInt64(text[start + 2]) << 42
      let gram = PlainSketch.mix(packed ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)
      let high = UInt32(truncatingIfNeeded: gram >> 32)
      for index in least.indices {
        least[index] = min(least[index], high &* multipliers[index] &+ increments[index])
      }
    }
    var sum = 0
    for band in 0..<Sketch.bandCount {
      var hash = UInt64(band) &* 0x9E37_79B9_7F4A_7C15 &+ 1
      for row in 0..<PlainSketch.rows {
        hash = PlainSketch.mix(hash ^ UInt64(least[band * PlainSketch.rows + row]), 0xD6E8_FEB8_6659_FD93)
      }
      sum &+= Int(hash >> 32)
    }
    return sum
  }
}
