/// What an answer says of its own, counted: phrases, the date under it and the message's words taken out.
struct AnswerGateSubstance: Sendable, Hashable {
  /// Letters left, a run of digits or Latin letters as one.
  private(set) var letters = 0
  /// The same with the message's words left in: a short answer says what was done in the words of the title.
  private(set) var lettersWithMessage = 0
  /// The same with those of the body left in alone: whoever asks about a notice quotes it, and the title said again is
  /// no answer.
  private(set) var lettersWithBody = 0
  /// Letters left when greetings alone are taken out.
  private(set) var beyondGreetings = 0
  /// Sentences that say something.
  private(set) var points = 0
  /// Numbers said: dates, sums, counts.
  private(set) var figures = 0
  /// Words that give a ground: 根据, 规定, 办法.
  private(set) var grounds = 0
  /// Says that the message was given to somebody else.
  private(set) var isHandedOn = false

  /// Letters from which a sentence says something.
  private static let shortestPoint = 6

  init(of text: AnswerGateText, beside matter: AnswerGateMatter, _ words: AnswerGateWords) {
    let scalars = text.scalars
    let echoes = matter.echoes(in: scalars)
    let isGeneric = Self.marks(words.generic, text)
    let isGreeting = Self.marks(words.greetings, text)
    for whole in text.sentences {
      let sentence = whole.lowerBound..<Self.dateStart(scalars, whole)
      let own = Self.letters(scalars, sentence) { isGeneric[$0] || echoes[$0] != .none }
      letters += own
      if own >= Self.shortestPoint { points += 1 }
      lettersWithMessage += Self.letters(scalars, sentence) { isGeneric[$0] }
      lettersWithBody += Self.letters(scalars, sentence) { isGeneric[$0] || echoes[$0] == .title }
      beyondGreetings += Self.letters(scalars, sentence) { isGreeting[$0] }
      figures += Self.numbers(scalars, sentence)
      grounds += words.grounds.matches(in: scalars, sentence).count
      if !isHandedOn { isHandedOn = !words.handedOn.matches(in: scalars, sentence).isEmpty }
    }
  }

  private static func marks(_ list: AnswerGateWordList, _ text: AnswerGateText) -> [Bool] {
    var isMarked = [Bool](repeating: false, count: text.scalars.count)
    for match in list.matches(in: text.scalars, text.scalars.indices) { for index in match { isMarked[index] = true } }
    return isMarked
  }

  /// Where the date at the end of a sentence starts, as under an answer: 2025年6月1日; the end where there is none.
  private static func dateStart(_ scalars: [UInt32], _ sentence: Range<Int>) -> Int {
    var start = sentence.upperBound
    var hasYear = false
    while start > sentence.lowerBound {
      let scalar = scalars[start - 1]
      let isYear = scalar == 0x5E74
      guard isYear || scalar == 0x6708 || scalar == 0x65E5 || !AnswerGateText.isHan(scalar) else { break }
      if isYear { hasYear = true }
      start -= 1
    }
    return hasYear ? start : sentence.upperBound
  }

  private static func letters(_ scalars: [UInt32], _ range: Range<Int>, without isTaken: (Int) -> Bool) -> Int {
    var count = 0
    var isInRun = false
    for index in range {
      let isLatin = AnswerGateText.isLatin(scalars[index])
      if !isTaken(index), isLatin ? !isInRun : AnswerGateText.isHan(scalars[index]) { count += 1 }
      isInRun = isLatin
    }
    return count
  }

  private static func numbers(_ scalars: [UInt32], _ range: Range<Int>) -> Int {
    range.count { index in
      AnswerGateText.isDigit(scalars[index])
        && (index == range.lowerBound || !AnswerGateText.isLatin(scalars[index - 1]))
    }
  }
}
