internal import CSketch

/// Who was here before: identity of each submission, with the digests of all versions of it ever taken in.
///
/// A version already known is never taken in twice, also when a newer one came between, so that importing an old export
/// again changes nothing. 64 bits of identity and 64 of digest, both of SHA-256; 24 bytes a version.
package struct IdentityTable: ~Copyable {
  private struct Slot {
    var identity: UInt64 = 0
    var digest: UInt64 = 0
    /// 0 marks a free slot; submissions count from 1.
    var number: UInt32 = 0
  }

  private var slots: UnsafeMutablePointer<Slot>
  private var capacity = 1 << 12
  package private(set) var count = 0

  package init() { slots = LargeBlock.allocate(Slot.self, count: capacity) }

  deinit { LargeBlock.free(slots, count: capacity) }

  @inline(__always)
  func prefetch(_ identity: UInt64) { sketch_prefetch(slots + home(identity)) }

  package enum Finding: Sendable {
    case new
    case unchanged(UInt32)
    case revised(UInt32)
  }

  package func find(_ identity: UInt64, _ digest: UInt64) -> Finding {
    var slot = home(identity)
    var known: UInt32?
    while slots[slot].number != 0 {
      if slots[slot].identity == identity {
        if slots[slot].digest == digest { return .unchanged(slots[slot].number) }
        known = slots[slot].number
      }
      slot = (slot + 1) & (capacity - 1)
    }
    return known.map { .revised($0) } ?? .new
  }

  package mutating func insert(_ identity: UInt64, _ digest: UInt64, number: UInt32) {
    reserve(count)
    place(Slot(identity: identity, digest: digest, number: number))
    count += 1
  }

  /// Makes room for this many versions in all.
  mutating func reserve(_ versions: Int) {
    guard versions * 10 > capacity * 7 else { return }
    let old = slots
    let oldCapacity = capacity
    while versions * 10 > capacity * 7 { capacity *= 2 }
    slots = LargeBlock.allocate(Slot.self, count: capacity)
    for index in 0..<oldCapacity where old[index].number != 0 { place(old[index]) }
    LargeBlock.free(old, count: oldCapacity)
  }

  private func home(_ identity: UInt64) -> Int { Int(truncatingIfNeeded: identity >> 8) & (capacity - 1) }

  private mutating func place(_ entry: Slot) {
    var slot = home(entry.identity)
    while slots[slot].number != 0 { slot = (slot + 1) & (capacity - 1) }
    slots[slot] = entry
  }
}
