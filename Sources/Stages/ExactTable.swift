internal import CSketch

/// Hash of a folded body to the entries that have it, earliest first found by the caller.
struct ExactTable: ~Copyable {
  /// High half of the hash, then the entry's number plus one.
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

  func forEach(_ hash: UInt64, _ visit: (UInt32) -> Void) {
    let tag = UInt32(truncatingIfNeeded: hash >> 32)
    var slot = home(tag)
    while slots[slot] != 0 {
      if UInt32(truncatingIfNeeded: slots[slot] >> 32) == tag { visit(UInt32(truncatingIfNeeded: slots[slot]) - 1) }
      slot += 1
      if slot == capacity { slot = 0 }
    }
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
