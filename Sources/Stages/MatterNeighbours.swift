/// How much texts agree, counting that their neighbours agree: two texts that share few words but have the same
/// neighbours are about one matter more often than not.
///
/// `scores` grow by three times the mean of the neighbours' rows, weighed by agreement, in whole numbers: at most four
/// times a round, so two rounds on millionths stay far inside 64 bits.
struct MatterNeighbours {
  private static let neighbours = 30
  private static let strength = 3
  private static let rounds = 2

  private let count: Int
  /// Row by row; the diagonal is 0.
  private(set) var scores: [Int]
  /// Per text its place among the texts in the order of their numbers: the order of equal scores.
  private let order: [Int]
  /// Per text the neighbour that brought it nearest to the first one in the first round, -1 for none.
  private(set) var bridges: [Int]

  /// - Parameters:
  ///   - scores: of every text with every other, row by row.
  ///   - numbers: of the texts.
  init(_ scores: [Int], numbers: [UInt32]) {
    count = numbers.count
    self.scores = scores
    var order = [Int](repeating: 0, count: count)
    for (place, text) in numbers.indices.sorted(by: { numbers[$0] < numbers[$1] }).enumerated() { order[text] = place }
    self.order = order
    bridges = Array(repeating: -1, count: count)
  }

  mutating func spread() {
    for round in 0..<MatterNeighbours.rounds { spreadOnce(noteBridges: round == 0) }
  }

  private mutating func spreadOnce(noteBridges: Bool) {
    var grown = scores
    var row = [Int](repeating: 0, count: count)
    for text in 0..<count {
      let near = nearest(to: text)
      let sum = near.reduce(0) { $0 + $1.score }
      guard sum > 0 else { continue }
      for other in row.indices { row[other] = 0 }
      for neighbour in near {
        let weight = neighbour.score * 65_536 / sum
        let start = neighbour.text * count
        scores.withUnsafeBufferPointer { scores in
          row.withUnsafeMutableBufferPointer { row in
            for other in 0..<row.count { row[other] &+= weight &* scores[start + other] }
          }
        }
      }
      if noteBridges, text == 0 { note(near, sum) }
      let start = text * count
      for other in 0..<count where other != text {
        grown[start + other] += MatterNeighbours.strength * row[other] >> 16
      }
    }
    scores = grown
  }

  private mutating func note(_ near: [(text: Int, score: Int)], _ sum: Int) {
    for other in 1..<max(1, count) {
      var most = 0
      for neighbour in near where neighbour.text != other {
        let share = neighbour.score * scores[neighbour.text * count + other]
        if share > most {
          most = share
          bridges[other] = neighbour.text
        }
      }
    }
  }

  private func nearest(to text: Int) -> [(text: Int, score: Int)] {
    let start = text * count
    // Score above, earlier number higher, then which text: sorted as plain numbers.
    var packed: [UInt64] = []
    packed.reserveCapacity(count)
    for other in 0..<count where scores[start + other] > 0 {
      packed.append(UInt64(scores[start + other]) << 32 | UInt64(0xFFFF - order[other]) << 16 | UInt64(other))
    }
    packed.sort(by: >)
    return packed.prefix(MatterNeighbours.neighbours).map { (Int($0 & 0xFFFF), Int($0 >> 32)) }
  }
}
