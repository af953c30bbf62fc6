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
  func covers(_ range: Range<Int>, of text: [UInt32]) -> Bool {
    guard !phrases.isEmpty else { return false }
    let plain = text.filter { !GateAllowance.isDash($0) }
    let before = text[..<range.lowerBound].count { !GateAllowance.isDash($0) }
    let own = before..<before + text[range].count { !GateAllowance.isDash($0) }
    return phrases.contains { phrase in
      guard phrase.count >= own.count, phrase.count <= plain.count else { return false }
      let first = max(0, own.upperBound - phrase.count)
      let last = min(own.lowerBound, plain.count - phrase.count)
      guard first <= last else { return false }
      return (first...last).contains { start in
        let end = start + phrase.count
        return phrase.indices.allSatisfy { fits(plain[start + $0], phrase[$0]) }
          && !continues(plain, start - 1, start) && !continues(plain, end - 1, end)
      }
    }
  }

  private static func isDash(_ scalar: UInt32) -> Bool { scalar == 0x2D }

  private func fits(_ scalar: UInt32, _ wanted: UInt32) -> Bool {
    scalar == wanted || wanted == 0x23 && isDigit(scalar)
  }

  private func continues(_ text: [UInt32], _ left: Int, _ right: Int) -> Bool {
    left >= 0 && right < text.count && isDigit(text[left]) && isDigit(text[right])
  }

  private func isDigit(_ scalar: UInt32) -> Bool { scalar &- 0x30 < 10 }
}
