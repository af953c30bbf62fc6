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
/// Chinese shares lead bytes and triples the steps. 8 bytes a state on the way through, so that those of 20,000 keywords
/// stay in a megabyte, 8 more where a match fails or ends; at least 65,536 states, so that no look-up needs a bounds check. Aho & Corasick 1975; double array after Aoe 1989 with XOR addressing as in
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

  /// By scalar; 0 for one in no keyword, ``alone`` set for one that is a keyword by itself.
  private let codes: UnsafeMutablePointer<UInt16>
  private let beginnings: Beginnings
  private let supplementaryCodes: [UInt32: UInt16]
  /// What a step looks at.
  private struct Step {
    /// XOR base of the children, with ``ends`` and ``isShallow`` in its high bits.
    var base: UInt32
    var parent: UInt32

    /// A keyword ends here.
    static let ends: UInt32 = 1 << 31
    /// Its failure is the root.
    static let isShallow: UInt32 = 1 << 30
    static let mask: UInt32 = isShallow - 1
  }

  private let steps: UnsafeMutablePointer<Step>
  private let failures: UnsafeMutablePointer<UInt32>
  private let firstOutputs: UnsafeMutablePointer<UInt32>
  private let outputs: UnsafeMutablePointer<Output>
  package let keywordCount: Int

  /// - Parameter keywords: folded scalars of each keyword; a keyword's number is its index. Empty ones never match.
  package init(_ keywords: [[UInt32]]) {
    keywordCount = keywords.count
    // Frequent characters get small codes, which packs the double array densely.
    var frequency: [UInt32: Int] = [:]
    for keyword in keywords { for scalar in keyword { frequency[scalar, default: 0] += 1 } }
    let ranked = frequency.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    precondition(ranked.count < KeywordAutomaton.alone, "more different characters than the code table holds")
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
    let stateCount = packed.states.count
    precondition(stateCount <= Step.mask, "more states than the table numbers")
    steps = .allocate(capacity: stateCount)
    failures = .allocate(capacity: stateCount)
    firstOutputs = .allocate(capacity: stateCount)
    for (index, state) in packed.states.enumerated() {
      var base = state.base
      if state.output != State.none { base |= Step.ends }
      if state.failure == 0 { base |= Step.isShallow }
      (steps + index).initialize(to: Step(base: base, parent: state.parent))
      (failures + index).initialize(to: state.failure)
      (firstOutputs + index).initialize(to: state.output)
    }
    outputs = .allocate(capacity: max(1, packed.outputs.count))
    outputs.initialize(from: packed.outputs, count: packed.outputs.count)
    beginnings = Beginnings(trie)
    for keyword in keywords where keyword.count == 1 {
      if keyword[0] < 65536 { codes[Int(keyword[0])] |= UInt16(KeywordAutomaton.alone) }
    }
  }

  /// Above all codes.
  private static let alone: UInt32 = 0x8000

  deinit {
    codes.deallocate()
    beginnings.deallocate()
    steps.deallocate()
    failures.deallocate()
    firstOutputs.deallocate()
    outputs.deallocate()
  }

  /// A character outside the basic plane counts as one that may begin anything: it is too rare to have tables of its own.
  @inline(__always)
  private func code(of scalar: UInt32) -> UInt32 {
    scalar < 65536
      ? UInt32(codes[Int(scalar)]) : UInt32(supplementaryCodes[scalar] ?? 0) | KeywordAutomaton.alone
  }

  /// Appends every occurrence of every keyword to `hits`, ordered by where it ends, longest first.
  package func scan(_ text: UnsafeBufferPointer<UInt32>, into hits: inout HitBuffer) {
    guard !text.isEmpty else { return }
    var state: UInt32 = 0
    var base = steps[0].base
    let steps = steps
    let beginnings = beginnings
    var codes = (own: UInt32(0), next: code(of: text[0]), afterNext: text.count > 1 ? code(of: text[1]) : 0)
    for index in 0..<text.count {
      codes = (codes.next, codes.afterNext, index + 2 < text.count ? code(of: text[index + 2]) : 0)
      let code = codes.own & ~KeywordAutomaton.alone
      // Nearly everywhere nothing begins: look-ups in a small table say so, without a walk through the states.
      let begins = {
        codes.own >= KeywordAutomaton.alone
          || beginnings.mayHold(code, codes.next & ~KeywordAutomaton.alone, codes.afterNext & ~KeywordAutomaton.alone)
      }
      if state == 0, !begins() { continue }
      if code == 0 {
        state = 0
        base = steps[0].base
        continue
      }
      while true {
        let child = base & Step.mask ^ code
        let step = steps[Int(child)]
        if step.parent == state, child != 0 {
          state = child
          base = step.base
          break
        }
        if state == 0 { break }
        state = base & Step.isShallow != 0 ? 0 : failures[Int(state)]
        base = steps[Int(state)].base
        if state == 0, !begins() { break }
      }
      guard base & Step.ends != 0 else { continue }
      var output = firstOutputs[Int(state)]
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
