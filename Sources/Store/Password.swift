internal import Foundation

/// 口令, as it was typed, ready to be hashed: spaces of other widths to ASCII's, NFC, nothing else changed
/// (RFC 8265 §4.2, OpaqueString), so that the same keys give the same bytes on every machine.
package struct Password: Sendable {
  let bytes: [UInt8]

  package init(_ typed: String) {
    var scalars = String.UnicodeScalarView()
    for scalar in typed.unicodeScalars {
      scalars.append(scalar.properties.generalCategory == .spaceSeparator ? " " : scalar)
    }
    bytes = Array(String(scalars).precomposedStringWithCanonicalMapping.utf8)
  }

  private var text: String { String(decoding: bytes, as: UTF8.self) }

  /// In Unicode scalars, after NFC. NIST SP 800-63B-4 §3.1.1.2 wants 15 where a password is all there is and 8 beside a
  /// second factor, and room for 64; it wants no composition rules and no expiry, and there are none. Twelve is what
  /// people here will type at a counter; sign-in counts failures, see ``SignInLimits``.
  package static let lengths = 12...128

  /// Why a password may not be set; nil where it may.
  ///
  /// - Parameters:
  ///   - name: of the user.
  ///   - display: the name people read.
  package func fault(name: String, display: String) -> PasswordFault? {
    let scalars = text.unicodeScalars
    if scalars.count < Password.lengths.lowerBound { return .short(scalars.count) }
    if scalars.count > Password.lengths.upperBound { return .long(scalars.count) }
    if scalars.contains(where: { $0.properties.generalCategory == .control }) { return .control }
    let folded = AccountName.folded(text)
    // The name with a little beside it is the name.
    for own in [name, display].map(AccountName.folded) where own.unicodeScalars.count >= 3 {
      if folded.contains(own), folded.replacing(own, with: "").unicodeScalars.count < 6 { return .name }
    }
    return CommonPasswords.holds(folded) ? .common : nil
  }
}

package enum PasswordFault: Error, Sendable, Hashable {
  /// How many characters it has.
  case short(Int)
  case long(Int)
  case control
  /// The user's name and little else.
  case name
  /// Made of what everybody tries first.
  case common
}
