internal import Store

/// What is said about passwords, and one that nobody has to think of.
enum PasswordWords {
  static func rules(_ say: ConsoleLanguage) -> String {
    let lengths = Password.lengths
    return say(
      "\(lengths.lowerBound) 到 \(lengths.upperBound) 个字，一句好记的话最合适，可以有空格和汉字；不要用名字，也不要用人人都会先试的词。不要求大小写和符号，也不会过期。",
      "\(lengths.lowerBound) to \(lengths.upperBound) characters; a sentence you remember is best, spaces allowed. Not your name, and nothing everybody tries first. No capitals or signs are asked for, and it does not expire.")
  }

  /// Four groups of four letters and digits, none of which is taken for another when read aloud: 79 bits.
  static func madeUp() -> String {
    let signs = Array("abcdefghjkmnpqrstuvwxyz23456789")
    var generator = SystemRandomNumberGenerator()
    let groups = (0..<4).map { _ in
      String((0..<4).compactMap { _ in signs.randomElement(using: &generator) })
    }
    return groups.joined(separator: "-")
  }
}
