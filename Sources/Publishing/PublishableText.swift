internal import Text

/// 可刊文字: a text with every personal detail cut out that the redactor knows, whoever wrote it: the citizen, the
/// department, the editor. There is no other way to one, so nothing else can stand in an issue.
package struct PublishableText: Sendable, Hashable {
  /// One line: white space of any kind is one space, controls and what turns the direction of writing are gone.
  package let text: String

  package static let empty = PublishableText("")

  package init(_ text: String) {
    var line = String.UnicodeScalarView()
    var isSpaced = true
    for scalar in Redaction.display(text).unicodeScalars where !PublishableText.isInvisible(scalar) {
      let isSpace = scalar.properties.isWhitespace
      if isSpace && isSpaced { continue }
      line.append(isSpace ? " " : scalar)
      isSpaced = isSpace
    }
    if line.last == " " { line.removeLast() }
    // Last, so that nothing taken out of it afterwards brings digits together.
    self.text = Redaction.readable(String(line))
  }

  package var isEmpty: Bool { text.isEmpty }

  /// The beginning; characters, as half an emoji helps nobody.
  package func excerpt(_ length: Int) -> String {
    let cut = text.prefix(length)
    return cut.endIndex == text.endIndex ? text : cut + "…"
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20: false
    case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xE0000...0xE0FFF: true
    default: false
    }
  }
}
