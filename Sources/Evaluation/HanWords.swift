internal import Text

/// Runs of Han characters of a text, each once, whether or not a dictionary has them: what unknown words are found among.
enum HanWords {
  /// Of the folded text, for each length.
  static func of(_ text: String, lengths: ClosedRange<Int>) -> Set<[UInt32]> {
    let scalars = Folding.scalars(text)
    var words: Set<[UInt32]> = []
    var run = 0
    for end in scalars.indices {
      run = (0x4E00...0x9FFF).contains(scalars[end]) ? run + 1 : 0
      for length in lengths where length <= run { words.insert(Array(scalars[end + 1 - length...end])) }
    }
    return words
  }

  static func contains(_ long: [UInt32], _ short: [UInt32]) -> Bool {
    guard short.count <= long.count else { return false }
    return (0...(long.count - short.count)).contains { long[$0...].starts(with: short) }
  }
}
