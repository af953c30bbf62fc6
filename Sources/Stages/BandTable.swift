internal import CSketch

/// The buckets of locality-sensitive hashing: 32-bit keys of all kinds to the entries that have them, in one flat table.
///
/// Open addressing over 8-byte slots (key high, entry low). A slot's home is its key scaled to the table's size and
/// entries are kept in order, so that a search ends at the first greater one even when the table is four fifths full,
/// and growing is one sequential pass. Entries are never removed: the caller skips those of removed submissions.
/// 24 keys a text of a hundred characters at 60-80 % load: about 240 bytes of history a text.
struct BandTable: ~Copyable {
  private var slots: UnsafeMutablePointer<UInt64>
  /// Homes; behind them lies ``overhang``, so that no run has to wrap around.
  private var capacity: Int
  private(set) var count = 0
  private var pending: [Waiting] = []
  private var pendingCount = 0

  private struct Waiting {
    var slot: UInt64 = 0
    var longestRun = 0
  }

  init(capacity: Int = 1 << 16) {
    self.capacity = capacity
    slots = LargeBlock.allocate(UInt64.self, count: capacity + BandTable.overhang)
  }

  deinit { LargeBlock.free(slots, count: capacity + BandTable.overhang) }

  var byteCount: Int { (capacity + BandTable.overhang) * 8 }

  /// A band key shared by more texts than this tells little about any of them (a greeting, a form's standard sentence);
  /// the earliest ones stand for the rest. 16 instead of 32 halves the candidates and loses one link in four thousand.
  static let longestRun = 16
  /// The same for fingerprints: a passage as many texts have is a form's, not a quotation, and is not looked at.
  static let longestMarkRun = 8

  /// Slots behind the last home. Filling them takes hundreds of colliding keys at the very end; the table grows then.
  private static let overhang = 1 << 10

  @inline(__always)
  private func home(_ key: UInt32) -> Int { Int(truncatingIfNeeded: (UInt64(key) &* UInt64(capacity)) >> 32) }

  /// Asks for the slots of a key, which costs nothing while another text is worked on.
  @inline(__always)
  func prefetch(_ key: UInt32) {
    sketch_prefetch(slots + home(key))
    sketch_prefetch(slots + home(key) + 8)
  }

  /// Calls with the entries of a key in ascending order.
  @inline(__always)
  func forEach(_ key: UInt32, _ visit: (UInt32) -> Void) {
    var slot = slots + home(key)
    // Entries are numbered from one in the slots, so that no slot in use is 0.
    while slot.pointee != 0 {
      let found = UInt32(truncatingIfNeeded: slot.pointee >> 32)
      if found == key { visit(UInt32(truncatingIfNeeded: slot.pointee) &- 1) }
      if found > key { return }
      slot += 1
    }
  }

  /// Calls with the entries of a key that fewer than `limit` have.
  @inline(__always)
  func forEach(_ key: UInt32, fewerThan limit: Int, _ visit: (UInt32) -> Void) {
    var slot = slots + home(key)
    while slot.pointee != 0, UInt32(truncatingIfNeeded: slot.pointee >> 32) < key { slot += 1 }
    var end = slot
    while end.pointee != 0, UInt32(truncatingIfNeeded: end.pointee >> 32) == key { end += 1 }
    guard end - slot < limit else { return }
    while slot < end {
      visit(UInt32(truncatingIfNeeded: slot.pointee) &- 1)
      slot += 1
    }
  }

  /// - Parameter longestRun: entries a key may have; further ones are left out.
  mutating func insert(_ key: UInt32, _ entry: UInt32, longestRun: Int = BandTable.longestRun) {
    insert(Waiting(slot: UInt64(key) << 32 | UInt64(entry + 1), longestRun: longestRun))
  }

  private mutating func insert(_ new: Waiting) {
    if count * 5 > capacity * 4 { grow(to: capacity * 4 / 3) }
    while !place(new) { grow(to: capacity * 4 / 3) }
  }

  /// The same for many in a row: the slots of each are asked for and filled a few hundred entries later, when they are
  /// there. ``insertPending()`` comes before the next look-up.
  mutating func insertLater(_ key: UInt32, _ entry: UInt32, longestRun: Int = BandTable.longestRun) {
    if pending.isEmpty { pending = Array(repeating: Waiting(), count: 256) }
    let turn = pendingCount & 255
    if pendingCount > 255 { insert(pending[turn]) }
    prefetch(key)
    pending[turn] = Waiting(slot: UInt64(key) << 32 | UInt64(entry + 1), longestRun: longestRun)
    pendingCount += 1
  }

  @inline(__always)
  mutating func insertPending() {
    if pendingCount > 0 { insertAllPending() }
  }

  private mutating func insertAllPending() {
    for turn in max(0, pendingCount - 256)..<pendingCount { insert(pending[turn & 255]) }
    pending = []
    pendingCount = 0
  }

  /// Makes room for this many entries in all, so that filling it up to there moves nothing.
  mutating func reserve(_ entries: Int) {
    if entries * 5 > capacity * 4 { grow(to: entries * 4 / 3) }
  }

  /// False when the table's end is full.
  private mutating func place(_ new: Waiting) -> Bool {
    let key = UInt32(truncatingIfNeeded: new.slot >> 32)
    var slot = slots + home(key)
    var run = 0
    while slot.pointee != 0, slot.pointee <= new.slot {
      if UInt32(truncatingIfNeeded: slot.pointee >> 32) == key {
        run += 1
        if run == new.longestRun || slot.pointee == new.slot { return true }
      }
      slot += 1
    }
    var end = slot
    while end.pointee != 0 { end += 1 }
    // The last slot stays free: it ends every search.
    if end == slots + (capacity + BandTable.overhang - 1) { return false }
    // The greater ones move up by one.
    while end > slot {
      end.pointee = (end - 1).pointee
      end -= 1
    }
    slot.pointee = new.slot
    count += 1
    return true
  }

  private mutating func grow(to wanted: Int) {
    let old = slots
    let oldCount = capacity + BandTable.overhang
    var next = wanted
    while !refill(next, from: old, oldCount) { next = next * 4 / 3 }
    LargeBlock.free(old, count: oldCount)
  }

  /// A table of another size with what was in the old one, whose order it keeps; false when it did not fit.
  private mutating func refill(_ wanted: Int, from old: UnsafeMutablePointer<UInt64>, _ oldCount: Int) -> Bool {
    capacity = wanted
    slots = LargeBlock.allocate(UInt64.self, count: capacity + BandTable.overhang)
    count = 0
    var next = slots
    let last = slots + (capacity + BandTable.overhang - 1)
    for index in 0..<oldCount where old[index] != 0 {
      next = max(next, slots + home(UInt32(truncatingIfNeeded: old[index] >> 32)))
      if next == last {
        LargeBlock.free(slots, count: capacity + BandTable.overhang)
        return false
      }
      next.pointee = old[index]
      next += 1
      count += 1
    }
    return true
  }
}
