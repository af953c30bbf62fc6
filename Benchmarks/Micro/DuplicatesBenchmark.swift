import Stages
import Suggestions
import Text

/// The index of history: one text after the other is looked up and taken in.
enum DuplicatesBenchmark {
  static func run(_ texts: Texts) throws {
    Measurement.section("duplicates")
    var grams: [UInt64] = []
    let sketches = (0..<texts.count).map { Sketch(of: texts.scalars($0), grams: &grams) }
    let hashes = (0..<texts.count).map { TextHash.of(texts.scalars($0)) }
    let ordinary = try Measurement.row("look up and take in", texts: texts.count, bytes: texts.byteCount) {
      matches(texts, texts.count, sketches, hashes)
    }
    // The plain way compares each text with all before it, so that few are enough. The index may miss a pair that is
    // barely similar, and must not find one that is not there.
    let sample = min(1000, texts.count)
    let sampleBytes = texts.ranges[sample - 1].upperBound
    let ours = try Measurement.row("look up and take in, \(sample) texts", texts: sample, bytes: sampleBytes) {
      matches(texts, sample, sketches, hashes)
    }
    let plain = try Measurement.row("every pair, \(sample) texts", texts: sample, bytes: sampleBytes, runs: 1) {
      pairs(texts, sample)
    }
    guard ours.count <= plain.count, ours.count * 100 >= plain.count * 95 else {
      throw Measurement.Disagreement(name: "duplicates", counts: [ours.count, plain.count])
    }
    let found = "\(ours.count) of \(plain.count) found"
    Measurement.ratio("  faster than every pair, \(found)", plain.microseconds / ours.microseconds)
    for set in AdversarialTexts.sets(texts.count) {
      let hostile = try flood(set)
      Measurement.ratio("  slower than ordinary texts", hostile.microseconds / ordinary.microseconds)
    }
  }

  private static func flood(_ set: AdversarialTexts) throws -> Measurement.Row {
    var grams: [UInt64] = []
    let count = set.scalars.count
    let sketches = set.scalars.map { text in text.withUnsafeBufferPointer { Sketch(of: $0, grams: &grams) } }
    let hashes = set.scalars.map { text in text.withUnsafeBufferPointer { TextHash.of($0) } }
    return try Measurement.row(set.name, texts: count, bytes: 0, runs: 3) {
      var index = DuplicateIndex()
      var found = 0
      for number in 0..<count {
        if number + 8 < count { index.prefetch(sketches[number + 8], hash: hashes[number + 8]) }
        set.scalars[number].withUnsafeBufferPointer {
          if take(
            $0, hashes[number], sketches[number], number, set.places[number], namesOwnPlace: false, into: &index)
          { found += 1 }
        }
      }
      return found
    }
  }

  private static func matches(_ texts: Texts, _ count: Int, _ sketches: [Sketch], _ hashes: [UInt64]) -> Int {
    var index = DuplicateIndex()
    var found = 0
    for number in 0..<count {
      // As the pipeline does: the index is far larger than the caches.
      if number + 8 < count { index.prefetch(sketches[number + 8], hash: hashes[number + 8]) }
      if take(
        texts.scalars(number), hashes[number], sketches[number], number, PlaceClaim(), namesOwnPlace: true,
        into: &index)
      { found += 1 }
    }
    return found
  }

  /// Looks a text up and takes it in; whether an earlier one is the same or near.
  private static func take(
    _ text: UnsafeBufferPointer<UInt32>, _ hash: UInt64, _ sketch: Sketch, _ number: Int, _ place: PlaceClaim,
    namesOwnPlace: Bool, into index: inout DuplicateIndex
  ) -> Bool {
    let match = index.match(text, hash: hash, sketch: sketch, place: place, namesOwnPlace: namesOwnPlace)
    _ = index.insert(
      text, hash: hash, sketch: sketch, number: UInt32(number + 1), suggestion: UInt32(number + 1), place: place,
      namesOwnPlace: namesOwnPlace, isExact: match?.kind == .exact)
    return match != nil && match?.kind != .contained
  }

  /// Texts that have an earlier one with half of their 3-grams in common.
  private static func pairs(_ texts: Texts, _ count: Int) -> Int {
    var earlier: [Set<UInt64>] = []
    var found = 0
    for number in 0..<count {
      let text = texts.scalars(number)
      var grams: Set<UInt64> = []
      for start in 0..<max(0, text.count - 2) {
        grams.insert(UInt64(text[start]) | UInt64(text[start + 1]) << 21 | UInt64(text[start + 2]) << 42)
      }
      let repeats = earlier.contains { other in
        let shared = grams.count < other.count ? grams.count(where: other.contains) : other.count(where: grams.contains)
        return Double(shared) >= Likeness.nearThreshold * Double(grams.count + other.count - shared)
      }
      if repeats { found += 1 }
      earlier.append(grams)
    }
    return found
  }
}
