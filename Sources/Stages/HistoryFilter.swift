internal import Suggestions

/// What of history a known input can come to ask for, so that taking in a few records does not build indexes of all.
///
/// A text can only be compared with texts that share a band key of its sketch (the same text shares all of them), and
/// only with what was said before under the same identity. Deciding over the selected part gives the verdicts that
/// deciding over all of history gives.
package struct HistoryFilter: Sendable {
  private var identities: Set<UInt64> = []
  private var keys: Set<UInt32> = []
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
        keys.insert(key)
        let place = Int(key >> (32 - UInt32(HistoryFilter.coarseBits)))
        coarse[place >> 6] |= 1 << UInt64(place & 63)
      }
    }
  }

  package func seeks(identity: UInt64) -> Bool { seeksAllIdentities || identities.contains(identity) }

  /// Whether the text of a submission can be compared with a text of the input, or is an earlier version of one.
  package func seeksText(of identity: UInt64, _ sketch: Sketch) -> Bool {
    var isShared = false
    sketch.forEachKey { key in
      let place = Int(key >> (32 - UInt32(HistoryFilter.coarseBits)))
      if coarse[place >> 6] & 1 << UInt64(place & 63) != 0, keys.contains(key) { isShared = true }
    }
    return isShared || identities.contains(identity)
  }
}
