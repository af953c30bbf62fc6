internal import Text

/// Words that look like somebody's and are everybody's: telephone numbers of public offices, numbers of documents and
/// cases, the names in the colophon.
package struct GateAllowance: Sendable {
  /// Folded; `#` stands for any digit.
  private let phrases: [[UInt32]]

  /// - Parameter phrases: `0736-7123456`, `430703-2025-######`, `陈静`; width, blanks and the like do not matter.
  package init(_ phrases: [String] = []) {
    self.phrases = phrases.map(Folding.scalars).filter { !$0.isEmpty }
  }

  /// Whether a range of a folded text lies within an allowed phrase, and is not a part of a longer number.
  func covers(_ range: Range<Int>, of text: [UInt32]) -> Bool {
    phrases.contains { phrase in
      guard phrase.count >= range.count, phrase.count <= text.count else { return false }
      let first = max(0, range.upperBound - phrase.count)
      let last = min(range.lowerBound, text.count - phrase.count)
      guard first <= last else { return false }
      return (first...last).contains { start in
        phrase.indices.allSatisfy { fits(text[start + $0], phrase[$0]) }
          && !continues(text, start - 1, start) && !continues(text, start + phrase.count - 1, start + phrase.count)
      }
    }
  }

  private func fits(_ scalar: UInt32, _ wanted: UInt32) -> Bool {
    scalar == wanted || wanted == 0x23 && isDigit(scalar)
  }

  private func continues(_ text: [UInt32], _ left: Int, _ right: Int) -> Bool {
    left >= 0 && right < text.count && isDigit(text[left]) && isDigit(text[right])
  }

  private func isDigit(_ scalar: UInt32) -> Bool { scalar &- 0x30 < 10 }
}
