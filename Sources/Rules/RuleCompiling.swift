internal import Suggestions
internal import Text

/// A word group as written: its words may name further groups.
struct WordGroup {
  var words: [(text: String, line: Int)]
  var file: String
}

/// Rules, their words and their examples.
extension RuleCompiler {
  func readWordGroups(_ source: YAMLMapping) {
    guard let words = source.submapping("words", log: log) else { return }
    for key in words.keys {
      if groups[key] != nil { log.note(source.file, words.line(of: key), .duplicate("@\(key)")) }
      groups[key] = WordGroup(words: words.strings(key, log: log), file: source.file)
    }
  }

  func readNegation(_ source: YAMLMapping) {
    source.allow(.negation, log: log)
    result.negation = Negation(
      before: flat(source, "before"), after: flat(source, "after"), gap: source.integer("gap", log: log) ?? 2,
      except: flat(source, "except"), undoneBy: flat(source, "undone_by"))
  }

  func rules(_ source: YAMLMapping) {
    source.allow(.ruleFile, log: log)
    for entry in source.mappings("rules", log: log) {
      entry.allow(.rule, log: log)
      guard let id = entry.required("id", log: log) else { continue }
      if ruleLines[id] != nil {
        log.note(entry.file, entry.line, .duplicate(id))
        continue
      }
      ruleLines[id] = (entry.file, entry.line)
      guard let verdict = verdict(entry, id) else { continue }
      let weight = entry.integer("weight", log: log) ?? 3
      let words = conditions(entry, weight: weight)
      let when = circumstances(entry)
      if case .kind = verdict, !when.kinds.isEmpty {
        log.note(entry.file, entry.line(of: "when"), .kindOfKind(rule: id))
      }
      let rule = Rule(
        id: id, number: result.rules.count, verdict: verdict, weight: weight, words: words, when: when,
        validity: validity(entry),
        coHandlers: entry.strings("co", log: log).compactMap { department($0.text, entry, $0.line) },
        rationale: entry.string("why", log: log) ?? "", hits: examples(entry, "hits"), misses: examples(entry, "misses"),
        file: entry.file, line: entry.line)
      if words.isEmpty {
        log.note(entry.file, entry.line, .noCondition(rule: id))
        continue
      }
      result.rules.append(rule)
    }
  }

  func learned(_ files: [RuleFile]) {
    guard let file = files.first, let source = YAMLMapping(file, log: log) else { return }
    if files.count > 1 { log.note(files[1].path, 1, .severalLayers) }
    let layer = LearnedLayerSource(source, log: log)
    let topics = layer.topics.compactMap { look(topicNumbers, $0.code, "topic", source, source.line(of: "topics")) }
    guard topics.count == layer.topics.count else { return }
    result.learned = LearnedLayer(layer, topics: topics)
    checkSubmergedWords(layer)
  }

  private func verdict(_ entry: YAMLMapping, _ id: String) -> RuleVerdict? {
    var verdicts: [RuleVerdict?] = []
    if let code = entry.string("topic", log: log) { verdicts.append(topic(code, entry).map(RuleVerdict.topic)) }
    if let code = entry.string("kind", log: log) {
      verdicts.append(coded(Kind.allCases, code, "kind", entry) { $0.code }.map(RuleVerdict.kind))
    }
    if let code = entry.string("act", log: log) {
      verdicts.append(coded(Act.allCases, code, "act", entry) { $0.code }.map(RuleVerdict.act))
    }
    if let code = entry.string("track", log: log) {
      verdicts.append(coded(Track.allCases, code, "track", entry) { $0.code }.map(RuleVerdict.track))
    }
    if let code = entry.string("urgency", log: log) {
      verdicts.append(coded(Urgency.allCases, code, "urgency", entry) { $0.code }.map(RuleVerdict.urgency))
    }
    if let code = entry.string("flag", log: log) {
      verdicts.append(coded(ModerationFlag.allCases, code, "flag", entry) { $0.code }.map(RuleVerdict.flag))
    }
    if verdicts.isEmpty { log.note(entry.file, entry.line, .noVerdict(rule: id)) }
    if verdicts.count > 1 { log.note(entry.file, entry.line, .severalVerdicts(rule: id)) }
    return verdicts.count == 1 ? verdicts[0] : nil
  }

  // MARK: Conditions

  private func conditions(_ entry: YAMLMapping, weight: Int) -> WordConditions {
    var words = WordConditions()
    var seen: Set<UInt32> = []
    for alternative in self.words(entry, "any") {
      for keyword in alternative.keywords where seen.insert(keyword).inserted {
        words.any.append(WeightedKeyword(keyword: keyword, points: alternative.points ?? weight))
      }
    }
    words.all = self.words(entry, "all").map(\.keywords)
    if let several = entry.submapping("at_least", log: log) {
      several.allow(.atLeast, log: log)
      let of = self.words(several, "of").map(\.keywords)
      if of.isEmpty { log.note(several.file, several.line, .missingKey("of")) }
      if !several.has("count") { log.note(several.file, several.line, .missingKey("count")) }
      if let least = several.integer("count", log: log), !of.isEmpty { words.atLeast = CountCondition(least: least, of: of) }
    }
    words.none = flat(entry, "none")
    words.except = flat(entry, "except")
    words.near = entry.mappings("near", log: log).compactMap { near($0) }
    words.scope = choice(entry, "in") ?? .both
    if let place = entry.string("at", log: log) {
      if place == "start" {
        words.atStart = true
        if words.any.isEmpty { log.note(entry.file, entry.line(of: "at"), .missingKey("any")) }
      } else {
        log.note(entry.file, entry.line(of: "at"), .unknownCode(key: "at", code: place))
      }
    }
    return words
  }

  private func near(_ pair: YAMLMapping) -> NearCondition? {
    pair.allow(.near, log: log)
    let left = flat(pair, "a")
    let right = flat(pair, "b")
    if left.isEmpty { log.note(pair.file, pair.line, .missingKey("a")) }
    if right.isEmpty { log.note(pair.file, pair.line, .missingKey("b")) }
    guard let within = pair.string("within", log: log) else {
      log.note(pair.file, pair.line, .missingKey("within"))
      return nil
    }
    var reach = NearCondition.Reach.sentence
    if within != "sentence" {
      guard let count = Int(within), count >= 0 else {
        log.note(pair.file, pair.line(of: "within"), .wrongType(key: "within", expected: "whole number or sentence"))
        return nil
      }
      reach = .characters(count)
    }
    return NearCondition(left: left, right: right, reach: reach, inOrder: pair.flag("in_order", log: log) ?? false)
  }

  private func circumstances(_ entry: YAMLMapping) -> Circumstances {
    var when = Circumstances()
    guard let source = entry.submapping("when", log: log) else { return when }
    source.allow(.when, log: log)
    when.channels = source.strings("channel", log: log).compactMap { word in
      coded(Channel.allCases, word.text, "channel", source) { $0.code }
    }
    when.kinds = source.strings("kind", log: log).compactMap { word in
      coded(Kind.allCases, word.text, "kind", source) { $0.code }
    }
    when.stations = source.strings("station", log: log).compactMap { station($0.text, source, $0.line) }
    when.regions = source.strings("region", log: log).compactMap { region($0.text, source, $0.line) }
    when.months = range(source, "months", 1...12)
    when.weekdays = range(source, "weekdays", 1...7)
    when.hours = range(source, "hours", 0...23)
    if let length = range(source, "length", 0...100_000) {
      if length.first <= length.last {
        when.length = length.first...length.last
      } else {
        log.note(source.file, source.line(of: "length"), .wrongType(key: "length", expected: "rising range such as 0-12"))
      }
    }
    if when.isEmpty { log.note(source.file, source.line, .missingKey("channel station region kind months weekdays hours length")) }
    return when
  }

  private func range(_ source: YAMLMapping, _ key: String, _ allowed: ClosedRange<Int>) -> CyclicRange? {
    guard let text = source.string(key, log: log) else { return nil }
    if let range = CyclicRange(text, in: allowed) { return range }
    log.note(
      source.file, source.line(of: key),
      .wrongType(key: key, expected: "\(allowed.lowerBound)-\(allowed.upperBound)"))
    return nil
  }

  /// `from` and `until` of an entry; the last day before the first is a fault.
  func validity(_ entry: YAMLMapping) -> Validity {
    func day(_ key: String) -> Int? {
      guard let text = entry.string(key, log: log) else { return nil }
      if let day = CivilTime.dayNumber(text) { return day }
      log.note(entry.file, entry.line(of: key), .wrongType(key: key, expected: "date such as 2025-07-01"))
      return nil
    }
    let validity = Validity(from: day("from"), until: day("until"))
    if let from = validity.from, let until = validity.until, until < from {
      log.note(entry.file, entry.line(of: "until"), .neverInForce)
    }
    return validity
  }

  // MARK: Words

  /// Alternatives of a condition, one for each entry: a plain keyword, a word group, or a word with its synonyms.
  private func words(_ entry: YAMLMapping, _ key: String) -> [(keywords: [UInt32], points: Int?)] {
    entry.items(key, log: log).compactMap { item in
      switch item {
      case .text(let text, let line):
        let keywords = keywords(text, entry.file, line)
        return keywords.isEmpty ? nil : (keywords, nil)
      case .mapping(let word):
        word.allow(.word, log: log)
        guard word.required("word", log: log) != nil else { return nil }
        let keywords = flat(word, "word") + flat(word, "or")
        return keywords.isEmpty ? nil : (keywords, word.integer("weight", log: log))
      }
    }
  }

  private func flat(_ entry: YAMLMapping, _ key: String) -> [UInt32] {
    entry.strings(key, log: log).flatMap { keywords($0.text, entry.file, $0.line) }
  }

  /// Numbers of a keyword or of all words of a group.
  private func keywords(_ text: String, _ file: String, _ line: Int, within open: [String] = []) -> [UInt32] {
    guard text.hasPrefix("@") else {
      let folded = Folding.scalars(text)
      if folded.isEmpty { log.note(file, line, .emptyKeyword) }
      return folded.isEmpty ? [] : [keyword(folded)]
    }
    let name = String(text.dropFirst())
    guard let group = groups[name] else {
      log.note(file, line, .unknownWordGroup(text))
      return []
    }
    guard !open.contains(name) else {
      log.note(file, line, .circularWordGroup(text))
      return []
    }
    return group.words.flatMap { keywords($0.text, group.file, $0.line, within: open + [name]) }
  }

  func keyword(_ folded: [UInt32]) -> UInt32 {
    if let known = keywordNumbers[folded] { return known }
    let number = UInt32(result.keywords.count)
    result.keywords.append(folded)
    result.placeOfKeyword.append(nil)
    keywordNumbers[folded] = number
    return number
  }

  // MARK: Examples

  private func examples(_ entry: YAMLMapping, _ key: String) -> [RuleExample] {
    entry.items(key, log: log).compactMap { item in
      switch item {
      case .text(let text, _): return RuleExample(marked: text)
      case .mapping(let source):
        source.allow(.example, log: log)
        guard let text = source.required("text", log: log) else { return nil }
        var context = RuleContext()
        context.channel = source.string("channel", log: log).flatMap { code in
          coded(Channel.allCases, code, "channel", source) { $0.code }
        }
        context.kind = source.string("kind", log: log).flatMap { code in
          coded(Kind.allCases, code, "kind", source) { $0.code }
        }
        context.station = source.string("station", log: log).flatMap { station($0, source, source.line) }
        context.region = source.string("region", log: log).flatMap { region($0, source, source.line) }
        if let at = source.string("at", log: log) {
          context.submittedAt = CivilTime.instant(at, offset: result.utcOffset)
          if context.submittedAt == nil {
            log.note(source.file, source.line(of: "at"), .wrongType(key: "at", expected: "time such as 2025-07-01T23:10"))
          }
        }
        return RuleExample(title: source.string("title", log: log) ?? "", marked: text, context: context)
      }
    }
  }
}
