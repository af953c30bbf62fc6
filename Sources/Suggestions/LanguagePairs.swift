/// Texts that say both languages beside each other, `[[待审核|Review queue]]`, of which one is taken: so that a sentence
/// is never without its translation, and a translator needs no list of keys.
package enum LanguagePairs {
  /// What is wrong with a pair, and where.
  package struct Fault: Error, Sendable, Hashable {
    /// What stands between the brackets, where only one language does; nil for brackets that are not closed.
    package var pair: String?
    /// From 1.
    package var line: Int
  }

  /// - Parameter isFirst: whether the language before the bar is wanted.
  package static func text(_ text: String, first isFirst: Bool) throws(Fault) -> String {
    var result = ""
    var rest = text[...]
    var line = 1
    while let open = rest.firstRange(of: "[[") {
      line += rest[..<open.lowerBound].utf8.count { $0 == 0x0A }
      result += rest[..<open.lowerBound]
      rest = rest[open.upperBound...]
      guard let close = rest.firstRange(of: "]]") else { throw Fault(pair: nil, line: line) }
      let pair = rest[..<close.lowerBound]
      let parts = pair.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { throw Fault(pair: String(pair), line: line) }
      result += isFirst ? parts[0] : parts[1]
      line += pair.utf8.count { $0 == 0x0A }
      rest = rest[close.upperBound...]
    }
    return result + rest
  }
}
