/// A keyword found: which, and where it starts and ends in the scanned scalars.
package struct Hit: Sendable, Hashable {
  package var keyword: UInt32
  package var start: UInt32
  package var end: UInt32

  package init(keyword: UInt32, start: UInt32, end: UInt32) {
    self.keyword = keyword
    self.start = start
    self.end = end
  }
}

/// Aho-Corasick over Unicode scalars in a double array: every keyword that stands anywhere in the text is reported,
/// overlapping ones too, in one pass whose time does not depend on how many keywords there are.
///
/// Built once (fallible only for size), searched from many threads. Character-wise rather than byte-wise, as UTF-8
/// Chinese shares lead bytes and triples the steps. 16 bytes a state, and at least 1 MB, so that
/// no look-up needs a bounds check. Aho & Corasick 1975; double array after Aoe 1989 with XOR addressing as in
/// Kanda et al., arXiv 2207.13870.
package final class KeywordAutomaton: @unchecked Sendable {
  struct State {
    /// XOR base of the children; 0 when there are none.
    var base: UInt32 = 0
    /// Parent of the state at this index, ``free`` when the slot is unused.
    var parent: UInt32 = State.free
    var failure: UInt32 = 0
    /// First of the chained outputs, ``none`` when no keyword ends here.
    var output: UInt32 = State.none

    static let free = UInt32.max
    static let none = UInt32.max
  }

  struct Output {
    var keyword: UInt32
    var length: UInt32
    var next: UInt32
  }

  private let codes: UnsafeMutablePointer<UInt16>
  private let supplementaryCodes: [UInt32: UInt16]
  let states: UnsafeMutablePointer<State>
  let stateCount: Int
  private let outputs: UnsafeMutablePointer<Output>
  package let keywordCount: Int

  /// - Parameter keywords: folded scalars of each keyword; a keyword's number is its index. Empty ones never match.
  package init(_ keywords: [[UInt32]]) {
    keywordCount = keywords.count
    // Frequent characters get small codes, which packs the double array densely.
    var frequency: [UInt32: Int] = [:]
    for keyword in keywords { for scalar in keyword { frequency[scalar, default: 0] += 1 } }
    let ranked = frequency.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    precondition(ranked.count < 65535, "more different characters than the code table holds")
    let codes = UnsafeMutablePointer<UInt16>.allocate(capacity: 65536)
    codes.initialize(repeating: 0, count: 65536)
    self.codes = codes
    var supplementary: [UInt32: UInt16] = [:]
    for (rank, scalar) in ranked.enumerated() {
      if scalar < 65536 { codes[Int(scalar)] = UInt16(rank + 1) } else { supplementary[scalar] = UInt16(rank + 1) }
    }
    supplementaryCodes = supplementary

    let trie = Trie(keywords) { [supplementary] in $0 < 65536 ? codes[Int($0)] : supplementary[$0] ?? 0 }
    var packed = DoubleArray(trie)
    packed.link(trie)
    stateCount = packed.states.count
    states = .allocate(capacity: stateCount)
    states.initialize(from: packed.states, count: stateCount)
    outputs = .allocate(capacity: max(1, packed.outputs.count))
    outputs.initialize(from: packed.outputs, count: packed.outputs.count)
  }

  deinit {
    codes.deallocate()
    states.deallocate()
    outputs.deallocate()
  }

  /// Appends every occurrence of every keyword to `hits`, ordered by where it ends, longest first.
  package func scan(_ text: UnsafeBufferPointer<UInt32>, into hits: inout HitBuffer) {
    var state: UInt32 = 0
    let states = states
    let codes = codes
    for index in 0..<text.count {
      let scalar = text[index]
      let code = scalar < 65536 ? UInt32(codes[Int(scalar)]) : UInt32(supplementaryCodes[scalar] ?? 0)
      if code == 0 {
        state = 0
        continue
      }
      while true {
        let child = states[Int(state)].base ^ code
        if states[Int(child)].parent == state && child != 0 {
          state = child
          break
        }
        if state == 0 { break }
        state = states[Int(state)].failure
      }
      var output = states[Int(state)].output
      while output != State.none {
        let found = outputs[Int(output)]
        hits.append(
          Hit(keyword: found.keyword, start: UInt32(truncatingIfNeeded: index + 1) - found.length,
            end: UInt32(truncatingIfNeeded: index + 1)))
        output = found.next
      }
    }
  }
}

/// Hits of one text after the other, reused so that a scan allocates nothing.
package struct HitBuffer: ~Copyable {
  package private(set) var base: UnsafeMutablePointer<Hit>
  package private(set) var count = 0
  private var capacity: Int

  package init(capacity: Int = 256) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  package mutating func removeAll() { count = 0 }

  package mutating func append(_ hit: Hit) {
    if count == capacity {
      let bigger = UnsafeMutablePointer<Hit>.allocate(capacity: capacity * 2)
      bigger.update(from: base, count: count)
      base.deallocate()
      base = bigger
      capacity *= 2
    }
    base[count] = hit
    count += 1
  }

  package subscript(index: Int) -> Hit {
    precondition(index >= 0 && index < count)
    return base[index]
  }
}
