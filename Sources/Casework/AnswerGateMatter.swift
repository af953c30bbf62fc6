internal import Text

/// What a message is about, as far as characters tell: its words, its places and how it is worded.
struct AnswerGateMatter: Sendable {
  /// Neighbouring characters of the title that say something.
  let titlePairs: Set<UInt64>
  /// Of title and body.
  let pairs: Set<UInt64>
  /// Single characters of the title that say something.
  private let titleCharacters: Set<UInt32>
  /// Every pair of characters next to each other, for names.
  private let allPairs: Set<UInt64>
  /// Runs of ``runLength`` characters, hashed.
  private let titleRuns: Set<UInt64>
  private let runs: Set<UInt64>
  /// Places in the title and those the case knows; of the body where nobody gave a title.
  let places: [AnswerGatePlace]
  /// A body with a title names places by the way: an answer may name them, but need not.
  let placesByTheWay: [AnswerGatePlace]
  /// Letters of title and body.
  let letters: Int
  /// It asks for a rule or a procedure, which has no place.
  let isEnquiry: Bool
  /// Digits of title and body, without what stands between them.
  let numbers: Set<String>

  static let runLength = 6

  init(_ message: AnswerGateMessage, _ words: AnswerGateWords) {
    let title = AnswerGateText(message.title)
    let body = AnswerGateText(message.body)
    titlePairs = Self.telling(title.scalars, words)
    titleCharacters = Set(title.scalars.lazy.filter(AnswerGateText.isHan)).subtracting(words.commonCharacters)
    pairs = titlePairs.union(Self.telling(body.scalars, words))
    titleRuns = Set(Self.runs(title.scalars))
    runs = titleRuns.union(Self.runs(body.scalars))
    letters = title.scalars.count(where: AnswerGateText.isLetter) + body.scalars.count(where: AnswerGateText.isLetter)
    isEnquiry = !words.enquiries.matches(in: title.scalars, title.scalars.indices).isEmpty
    numbers = Self.numbers(title.scalars).union(Self.numbers(body.scalars))
    let known = message.places.map(Folding.scalars)
    let inBody = AnswerGatePlace.all(in: body.scalars, words)
    let named = title.scalars.isEmpty ? inBody : AnswerGatePlace.all(in: title.scalars, words)
    places = named + known.flatMap { AnswerGatePlace.all(in: $0, words) }
    placesByTheWay = title.scalars.isEmpty ? [] : inBody
    allPairs = ([title.scalars, body.scalars] + known).reduce(into: []) { $0.formUnion(AnswerGateText.pairs($1)) }
  }

  /// How surely the answer is about something else; nil when it shares words with the message: any with its title, or
  /// more with its body than two texts of these lengths share by chance (measured on 1,957 real answers and on the same
  /// dealt out wrongly). What may be the same matter in other words, as single characters tell, is said more softly.
  func isMissed(in answer: AnswerGateText, _ words: AnswerGateWords) -> AnswerGateFinding.Severity? {
    if pairs.isEmpty { return nil }
    let said = Self.telling(answer.scalars, words)
    if !titlePairs.isDisjoint(with: said) { return nil }
    if pairs.count(where: said.contains) > 1 + pairs.count * said.count / 6000 { return nil }
    if titleCharacters.isEmpty { return .warning }
    switch titleCharacters.intersection(answer.scalars).count {
    case 0: return .serious
    case 1: return .warning
    default: return .note
    }
  }

  /// Whether the message has these characters next to each other.
  func contains(_ pair: UInt64) -> Bool { allPairs.contains(pair) }

  /// What a text takes from the message word by word.
  enum Echo: UInt8 { case none, body, title }

  func echoes(in scalars: [UInt32]) -> [Echo] {
    var echoes = [Echo](repeating: .none, count: scalars.count)
    for (start, run) in Self.runs(scalars).enumerated() where runs.contains(run) {
      let echo = titleRuns.contains(run) ? Echo.title : .body
      for index in start..<start + Self.runLength where echoes[index] != .title { echoes[index] = echo }
    }
    return echoes
  }

  /// Whether the text goes on from `index` as the message does somewhere.
  func isQuoted(_ scalars: [UInt32], at index: Int) -> Bool {
    index + Self.runLength <= scalars.count && runs.contains(Self.run(scalars, index))
  }

  // MARK: Characters

  private static func telling(_ scalars: [UInt32], _ words: AnswerGateWords) -> Set<UInt64> {
    var pairs: Set<UInt64> = []
    for (first, second) in zip(scalars, scalars.dropFirst())
    where AnswerGateText.isHan(first) && AnswerGateText.isHan(second) {
      if words.never.contains(first) || words.never.contains(second) { continue }
      let pair = AnswerGateText.pair(first, second)
      if !words.commonPairs.contains(pair) { pairs.insert(pair) }
    }
    return pairs
  }

  private static func runs(_ scalars: [UInt32]) -> [UInt64] {
    guard scalars.count >= runLength else { return [] }
    return (0...scalars.count - runLength).map { run(scalars, $0) }
  }

  private static func run(_ scalars: [UInt32], _ start: Int) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in start..<start + runLength { hash = (hash ^ UInt64(scalars[index])) &* 0x100_0000_01B3 }
    return hash
  }

  /// Runs of digits, dashes dropped, of seven digits or more.
  private static func numbers(_ scalars: [UInt32]) -> Set<String> {
    var numbers: Set<String> = []
    var digits = ""
    for scalar in scalars + [0x20] {
      if AnswerGateText.isDigit(scalar) {
        digits.append(Character(Unicode.Scalar(UInt8(scalar))))
      } else if scalar != 0x2D {
        if digits.utf8.count >= 7 { numbers.insert(digits) }
        digits = ""
      }
    }
    return numbers
  }
}
