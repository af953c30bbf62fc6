package import Suggestions

/// What of history a known input can come to ask for, so that taking in a few records does not build indexes of all.
///
/// A text can only be compared with texts that share a key of its sketch (the same text shares all of them), and only
/// with what was said before under the same identity. Of each key the index of all history holds the earliest entries,
/// so that those are enough; deciding over the selected part gives the verdicts that deciding over all gives.
package struct HistoryFilter: Sendable {
  private var identities: Set<UInt64> = []
  /// Each key that is asked for, and how many texts of either track were selected for it.
  private var keys: [UInt32: SIMD2<UInt8>] = [:]
  /// One bit for each value of a key's highest bits: answers nearly every "no" from the cache.
  private var coarse = [UInt64](repeating: 0, count: 1 << (HistoryFilter.coarseBits - 6))
  /// Records without an id are named when they are decided; what they may turn out to be is anybody's.
  private var seeksAllIdentities = false

  private static let coarseBits = 24

  package init() {}

  /// Adds what the records of a batch can ask for.
  package mutating func add(_ columns: BatchColumns) {
    for (row, draft) in zip(columns.rows, columns.drafts.drafts) {
      identities.insert(row.identity)
      if !draft[.externalID].isPresent || draft[.externalID].isEmpty { seeksAllIdentities = true }
      row.sketch.forEachKey { key in
        keys[key] = SIMD2()
        let place = Int(key >> (32 - UInt32(HistoryFilter.coarseBits)))
        coarse[place >> 6] |= 1 << UInt64(place & 63)
      }
    }
  }

  package func seeks(identity: UInt64) -> Bool { seeksAllIdentities || identities.contains(identity) }

  /// Whether the text of a submission can be compared with a text of the input, or is an earlier version of one.
  /// Submissions are asked about in the order of their numbers, each once.
  ///
  /// - Parameter isExact: the text is found by its hash and takes no place among those of a key.
  package mutating func seeksText(of identity: UInt64, _ sketch: Sketch, _ track: Track, isExact: Bool) -> Bool {
    var isShared = false
    func ask(_ range: Range<Int>, _ longestRun: Int) {
      sketch.forEachKey(of: range) { key in
        let place = Int(key >> (32 - UInt32(HistoryFilter.coarseBits)))
        guard coarse[place >> 6] & 1 << UInt64(place & 63) != 0, let taken = keys[key] else { return }
        let lane = track == .sensitive ? 1 : 0
        guard isExact || Int(taken[lane]) < longestRun else { return }
        isShared = true
        if !isExact { keys[key]?[lane] += 1 }
      }
    }
    ask(0..<sketch.marks.lowerBound, BandTable.longestRun)
    ask(sketch.marks, BandTable.longestMarkRun)
    return isShared || identities.contains(identity)
  }
}
