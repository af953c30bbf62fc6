internal import Text

/// Folded text without the tokens that stand for cut-out personal details.
enum TokenFree {
  /// Reads every scalar without a branch; tokens are rare, and so is anything as high as plane 15.
  static func hasTokens(_ text: UnsafeBufferPointer<UInt32>) -> Bool {
    var highest: UInt32 = 0
    for scalar in text { highest = max(highest, scalar) }
    return Redaction.isToken(highest)
  }

  static func copy(_ text: UnsafeBufferPointer<UInt32>) -> [UInt32] {
    text.filter { !Redaction.isToken($0) }
  }
}
