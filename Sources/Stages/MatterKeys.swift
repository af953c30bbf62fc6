/// Pieces of two characters under which a text is found, as numbers under 2³¹: the field in the highest bit.
package struct MatterKey: Sendable, Hashable {
  package let number: Int
  /// Texts that have it, as far as the counters tell.
  package let count: UInt32
  /// What a shared one speaks for.
  package let weight: UInt64

  private init(_ gram: MatterGram, _ field: MatterField, _ count: UInt32, _ weight: UInt64) {
    number = MatterKey.number(gram.key, field)
    self.count = count
    self.weight = weight
  }

  private static func number(_ key: UInt64, _ field: MatterField) -> Int {
    Int(key) | (field == .title ? 1 << 30 : 0)
  }

  /// Rarest pieces of a body a text is kept under, and is looked for by.
  private static let storedBody = 12
  private static let askedBody = 40

  /// What a text is kept under: its whole title, and the body's rarest.
  package static func stored(_ text: MatterGrams, _ frequencies: borrowing MatterFrequencies) -> [Int] {
    var numbers = text.title.filter(\.hasTwoCharacters).map { number($0.key, .title) }
    let body = text.body.filter(\.hasTwoCharacters).map { (key: $0.key, count: frequencies.count($0.key, in: .body)) }
    let rarest = body.sorted { ($0.count, $0.key) < ($1.count, $1.key) }.prefix(storedBody)
    numbers += rarest.map { number($0.key, .body) }
    return numbers.sorted()
  }

  /// Everything a text can be kept under, whatever was rare when it was.
  package static func all(_ text: MatterGrams) -> [Int] {
    let titles = text.title.filter(\.hasTwoCharacters).map { number($0.key, .title) }
    return (titles + text.body.filter(\.hasTwoCharacters).map { number($0.key, .body) }).sorted()
  }

  /// What a text is looked for by, the rarest first.
  ///
  /// - Parameter isCounted: whether the text itself is among those counted; what only it has finds nothing.
  package static func asked(
    _ text: MatterGrams, isCounted: Bool, _ frequencies: borrowing MatterFrequencies, _ weights: MatterWeights
  ) -> [MatterKey] {
    let own: UInt32 = isCounted ? 1 : 0
    var keys: [MatterKey] = []
    for gram in text.title where gram.hasTwoCharacters {
      let count = frequencies.count(gram.key, in: .title)
      if count > own { keys.append(MatterKey(gram, .title, count, weights.weight(count))) }
    }
    var body: [MatterKey] = []
    for gram in text.body where gram.hasTwoCharacters {
      let count = frequencies.count(gram.key, in: .body)
      if count > own { body.append(MatterKey(gram, .body, count, weights.weight(count))) }
    }
    body.sort { ($0.count, $0.number) < ($1.count, $1.number) }
    keys += body.prefix(askedBody)
    return keys.sorted { ($0.count, $0.number) < ($1.count, $1.number) }
  }
}

/// Counts what lists of texts say, until enough has been read.
package struct MatterCandidates: Sendable {
  /// Postings read for one question, rarest lists first: a tenth of a millisecond of work in memory.
  package static let most = 20_000
  /// Of the texts met, those that are compared in full.
  package static let compared = 750

  /// Number of the text above, weight below.
  private var met: [UInt64] = []

  package init() {}

  /// How much of the next list may be read; where it is longer, its newest.
  package var room: Int { MatterCandidates.most - met.count }

  package mutating func add(_ numbers: some Sequence<UInt32>, by key: MatterKey) {
    for number in numbers { met.append(UInt64(number) << 32 | key.weight) }
  }

  /// The texts whose shared pieces weigh most, heaviest first, then the earliest.
  ///
  /// - Parameter own: the text asked about, which is left out.
  package mutating func best(without own: UInt32) -> [UInt32] {
    met.sort()
    var sums: [(number: UInt32, weight: UInt64)] = []
    for entry in met {
      let number = UInt32(entry >> 32)
      if sums.last?.number == number {
        sums[sums.count - 1].weight += entry & 0xFFFF_FFFF
      } else if number != own {
        sums.append((number, entry & 0xFFFF_FFFF))
      }
    }
    sums.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.number < $1.number }
    return sums.prefix(MatterCandidates.compared).map(\.number)
  }
}
