internal import Suggestions

/// Words of rooms the store may not see, for the two numbers it keeps without a code table. Handed in by the
/// composition root, which sees both sides.
package struct CodeNames: Sendable {
  private let tiers: [String]
  private let cuts: [Int: String]

  /// - Parameters:
  ///   - tiers: codes of the tiers of departments, in the order of their numbers.
  ///   - cuts: codes of the kinds of personal detail, by their bit.
  package init(tiers: [String], cuts: [Int: String]) {
    self.tiers = tiers
    self.cuts = cuts
  }

  /// A number nobody named is shown as it is: a store may be newer than the words.
  func tier(_ number: Int) -> String { tiers.indices.contains(number) ? tiers[number] : String(number) }

  /// The kinds in a bit set, lowest bit first.
  func cuts(_ bits: Int) -> [String] { CodeNames.bits(bits).map { cuts[$0] ?? String($0) } }

  /// The flags in a bit set, lowest bit first.
  func flags(_ bits: Int) -> [String] {
    CodeNames.bits(bits).map { bit in
      UInt8(exactly: bit).flatMap { ModerationFlag(rawValue: $0)?.code } ?? String(bit)
    }
  }

  private static func bits(_ set: Int) -> [Int] { (0..<63).filter { set >> $0 & 1 == 1 } }
}
