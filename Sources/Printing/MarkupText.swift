/// The text of HTML, SVG and Atom: what stands in elements, in attributes, in comments and in style sheets.
enum MarkupText {
  /// Elements that do not end the text they stand in.
  private static let inline: Set<String> = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark",
    "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tspan", "u", "var", "wbr", "br",
  ]

  static let addresses: Set<String> = [
    "href", "xlink:href", "src", "srcset", "action", "cite", "data", "poster", "content", "target", "uri",
  ]

  /// - Parameter place: of all of it, where it is a part of something; else each passage has its line.
  static func read(_ bytes: [UInt8], isXML: Bool, place: GatePlace? = nil) -> DocumentText {
    var text = DocumentText()
    var reader = MarkupReader(bytes, isXML: isXML)
    var open = ""
    var openPlace = place ?? GatePlace(.line, 1)
    func end() {
      if !isBlank(open) { text.passages.append(Passage(openPlace, open)) }
      open = ""
    }
    while true {
      let here = place ?? GatePlace(.line, reader.line)
      guard let event = reader.next() else { break }
      switch event {
      case .open(let name, let attributes):
        if !inline.contains(name) { end() }
        if name == "br" { open += "\n" }
        for (key, value) in attributes {
          text.passages.append(Passage(here, value, isAddress: addresses.contains(key)))
          // A name of an attribute is anybody's word too.
          text.passages.append(Passage(here, key))
        }
      case .close(let name):
        if !inline.contains(name) { end() }
      case .text(let words):
        if open.isEmpty { openPlace = here }
        open += words
      case .aside(let words): text.passages.append(Passage(here, words))
      case .raw(let words):
        text.passages.append(Passage(here, words))
        if words.contains("\\") { text.passages.append(Passage(here, styleUnescaped(words))) }
      }
    }
    end()
    return text
  }

  static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }

  /// `\31 3` in a style sheet is 13.
  private static func styleUnescaped(_ sheet: String) -> String {
    var result = String.UnicodeScalarView()
    var rest = sheet.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        result.append(scalar)
        continue
      }
      let digits = String(String.UnicodeScalarView(rest.prefix(6).prefix { $0.properties.isASCIIHexDigit }))
      guard !digits.isEmpty, let value = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) else { continue }
      result.append(value)
      rest = rest.dropFirst(digits.unicodeScalars.count)
      if rest.first?.properties.isWhitespace == true { rest = rest.dropFirst() }
    }
    return String(result)
  }
}
