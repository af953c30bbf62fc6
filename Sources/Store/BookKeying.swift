internal import Suggestions

/// 录入稿: the entries of a page as one person typed them.
package struct BookKeying: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    /// Line of the page it begins on, from 1.
    package var line: Int
    /// As written; empty where there is none.
    package var date: String
    /// 署名, as written; empty where there is none.
    package var writer: String
    /// With marks; one line of it a line of the page.
    package var text: String

    package init(line: Int, date: String, writer: String, text: String) {
      self.line = line
      self.date = date
      self.writer = writer
      self.text = text
    }
  }

  package var entries: [Entry]

  package init(entries: [Entry] = []) { self.entries = entries }

  var packed: [UInt8] {
    var packed = PackedWriter()
    packed.number(entries.count)
    for entry in entries {
      packed.number(entry.line)
      for text in [entry.date, entry.writer, entry.text] { packed.write(text) }
    }
    return packed.bytes
  }

  init?(packed: [UInt8]) {
    var reader = PackedReader(packed)
    guard let count = reader.number(), count >= 0, count <= packed.count else { return nil }
    entries = []
    for _ in 0..<count {
      guard let line = reader.number(), let date = reader.string(), let writer = reader.string(),
        let text = reader.string()
      else { return nil }
      entries.append(Entry(line: line, date: date, writer: writer, text: text))
    }
    guard reader.isAtEnd else { return nil }
  }
}

/// 簿头: the first lines of a book's transcript, as they are written there.
package struct BookHead: Sendable, Hashable {
  package var keeper: String
  package var transcriber: String
  /// Dates with their year.
  package var opened: String
  package var closed: String
  package var transcribed: String
  /// How many pages the book has; empty where nobody counted.
  package var pages: String

  package init(
    keeper: String = "", transcriber: String = "", opened: String = "", closed: String = "", transcribed: String = "",
    pages: String = ""
  ) {
    self.keeper = keeper
    self.transcriber = transcriber
    self.opened = opened
    self.closed = closed
    self.transcribed = transcribed
    self.pages = pages
  }

  var packed: [UInt8] {
    var packed = PackedWriter()
    for text in [keeper, transcriber, opened, closed, transcribed, pages] { packed.write(text) }
    return packed.bytes
  }

  init?(packed: [UInt8]) {
    var reader = PackedReader(packed)
    var texts: [String] = []
    while !reader.isAtEnd {
      guard let text = reader.string() else { return nil }
      texts.append(text)
    }
    guard texts.count == 6 else { return nil }
    self.init(
      keeper: texts[0], transcriber: texts[1], opened: texts[2], closed: texts[3], transcribed: texts[4],
      pages: texts[5])
  }
}

extension PackedWriter {
  fileprivate mutating func write(_ text: String) {
    Array(text.utf8).withUnsafeBufferPointer { self.text($0) }
  }
}

extension PackedReader {
  fileprivate mutating func string() -> String? { text().map { String(decoding: $0, as: UTF8.self) } }
}
