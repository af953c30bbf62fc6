internal import Suggestions
package import Stages
internal import Text

/// The texts of a file, to be asked which of the others are about the same matter: what the store's index does, in
/// memory, with the same scoring.
package struct MatterCorpus: ~Copyable {
  private var reader = MatterGramReader()
  private var texts: [(title: [UInt32], body: [UInt32])] = []
  private var frequencies = MatterFrequencies()
  private var postings: [Int: [UInt32]] = [:]

  package init() {}

  /// Takes the next text in; numbers go from 1.
  package mutating func add(title: UnsafeBufferPointer<UInt32>, body: UnsafeBufferPointer<UInt32>) {
    texts.append((Array(title), Array(body)))
    let grams = reader.read(title: title, body: body)
    _ = frequencies.add(grams)
    for key in MatterKey.stored(grams, frequencies) { postings[key, default: []].append(UInt32(texts.count)) }
  }

  package mutating func add(title: String, body: String) {
    let title = Folding.scalars(title)
    let body = Folding.scalars(body)
    title.withUnsafeBufferPointer { title in body.withUnsafeBufferPointer { add(title: title, body: $0) } }
  }

  /// Weights once for all texts there are.
  package var weights: MatterWeights { MatterWeights(texts: frequencies.texts) }

  /// The candidates for one of the texts, best first.
  package mutating func candidates(
    for number: UInt32, _ weights: MatterWeights, limit: Int = 10
  ) -> [RankedMatter] {
    let grams = grams(of: number)
    let probe = MatterProbe(WeighedMatter(grams, number: number, frequencies, weights))
    var candidates = MatterCandidates()
    for key in MatterKey.asked(grams, isCounted: true, frequencies, weights) where candidates.room > 0 {
      candidates.add((postings[key.number] ?? []).suffix(candidates.room), by: key)
    }
    var matters: [WeighedMatter] = []
    for other in candidates.best(without: number) {
      matters.append(WeighedMatter(self.grams(of: other), number: other, frequencies, weights))
    }
    return MatterRanking.rank(probe, matters, limit: limit)
  }

  /// The score of two of the texts.
  package mutating func score(_ one: UInt32, _ other: UInt32, _ weights: MatterWeights) -> MatterScore {
    let probe = MatterProbe(WeighedMatter(grams(of: one), number: one, frequencies, weights))
    return probe.score(WeighedMatter(grams(of: other), number: other, frequencies, weights))
  }

  private mutating func grams(of number: UInt32) -> MatterGrams {
    let text = texts[Int(number) - 1]
    return text.title.withUnsafeBufferPointer { title in
      text.body.withUnsafeBufferPointer { reader.read(title: title, body: $0) }
    }
  }
}
