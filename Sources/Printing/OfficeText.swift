/// The text of Word's and spreadsheets' packages: every part's, with its properties, comments, headers, hidden sheets,
/// targets of links and descriptions of pictures, and the names of the parts.
enum OfficeText {
  static func read(_ bytes: [UInt8]) -> DocumentText {
    var text = DocumentText()
    guard let package = PackageParts(bytes) else {
      text.obstacles.append((GatePlace(.part), .unreadable))
      return text
    }
    text.passages.append(Passage(GatePlace(.part), package.comment))
    let cells = SharedCells(package)
    for (offset, part) in package.parts.enumerated() {
      let place = GatePlace(.part, offset + 1, name: known(part.name))
      text.passages += [Passage(place, part.name), Passage(place, part.comment)]
      guard let bytes = part.bytes, String(validating: bytes, as: UTF8.self) != nil else {
        text.obstacles.append((place, .unreadable))
        continue
      }
      switch part.name.split(separator: ".").last.map({ $0.lowercased() }) {
      case "xml" where part.name.hasPrefix("xl/worksheets/"), "xml" where part.name == "xl/sharedStrings.xml":
        text.append(sheet(bytes, part.name, place, cells))
      case "xml", "rels": text.append(paragraphs(bytes, place))
      case "svg": text.append(MarkupText.read(bytes, isXML: true, place: place))
      default:
        // A folder, or what has no text: a picture, a macro, another document, a font.
        if !part.name.hasSuffix("/") { text.obstacles.append((place, .unreadable)) }
      }
    }
    return text
  }

  /// The name of a part where it is one of the format's own, and nobody's.
  private static func known(_ name: String) -> String? {
    let parts = [
      "word/document.xml", "word/comments.xml", "word/footnotes.xml", "word/endnotes.xml", "word/styles.xml",
      "word/settings.xml", "word/numbering.xml", "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml",
      "word/_rels/document.xml.rels", "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml", "_rels/.rels",
    ]
    return parts.contains(name) ? name : nil
  }

  // MARK: Word, and whatever else is written in paragraphs

  /// Elements of Word and of drawings that end the text they stand in; all others of theirs stand within it.
  private static let blocks: Set<String> = [
    "p", "tc", "tr", "tbl", "comment", "footnote", "endnote", "hdr", "ftr", "txbxContent", "body", "document", "style",
    "abstractNum", "num", "lvl",
  ]
  /// Of other vocabularies those that do not.
  private static let runs: Set<String> = [
    "r", "t", "rPr", "b", "i", "u", "sz", "color", "rFont", "family", "scheme", "charset", "vertAlign", "strike",
  ]

  private static func isBlock(_ name: String) -> Bool {
    let local = name.drop { $0 != ":" }.dropFirst()
    let isWord = name.hasPrefix("w:") || name.hasPrefix("a:")
    return isWord ? blocks.contains(String(local)) : !runs.contains(local.isEmpty ? name : String(local))
  }

  private static func paragraphs(_ bytes: [UInt8], _ place: GatePlace) -> DocumentText {
    var text = DocumentText()
    var reader = MarkupReader(bytes, isXML: true)
    var open = ""
    var paragraph = 0
    func here() -> GatePlace { GatePlace(place.unit, place.number, within: max(1, paragraph), name: place.name) }
    func end() {
      if !MarkupText.isBlank(open) { text.passages.append(Passage(here(), unescaped(open))) }
      open = ""
    }
    while let event = reader.next() {
      switch event {
      case .open(let name, let attributes):
        if isBlock(name) { end() }
        if name == "w:p" || name == "a:p" { paragraph += 1 }
        if ["w:tab", "w:br", "w:cr", "a:br"].contains(name) { open += "\n" }
        if name == "w:noBreakHyphen" { open += "-" }
        for (key, value) in attributes {
          text.passages.append(Passage(here(), unescaped(value), isAddress: key == "Target" || key == "uri"))
        }
      case .close(let name): if isBlock(name) { end() }
      case .text(let words): open += words
      case .aside(let words), .raw(let words): text.passages.append(Passage(here(), words))
      }
    }
    end()
    return text
  }

  // MARK: Spreadsheets

  /// Where each of the workbook's shared texts stands first.
  private struct SharedCells {
    var places: [Int: GatePlace] = [:]

    init(_ package: PackageParts) {
      for part in package.parts {
        guard let number = OfficeText.sheetNumber(part.name), let bytes = part.bytes else { continue }
        var reader = MarkupReader(bytes, isXML: true)
        var cell: String?
        var isShared = false
        while let event = reader.next() {
          switch event {
          case .open("c", let attributes):
            cell = attributes.first { $0.name == "r" }?.value
            isShared = attributes.contains { $0.name == "t" && $0.value == "s" }
          case .text(let words):
            if isShared, let index = Int(words), places[index] == nil {
              places[index] = GatePlace(.sheet, number, name: cell)
            }
          case .close("c"): isShared = false
          default: break
          }
        }
      }
    }
  }

  private static func sheetNumber(_ name: String) -> Int? {
    guard name.hasPrefix("xl/worksheets/sheet"), name.hasSuffix(".xml") else { return nil }
    return Int(name.dropFirst("xl/worksheets/sheet".count).dropLast(".xml".count))
  }

  private static func sheet(_ bytes: [UInt8], _ name: String, _ part: GatePlace, _ cells: SharedCells) -> DocumentText {
    var text = DocumentText()
    var reader = MarkupReader(bytes, isXML: true)
    let number = sheetNumber(name)
    var place = part
    var open = ""
    var string = -1
    var isShared = false
    func end() {
      if !MarkupText.isBlank(open), !isShared { text.passages.append(Passage(place, unescaped(open))) }
      open = ""
    }
    while let event = reader.next() {
      switch event {
      case .open(let name, let attributes):
        if isBlock(name) { end() }
        if name == "c", let number {
          place = GatePlace(.sheet, number, name: attributes.first { $0.name == "r" }.flatMap { reference($0.value) })
          isShared = attributes.contains { $0.name == "t" && $0.value == "s" }
        } else if name == "si" {
          string += 1
          place = cells.places[string] ?? part
        } else if name == "f" {
          text.obstacles.append((place, .formula))
        }
        for (key, value) in attributes {
          text.passages.append(Passage(place, unescaped(value), isAddress: MarkupText.addresses.contains(key)))
        }
      case .close(let name):
        if isBlock(name) { end() }
        if name == "c" || name == "si" {
          place = part
          isShared = false
        }
      case .text(let words): open += words
      case .aside(let words), .raw(let words): text.passages.append(Passage(place, words))
      }
    }
    end()
    return text
  }

  /// A cell's name where it is one.
  private static func reference(_ name: String) -> String? {
    name.count <= 10 && name.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) } ? name : nil
  }

  /// `_x0031_` is 1 (ISO/IEC 29500-1 §22.9.2.19).
  static func unescaped(_ text: String) -> String {
    guard text.contains("_x") else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "_x") {
      result += rest[..<start.lowerBound]
      let digits = rest[start.upperBound...].prefix(4)
      let behind = rest[digits.endIndex...]
      if digits.count == 4, behind.first == "_", let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) {
        result.unicodeScalars.append(scalar)
        rest = behind.dropFirst()
      } else {
        result += "_x"
        rest = rest[start.upperBound...]
      }
    }
    return result + rest
  }
}
