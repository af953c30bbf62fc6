/// A header's value and the parameters behind it, as `form-data; name="a"` or `multipart/form-data; boundary=x` (RFC
/// 9110 §5.6.6). What is not written by the rules is left out, never guessed at.
///
/// Read by byte: to Swift a quotation mark with a combining sign behind it is another character, to a browser it is not.
struct HeaderParameters {
  /// Before the first semicolon, lower-cased.
  let value: String
  private let parameters: [(name: String, value: String)]

  /// The first of that name, lower-cased.
  subscript(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  init(_ header: some StringProtocol) { self.init(Array(header.utf8)[...]) }

  init(_ header: ArraySlice<UInt8>) {
    let pieces = HeaderParameters.pieces(header)
    value = HeaderParameters.text(pieces.first ?? []).lowercased()
    parameters = pieces.dropFirst().compactMap(HeaderParameters.parameter)
  }

  private static let quote = UInt8(ascii: "\"")

  private static func parameter(_ piece: ArraySlice<UInt8>) -> (name: String, value: String)? {
    guard let equals = piece.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let name = text(piece[..<equals]).lowercased()
    let written = trimmed(piece[(equals + 1)...])
    guard !name.isEmpty else { return nil }
    guard written.first == quote else {
      return written.isEmpty || written.contains(quote) ? nil : (name, text(written))
    }
    // A quotation that does not end, or goes on behind its end, is none. Browsers write %22 for a quotation mark inside
    // and a backslash for a backslash (HTML, multipart/form-data encoding).
    let inner = written.dropFirst()
    guard let close = inner.firstIndex(of: quote), close == inner.endIndex - 1 else { return nil }
    return (name, String(decoding: inner[..<close], as: UTF8.self))
  }

  /// Cut at the semicolons that stand in no quotation.
  private static func pieces(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var isQuoted = false
    var start = bytes.startIndex
    for place in bytes.indices {
      if bytes[place] == quote { isQuoted.toggle() }
      guard bytes[place] == UInt8(ascii: ";"), !isQuoted else { continue }
      pieces.append(bytes[start..<place])
      start = place + 1
    }
    return pieces + [bytes[start...]]
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: trimmed(bytes), as: UTF8.self) }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let kept = bytes.drop { $0 == 0x20 || $0 == 0x09 }
    guard let last = kept.lastIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return [] }
    return kept[...last]
  }
}
