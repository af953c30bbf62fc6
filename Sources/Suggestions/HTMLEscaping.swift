/// Text as HTML shows it, safe between tags and between quotes.
///
/// Mustache's own escaping goes by grapheme: a quotation mark with a combining sign after it is another `Character`, is
/// let through, and ends an attribute. This one goes by byte. What XML 1.0 and browsers know no character for (U+0000
/// and the other controls, lone non-characters) becomes U+FFFD; what turns the writing direction of the rest of a page
/// is left to the style sheet, which isolates every citizen's text.
package enum HTMLEscaping {
  package static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case UInt8(ascii: "'"): bytes += "&#39;".utf8
      case UInt8(ascii: "`"): bytes += "&#96;".utf8
      case 0..<9, 11, 12, 14..<32, 127: bytes += "\u{FFFD}".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
