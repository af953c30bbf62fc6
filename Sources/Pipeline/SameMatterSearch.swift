package import Rules
package import Stages
package import Store
internal import Suggestions
internal import Text

/// A suggestion that may be about the same matter, with what a reviewer can read of why.
package struct SameMatterCandidate: Sendable {
  package var suggestion: Int
  package var receipt: String
  /// As people may read it.
  package var title: String
  package var body: String
  package var submittedAt: Int64?
  package var state: String
  package var support: Int
  package var score: MatterScore
  /// Whether one is linked to the other as a near text, or both to a third.
  package var isNear: Bool
  /// The suggestion it came through, where its own score says little.
  package var through: Int?
  /// The rarest first.
  package var words: [SharedWord]
  /// The smallest first.
  package var places: [SharedPlace]
  /// The deepest topic both have, by code, and whether it is all of either's.
  package var topic: String?
  package var isTopicWhole: Bool
  package var daysApart: Int?
}

/// Looks over all history for what may be the same matter as a suggestion: ranked, each with its parts. It only ever
/// suggests; nothing is written but the index it finds by.
package final class SameMatterSearch {
  package struct Finding: Sendable {
    package var candidates: [SameMatterCandidate]
    /// Submissions the index has not taken in yet: what they say is not found.
    package var lag: Int
  }

  private let store: SuggestionStore
  private let index: SameMatterIndex
  private let book: RuleBook
  /// Seconds since 1970: places in force on that day are named.
  private let asOf: Int64

  private static let wordsShown = 6

  package init(_ store: SuggestionStore, by book: RuleBook, asOf: Int64) {
    self.store = store
    self.book = book
    self.asOf = asOf
    index = SameMatterIndex(store)
  }

  /// - Parameters:
  ///   - suggestion: its number.
  ///   - least: candidates below this score, in thousandths, are left out.
  ///   - takingIn: submissions the index takes in first at most.
  /// - Returns: nil where there is no such suggestion.
  package func candidates(
    for suggestion: Int, limit: Int = 10, least: Int = 0, takingIn: Int = 20_000
  ) throws(StoreFault) -> Finding? {
    let lag = try index.catchUp(limit: takingIn)
    guard let asked = try store.openingMatter(suggestion) else { return nil }
    let frequencies = try index.frequencies(asked.track)
    var ranked = try ranked(asked.matter, asked.track, isIndexed: asked.isIndexed, frequencies, limit: limit)
    ranked.removeAll { $0.score.thousandths < least }
    let shown = try store.matterDisplays([suggestion] + ranked.map { Int($0.number) })
    let places = Rejudging(by: book, asOf: asOf).places(shown.map(\.text))
    let sides = zip(shown, places).map { Side($0, $1) }
    guard let own = sides.first else { return nil }
    let byNumber = Dictionary(sides.map { ($0.shown.text.number, $0) }) { first, _ in first }
    var candidates: [SameMatterCandidate] = []
    var seen: Set = [suggestion]
    for one in ranked {
      // Of a suggestion that stands for several such texts, the best.
      guard let other = byNumber[one.number], seen.insert(other.shown.suggestion).inserted else { continue }
      candidates.append(candidate(one, own, other, frequencies))
    }
    return Finding(candidates: candidates, lag: lag)
  }

  // MARK: Ranking

  private func ranked(
    _ asked: MatterText, _ track: Track, isIndexed: Bool, _ frequencies: MatterFrequencies, limit: Int
  ) throws(StoreFault) -> [RankedMatter] {
    let weights = MatterWeights(texts: frequencies.texts)
    let grams = index.grams(title: asked.title, body: asked.body)
    let probe = MatterProbe(WeighedMatter(grams, number: UInt32(asked.number), frequencies, weights))
    let keys = MatterKey.asked(grams, isCounted: isIndexed, frequencies, weights)
    var met = MatterCandidates()
    let lists = try store.matterPostings(track, keys.map(\.number), most: met.room)
    for (key, list) in zip(keys, lists) { met.add(list, by: key) }
    let texts = try store.matterTexts(met.best(without: UInt32(asked.number)), track)
    var matters: [WeighedMatter] = []
    matters.reserveCapacity(texts.count)
    for text in texts where text.suggestion != asked.suggestion {
      matters.append(
        WeighedMatter(
          index.grams(title: text.title, body: text.body), number: UInt32(text.number),
          closeness: closeness(asked, text), frequencies, weights))
    }
    return MatterRanking.rank(probe, matters, limit: limit)
  }

  private func closeness(_ one: MatterText, _ other: MatterText) -> MatterCloseness {
    MatterCloseness(
      sharesPlace: (one.station != 0 && one.station == other.station) || (one.region != 0 && one.region == other.region),
      sharesTopic: one.topic != 0 && one.topic == other.topic,
      daysApart: days(one.submittedAt, other.submittedAt))
  }

  private func days(_ one: Int64?, _ other: Int64?) -> Int? {
    guard let one, let other else { return nil }
    return Int(abs(one - other) / 86_400)
  }

  // MARK: Parts

  /// One text of a comparison.
  private struct Side {
    let shown: SuggestionStore.MatterDisplay
    let title: [UInt32]
    let body: [UInt32]
    let places: MeantPlaces

    init(_ shown: SuggestionStore.MatterDisplay, _ places: MeantPlaces) {
      self.shown = shown
      self.places = places
      let title = Folding.scalars(shown.text.strings.title)
      body = Folding.scalars(shown.text.strings.body)
      // As in the index: what has no title is known by its beginning.
      self.title = title.isEmpty ? Array(body.prefix(MatterGrams.standInLength)) : title
    }
  }

  private func candidate(
    _ ranked: RankedMatter, _ one: Side, _ two: Side, _ frequencies: MatterFrequencies
  ) -> SameMatterCandidate {
    let (own, other) = (one.shown, two.shown)
    let shown = other.text.display
    var words = SharedWords.of(one.title, two.title, .title, frequencies, limit: SameMatterSearch.wordsShown)
    // A word of both fields is told once.
    for word in SharedWords.of(one.body, two.body, .body, frequencies, limit: SameMatterSearch.wordsShown)
    where words.count < SameMatterSearch.wordsShown && !words.contains(where: { $0.text.contains(word.text) }) {
      words.append(word)
    }
    let topic = sharedTopic(own.topic, other.topic)
    return SameMatterCandidate(
      suggestion: other.suggestion, receipt: other.receipt, title: shown.title, body: shown.body,
      submittedAt: other.text.submittedAt, state: other.state, support: other.support, score: ranked.score,
      isNear: isNear(own, other), through: ranked.through.map { Int($0) }, words: words,
      places: one.places.shared(with: two.places, book), topic: topic.code, isTopicWhole: topic.isWhole,
      daysApart: days(own.text.submittedAt, other.text.submittedAt))
  }

  private func isNear(_ one: SuggestionStore.MatterDisplay, _ other: SuggestionStore.MatterDisplay) -> Bool {
    (one.near ?? one.suggestion) == (other.near ?? other.suggestion)
  }

  private func sharedTopic(_ one: String?, _ other: String?) -> (code: String?, isWhole: Bool) {
    guard let one = one.flatMap({ book.topic(code: $0) }), let other = other.flatMap({ book.topic(code: $0) }) else {
      return (nil, false)
    }
    let path = book.path(ofTopic: one)
    let shared = zip(path, book.path(ofTopic: other)).prefix { $0 == $1 }.last
    return (shared.map { book.topics[$0.0].code }, one == other)
  }
}
