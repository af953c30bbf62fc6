/// The bytes around a fault: as digits and as text, with everything that nobody would see made visible.
package struct FaultWindow {
  private let bytes: [UInt8]
  /// Offset of the fault in the record, as far as its place tells.
  package let fault: Int

  private static let row = 16
  /// Rows of digits before and behind that of the fault.
  private static let around = 6
  /// Bytes of text before and behind it.
  private static let reach = 600

  /// - Parameters:
  ///   - line: of the file, on which the record begins, from 1.
  ///   - faultLine: of the file.
  ///   - faultColumn: in characters, from 1.
  package init(_ bytes: [UInt8], line: Int, faultLine: Int, faultColumn: Int) {
    self.bytes = bytes
    var place = 0
    for _ in 0..<max(0, faultLine - line) {
      guard let end = bytes[place...].firstIndex(of: 0x0A) else { break }
      place = end + 1
    }
    // Where the record does not begin its line, the column counts from further left: then this is the line's beginning
    // or, at worst, its end.
    var column = 1
    while column < faultColumn, place < bytes.count, bytes[place] != 0x0A {
      place += 1
      if place == bytes.count || bytes[place] & 0xC0 != 0x80 { column += 1 }
    }
    place = min(place, max(0, bytes.count - 1))
    // To the beginning of its character, which has four bytes at most.
    for _ in 0..<3 where place > 0 && bytes[place] & 0xC0 == 0x80 { place -= 1 }
    fault = place
  }

  package struct Row {
    /// Of its first byte in the record.
    package var offset: String
    /// Of each byte, two digits.
    package var digits: [(text: String, isFault: Bool)]
    /// ASCII as it is, a dot for the rest.
    package var text: String
  }

  package var rows: [Row] {
    guard !bytes.isEmpty else { return [] }
    let middle = fault / FaultWindow.row
    let last = (bytes.count - 1) / FaultWindow.row
    return (max(0, middle - FaultWindow.around)...min(last, middle + FaultWindow.around)).map { number in
      let start = number * FaultWindow.row
      let range = start..<min(start + FaultWindow.row, bytes.count)
      let text = bytes[range].map { (0x20...0x7E).contains($0) ? Character(Unicode.Scalar($0)) : "·" }
      return Row(
        offset: FaultWindow.hexadecimal(start, digits: 6),
        digits: range.map { (FaultWindow.hexadecimal(Int(bytes[$0]), digits: 2), $0 == fault) }, text: String(text))
    }
  }

  /// The text around the fault, cut between characters; `fault` is the index of its scalar in it, nil at the very end.
  package var text: (text: String, fault: Range<Int>, isCutBefore: Bool, isCutBehind: Bool) {
    var start = max(0, fault - FaultWindow.reach)
    while start > 0, start < bytes.count, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    var end = min(bytes.count, fault + FaultWindow.reach)
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let before = FaultWindow.visible(bytes[start..<fault])
    let behind = FaultWindow.visible(bytes[fault..<end])
    let place = before.unicodeScalars.count
    let length = behind.isEmpty ? 0 : 1
    return (before + behind, place..<place + length, start > 0, end < bytes.count)
  }

  /// Controls as their pictures (U+2400 …), line ends and tabs as themselves.
  private static func visible(_ bytes: ArraySlice<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let isControl = scalar.value < 0x20 && scalar != "\n" && scalar != "\t"
      let picture = isControl ? 0x2400 + scalar.value : scalar.value == 0x7F ? 0x2421 : scalar.value
      text.append(Unicode.Scalar(picture) ?? "\u{FFFD}")
    }
    return String(text)
  }

  private static func hexadecimal(_ value: Int, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
