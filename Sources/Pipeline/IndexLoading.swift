internal import Foundation
package import Stages
package import Store
import Suggestions
import Text

extension Deduplicate {
  /// Rebuilds the indexes from a store in one sequential read: one thread reads and folds, this one fills the tables.
  ///
  /// - Parameter filter: leaves out what the input cannot ask for; nil takes all in.
  package static func loading(_ store: SuggestionStore, _ filter: HistoryFilter? = nil) throws(StoreFault) -> Deduplicate {
    let tail = try store.tail().submission
    var stage = Deduplicate(tail: tail)
    if filter == nil { stage.reserve(Int(tail)) }
    let reading = IndexReading(store, filter)
    reading.start()
    while let chunk = reading.chunks.receive() {
      var start = 0
      for known in chunk.identities {
        stage.remember(identity: known.identity, digest: known.digest, number: known.number)
      }
      for (known, end) in zip(chunk.texts, chunk.ends) {
        chunk.scalars.withUnsafeBufferPointer {
          stage.remember(UnsafeBufferPointer(rebasing: $0[start..<end]), known, isLoading: true)
        }
        start = end
      }
      reading.permits.release()
    }
    if let fault = reading.fault { throw fault }
    try store.eachEarlierVersion { number, identity in
      identity.withUnsafeBytes { bytes in
        guard bytes.count == 24 else { return }
        let key = bytes.loadUnaligned(as: UInt64.self)
        guard filter?.seeks(identity: key) ?? true else { return }
        stage.remember(
          identity: key,
          digest: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self), number: number)
      }
    }
    let tombstones = try store.tombstones()
    if tombstones.hasIdentities { stage.passOver { tombstones.holds(identity: $0) } }
    for matter in try store.endedMatters() { stage.end(matter.suggestion, first: matter.first, next: matter.next) }
    return stage
  }
}

/// The reading half of loading: stored submissions in chunks, with their bodies folded again.
private final class IndexReading: @unchecked Sendable {
  // `fault` is written before the channel is closed and read after it; the rest is used through the channel.
  struct Chunk: Sendable {
    var identities: [(identity: UInt64, digest: UInt64, number: UInt32)] = []
    var texts: [Deduplicate.Remembered] = []
    /// Where each folded body ends in `scalars`.
    var ends: [Int] = []
    var scalars: [UInt32] = []
  }

  let chunks = HandOff<Chunk>()
  let permits = Permits(4)
  private(set) var fault: StoreFault?
  private let store: SuggestionStore
  /// Used by the reading thread only.
  private var filter: HistoryFilter?
  private static let chunkRecords = 2048

  init(_ store: SuggestionStore, _ filter: HistoryFilter?) {
    self.store = store
    self.filter = filter
  }

  func start() {
    let thread = Thread { [self] in
      defer { chunks.close() }
      do throws(StoreFault) { try read() } catch { fault = error }
    }
    thread.name = "load"
    thread.stackSize = 2 << 20
    thread.start()
  }

  private func read() throws(StoreFault) {
    var folded = FoldedText(capacity: 1 << 12)
    var damaged = 0
    var chunk = Chunk()
    func send() {
      _ = permits.acquire()
      chunks.send(chunk)
      chunk = Chunk()
      guard filter == nil else { return }
      chunk.identities.reserveCapacity(IndexReading.chunkRecords)
      chunk.texts.reserveCapacity(IndexReading.chunkRecords)
      chunk.ends.reserveCapacity(IndexReading.chunkRecords)
      chunk.scalars.reserveCapacity(IndexReading.chunkRecords * 100)
    }
    var grams: [UInt64] = []
    try store.eachIndexRow { row in
      // Erased: there is nothing to compare with, and the tombstones know who it was.
      if row.identity.isEmpty { return }
      guard row.identity.count == 24 else {
        damaged += 1
        return
      }
      let identity = row.identity.loadUnaligned(as: UInt64.self)
      if filter?.seeks(identity: identity) ?? true {
        chunk.identities.append(
          (identity, row.identity.loadUnaligned(fromByteOffset: 8, as: UInt64.self), row.number))
      }
      // A sketch of another form is that of an earlier program: made anew, as the text has all it is made of.
      let stored = Sketch(bytes: row.sketch)
      if let stored, !seeksText(of: identity, stored, row) { return }
      folded.removeAll()
      let text = folded[folded.fold(row.body)]
      let sketch = stored ?? Sketch(of: text, grams: &grams)
      if stored == nil, !seeksText(of: identity, sketch, row) { return }
      chunk.scalars.append(contentsOf: text)
      chunk.ends.append(chunk.scalars.count)
      chunk.texts.append(
        Deduplicate.Remembered(
          number: row.number, suggestion: row.suggestion, track: row.track, bodyHash: TextHash.of(text), sketch: sketch,
          place: PlaceClaim(packed: row.place), namesOwnPlace: row.namesOwnPlace, isExact: row.isExact))
      if chunk.texts.count == IndexReading.chunkRecords { send() }
    }
    if damaged > 0 { throw .corrupt("\(damaged) submissions have no readable identity") }
    send()
  }

  private func seeksText(of identity: UInt64, _ sketch: Sketch, _ row: IndexRow) -> Bool {
    filter?.seeksText(of: identity, sketch, row.track, isExact: row.isExact) ?? true
  }
}
