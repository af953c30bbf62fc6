import Stages
import Suggestions
import TestSupport
import Testing
import Text

/// The index against an oracle that compares every pair exactly.
struct DuplicateIndexTests {
  /// Scalars of a text, as folding leaves them.
  typealias Scalars = [UInt32]

  /// The 3-grams of a text, three times 21 bits in a word; of a shorter text the whole of it.
  static func grams(_ text: Scalars) -> Set<UInt64> {
    guard text.count >= 3 else {
      var whole: UInt64 = 1
      for scalar in text { whole = whole << 21 | UInt64(scalar) }
      return [whole | 1 << 63]
    }
    let packed = text.map { UInt64($0) }
    var grams: Set<UInt64> = []
    for start in 0..<packed.count - 2 { grams.insert(packed[start] << 42 | packed[start + 1] << 21 | packed[start + 2]) }
    return grams
  }

  static func jaccard(_ left: Scalars, _ right: Scalars) -> Double {
    let one = grams(left)
    let other = grams(right)
    return Double(one.intersection(other).count) / Double(one.union(other).count)
  }

  static func sketch(_ text: Scalars) -> Sketch {
    var scratch: [UInt64] = []
    return text.withUnsafeBufferPointer { Sketch(of: $0, grams: &scratch) }
  }

  static func likeness(_ left: Scalars, _ right: Scalars, length: Int) -> Likeness {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { Likeness(left, $0, length: length) }
    }
  }

  static func hash(_ text: Scalars) -> UInt64 { text.withUnsafeBufferPointer { TextHash.of($0) } }

  // MARK: Corpus

  /// Sentences of phrases that many texts share, in families: an original and copies edited more and more.
  static func corpus(_ count: Int) -> [Scalars] {
    var generator = SeededGenerator(7)
    func character() -> UInt32 { 0x4E00 + UInt32(generator.below(1_500)) }
    let phrases = (0..<400).map { _ in (0..<generator.below(8) + 5).map { _ in character() } }
    var texts: [Scalars] = []
    var seen: Set<Scalars> = []
    while texts.count < count {
      var text: Scalars = []
      if texts.isEmpty || generator.below(3) == 0 {
        for _ in 0..<generator.below(6) + 2 {
          text += generator.below(3) == 0 ? (0..<9).map { _ in character() } : generator.element(of: phrases)
        }
      } else {
        text = texts[texts.count - 1 - generator.below(min(texts.count, 40))]
        for _ in 0..<generator.below(4) + 1 { edit(&text, &generator) }
      }
      if seen.insert(text).inserted { texts.append(text) }
    }
    return texts
  }

  private static func edit(_ text: inout Scalars, _ generator: inout SeededGenerator) {
    let at = generator.below(text.count)
    switch generator.below(5) {
    case 0: text.insert(0x6000 + UInt32(generator.below(900)), at: at)
    case 1 where text.count > 8: text.remove(at: at)
    case 2: text[at] = 0x6000 + UInt32(generator.below(900))
    case 3: text = Array(text[at...] + text[..<at])
    default: text += (0..<generator.below(6) + 1).map { _ in 0x6000 + UInt32(generator.below(900)) }
    }
  }

  /// Of each text the Jaccard similarities to all earlier ones that share a gram, by counting along posting lists.
  static func oracle(_ texts: [Scalars]) -> [[Int: Double]] {
    var numbers: [UInt64: Int] = [:]
    var postings: [[Int]] = []
    var sizes: [Int] = []
    var result: [[Int: Double]] = []
    for (index, text) in texts.enumerated() {
      var shared = [Int](repeating: 0, count: index)
      let own = grams(text)
      for gram in own {
        let number = numbers[gram] ?? postings.count
        if number == postings.count {
          numbers[gram] = number
          postings.append([])
        }
        for earlier in postings[number] { shared[earlier] += 1 }
        postings[number].append(index)
      }
      sizes.append(own.count)
      var similar: [Int: Double] = [:]
      for earlier in 0..<index where shared[earlier] > 0 {
        similar[earlier] = Double(shared[earlier]) / Double(own.count + sizes[earlier] - shared[earlier])
      }
      result.append(similar)
    }
    return result
  }

  @Test func theOracleCountsAsSetsDo() {
    let texts = DuplicateIndexTests.corpus(120)
    let similar = DuplicateIndexTests.oracle(texts)
    for index in texts.indices {
      for earlier in 0..<index {
        let expected = DuplicateIndexTests.jaccard(texts[index], texts[earlier])
        #expect(abs((similar[index][earlier] ?? 0) - expected) < 1e-12)
      }
    }
  }

  @Test func findsWhatTheOracleFinds() {
    let texts = DuplicateIndexTests.corpus(3_000)
    let similar = DuplicateIndexTests.oracle(texts)
    var index = DuplicateIndex()
    var wanted = 0
    var found = 0
    var wrong: [String] = []
    for (number, text) in texts.enumerated() {
      let sketch = DuplicateIndexTests.sketch(text)
      let hash = DuplicateIndexTests.hash(text)
      let match = text.withUnsafeBufferPointer {
        index.match($0, hash: hash, sketch: sketch, place: PlaceClaim(), namesOwnPlace: false)
      }
      let best = similar[number].values.max() ?? 0
      if best >= 0.7 {
        wanted += 1
        if match != nil { found += 1 }
      }
      if let match {
        let earlier = texts[Int(match.number) - 1]
        let ofPairs = DuplicateIndexTests.likeness(text, earlier, length: 2).jaccard
        let isOfPairs = match.likeness?.length == 2
        let exactly = isOfPairs ? ofPairs : similar[number][Int(match.number) - 1] ?? 0
        if isOfPairs, text.count >= 32 || earlier.count >= 32 || exactly < 0.6 { wrong.append("\(number): pairs") }
        if match.kind != .near { wrong.append("\(number): \(match.kind)") }
        if abs(match.similarity - exactly) > 1e-9 { wrong.append("\(number): \(match.similarity), not \(exactly)") }
        if exactly < Likeness.nearThreshold { wrong.append("\(number): under the threshold") }
        if match.suggestion != match.number + 5_000 { wrong.append("\(number): suggestion \(match.suggestion)") }
      }
      _ = text.withUnsafeBufferPointer {
        index.insert(
          $0, hash: hash, sketch: sketch, number: UInt32(number + 1), suggestion: UInt32(number + 5_001), place: PlaceClaim(),
          namesOwnPlace: false, isExact: false)
      }
    }
    #expect(wrong.isEmpty)
    #expect(wanted > 800)
    #expect(Double(found) >= 0.97 * Double(wanted), "\(found) of \(wanted)")
    let count = index.count
    #expect(count == 3_000)
  }

  // MARK: Single pairs

  struct Pair: Sendable, CustomTestStringConvertible {
    var name: String
    var left: Scalars
    var right: Scalars
    var testDescription: String { name }

    init(_ name: String, _ left: String, _ right: String) {
      self.name = name
      self.left = left.unicodeScalars.map(\.value)
      self.right = right.unicodeScalars.map(\.value)
    }
  }

  private static let sentence = "非机动车道上的井盖破损骑车经过很危险希望尽快修复"

  static let pairs = [
    Pair("one character more", sentence, sentence + "了"),
    Pair("repeated grams on one side", "哈哈哈哈哈哈哈哈" + sentence, "哈哈哈" + sentence),
    Pair("nothing but one gram", "哈哈哈哈哈哈", "哈哈哈"),
    Pair("foreign grams repeated", sentence, sentence + "呵呵呵呵呵呵呵呵呵呵"),
    Pair("beyond the BMP", "𠮷野家门口的🛵" + sentence, "𠮷野家门前的🛵" + sentence),
    Pair(
      "planes must not be mixed up", sentence + "\u{10000}\u{10000}\u{10000}", sentence + "\u{20000}\u{20000}\u{20000}"),
    Pair("long", sentence + longTail(1), sentence + longTail(2)),
  ]

  /// 5,000 characters, nine tenths the same whatever the seed: the gram table has to grow.
  private static func longTail(_ seed: UInt64) -> String {
    var same = SeededGenerator(50)
    var other = SeededGenerator(seed)
    return Folding.string((0..<5_000).map { 0x4E00 + UInt32($0 < 4_500 ? same.below(5_000) : other.below(5_000)) })
  }

  @Test(arguments: pairs) func measuresExactly(_ pair: Pair) throws {
    var index = DuplicateIndex()
    let sketch = DuplicateIndexTests.sketch(pair.left)
    // The hash tells texts apart for exact matches only.
    _ = pair.left.withUnsafeBufferPointer {
      index.insert(
        $0, hash: 1 << 40, sketch: sketch, number: 1, suggestion: 1, place: PlaceClaim(), namesOwnPlace: false, isExact: false)
    }
    // The sketch of the text itself is asked for, so that the pair is compared whatever the bands say.
    let match = pair.right.withUnsafeBufferPointer {
      index.match($0, hash: 2 << 40, sketch: sketch, place: PlaceClaim(), namesOwnPlace: false)
    }
    let expected = DuplicateIndexTests.jaccard(pair.left, pair.right)
    try #require(expected >= 0.5)
    let similarity = try #require(match).similarity
    #expect(abs(similarity - expected) < 1e-9)
  }

  @Test func whatLiesUnderTheThresholdIsNotReported() {
    var index = DuplicateIndex()
    let left = "井盖破损请修复".unicodeScalars.map(\.value)
    let right = "井盖破损的路灯".unicodeScalars.map(\.value)
    let sketch = DuplicateIndexTests.sketch(left)
    _ = left.withUnsafeBufferPointer {
      index.insert(
        $0, hash: 1 << 40, sketch: sketch, number: 1, suggestion: 1, place: PlaceClaim(), namesOwnPlace: false, isExact: false)
    }
    let match = right.withUnsafeBufferPointer {
      index.match($0, hash: 2 << 40, sketch: sketch, place: PlaceClaim(), namesOwnPlace: false)
    }
    #expect(match == nil)
  }

  @Test func aRemovedEntryIsNotFound() {
    var index = DuplicateIndex()
    let text = DuplicateIndexTests.sentence.unicodeScalars.map(\.value)
    let sketch = DuplicateIndexTests.sketch(text)
    let hash = DuplicateIndexTests.hash(text)
    let entry = text.withUnsafeBufferPointer {
      index.insert(
        $0, hash: hash, sketch: sketch, number: 7, suggestion: 3, place: PlaceClaim(), namesOwnPlace: false, isExact: false)
    }
    let before = text.withUnsafeBufferPointer {
      index.match($0, hash: hash, sketch: sketch, place: PlaceClaim(), namesOwnPlace: false)
    }
    let suggestion = index.remove(entry: entry)
    let exact = text.withUnsafeBufferPointer {
      index.match($0, hash: hash, sketch: sketch, place: PlaceClaim(), namesOwnPlace: false)
    }
    let near = text.withUnsafeBufferPointer {
      index.match($0, hash: ~hash, sketch: sketch, place: PlaceClaim(), namesOwnPlace: false)
    }
    #expect(before?.number == 7)
    #expect(before?.kind == .exact)
    #expect(suggestion == 3)
    #expect(exact == nil)
    #expect(near == nil)
  }

  // MARK: Growth

  /// 6,000 texts are 120,000 band entries: the table of bands grows twice, the one of hashes twice; each
  /// text must still be found by its bands and by its hash.
  @Test func tablesKeepAllEntriesWhileTheyGrow() {
    var generator = SeededGenerator(11)
    let texts = (0..<6_000).map { _ in (0..<60).map { _ in 0x4E00 + UInt32(generator.below(20_000)) } }
    var index = DuplicateIndex()
    let bytesBefore = index.byteCount
    for (number, text) in texts.enumerated() {
      let sketch = DuplicateIndexTests.sketch(text)
      _ = text.withUnsafeBufferPointer {
        index.insert(
          $0, hash: DuplicateIndexTests.hash(text), sketch: sketch, number: UInt32(number + 1),
          suggestion: UInt32(number + 1), place: PlaceClaim(), namesOwnPlace: false, isExact: false)
      }
    }
    var lostBands = 0
    var lostHashes = 0
    for (number, text) in texts.enumerated() {
      let sketch = DuplicateIndexTests.sketch(text)
      let hash = DuplicateIndexTests.hash(text)
      let exact = text.withUnsafeBufferPointer {
        index.match($0, hash: hash, sketch: sketch, place: PlaceClaim(), namesOwnPlace: false)
      }
      let near = text.withUnsafeBufferPointer {
        index.match($0, hash: ~hash, sketch: sketch, place: PlaceClaim(), namesOwnPlace: false)
      }
      if exact?.kind != .exact || exact?.number != UInt32(number + 1) { lostHashes += 1 }
      if near?.kind != .near || near?.number != UInt32(number + 1) || near?.similarity != 1 { lostBands += 1 }
    }
    #expect(lostHashes == 0)
    #expect(lostBands == 0)
    let bytesAfter = index.byteCount
    #expect(bytesAfter > bytesBefore)
  }
}
