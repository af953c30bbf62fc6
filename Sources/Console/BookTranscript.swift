internal import Store

/// A page of an opinion book as the transcript that the intake reads, with the place of each entry in it.
struct BookTranscript {
  let text: String
  /// Line of the transcript each entry begins on, from 1.
  let starts: [Int]

  init(station: String, book: String, head: BookHead, page: Int, _ keying: BookKeying) {
    // Without the number of pages: the others come with transcripts of their own.
    var lines = ["民意征集本 v1"]
    for (word, value) in [
      ("驿站", station), ("簿号", book), ("保管人", head.keeper), ("转录人", head.transcriber), ("启用", head.opened),
      ("封存", head.closed), ("转录日期", head.transcribed),
    ] where !value.isEmpty { lines.append("\(word): \(BookTranscript.line(value))") }
    lines += ["", "第\(page)页"]
    var starts: [Int] = []
    for entry in keying.entries {
      starts.append(lines.count + 1)
      let parts = BookTranscript.lines(entry.text)
      let (date, writer) = (BookTranscript.line(entry.date), BookTranscript.line(entry.writer))
      lines.append(
        "\(entry.line) | \(date.isEmpty ? "-" : date) | \(writer.isEmpty ? "-" : writer) | \(parts.first ?? "")")
      lines += parts.dropFirst().map { "  " + $0 }
    }
    text = lines.joined(separator: "\n") + "\n"
    self.starts = starts
  }

  var bytes: [UInt8] { Array(text.utf8) }

  /// Which entry a line of the transcript belongs to, from 0; nil for the head.
  func entry(at line: Int) -> Int? { starts.lastIndex { $0 <= line } }

  /// Lines of an entry as the page has them; empty ones hold nothing and are none.
  static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { trimmed($0) }.filter { !$0.isEmpty }
  }

  private static func line(_ text: String) -> String {
    trimmed(text.split(whereSeparator: \.isNewline).joined(separator: " "))
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let kept = text.drop { $0.isWhitespace }
    guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(kept[...last])
  }
}
