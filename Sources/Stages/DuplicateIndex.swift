internal import CSketch
package import Suggestions
internal import Text

/// All history of one track, for finding texts that were said before.
///
/// Holds per submission: its folded body, sketch bits, place and suggestion (about 400 bytes with the band table).
package struct DuplicateIndex: ~Copyable {
  struct Entry {
    var text: TextStore.Location
    var number: UInt32
    var suggestion: UInt32
    var place: PlaceClaim
    /// Different 3-grams of the text.
    var grams: UInt32
    var namesOwnPlace: Bool
    var isRemoved: Bool
  }

  private var entries: [Entry] = []
  // Looked at for every candidate, most of which go no further: apart from the entries, so that they stay in the caches.
  private var bits: UnsafeMutablePointer<(UInt64, UInt64)>
  private var visits: UnsafeMutablePointer<UInt32>
  private var room = 1 << 12
  private var bands = BandTable()
  private var texts = TextStore()
  private var exact = ExactTable()
  private var grams = GramSet()
  private var visit: UInt32 = 0
  private var buffer: [UInt32] = []
  private var candidates: [UInt32] = []
  private var loadedHash: UInt64?

  package init() {
    bits = LargeBlock.allocate((UInt64, UInt64).self, count: room)
    visits = LargeBlock.allocate(UInt32.self, count: room)
  }

  deinit {
    LargeBlock.free(bits)
    LargeBlock.free(visits)
  }

  package struct Match: Sendable {
    package var kind: DuplicateKind
    package var number: UInt32
    package var suggestion: UInt32
    /// Jaccard similarity, 0…1.
    package var similarity: Double
    package var differs: Difference
  }

  package var count: Int { entries.count }

  /// Has the memory a later ``match(_:hash:sketch:place:namesOwnPlace:)`` of this sketch will touch fetched meanwhile.
  package func prefetch(_ sketch: Sketch, hash: UInt64) {
    exact.prefetch(hash)
    sketch.forEachKey { bands.prefetch($0) }
  }

  /// The share of its 3-grams two texts must have in common to be linked.
  package static let threshold = 0.5

  /// Agreeing sketch bits below which a pair's similarity is under the threshold with 98.6 % probability: 60 of 80 are
  /// expected at Jaccard 0.5, with a standard deviation of 3.9.
  private static let leastAgreement = 52

  /// The earlier submission this text repeats, if any. An exact one wins; among near ones those with nothing that
  /// differs, then the most similar, then the earliest: an order that does not depend on how the index was built.
  package mutating func match(
    _ body: UnsafeBufferPointer<UInt32>, hash: UInt64, sketch: Sketch, place: PlaceClaim, namesOwnPlace: Bool
  ) -> Match? {
    if let same = exactMatch(body, hash: hash, place: place, namesOwnPlace: namesOwnPlace) { return same }
    visit &+= 1
    var best: Match?
    candidates.removeAll(keepingCapacity: true)
    let visit = visit
    sketch.forEachKey { key in
      bands.forEach(key) { candidate in
        let index = Int(candidate)
        if visits[index] == visit { return }
        visits[index] = visit
        sketch_prefetch(bits + index)
        candidates.append(candidate)
      }
    }
    grams.load(body)
    loadedHash = hash
    let ours = sketch.raw.bits
    candidates.removeAll { Sketch.agreement(bits[Int($0)], ours) < DuplicateIndex.leastAgreement }
    if candidates.isEmpty { return nil }
    let probe = Differing(body)
    for candidate in candidates {
      let entry = entries[Int(candidate)]
      if entry.isRemoved { continue }
      let length = texts.read(entry.text, into: &buffer)
      let found = buffer.withUnsafeBufferPointer { other -> Match? in
        let text = UnsafeBufferPointer(rebasing: other[0..<length])
        let similarity = grams.similarity(to: text, otherCount: Int(entry.grams))
        guard similarity >= DuplicateIndex.threshold else { return nil }
        var differs = probe.difference(from: text)
        if differs == .none, !namesOwnPlace || !entry.namesOwnPlace, !place.isCompatible(with: entry.place) {
          differs = .place
        }
        return Match(
          kind: .near, number: entry.number, suggestion: entry.suggestion, similarity: similarity, differs: differs)
      }
      if let found, best.map({ DuplicateIndex.isBetter(found, than: $0) }) ?? true { best = found }
    }
    return best
  }

  private static func isBetter(_ left: Match, than right: Match) -> Bool {
    if (left.differs == .none) != (right.differs == .none) { return left.differs == .none }
    if left.similarity != right.similarity { return left.similarity > right.similarity }
    return left.number < right.number
  }

  /// Texts shorter than this many characters are said by many about many places (同意, 路灯不亮): the same words are the
  /// same matter only where both say the same place.
  private static let templateLength = 12

  private mutating func exactMatch(
    _ body: UnsafeBufferPointer<UInt32>, hash: UInt64, place: PlaceClaim, namesOwnPlace: Bool
  ) -> Match? {
    var best: UInt32?
    candidates.removeAll(keepingCapacity: true)
    exact.forEach(hash) { candidates.append($0) }
    for index in candidates {
      let entry = entries[Int(index)]
      if entry.isRemoved { continue }
      let isTemplate = body.count < DuplicateIndex.templateLength
      let fits = isTemplate ? place.isSame(as: entry.place) : place.isCompatible(with: entry.place)
      guard fits || (namesOwnPlace && entry.namesOwnPlace) else { continue }
      let length = texts.read(entry.text, into: &buffer)
      guard length == min(body.count, TextStore.longestText), buffer.prefix(length).elementsEqual(body.prefix(length))
      else { continue }
      if best.map({ entry.number < entries[Int($0)].number }) ?? true { best = index }
    }
    guard let best else { return nil }
    let entry = entries[Int(best)]
    return Match(kind: .exact, number: entry.number, suggestion: entry.suggestion, similarity: 1, differs: .none)
  }

  /// Takes a submission in and returns the entry it got. Exact duplicates are found by hash alone and need no bands.
  package mutating func insert(
    _ body: UnsafeBufferPointer<UInt32>, hash: UInt64, sketch: Sketch, number: UInt32, suggestion: UInt32,
    place: PlaceClaim, namesOwnPlace: Bool, isExact: Bool
  ) -> UInt32 {
    let index = UInt32(entries.count)
    if loadedHash != hash {
      grams.load(body)
      loadedHash = hash
    }
    entries.append(
      Entry(
        text: texts.append(body), number: number, suggestion: suggestion, place: place,
        grams: UInt32(grams.count), namesOwnPlace: namesOwnPlace, isRemoved: false))
    if entries.count > room { makeRoom() }
    bits[Int(index)] = sketch.raw.bits
    exact.insert(hash, index)
    if !isExact { sketch.forEachKey { key in bands.insert(key, index) } }
    return index
  }

  /// Takes an entry out again, as its text was revised or erased; returns the suggestion it stood for.
  ///
  /// Others with the very same text have no bands of their own, as they were found by hash; the earliest of them takes
  /// the place of the one that goes, so that near texts still find it.
  package mutating func remove(entry: UInt32) -> UInt32 {
    entries[Int(entry)].isRemoved = true
    let gone = entries[Int(entry)]
    let length = texts.read(gone.text, into: &buffer)
    var gramScratch: [UInt64] = []
    let (hash, sketch) = buffer.withUnsafeBufferPointer { buffer in
      let text = UnsafeBufferPointer(rebasing: buffer[0..<length])
      return (TextHash.of(text), Sketch(of: text, grams: &gramScratch))
    }
    var heir: UInt32?
    exact.forEach(hash) { other in
      if !entries[Int(other)].isRemoved, heir.map({ entries[Int(other)].number < entries[Int($0)].number }) ?? true {
        heir = other
      }
    }
    if let heir { sketch.forEachKey { key in bands.insert(key, heir) } }
    return gone.suggestion
  }

  private mutating func makeRoom() {
    let oldBits = bits
    let oldVisits = visits
    let old = room
    room *= 2
    bits = LargeBlock.allocate((UInt64, UInt64).self, count: room)
    visits = LargeBlock.allocate(UInt32.self, count: room)
    bits.update(from: oldBits, count: old)
    visits.update(from: oldVisits, count: old)
    LargeBlock.free(oldBits)
    LargeBlock.free(oldVisits)
  }

  package var byteCount: Int {
    bands.byteCount + texts.byteCount + exact.byteCount + entries.capacity * MemoryLayout<Entry>.stride
      + room * 20
  }
}

extension Sketch {
  @inline(__always)
  func forEachKey(_ visit: (UInt32) -> Void) {
    withUnsafeBytes(of: raw.keys) { bytes in
      for key in bytes.bindMemory(to: UInt32.self) { visit(key) }
    }
  }
}
