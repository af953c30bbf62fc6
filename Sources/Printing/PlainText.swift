/// The text of CSV and of Markdown.
enum PlainText {
  /// RFC 4180: each cell by its line and column; a cell that holds lines is one text.
  static func cells(_ bytes: [UInt8]) -> DocumentText {
    var text = DocumentText()
    var cell: [UInt8] = []
    var (line, column) = (1, 1)
    var start = 1
    var isQuoted = false
    var index = 0
    func end() {
      if !cell.isEmpty {
        let place = GatePlace(.line, start, within: column)
        let words = String(decoding: cell, as: UTF8.self)
        text.passages.append(Passage(place, words))
        if InertCell.isLive(words) { text.obstacles.append((place, .formula)) }
      }
      cell.removeAll(keepingCapacity: true)
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x0A { line += 1 }
      if isQuoted {
        if byte != UInt8(ascii: "\"") {
          cell.append(byte)
        } else if index + 1 < bytes.count, bytes[index + 1] == byte {
          cell.append(byte)
          index += 1
        } else {
          isQuoted = false
        }
      } else if byte == UInt8(ascii: "\""), cell.isEmpty {
        isQuoted = true
      } else if byte == UInt8(ascii: ",") {
        end()
        column += 1
        start = line
      } else if byte == 0x0A || byte == 0x0D {
        end()
        column = 1
        start = line
      } else {
        cell.append(byte)
      }
      index += 1
    }
    end()
    return text
  }

  /// Each line as it is written, and paragraphs and cells as they are read: without marks of emphasis and tags, escapes
  /// and character references resolved.
  static func markdown(_ bytes: [UInt8]) -> DocumentText {
    var text = DocumentText()
    var paragraph = ""
    var start = 1
    func end() {
      if !paragraph.isEmpty { text.passages.append(Passage(GatePlace(.line, start), paragraph)) }
      paragraph = ""
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (offset, line) in lines.enumerated() {
      let place = GatePlace(.line, offset + 1)
      let written = String(line)
      let isAddress = written.contains("](") || written.contains("://") || written.contains("]:")
      text.passages.append(Passage(place, written, isAddress: isAddress))
      if MarkupText.isBlank(written) {
        end()
      } else if written.drop(while: { $0 == " " }).hasPrefix("|") {
        end()
        for cell in cells(of: written) { text.passages.append(Passage(place, read(cell))) }
      } else {
        // Headings, items of lists and quotations are texts of their own.
        if let first = written.first(where: { $0 != " " }), "#>-*+".contains(first) { end() }
        if paragraph.isEmpty { start = offset + 1 }
        paragraph += (paragraph.isEmpty ? "" : "\n") + read(written)
      }
    }
    end()
    return text
  }

  private static func cells(of row: String) -> [String] {
    // One that is escaped is no border; what stands for it here is a line too.
    row.replacing("\\|", with: "\u{2502}").split(separator: "|").map(String.init)
  }

  private static func read(_ line: String) -> String {
    var result = ""
    var rest = CharacterReferences.decoded(line)[...]
    while let character = rest.popFirst() {
      switch character {
      case "\\":
        if let next = rest.first, next.isASCII, next.isPunctuation || next.isSymbol {
          result.append(rest.removeFirst())
        }
      case "*", "`", "~": continue
      case "<":
        // A tag, or a comparison.
        if let end = rest.firstIndex(of: ">"), rest.first?.isLetter == true || rest.first == "/" || rest.first == "!" {
          rest = rest[rest.index(after: end)...]
        } else {
          result.append(character)
        }
      default: result.append(character)
      }
    }
    return result
  }
}
