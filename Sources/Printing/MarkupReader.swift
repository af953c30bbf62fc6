/// Reads HTML and XML as a row of events, forgiving as browsers are: whatever anybody could see in a document must come
/// out here, in order or not.
struct MarkupReader {
  enum Event {
    case open(String, [(name: String, value: String)])
    case close(String)
    case text(String)
    /// Comments, declarations, processing instructions.
    case aside(String)
    /// Style sheets and scripts, in which nothing is unescaped.
    case raw(String)
  }

  private let bytes: [UInt8]
  private let isXML: Bool
  private var index = 0
  /// An event that comes after the one that was given.
  private var waiting: [Event] = []
  private var rawElement: String?
  private var counted = 0
  private var lines = 1

  /// - Parameter isXML: names keep their letters' case, and no element holds raw text.
  init(_ bytes: [UInt8], isXML: Bool) {
    self.bytes = bytes
    self.isXML = isXML
  }

  /// Of what is read next, from 1.
  var line: Int {
    mutating get {
      while counted < index {
        if bytes[counted] == 0x0A { lines += 1 }
        counted += 1
      }
      return lines
    }
  }

  mutating func next() -> Event? {
    if !waiting.isEmpty { return waiting.removeFirst() }
    guard index < bytes.count else { return nil }
    if let element = rawElement { return raw(of: element) }
    if bytes[index] == UInt8(ascii: "<"), let event = markup() { return event }
    return text()
  }

  private mutating func text() -> Event {
    let start = index
    // A lone < is text as well.
    index += 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
    return .text(CharacterReferences.decoded(string(start..<index)))
  }

  private mutating func raw(of element: String) -> Event {
    rawElement = nil
    let start = index
    let end = Array("</\(element)".utf8)
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<"), lowercased(index, end.count) == end { break }
      index += 1
    }
    return .raw(string(start..<index))
  }

  private mutating func markup() -> Event? {
    guard index + 1 < bytes.count else { return nil }
    switch bytes[index + 1] {
    case UInt8(ascii: "!"):
      if starts(with: "<!--") { return .aside(content(after: 4, until: "-->")) }
      if starts(with: "<![CDATA[") { return .text(content(after: 9, until: "]]>")) }
      return .aside(content(after: 2, until: ">"))
    case UInt8(ascii: "?"): return .aside(content(after: 2, until: isXML ? "?>" : ">"))
    case UInt8(ascii: "/"):
      guard index + 2 < bytes.count, isLetter(bytes[index + 2]) else { return nil }
      index += 2
      let name = name()
      _ = content(after: 0, until: ">")
      return .close(name)
    case let byte where isLetter(byte):
      index += 1
      return open()
    default: return nil
    }
  }

  private mutating func open() -> Event {
    let name = name()
    var attributes: [(name: String, value: String)] = []
    var isEmpty = false
    while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
      if isSpace(bytes[index]) || bytes[index] == UInt8(ascii: "/") {
        isEmpty = bytes[index] == UInt8(ascii: "/")
        index += 1
        continue
      }
      isEmpty = false
      let start = index
      index += 1
      while index < bytes.count, !isSpace(bytes[index]), !"=/>".utf8.contains(bytes[index]) { index += 1 }
      let key = string(start..<index)
      skipSpaces()
      var value = ""
      if index < bytes.count, bytes[index] == UInt8(ascii: "=") {
        index += 1
        skipSpaces()
        value = attributeValue()
      }
      attributes.append((isXML ? key : key.lowercased(), value))
    }
    index = min(index + 1, bytes.count)
    if isXML, isEmpty { waiting.append(.close(name)) }
    if !isXML, ["script", "style"].contains(name) { rawElement = name }
    return .open(name, attributes)
  }

  private mutating func attributeValue() -> String {
    guard index < bytes.count else { return "" }
    let quote = bytes[index]
    let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    if isQuoted { index += 1 }
    let start = index
    while index < bytes.count {
      if isQuoted ? bytes[index] == quote : isSpace(bytes[index]) || bytes[index] == UInt8(ascii: ">") { break }
      index += 1
    }
    let value = CharacterReferences.decoded(string(start..<index))
    if isQuoted { index = min(index + 1, bytes.count) }
    return value
  }

  private mutating func name() -> String {
    let start = index
    while index < bytes.count, !isSpace(bytes[index]), !"/>".utf8.contains(bytes[index]) { index += 1 }
    let name = string(start..<index)
    return isXML ? name : name.lowercased()
  }

  /// What stands before the next `end`, or before the end of all; both are passed over.
  private mutating func content(after count: Int, until end: String) -> String {
    let start = min(index + count, bytes.count)
    let mark = Array(end.utf8)
    let found = bytes[start...].firstRange(of: mark)
    index = found?.upperBound ?? bytes.count
    return string(start..<(found?.lowerBound ?? bytes.count))
  }

  private mutating func skipSpaces() {
    while index < bytes.count, isSpace(bytes[index]) { index += 1 }
  }

  private func starts(with mark: String) -> Bool { bytes[index...].starts(with: Array(mark.utf8)) }

  private func lowercased(_ start: Int, _ count: Int) -> [UInt8] {
    bytes[start..<min(start + count, bytes.count)].map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
  }

  private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
