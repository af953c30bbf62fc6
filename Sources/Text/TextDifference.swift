/// Where two texts differ, for people who compare them: the stretches to be marked in either.
///
/// Texts are taken apart into atoms that are never marked in part: numbers, Latin words, characters as people see them
/// (an emoji with its skin colour), and a placeholder together with its token, so that two cut-out telephone numbers
/// differ although both read 〔手机号〕. The shortest edit script between the atoms (Myers 1986) is what is marked.
package struct TextDifference: Sendable, Hashable {
  /// Stretches of the first text that the second does not have, in scalars of the displayed text, ascending.
  package var left: [Range<Int>]
  /// The same of the second text.
  package var right: [Range<Int>]

  /// Inserted and deleted atoms beyond which texts are called different from the first difference to the last: the time
  /// grows with the square of it, and nobody compares character by character what has so little in common.
  private static let mostEdits = 600

  /// - Parameters:
  ///   - first: a redacted text, with or without the tokens behind its placeholders.
  ///   - second: the text it is compared with.
  package init(_ first: String, _ second: String) {
    var numbers: [Substring: Int32] = [:]
    let one = Atoms(first, &numbers)
    let other = Atoms(second, &numbers)
    var start = 0
    while start < min(one.words.count, other.words.count), one.words[start] == other.words[start] { start += 1 }
    var tail = 0
    while tail < min(one.words.count, other.words.count) - start,
      one.words[one.words.count - 1 - tail] == other.words[other.words.count - 1 - tail]
    { tail += 1 }
    let middle = start..<one.words.count - tail
    let otherMiddle = start..<other.words.count - tail
    let script = TextDifference.script(Array(one.words[middle]), Array(other.words[otherMiddle]))
    left = one.stretches(script?.deleted.map { $0 + start } ?? Array(middle))
    right = other.stretches(script?.inserted.map { $0 + start } ?? Array(otherMiddle))
  }

  /// Indexes of what has to go from the first and come in from the second; nil when that is too much.
  private static func script(_ one: [Int32], _ other: [Int32]) -> (deleted: [Int], inserted: [Int])? {
    if one.isEmpty || other.isEmpty { return (Array(one.indices), Array(other.indices)) }
    // furthest[diagonal + edits + 1]: how far into `one` a path of so many edits gets on each diagonal.
    var rounds: [[Int32]] = []
    var furthest: [Int32] = [0, 0, 0]
    for edits in 0...min(mostEdits, one.count + other.count) {
      var next = [Int32](repeating: 0, count: 2 * edits + 5)
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        let at = diagonal + edits
        // `furthest` is that of one edit less: its diagonals stand one place further down.
        let goesDown = diagonal == -edits || diagonal != edits && furthest[at - 1] < furthest[at + 1]
        var x = edits == 0 ? 0 : Int(goesDown ? furthest[at + 1] : furthest[at - 1] + 1)
        while x < one.count, x - diagonal < other.count, one[x] == other[x - diagonal] { x += 1 }
        next[at + 1] = Int32(x)
        if x == one.count, x - diagonal == other.count {
          rounds.append(furthest)
          return walkBack(rounds, one.count, other.count)
        }
      }
      rounds.append(furthest)
      furthest = next
    }
    return nil
  }

  /// Follows the path found from its end to its beginning.
  private static func walkBack(_ rounds: [[Int32]], _ count: Int, _ otherCount: Int) -> (deleted: [Int], inserted: [Int]) {
    var (x, y) = (count, otherCount)
    var deleted: [Int] = []
    var inserted: [Int] = []
    for edits in stride(from: rounds.count - 1, to: 0, by: -1) {
      let furthest = rounds[edits]
      let diagonal = x - y
      let at = diagonal + edits
      let goesDown = diagonal == -edits || diagonal != edits && furthest[at - 1] < furthest[at + 1]
      let previous = goesDown ? diagonal + 1 : diagonal - 1
      x = Int(furthest[previous + edits])
      y = x - previous
      if goesDown { inserted.append(y) } else { deleted.append(x) }
    }
    return (deleted.reversed(), inserted.reversed())
  }
}

/// A text taken apart.
private struct Atoms {
  /// A number per atom; equal atoms have equal ones.
  var words: [Int32] = []
  /// Scalars of the displayed text each atom covers; empty for a token that stands alone.
  private var ranges: [Range<Int>] = []

  init(_ text: String, _ numbers: inout [Substring: Int32]) {
    var starts: [String.Index] = []
    var scalars = 0
    func isWord(_ character: Character) -> Bool {
      character.isASCII && (character.isLetter || character.isNumber)
    }
    var index = text.startIndex
    while index < text.endIndex {
      var end = text.index(after: index)
      if isWord(text[index]) { while end < text.endIndex, isWord(text[end]) { end = text.index(after: end) } }
      var begin = index
      var first = scalars
      if text[index].unicodeScalars.contains(where: { Redaction.isToken($0.value) }),
        let bracket = Atoms.bracket(text, starts)
      {
        // …〔手机号〕 and its token are one.
        begin = starts[bracket]
        first = ranges[bracket].lowerBound
        starts.removeSubrange(bracket...)
        ranges.removeSubrange(bracket...)
        words.removeSubrange(bracket...)
      }
      scalars += text[index..<end].unicodeScalars.count { !Redaction.isToken($0.value) }
      let word = text[begin..<end]
      let number = numbers[word] ?? Int32(numbers.count)
      numbers[word] = number
      words.append(number)
      starts.append(begin)
      ranges.append(first..<scalars)
      index = end
    }
  }

  /// The atom in which the placeholder before a token begins; nil when none ends there.
  private static func bracket(_ text: String, _ starts: [String.Index]) -> Int? {
    guard let last = starts.last, text[last] == "〕" else { return nil }
    return starts.lastIndex { text[$0] == "〔" }
  }

  /// Ranges of some atoms in ascending order, those next to each other joined.
  func stretches(_ atoms: [Int]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for atom in atoms where !ranges[atom].isEmpty {
      if let last = found.last, last.upperBound == ranges[atom].lowerBound {
        found[found.count - 1] = last.lowerBound..<ranges[atom].upperBound
      } else {
        found.append(ranges[atom])
      }
    }
    return found
  }
}
