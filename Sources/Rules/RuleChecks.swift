internal import Text

/// What is wrong with rules that compile: words that do nothing, rules that cannot fire, rules that contradict another.
extension RuleCompiler {
  func checkRules() {
    decide()
    var byConditions: [WordConditions: [Rule]] = [:]
    for rule in result.rules {
      if rule.hits.isEmpty { log.note(rule.file, rule.line, .noExample(rule: rule.id)) }
      checkWords(rule)
      byConditions[rule.words, default: []].append(rule)
    }
    for rules in byConditions.values where rules.count > 1 { checkTwins(rules.sorted { $0.number < $1.number }) }
  }

  /// What each keyword alone decides.
  private func decide() {
    for rule in result.rules where rule.isPlain && rule.verdict.competes {
      for keyword in rule.any { decisions[keyword, default: []].append(rule.verdict) }
    }
  }

  /// Whether a keyword of a competing verdict stands inside this one, which then decides in its place.
  private func decidesForAnother(_ keyword: UInt32, _ verdict: RuleVerdict) -> Bool {
    let scalars = result.keywords[Int(keyword)]
    for start in scalars.indices {
      for end in scalars.indices[start...] where end - start + 1 < scalars.count {
        guard let inner = keywordNumbers[Array(scalars[start...end])] else { continue }
        if decisions[inner]?.contains(where: { $0.competes(with: verdict) }) ?? false { return true }
      }
    }
    return false
  }

  private func word(_ keyword: UInt32) -> String { Folding.string(result.keywords[Int(keyword)]) }

  private func checkWords(_ rule: Rule) {
    let words = rule.words
    let forbidden = Set(words.none)
    for keyword in rule.any where forbidden.contains(keyword) {
      log.note(rule.file, rule.line, .contradiction(rule: rule.id, keyword: word(keyword)))
    }
    // A forbidden word inside a wanted one forbids it wherever it stands.
    for keyword in rule.any where !forbidden.contains(keyword) {
      if words.none.contains(where: { contains(keyword, $0) }) {
        log.note(rule.file, rule.line, .deadKeyword(rule: rule.id, keyword: word(keyword)))
      }
    }
    // A keyword that contains another of the same list adds nothing, unless for more points or in place of another
    // verdict's word inside it: the shorter one fires wherever it does.
    for long in words.any {
      let isShadowed = words.any.contains {
        $0.keyword != long.keyword && $0.points >= long.points && contains(long.keyword, $0.keyword)
      }
      if isShadowed, !(rule.isPlain && decidesForAnother(long.keyword, rule.verdict)) {
        log.note(rule.file, rule.line, .shadowedKeyword(rule: rule.id, keyword: word(long.keyword)))
      }
    }
    for alternatives in words.all where alternatives.allSatisfy({ forbidden.contains($0) }) {
      log.note(rule.file, rule.line, .deadRule(rule: rule.id))
    }
    if let several = words.atLeast, several.least > several.of.count {
      log.note(rule.file, rule.line, .deadRule(rule: rule.id))
    }
    // An exclusion word that contains no word of the rule excludes nothing.
    for keyword in words.except where !rule.vocabulary.contains(where: { contains(keyword, $0) || $0 == keyword }) {
      log.note(rule.file, rule.line, .idleExclusion(rule: rule.id, keyword: word(keyword)))
    }
  }

  /// Words that, as far as the learned layer has counted, stand nearly always inside a longer one that speaks for another
  /// topic: what such a word finds is mostly something else. A longer word that decides or is excluded does no harm.
  func checkSubmergedWords(_ layer: LearnedLayerSource) {
    let counted = Dictionary(layer.keywords.map { ($0.scalars, $0) }) { first, _ in first }
    let topics = layer.topics.map { topicNumbers[$0.code] }
    let longer = layer.keywords.filter { $0.scalars.count > 2 }
    for rule in result.rules where rule.isPlain {
      guard case .topic(let topic) = rule.verdict else { continue }
      let first = firstLevel(topic)
      for keyword in rule.any {
        guard let own = counted[result.keywords[Int(keyword)]] else { continue }
        let around = longer.first { word in
          guard word.texts * 5 >= own.texts * 4, contains(word.scalars, own.scalars) else { return false }
          let best = word.weights.indices.max { word.weights[$0] < word.weights[$1] }
          guard let best, let other = topics[best], word.weights[best] > 0 else { return false }
          return other != first && keywordNumbers[word.scalars] == nil
        }
        if let around {
          log.note(
            rule.file, rule.line,
            .submergedKeyword(rule: rule.id, keyword: word(keyword), inside: Folding.string(around.scalars)))
        }
      }
    }
  }

  private func firstLevel(_ topic: Int) -> Int {
    var topic = topic
    while let parent = result.topics[topic].parent { topic = parent }
    return topic
  }

  /// Rules with the same conditions: a second one with the same verdict adds nothing, one with another contradicts.
  private func checkTwins(_ rules: [Rule]) {
    for (position, rule) in rules.enumerated() {
      for earlier in rules[..<position] where earlier.when == rule.when && earlier.validity == rule.validity {
        if earlier.verdict == rule.verdict {
          log.note(rule.file, rule.line, .sameRule(rule: rule.id, as: earlier.id))
        } else if rule.verdict.competes(with: earlier.verdict) {
          log.note(rule.file, rule.line, .opposedRules(rule: rule.id, to: earlier.id))
        }
      }
    }
  }

  /// Whether a keyword contains another, shorter one.
  private func contains(_ long: UInt32, _ short: UInt32) -> Bool {
    contains(result.keywords[Int(long)], result.keywords[Int(short)])
  }

  private func contains(_ outer: [UInt32], _ inner: [UInt32]) -> Bool {
    guard inner.count < outer.count else { return false }
    return (0...outer.count - inner.count).contains { outer[$0...].starts(with: inner) }
  }
}
