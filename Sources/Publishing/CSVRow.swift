/// A line of a CSV file (RFC 4180). Spreadsheets take what begins like a formula for one, so a text that does begins with
/// an apostrophe instead; numbers the program made stay numbers.
struct CSVRow {
  private(set) var cells: [String] = []

  mutating func text(_ text: String?) {
    let text = text ?? ""
    cells.append(CSVRow.quoted(CSVRow.isFormula(text) ? "'" + text : text))
  }

  mutating func number(_ value: Int?) { cells.append(value.map(String.init) ?? "") }

  /// A number as the program writes it.
  mutating func decimal(_ text: String?) { cells.append(text ?? "") }

  var line: String { cells.joined(separator: ",") + "\r\n" }

  /// What Excel, LibreOffice and their full-width cousins take for the beginning of a formula, behind white space too.
  static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    if "\t\r\n\u{0}".unicodeScalars.contains(first) { return true }
    let visible = text.unicodeScalars.first { !$0.properties.isWhitespace && $0.value > 0x20 }
    return visible.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
  }

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { [UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A, 0x0D].contains($0) }) else {
      return text
    }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append("\"") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
