package import Store

/// Two keyings of one page, entry beside entry.
package struct BookPairs {
  package struct Pair: Hashable {
    /// Nil where the first has no such entry.
    package var first: BookKeying.Entry?
    package var second: BookKeying.Entry?

    package var isSame: Bool { first == second }
  }

  package let pairs: [Pair]

  /// As many entries in both: the n-th beside the n-th, as people count lines differently. Else by the line they begin on.
  package init(_ first: BookKeying, _ second: BookKeying) {
    let (one, other) = (BookPairs.tidy(first), BookPairs.tidy(second))
    if one.count == other.count {
      pairs = zip(one, other).map { Pair(first: $0, second: $1) }
      return
    }
    var pairs: [Pair] = []
    var (left, right) = (one[...], other[...])
    while let next = [left.first?.line, right.first?.line].compactMap(\.self).min() {
      var pair = Pair()
      if left.first?.line == next { pair.first = left.popFirst() }
      if right.first?.line == next { pair.second = right.popFirst() }
      pairs.append(pair)
    }
    self.pairs = pairs
  }

  package var differing: [Int] { pairs.indices.filter { !pairs[$0].isSame } }

  /// What is no difference on paper: white space at the ends and empty lines.
  private static func tidy(_ keying: BookKeying) -> [BookKeying.Entry] {
    keying.entries.map { entry in
      BookKeying.Entry(
        line: entry.line, date: entry.date, writer: entry.writer,
        text: BookTranscript.lines(entry.text).joined(separator: "\n"))
    }
  }
}
