/// A field of a text as a direction: each piece with its weight, and the length of the whole.
struct MatterVector: Sendable {
  var keys: [UInt64]
  var values: [UInt32]
  /// What a cosine is divided by: the length; for bodies longer by half a mean body's square, so that a short one, which
  /// says little, agrees with nothing very much.
  var norm: UInt64

  /// Of nothing.
  static let none = MatterVector(keys: [], values: [], norm: 0)

  private init(keys: [UInt64], values: [UInt32], norm: UInt64) {
    self.keys = keys
    self.values = values
    self.norm = norm
  }

  init(_ grams: [MatterGram], _ field: MatterField, _ frequencies: borrowing MatterFrequencies, _ weights: MatterWeights) {
    let count = grams.count
    var square: UInt64 = 0
    keys = Array(unsafeUninitializedCapacity: count) { keys, filled in
      for index in 0..<count { keys[index] = grams[index].key }
      filled = count
    }
    values = frequencies.withCounters(of: field) { counters in
      Array(unsafeUninitializedCapacity: count) { values, filled in
        for index in 0..<count {
          let value = MatterVector.value(grams[index], counters, weights)
          values[index] = UInt32(truncatingIfNeeded: value)
          square &+= value &* value
        }
        filled = count
      }
    }
    norm = WholeMathematics.root(square + (field == .body ? frequencies.meanSquare / 2 : 0))
  }

  @inline(__always)
  private static func value(
    _ gram: MatterGram, _ counters: UnsafeBufferPointer<UInt32>, _ weights: borrowing MatterWeights
  ) -> UInt64 {
    let weight = weights.weight(counters[MatterFrequencies.place(gram.key)])
    return gram.count == 1 ? 16 &* weight : weights.repetition(gram.count) &* weight
  }

  static func square(
    _ grams: [MatterGram], _ field: MatterField, _ frequencies: borrowing MatterFrequencies, _ weights: MatterWeights
  ) -> UInt64 {
    frequencies.withCounters(of: field) { counters in
      var square: UInt64 = 0
      for gram in grams {
        let value = MatterVector.value(gram, counters, weights)
        square &+= value &* value
      }
      return square
    }
  }
}

/// A text of a history as it is compared with others.
package struct WeighedMatter: Sendable {
  package let number: UInt32
  /// How near it is to the text asked about beside its words, and days between them: they order what is otherwise equal.
  package let closeness: MatterCloseness
  /// nil where there is none.
  let title: MatterVector?
  let body: MatterVector

  package init(
    _ text: MatterGrams, number: UInt32, closeness: MatterCloseness = MatterCloseness(),
    _ frequencies: borrowing MatterFrequencies, _ weights: MatterWeights
  ) {
    self.number = number
    self.closeness = closeness
    title = text.hasTitle ? MatterVector(text.title, .title, frequencies, weights) : nil
    body = MatterVector(text.body, .body, frequencies, weights)
  }
}

/// What a text has in common with the one asked about beside words: explanation, and order among equal scores, never
/// part of the score (measured: no gain from place, topic or time, and up to 1.6 points lost by time).
package struct MatterCloseness: Sendable, Hashable, Comparable {
  package var sharesPlace = false
  package var sharesTopic = false
  /// nil where either is undated.
  package var daysApart: Int?

  package init(sharesPlace: Bool = false, sharesTopic: Bool = false, daysApart: Int? = nil) {
    self.sharesPlace = sharesPlace
    self.sharesTopic = sharesTopic
    self.daysApart = daysApart
  }

  /// The closer one is the lesser.
  package static func < (left: MatterCloseness, right: MatterCloseness) -> Bool {
    if left.sharesPlace != right.sharesPlace { return left.sharesPlace }
    if left.sharesTopic != right.sharesTopic { return left.sharesTopic }
    return (left.daysApart ?? .max) < (right.daysApart ?? .max)
  }
}

/// How much two texts say the same, in millionths: `(55 title + 45 body) / 100`, each the cosine of its field.
///
/// Where either has no title, the bodies speak alone: a chat message and a form are compared by what both have.
/// Symmetric, whole numbers only. Labelled pairs alone would take nearly all of it from the title; read by people, real
/// messages want the body too.
package struct MatterScore: Sendable, Hashable {
  package var title: Int
  package var body: Int
  /// Whether the bodies are one text edited: at least half of their different three-character pieces are in both. Such
  /// texts are known as near already.
  package var isCopy = false

  package init(title: Int, body: Int, isCopy: Bool = false) {
    self.title = title
    self.body = body
    self.isCopy = isCopy
  }

  package var total: Int { (55 * title + 45 * body) / 100 }
  /// As people see it.
  package var thousandths: Int { total / 1000 }

  static func cosine(_ product: UInt64, _ left: UInt64, _ right: UInt64) -> Int {
    let length = left * right
    return length == 0 ? 0 : Int(product * 1_000_000 / length)
  }

  /// From here a candidate is likely the same matter: 91 of 100 pairs read were (fixtures/labels).
  package static let likely = 280
  /// From here a candidate is possibly the same matter: 73 of 100 pairs read were, and 12 partly.
  package static let possible = 180
}
