/// Packs a trie so that the child of state s by code c stands at `base(s) ^ c`.
struct DoubleArray {
  private(set) var states: [KeywordAutomaton.State]
  private(set) var outputs: [KeywordAutomaton.Output] = []
  /// State of each trie node.
  private var place: [UInt32]
  private var firstFree = 1

  init(_ trie: Trie) {
    states = [KeywordAutomaton.State](repeating: .init(), count: 256)
    // The root is its own parent slot; index 0 never is anybody's child.
    states[0].parent = 0
    place = [UInt32](repeating: 0, count: trie.children.count)
    var queue = [0]
    var head = 0
    while head < queue.count {
      let node = queue[head]
      head += 1
      let children = trie.children[node]
      guard !children.isEmpty else { continue }
      let base = freeBase(for: children.map { UInt32($0.code) })
      states[Int(place[node])].base = base
      for child in children {
        let at = base ^ UInt32(child.code)
        states[Int(at)].parent = place[node]
        place[child.node] = at
        queue.append(child.node)
      }
    }
    // A look-up may reach past the last used slot: base ^ code stays below the next power of two.
    let reach = 1 << (Int.bitWidth - (max(states.count, 65536) - 1).leadingZeroBitCount)
    if states.count < reach { states += [KeywordAutomaton.State](repeating: .init(), count: reach - states.count) }
  }

  private mutating func freeBase(for codes: [UInt32]) -> UInt32 {
    while firstFree < states.count, states[firstFree].parent != KeywordAutomaton.State.free { firstFree += 1 }
    var slot = firstFree
    while true {
      grow(toHold: slot)
      if states[slot].parent == KeywordAutomaton.State.free {
        let base = UInt32(slot) ^ codes[0]
        if base != 0, fits(base, codes) { return base }
      }
      slot += 1
    }
  }

  private mutating func fits(_ base: UInt32, _ codes: [UInt32]) -> Bool {
    for code in codes {
      let at = Int(base ^ code)
      grow(toHold: at)
      if at == 0 || states[at].parent != KeywordAutomaton.State.free { return false }
    }
    return true
  }

  private mutating func grow(toHold index: Int) {
    guard index >= states.count else { return }
    states += [KeywordAutomaton.State](repeating: .init(), count: max(states.count, index + 1 - states.count))
  }

  /// Failure links and outputs, breadth first: a state's outputs are its own keywords and then those of its failure state.
  mutating func link(_ trie: Trie) {
    var queue = [0]
    var head = 0
    while head < queue.count {
      let node = queue[head]
      head += 1
      let state = Int(place[node])
      for child in trie.children[node] {
        queue.append(child.node)
        let at = Int(place[child.node])
        if node != 0 { states[at].failure = failure(from: states[state].failure, UInt32(child.code)) }
      }
      var next = node == 0 ? KeywordAutomaton.State.none : states[Int(states[state].failure)].output
      for keyword in trie.ending[node].reversed() {
        outputs.append(.init(keyword: keyword, length: trie.lengths[Int(keyword)], next: next))
        next = UInt32(outputs.count - 1)
      }
      states[state].output = next
    }
  }

  private func failure(from start: UInt32, _ code: UInt32) -> UInt32 {
    var state = start
    while true {
      let child = states[Int(state)].base ^ code
      if child != 0, states[Int(child)].parent == state { return child }
      if state == 0 { return 0 }
      state = states[Int(state)].failure
    }
  }
}
