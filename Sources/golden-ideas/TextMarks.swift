import Foundation

/// Marks stretches of a text: in reverse video on a terminal, else between brackets. ⟦ ⟧ already stand for evidence and
/// 〔 〕 for what was cut out, so these are 〖 〗.
struct TextMarks {
  let opening: String
  let closing: String

  static let brackets = TextMarks(opening: "〖", closing: "〗")
  static let reverse = TextMarks(opening: "\u{1B}[7m", closing: "\u{1B}[27m")

  /// Reverse video where standard output is a terminal that can, and nobody asked for none (no-color.org).
  static var standard: TextMarks {
    let variables = ProcessInfo.processInfo.environment
    let isPlain = !(variables["NO_COLOR"] ?? "").isEmpty || variables["TERM"] == "dumb"
    return isatty(STDOUT_FILENO) == 1 && !isPlain ? .reverse : .brackets
  }

  /// What is equal further from a mark than this many scalars is left out, and of a long mark what is further inside.
  private static let kept = 16

  /// One line: the marked stretches with what stands beside them.
  ///
  /// - Parameter stretches: in Unicode scalars, ascending.
  func marked(_ text: String, _ stretches: [Range<Int>]) -> String {
    let scalars = text.unicodeScalars.map { $0.properties.isWhitespace ? " " : $0 }
    var line = ""
    var position = 0
    for stretch in stretches {
      line += TextMarks.short(scalars[position..<stretch.lowerBound], atStart: position == 0)
      line += opening + TextMarks.short(scalars[stretch], isMark: true) + closing
      position = stretch.upperBound
    }
    return line + TextMarks.short(scalars[position...], atStart: position == 0, atEnd: true)
  }

  private static func short(
    _ scalars: ArraySlice<Unicode.Scalar>, atStart: Bool = false, atEnd: Bool = false, isMark: Bool = false
  ) -> String {
    let kept = isMark ? 2 * TextMarks.kept : TextMarks.kept
    let head = atStart ? 0 : kept
    let tail = atEnd ? 0 : kept
    guard scalars.count > head + tail + 4 else { return string(scalars) }
    return string(scalars.prefix(head)) + "…" + string(scalars.suffix(tail))
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
