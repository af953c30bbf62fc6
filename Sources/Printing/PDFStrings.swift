/// The strings a PDF holds outside its pages' drawings: title, addresses of links, descriptions of pictures, names of
/// chapters, remarks; and whether it holds what cannot be looked into.
enum PDFStrings {
  /// What a document of ours has no use for: objects packed together, encryption, other documents, scripts, forms.
  private static let forbidden = [
    "/ObjStm", "/Encrypt", "/EmbeddedFile", "/Filespec", "/JavaScript", "/JS", "/Launch", "/AcroForm", "/RichMedia",
    "/Metadata",
  ]

  static func read(_ bytes: [UInt8]) -> DocumentText {
    var text = DocumentText()
    var index = 0
    var count = 0
    func add(_ string: [UInt8]) {
      count += 1
      let words = decoded(string)
      text.passages.append(Passage(GatePlace(.property, count), words, isAddress: words.contains("%")))
    }
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "("): add(literal(bytes, &index))
      case UInt8(ascii: "<") where index + 1 < bytes.count && bytes[index + 1] != UInt8(ascii: "<"):
        add(hexadecimal(bytes, &index))
      case UInt8(ascii: "<"), UInt8(ascii: ">"):
        index += index + 1 < bytes.count && bytes[index + 1] == bytes[index] ? 2 : 1
      case UInt8(ascii: "/"):
        let start = index
        index += 1
        while index < bytes.count, isNameByte(bytes[index]) { index += 1 }
        if forbidden.contains(unescaped(bytes[start..<index])) {
          text.obstacles.append((GatePlace(.property, count + 1), .unreadable))
        }
      case UInt8(ascii: "s") where bytes[index...].starts(with: Array("stream".utf8)):
        index = bytes[index...].firstRange(of: Array("endstream".utf8))?.upperBound ?? bytes.count
      case UInt8(ascii: "%"):
        // A remark, of which only the second line of every PDF is usual.
        let end = bytes[index...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
        if bytes[index..<end].allSatisfy({ $0 < 0x80 }) { add(Array(bytes[index..<end])) }
        index = end
      default: index += 1
      }
    }
    return text
  }

  private static func isNameByte(_ byte: UInt8) -> Bool { byte > 0x20 && !"()<>[]{}/%".utf8.contains(byte) }

  /// `/#4AS` is `/JS`.
  private static func unescaped(_ name: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var index = name.startIndex
    while index < name.endIndex {
      if name[index] == UInt8(ascii: "#"), index + 2 < name.endIndex,
        let byte = UInt8(String(decoding: name[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        result.append(byte)
        index += 3
      } else {
        result.append(name[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// ISO 32000-1 §7.3.4.2.
  private static func literal(_ bytes: [UInt8], _ index: inout Int) -> [UInt8] {
    var string: [UInt8] = []
    var depth = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "("):
        if depth > 0 { string.append(byte) }
        depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return string }
        string.append(byte)
      case UInt8(ascii: "\\"):
        guard index < bytes.count else { return string }
        string += escaped(bytes, &index)
      default: string.append(byte)
      }
    }
    return string
  }

  private static func escaped(_ bytes: [UInt8], _ index: inout Int) -> [UInt8] {
    let letter = bytes[index]
    index += 1
    switch letter {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "b"), UInt8(ascii: "f"): return [0x20]
    case 0x0A, 0x0D: return []
    case 0x30...0x37:
      var value = Int(letter - 0x30)
      for _ in 0..<2 {
        guard index < bytes.count, (0x30...0x37).contains(bytes[index]) else { break }
        value = value * 8 + Int(bytes[index] - 0x30)
        index += 1
      }
      return [UInt8(value & 0xFF)]
    default: return [letter]
    }
  }

  private static func hexadecimal(_ bytes: [UInt8], _ index: inout Int) -> [UInt8] {
    let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
    let digits = bytes[index + 1..<end].compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    index = min(end + 1, bytes.count)
    return stride(from: 0, to: digits.count, by: 2).map {
      UInt8(digits[$0] << 4 | ($0 + 1 < digits.count ? digits[$0 + 1] : 0))
    }
  }

  /// UTF-16 behind its mark, UTF-8 behind its own, else one byte a character.
  private static func decoded(_ string: [UInt8]) -> String {
    if string.starts(with: [0xFE, 0xFF]) {
      let units = stride(from: 2, to: string.count - 1, by: 2).map { UInt16(string[$0]) << 8 | UInt16(string[$0 + 1]) }
      return String(decoding: units, as: UTF16.self)
    }
    if string.starts(with: [0xEF, 0xBB, 0xBF]) { return String(decoding: string.dropFirst(3), as: UTF8.self) }
    return String(String.UnicodeScalarView(string.map { Unicode.Scalar($0) }))
  }
}
