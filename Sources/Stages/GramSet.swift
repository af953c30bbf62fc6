internal import CSketch

/// The character 3-grams of one text, to measure its Jaccard similarity to others exactly.
///
/// A small open-addressed table that is cleared by counting, reused for every text.
struct GramSet: ~Copyable {
  private struct Slot {
    var gram: UInt64 = 0
    var generation: UInt32 = 0
    var seenBy: UInt32 = 0
  }

  private var slots: [Slot]
  private var generation: UInt32 = 0
  private var probe: UInt32 = 0
  private var scratch: [UInt64] = []
  /// Different grams of the text.
  private(set) var count = 0

  init() { slots = Array(repeating: Slot(), count: 1024) }

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

  /// Exact Jaccard similarity of the loaded text's grams and another's.
  ///
  /// - Parameter otherCount: different grams of the other text, as ``count`` was when it was loaded.
  mutating func similarity(to other: UnsafeBufferPointer<UInt32>, otherCount: Int) -> Double {
    probe += 1
    let grams = hash(other)
    let mask = slots.count - 1
    var common = 0
    slots.withUnsafeMutableBufferPointer { slots in
      scratch.withUnsafeBufferPointer { scratch in
        for index in 0..<grams {
          let gram = scratch[index]
          var slot = Int(truncatingIfNeeded: gram) & mask
          while slots[slot].generation == generation, slots[slot].gram != gram { slot = (slot + 1) & mask }
          if slots[slot].generation == generation, slots[slot].seenBy != probe {
            slots[slot].seenBy = probe
            common += 1
          }
        }
      }
    }
    let union = count + otherCount - common
    return union == 0 ? 0 : Double(common) / Double(union)
  }

  private mutating func hash(_ text: UnsafeBufferPointer<UInt32>) -> Int {
    if TokenFree.hasTokens(text) { return TokenFree.copy(text).withUnsafeBufferPointer { hash($0) } }
    if scratch.count < text.count + 1 { scratch = Array(repeating: 0, count: text.count * 2 + 64) }
    return scratch.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { sketch_grams(text.baseAddress, text.count, $0) } ?? 0
    }
  }
}
