/// Parts of a text as somebody selected them on a page, found again in the text as it is kept: white space and what
/// cannot be seen may differ, and the tokens behind placeholders are not on any page.
package struct TextParts {
  private struct Seen {
    var scalar: Unicode.Scalar
    /// Bytes of the text, tokens behind it included.
    var bytes: Range<Int>
  }

  private let seen: [Seen]
  /// For each of them whether a part that was found covers it.
  private var isTaken: [Bool]

  /// - Parameter text: UTF-8.
  package init(_ text: [UInt8]) {
    var seen: [Seen] = []
    var start = 0
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let end = start + UTF8.width(scalar)
      if Redaction.isToken(scalar.value) {
        if let last = seen.indices.last { seen[last].bytes = seen[last].bytes.lowerBound..<end }
      } else if TextParts.isSeen(scalar) {
        seen.append(Seen(scalar: scalar, bytes: start..<end))
      }
      start = end
    }
    self.seen = seen
    isTaken = Array(repeating: false, count: seen.count)
  }

  package enum Finding: Sendable, Hashable {
    /// Bytes of the text.
    case found(Range<Int>)
    case absent
    /// Only where a part stands that was found before.
    case taken
    /// The part has nothing to be found.
    case empty
  }

  /// Finds a part where no other was found, the first time it stands there.
  package mutating func find(_ part: String) -> Finding {
    let wanted = part.unicodeScalars.filter { TextParts.isSeen($0) && !Redaction.isToken($0.value) }
    guard wanted.contains(where: \.properties.isAlphabetic) else { return .empty }
    var finding = Finding.absent
    for start in 0..<max(0, seen.count - wanted.count + 1) {
      let place = start..<start + wanted.count
      guard zip(seen[place], wanted).allSatisfy({ $0.scalar == $1 }) else { continue }
      if isTaken[place].contains(true) {
        finding = .taken
        continue
      }
      for index in place { isTaken[index] = true }
      return .found(seen[place.lowerBound].bytes.lowerBound..<seen[place.upperBound - 1].bytes.upperBound)
    }
    return finding
  }

  /// Whether anything is said outside the parts.
  package var hasRest: Bool { zip(seen, isTaken).contains { $0.scalar.properties.isAlphabetic && !$1 } }

  private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
  }
}
