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
    /// Different 3-grams of the text; 0 until it is compared with another for the first time.
    var grams: UInt32 = 0
    var namesOwnPlace: Bool
    var isRemoved = false
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
  private var counted = GramSet()
  private var alike: [Alike] = []

  private struct Alike {
    var entry: UInt32
    var number: UInt32
    var similarity: Double
  }

  package init() {
    bits = LargeBlock.allocate((UInt64, UInt64).self, count: room)
    visits = LargeBlock.allocate(UInt32.self, count: room)
  }

  deinit {
    LargeBlock.free(bits, count: room)
    LargeBlock.free(visits, count: room)
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

  /// Agreeing sketch bits below which a pair is not looked at: 60 of 80 are expected at Jaccard 0.5, with a standard
  /// deviation of 3.9, and 68 at 0.7. Unrelated pairs have 40: in the generated corpus five of six
  /// candidates go no further.
  private static let leastAgreement = 57

  /// The earlier submission this text repeats, if any. An exact one wins; among near ones those with nothing that
  /// differs, then the most similar, then the earliest: an order that does not depend on how the index was built.
  package mutating func match(
    _ body: UnsafeBufferPointer<UInt32>, hash: UInt64, sketch: Sketch, place: PlaceClaim, namesOwnPlace: Bool
  ) -> Match? {
    if let same = exactMatch(body, hash: hash, place: place, namesOwnPlace: namesOwnPlace) { return same }
    visit &+= 1
    bands.insertPending()
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
    let ours = sketch.raw.bits
    candidates.removeAll { Sketch.agreement(bits[Int($0)], ours) < DuplicateIndex.leastAgreement }
    if candidates.isEmpty { return nil }
    measure(body)
    return alike.isEmpty ? nil : best(body, place: place, namesOwnPlace: namesOwnPlace)
  }

  /// Leaves in `alike` the candidates that reach the threshold, the most similar first, then the earliest.
  private mutating func measure(_ body: UnsafeBufferPointer<UInt32>) {
    grams.load(body)
    alike.removeAll(keepingCapacity: true)
    for candidate in candidates where !entries[Int(candidate)].isRemoved {
      let length = texts.read(entries[Int(candidate)].text, into: &buffer)
      let similarity = buffer.withUnsafeBufferPointer { other in
        let text = UnsafeBufferPointer(rebasing: other[0..<length])
        if entries[Int(candidate)].grams == 0 {
          counted.load(text)
          entries[Int(candidate)].grams = UInt32(counted.count)
        }
        return grams.similarity(to: text, otherCount: Int(entries[Int(candidate)].grams))
      }
      if similarity >= DuplicateIndex.threshold {
        alike.append(Alike(entry: candidate, number: entries[Int(candidate)].number, similarity: similarity))
      }
    }
    alike.sort { $0.similarity != $1.similarity ? $0.similarity > $1.similarity : $0.number < $1.number }
  }

  /// The first that nothing sets apart; else the first.
  private mutating func best(
    _ body: UnsafeBufferPointer<UInt32>, place: PlaceClaim, namesOwnPlace: Bool
  ) -> Match? {
    let probe = Differing(body)
    var first: Match?
    for candidate in alike {
      let entry = entries[Int(candidate.entry)]
      let length = texts.read(entry.text, into: &buffer)
      var differs = buffer.withUnsafeBufferPointer {
        probe.difference(from: UnsafeBufferPointer(rebasing: $0[0..<length]))
      }
      if differs == .none, !namesOwnPlace || !entry.namesOwnPlace, !place.isCompatible(with: entry.place) {
        differs = .place
      }
      let match = Match(
        kind: .near, number: entry.number, suggestion: entry.suggestion, similarity: candidate.similarity,
        differs: differs)
      if differs == .none { return match }
      if first == nil { first = match }
    }
    return first
  }

  /// Texts shorter than this many characters are said by many about many places (同意, 路灯不亮): the same words are the
  /// same matter only where both say the same place.
  private static let templateLength = 12

  private mutating func exactMatch(
    _ body: UnsafeBufferPointer<UInt32>, hash: UInt64, place: PlaceClaim, namesOwnPlace: Bool
  ) -> Match? {
    candidates.removeAll(keepingCapacity: true)
    exact.forEach(hash) { candidates.append($0) }
    if candidates.isEmpty { return nil }
    let isTemplate = body.count < DuplicateIndex.templateLength
    candidates.removeAll { index in
      let entry = entries[Int(index)]
      let fits = isTemplate ? place.isSame(as: entry.place) : place.isCompatible(with: entry.place)
      return entry.isRemoved || !(fits || (namesOwnPlace && entry.namesOwnPlace))
    }
    // Texts with one hash are nearly always one text, and some have a thousand copies: only the earliest is read.
    while let best = candidates.min(by: { entries[Int($0)].number < entries[Int($1)].number }) {
      if isText(of: entries[Int(best)], body) {
        let entry = entries[Int(best)]
        return Match(kind: .exact, number: entry.number, suggestion: entry.suggestion, similarity: 1, differs: .none)
      }
      candidates.removeAll { $0 == best }
    }
    return nil
  }

  private mutating func isText(of entry: Entry, _ body: UnsafeBufferPointer<UInt32>) -> Bool {
    let length = texts.read(entry.text, into: &buffer)
    return length == min(body.count, TextStore.longestText) && buffer.prefix(length).elementsEqual(body.prefix(length))
  }

  /// Takes a submission in and returns the entry it got. Exact duplicates are found by hash alone and need no bands.
  ///
  /// - Parameter isLoading: many are taken in before anything is looked up.
  package mutating func insert(
    _ body: UnsafeBufferPointer<UInt32>, hash: UInt64, sketch: Sketch, number: UInt32, suggestion: UInt32,
    place: PlaceClaim, namesOwnPlace: Bool, isExact: Bool, isLoading: Bool = false
  ) -> UInt32 {
    let index = UInt32(entries.count)
    entries.append(
      Entry(
        text: texts.append(body), number: number, suggestion: suggestion, place: place, namesOwnPlace: namesOwnPlace))
    if entries.count > room { makeRoom(room * 2) }
    bits[Int(index)] = sketch.raw.bits
    exact.insert(hash, index)
    if isExact { return index }
    if isLoading {
      sketch.forEachKey { key in bands.insertLater(key, index) }
    } else {
      sketch.forEachKey { key in bands.insert(key, index) }
    }
    return index
  }

  /// Takes an entry out again, as its text was revised or erased; returns the suggestion it stood for.
  ///
  /// Others with the very same text have no bands of their own, as they were found by hash; the earliest of them takes
  /// the place of the one that goes, so that near texts still find it.
  package mutating func remove(entry: UInt32) -> UInt32 {
    bands.insertPending()
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

  /// Makes room for this many submissions in all, so that taking them in moves nothing.
  package mutating func reserve(_ submissions: Int) {
    entries.reserveCapacity(submissions + submissions / 8)
    exact.reserve(submissions)
    bands.reserve(submissions * Sketch.bandCount)
    if submissions > room { makeRoom(submissions) }
  }

  private mutating func makeRoom(_ wanted: Int) {
    let oldBits = bits
    let oldVisits = visits
    let old = room
    room = wanted
    bits = LargeBlock.allocate((UInt64, UInt64).self, count: room)
    visits = LargeBlock.allocate(UInt32.self, count: room)
    bits.update(from: oldBits, count: old)
    visits.update(from: oldVisits, count: old)
    LargeBlock.free(oldBits, count: old)
    LargeBlock.free(oldVisits, count: old)
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
