package import Suggestions

/// A text that was found.
package struct SearchHit: Sendable, Hashable {
  /// The suggestion it is handled with.
  package var suggestion: Int
  /// Of the suggestion.
  package var receipt: String
  package var state: CaseState
  package var track: Track
  /// Whose words these are: of those handled with the suggestion, the first that says what was looked for.
  package var submission: Int
  /// When it was handed in; seconds since 1970.
  package var submittedAt: Int64?
  package var title: String
  /// Stretches of the title to mark, in Unicode scalars, ascending.
  package var titleMarks: [Range<Int>]
  /// A piece of the body around the first place that was found, with … where something is left out.
  package var excerpt: String
  package var marks: [Range<Int>]
}

/// What was found, the latest first.
package struct SearchPage: Sendable, Hashable {
  package var hits: [SearchHit] = []
  /// Where the next page goes on, which may turn out empty; nil when everything was looked at.
  package var next: Int?
  /// Ends before it is full, as many texts have the words and few have them as they were asked for. The next page goes
  /// on.
  package var isCut = false
  /// Submissions that were not looked at, as they wait to be taken into the index.
  package var waiting = 0

  package init() {}
}

/// A piece of a text, with stretches to mark.
struct MarkedExcerpt {
  private(set) var text: String
  private(set) var marks: [Range<Int>]

  /// Characters before the first mark that are kept.
  private static let lead = 24

  /// - Parameters:
  ///   - ranges: bytes of the text, in any order.
  ///   - length: characters kept; nil for all.
  init(_ bytes: [UInt8], _ ranges: [Range<Int>], length: Int?) {
    let whole = String(decoding: bytes, as: UTF8.self)
    let marks = MarkedExcerpt.scalars(ranges, in: bytes)
    guard let length, whole.count > length else {
      (text, self.marks) = (whole, marks)
      return
    }
    // Characters are what is cut, as half of one helps nobody; scalars are what is counted.
    let characters = Array(whole)
    var first = 0
    var passed = 0
    if let mark = marks.first {
      while first < characters.count, passed + characters[first].unicodeScalars.count <= mark.lowerBound {
        passed += characters[first].unicodeScalars.count
        first += 1
      }
    }
    let start = min(max(0, first - MarkedExcerpt.lead), characters.count - length)
    let shift = characters[..<start].reduce(0) { $0 + $1.unicodeScalars.count } - (start > 0 ? 1 : 0)
    let kept = characters[start..<start + length]
    let end = kept.reduce(shift + (start > 0 ? 1 : 0)) { $0 + $1.unicodeScalars.count }
    text = (start > 0 ? "…" : "") + String(kept) + (start + length < characters.count ? "…" : "")
    self.marks = marks.compactMap { mark in
      let upper = min(mark.upperBound, end)
      return mark.lowerBound < upper ? mark.lowerBound - shift..<upper - shift : nil
    }
  }

  /// Ranges of bytes as ranges of scalars, ascending, those that touch as one.
  private static func scalars(_ ranges: [Range<Int>], in bytes: [UInt8]) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, range.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    var index = 0
    var count = 0
    func scalar(at byte: Int) -> Int {
      while index < min(byte, bytes.count) {
        if bytes[index] & 0xC0 != 0x80 { count += 1 }
        index += 1
      }
      return count
    }
    return joined.map { range in
      let lower = scalar(at: range.lowerBound)
      return lower..<scalar(at: range.upperBound)
    }
  }
}
