/// A text that may be about the same matter.
package struct RankedMatter: Sendable, Hashable {
  package var number: UInt32
  package var score: MatterScore
  /// Where its own score says little: the text it came through, which is near both.
  package var through: UInt32?

  package init(number: UInt32, score: MatterScore, through: UInt32? = nil) {
    self.number = number
    self.score = score
    self.through = through
  }
}

/// Puts candidates in order: by their own score the first two, by their neighbours the others.
///
/// The first two are of other words where any such text is possible at all: what is the same text edited is linked as
/// near already, and would take the places of what nobody has seen yet. What people read is the score, never the order's
/// inner numbers.
package enum MatterRanking {
  /// Texts whose neighbours are looked at.
  private static let pool = 200
  private static let pinned = 2

  /// - Parameters:
  ///   - candidates: without the text asked about.
  ///   - limit: how many at most.
  package static func rank(_ probe: MatterProbe, _ candidates: [WeighedMatter], limit: Int = 10) -> [RankedMatter] {
    var scored: [(matter: WeighedMatter, score: MatterScore)] = []
    scored.reserveCapacity(candidates.count)
    for candidate in candidates {
      let score = probe.score(candidate)
      if score.total > 0 { scored.append((candidate, score)) }
    }
    scored.sort { left, right in
      if left.score.total != right.score.total { return left.score.total > right.score.total }
      if left.matter.closeness != right.matter.closeness { return left.matter.closeness < right.matter.closeness }
      return left.matter.number < right.matter.number
    }
    scored = Array(scored.prefix(pool))
    var neighbours = MatterNeighbours(
      scores(among: [probe.matter] + scored.map(\.matter)),
      numbers: [probe.matter.number] + scored.map(\.matter.number))
    neighbours.spread()
    let first = pins(scored.map(\.score))
    let others = scored.indices.filter { !first.contains($0) }.sorted { left, right in
      // The sort above has ordered what is equal here.
      let (one, other) = (neighbours.scores[left + 1], neighbours.scores[right + 1])
      return one != other ? one > other : left < right
    }
    return (first + others).prefix(max(0, limit)).map { place in
      let score = scored[place].score
      var ranked = RankedMatter(number: scored[place].matter.number, score: score)
      let bridge = neighbours.bridges[place + 1]
      if score.thousandths < MatterScore.possible, bridge > 0 { ranked.through = scored[bridge - 1].matter.number }
      return ranked
    }
  }

  /// Places of those that stand first whatever their neighbours say.
  private static func pins(_ scores: [MatterScore]) -> [Int] {
    var first = Array(
      scores.indices.filter { scores[$0].thousandths >= MatterScore.possible && !scores[$0].isCopy }.prefix(pinned))
    for place in scores.indices.prefix(2 * pinned) where first.count < pinned && !first.contains(place) {
      first.append(place)
    }
    return first
  }

  /// Scores of all texts with all others, row by row, from one pass over their pieces.
  private static func scores(among matters: [WeighedMatter]) -> [Int] {
    let count = matters.count
    let titles = products(matters.map { $0.title ?? MatterVector.none })
    let bodies = products(matters.map(\.body))
    var scores = [Int](repeating: 0, count: count * count)
    for one in 0..<count {
      for other in 0..<one {
        let body = MatterScore.cosine(
          bodies[one * count + other], matters[one].body.norm, matters[other].body.norm)
        var score = MatterScore(title: body, body: body)
        if let first = matters[one].title, let second = matters[other].title {
          score.title = MatterScore.cosine(titles[one * count + other], first.norm, second.norm)
        }
        scores[one * count + other] = score.total
        scores[other * count + one] = score.total
      }
    }
    return scores
  }

  /// Below the diagonal, row by row, the products of each vector with those before it: each piece meets the texts that
  /// had it before in a list of its own.
  private static func products(_ vectors: [MatterVector]) -> [UInt64] {
    let count = vectors.count
    let total = vectors.reduce(0) { $0 + $1.keys.count }
    let room = 1 << (Int.bitWidth - (max(16, total * 2) - 1).leadingZeroBitCount)
    var keys = [UInt64](repeating: 0, count: room)
    var heads = [Int32](repeating: -1, count: room)
    var texts: [UInt32] = []
    var values: [UInt32] = []
    var earlier: [Int32] = []
    texts.reserveCapacity(total)
    values.reserveCapacity(total)
    earlier.reserveCapacity(total)
    var products = [UInt64](repeating: 0, count: count * count)
    keys.withUnsafeMutableBufferPointer { keys in
      heads.withUnsafeMutableBufferPointer { heads in
        products.withUnsafeMutableBufferPointer { products in
          for (text, vector) in vectors.enumerated() {
            for (index, key) in vector.keys.enumerated() {
              var slot = Int(truncatingIfNeeded: MatterFrequencies.mixed(key)) & (room - 1)
              while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & (room - 1) }
              keys[slot] = key
              let value = vector.values[index]
              var next = heads[slot]
              while next >= 0 {
                products[text * count + Int(texts[Int(next)])] &+= UInt64(value) * UInt64(values[Int(next)])
                next = earlier[Int(next)]
              }
              earlier.append(heads[slot])
              heads[slot] = Int32(texts.count)
              texts.append(UInt32(text))
              values.append(value)
            }
          }
        }
      }
    }
    return products
  }
}
