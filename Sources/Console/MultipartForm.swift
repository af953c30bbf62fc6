internal import Foundation

/// A form with files in it (RFC 7578), read from bytes.
package struct MultipartForm {
  package private(set) var fields = FormFields()
  package private(set) var files: [UploadedFile] = []
  /// Whether the form came with its end. The part that broke off is left out, as half a file would pass for a whole one.
  package private(set) var isWhole = false

  /// Bytes of one part's head; a browser writes two lines.
  private static let mostHead = 8 * 1024
  private static let mostParts = 1000

  package static func boundary(in type: String) -> String? {
    guard let boundary = HeaderParameters(type)["boundary"] else { return nil }
    // RFC 2046 §5.1.1: 1 to 70 characters, the last of them no space.
    return (1...70).contains(boundary.utf8.count) && boundary.last != " " ? boundary : nil
  }

  /// What does not follow the form's rules ends it; the parts before it stand.
  package init(_ body: [UInt8], boundary: String) {
    let mark = Array(("--" + boundary).utf8)
    var all: [(name: String, value: String)] = []
    body.withUnsafeBufferPointer { bytes in
      guard var place = Delimiter(mark, in: bytes, from: 0) else { return }
      while !place.isLast {
        guard all.count + files.count < MultipartForm.mostParts, let next = Delimiter(mark, in: bytes, from: place.end),
          next.start >= place.end, let part = MultipartForm.part(bytes, place.end..<next.start)
        else { return }
        switch part {
        case .field(let name, let range): all.append((name, String(decoding: bytes[range], as: UTF8.self)))
        case .file(let name, let file, let range):
          files.append(UploadedFile(field: name, name: file, bytes: Array(bytes[range])))
        case .nameless: break
        }
        place = next
      }
      isWhole = true
    }
    fields = FormFields(all)
  }

  private enum Part {
    case field(String, Range<Int>)
    case file(String, String, Range<Int>)
    /// By the rules, but not a form's.
    case nameless
  }

  /// Nil where the head has no end or is larger than a head may be.
  private static func part(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Part? {
    // The first line's end is the delimiter's own: a head of nothing ends at once.
    let head = max(0, range.lowerBound - 2)
    let reach = min(range.upperBound, head + mostHead)
    guard head < reach, let blank = find(Array("\r\n\r\n".utf8), in: bytes, from: head, to: reach) else { return nil }
    let content = min(blank + 4, range.upperBound)..<range.upperBound
    guard blank > range.lowerBound else { return .nameless }
    let disposition = lines(bytes, range.lowerBound..<blank).lazy.compactMap { line -> HeaderParameters? in
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      return name == "content-disposition" ? HeaderParameters(line[(colon + 1)...]) : nil
    }.first
    guard let disposition, disposition.value == "form-data", let name = disposition["name"] else { return .nameless }
    guard let file = disposition["filename"] else { return .field(decoded(name), content) }
    return .file(decoded(name), decoded(file), content)
  }

  /// Cut at CR LF; a lone one of the two is part of its line.
  private static func lines(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = range.lowerBound
    while start <= range.upperBound {
      let end = find([0x0D, 0x0A], in: bytes, from: start, to: range.upperBound) ?? range.upperBound
      lines.append(ArraySlice(bytes[start..<end]))
      start = end + 2
    }
    return lines
  }

  /// Browsers write what a quoted name cannot hold as %22, %0D and %0A, and nothing else.
  private static func decoded(_ name: String) -> String {
    name.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
  }

  fileprivate static func find(
    _ needle: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> Int? {
    guard let base = bytes.baseAddress, let first = needle.first else { return nil }
    var place = start
    while place + needle.count <= end {
      guard let found = memchr(base + place, Int32(first), end - needle.count + 1 - place) else { return nil }
      place = base.distance(to: found.assumingMemoryBound(to: UInt8.self))
      if memcmp(found, needle, needle.count) == 0 { return place }
      place += 1
    }
    return nil
  }

  /// A line of the boundary, with the line end before it.
  private struct Delimiter {
    /// Where what stands before it ends.
    let start: Int
    /// Where what stands behind it begins.
    let end: Int
    let isLast: Bool

    /// The next one; a line that only begins like one is none.
    init?(_ mark: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, from: Int) {
      var search = from
      while let found = MultipartForm.find(mark, in: bytes, from: search, to: bytes.count) {
        search = found + 1
        // At the beginning, or behind a line's end, which may be the one of the delimiter before.
        let isAtLine = found == 0 || (found >= 2 && bytes[found - 2] == 0x0D && bytes[found - 1] == 0x0A)
        guard isAtLine, let rest = Delimiter.rest(bytes, from: found + mark.count) else { continue }
        start = max(from, found == 0 ? 0 : found - 2)
        (end, isLast) = rest
        return
      }
      return nil
    }

    /// Behind the boundary: two dashes for the end, or spaces and the line's end.
    private static func rest(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (end: Int, isLast: Bool)? {
      if start + 1 < bytes.count, bytes[start] == 0x2D, bytes[start + 1] == 0x2D { return (start + 2, true) }
      var place = start
      while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
      guard place + 1 < bytes.count, bytes[place] == 0x0D, bytes[place + 1] == 0x0A else { return nil }
      return (place + 2, false)
    }
  }
}
