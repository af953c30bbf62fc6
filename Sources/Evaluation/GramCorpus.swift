internal import Rules
internal import Text

/// Texts as counts of their runs of two to four Han characters: what a topic is learned from.
///
/// A run is kept when at least ``leastTexts`` texts have it. Latin letters and digits are left out: they are names and
/// numbers, and those of one city's texts say nothing about another's. Single characters would add 0.4 points of F1 in
/// the texts they are learned from and mislead in others.
struct GramCorpus: Sendable {
  /// A run's number and how often a text has it, a title's counting as often as the layer says.
  struct Count: Sendable {
    var gram: Int32
    var times: Int32
  }

  static let leastTexts = 5
  private static let longest = 4

  let texts: [[Count]]
  /// Up to four Basic Multilingual Plane characters, 16 bits each, ascending.
  let keys: [UInt64]

  init(_ labelled: [LabelledText], titleWeight: Int, bodyLength: Int) {
    var folded = FoldedText()
    var counted: [[(key: UInt64, times: Int32)]] = []
    var all: [UInt64] = []
    for text in labelled {
      folded.removeAll()
      var occurrences: [UInt64] = []
      var title = text.title
      let titleRange = title.withUTF8 { folded.fold($0) }
      GramCorpus.runs(folded[titleRange]) { key in for _ in 0..<titleWeight { occurrences.append(key) } }
      var body = text.body
      let bodyRange = body.withUTF8 { folded.fold($0) }
      let end = min(bodyRange.upperBound, bodyRange.lowerBound + bodyLength)
      GramCorpus.runs(folded[bodyRange.lowerBound..<end]) { occurrences.append($0) }
      occurrences.sort()
      var counts: [(key: UInt64, times: Int32)] = []
      for key in occurrences {
        if counts.last?.key == key { counts[counts.count - 1].times += 1 } else { counts.append((key, 1)) }
      }
      all.append(contentsOf: counts.lazy.map(\.key))
      counted.append(counts)
    }
    all.sort()
    var keys: [UInt64] = []
    var from = 0
    while from < all.count {
      var to = from + 1
      while to < all.count, all[to] == all[from] { to += 1 }
      if to - from >= GramCorpus.leastTexts { keys.append(all[from]) }
      from = to
    }
    self.keys = keys
    let numbers = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, Int32($0)) })
    texts = counted.map { counts in
      counts.compactMap { count in numbers[count.key].map { Count(gram: $0, times: count.times) } }
    }
  }

  private static func runs(_ text: UnsafeBufferPointer<UInt32>, _ visit: (UInt64) -> Void) {
    for start in text.indices {
      var key: UInt64 = 0
      for position in start..<min(start + longest, text.count) {
        guard (0x4E00...0x9FFF).contains(text[position]) else { break }
        key = key << 16 | UInt64(text[position])
        if position > start { visit(key) }
      }
    }
  }

  func scalars(_ gram: Int) -> [UInt32] {
    stride(from: 48, through: 0, by: -16).compactMap { shift in
      let scalar = UInt32(truncatingIfNeeded: keys[gram] >> UInt64(shift) & 0xFFFF)
      return scalar == 0 ? nil : scalar
    }
  }

  /// The runs that tell topics apart best: the highest chi-square of presence against any one topic, ties in the order
  /// of the characters.
  ///
  /// - Parameter topics: the topic of each text, as an index below `topicCount`.
  func select(_ limit: Int, from chosen: [Int], topics: [Int], topicCount: Int) -> [Int] {
    var present = [Int32](repeating: 0, count: keys.count * topicCount)
    var perTopic = [Int](repeating: 0, count: topicCount)
    for text in chosen {
      perTopic[topics[text]] += 1
      for count in texts[text] { present[Int(count.gram) * topicCount + topics[text]] += 1 }
    }
    let total = Double(chosen.count)
    var scored: [(gram: Int, score: Double)] = []
    for gram in keys.indices {
      let counts = (0..<topicCount).map { Double(present[gram * topicCount + $0]) }
      let having = counts.reduce(0, +)
      guard having >= Double(GramCorpus.leastTexts), having < total else { continue }
      var best = 0.0
      for topic in 0..<topicCount {
        let size = Double(perTopic[topic])
        guard size > 0, size < total else { continue }
        let (a, b) = (counts[topic], having - counts[topic])
        let (c, d) = (size - a, total - size - b)
        let difference = a * d - b * c
        best = max(best, total * difference * difference / (having * (total - having) * size * (total - size)))
      }
      scored.append((gram, best))
    }
    scored.sort { ($1.score, $0.gram) < ($0.score, $1.gram) }
    return scored.prefix(limit).map(\.gram).sorted()
  }
}
