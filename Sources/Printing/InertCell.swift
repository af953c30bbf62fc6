/// Cells of tables spreadsheets open: one that begins as a formula does is calculated by them, and may fetch or run
/// what it names (CWE-1236).
package enum InertCell {
  /// Whether a spreadsheet would take the text for a formula. A number with its sign is none.
  static func isLive(_ text: String) -> Bool {
    if text.hasPrefix("\t") || text.hasPrefix("\r") { return true }
    switch text.first(where: { !$0.isWhitespace }) {
    case "=", "@", "＝", "＠": return true
    case "+", "-", "＋", "－": return !isNumber(text)
    default: return false
    }
  }

  /// The text as it may stand in a table: behind an apostrophe where it would be live, which spreadsheets show as text.
  package static func text(_ text: String) -> String { isLive(text) ? "'" + text : text }

  private static func isNumber(_ text: String) -> Bool {
    let digits = text.dropFirst()
    return digits.utf8.first.map { (0x30...0x39).contains($0) } == true
      && digits.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") } && Double(text) != nil
  }
}
