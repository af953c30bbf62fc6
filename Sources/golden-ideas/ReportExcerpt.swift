import Evaluation
import Suggestions

/// A citizen's words as a report shows them: personal details cut out, in one line, no longer than a few.
enum ReportExcerpt {
  /// Cells of a terminal, two a Chinese character.
  private static let length = 320

  static func of(_ text: String) -> String {
    let line = PrivacyEvaluation.redacted(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return TextTable.cut(line, to: length)
  }

  /// The heading and the words of one text in a list of mistakes.
  static func write(title: String, text: String, to html: inout HTMLWriter) {
    let title = of(title)
    html.element("p", ["class": "text", "dir": "auto"]) { paragraph in
      if !title.isEmpty {
        paragraph.element("strong", title)
        paragraph.empty("br", [:])
      }
      paragraph.text(of(text))
    }
  }
}
