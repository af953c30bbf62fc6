/// An entry as it is being gathered: its written line and the ones that continue it.
struct OpinionBookEntry {
  var start: TextPosition
  /// The lines as received, with what stands between them.
  var received: [UInt8] = []
  var number = 0
  var date = ""
  var writer = ""
  /// Text per line of the transcript, with the place of its first character.
  var lines: [(text: String, at: TextPosition)] = []
  /// What is wrong with it, and where.
  var fault: (rule: String, at: TextPosition)?

  /// The page's lines this entry takes up.
  var lastLine: Int { number + max(0, lines.count - 1) }

  var body: String { lines.map(\.text).joined(separator: "\n") }

  /// Reads the first line: number | date | writer | text.
  init(line: String, at start: TextPosition) {
    self.start = start
    var parts: [(text: Substring, column: Int)] = []
    var rest = line[...]
    var column = start.column
    while parts.count < 3, let bar = rest.firstIndex(where: { $0 == "|" || $0 == "｜" }) {
      parts.append((rest[..<bar], column))
      column += rest[...bar].unicodeScalars.count
      rest = rest[rest.index(after: bar)...]
    }
    guard parts.count == 3 else {
      var end = start
      end.column = column
      fault = ("number | date | writer | text", end)
      return
    }
    let written = parts[0].text.trimmedSpace
    if let number = Int(written), written.unicodeScalars.allSatisfy({ ("0"..."9").contains($0) }),
      (1...9999).contains(number)
    {
      self.number = number
    } else {
      fault = ("line number", start)
    }
    date = String(parts[1].text.trimmedSpace)
    writer = String(parts[2].text.trimmedSpace)
    append(String(rest), at: TextPosition(offset: start.offset, line: start.line, column: column))
  }

  mutating func append(_ text: String, at place: TextPosition) {
    let trimmed = text.trimmedSpace
    let lead = text[..<trimmed.startIndex].unicodeScalars.count
    lines.append(
      (String(trimmed), TextPosition(offset: place.offset, line: place.line, column: place.column + lead)))
  }

  /// Looks through the marks of the whole text.
  mutating func checkMarks() {
    guard fault == nil, let found = OpinionBookMarks.check(body) else { return }
    var at = found.at
    for line in lines {
      let count = line.text.unicodeScalars.count
      if at <= count {
        fault = (found.rule, TextPosition(offset: line.at.offset, line: line.at.line, column: line.at.column + at))
        return
      }
      at -= count + 1
    }
  }
}
