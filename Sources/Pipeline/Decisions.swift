internal import Crypto
import Rules
import Stages
import Store
import Suggestions
import Text

/// What the committer gets: the judged batch, its sealed segments, and which set-asides are new.
final class Decided: @unchecked Sendable {
  let parcel: Parcel<Routed>
  /// Number of the first version's seal; the following ones count on, then the set-asides.
  let firstSeal: Int
  var segments: [SegmentSealer.Sealed] = []
  /// Digest of each set-aside that is not in quarantine yet; nil for one that is.
  var setAsideDigests: [[UInt8]?] = []

  init(parcel: Parcel<Routed>, firstSeal: Int) {
    self.parcel = parcel
    self.firstSeal = firstSeal
  }
}

/// The serial part before the store: duplicates and routing in input order, then sealing of what will be kept.
final class Decider {
  private var deduplicate: Deduplicate
  private let route: Route
  private let sealer: SegmentSealer?
  private var nextSeal: Int
  private var nextKey: Int
  private var quarantined: Set<QuarantineKey>
  private static let segmentRecords = 1024

  init(
    _ deduplicate: consuming Deduplicate, book: RuleBook, keys: KeyRing?, tail: SuggestionStore.Tail,
    quarantined: Set<QuarantineKey>
  ) {
    self.deduplicate = deduplicate
    route = Route(by: book)
    sealer = keys.map { SegmentSealer(keys: $0) }
    nextSeal = tail.seal
    nextKey = tail.key
    self.quarantined = quarantined
  }

  var indexBytes: Int { deduplicate.byteCount }

  func decide(_ parcel: Parcel<Classified>) throws(StoreFault) -> Decided {
    if parcel.origin.isFirst { deduplicate.beginFile() }
    let routed: Parcel<Routed> = parcel.mapped { route.apply(deduplicate.apply($0)) }
    let decided = Decided(parcel: routed, firstSeal: nextSeal)
    let batch = routed.take()
    try seal(batch.columns, decided, source: parcel.origin.source)
    routed.put(batch)
    return decided
  }

  private func seal(_ columns: BatchColumns, _ decided: Decided, source: String) throws(StoreFault) {
    var segment = PackedWriter()
    var contacts = PackedWriter()
    var first = nextSeal
    func close() throws(StoreFault) {
      guard nextSeal > first else { return }
      if let sealer {
        decided.segments.append(
          try sealer.seal(segment.bytes, key: nextKey, first: first, count: nextSeal - first))
        nextKey += 1
      }
      segment.removeAll()
      first = nextSeal
    }
    for (index, row) in columns.rows.enumerated() where row.disposition != .unchanged {
      let draft = columns.drafts.drafts[index]
      segment.text(columns.drafts.arena.bytes(draft.received))
      contacts.removeAll()
      for field in [Field.writer, .phone, .email] where draft[field].isPresent && !draft[field].isEmpty {
        contacts.number(Int(field.rawValue))
        contacts.text(columns.drafts.arena.bytes(draft[field]))
      }
      contacts.bytes.withUnsafeBufferPointer { segment.text($0) }
      nextSeal += 1
      if nextSeal - first == Decider.segmentRecords { try close() }
    }
    for entry in columns.drafts.setAside {
      let digest = Array(SHA256.hash(data: entry.bytes).prefix(16))
      let key = QuarantineKey(
        source: source, ordinal: entry.position.ordinal, line: entry.position.line, digest: digest)
      guard quarantined.insert(key).inserted else {
        decided.setAsideDigests.append(nil)
        continue
      }
      decided.setAsideDigests.append(digest)
      entry.bytes.withUnsafeBufferPointer { segment.text($0) }
      segment.text(UnsafeBufferPointer(start: nil, count: 0))
      nextSeal += 1
      if nextSeal - first == Decider.segmentRecords { try close() }
    }
    try close()
  }
}
