internal import CSketch

/// The buckets of locality-sensitive hashing: 32-bit band keys of all bands to submission numbers, in one flat table.
///
/// Open addressing over 8-byte slots (key high, number low). A slot's home is its key scaled to the table's size, so the
/// entries lie in key order and growing is one sequential pass. Numbers are never removed: a removed submission's
/// entries are skipped by the caller. 16 entries a text at 53-80 % load: about 200 bytes of history a text.
struct BandTable: ~Copyable {
  private var slots: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 1 << 16) {
    self.capacity = capacity
    slots = LargeBlock.allocate(UInt64.self, count: capacity)
  }

  deinit { LargeBlock.free(slots) }

  var byteCount: Int { capacity * 8 }

  /// A key shared by more texts than this tells nothing about any of them (a greeting, a form's standard sentence).
  static let longestRun = 256

  @inline(__always)
  private func home(_ key: UInt32) -> Int { Int(truncatingIfNeeded: (UInt64(key) &* UInt64(capacity)) >> 32) }

  /// Asks for the slots of a key, which costs nothing while another text is worked on.
  @inline(__always)
  func prefetch(_ key: UInt32) { sketch_prefetch(slots + home(key)) }

  func forEach(_ key: UInt32, _ visit: (UInt32) -> Void) {
    var slot = home(key)
    var run = 0
    while slots[slot] != 0, run < BandTable.longestRun {
      let entry = slots[slot]
      if UInt32(truncatingIfNeeded: entry >> 32) == key {
        visit(UInt32(truncatingIfNeeded: entry))
        run += 1
      }
      slot += 1
      if slot == capacity { slot = 0 }
    }
  }

  mutating func insert(_ key: UInt32, _ number: UInt32) {
    if count * 5 > capacity * 4 { grow() }
    place(UInt64(key) << 32 | UInt64(number))
    count += 1
  }

  private func place(_ entry: UInt64) {
    let key = UInt32(truncatingIfNeeded: entry >> 32)
    var slot = home(key)
    var run = 0
    while slots[slot] != 0 {
      if UInt32(truncatingIfNeeded: slots[slot] >> 32) == key {
        run += 1
        if run >= BandTable.longestRun { return }
      }
      slot += 1
      if slot == capacity { slot = 0 }
    }
    slots[slot] = entry
  }

  private mutating func grow() {
    let old = slots
    let oldCapacity = capacity
    capacity = capacity * 3 / 2
    slots = LargeBlock.allocate(UInt64.self, count: capacity)
    for slot in 0..<oldCapacity where old[slot] != 0 { place(old[slot]) }
    LargeBlock.free(old)
  }
}
