internal import CSketch

/// The buckets of locality-sensitive hashing: 32-bit band keys of all bands to submission numbers, in one flat table.
///
/// Open addressing over 8-byte slots (key high, number low). A slot's home is its key scaled to the table's size, so the
/// entries lie in key order and growing is one sequential pass. Numbers are never removed: a removed submission's
/// entries are skipped by the caller. 16 entries a text at 50-75 % load: about 200 bytes of history a text.
struct BandTable: ~Copyable {
  private var slots: UnsafeMutablePointer<UInt64>
  /// Homes; behind them lies ``overhang``, so that no run has to wrap around.
  private var capacity: Int
  private(set) var count = 0
  private var pending: [UInt64] = []
  private var pendingCount = 0

  init(capacity: Int = 1 << 16) {
    self.capacity = capacity
    slots = LargeBlock.allocate(UInt64.self, count: capacity + BandTable.overhang)
  }

  deinit { LargeBlock.free(slots, count: capacity + BandTable.overhang) }

  var byteCount: Int { (capacity + BandTable.overhang) * 8 }

  /// A key shared by more texts than this tells little about any of them (a greeting, a form's standard sentence); the
  /// earliest ones stand for the rest. 32 instead of 256 halves the candidates and keeps recall to one in ten thousand.
  static let longestRun = 32

  /// Slots behind the last home. Filling them takes hundreds of colliding keys at the very end; the table grows then.
  private static let overhang = 1 << 10

  @inline(__always)
  private func home(_ key: UInt32) -> Int { Int(truncatingIfNeeded: (UInt64(key) &* UInt64(capacity)) >> 32) }

  /// Asks for the slots of a key, which costs nothing while another text is worked on.
  @inline(__always)
  func prefetch(_ key: UInt32) { sketch_prefetch(slots + home(key)) }

  @inline(__always)
  func forEach(_ key: UInt32, _ visit: (UInt32) -> Void) {
    var slot = slots + home(key)
    while slot.pointee != 0 {
      if UInt32(truncatingIfNeeded: slot.pointee >> 32) == key { visit(UInt32(truncatingIfNeeded: slot.pointee)) }
      slot += 1
    }
  }

  mutating func insert(_ key: UInt32, _ number: UInt32) { insert(UInt64(key) << 32 | UInt64(number)) }

  private mutating func insert(_ entry: UInt64) {
    if count * 4 > capacity * 3 { grow(to: capacity * 3 / 2) }
    while !place(entry) { grow(to: capacity * 3 / 2) }
  }

  /// The same for many in a row: the slots of each are asked for and filled a few hundred entries later, when they are
  /// there. ``insertPending()`` comes before the next look-up.
  mutating func insertLater(_ key: UInt32, _ number: UInt32) {
    if pending.isEmpty { pending = Array(repeating: 0, count: 256) }
    let turn = pendingCount & 255
    if pendingCount > 255 { insert(pending[turn]) }
    prefetch(key)
    pending[turn] = UInt64(key) << 32 | UInt64(number)
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
    if entries * 4 > capacity * 3 { grow(to: entries * 3 / 2) }
  }

  /// False when the table's end is full.
  private mutating func place(_ entry: UInt64) -> Bool {
    let key = UInt32(truncatingIfNeeded: entry >> 32)
    var slot = slots + home(key)
    var run = 0
    while slot.pointee != 0 {
      if UInt32(truncatingIfNeeded: slot.pointee >> 32) == key {
        run += 1
        if run == BandTable.longestRun { return true }
      }
      slot += 1
    }
    // The last slot stays free: it ends every search.
    if slot == slots + (capacity + BandTable.overhang - 1) { return false }
    slot.pointee = entry
    count += 1
    return true
  }

  private mutating func grow(to wanted: Int) {
    let old = slots
    let oldCount = capacity + BandTable.overhang
    var next = wanted
    while true {
      capacity = next
      slots = LargeBlock.allocate(UInt64.self, count: capacity + BandTable.overhang)
      count = 0
      var isWhole = true
      for slot in 0..<oldCount where old[slot] != 0 && isWhole { isWhole = place(old[slot]) }
      if isWhole { break }
      LargeBlock.free(slots, count: capacity + BandTable.overhang)
      next = next * 3 / 2
    }
    LargeBlock.free(old, count: oldCount)
  }
}
