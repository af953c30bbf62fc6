internal import Foundation

/// A sparse text vector of length 1: positions and values.
struct SparseVector: Sendable {
  var positions: [Int32]
  var values: [Float]
}

/// Linear support vector machines, one a topic against all others.
///
/// L2-regularized, squared hinge loss, by dual coordinate descent: Hsieh, Chang, Lin, Keerthi & Sundararajan, "A dual
/// coordinate descent method for large-scale linear SVM", ICML 2008, algorithm 1. Deterministic: the order of the texts
/// is shuffled by a seeded generator, and topics are trained apart from each other.
struct LinearTraining: Sendable {
  /// What a text on the wrong side costs, beside the size of the weights.
  var cost: Double = 0.6
  var passes = 60
  /// Ends when no text's gradient is further from its bound than this.
  var tolerance = 0.05

  struct Machine: Sendable {
    var weights: [Double]
    var bias: Double
  }

  func train(_ vectors: [SparseVector], topics: [Int], topicCount: Int, dimensions: Int) -> [Machine] {
    let empty = Machine(weights: [], bias: 0)
    let machines = Slots(Array(repeating: empty, count: topicCount))
    DispatchQueue.concurrentPerform(iterations: topicCount) { topic in
      machines.set(topic, one(vectors, isInside: topics.map { $0 == topic }, dimensions, seed: UInt64(topic + 1)))
    }
    return machines.values
  }

  private func one(_ vectors: [SparseVector], isInside: [Bool], _ dimensions: Int, seed: UInt64) -> Machine {
    var weights = [Double](repeating: 0, count: dimensions)
    var bias = 0.0
    var alpha = [Double](repeating: 0, count: vectors.count)
    let diagonal = 0.5 / cost
    // A vector's own product, with the constant 1 that carries the bias.
    let own = vectors.map { vector in vector.values.reduce(1.0) { $0 + Double($1) * Double($1) } + diagonal }
    var order = Array(vectors.indices)
    var state = seed
    for _ in 0..<passes {
      for index in stride(from: order.count - 1, to: 0, by: -1) {
        // splitmix64 (Steele, Lea & Flood 2014)
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        order.swapAt(index, Int(mixed % UInt64(index + 1)))
      }
      var furthest = 0.0
      weights.withUnsafeMutableBufferPointer { weights in
        for text in order {
          let side = isInside[text] ? 1.0 : -1.0
          var product = bias
          let vector = vectors[text]
          for index in vector.positions.indices {
            product += weights[Int(vector.positions[index])] * Double(vector.values[index])
          }
          let gradient = side * product - 1 + diagonal * alpha[text]
          let projected = alpha[text] == 0 ? min(gradient, 0) : gradient
          furthest = max(furthest, abs(projected))
          guard abs(projected) > 1e-12 else { continue }
          let before = alpha[text]
          alpha[text] = max(0, before - gradient / own[text])
          let step = (alpha[text] - before) * side
          for index in vector.positions.indices {
            weights[Int(vector.positions[index])] += step * Double(vector.values[index])
          }
          bias += step
        }
      }
      if furthest < tolerance { break }
    }
    return Machine(weights: weights, bias: bias)
  }

  /// Results by position from several threads.
  private final class Slots: @unchecked Sendable {
    // Each thread writes a position of its own, under the lock; all have ended before they are read.
    private let lock = NSLock()
    private(set) var values: [Machine]
    init(_ values: [Machine]) { self.values = values }
    func set(_ position: Int, _ machine: Machine) { lock.withLock { values[position] = machine } }
  }
}
