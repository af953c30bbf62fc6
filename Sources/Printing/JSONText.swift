/// The texts of JSON and of JSON Lines, their escapes resolved: keys, strings and bare numbers, each counted from the
/// start of its document.
enum JSONText {
  static func read(_ bytes: [UInt8]) -> DocumentText {
    var text = DocumentText()
    var line = 1
    var value = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        let start = index
        let string = string(bytes, &index)
        value += 1
        let place = GatePlace(.value, value, within: line)
        text.passages.append(Passage(place, string, isAddress: string.contains("%")))
        // A string that never ends is no JSON.
        if index == bytes.count, bytes[start...].count < 2 || bytes[index - 1] != UInt8(ascii: "\"") {
          text.obstacles.append((place, .unreadable))
        }
        continue
      case UInt8(ascii: "\n"): line += 1
      case let byte where isWord(byte):
        let start = index
        while index < bytes.count, isWord(bytes[index]) { index += 1 }
        value += 1
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        text.passages.append(Passage(GatePlace(.value, value, within: line), word))
        continue
      default: break
      }
      index += 1
    }
    return text
  }

  /// Numbers, `true`, `null`, and whatever else JSON does not know.
  private static func isWord(_ byte: UInt8) -> Bool {
    byte > 0x20 && !"{}[]:,\"".utf8.contains(byte)
  }

  /// From its opening mark to behind its closing one.
  private static func string(_ bytes: [UInt8], _ index: inout Int) -> String {
    var units: [UInt8] = []
    index += 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
        units.append(bytes[index])
        index += 1
        continue
      }
      let letter = bytes[index + 1]
      index += 2
      switch letter {
      case UInt8(ascii: "n"): units.append(0x0A)
      case UInt8(ascii: "r"): units.append(0x0D)
      case UInt8(ascii: "t"): units.append(0x09)
      case UInt8(ascii: "b"), UInt8(ascii: "f"): units.append(0x20)
      case UInt8(ascii: "u"): units += escaped(bytes, &index)
      default: units.append(letter)
      }
    }
    index = min(index + 1, bytes.count)
    return String(decoding: units, as: UTF8.self)
  }

  /// Behind `\u`; a second half follows a first one as `\uDC00`.
  private static func escaped(_ bytes: [UInt8], _ index: inout Int) -> [UInt8] {
    func unit() -> UInt32? {
      guard index + 4 <= bytes.count,
        let word = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
      else { return nil }
      index += 4
      return word
    }
    guard var value = unit() else { return [] }
    if (0xD800..<0xDC00).contains(value), bytes[index...].starts(with: Array("\\u".utf8)) {
      index += 2
      if let low = unit() { value = 0x10000 + (value - 0xD800) << 10 + (low & 0x3FF) }
    }
    return Unicode.Scalar(value).map { Array(String(Character($0)).utf8) } ?? []
  }
}
