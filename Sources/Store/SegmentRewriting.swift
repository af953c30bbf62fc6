internal import Suggestions

/// Segments without some of their entries, each under a new key. The entries are empty and keep their place, as seals are
/// counted by it.
struct SegmentRewriting {
  private let sealed: SealedBytes
  private let ring: KeyRing
  private let session: any SQLSession
  /// What was done; for the journal.
  private(set) var written: [ErasureJournal.Segment] = []

  init(_ store: SuggestionStore, _ session: any SQLSession) throws(StoreFault) {
    sealed = try SealedBytes(store)
    ring = try KeyRing(path: store.home + ".keys", create: false)
    self.session = session
  }

  /// Puts what the journal has of segments whose key is gone in their place: their other entries, under a newer key.
  ///
  /// - Parameter firsts: their first seals.
  func revive(_ firsts: [Int], _ journal: ErasureJournal) throws(StoreFault) {
    for first in firsts {
      guard let segment = try SealedBytes.segment(of: first, session),
        let newest = journal.newest(first: segment.first, key: segment.key)
      else { continue }
      try replace(segment.key, by: newest)
    }
  }

  /// Empties the entries with these seals. A segment whose key is gone has nothing left to empty.
  mutating func empty(_ seals: [Int], _ journal: ErasureJournal) throws(StoreFault) {
    var rest = seals.sorted()[...]
    while let seal = rest.first {
      guard let segment = try SealedBytes.segment(of: seal, session) else { throw .corrupt("no segment holds seal \(seal)") }
      let own = rest.prefix { $0 < segment.first + segment.count }
      rest = rest.dropFirst(own.count)
      if !ring.isDestroyed(segment.key) { try empty(own.map { $0 - segment.first }, of: segment, journal) }
    }
  }

  private mutating func empty(
    _ places: [Int], of segment: SegmentSealer.Sealed, _ journal: ErasureJournal
  ) throws(StoreFault) {
    let entries = try sealed.entries(of: segment)
    // Emptied before, as when an erasure is replayed whose segments the journal has.
    if places.allSatisfy({ entries.indices.contains($0) && entries[$0].isEmpty }) { return }
    var plain = PackedWriter(capacity: 1 << 16)
    for (place, entry) in entries.enumerated() {
      for part in [entry.received, entry.contacts] {
        let kept = places.contains(place) ? [] : part
        kept.withUnsafeBufferPointer { plain.text($0) }
      }
    }
    let key = try nextKey(journal)
    let new = try SegmentSealer(keys: ring).seal(plain.view, key: key, first: segment.first, count: segment.count)
    try replace(segment.key, by: new)
    written.append(ErasureJournal.Segment(from: segment.key, sealed: new))
  }

  /// One that nothing was ever sealed under, in this store or in what an interrupted erasure left.
  private func nextKey(_ journal: ErasureJournal) throws(StoreFault) -> Int {
    let stored = try SuggestionStore.nextKey(session)
    return max(stored, (journal.segments.map(\.sealed.key).max() ?? 0) + 1)
  }

  func replace(_ key: Int, by new: SegmentSealer.Sealed) throws(StoreFault) {
    try session.execute(
      "UPDATE segment SET key = $2, sealed = $3 WHERE first = $1 AND key = $4",
      [.integer(new.first), .integer(new.key), .bytes(new.bytes), .integer(key)])
  }
}

extension SuggestionStore {
  /// The key of the next segment. Numbers are never used twice, also in a store that was restored: another copy of it
  /// may have sealed something under them since.
  static func nextKey(_ session: any SQLSession) throws(StoreFault) -> Int {
    let used = Int(try session.integer("SELECT coalesce(max(key), 0) + 1 FROM segment"))
    let least = try session.first("SELECT value FROM setting WHERE name = 'next_key'") { Int($0.text(0)) ?? 0 }
    return max(used, least ?? 0)
  }
}
