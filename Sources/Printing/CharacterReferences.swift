/// `&#x31;`, `&#49;`, `&commat;` in text and attributes.
enum CharacterReferences {
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      let behind = rest[rest.index(after: start)...]
      let name = behind.prefix(40).prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "#") }
      guard !name.isEmpty, let scalars = scalars(of: name) else {
        result += "&"
        rest = behind
        continue
      }
      result += scalars
      rest = behind[name.endIndex...]
      if rest.first == ";" { rest = rest.dropFirst() }
    }
    return result + rest
  }

  /// Nil where it names nothing and stands for itself.
  private static func scalars(of name: Substring) -> String? {
    guard name.first == "#" else { return names[String(name)] }
    let digits = name.dropFirst()
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let scalar = number.flatMap(Unicode.Scalar.init) else { return nil }
    return String(Character(scalar))
  }

  /// Those an identifier could be written or taken apart with; others are words of no digit.
  private static let names: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ensp": " ", "emsp": " ", "thinsp": " ",
    "hairsp": " ", "numsp": " ", "puncsp": " ", "shy": "\u{AD}", "zwj": "\u{200D}", "zwnj": "\u{200C}",
    "lrm": "\u{200E}",
    "rlm": "\u{200F}", "NoBreak": "\u{2060}", "ZeroWidthSpace": "\u{200B}", "NonBreakingSpace": " ", "ThinSpace": " ",
    "Tab": "\t", "NewLine": "\n", "commat": "@", "period": ".", "lowbar": "_", "hyphen": "-", "dash": "-", "ndash": "-",
    "mdash": "-", "horbar": "-", "colon": ":", "plus": "+", "middot": "·", "centerdot": "·", "sol": "/", "bsol": "\\",
    "num": "#", "lpar": "(", "rpar": ")", "emsp13": " ", "emsp14": " ", "MediumSpace": " ", "VeryThinSpace": " ",
  ]
}
