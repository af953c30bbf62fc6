/// The words under which a text is kept, and under which it is looked for.
///
/// Chinese has no spaces: each two ideographs that follow one another are a word, and the last of a run by itself, so
/// that one character is found as the beginning of words. Words of letters and numbers are what stands between other
/// things; of a long one the beginning. Texts are kept under more than they say (a corrected text stays under the words
/// of before): whoever looks something up reads the text before believing it.
enum SearchWords {
  /// Units of a long word that are kept.
  static let longest = 32

  /// Two ideographs, or one and 0.
  struct Pair: Hashable {
    var first: UInt32
    var second: UInt32

    var bytes: [UInt8] { SearchWords.bytes(second == 0 ? [first] : [first, second]) }
  }

  static func bytes(_ scalars: some Sequence<UInt32>) -> [UInt8] {
    var text = String.UnicodeScalarView()
    for scalar in scalars { text.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
    return Array(String(text).utf8)
  }

  /// The words of a text; some more than once.
  static func each(
    _ units: [SearchableText.Unit], pair: (Pair) -> Void, word: (ArraySlice<SearchableText.Unit>) -> Void
  ) {
    var start = 0
    while start < units.count {
      let shape = units[start].shape
      var end = start + 1
      while end < units.count, SearchableText.goesOn(units[end], from: shape) {
        if shape == .ideograph { pair(Pair(first: units[end - 1].scalar, second: units[end].scalar)) }
        end += 1
      }
      switch shape {
      case .ideograph: pair(Pair(first: units[end - 1].scalar, second: 0))
      case .letter, .digit: word(units[start..<min(end, start + longest)])
      case .other: break
      }
      start = end
    }
  }
}
