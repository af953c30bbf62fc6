internal import Mustache

/// Text as Markdown shows it: nothing of it is a heading, a list, a link, a table's edge or HTML.
struct MarkdownText: MustacheContentType {
  func escapeText(_ text: String) -> String { MarkdownText.escaped(text) }

  /// One line: a line's beginning is where headings and lists are made.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isStart = true
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\r", "\t", "\u{2028}", "\u{2029}": result.append(" ")
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\\", "`", "*", "_", "[", "]", "#", "|", "~", "$", "!":
        result.append("\\")
        result.append(scalar)
      case "-", "+", "=":
        if isStart { result.append("\\") }
        result.append(scalar)
      case ".", ")":
        // `1.` and `1)` at the beginning are the first entry of a list.
        if !result.isEmpty, result.allSatisfy({ ("0"..."9").contains($0) }) { result.append("\\") }
        result.append(scalar)
      case ":":
        // No address becomes a link by itself.
        result.append(contentsOf: result.suffix(5).elementsEqual("https".unicodeScalars)
          || result.suffix(4).elementsEqual("http".unicodeScalars) ? "&#58;".unicodeScalars : ":".unicodeScalars)
      case "\u{0}"..<" ", "\u{7F}": result.append("\u{FFFD}")
      default: result.append(scalar)
      }
      isStart = false
    }
    return String(result)
  }
}
