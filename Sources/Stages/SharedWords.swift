internal import Text

/// What two texts have in common, in words a reviewer can read.
package struct SharedWord: Sendable, Hashable {
  package var text: String
  package var field: MatterField
  /// Texts of the history its rarest piece stands in.
  package var count: UInt32
}

/// Finds the longest stretches two texts share, and puts those first that fewest other texts have.
package enum SharedWords {
  /// Characters of a field that are looked at.
  private static let longest = 1500

  /// - Parameters:
  ///   - one: folded, of one field.
  ///   - other: the same of another text.
  ///   - limit: how many at most.
  package static func of(
    _ one: [UInt32], _ other: [UInt32], _ field: MatterField, _ frequencies: borrowing MatterFrequencies, limit: Int
  ) -> [SharedWord] {
    let one = one.prefix(longest).map { (scalar: $0, letter: MatterLetter.code($0)) }
    let other = other.prefix(longest).map(MatterLetter.code)
    var places: [UInt64: [Int]] = [:]
    for index in 1..<max(1, other.count) where other[index - 1] != 0 && other[index] != 0 {
      places[other[index - 1] << 15 | other[index], default: []].append(index - 1)
    }
    // What stands in an eighth of all texts tells nobody anything.
    let common = UInt32(clamping: max(8, frequencies.texts / 8))
    var words: [(word: SharedWord, length: Int, place: Int)] = []
    var end = 0
    for start in 0..<max(0, one.count - 1) where one[start].letter != 0 && one[start + 1].letter != 0 {
      var length = 0
      for place in places[one[start].letter << 15 | one[start + 1].letter] ?? [] {
        var same = 2
        while start + same < one.count, place + same < other.count, one[start + same].letter != 0,
          one[start + same].letter == other[place + same]
        { same += 1 }
        length = max(length, same)
      }
      guard length > 0, start + length > end else { continue }
      end = start + length
      let count = rarest(one[start..<end].map(\.letter), field, frequencies)
      guard count <= common else { continue }
      let text = Folding.string(one[start..<end].map(\.scalar))
      if words.contains(where: { $0.word.text == text }) { continue }
      words.append((SharedWord(text: text, field: field, count: count), length, start))
    }
    words.sort { ($0.word.count, $1.length, $0.place) < ($1.word.count, $0.length, $1.place) }
    return words.prefix(max(0, limit)).map(\.word)
  }

  /// Texts that have the rarest piece of a stretch.
  private static func rarest(
    _ letters: [UInt64], _ field: MatterField, _ frequencies: borrowing MatterFrequencies
  ) -> UInt32 {
    var least = UInt32.max
    let length = min(4, letters.count)
    for start in 0...letters.count - length {
      let key = letters[start..<start + length].reduce(0) { $0 << 15 | $1 }
      least = min(least, frequencies.count(key, in: field))
    }
    return least
  }
}
