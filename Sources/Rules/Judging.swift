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
  /// Index of the ambiguous name that would have decided the region: people are asked.
  package var asked: Int?

  package init() {}
}

/// What one thread needs to evaluate a book: marks that are cleared by counting, not by writing.
package struct RuleScratch: ~Copyable {
  package var hits = HitBuffer()
  /// Evidence of the texts judged so far; callers take it per text.
  package var evidence: [Evidence] = []
  private var generation: UInt32 = 0
  private var seenKeyword: [UInt32]
  private var seenRule: [UInt32]
  private var topicScore: [Int]
  private var topicStrongest: [Int]
  private var touchedTopics: [Int] = []
  /// First-level topics the last text speaks for, best first.
  package private(set) var contenders: [TopicContender] = []
  private(set) var learned: LearnedScratch
  /// Rules that fired on the last text, each with the points it gives.
  private(set) var fired: [(rule: Int, points: Int)] = []
  private var kindScore = [Int](repeating: 0, count: Kind.allCases.count)
  let book: RuleBook

  package init(_ book: RuleBook) {
    self.book = book
    seenKeyword = Array(repeating: 0, count: book.keywords.count)
    seenRule = Array(repeating: 0, count: book.rules.count)
    topicScore = Array(repeating: 0, count: book.topics.count)
    topicStrongest = topicScore
    learned = LearnedScratch(book.learned)
  }

  /// Judges folded title and body; the first `titleCount` scalars are the title.
  package mutating func judge(_ text: UnsafeBufferPointer<UInt32>, titleCount: Int) -> Judgement {
    hits.removeAll()
    book.automaton.scan(text, into: &hits)
    var judgement = Judgement()
    contenders.removeAll(keepingCapacity: true)
    fired.removeAll(keepingCapacity: true)
    generation &+= 1
    guard hits.count > 0 || book.learned != nil else { return judgement }
    for index in 0..<hits.count { seenKeyword[Int(hits.base[index].keyword)] = generation }
    for index in 0..<hits.count {
      let keyword = Int(hits.base[index].keyword)
      for trigger in book.triggerRanges[keyword] {
        let number = Int(book.triggers[trigger])
        if seenRule[number] == generation { continue }
        seenRule[number] = generation
        if fires(book.rules[number], titleCount: titleCount) { take(number, &judgement, titleCount: titleCount) }
      }
    }
    decideTopic(text, titleCount: titleCount, &judgement)
    decideKind(&judgement)
    locate(&judgement)
    return judgement
  }

  // MARK: Conditions

  private func fires(_ rule: Rule, titleCount: Int) -> Bool {
    if rule.scope != .both { return firesScoped(rule, titleCount: titleCount) }
    for keyword in rule.none where seenKeyword[Int(keyword)] == generation { return false }
    for alternatives in rule.all where !alternatives.contains(where: { seenKeyword[Int($0)] == generation }) {
      return false
    }
    if !rule.any.isEmpty, !rule.any.contains(where: { seenKeyword[Int($0)] == generation }) { return false }
    return rule.near.isEmpty || isNear(rule) { _ in true }
  }

  /// The same over the hits of one part only.
  private func firesScoped(_ rule: Rule, titleCount: Int) -> Bool {
    let within: (Hit) -> Bool =
      rule.scope == .title ? { Int($0.end) <= titleCount } : { Int($0.start) >= titleCount }
    var present: Set<UInt32> = []
    for index in 0..<hits.count where within(hits.base[index]) { present.insert(hits.base[index].keyword) }
    if rule.none.contains(where: present.contains) { return false }
    if rule.all.contains(where: { !$0.contains(where: present.contains) }) { return false }
    if !rule.any.isEmpty, !rule.any.contains(where: present.contains) { return false }
    return rule.near.isEmpty || isNear(rule, within)
  }

  private func isNear(_ rule: Rule, _ within: (Hit) -> Bool) -> Bool {
    for condition in rule.near {
      guard condition.left.contains(where: { seenKeyword[Int($0)] == generation }),
        condition.right.contains(where: { seenKeyword[Int($0)] == generation })
      else { continue }
      for left in 0..<hits.count where condition.left.contains(hits.base[left].keyword) && within(hits.base[left]) {
        for right in 0..<hits.count where condition.right.contains(hits.base[right].keyword) && within(hits.base[right]) {
          if abs(Int(hits.base[left].start) - Int(hits.base[right].start)) <= condition.within { return true }
        }
      }
    }
    return false
  }

  /// Why a rule that finds some of its keywords in the last text did not fire; nil when more than one thing is missing.
  func nearMiss(_ rule: Rule) -> NearMiss.Reason? {
    func isSeen(_ keyword: UInt32) -> Bool { seenKeyword[Int(keyword)] == generation }
    let blocking = rule.none.filter(isSeen)
    var missing = rule.all.filter { !$0.contains(where: isSeen) }
    if !rule.any.isEmpty, !rule.any.contains(where: isSeen) { missing.append(rule.any) }
    let holds = rule.all.contains { $0.contains(where: isSeen) } || rule.any.contains(where: isSeen)
    if rule.near.isEmpty {
      if missing.isEmpty { return blocking.first.map { .blocked(by: $0) } }
      return missing.count == 1 && blocking.isEmpty && holds ? .missing(anyOf: missing[0]) : nil
    }
    guard missing.isEmpty else { return nil }
    let pairs = rule.near.filter { $0.left.contains(where: isSeen) && $0.right.contains(where: isSeen) }
    guard let pair = pairs.first, let distance = distance(pair) else { return nil }
    if distance <= pair.within { return blocking.first.map { .blocked(by: $0) } }
    return blocking.isEmpty ? .tooFar(distance: distance, within: pair.within) : nil
  }

  private func distance(_ pair: NearCondition) -> Int? {
    var nearest: Int?
    for left in 0..<hits.count where pair.left.contains(hits.base[left].keyword) {
      for right in 0..<hits.count where pair.right.contains(hits.base[right].keyword) {
        let distance = abs(Int(hits.base[left].start) - Int(hits.base[right].start))
        nearest = min(nearest ?? distance, distance)
      }
    }
    return nearest
  }

  // MARK: Verdicts

  private mutating func take(_ number: Int, _ judgement: inout Judgement, titleCount: Int) {
    let rule = book.rules[number]
    record(number, rule, titleCount: titleCount)
    switch rule.verdict {
    case .topic(let topic):
      // A title says in a few words what it is about: what fires there already speaks twice.
      let weight = isInTitle(rule, titleCount: titleCount) ? rule.weight * 2 : rule.weight
      fired.append((number, weight))
      var next: Int? = topic
      while let index = next {
        if topicScore[index] == 0 { touchedTopics.append(index) }
        topicScore[index] += weight
        topicStrongest[index] = max(topicStrongest[index], weight)
        next = book.topics[index].parent
      }
      for department in rule.coHandlers where !judgement.coHandlers.contains(department) {
        judgement.coHandlers.append(department)
      }
      return
    case .kind(let kind): kindScore[Int(kind.rawValue)] += rule.weight
    case .act(let act): judgement.act = judgement.act ?? act
    case .track(let track): if track == .sensitive { judgement.track = .sensitive }
    case .urgency(let urgency): judgement.urgency = max(judgement.urgency ?? .idea, urgency)
    case .flag(let flag): judgement.flags |= 1 << UInt16(flag.rawValue)
    }
    fired.append((number, rule.weight))
  }

  /// Whether the rule would fire on the title alone.
  private func isInTitle(_ rule: Rule, titleCount: Int) -> Bool {
    guard titleCount > 0, rule.scope == .both else { return false }
    var anyHolds = rule.any.isEmpty
    var allMissing = rule.all.count
    for index in 0..<hits.count {
      let hit = hits.base[index]
      if Int(hit.end) > titleCount { break }
      if !anyHolds, rule.any.contains(hit.keyword) { anyHolds = true }
    }
    guard anyHolds else { return false }
    for alternatives in rule.all {
      for index in 0..<hits.count where Int(hits.base[index].end) <= titleCount {
        if alternatives.contains(hits.base[index].keyword) {
          allMissing -= 1
          break
        }
      }
    }
    return allMissing == 0 && (rule.near.isEmpty || isNear(rule) { Int($0.end) <= titleCount })
  }

  /// The spans that made the rule fire: every hit of its keywords, and every pair that stands near enough.
  private mutating func record(_ number: Int, _ rule: Rule, titleCount: Int) {
    func add(_ hit: Hit) { evidence.append(Evidence(rule: UInt32(number), start: hit.start, end: hit.end)) }
    func inScope(_ hit: Hit) -> Bool {
      rule.scope == .both || (rule.scope == .title) == (Int(hit.end) <= titleCount)
    }
    if !rule.any.isEmpty || !rule.all.isEmpty {
      for index in 0..<hits.count {
        let hit = hits.base[index]
        guard inScope(hit) else { continue }
        if rule.any.contains(hit.keyword) || rule.all.contains(where: { $0.contains(hit.keyword) }) { add(hit) }
      }
    }
    guard !rule.near.isEmpty else { return }
    var isPart = [Bool](repeating: false, count: hits.count)
    for condition in rule.near {
      for left in 0..<hits.count where condition.left.contains(hits.base[left].keyword) && inScope(hits.base[left]) {
        for right in 0..<hits.count where condition.right.contains(hits.base[right].keyword) && inScope(hits.base[right]) {
          if abs(Int(hits.base[left].start) - Int(hits.base[right].start)) <= condition.within {
            isPart[left] = true
            isPart[right] = true
          }
        }
      }
    }
    for index in 0..<hits.count where isPart[index] { add(hits.base[index]) }
  }

  /// Level by level: the first level with the highest score, below it the best second level by rules, and so on. Ties
  /// go to the topic with the strongest single rule, then to the one that stands earlier in the tree.
  private mutating func decideTopic(
    _ text: UnsafeBufferPointer<UInt32>, titleCount: Int, _ judgement: inout Judgement
  ) {
    defer {
      for topic in touchedTopics {
        topicScore[topic] = 0
        topicStrongest[topic] = 0
      }
      touchedTopics.removeAll(keepingCapacity: true)
    }
    contend(text, titleCount: titleCount)
    guard let lead = book.lead(among: contenders) else { return }
    judgement.score = lead.score
    judgement.runnerUp = lead.runnerUp
    judgement.confidence = lead.confidence
    judgement.isSure = lead.isSure
    var topic = lead.topic
    while let child = best(below: topic) { topic = child }
    judgement.topic = topic
  }

  private mutating func contend(_ text: UnsafeBufferPointer<UInt32>, titleCount: Int) {
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

  /// The most exact place the text names; two that contradict each other leave their common ancestor.
  private func locate(_ judgement: inout Judgement) {
    for index in 0..<hits.count {
      let hit = hits.base[index]
      guard let place = book.placeOfKeyword[Int(hit.keyword)] else { continue }
      // The longest name at a spot wins: 柳叶湖街道 is not also the ambiguous 柳叶湖.
      var longest = true
      for other in 0..<hits.count where other != index && longest {
        let rival = hits.base[other]
        if book.placeOfKeyword[Int(rival.keyword)] != nil, rival.start <= hit.start, rival.end >= hit.end,
          rival.end - rival.start > hit.end - hit.start
        {
          longest = false
        }
      }
      guard longest else { continue }
      switch place {
      case .region(let region): judgement.region = book.narrower(judgement.region, region)
      case .station(let station):
        if judgement.station == nil { judgement.station = station }
      case .ambiguous(let number): if judgement.asked == nil { judgement.asked = number }
      case .elsewhere: break
      }
    }
  }
}

extension RuleBook {
  /// Of two places the one inside the other; for two that are apart, their nearest common ancestor.
  package func narrower(_ first: Int?, _ second: Int?) -> Int? {
    guard let first else { return second }
    guard let second else { return first }
    let firstChain = chain(ofRegion: first)
    let secondChain = chain(ofRegion: second)
    if firstChain.contains(second) { return first }
    if secondChain.contains(first) { return second }
    return firstChain.first { secondChain.contains($0) }
  }
}
