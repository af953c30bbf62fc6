/// 工牌号: the number on a reporter's badge, as one text however it is written.
///
/// Wide forms become narrow ones, small letters large ones, white space goes: ｃ-017, C-017 and "c-017 " are one badge.
package struct ReporterBadge: Sendable, Hashable {
  package let text: String

  static let most = 32

  /// Nil where it is none: nothing, more than 32 characters, or something that is neither a letter or digit nor one of
  /// `-_/.#`.
  package init?(_ written: String) {
    var narrow = String.UnicodeScalarView()
    for scalar in written.unicodeScalars where !scalar.properties.isWhitespace {
      // Fullwidth ASCII lies one block of 0xFEE0 above ASCII.
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      narrow.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
    }
    let folded = String(narrow).uppercased()
    let scalars = folded.unicodeScalars
    guard (1...ReporterBadge.most).contains(scalars.count), scalars.contains(where: ReporterBadge.isAlphanumeric),
      scalars.allSatisfy({ ReporterBadge.isAlphanumeric($0) || "-_/.#".unicodeScalars.contains($0) })
    else { return nil }
    text = folded
  }

  private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .otherLetter, .decimalNumber:
      // Jamo fillers are letters by category and invisible on the screen.
      !scalar.properties.isDefaultIgnorableCodePoint
    default: false
    }
  }
}
