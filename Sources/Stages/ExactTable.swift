internal import CSketch

/// Hash of a folded body to the rings of entries that have it: entries with one text and one place claim form a ring, so
/// that a text a hundred thousand people sent is looked up as fast as any other.
struct ExactTable: ~Copyable {
  /// High half of the hash, then the number of the ring's last entry plus one.
  private var slots: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  private var count = 0

  init() {
    capacity = 1 << 12
    slots = LargeBlock.allocate(UInt64.self, count: capacity)
  }

  deinit { LargeBlock.free(slots, count: capacity) }

  var byteCount: Int { capacity * 8 }

  private func home(_ tag: UInt32) -> Int { Int(truncatingIfNeeded: (UInt64(tag) &* UInt64(capacity)) >> 32) }

  @inline(__always)
  func prefetch(_ hash: UInt64) { sketch_prefetch(slots + home(UInt32(truncatingIfNeeded: hash >> 32))) }

  /// Calls with the last entry of each ring and its slot, until `visit` returns false.
  @inline(__always)
  func forEach(_ hash: UInt64, _ visit: (_ last: UInt32, _ slot: Int) -> Bool) {
    let tag = UInt32(truncatingIfNeeded: hash >> 32)
    var slot = home(tag)
    while slots[slot] != 0 {
      if UInt32(truncatingIfNeeded: slots[slot] >> 32) == tag,
        !visit(UInt32(truncatingIfNeeded: slots[slot]) - 1, slot)
      { return }
      slot += 1
      if slot == capacity { slot = 0 }
    }
  }

  /// Puts a new last entry in the place of a ring's old one.
  mutating func replace(_ slot: Int, with entry: UInt32) {
    slots[slot] = slots[slot] & ~0xFFFF_FFFF | UInt64(entry + 1)
  }

  mutating func insert(_ hash: UInt64, _ entry: UInt32) {
    reserve(count)
    place(hash & ~0xFFFF_FFFF | UInt64(entry + 1))
    count += 1
  }

  /// Makes room for this many entries in all.
  mutating func reserve(_ entries: Int) {
    guard entries * 3 > capacity * 2 else { return }
    let old = slots
    let oldCapacity = capacity
    while entries * 3 > capacity * 2 { capacity *= 2 }
    slots = LargeBlock.allocate(UInt64.self, count: capacity)
    for slot in 0..<oldCapacity where old[slot] != 0 { place(old[slot]) }
    LargeBlock.free(old, count: oldCapacity)
  }

  private func place(_ value: UInt64) {
    var slot = home(UInt32(truncatingIfNeeded: value >> 32))
    while slots[slot] != 0 {
      slot += 1
      if slot == capacity { slot = 0 }
    }
    slots[slot] = value
  }
}
