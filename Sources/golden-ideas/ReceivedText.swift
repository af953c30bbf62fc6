import Foundation
import Text

/// The texts of a record as it was received, read for what the redaction cut out of them.
///
/// A record is an object of JSON, an element of XML or a piece of a transcript. Written escapes would hide a door
/// number from the finder, so they are undone first; which field a text stood in does not matter here.
struct ReceivedText {
  let texts: [String]

  init(_ bytes: [UInt8]) {
    let whole = String(decoding: bytes, as: UTF8.self)
    let start = whole.drop { $0.isWhitespace }.first
    if start == "{" || start == "[", let value = try? JSONSerialization.jsonObject(with: Data(bytes)) {
      var found: [String] = []
      ReceivedText.strings(value, &found)
      texts = found
    } else if start == "<" {
      texts = ReceivedText.elements(whole)
    } else {
      texts = [whole]
    }
  }

  /// Each once, in the order in which they stand.
  var doorNumbers: [String] {
    var found: [String] = []
    for text in texts {
      for door in ReceivedText.spans(of: .doorNumber, in: text) where !found.contains(door) { found.append(door) }
    }
    return found
  }

  /// A mapping's values in the order of their keys, as the order they were written in is not kept.
  private static func strings(_ value: Any, _ found: inout [String]) {
    switch value {
    case let text as String: found.append(text)
    case let list as [Any]: for element in list { strings(element, &found) }
    case let fields as [String: Any]:
      for key in fields.keys.sorted() { if let value = fields[key] { strings(value, &found) } }
    default: break
    }
  }

  /// What stands between the tags, and in the attributes.
  private static func elements(_ markup: String) -> [String] {
    var found: [String] = []
    var rest = markup[...]
    while let open = rest.firstIndex(of: "<") {
      found.append(plain(rest[..<open]))
      rest = rest[open...]
      if rest.hasPrefix("<![CDATA["), let end = rest.range(of: "]]>") {
        found.append(String(rest[rest.index(rest.startIndex, offsetBy: 9)..<end.lowerBound]))
        rest = rest[end.upperBound...]
        continue
      }
      guard let close = rest.firstIndex(of: ">") else { break }
      let quoted = rest[..<close].split(separator: "\"", omittingEmptySubsequences: false)
      for place in stride(from: 1, to: quoted.count, by: 2) { found.append(plain(quoted[place])) }
      rest = rest[rest.index(after: close)...]
    }
    found.append(plain(rest))
    return found.filter { text in text.contains { !$0.isWhitespace } }
  }

  /// The five entities XML has of itself, and numbered characters.
  private static func plain(_ text: Substring) -> String {
    let pieces = text.split(separator: "&", omittingEmptySubsequences: false)
    var result = String(pieces[0])
    for piece in pieces.dropFirst() {
      guard let end = piece.firstIndex(of: ";"), let scalar = character(piece[..<end]) else {
        result += "&" + piece
        continue
      }
      result += scalar + piece[piece.index(after: end)...]
    }
    return result
  }

  private static func character(_ name: Substring) -> String? {
    if let known = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"][String(name)] { return known }
    guard name.first == "#" else { return nil }
    let digits = name.dropFirst()
    let number = digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
  }

  private static func spans(of kind: PersonalDataKind, in text: String) -> [String] {
    let bytes = Array(text.utf8)
    var folded = FoldedText()
    let range = bytes.withUnsafeBufferPointer { folded.fold($0) }
    let sources = UnsafeBufferPointer(start: folded.sources + range.lowerBound, count: range.count)
    let found = PersonalData.spans(in: folded[range], sources: sources).filter { $0.kind == kind }
    return found.map { span in
      let from = Int(sources[span.range.lowerBound])
      var to = Int(sources[span.range.upperBound - 1]) + 1
      // To the end of the last character.
      while to < bytes.count, bytes[to] & 0xC0 == 0x80 { to += 1 }
      return String(decoding: bytes[from..<to], as: UTF8.self)
    }
  }
}
