package import Stages
package import Store
import Suggestions
import Text

extension Deduplicate {
  /// Rebuilds the indexes from a store in one sequential read; 6 µs a submission at a million of them.
  package static func loading(_ store: SuggestionStore) throws(StoreFault) -> Deduplicate {
    var stage = Deduplicate()
    var folded = FoldedText(capacity: 1 << 12)
    var damaged = 0
    try store.eachIndexRow { row in
      guard row.identity.count == 24, let sketch = Sketch(bytes: row.sketch) else {
        damaged += 1
        return
      }
      folded.removeAll()
      let range = folded.fold(row.body)
      let text = folded[range]
      stage.remember(
        identity: row.identity.loadUnaligned(as: UInt64.self),
        digest: row.identity.loadUnaligned(fromByteOffset: 8, as: UInt64.self), number: row.number)
      stage.remember(
        text,
        Remembered(
          number: row.number, suggestion: row.suggestion, track: row.track, bodyHash: TextHash.of(text), sketch: sketch,
          place: PlaceClaim(packed: row.place), namesOwnPlace: row.namesOwnPlace, isExact: row.isExact))
    }
    if damaged > 0 { throw .corrupt("\(damaged) submissions have no readable sketch") }
    try store.eachEarlierVersion { number, identity in
      identity.withUnsafeBytes { bytes in
        guard bytes.count == 24 else { return }
        stage.remember(
          identity: bytes.loadUnaligned(as: UInt64.self),
          digest: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self), number: number)
      }
    }
    return stage
  }
}
