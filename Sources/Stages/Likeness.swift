package import Suggestions

/// How much two texts have in common, in numbers a person can check: different character n-grams of each, and of both.
package struct Likeness: Sendable, Hashable {
  /// Different grams both texts have.
  package var common: Int
  /// Different grams of the later text, the one that was looked up.
  package var own: Int
  /// Different grams of the earlier text.
  package var other: Int
  /// Characters of a gram: 3, or 2 for texts too short for that.
  package var length: Int

  package init(common: Int, own: Int, other: Int, length: Int = 3) {
    self.common = common
    self.own = own
    self.other = other
    self.length = length
  }

  /// Of two folded texts, as the index measures them; for a pair that is looked at again.
  package init(
    _ text: UnsafeBufferPointer<UInt32>, _ earlier: UnsafeBufferPointer<UInt32>, length: Int = 3
  ) {
    var grams = GramSet(length: length)
    grams.load(earlier)
    other = grams.count
    grams.load(text)
    own = grams.count
    common = grams.common(with: earlier, needed: 0)
    self.length = length
  }

  /// Jaccard similarity, 0…1: the common grams among those of either.
  package var jaccard: Double { own + other == common ? 0 : Double(common) / Double(own + other - common) }

  /// The share of the shorter text's grams that the longer one has, 0…1.
  package var containment: Double { min(own, other) == 0 ? 0 : Double(common) / Double(min(own, other)) }

  // MARK: Kinds

  /// Jaccard similarity from which two texts are near.
  package static let nearThreshold = 0.5
  /// The same over the 2-grams of two texts shorter than ``shortLength``. Of the pairs of titles read between 0.5 and 0.6
  /// every third was about two matters.
  package static let shortThreshold = 0.6
  package static let shortLength = 32
  /// Fewer common 2-grams than this are a word two short texts share (同意, 不同意).
  package static let fewestShort = 3
  /// Share of the shorter text's grams from which it counts as quoted by the longer one.
  package static let containedThreshold = 0.8
  /// A text of fewer grams is a phrase that others contain by chance.
  package static let fewestContained = 20

  /// Common grams without which texts of so many grams cannot be near: j ≥ ½ means 3 c ≥ a + b.
  static func neededForNear(_ own: Int, _ other: Int) -> Int { (own + other + 2) / 3 }

  /// What this much in common makes two texts, nothing else considered.
  package func kind(bothShort: Bool) -> DuplicateKind {
    if length == 2 {
      return bothShort && common >= Likeness.fewestShort && jaccard >= Likeness.shortThreshold ? .near : .none
    }
    if jaccard >= Likeness.nearThreshold { return .near }
    return min(own, other) >= Likeness.fewestContained && containment >= Likeness.containedThreshold
      ? .contained : .none
  }
}
