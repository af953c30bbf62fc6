internal import Matching

/// Whether a rule's conditions hold, and on which hits.
///
/// Most rules are one list of words; marks decide those at once. What looks at positions (near, scope, exclusion words,
/// shaded hits) first picks the hits that count for the rule, then asks.
extension RuleScratch {
  /// Whether the rule fires on the last text scanned. Leaves the hits that count for it in `counted`.
  mutating func fires(_ rule: Rule) -> Bool {
    let words = rule.words
    if blocking(words) != nil { return false }
    if !rule.any.isEmpty, !rule.any.contains(where: { mayCount($0, rule) }) { return false }
    for alternatives in words.all where !alternatives.contains(where: { mayCount($0, rule) }) { return false }
    if !words.near.isEmpty {
      let mayBeNear = words.near.contains { pair in
        pair.left.contains { mayCount($0, rule) } && pair.right.contains { mayCount($0, rule) }
      }
      guard mayBeNear else { return false }
    }
    if !rule.when.isEmpty, !rule.when.hold(context, kind: kind, place: place, length: length, in: book) { return false }
    pick(rule, below: .max)
    return holds(rule)
  }

  /// A word that keeps the rule off and stands in its scope, be it denied or inside another.
  private func blocking(_ words: WordConditions) -> UInt32? {
    words.none.first { keyword in
      guard marks.isThere(keyword) else { return false }
      if words.scope == .both { return true }
      return (0..<hits.count).contains { hits.base[$0].keyword == keyword && isInScope(hits.base[$0], words.scope) }
    }
  }

  @inline(__always)
  private func mayCount(_ keyword: UInt32, _ rule: Rule) -> Bool {
    rule.verdict.competes ? marks.mayCount(keyword) : marks.isThere(keyword)
  }

  /// Marks the hits that count for a rule, as far as they end below a position.
  private mutating func pick(_ rule: Rule, below limit: Int) {
    let words = rule.words
    ruleGeneration &+= 1
    counted.removeAll(keepingCapacity: true)
    for keyword in rule.vocabulary { wanted[Int(keyword)] = ruleGeneration }
    let isExcepting = words.except.contains { marks.isThere($0) }
    for index in 0..<hits.count {
      let hit = hits.base[index]
      if Int(hit.end) > limit { break }
      guard wanted[Int(hit.keyword)] == ruleGeneration, isInScope(hit, words.scope) else { continue }
      if rule.verdict.competes, marks.ofHit[index] != HitMarks.State.free.rawValue {
        if marks.ofHit[index] == HitMarks.State.negated.rawValue { continue }
        // What is asked for beside other words is company, not the matter: it counts inside a longer word too.
        if rule.anySet.contains(hit.keyword), isShaded(index, for: rule) { continue }
      }
      if isExcepting, isInside(index, words.except) { continue }
      counted.append(Int32(index))
      found[Int(hit.keyword)] = ruleGeneration
    }
  }

  private func isInScope(_ hit: Hit, _ scope: RuleScope) -> Bool {
    switch scope {
    case .both: true
    case .title: Int(hit.end) <= titleCount
    case .body: Int(hit.start) >= titleCount
    }
  }

  /// Whether a longer keyword that alone decides for something else contains the hit.
  private func isShaded(_ index: Int, for rule: Rule) -> Bool {
    marks.containing(index, hits) { book.decides($0.keyword, against: rule.verdict) }
  }

  /// Whether the hit lies in an exclusion word; one that is the hit itself counts too.
  private func isInside(_ index: Int, _ except: [UInt32]) -> Bool {
    except.contains(hits.base[index].keyword) || marks.containing(index, hits) { except.contains($0.keyword) }
  }

  private func isFound(_ keyword: UInt32) -> Bool { found[Int(keyword)] == ruleGeneration }

  /// Whether the conditions hold on the hits picked.
  private mutating func holds(_ rule: Rule) -> Bool {
    guard !counted.isEmpty else { return false }
    let words = rule.words
    if !rule.any.isEmpty, !rule.any.contains(where: { isFound($0) }) { return false }
    if rule.isPlain { return true }
    if words.atStart, !counted.contains(where: { isAtStart(Int($0), rule) }) { return false }
    for alternatives in words.all where !alternatives.contains(where: { isFound($0) }) { return false }
    if let several = words.atLeast, several.of.count(where: { $0.contains(where: { isFound($0) }) }) < several.least { return false }
    if words.near.isEmpty { return true }
    return words.near.contains { pair in pairs(pair) { _, _ in } }
  }

  private func isAtStart(_ index: Int, _ rule: Rule) -> Bool {
    let start = Int(hits.base[index].start)
    return (start == titleStart || start == bodyStart) && rule.any.contains(hits.base[index].keyword)
  }

  /// Whether the rule would hold on the title alone: what is said there speaks twice.
  mutating func holdsInTitle(_ rule: Rule) -> Bool {
    guard titleCount > 0, rule.words.scope == .both,
      counted.contains(where: { Int(hits.base[Int($0)].end) <= titleCount })
    else { return false }
    let all = counted
    defer { counted = all }
    pick(rule, below: titleCount)
    return holds(rule)
  }

  /// Points of the rule on the hits picked: those of the weightiest of its words that stands there.
  func points(_ rule: Rule) -> Int {
    var points: Int?
    for word in rule.words.any where isFound(word.keyword) { points = max(points ?? .min, word.points) }
    return points ?? rule.weight
  }

  // MARK: Pairs

  /// Calls `found` with the hits of each pair that stands close enough, each hit once at least; whether there is one.
  ///
  /// Both sides are in the order of the text, so each hit has its nearest partner within a few steps: a text made of
  /// nothing but such words costs no more than its length.
  func pairs(_ pair: NearCondition, _ found: (Int, Int) -> Void) -> Bool {
    let left = starts(of: pair.left)
    let right = starts(of: pair.right)
    guard !left.isEmpty, !right.isEmpty else { return false }
    var isThere = false
    func join(_ own: [(start: Int, hit: Int)], _ others: [(start: Int, hit: Int)], isLeft: Bool) {
      var next = 0
      for entry in own {
        while next < others.count, others[next].start < entry.start { next += 1 }
        // Its nearest partners on either side; a few more, as one that overlaps does not count in order.
        for candidate in max(0, next - 3)..<min(others.count, next + 4) {
          let (first, second) = isLeft ? (entry.hit, others[candidate].hit) : (others[candidate].hit, entry.hit)
          if isClose(first, second, pair) {
            isThere = true
            found(first, second)
            break
          }
        }
      }
    }
    join(left, right, isLeft: true)
    join(right, left, isLeft: false)
    return isThere
  }

  private func starts(of keywords: [UInt32]) -> [(start: Int, hit: Int)] {
    counted.filter { keywords.contains(hits.base[Int($0)].keyword) }
      .map { (Int(hits.base[Int($0)].start), Int($0)) }.sorted { $0.start < $1.start }
  }

  private func isClose(_ first: Int, _ second: Int, _ pair: NearCondition) -> Bool {
    let (left, right) = (hits.base[first], hits.base[second])
    if pair.inOrder, right.start < left.end { return false }
    switch pair.reach {
    case .characters(let most): return abs(Int(left.start) - Int(right.start)) <= most
    case .sentence: return sentence(of: left) == sentence(of: right)
    }
  }

  private func sentence(of hit: Hit) -> Int {
    var (low, high) = (0, sentenceEnds.count)
    while low < high {
      let middle = (low + high) / 2
      if sentenceEnds[middle] < hit.start { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Near misses

  /// Why a rule that finds some of its words in the last text did not fire; nil when more than one thing is missing.
  mutating func nearMiss(_ rule: Rule) -> NearMiss.Reason? {
    let words = rule.words
    let blocking = blocking(words)
    pick(rule, below: .max)
    guard !counted.isEmpty else {
      // All it finds lies in exclusion words, in longer keywords, or is denied.
      return blocking == nil && rule.isPlain && rule.any.contains { marks.isThere($0) } ? uncounted(rule) : nil
    }
    var missing = words.all.filter { !$0.contains { isFound($0) } }
    if !rule.any.isEmpty, !rule.any.contains(where: { isFound($0) }) { missing.append(rule.any) }
    var reasons: [NearMiss.Reason] = blocking.map { [.blocked(by: $0)] } ?? []
    if let several = words.atLeast {
      let count = several.of.count { $0.contains { isFound($0) } }
      if count < several.least { reasons.append(.tooFew(count: count, least: several.least)) }
    }
    if words.atStart, missing.isEmpty, !counted.contains(where: { isAtStart(Int($0), rule) }) { reasons.append(.notAtStart) }
    if !rule.when.isEmpty, !rule.when.hold(context, kind: kind, place: place, length: length, in: book) { reasons.append(.otherCircumstances) }
    if !isActive[rule.number] { reasons.append(.notInForce) }
    if !words.near.isEmpty, !words.near.contains(where: { pair in pairs(pair) { _, _ in } }) {
      guard let reason = words.near.compactMap({ distant($0) }).first else { return nil }
      reasons.append(reason)
    }
    if let lacking = missing.first {
      let hasOther = words.all.contains { $0.contains { isFound($0) } } || rule.any.contains { isFound($0) }
      return missing.count == 1 && reasons.isEmpty && hasOther && words.near.isEmpty ? .missing(anyOf: lacking) : nil
    }
    return reasons.count == 1 ? reasons[0] : nil
  }

  private func uncounted(_ rule: Rule) -> NearMiss.Reason? {
    for index in 0..<hits.count where rule.any.contains(hits.base[index].keyword) {
      if marks.ofHit[index] == HitMarks.State.negated.rawValue { return .negated(hits.base[index].keyword) }
      var longer: UInt32?
      _ = marks.containing(index, hits) {
        guard rule.words.except.contains($0.keyword) || book.decides($0.keyword, against: rule.verdict) else { return false }
        longer = $0.keyword
        return true
      }
      if let longer { return .inside(longer) }
    }
    return nil
  }

  private func distant(_ pair: NearCondition) -> NearMiss.Reason? {
    let left = starts(of: pair.left)
    let right = starts(of: pair.right)
    guard !left.isEmpty, !right.isEmpty else { return nil }
    switch pair.reach {
    case .sentence: return pair.inOrder ? .otherOrder : .otherSentence
    case .characters(let most):
      var nearest = Int.max
      var next = 0
      for entry in left {
        while next + 1 < right.count, right[next + 1].start <= entry.start { next += 1 }
        for candidate in next..<min(right.count, next + 2) {
          nearest = min(nearest, abs(right[candidate].start - entry.start))
        }
      }
      return nearest <= most ? .otherOrder : .tooFar(distance: nearest, within: most)
    }
  }
}
