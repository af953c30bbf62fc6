internal import CSketch

/// The character n-grams of one text, to measure exactly how many of them others have.
///
/// A small open-addressed table that is cleared by counting, reused for every text.
struct GramSet: ~Copyable {
  private struct Slot {
    var gram: UInt64 = 0
    var generation: UInt32 = 0
    var seenBy: UInt32 = 0
  }

  /// Characters of a gram, 2 or 3.
  let length: Int
  private var slots: [Slot]
  private var generation: UInt32 = 0
  private var probe: UInt32 = 0
  private var scratch: [UInt64] = []
  /// Different grams of the text.
  private(set) var count = 0

  init(length: Int) {
    self.length = length
    slots = Array(repeating: Slot(), count: 1024)
  }

  mutating func load(_ text: UnsafeBufferPointer<UInt32>) {
    let needed = max(1024, (text.count + 1) * 2)
    if slots.count < needed {
      slots = Array(repeating: Slot(), count: 1 << (Int.bitWidth - (needed - 1).leadingZeroBitCount))
      generation = 0
    }
    generation &+= 1
    probe = 0
    count = 0
    let grams = hash(text)
    let mask = slots.count - 1
    slots.withUnsafeMutableBufferPointer { slots in
      for index in 0..<grams {
        let gram = scratch[index]
        var slot = Int(truncatingIfNeeded: gram) & mask
        while slots[slot].generation == generation, slots[slot].gram != gram { slot = (slot + 1) & mask }
        if slots[slot].generation != generation {
          slots[slot] = Slot(gram: gram, generation: generation, seenBy: 0)
          count += 1
        }
      }
    }
  }

  /// Different grams the loaded text and another have in common; any smaller number when there are fewer than `needed`,
  /// as counting ends when they cannot be reached any more.
  mutating func common(with other: UnsafeBufferPointer<UInt32>, needed: Int) -> Int {
    probe += 1
    let grams = hash(other)
    let mask = slots.count - 1
    let (generation, probe) = (generation, probe)
    return slots.withUnsafeMutableBufferPointer { slots in
      scratch.withUnsafeBufferPointer { scratch in
        var common = 0
        var index = 0
        while index < grams {
          guard common + grams - index >= needed else { break }
          let stop = min(grams, index + 8)
          while index < stop {
            let gram = scratch[index]
            var slot = Int(truncatingIfNeeded: gram) & mask
            while slots[slot].generation == generation, slots[slot].gram != gram { slot = (slot + 1) & mask }
            if slots[slot].generation == generation, slots[slot].seenBy != probe {
              slots[slot].seenBy = probe
              common += 1
            }
            index += 1
          }
        }
        return common
      }
    }
  }

  private mutating func hash(_ text: UnsafeBufferPointer<UInt32>) -> Int {
    if TokenFree.hasTokens(text) { return TokenFree.copy(text).withUnsafeBufferPointer { hash($0) } }
    if scratch.count < text.count + 1 { scratch = Array(repeating: 0, count: text.count * 2 + 64) }
    return scratch.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { sketch_grams(text.baseAddress, text.count, length, $0) } ?? 0
    }
  }
}
