/// The text people read: personal details cut out, a typed placeholder in their place.
///
/// Behind each placeholder stands an invisible token, one scalar of plane 15 made from a keyed hash of what was cut out,
/// so that two texts that differ only in a door number stay different texts for the duplicate index without the store
/// holding the number. ``display(_:)`` drops the tokens; whatever leaves the store goes through it.
package struct Redaction: Sendable {
  private let key: UInt64

  /// - Parameter key: the store's own secret; tokens of two stores cannot be compared.
  package init(key: UInt64) { self.key = key }

  package struct Cut: Sendable, Hashable {
    /// Bytes of the original text that were cut out.
    package var source: Range<Int>
    package var kind: PersonalDataKind
  }

  /// Replaces the spans found in the folded text of `bytes`; `folded` is its range in `text`.
  package func redact(
    _ bytes: UnsafeBufferPointer<UInt8>, folded range: Range<Int>, of text: borrowing FoldedText,
    spans: [PersonalDataSpan]
  ) -> (text: [UInt8], cuts: [Cut]) {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + spans.count * 12)
    var cuts: [Cut] = []
    var copied = 0
    for span in spans {
      let from = Int(text.sources[range.lowerBound + span.range.lowerBound])
      let last = Int(text.sources[range.lowerBound + span.range.upperBound - 1])
      let to = last + Redaction.length(of: bytes[last])
      guard from >= copied else { continue }
      result.append(contentsOf: bytes[copied..<from])
      result.append(contentsOf: span.kind.placeholder.utf8)
      let scalars = text[range.lowerBound + span.range.lowerBound..<range.lowerBound + span.range.upperBound]
      let token = 0xF0000 + UInt32(truncatingIfNeeded: TextHash.of(scalars, seed: key) & 0xFFFF) % 0xFFF0
      if let token = Unicode.Scalar(token) { result.append(contentsOf: Array(String(Character(token)).utf8)) }
      cuts.append(Cut(source: from..<to, kind: span.kind))
      copied = to
    }
    result.append(contentsOf: bytes[copied..<bytes.count])
    return (result, cuts)
  }

  private static func length(of lead: UInt8) -> Int { lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }

  /// The redacted text without its tokens.
  package static func display(_ text: String) -> String {
    guard text.utf8.contains(0xF3) else { return text }
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !isToken(scalar.value) { kept.append(scalar) }
    return String(kept)
  }

  package static func isToken(_ scalar: UInt32) -> Bool { (0xF0000...0xFFFFF).contains(scalar) }
}
