internal import Stages

/// The exact similarity of all pairs of a file: the share of their different three-character pieces two texts have in
/// common. By an inverted index over all pieces, so for files of some ten thousand messages.
package struct JaccardOracle: Sendable {
  package struct Pair: Sendable, Hashable {
    package var first: Int
    package var second: Int
    /// Thousandths, rounded.
    package var score: Int
  }

  /// Pairs at or above ``Likeness.nearThreshold``, by their numbers.
  package private(set) var pairs: [Pair] = []
  private var known: Set<UInt64> = []

  /// - Parameter texts: folded, without tokens.
  package init(_ texts: [[UInt32]]) {
    var index: [UInt64: [Int32]] = [:]
    var sizes: [Int] = []
    var common = [Int32](repeating: 0, count: texts.count)
    for (number, text) in texts.enumerated() {
      let pieces = JaccardOracle.pieces(text)
      sizes.append(pieces.count)
      var met: [Int32] = []
      for piece in pieces {
        for other in index[piece] ?? [] {
          if common[Int(other)] == 0 { met.append(other) }
          common[Int(other)] += 1
        }
        index[piece, default: []].append(Int32(number))
      }
      for other in met.sorted() {
        let shared = Int(common[Int(other)])
        common[Int(other)] = 0
        let union = pieces.count + sizes[Int(other)] - shared
        guard Double(shared) >= Likeness.nearThreshold * Double(union) else { continue }
        pairs.append(Pair(first: Int(other), second: number, score: (shared * 2000 + union) / (2 * union)))
        known.insert(UInt64(other) << 32 | UInt64(number))
      }
    }
    pairs.sort { ($0.first, $0.second) < ($1.first, $1.second) }
  }

  package func isSimilar(_ one: Int, _ other: Int) -> Bool {
    known.contains(UInt64(min(one, other)) << 32 | UInt64(max(one, other)))
  }

  /// Texts of one or two characters are one piece; an empty one has none.
  private static func pieces(_ text: [UInt32]) -> Set<UInt64> {
    if text.isEmpty { return [] }
    if text.count < 3 { return [text.reduce(0) { $0 << 21 | UInt64($1) } | 1 << 63] }
    var pieces: Set<UInt64> = []
    for start in 0..<text.count - 2 {
      pieces.insert(UInt64(text[start]) | UInt64(text[start + 1]) << 21 | UInt64(text[start + 2]) << 42)
    }
    return pieces
  }
}
