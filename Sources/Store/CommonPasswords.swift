/// What is tried first: words and walks over the keyboard that stand at the head of every list of leaked passwords, and
/// the words of this platform and its city (NIST SP 800-63B-4 §3.1.1.2: values commonly used, expected or compromised,
/// context-specific words among them). Short on purpose: it stops the laziest choices, the count of failures the rest.
enum CommonPasswords {
  private static let words: [String] = [
    "password", "passw0rd", "p@ssw0rd", "pass", "word", "admin", "administrator", "root", "user", "test", "guest",
    "login", "welcome", "letmein", "iloveyou", "secret", "changeme", "default", "master", "monkey", "dragon",
    "sunshine", "princess", "football", "baseball", "superman", "hello", "qwerty", "asdf", "zxcv", "1qaz", "2wsx",
    "3edc", "4rfv", "1q2w", "3e4r", "5t6y", "q1w2", "e3r4", "abc", "a1b2", "c3d4", "woaini", "aini", "woshishui",
    "wobuzhidao", "mima", "nihao", "zhongguo", "beijing", "china", "1314", "520", "5201314", "888", "666",
    "147258369", "159357", "123654", "112233", "correct", "horse", "battery", "staple", "golden", "ideas", "idea",
    "goldenideas", "jindianzi", "changde", "hunan", "wuling", "dingcheng", "liuyehu", "qishou", "yizhan", "dezhihui",
    "rider", "station", "platform", "金点子", "常德", "湖南", "武陵", "鼎城", "柳叶湖", "骑手", "驿站", "密码", "口令", "管理员", "我爱你", "你好",
    "中国",
  ]

  private static let walks = [
    "12345678901234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz",
  ].flatMap { [Array($0.unicodeScalars), Array($0.unicodeScalars.reversed())] }

  private static let known = words.map { Array($0.unicodeScalars) }

  /// How many pieces make a password that somebody else thinks of as well.
  private static let most = 5

  /// Whether a folded password is nothing but a few pieces: known words, walks over the keyboard or the alphabet, one
  /// sign repeated, years and dates. What is neither letter nor digit between them counts for nothing.
  static func holds(_ folded: String) -> Bool {
    let scalars = Array(folded.unicodeScalars)
    // Repeating what is common makes it no rarer.
    for period in 1...max(1, scalars.count / 2) where scalars.count % period == 0 && period < scalars.count {
      let isRepeated = scalars.indices.allSatisfy { scalars[$0] == scalars[$0 % period] }
      if isRepeated && (period < 6 || isMade(Array(scalars.prefix(period)))) { return true }
    }
    return isMade(scalars)
  }

  private static func isMade(_ scalars: [Unicode.Scalar]) -> Bool {
    // The fewest pieces that end at each place.
    var fewest = [Int](repeating: Int.max, count: scalars.count + 1)
    fewest[0] = 0
    for start in scalars.indices where fewest[start] <= most {
      for length in pieces(scalars[start...]) {
        fewest[start + length] = min(fewest[start + length], fewest[start] + 1)
      }
      if isSign(scalars[start]) { fewest[start + 1] = min(fewest[start + 1], fewest[start]) }
    }
    return fewest[scalars.count] <= most
  }

  private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
  }

  /// How long the pieces are that begin here.
  private static func pieces(_ rest: ArraySlice<Unicode.Scalar>) -> Set<Int> {
    guard let first = rest.first else { return [] }
    var lengths = Set(known.filter { rest.starts(with: $0) }.map(\.count))
    let same = rest.prefix { $0 == first }.count
    if same >= 3 { lengths.formUnion(3...same) }
    for walk in walks {
      guard let place = walk.firstIndex(of: first) else { continue }
      let along = zip(rest, walk[place...]).prefix { $0 == $1 }.count
      if along >= 3 { lengths.formUnion(3...along) }
    }
    if rest.starts(with: "19".unicodeScalars) || rest.starts(with: "20".unicodeScalars) {
      let digits = rest.prefix { ("0"..."9").contains($0) }.count
      // A year, or a birthday.
      for length in [4, 8] where digits >= length { lengths.insert(length) }
    }
    return lengths
  }
}
