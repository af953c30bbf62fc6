internal import Stages
package import Store
internal import Suggestions
internal import Text

/// Brings the store's same-matter index up with the texts, and keeps its counters at hand.
///
/// Texts are taken apart outside the write transaction and written if nobody else has changed the index meanwhile, else
/// once more; so the intake waits for a page's rows at most. In memory are the counters, 8 MiB a track that is asked
/// for, and one page of texts.
package final class SameMatterIndex {
  private let store: SuggestionStore
  private var reader = MatterGramReader()
  private var folded = FoldedText(capacity: 1 << 14)
  private var known: [Track: MatterFrequencies] = [:]
  /// The state the counters belong to; nil before the first look.
  private var generation: Int?

  /// Texts read at once, and submissions written at once.
  private static let page = 1024
  private static let together = 1 << 14
  private static let stalePage = 256

  package init(_ store: SuggestionStore) { self.store = store }

  /// Takes in what waits, at most so many submissions.
  ///
  /// - Returns: how many wait still.
  @discardableResult
  package func catchUp(limit: Int = .max) throws(StoreFault) -> Int {
    var done = 0
    while true {
      let state = try store.matterState()
      guard state.lag > 0, done < limit else { return state.lag }
      let stale = try store.staleMatters(limit: min(limit - done, SameMatterIndex.stalePage))
      let taken =
        stale.isEmpty
        ? try takePage(after: state, limit: min(limit - done, SameMatterIndex.together)) : try takeAgain(stale, state)
      done += taken
    }
  }

  /// Takes a submission out of the index for good: before its text is erased.
  package func forget(_ number: Int) throws(StoreFault) {
    while true {
      let state = try store.matterState()
      let matter = try store.indexedMatter(number)
      var change = MatterIndex.Change()
      change.forgotten = [number]
      try remove(matter, &change, state)
      // The row stays behind, so that nobody misses the text.
      change.added = matter.indexed.map { [$0.entry] } ?? []
      if try write(&change, state) { return }
    }
  }

  /// The counters of a track as the store has them.
  func frequencies(_ track: Track) throws(StoreFault) -> MatterFrequencies {
    let state = try store.matterState()
    return try frequencies(track, state)
  }

  // MARK: Pages

  /// - Returns: submissions looked at; 0 when another process was faster.
  private func takePage(after state: MatterIndex.State, limit: Int) throws(StoreFault) -> Int {
    var change = MatterIndex.Change()
    var last = state.watermark
    while change.settled.count < limit {
      let page = try store.unindexedMatters(
        after: last, limit: min(SameMatterIndex.page, limit - change.settled.count))
      guard let end = page.last else { break }
      last = end.number
      for source in page {
        if source.isOpening { try add(source, &change, state) }
        change.settled.append(source.number)
      }
    }
    change.watermark = last
    return try write(&change, state) ? change.settled.count : 0
  }

  private func takeAgain(_ stale: [StaleMatter], _ state: MatterIndex.State) throws(StoreFault) -> Int {
    var change = MatterIndex.Change()
    for matter in stale {
      change.settled.append(matter.number)
      try remove(matter, &change, state)
      if let source = matter.source, source.isOpening { try add(source, &change, state) }
    }
    return try write(&change, state) ? stale.count : 0
  }

  private func add(
    _ source: MatterSource, _ change: inout MatterIndex.Change, _ state: MatterIndex.State
  ) throws(StoreFault) {
    let grams = grams(title: source.title, body: source.body)
    var frequencies = try frequencies(source.track, state)
    // One owner, or the counters would be copied.
    known[source.track] = nil
    let square = frequencies.add(grams)
    change.added.append(
      MatterIndex.Entry(
        number: source.number, track: source.track, revision: source.revision,
        pieces: MatterKey.stored(grams, frequencies), square: square))
    known[source.track] = frequencies
  }

  private func remove(
    _ matter: StaleMatter, _ change: inout MatterIndex.Change, _ state: MatterIndex.State
  ) throws(StoreFault) {
    guard let (entry, title, body) = matter.indexed else { return }
    let grams = grams(title: title, body: body)
    var frequencies = try frequencies(entry.track, state)
    known[entry.track] = nil
    frequencies.remove(grams, square: entry.square)
    known[entry.track] = frequencies
    var removed = entry
    removed.pieces = MatterKey.all(grams)
    change.removed.append(removed)
  }

  private func write(_ change: inout MatterIndex.Change, _ state: MatterIndex.State) throws(StoreFault) -> Bool {
    for (track, frequencies) in known {
      // Also where no counter changed: a text may have no piece at all.
      change.sums[track] = MatterIndex.Sum(texts: frequencies.texts, squares: frequencies.squares)
      for field in MatterField.allCases {
        for part in 0..<MatterFrequencies.partCount where frequencies.changed[field.rawValue] >> UInt64(part) & 1 == 1 {
          change.parts[track, default: []].append(
            MatterIndex.Part(field: field.rawValue, part: part, counts: Array(frequencies.part(field, part))))
        }
      }
    }
    // Until it is known that it was written, what is in memory is nobody's.
    generation = nil
    guard try store.change(matterIndex: change, from: state.generation) else { return false }
    for track in Array(known.keys) { known[track]?.clean() }
    generation = state.generation + 1
    return true
  }

  private func frequencies(_ track: Track, _ state: MatterIndex.State) throws(StoreFault) -> MatterFrequencies {
    if generation != state.generation {
      known.removeAll()
      generation = state.generation
    }
    if let frequencies = known[track] { return frequencies }
    let stored = try store.matterFrequencies(track)
    var frequencies = MatterFrequencies(texts: stored.sum.texts, squares: stored.sum.squares)
    for part in stored.parts {
      guard let field = MatterField(rawValue: part.field), part.counts.count == MatterFrequencies.partSize,
        (0..<MatterFrequencies.partCount).contains(part.part)
      else { throw .corrupt("the counters of the same-matter index are of another size") }
      frequencies.setPart(field, part.part, part.counts)
    }
    frequencies.clean()
    known[track] = frequencies
    return frequencies
  }

  // MARK: Texts

  func grams(title: [UInt8], body: [UInt8]) -> MatterGrams {
    folded.removeAll()
    let titleRange = title.withUnsafeBufferPointer { folded.fold($0) }
    folded.append(0x0A, source: 0)
    let bodyRange = body.withUnsafeBufferPointer { folded.fold($0) }
    return reader.read(title: folded[titleRange], body: folded[bodyRange])
  }
}
