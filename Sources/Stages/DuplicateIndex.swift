internal import CSketch
package import Suggestions
internal import Text

/// All history of one track, for finding texts that were said before.
///
/// Holds per submission its folded body, sketch bits, place and suggestion. For a text of 83 characters that is 240 bytes
/// of keys, 166 of text and 65 of the rest.
package struct DuplicateIndex: ~Copyable {
  struct Entry {
    var text: TextStore.Location
    var number: UInt32
    var suggestion: UInt32
    var place: PlaceClaim
    /// The next entry of the ring of those with the same text and claim; the last one's is the first.
    var next: UInt32
    /// Different 3-grams of the text, 0 until it is compared with another for the first time; two flags above them.
    private var packed: UInt32

    init(text: TextStore.Location, number: UInt32, suggestion: UInt32, place: PlaceClaim, next: UInt32, names: Bool) {
      self.text = text
      self.number = number
      self.suggestion = suggestion
      self.place = place
      self.next = next
      packed = names ? 1 << 31 : 0
    }

    var namesOwnPlace: Bool { packed >> 31 != 0 }

    var isRemoved: Bool {
      get { packed & 1 << 30 != 0 }
      set { packed = packed & ~(1 << 30) | (newValue ? 1 << 30 : 0) }
    }

    var grams: Int {
      get { Int(packed & (1 << 30 - 1)) }
      set { packed = packed & ~(1 << 30 - 1) | UInt32(newValue) }
    }
  }

  var entries: [Entry] = []
  /// The sketch bits of each entry, which are looked at of every candidate: apart, as most candidates go no further.
  private(set) var bits: UnsafeMutablePointer<Sketch.Bits>
  private var room = 1 << 12
  var bands = BandTable()
  var texts = TextStore()
  var exact = ExactTable()
  // Scratch of a search.
  var grams = GramSet(length: 3)
  var pairs = GramSet(length: 2)
  var counted = GramSet(length: 3)
  var countedPairs = GramSet(length: 2)
  var buffer: [UInt32] = []
  var met: [UInt32] = []
  var candidates: [Candidate] = []
  var quoted: [UInt32] = []
  var alike: [Alike] = []
  /// Hash and different 3-grams of the text that was measured last, which is usually the next to be taken in.
  var measured: (hash: UInt64, grams: Int) = (0, 0)
  /// Candidates whose texts were compared, over all searches: what adversarial input must not drive up.
  package internal(set) var compared = 0

  package init() { bits = LargeBlock.allocate(Sketch.Bits.self, count: room) }

  deinit { LargeBlock.free(bits, count: room) }

  package struct Match: Sendable {
    package var kind: DuplicateKind
    package var number: UInt32
    package var suggestion: UInt32
    /// Jaccard similarity, 0…1; of a contained text the share of the shorter one's grams.
    package var similarity: Double
    package var differs: Difference
    /// Nil for an exact match, which has all in common.
    package var likeness: Likeness?
  }

  package var count: Int { entries.count }

  /// Has the memory a later ``match(_:hash:sketch:place:namesOwnPlace:)`` of this sketch will touch fetched meanwhile.
  package func prefetch(_ sketch: Sketch, hash: UInt64) {
    exact.prefetch(hash)
    sketch.forEachKey { bands.prefetch($0) }
  }

  /// Takes a submission in and returns the entry it got. Exact duplicates are found by hash alone and need no keys.
  ///
  /// - Parameter isLoading: many are taken in before anything is looked up.
  package mutating func insert(
    _ body: UnsafeBufferPointer<UInt32>, hash: UInt64, sketch: Sketch, number: UInt32, suggestion: UInt32,
    place: PlaceClaim, namesOwnPlace: Bool, isExact: Bool, isLoading: Bool = false
  ) -> UInt32 {
    let index = UInt32(entries.count)
    entries.append(
      Entry(
        text: texts.append(body), number: number, suggestion: suggestion, place: place, next: index,
        names: namesOwnPlace))
    if measured.hash == hash { entries[Int(index)].grams = measured.grams }
    if entries.count > room { makeRoom(room * 2) }
    bits[Int(index)] = sketch.bits
    remember(index, body, hash: hash)
    if isExact { return index }
    if isLoading {
      sketch.forEachKey(of: 0..<sketch.marks.lowerBound) { bands.insertLater($0, index) }
      sketch.forEachKey(of: sketch.marks) { bands.insertLater($0, index, longestRun: BandTable.longestMarkRun) }
    } else {
      insertKeys(sketch, index)
    }
    return index
  }

  private mutating func insertKeys(_ sketch: Sketch, _ index: UInt32) {
    sketch.forEachKey(of: 0..<sketch.marks.lowerBound) { bands.insert($0, index) }
    sketch.forEachKey(of: sketch.marks) { bands.insert($0, index, longestRun: BandTable.longestMarkRun) }
  }

  /// Takes an entry out again, as its text was revised or erased; returns the suggestion it stood for.
  ///
  /// Others with the very same text have no keys of their own, as they were found by hash; the earliest of them takes
  /// the place of the one that goes, so that near texts still find it.
  package mutating func remove(entry: UInt32) -> UInt32 {
    bands.insertPending()
    entries[Int(entry)].isRemoved = true
    let gone = entries[Int(entry)]
    let length = texts.read(gone.text, into: &buffer)
    let body = Array(buffer[..<length])
    var gramScratch: [UInt64] = []
    let (hash, sketch) = body.withUnsafeBufferPointer { (TextHash.of($0), Sketch(of: $0, grams: &gramScratch)) }
    if let heir = body.withUnsafeBufferPointer({ earliest($0, hash: hash) { _ in true } }) { insertKeys(sketch, heir) }
    return gone.suggestion
  }

  /// Makes room for this many submissions in all, so that taking them in moves nothing.
  package mutating func reserve(_ submissions: Int) {
    entries.reserveCapacity(submissions + submissions / 16)
    exact.reserve(submissions)
    // One text in twelve repeats another and has no keys.
    bands.reserve(submissions * Sketch.usualKeys / 12 * 11)
    if submissions > room { makeRoom(submissions) }
  }

  private mutating func makeRoom(_ wanted: Int) {
    let old = bits
    bits = LargeBlock.allocate(Sketch.Bits.self, count: wanted)
    bits.update(from: old, count: room)
    LargeBlock.free(old, count: room)
    room = wanted
  }

  /// Bytes of memory in use.
  package var byteCount: Int {
    bands.byteCount + texts.byteCount + exact.byteCount + entries.capacity * MemoryLayout<Entry>.stride
      + room * MemoryLayout<Sketch.Bits>.stride
  }
}
