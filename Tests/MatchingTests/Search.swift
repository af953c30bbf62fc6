import Matching

/// Both matchers behind one face.
enum Search {
  static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  static func automaton(_ keywords: [[UInt32]], _ text: [UInt32]) -> [Hit] { hits(KeywordAutomaton(keywords), text) }

  static func hits(_ automaton: KeywordAutomaton, _ text: [UInt32]) -> [Hit] {
    var buffer = HitBuffer(capacity: 4)
    text.withUnsafeBufferPointer { automaton.scan($0, into: &buffer) }
    var found: [Hit] = []
    for index in 0..<buffer.count { found.append(buffer[index]) }
    return found
  }

  /// Tries every keyword at every place.
  static func naive(_ keywords: [[UInt32]], _ text: [UInt32]) -> [Hit] {
    let longestFirst = keywords.indices.filter { !keywords[$0].isEmpty }
      .sorted { (keywords[$1].count, $0) < (keywords[$0].count, $1) }
    var found: [Hit] = []
    for end in text.indices.map({ $0 + 1 }) {
      for number in longestFirst where keywords[number].count <= end {
        let start = end - keywords[number].count
        if text[start..<end].elementsEqual(keywords[number]) {
          found.append(Hit(keyword: UInt32(number), start: UInt32(start), end: UInt32(end)))
        }
      }
    }
    return found
  }
}
