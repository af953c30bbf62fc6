/// The tags of a page as a browser's tokenizer finds them (HTML Standard §13.2.5): by byte, with its rules for quotes,
/// comments and elements whose content is text. Nothing of the program's own escaping is asked.
struct MarkupReading {
  struct Tag: Hashable {
    /// In small letters; `/p` for an end, `!--` for a comment, `!doctype`.
    var name: String
    var attributes: [Attribute] = []
  }

  struct Attribute: Hashable {
    var name: String
    /// As written, entities not replaced.
    var value: String
  }

  private(set) var tags: [Tag] = []
  /// Whether it ends inside a tag, a comment or an element whose content is text.
  private(set) var isCut = false

  private let bytes: [UInt8]
  private var place = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
    while let tag = next() {
      tags.append(tag)
      if MarkupReading.textual.contains(tag.name) { passText(of: tag.name) }
    }
  }

  /// Names of tags and attributes in their order.
  var skeleton: [String] { tags.map { ([$0.name] + $0.attributes.map(\.name)).joined(separator: " ") } }

  var names: Set<String> { tags.reduce(into: []) { $0.formUnion([$1.name] + $1.attributes.map { "@" + $0.name }) } }

  /// Addresses a browser follows or fetches that are not the console's own.
  var foreignAddresses: [String] {
    tags.flatMap(\.attributes).filter { MarkupReading.addressed.contains($0.name) }.map(\.value).filter { address in
      !(address.hasPrefix("#") || address.hasPrefix("?") || address == "data:,"
        || address.hasPrefix("/") && !address.hasPrefix("//") && !address.contains("\\"))
    }
  }

  /// A name twice in one tag: the second came from elsewhere.
  var doubled: [String] {
    tags.filter { Set($0.attributes.map(\.name)).count < $0.attributes.count }.map(\.name)
  }

  private static let textual: Set<String> = ["script", "style", "textarea", "title", "xmp", "iframe", "noframes", "noembed"]
  private static let addressed: Set<String> = ["href", "src", "action", "formaction", "xlink:href", "poster", "data"]

  // MARK: Tokens

  private func byte(_ offset: Int = 0) -> UInt8? { place + offset < bytes.count ? bytes[place + offset] : nil }

  private func starts(_ text: String, at start: Int) -> Bool {
    let wanted = Array(text.utf8)
    guard start + wanted.count <= bytes.count else { return false }
    return zip(bytes[start...], wanted).allSatisfy { MarkupReading.small($0) == $1 }
  }

  private static func small(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }
  private static func isLetter(_ byte: UInt8?) -> Bool { byte.map { (97...122).contains(small($0)) } ?? false }
  private static func isSpace(_ byte: UInt8) -> Bool { [9, 10, 12, 13, 32].contains(byte) }

  private mutating func next() -> Tag? {
    while let found = byte() {
      defer { place += 1 }
      guard found == UInt8(ascii: "<") else { continue }
      let after = byte(1)
      if MarkupReading.isLetter(after) { return tag("", from: 1) }
      if after == UInt8(ascii: "/") {
        if MarkupReading.isLetter(byte(2)) { return tag("/", from: 2) }
        if byte(2) != nil { return comment(to: ">", from: 2) }
      }
      if after == UInt8(ascii: "?") { return comment(to: ">", from: 1) }
      if after == UInt8(ascii: "!") {
        if starts("!doctype", at: place + 1) {
          _ = comment(to: ">", from: 2)
          return Tag(name: "!doctype")
        }
        guard starts("!--", at: place + 1) else { return comment(to: ">", from: 2) }
        if starts(">", at: place + 4) || starts("->", at: place + 4) { return comment(to: ">", from: 4) }
        return comment(to: "-->", from: 4)
      }
    }
    return nil
  }

  /// Leaves the place on the last byte of what ends it.
  private mutating func comment(to end: String, from offset: Int) -> Tag {
    place += offset
    while place < bytes.count {
      if starts(end, at: place) || end == "-->" && starts("--!>", at: place) {
        while byte() != UInt8(ascii: ">") { place += 1 }
        return Tag(name: "!--")
      }
      place += 1
    }
    isCut = true
    return Tag(name: "!--")
  }

  /// Leaves the place on the `>`.
  private mutating func tag(_ prefix: String, from offset: Int) -> Tag {
    place += offset
    var tag = Tag(name: prefix + word { MarkupReading.isSpace($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ">") })
    while true {
      while let found = byte(), MarkupReading.isSpace(found) || found == UInt8(ascii: "/") { place += 1 }
      guard let found = byte() else {
        isCut = true
        return tag
      }
      if found == UInt8(ascii: ">") { return tag }
      tag.attributes.append(attribute())
    }
  }

  private mutating func attribute() -> Attribute {
    // An equals sign in front belongs to the name.
    var name = ""
    if byte() == UInt8(ascii: "=") {
      name = "="
      place += 1
    }
    name += word {
      MarkupReading.isSpace($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "=")
    }
    var ahead = place
    while ahead < bytes.count, MarkupReading.isSpace(bytes[ahead]) { ahead += 1 }
    guard ahead < bytes.count, bytes[ahead] == UInt8(ascii: "=") else { return Attribute(name: name, value: "") }
    place = ahead + 1
    while let found = byte(), MarkupReading.isSpace(found) { place += 1 }
    if let quote = byte(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      place += 1
      let start = place
      while let found = byte(), found != quote { place += 1 }
      let value = String(decoding: bytes[start..<place], as: UTF8.self)
      if place < bytes.count { place += 1 }
      return Attribute(name: name, value: value)
    }
    let start = place
    while let found = byte(), !MarkupReading.isSpace(found), found != UInt8(ascii: ">") { place += 1 }
    return Attribute(name: name, value: String(decoding: bytes[start..<place], as: UTF8.self))
  }

  private mutating func word(_ isEnd: (UInt8) -> Bool) -> String {
    let start = place
    while let found = byte(), !isEnd(found) { place += 1 }
    return String(decoding: bytes[start..<place].map(MarkupReading.small), as: UTF8.self)
  }

  /// To the end tag, which is read as any other.
  private mutating func passText(of name: String) {
    while place < bytes.count {
      if byte() == UInt8(ascii: "<"), starts("</" + name, at: place), place + name.utf8.count + 2 < bytes.count {
        let after = bytes[place + name.utf8.count + 2]
        if MarkupReading.isSpace(after) || after == UInt8(ascii: "/") || after == UInt8(ascii: ">") { return }
      }
      place += 1
    }
    isCut = true
  }
}
