package import Matching
package import Suggestions

/// A stretch of folded text that made a rule fire.
package struct Evidence: Sendable, Hashable {
  package var rule: UInt32
  /// Positions in the folded title and body, taken together.
  package var start: UInt32
  package var end: UInt32

  package init(rule: UInt32, start: UInt32, end: UInt32) {
    self.rule = rule
    self.start = start
    self.end = end
  }
}

/// What the rules make of one submission.
package struct Judgement: Sendable {
  /// Index of the deepest topic the evidence reaches; nil when no topic rule fired: people decide.
  package var topic: Int?
  /// Other matters of the same text, each the deepest topic its rules reach, best first.
  package var furtherTopics: [Int] = []
  /// What speaks for the topic's first level, and for the best other first level: points of rules, or thousandths where
  /// the book has a learned layer.
  package var score = 0
  package var runnerUp = 0
  /// Share of decisions with such a lead that were right, in thousandths; 0 where there is no topic.
  package var confidence = 0
  /// Whether the topic is decided; else it is proposed, and people decide.
  package var isSure = false
  package var kind: Kind?
  package var act: Act?
  package var track: Track = .ordinary
  package var urgency: Urgency?
  package var flags: UInt16 = 0
  package var coHandlers: [Int] = []
  package var region: Int?
  package var station: Int?
  /// Whether the text itself names a place of the gazette.
  package var namesPlace = false
  /// Index of the ambiguous name that would have decided the region: people are asked.
  package var asked: Int?

  package init() {}
}

/// What one thread needs to evaluate a book: marks that are cleared by counting, not by writing.
package struct RuleScratch: ~Copyable {
  package var hits = HitBuffer()
  /// Evidence of the texts judged so far; callers take it per text.
  package var evidence: [Evidence] = []
  var marks: HitMarks
  private var tried: [UInt32]
  private var triedGeneration: UInt32 = 0
  /// Per rule: whether it is in force on the day.
  let isActive: [Bool]

  // Of the rule looked at: its words, those that stand in the text, and the hits that count.
  var wanted: [UInt32]
  var found: [UInt32]
  var ruleGeneration: UInt32 = 0
  var counted: [Int32] = []

  // Of the text looked at.
  private(set) var context = RuleContext()
  private(set) var titleCount = 0
  /// Characters of title and body.
  private(set) var length = 0
  private(set) var titleStart = 0
  private(set) var bodyStart = 0
  private(set) var sentenceEnds: [UInt32] = []
  /// The kind declared or found, for rules that ask for it.
  private(set) var kind: Kind?
  /// The place settled, for rules that ask for it.
  private(set) var place: Int?

  private var topicScore: [Int]
  private var topicStrongest: [Int]
  private var topicOwn: [Int]
  private var touchedTopics: [Int] = []
  /// First-level topics the last text speaks for, best first.
  package private(set) var contenders: [TopicContender] = []
  private(set) var learned: LearnedScratch
  /// Rules that fired on the last text, each with the points it gives.
  private(set) var fired: [(rule: Int, points: Int)] = []
  private var kindScore = [Int](repeating: 0, count: Kind.allCases.count)
  let book: RuleBook

  /// - Parameter day: the day texts are judged on, days since 1970-01-01: rules not in force then do not fire. Without
  ///   one all do.
  package init(_ book: RuleBook, on day: Int? = nil) {
    self.book = book
    marks = HitMarks(book.keywords)
    tried = Array(repeating: 0, count: book.rules.count)
    isActive = book.rules.map { rule in day.map { rule.validity.holds(on: $0) } ?? true }
    wanted = Array(repeating: 0, count: book.keywords.count)
    found = wanted
    topicScore = Array(repeating: 0, count: book.topics.count)
    topicStrongest = topicScore
    topicOwn = topicScore
    learned = LearnedScratch(book.learned)
    placeIsValid = book.names.map { name in day.map { name.validity.holds(on: $0) } ?? true }
  }

  /// Per place name of the gazette: whether it is in force on the day.
  let placeIsValid: [Bool]

  /// Judges folded title and body; the first `titleCount` scalars are the title.
  package mutating func judge(
    _ text: UnsafeBufferPointer<UInt32>, titleCount: Int, context: RuleContext = RuleContext()
  ) -> Judgement {
    scan(text, titleCount: titleCount)
    self.context = context
    var judgement = Judgement()
    contenders.removeAll(keepingCapacity: true)
    fired.removeAll(keepingCapacity: true)
    locate(&judgement, in: text)
    place = judgement.region
    kind = context.kind
    guard hits.count > 0 || book.learned != nil else { return judgement }
    triedGeneration &+= 1
    fireRules(asking: false, &judgement)
    decideKind(&judgement)
    if book.asksForKind {
      kind = context.kind ?? judgement.kind
      fireRules(asking: true, &judgement)
    }
    decideTopic(text, &judgement)
    return judgement
  }

  /// Marks every keyword that stands in the last text, whether a rule made something of it or not.
  ///
  /// - Parameter isMet: one per keyword of the book.
  package func markKeywords(_ isMet: inout [Bool]) {
    for index in 0..<hits.count { isMet[Int(hits.base[index].keyword)] = true }
  }

  /// The place a text names, and nothing else.
  mutating func placeNamed(_ text: UnsafeBufferPointer<UInt32>) -> Judgement {
    scan(text, titleCount: 0)
    context = RuleContext()
    var judgement = Judgement()
    locate(&judgement, in: text)
    return judgement
  }

  private mutating func scan(_ text: UnsafeBufferPointer<UInt32>, titleCount: Int) {
    hits.removeAll()
    book.automaton.scan(text, into: &hits)
    marks.take(hits, of: text, book.roles, gap: book.negation.gap)
    self.titleCount = titleCount
    // A line feed stands between the two where there is a title's part.
    length = max(0, text.count - (text.count > titleCount ? 1 : 0))
    if book.asksForStart {
      titleStart = Sentences.wordStart(text, from: 0)
      bodyStart = Sentences.wordStart(text, from: titleCount)
    }
    if book.asksForSentences {
      sentenceEnds.removeAll(keepingCapacity: true)
      for index in 0..<text.count where Sentences.isEnd(text, at: index) { sentenceEnds.append(UInt32(index)) }
    }
  }

  /// Tries the rules that a keyword in the text can set off.
  private mutating func fireRules(asking asksForKind: Bool, _ judgement: inout Judgement) {
    for index in 0..<hits.count {
      for trigger in book.triggerRanges[Int(hits.base[index].keyword)] {
        let number = Int(book.triggers[trigger])
        if tried[number] == triedGeneration { continue }
        let rule = book.rules[number]
        if book.asksForKind, rule.when.kinds.isEmpty == asksForKind { continue }
        tried[number] = triedGeneration
        if isActive[number], fires(rule) { take(rule, &judgement) }
      }
    }
  }

  // MARK: Verdicts

  private mutating func take(_ rule: Rule, _ judgement: inout Judgement) {
    record(rule)
    var points = points(rule)
    switch rule.verdict {
    case .topic(let topic):
      // A title says in a few words what it is about: what fires there already speaks twice.
      if holdsInTitle(rule) { points *= 2 }
      topicOwn[topic] += points
      var next: Int? = topic
      while let index = next {
        if topicScore[index] == 0 { touchedTopics.append(index) }
        topicScore[index] += points
        topicStrongest[index] = max(topicStrongest[index], points)
        next = book.topics[index].parent
      }
      for department in rule.coHandlers where !judgement.coHandlers.contains(department) {
        judgement.coHandlers.append(department)
      }
    case .kind(let kind): kindScore[Int(kind.rawValue)] += points
    case .act(let act): judgement.act = judgement.act ?? act
    case .track(let track): if track == .sensitive { judgement.track = .sensitive }
    case .urgency(let urgency): judgement.urgency = max(judgement.urgency ?? .idea, urgency)
    case .flag(let flag): judgement.flags |= 1 << UInt16(flag.rawValue)
    }
    fired.append((rule.number, points))
  }

  /// The spans that made the rule fire: every hit of its words that counts, and every pair that stands close enough.
  private mutating func record(_ rule: Rule) {
    func evidence(_ hit: Hit) -> Evidence { Evidence(rule: UInt32(rule.number), start: hit.start, end: hit.end) }
    guard !rule.words.near.isEmpty else {
      for index in counted { self.evidence.append(evidence(hits.base[Int(index)])) }
      return
    }
    var isPart = [Bool](repeating: false, count: hits.count)
    for pair in rule.words.near {
      _ = pairs(pair) { left, right in
        isPart[left] = true
        isPart[right] = true
      }
    }
    for index in counted {
      let hit = hits.base[Int(index)]
      if isPart[Int(index)] || rule.others.contains(hit.keyword) { self.evidence.append(evidence(hit)) }
    }
  }

  /// Level by level: the first level with the highest score, below it the best second level by rules, and so on. Ties
  /// go to the topic with the strongest single rule, then to the one that stands earlier in the tree.
  private mutating func decideTopic(_ text: UnsafeBufferPointer<UInt32>, _ judgement: inout Judgement) {
    defer {
      for topic in touchedTopics {
        topicScore[topic] = 0
        topicStrongest[topic] = 0
        topicOwn[topic] = 0
      }
      touchedTopics.removeAll(keepingCapacity: true)
    }
    contend(text)
    guard let lead = book.lead(among: contenders) else { return }
    judgement.score = lead.score
    judgement.runnerUp = lead.runnerUp
    judgement.confidence = lead.confidence
    judgement.isSure = lead.isSure
    var topic = lead.topic
    while let child = best(below: topic) { topic = child }
    judgement.topic = topic
    if touchedTopics.count > 1 { judgement.furtherTopics = furtherTopics(than: topic) }
  }

  /// Other topics with rules of their own that speak at least half as loud as those of the decided one: second matters
  /// of the same text. None that contains the decided one or another of them; three at most.
  private func furtherTopics(than decided: Int) -> [Int] {
    let path = book.path(ofTopic: decided)
    let least = max(RuleScratch.furtherPoints, (topicScore[decided] + 1) / 2)
    var further: [Int] = []
    let candidates = touchedTopics.filter { topicOwn[$0] > 0 && topicScore[$0] >= least && !path.contains($0) }
    for topic in candidates.sorted(by: { (topicScore[$1], $0) < (topicScore[$0], $1) }) {
      let own = book.path(ofTopic: topic)
      if own.contains(decided) || further.contains(where: { own.contains($0) || book.path(ofTopic: $0).contains(topic) }) {
        continue
      }
      further.append(topic)
    }
    return Array(further.prefix(RuleScratch.furtherMost))
  }

  /// Points that make a matter of its own: one rule of ordinary weight.
  private static let furtherPoints = 3
  private static let furtherMost = 3

  private mutating func contend(_ text: UnsafeBufferPointer<UInt32>) {
    func contender(_ topic: Int, _ score: Int) -> TopicContender {
      TopicContender(topic: topic, score: score, strongest: topicStrongest[topic])
    }
    if let layer = book.learned {
      let scores = learned.scores(text, titleCount: titleCount, layer)
      let point = layer.point(learned)
      // A text no word of which is known is nobody's.
      for (topic, score) in zip(layer.topics, scores) where !learned.found.isEmpty || topicScore[topic] > 0 {
        contenders.append(contender(topic, score + topicScore[topic] * point))
      }
      for topic in touchedTopics where book.topics[topic].parent == nil && !layer.topics.contains(topic) {
        contenders.append(contender(topic, layer.otherBias + topicScore[topic] * point))
      }
    } else {
      for topic in touchedTopics where book.topics[topic].parent == nil {
        contenders.append(contender(topic, topicScore[topic]))
      }
    }
    contenders.sort(by: TopicContender.leads)
  }

  private func best(below parent: Int) -> Int? {
    touchedTopics.filter { book.topics[$0].parent == parent }
      .min { (topicScore[$1], topicStrongest[$1], -$1) < (topicScore[$0], topicStrongest[$0], -$0) }
  }

  private mutating func decideKind(_ judgement: inout Judgement) {
    var best = 0
    for kind in 1..<kindScore.count where kindScore[kind] > kindScore[best] { best = kind }
    if kindScore[best] > 0 { judgement.kind = Kind(rawValue: UInt8(best)) }
    for kind in kindScore.indices { kindScore[kind] = 0 }
  }
}
