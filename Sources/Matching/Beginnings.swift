/// What keywords begin with, as a set of bits: the two characters of those of two, the first three of longer ones. Where
/// neither the next two nor the next three characters are in it, no keyword begins.
///
/// About 32 bits an entry, so that one in thirty of the others looks like one: 64 KB for 20,000 keywords, small enough
/// to stay near the processor where the automaton's states do not.
struct Beginnings {
  private let bits: UnsafeMutablePointer<UInt64>
  private let mask: UInt32

  init(_ trie: Trie) {
    var entries: [UInt32] = []
    for first in trie.children[0] {
      for second in trie.children[first.node] {
        let pair = Beginnings.pair(UInt32(first.code), UInt32(second.code))
        if !trie.ending[second.node].isEmpty { entries.append(pair) }
        for third in trie.children[second.node] { entries.append(Beginnings.triple(pair, UInt32(third.code))) }
      }
    }
    let count = 1 << (Int.bitWidth - max(1024, entries.count * 32 - 1).leadingZeroBitCount)
    mask = UInt32(count - 1)
    bits = .allocate(capacity: count / 64)
    bits.initialize(repeating: 0, count: count / 64)
    for entry in entries {
      let place = entry >> 7 & mask
      bits[Int(place >> 6)] |= 1 << UInt64(place & 63)
    }
  }

  func deallocate() { bits.deallocate() }

  @inline(__always)
  func mayHold(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> Bool {
    let pair = Beginnings.pair(first, second)
    return (bit(pair) | bit(Beginnings.triple(pair, third))) & 1 == 1
  }

  @inline(__always)
  private func bit(_ entry: UInt32) -> UInt64 {
    let place = entry >> 7 & mask
    return bits[Int(place >> 6)] >> UInt64(place & 63)
  }

  /// Multiplicative hashing (Knuth, TAOCP 3, 6.4); the high bits are used.
  @inline(__always)
  private static func pair(_ first: UInt32, _ second: UInt32) -> UInt32 { (first << 16 | second) &* 2_654_435_769 }

  @inline(__always)
  private static func triple(_ pair: UInt32, _ third: UInt32) -> UInt32 { (pair ^ third) &* 2_246_822_519 }
}
