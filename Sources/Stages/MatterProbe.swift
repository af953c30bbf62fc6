/// The text asked about, ready to be compared with many.
package struct MatterProbe: Sendable {
  package let matter: WeighedMatter
  private let title: Table?
  private let body: Table

  package init(_ matter: WeighedMatter) {
    self.matter = matter
    title = matter.title.map { Table($0) }
    body = Table(matter.body)
  }

  package func score(_ other: WeighedMatter) -> MatterScore {
    let bodies = body.product(other.body)
    let trigrams = body.trigrams + bodies.trigrams - bodies.shared
    let agreement = MatterScore.cosine(bodies.product, matter.body.norm, other.body.norm)
    var score = MatterScore(
      title: agreement, body: agreement, isCopy: bodies.shared > 0 && bodies.shared * 2 >= trigrams)
    if let title, let own = matter.title, let others = other.title {
      score.title = MatterScore.cosine(title.product(others).product, own.norm, others.norm)
    }
    return score
  }

  /// Values by key.
  private struct Table: Sendable {
    private var keys: [UInt64]
    private var values: [UInt32]
    /// Different pieces of three characters.
    private(set) var trigrams = 0

    init(_ vector: MatterVector) {
      let room = 1 << (Int.bitWidth - (max(16, vector.keys.count * 2) - 1).leadingZeroBitCount)
      // No key is 0.
      keys = Array(repeating: 0, count: room)
      values = Array(repeating: 0, count: room)
      for (key, value) in zip(vector.keys, vector.values) {
        var slot = Int(truncatingIfNeeded: MatterFrequencies.mixed(key)) & (room - 1)
        while keys[slot] != 0 { slot = (slot + 1) & (room - 1) }
        keys[slot] = key
        values[slot] = value
        if MatterGram(key: key, count: 1).hasThreeCharacters { trigrams += 1 }
      }
    }

    func product(_ other: MatterVector) -> (product: UInt64, shared: Int, trigrams: Int) {
      let mask = keys.count - 1
      var product: UInt64 = 0
      var (shared, trigrams) = (0, 0)
      keys.withUnsafeBufferPointer { keys in
        for index in other.keys.indices {
          let key = other.keys[index]
          let isTrigram = MatterGram(key: key, count: 1).hasThreeCharacters
          if isTrigram { trigrams += 1 }
          var slot = Int(truncatingIfNeeded: MatterFrequencies.mixed(key)) & mask
          while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
          guard keys[slot] == key else { continue }
          product += UInt64(values[slot]) * UInt64(other.values[index])
          if isTrigram { shared += 1 }
        }
      }
      return (product, shared, trigrams)
    }
  }
}
