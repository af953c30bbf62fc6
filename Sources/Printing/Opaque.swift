/// Bytes written as letters, in which anything may be.
enum Opaque {
  /// Characters in a row from which on no word, address or digest looks like them.
  private static let longest = 80

  static func isIn(_ text: String) -> Bool { hasDataAddress(text) || hasEncodedBytes(text) }

  /// `data:image/png;base64,…`
  private static func hasDataAddress(_ text: String) -> Bool {
    guard text.utf8.count > 6 else { return false }
    let small = text.lowercased()
    return small.ranges(of: "data:").contains { start in
      let kind = small[start.upperBound...].prefix(120).prefix { $0 != "," && !$0.isWhitespace }
      let rest = small[kind.endIndex...]
      return rest.first == "," && (kind.contains("/") || kind.contains(";") || kind.isEmpty)
        && kind.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/+.;=-_".contains($0)) }
    }
  }

  private static func hasEncodedBytes(_ text: String) -> Bool {
    var run = (count: 0, small: false, large: false, digit: false)
    for byte in text.utf8 {
      switch byte {
      case 0x61...0x7A: run.small = true
      case 0x41...0x5A: run.large = true
      case 0x30...0x39: run.digit = true
      case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "_"): break
      default:
        run = (0, false, false, false)
        continue
      }
      run.count += 1
      // A digest is long too, but all its letters are small or all large.
      if run.count >= longest, run.small, run.large, run.digit { return true }
    }
    return false
  }
}
