import Matching
import TestSupport
import Testing

/// One table, run over the automaton and over a matcher too simple to be wrong.
struct KeywordAutomatonTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var keywords: [String]
    var text: String
    /// Keyword number, start and end, ordered by end, then longest first, then by number.
    var hits: [Hit]
    var testDescription: String { name }

    init(_ name: String, _ keywords: [String], _ text: String, _ hits: (UInt32, UInt32, UInt32)...) {
      self.name = name
      self.keywords = keywords
      self.text = text
      self.hits = hits.map { Hit(keyword: $0.0, start: $0.1, end: $0.2) }
    }
  }

  static let cases: [Case] = [
    Case("no keywords", [], "井盖"),
    Case("empty text", ["井盖"], ""),
    Case("empty keyword", [""], "井盖"),
    Case("empty keyword among others", ["", "盖", ""], "井盖", (1, 1, 2)),
    Case("one", ["井盖"], "花溪路井盖破损", (0, 3, 5)),
    Case("whole text", ["井盖"], "井盖", (0, 0, 2)),
    Case("at both ends", ["井"], "井盖井", (0, 0, 1), (0, 2, 3)),
    Case("longer than the text", ["井盖坏了"], "井盖"),
    Case("cut off at the end", ["井盖坏了"], "花溪路井盖坏"),
    Case("back to back", ["井盖"], "井盖井盖", (0, 0, 2), (0, 2, 4)),
    Case("overlapping itself", ["aa"], "aaaa", (0, 0, 2), (0, 1, 3), (0, 2, 4)),
    Case("one inside the other", ["电动车", "动车", "车"], "电动车", (0, 0, 3), (1, 1, 3), (2, 2, 3)),
    Case("prefix of the other", ["井", "井盖", "井盖坏"], "井盖坏", (0, 0, 1), (1, 0, 2), (2, 0, 3)),
    Case("inside, not at an end", ["abcd", "bc"], "abcd", (1, 1, 3), (0, 0, 4)),
    Case("failure over several levels", ["abcde", "bcdx", "cdy", "dz"], "abcdz", (3, 3, 5)),
    Case("failure finds a shorter one", ["abab", "bab"], "ababab", (0, 0, 4), (1, 1, 4), (0, 2, 6), (1, 3, 6)),
    Case("duplicates", ["井盖", "路灯", "井盖"], "井盖路灯", (0, 0, 2), (2, 0, 2), (1, 2, 4)),
    Case("unknown characters in between", ["井盖"], "井x盖井盖", (0, 3, 5)),
    Case("known characters without a keyword", ["ab", "cd"], "acbd"),
    Case("beyond the BMP", ["𠮷野家", "野"], "去𠮷野家", (1, 2, 3), (0, 1, 4)),
    Case("only beyond the BMP", ["🛵", "🛵🛵"], "🛵🛵🛵", (0, 0, 1), (1, 0, 2), (0, 1, 2), (1, 1, 3), (0, 2, 3)),
    Case("low halves alike", ["\u{1F6F5}"], "\u{F6F5}\u{2F6F5}"),
    Case("the last scalar of all", ["\u{10FFFF}\u{FFFF}"], "\u{10FFFF}\u{FFFF}", (0, 0, 2)),
    Case("the scalar zero", ["\u{0}a"], "a\u{0}a", (0, 1, 3)),
  ]

  @Test(arguments: cases) func automaton(_ example: Case) {
    #expect(Search.automaton(example.keywords.map(Search.scalars), Search.scalars(example.text)) == example.hits)
  }

  @Test(arguments: cases) func naive(_ example: Case) {
    #expect(Search.naive(example.keywords.map(Search.scalars), Search.scalars(example.text)) == example.hits)
  }

  /// Few characters, so that overlaps, shared beginnings and long ways of failure are everywhere.
  @Test(arguments: [1, 2, 3, 5]) func agreesWithTheNaiveOneOnDenseTexts(_ letters: Int) {
    let alphabet: [UInt32] = [0x4E95, 0x1F6F5, 0x61, 0x2A6D6, 0x0]
    var generator = SeededGenerator(UInt64(letters))
    for round in 0..<500 {
      func word(_ longest: Int) -> [UInt32] {
        (0..<generator.below(longest + 1)).map { _ in alphabet[generator.below(letters)] }
      }
      let keywords = (0..<generator.below(14)).map { _ in word(6) }
      let text = word(80)
      let isSame = Search.automaton(keywords, text) == Search.naive(keywords, text)
      #expect(isSame, "letters \(letters), round \(round)")
    }
  }

  @Test func agreesOnManyAlphabets() {
    var generator = SeededGenerator(99)
    for round in 0..<500 {
      let first = UInt32(generator.below(0x20000)) + 0xE000
      let width = generator.below(40) + 2
      func word(_ longest: Int) -> [UInt32] {
        (0..<generator.below(longest + 1)).map { _ in first + UInt32(generator.below(width)) }
      }
      let keywords = (0..<generator.below(60)).map { _ in word(4) }
      let text = word(200)
      let isSame = Search.automaton(keywords, text) == Search.naive(keywords, text)
      #expect(isSame, "round \(round)")
    }
  }

  @Test func twentyThousandKeywords() {
    var generator = SeededGenerator(20_000)
    // Frequent characters and rare ones, as in a language: the product of two numbers is small more often than not.
    func character() -> UInt32 { 0x4E00 + UInt32(generator.below(60) * generator.below(60)) }
    var keywords: [[UInt32]] = []
    var seen: Set<[UInt32]> = []
    while keywords.count < 20_000 {
      let word = (0..<generator.below(4) + 2).map { _ in character() }
      if seen.insert(word).inserted { keywords.append(word) }
    }
    let automaton = KeywordAutomaton(keywords)
    #expect(automaton.keywordCount == 20_000)
    var text: [UInt32] = []
    while text.count < 3_000 { text += generator.below(2) == 0 ? generator.element(of: keywords) : [character()] }
    var numbers: [[UInt32]: UInt32] = [:]
    for (number, word) in keywords.enumerated() { numbers[word] = UInt32(number) }
    var expected: [Hit] = []
    for end in 1...text.count {
      for length in stride(from: min(5, end), through: 2, by: -1) {
        if let number = numbers[Array(text[end - length..<end])] {
          expected.append(Hit(keyword: number, start: UInt32(end - length), end: UInt32(end)))
        }
      }
    }
    #expect(expected.count > 500)
    #expect(Search.hits(automaton, text) == expected)
  }

  /// Every keyword of a big set is found alone: no slot of the double array is shared by accident.
  @Test func everyKeywordIsFoundAndNoOther() {
    var generator = SeededGenerator(4)
    let keywords = (0..<3_000).map { _ in
      (0..<generator.below(5) + 1).map { _ in 0x3400 + UInt32(generator.below(5_000)) }
    }
    let automaton = KeywordAutomaton(keywords)
    for (number, keyword) in keywords.enumerated() {
      let found = Search.hits(automaton, keyword)
      #expect(found.contains(Hit(keyword: UInt32(number), start: 0, end: UInt32(keyword.count))))
      let areReal = found.allSatisfy { keyword[Int($0.start)..<Int($0.end)].elementsEqual(keywords[Int($0.keyword)]) }
      #expect(areReal)
    }
  }

  @Test func aHundredThousandCharacters() {
    let count = 100_000
    let text = [UInt32](repeating: 0x61, count: count)
    let keywords =
      (1...4).map { [UInt32](repeating: 0x61, count: $0) } + [[UInt32](repeating: 0x61, count: 500) + [0x62]]
    let found = Search.hits(KeywordAutomaton(keywords), text)
    #expect(found.count == 4 * count - 6)
    #expect(found.first == Hit(keyword: 0, start: 0, end: 1))
    #expect(found.last == Hit(keyword: 0, start: UInt32(count - 1), end: UInt32(count)))
    let areRight = found.allSatisfy { $0.end - $0.start == $0.keyword + 1 }
    #expect(areRight)
  }

  /// A keyword that almost matches everywhere: the failure links lead back in steps that are paid for.
  @Test func almostMatchesInALongText() {
    let keyword = [UInt32](repeating: 0x61, count: 300) + [0x62]
    var text = [UInt32](repeating: 0x61, count: 100_000)
    for index in stride(from: 299, to: text.count, by: 300) { text[index] = 0x63 }
    text += keyword
    #expect(Search.hits(KeywordAutomaton([keyword]), text) == [Hit(keyword: 0, start: 100_000, end: 100_301)])
  }

  @Test func aBufferIsReusedFromTextToText() {
    let automaton = KeywordAutomaton([Search.scalars("井盖")])
    var hits = HitBuffer(capacity: 1)
    let text = Search.scalars(String(repeating: "井盖", count: 100))
    text.withUnsafeBufferPointer { automaton.scan($0, into: &hits) }
    let first = hits.count
    hits.removeAll()
    text.withUnsafeBufferPointer { automaton.scan(UnsafeBufferPointer(rebasing: $0[0..<2]), into: &hits) }
    let second = (hits.count, hits[0])
    #expect(first == 100)
    #expect(second.0 == 1)
    #expect(second.1 == Hit(keyword: 0, start: 0, end: 2))
  }

  @Test func manyThreadsSearchOneAutomaton() async {
    let keywords = ["井盖", "盖", "路灯"].map(Search.scalars)
    let automaton = KeywordAutomaton(keywords)
    let text = Search.scalars(String(repeating: "花溪路井盖路灯", count: 500))
    let expected = Search.hits(automaton, text)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 { group.addTask { Search.hits(automaton, text) == expected } }
      for await isSame in group { #expect(isSame) }
    }
  }
}
