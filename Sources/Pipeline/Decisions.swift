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
  /// Digest of each set-aside that is not in quarantine yet; nil for one that is, or was erased.
  var setAsideDigests: [[UInt8]?] = []
  var content = VersionContent()

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
  private let tombstones: Tombstones?
  private static let segmentRecords = 1024
  /// Entries of the segment under way, and the seal of the first of them.
  private var segment = PackedWriter(capacity: 1 << 20)
  private var segmentStart: Int
  private var contacts = PackedWriter()

  init(
    _ deduplicate: consuming Deduplicate, book: RuleBook, keys: KeyRing?, tail: SuggestionStore.Tail,
    quarantined: Set<QuarantineKey>, tombstones: Tombstones? = nil
  ) {
    self.deduplicate = deduplicate
    route = Route(by: book)
    sealer = keys.map { SegmentSealer(keys: $0) }
    nextSeal = tail.seal
    nextKey = tail.key
    segmentStart = tail.seal
    self.quarantined = quarantined
    self.tombstones = tombstones
  }

  var indexBytes: Int { deduplicate.byteCount }

  func decide(_ parcel: Parcel<Classified>) throws(StoreFault) -> Decided {
    if parcel.origin.isFirst { deduplicate.beginFile() }
    let routed: Parcel<Routed> = parcel.mapped { route.apply(deduplicate.apply($0)) }
    let decided = Decided(parcel: routed, firstSeal: nextSeal)
    let batch = routed.take()
    if parcel.origin.isFirst { expect(batch.columns.rows.count, parcel.origin) }
    try seal(batch.columns, decided, source: parcel.origin.source)
    routed.put(batch)
    return decided
  }

  /// From a file's first batch to its length: how many more will come, so that the indexes need not be moved again and
  /// again. At most two millions at a time, as the guess may be wrong and what is looked at in random order is all used.
  private func expect(_ records: Int, _ origin: Origin) {
    guard let size = origin.fileBytes, !origin.isLast, origin.endOffset > 0 else { return }
    let rest = Double(records) * Double(size - origin.endOffset) / Double(origin.endOffset)
    deduplicate.reserve(Int(deduplicate.tail) + Int(min(2e6, max(0, rest * 1.02))))
  }

  private func seal(_ columns: BatchColumns, _ decided: Decided, source: String) throws(StoreFault) {
    for (index, row) in columns.rows.enumerated() where row.disposition != .unchanged {
      let draft = columns.drafts.drafts[index]
      segment.text(columns.drafts.arena.bytes(draft.received))
      contacts.removeAll()
      for field in [Field.writer, .phone, .email] where draft[field].isPresent && !draft[field].isEmpty {
        contacts.number(Int(field.rawValue))
        contacts.text(columns.drafts.arena.bytes(draft[field]))
      }
      segment.text(contacts.view.bindMemory(to: UInt8.self))
      decided.content.append(draft, row, columns)
      try endEntry(of: decided)
    }
    for entry in columns.drafts.setAside {
      let digest = Array(SHA256.hash(data: entry.bytes).prefix(16))
      let key = QuarantineKey(
        source: source, ordinal: entry.position.ordinal, line: entry.position.line, digest: digest)
      let isErased = tombstones?.holds(record: digest) ?? false
      guard !isErased, quarantined.insert(key).inserted else {
        decided.setAsideDigests.append(nil)
        continue
      }
      decided.setAsideDigests.append(digest)
      entry.bytes.withUnsafeBufferPointer { segment.text($0) }
      segment.text(UnsafeBufferPointer(start: nil, count: 0))
      try endEntry(of: decided)
    }
    try closeSegment(of: decided)
  }

  private func endEntry(of decided: Decided) throws(StoreFault) {
    nextSeal += 1
    if nextSeal - segmentStart == Decider.segmentRecords { try closeSegment(of: decided) }
  }

  private func closeSegment(of decided: Decided) throws(StoreFault) {
    guard nextSeal > segmentStart else { return }
    if let sealer {
      decided.segments.append(
        try sealer.seal(segment.view, key: nextKey, first: segmentStart, count: nextSeal - segmentStart))
      nextKey += 1
    }
    segment.removeAll()
    segmentStart = nextSeal
  }
}
