/// What the first line of an XML file says of its encoding.
enum XMLDeclaration {
  /// Index behind the declaration's `?>`.
  static func end(_ head: ArraySlice<UInt8>) -> Int? {
    var before: UInt8 = 0
    for index in head.indices {
      if head[index] == UInt8(ascii: ">"), before == UInt8(ascii: "?") { return index + 1 }
      before = head[index]
    }
    return nil
  }

  /// Name of the declared encoding when it is not UTF-8 or a part of it.
  static func foreignEncoding(_ head: ArraySlice<UInt8>) -> String? {
    guard head.starts(with: "<?xml".utf8), let end = end(head) else { return nil }
    let text = String(decoding: head[..<end], as: UTF8.self)
    guard let found = text.firstRange(of: "encoding") else { return nil }
    let rest = text[found.upperBound...].drop { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    guard rest.first == "=" else { return nil }
    let value = rest.dropFirst().drop { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
    let name = value.dropFirst().prefix { $0 != quote }
    return ["utf-8", "utf8", "us-ascii", "ascii"].contains(name.lowercased()) ? nil : String(name.prefix(40))
  }
}
