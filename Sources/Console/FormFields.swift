/// Fields of a form or a query, in the order they came; a name may come several times.
package struct FormFields: Sendable, Hashable {
  package private(set) var fields: [(name: String, value: String)] = []

  package init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

  /// `application/x-www-form-urlencoded` (WHATWG URL §5.1). Bytes that are no UTF-8 become U+FFFD.
  ///
  /// Goes by byte: a mark behind a combining sign is the same mark to whoever sent it.
  package init(encoded text: some StringProtocol) {
    let bytes = Array(text.utf8)
    fields = bytes.split(separator: UInt8(ascii: "&")).map { part in
      let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      return (FormFields.decoded(halves[0]), halves.count > 1 ? FormFields.decoded(halves[1]) : "")
    }
  }

  package static func == (left: FormFields, right: FormFields) -> Bool {
    left.fields.elementsEqual(right.fields) { $0 == $1 }
  }

  package func hash(into hasher: inout Hasher) {
    for field in fields {
      hasher.combine(field.name)
      hasher.combine(field.value)
    }
  }

  /// The first of that name without white space around it; nil where there is none or it is empty.
  package subscript(_ name: String) -> String? {
    guard let text = fields.first(where: { $0.name == name })?.value else { return nil }
    let trimmed = FormFields.trimmed(text)
    return trimmed.isEmpty ? nil : trimmed
  }

  package func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
  package func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }
  package func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

  /// The same with one field set; nil takes it out.
  package func with(_ name: String, _ value: String?) -> FormFields {
    FormFields(fields.filter { $0.name != name } + (value.map { [(name, $0)] } ?? []))
  }

  /// As an address carries it.
  package var encoded: String {
    fields.map { FormFields.encoded($0.name) + "=" + FormFields.encoded($0.value) }.joined(separator: "&")
  }

  package static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }

  static func decoded(_ text: some StringProtocol) -> String { decoded(Array(text.utf8)[...]) }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    let bytes = Array(bytes)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count, let high = hex(bytes[place + 1]),
        let low = hex(bytes[place + 2])
      {
        result.append(high << 4 | low)
        place += 3
      } else {
        result.append(bytes[place] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private static func trimmed(_ text: String) -> String {
    let kept = text.drop { $0.isWhitespace }
    guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(kept[...last])
  }
}
