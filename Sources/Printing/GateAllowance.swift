internal import Text

/// Words that look like somebody's and are everybody's: telephone numbers of public offices, numbers of documents and
/// cases, the names in the colophon.
package struct GateAllowance: Sendable {
  /// Folded and without dashes; `#` stands for any digit.
  private let phrases: [[UInt32]]

  /// - Parameter phrases: `0736-7123456`, `430703-2025-######`, `陈静`; width, blanks and dashes do not matter.
  package init(_ phrases: [String] = []) {
    self.phrases = phrases.map { Folding.scalars($0).filter { !GateAllowance.isDash($0) } }.filter { !$0.isEmpty }
  }

  /// Whether a range of a folded text lies within an allowed phrase, and is not a part of a longer number.
  ///
  /// - Parameter sources: where each scalar stands in the text before folding, which drops what is between numbers.
  func covers(_ range: Range<Int>, of text: [UInt32], _ sources: [UInt32]) -> Bool {
    guard !phrases.isEmpty else { return false }
    let kept = text.indices.filter { !GateAllowance.isDash(text[$0]) }
    let own = kept.indices.filter { range.contains(kept[$0]) }
    guard let first = own.first, let last = own.last else { return false }
    return phrases.contains { phrase in
      let earliest = max(0, last + 1 - phrase.count)
      let latest = min(first, kept.count - phrase.count)
      guard phrase.count >= own.count, earliest <= latest else { return false }
      return (earliest...latest).contains { start in
        let end = start + phrase.count
        return phrase.indices.allSatisfy { fits(text[kept[start + $0]], phrase[$0]) }
          && !(start > 0 && isOneNumber(kept[start - 1], kept[start], text, sources))
          && !(end < kept.count && isOneNumber(kept[end - 1], kept[end], text, sources))
      }
    }
  }

  private static func isDash(_ scalar: UInt32) -> Bool { scalar == 0x2D }

  private func fits(_ scalar: UInt32, _ wanted: UInt32) -> Bool {
    scalar == wanted || wanted == 0x23 && isDigit(scalar)
  }

  /// Two digits next to each other, with nothing dropped between: neighbours lie one byte apart, or three where wide.
  private func isOneNumber(_ left: Int, _ right: Int, _ text: [UInt32], _ sources: [UInt32]) -> Bool {
    let distance = sources[right] &- sources[left]
    return isDigit(text[left]) && isDigit(text[right]) && (distance == 1 || distance == 3)
  }

  private func isDigit(_ scalar: UInt32) -> Bool { scalar &- 0x30 < 10 }
}
