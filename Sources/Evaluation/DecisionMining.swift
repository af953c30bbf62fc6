package import Rules
internal import Stages
package import Suggestions
internal import Text

/// Mines words from what reviewers decided where the rules had it otherwise, and writes ordinary rules of them, for a
/// person to accept, strike and complete.
///
/// Looked for are runs of two to five Han characters that stand in several texts of one decided topic, at least
/// ``leastMisjudged`` of which the book judged wrongly, and ``leastLift`` times as often there as in all other texts.
/// Words of the book that lead to the topic already and names of places are left out: the former need no rule, the
/// latter speak of one street.
package struct DecisionMining: Sendable {
  package struct Word: Sendable, Hashable {
    package var word: String
    /// Decided texts of the topic that have it, and other texts.
    package var own: Int
    package var others: Int
    package var weight: Int
  }

  package struct Proposal: Sendable, Hashable {
    /// Code of the topic.
    package var topic: String
    /// Texts decided for it.
    package var texts: Int
    package var words: [Word]
  }

  private static let lengths = 2...5
  private static let leastTexts = 3
  private static let leastMisjudged = 2
  private static let leastLift = 5.0
  private static let wordsPerTopic = 8

  private let book: RuleBook
  private let decided: [(text: StoredText, topic: Int)]
  /// Whether the book judges each decided text as people did.
  private let isRight: [Bool]
  private var texts = 0
  /// Texts that have a word, of words that could be proposed.
  private var counts: [[UInt32]: Int] = [:]
  private let candidates: Set<[UInt32]>

  /// - Parameter decided: texts with the code of the topic a person decided; codes the book does not have are left out.
  package init(_ decided: [(text: StoredText, topic: String)], book: RuleBook, asOf: Int64) {
    self.book = book
    let known = decided.compactMap { entry in book.topic(code: entry.topic).map { (text: entry.text, topic: $0) } }
    self.decided = known
    isRight = DecisionMining.right(known, by: book, asOf: asOf)
    candidates = DecisionMining.candidates(known)
  }

  private init(_ mining: DecisionMining, keeping kept: [Int]) {
    book = mining.book
    decided = kept.map { mining.decided[$0] }
    isRight = kept.map { mining.isRight[$0] }
    (texts, counts, candidates) = (mining.texts, mining.counts, mining.candidates)
  }

  /// The same without every n-th decision of each topic, and those that were left out: rules mined of the one and tried
  /// on the other have not seen what they are tried on. The words of all texts are counted as before.
  package func folds(_ count: Int) -> [(learning: DecisionMining, held: DecisionMining)] {
    var seen: [Int: Int] = [:]
    let places = decided.map { entry -> Int in
      seen[entry.topic, default: 0] += 1
      return (seen[entry.topic] ?? 0) % count
    }
    return (0..<count).map { fold in
      (
        DecisionMining(self, keeping: places.indices.filter { places[$0] != fold }),
        DecisionMining(self, keeping: places.indices.filter { places[$0] == fold })
      )
    }
  }

  /// Words that stand in enough texts of one topic: of all others no count is kept, or a million texts would fill the
  /// memory with words nobody asks about.
  private static func candidates(_ decided: [(text: StoredText, topic: Int)]) -> Set<[UInt32]> {
    var byTopic: [Int: [[UInt32]: Int]] = [:]
    for entry in decided {
      for word in words(entry.text) { byTopic[entry.topic, default: [:]][word, default: 0] += 1 }
    }
    return byTopic.values.reduce(into: []) { found, counts in
      for (word, count) in counts where count >= leastTexts { found.insert(word) }
    }
  }

  /// Texts of which a person decided the topic.
  package var decidedCount: Int { decided.count }
  package var rightCount: Int { isRight.count { $0 } }

  /// How many of the decided texts another book judges as people did.
  package func right(by book: RuleBook, asOf: Int64) -> Int {
    DecisionMining.right(decided, by: book, asOf: asOf).count { $0 }
  }

  private static func right(_ decided: [(text: StoredText, topic: Int)], by book: RuleBook, asOf: Int64) -> [Bool] {
    let rows = Rejudging(by: book, asOf: asOf).apply(decided.map(\.text)).rows
    return zip(decided, rows).map { $0.topic == Int($1.topic) }
  }

  /// Counts the words of all texts, decided ones among them: what stands everywhere says nothing.
  package mutating func addBackground(_ texts: [StoredText]) {
    for text in texts {
      self.texts += 1
      for word in DecisionMining.words(text) where candidates.contains(word) { counts[word, default: 0] += 1 }
    }
  }

  private static func words(_ text: StoredText) -> Set<[UInt32]> {
    let (title, body) = text.strings
    return HanWords.of(title + "\n" + body, lengths: lengths)
  }

  /// By topic in the order of the book, within one the most telling words first.
  package func proposals() -> [Proposal] {
    let names = book.names.map { Folding.scalars($0.name) }
    return book.topics.indices.compactMap { topic in
      let own = decided.indices.filter { decided[$0].topic == topic }
      guard own.count >= DecisionMining.leastTexts else { return nil }
      let words = words(of: own, topic: topic, names: names)
      return words.isEmpty ? nil : Proposal(topic: book.topics[topic].code, texts: own.count, words: words)
    }
  }

  private func words(of own: [Int], topic: Int, names: [[UInt32]]) -> [Word] {
    var inOwn: [[UInt32]: (texts: Int, misjudged: Int)] = [:]
    for index in own {
      for word in DecisionMining.words(decided[index].text) {
        inOwn[word, default: (0, 0)].texts += 1
        if !isRight[index] { inOwn[word, default: (0, 0)].misjudged += 1 }
      }
    }
    let path = book.path(ofTopic: topic)
    let known = book.rules.filter { if case .topic(let said) = $0.verdict { path.contains(said) } else { false } }
      .flatMap { rule in rule.words.any.map { book.keywords[Int($0.keyword)] } }
    var scored: [(word: [UInt32], found: Word, score: Double)] = []
    for (word, count) in inOwn
    where count.texts >= DecisionMining.leastTexts && count.misjudged >= DecisionMining.leastMisjudged {
      let others = max(0, (counts[word] ?? 0) - count.texts)
      let share = Double(count.texts) / Double(own.count)
      let lift = share / ((Double(others) + 0.5) / Double(max(1, texts - own.count) + 1))
      guard lift >= DecisionMining.leastLift, !known.contains(where: { HanWords.contains(word, $0) }),
        !names.contains(where: { HanWords.contains(word, $0) || HanWords.contains($0, word) })
      else { continue }
      // Five to twenty times as often: the ordinary weight; for each further factor of four a point more.
      let weight = min(6, 3 + (lift >= 20 ? 1 : 0) + (lift >= 80 ? 1 : 0) + (lift >= 320 ? 1 : 0))
      let found = Word(word: Folding.string(word), own: count.texts, others: others, weight: weight)
      scored.append((word, found, Double(count.texts) * lift.squareRoot()))
    }
    scored.sort { ($1.score, $1.word.count, $0.found.word) < ($0.score, $0.word.count, $1.found.word) }
    var kept: [(word: [UInt32], found: Word)] = []
    for entry in scored where kept.count < DecisionMining.wordsPerTopic {
      // Of runs inside one another that stand in the same texts the first, longer one says it all.
      let isPart = kept.contains {
        HanWords.contains($0.word, entry.word) || HanWords.contains(entry.word, $0.word)
      }
      if !isPart { kept.append((entry.word, entry.found)) }
    }
    return kept.map(\.found)
  }

  /// The proposals as a file of `keywords/`: words, weights and counts, no text of anybody.
  package func yaml(_ proposals: [Proposal]) -> String {
    var text = """
      # 由 golden-ideas rules learn --from decisions 从 \(decided.count) 件人工判定学成，是建议：不认可的词删掉那一行，
      # 认可的补上例子（hits），再运行 rules check、rules test、rules diff。
      # Learned from \(decided.count) decisions of reviewers, as proposals: strike the lines you do not accept, add
      # examples to those you do, then run rules check, rules test and rules diff.
      rules:

      """
    if proposals.isEmpty { text = String(text.dropLast()) + " []\n" }
    for proposal in proposals {
      text += "  - id: decided-\(proposal.topic)\n    topic: \"\(proposal.topic)\"\n    any:\n"
      for word in proposal.words {
        text += "      - {word: \(word.word), weight: \(word.weight)}  # \(word.own) / \(word.others)\n"
      }
      let name = book.topic(code: proposal.topic).map { book.topics[$0].name } ?? ""
      text += "    why: 学自 \(proposal.texts) 件人工判定为\(name)的来件；词后为其中有它的件数 / 其余来件里的件数\n"
    }
    return text
  }
}
