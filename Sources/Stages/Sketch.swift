package import CSketch

/// What a folded body is found by: keys of its bands, fingerprints, and 128 single bits for estimating similarity.
///
/// Texts from 24 characters have 20 bands of 3 MinHash rows over their 3-grams: a pair at Jaccard 0.5 is met with 93 %,
/// one at 0.6 with 99 % probability (Broder 1997; Leskovec, Rajaraman & Ullman, chapter 3). Texts under 48 have 16 bands
/// of 2 rows over their 2-grams, as one changed character takes a third of a short text's 3-grams away. Texts from 22 have
/// 3 to 12 fingerprints of their 6-grams, by which a text is met that is quoted inside a longer one.
package struct Sketch: Sendable {
  package var raw = sketch_t()

  package init() {}

  /// Bands of a text of 48 characters or more.
  package static let bandCount = Int(SKETCH_BANDS)
  /// Keys of a text of a hundred characters, as most are: what room is made for.
  static let usualKeys = bandCount + 4

  /// `grams` is scratch with room for as many values as there are scalars.
  ///
  /// Tokens of cut-out details are left out: they are made with the store's secret, and what resembles what must not
  /// depend on that.
  package init(of text: UnsafeBufferPointer<UInt32>, grams: inout [UInt64]) {
    if TokenFree.hasTokens(text) {
      let plain = TokenFree.copy(text)
      self = plain.withUnsafeBufferPointer { Sketch(of: $0, grams: &grams) }
      return
    }
    if grams.count < text.count + 1 { grams = Array(repeating: 0, count: text.count * 2 + 64) }
    grams.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      sketch_make(text.baseAddress, text.count, base, &raw)
    }
  }

  // MARK: Stored form

  /// Reads a stored sketch; nil for one of another form or length, which has to be made anew from its text.
  package init?(bytes: UnsafeRawBufferPointer) {
    let head = Int(SKETCH_HEAD)
    guard bytes.count >= head, Int32(bytes[0]) == SKETCH_FORM else { return nil }
    let keys = Int(bytes[1]) + Int(bytes[2]) + Int(bytes[3])
    guard keys <= Int(SKETCH_KEYS), bytes.count == head + keys * 4 else { return nil }
    withUnsafeMutableBytes(of: &raw) { $0.copyMemory(from: bytes) }
  }

  /// The bytes to store: the head and the keys there are, 116 for a text of a hundred characters.
  package func withStoredBytes<Value>(_ use: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
    try withUnsafeBytes(of: raw) { try use(UnsafeRawBufferPointer(rebasing: $0[..<(Int(SKETCH_HEAD) + keyCount * 4)])) }
  }

  // MARK: Parts

  package var keyCount: Int { Int(raw.bands) + Int(raw.shorts) + Int(raw.marks) }

  /// Calls with every key, of whatever kind.
  @inline(__always)
  package func forEachKey(_ visit: (UInt32) -> Void) { forEachKey(of: 0..<keyCount, visit) }

  /// Calls with the keys of the bands over 3-grams.
  package func forEachBand(_ visit: (UInt32) -> Void) { forEachKey(of: bands, visit) }

  @inline(__always)
  func forEachKey(of range: Range<Int>, _ visit: (UInt32) -> Void) {
    withUnsafeBytes(of: raw.keys) { bytes in
      let keys = bytes.bindMemory(to: UInt32.self)
      for index in range { visit(keys[index]) }
    }
  }

  var bands: Range<Int> { 0..<Int(raw.bands) }
  var shorts: Range<Int> { Int(raw.bands)..<Int(raw.bands) + Int(raw.shorts) }
  var marks: Range<Int> { Int(raw.bands) + Int(raw.shorts)..<keyCount }

  /// The similarity bits, without the keys.
  struct Bits {
    var low: UInt64
    var high: UInt64

    /// Of a text too short for bands.
    var isNone: Bool { low | high == 0 }

    /// Agreeing bits of two sketches, 0…128; Jaccard j gives 64 + 64 j on average.
    @inline(__always)
    func agreement(_ other: Bits) -> Int {
      Int(SKETCH_BITS) - (low ^ other.low).nonzeroBitCount - (high ^ other.high).nonzeroBitCount
    }
  }

  var bits: Bits {
    Bits(low: UInt64(raw.bits.0) | UInt64(raw.bits.1) << 32, high: UInt64(raw.bits.2) | UInt64(raw.bits.3) << 32)
  }

  /// Name of the vector variant in use.
  package static var variant: String { String(cString: sketch_variant()) }
}
