package import Rules
internal import Text

/// Which texts no rule understands, and which words stand in them that do not stand in the others.
package struct Coverage: Sendable {
  package struct Term: Sendable, Hashable {
    package var word: String
    /// Texts nobody understands that have it, and texts that are understood.
    package var open: Int
    package var understood: Int
  }

  package private(set) var texts = 0
  /// Ids of texts without any topic, and of those with a topic that is only proposed.
  package private(set) var without: [Int] = []
  package private(set) var unsure: [Int] = []
  private var openCounts: [[UInt32]: Int] = [:]
  private var understoodCounts: [[UInt32]: Int] = [:]
  /// Per keyword of the book: whether it stood in a text.
  private var isMet: [Bool] = []

  /// Fewer texts than this show a word to be one person's.
  private static let leastTexts = 3
  private static let lengths = 2...5

  package init() {}

  package mutating func add(_ inputs: [(id: Int, title: String, body: String)], by book: RuleBook) {
    var scratch = RuleScratch(book)
    if isMet.isEmpty { isMet = Array(repeating: false, count: book.keywords.count) }
    for input in inputs {
      texts += 1
      let judgement = book.judge(title: input.title, body: input.body, scratch: &scratch)
      scratch.markKeywords(&isMet)
      let isOpen = judgement.topic == nil || !judgement.isSure
      if judgement.topic == nil { without.append(input.id) } else if !judgement.isSure { unsure.append(input.id) }
      for word in HanWords.of(input.title + "\n" + input.body, lengths: Coverage.lengths) {
        if isOpen { openCounts[word, default: 0] += 1 } else { understoodCounts[word, default: 0] += 1 }
      }
    }
  }

  /// Words of the book's rules that stood in no text, by rule in the order of the book; those of a group with every rule
  /// that names it. The book must be the one the texts were judged by.
  package func silentWords(of book: RuleBook) -> [(rule: Rule, words: [String])] {
    guard isMet.count == book.keywords.count else { return [] }
    return book.rules.compactMap { rule in
      let silent = rule.words.vocabulary.filter { !isMet[Int($0)] }
      return silent.isEmpty ? nil : (rule, silent.map(book.word))
    }
  }

  /// Words of texts that are not understood, those that set them apart most first; of words inside one another that
  /// stand in the same texts the longest.
  package func terms(_ limit: Int) -> [Term] {
    let open = max(1, without.count + unsure.count)
    let understood = max(1, texts - without.count - unsure.count)
    var scored: [(word: [UInt32], term: Term, score: Double)] = []
    for (word, count) in openCounts where count >= Coverage.leastTexts {
      let other = understoodCounts[word] ?? 0
      let share = Double(count) / Double(open)
      let otherShare = (Double(other) + 0.5) / Double(understood)
      guard share > otherShare * 2 else { continue }
      scored.append((word, Term(word: Folding.string(word), open: count, understood: other), Double(count) * (share / otherShare).squareRoot()))
    }
    scored.sort { ($1.score, $0.term.word) < ($0.score, $1.term.word) }
    var kept: [(word: [UInt32], term: Term)] = []
    for entry in scored {
      if kept.count == limit { break }
      let isPart = kept.contains { other in
        other.term.open == entry.term.open && (HanWords.contains(other.word, entry.word) || HanWords.contains(entry.word, other.word))
      }
      if !isPart { kept.append((entry.word, entry.term)) }
    }
    return kept.map(\.term)
  }
}
