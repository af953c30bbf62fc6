internal import Foundation

/// 登录名: what a user types to say who they are.
///
/// Prepared as RFC 8265 §3.3 (UsernameCaseMapped) says: wide forms to narrow ones, small letters, NFC; so that ＬＩ, LI
/// and li are one user. Letters, digits, and `.`, `-`, `_` inside; no colon, so that nobody is named like `system:…`.
package struct AccountName: Sendable, Hashable {
  package let text: String

  static let most = 64

  /// Nil where it is no name.
  package init?(_ typed: String) {
    let folded = AccountName.folded(typed)
    let scalars = folded.unicodeScalars
    guard (1...AccountName.most).contains(scalars.count), scalars.allSatisfy(AccountName.isAllowed),
      let first = scalars.first, let last = scalars.last, AccountName.isAlphanumeric(first),
      AccountName.isAlphanumeric(last)
    else { return nil }
    text = folded
  }

  static func folded(_ typed: String) -> String {
    var narrow = String.UnicodeScalarView()
    for scalar in typed.unicodeScalars {
      // Fullwidth ASCII lies one block of 0xFEE0 above ASCII.
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      narrow.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
    }
    return String(narrow).lowercased().precomposedStringWithCanonicalMapping
  }

  private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter, .decimalNumber:
      // Jamo fillers and the like are letters by category and invisible on the screen.
      !scalar.properties.isDefaultIgnorableCodePoint
    default: false
    }
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    isAlphanumeric(scalar) || scalar == "." || scalar == "-" || scalar == "_"
  }
}
