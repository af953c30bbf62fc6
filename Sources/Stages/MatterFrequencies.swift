/// Title or body: a piece means more in a title than in a body, so they are counted apart.
package enum MatterField: Int, CaseIterable, Sendable {
  case title = 0
  case body = 1
}

/// In how many texts of a history each piece stands, in counters of a fixed number that are found by hash.
///
/// Two pieces may share a counter, which then says too much: with 2¹⁸ counters for 2,963 real messages (668 pieces in
/// each) the order of candidates was that of exact counts. 2²⁰ are 4 MiB a field, whatever the size of the history.
package struct MatterFrequencies: Sendable {
  package static let counterBits: UInt64 = 20
  package static let counterCount = 1 << Int(counterBits)
  /// Counters are stored in parts of this many.
  package static let partCount = 64
  package static let partSize = counterCount / partCount

  /// Texts counted.
  package private(set) var texts: Int
  /// Sum over the texts of the squared lengths of their bodies' vectors, each as it was when the text was counted.
  package private(set) var squares: UInt64
  private var counters: [[UInt32]]
  /// Parts that changed since ``clean()``, one bit each, by field.
  package private(set) var changed: [UInt64] = [0, 0]
  private var weights = MatterWeights(texts: 0)

  package init(texts: Int = 0, squares: UInt64 = 0) {
    self.texts = texts
    self.squares = squares
    counters = MatterField.allCases.map { _ in [UInt32](repeating: 0, count: MatterFrequencies.counterCount) }
  }

  // MARK: Stored parts

  package mutating func clean() { changed = [0, 0] }

  package func part(_ field: MatterField, _ part: Int) -> ArraySlice<UInt32> {
    let start = part * MatterFrequencies.partSize
    return counters[field.rawValue][start..<start + MatterFrequencies.partSize]
  }

  /// - Parameter counts: ``partSize`` of them.
  package mutating func setPart(_ field: MatterField, _ part: Int, _ counts: some Collection<UInt32>) {
    let start = part * MatterFrequencies.partSize
    counters[field.rawValue].replaceSubrange(start..<start + MatterFrequencies.partSize, with: counts)
  }

  // MARK: Counting

  /// Counts a text.
  ///
  /// - Returns: the squared length of its body's vector, to be given back when the text is taken out again.
  package mutating func add(_ text: MatterGrams) -> UInt64 {
    texts += 1
    for gram in text.title { count(gram.key, .title) { $0 + 1 } }
    for gram in text.body { count(gram.key, .body) { $0 + 1 } }
    let weights = roughWeights()
    let square = MatterVector.square(text.body, .body, self, weights)
    squares += square
    return square
  }

  /// Takes a text out again.
  package mutating func remove(_ text: MatterGrams, square: UInt64) {
    texts = max(0, texts - 1)
    squares = square < squares ? squares - square : 0
    for gram in text.title { count(gram.key, .title) { $0 > 0 ? $0 - 1 : 0 } }
    for gram in text.body { count(gram.key, .body) { $0 > 0 ? $0 - 1 : 0 } }
  }

  private mutating func count(_ key: UInt64, _ field: MatterField, _ change: (UInt32) -> UInt32) {
    let place = MatterFrequencies.place(key)
    counters[field.rawValue][place] = change(counters[field.rawValue][place])
    changed[field.rawValue] |= 1 << UInt64(place / MatterFrequencies.partSize)
  }

  /// Weights for a number of texts with its seven highest digits: made anew some hundred times in a million texts, and
  /// the same however the texts are divided into pages.
  private mutating func roughWeights() -> MatterWeights {
    let dropped = max(0, Int.bitWidth - texts.leadingZeroBitCount - 7)
    let rough = (texts >> dropped) << dropped
    if weights.texts != rough { weights = MatterWeights(texts: rough) }
    return weights
  }

  // MARK: Asking

  @inline(__always)
  package func count(_ key: UInt64, in field: MatterField) -> UInt32 {
    counters[field.rawValue][MatterFrequencies.place(key)]
  }

  func withCounters<Value>(of field: MatterField, _ body: (UnsafeBufferPointer<UInt32>) -> Value) -> Value {
    counters[field.rawValue].withUnsafeBufferPointer(body)
  }

  /// Mean squared length of a body's vector.
  package var meanSquare: UInt64 { squares / UInt64(max(1, texts)) }

  @inline(__always)
  static func place(_ key: UInt64) -> Int { Int(mixed(key) >> (64 - counterBits)) }

  @inline(__always)
  static func mixed(_ key: UInt64) -> UInt64 {
    let product = (key ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.low ^ product.high
  }
}

/// What a piece weighs by the number of texts it stands in: `16 (ln((1 + texts) / (1 + count)) + 1)^¾`, rounded.
///
/// The power below one keeps the rarest pieces, overlapping ones of one name, from deciding alone. Measured on real
/// messages, ¾ found the labelled partner first for one in a hundred more than the plain logarithm.
package struct MatterWeights: Sendable {
  package let texts: Int
  /// By count.
  private let small: [UInt16]
  /// Beyond: counts from which on the weight is this.
  private let steps: [(from: UInt32, weight: UInt16)]
  private let repetitions = MatterWeights.repetitions

  private static let smallCount = 1 << 12

  package init(texts: Int) {
    self.texts = texts
    var small: [UInt16] = []
    small.reserveCapacity(MatterWeights.smallCount)
    for count in 0..<MatterWeights.smallCount {
      // Beyond the number of texts nothing changes any more.
      small.append(
        count > texts + 1 ? 16 : UInt16(MatterWeights.formula(texts: UInt64(texts), count: UInt64(count))))
    }
    self.small = small
    var steps: [(from: UInt32, weight: UInt16)] = []
    var from = UInt64(MatterWeights.smallCount)
    while from <= UInt64(texts) {
      let weight = MatterWeights.formula(texts: UInt64(texts), count: from)
      steps.append((UInt32(from), UInt16(weight)))
      var (low, high) = (from, UInt64(texts) + 1)
      while low < high {
        let middle = (low + high) / 2
        if MatterWeights.formula(texts: UInt64(texts), count: middle) < weight { high = middle } else { low = middle + 1 }
      }
      from = low
    }
    steps.append((UInt32(clamping: max(from, UInt64(texts) + 1)), 16))
    self.steps = steps
  }

  @inline(__always)
  package func weight(_ count: UInt32) -> UInt64 {
    if count < MatterWeights.smallCount { return UInt64(small[Int(count)]) }
    var weight: UInt16 = 16
    for step in steps {
      if step.from > count { break }
      weight = step.weight
    }
    return UInt64(weight)
  }

  static func formula(texts: UInt64, count: UInt64) -> UInt64 {
    let ratio = count >= texts ? 0 : WholeMathematics.logarithm(1 + texts, over: 1 + count)
    let base = WholeMathematics.one + ratio
    let half = WholeMathematics.root(base << WholeMathematics.fraction)
    let quarter = WholeMathematics.root(half << WholeMathematics.fraction)
    let power = (half * quarter) >> WholeMathematics.fraction
    return (16 * power + WholeMathematics.one / 2) >> WholeMathematics.fraction
  }

  /// By how often a piece stands in one text: `16 (1 + ln count)`, rounded; beyond 64 times as there.
  @inline(__always)
  func repetition(_ count: UInt32) -> UInt64 { repetitions[Int(min(64, count))] }

  private static let repetitions: [UInt64] =
    [0] + (1...64).map { (count: UInt64) in
      let logarithm = WholeMathematics.one + WholeMathematics.logarithm(count, over: 1)
      return (16 * logarithm + WholeMathematics.one / 2) >> WholeMathematics.fraction
    }
}
