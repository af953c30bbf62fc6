internal import Suggestions

/// The two dates of a PDF the browser takes from the clock, set to one that is known: the one thing in which two prints
/// of a page differ.
enum PDFDates {
  static func set(_ document: [UInt8], to instant: Int64) -> [UInt8] {
    var bytes = document
    let date = Array(text(of: instant).utf8)
    for key in ["/CreationDate (", "/ModDate ("] {
      let mark = Array(key.utf8)
      var from = 0
      while let start = bytes[from...].firstRange(of: mark)?.upperBound {
        from = start
        // As long as what it replaces, so that no offset in the document moves.
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: ")")), end - start == date.count,
          bytes[start...].starts(with: Array("D:".utf8))
        else { continue }
        bytes.replaceSubrange(start..<end, with: date)
      }
    }
    return bytes
  }

  /// `D:20250801000000+00'00'` (ISO 32000-1 §7.9.4).
  private static func text(of instant: Int64) -> String {
    let time = CivilTime(instant, offset: 0)
    func digits(_ number: Int, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    let day = digits(time.year, 4) + digits(time.month, 2) + digits(time.day, 2)
    return "D:\(day)\(digits(time.hour, 2))\(digits(time.minute, 2))\(digits(time.second, 2))+00'00'"
  }
}
