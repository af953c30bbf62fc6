/// A stored text as people may read it: the redacted text without the tokens that stand behind its placeholders.
///
/// The tokens are `Redaction`'s, of the room Text, which the store may not import: scalars of plane 15 (U+F0000 to
/// U+FFFFF), made with the store's own secret. They would tell two stores of the same content apart, and inside one
/// they show that two cut-out details are the same; so nothing leaves with them.
struct DisplayText {
  let stored: [UInt8]

  init(_ stored: [UInt8]) { self.stored = stored }

  var text: String {
    // Four bytes from F3 B0 to F3 BF: no other scalar's UTF-8 begins so.
    guard stored.contains(0xF3) else { return String(decoding: stored, as: UTF8.self) }
    var kept: [UInt8] = []
    kept.reserveCapacity(stored.count)
    var index = 0
    while index < stored.count {
      if isToken(at: index) {
        index += 4
      } else {
        kept.append(stored[index])
        index += 1
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  /// A range of stored bytes in scalars of ``text``; nil when it does not lie in the text.
  func scalars(start: Int, count: Int) -> (start: Int, count: Int)? {
    guard start >= 0, count >= 0, start <= stored.count, count <= stored.count - start else { return nil }
    return (scalars(in: 0..<start), scalars(in: start..<start + count))
  }

  private func scalars(in range: Range<Int>) -> Int {
    var found = 0
    for index in range where stored[index] & 0xC0 != 0x80 && !isToken(at: index) { found += 1 }
    return found
  }

  func isToken(at index: Int) -> Bool {
    stored[index] == 0xF3 && index + 4 <= stored.count && stored[index + 1] >= 0xB0
  }

  /// The beginning, for a list; characters, as half an emoji helps nobody.
  func excerpt(_ length: Int) -> String {
    let whole = text
    let cut = whole.prefix(length)
    return cut.endIndex == whole.endIndex ? whole : cut + "…"
  }
}
