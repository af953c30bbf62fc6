internal import Suggestions
internal import Text

extension RuleBook {
  /// Compiles a book from its files. All faults of all files are reported at once.
  ///
  /// - Throws: ``RuleBookFault`` with every problem that stops the book; warnings stay in ``warnings``.
  package convenience init(files: [RuleFile]) throws(RuleBookFault) {
    let compiler = RuleCompiler()
    let compiled = compiler.compile(files)
    let fatal = compiler.log.problems.filter { !$0.isWarning }
    guard fatal.isEmpty, let compiled else { throw RuleBookFault(problems: compiler.log.problems) }
    self.init(compiled)
  }
}

/// Turns the YAML files of a book into the tables of a ``RuleBook``.
final class RuleCompiler {
  struct Result {
    var name = ""
    var title = ""
    var version = ""
    var topics: [Topic] = []
    var departments: [Department] = []
    var regions: [Region] = []
    var ambiguous: [AmbiguousPlace] = []
    var stations: [Station] = []
    var rules: [Rule] = []
    var routes: [RoutingRule] = []
    var fallback = RoutingFallback(lead: 0, cityLead: 0)
    var basePriority: [Urgency: Int] = [.danger: 90, .outage: 70, .ordinary: 40, .idea: 20]
    var warnings: [RuleProblem] = []
    var keywords: [[UInt32]] = []
    var placeOfKeyword: [RuleBook.PlaceName?] = []
    var learned: LearnedLayer?
    var confidence = ConfidenceScale.unmeasured
  }

  let log = YAMLMapping.Log()
  private var result = Result()
  private var keywordNumbers: [[UInt32]: UInt32] = [:]
  private var topicNumbers: [String: Int] = [:]
  private var departmentNumbers: [String: Int] = [:]
  private var regionNumbers: [String: Int] = [:]
  private var groups: [String: [String]] = [:]
  private var ruleLines: [String: (String, Int)] = [:]

  func compile(_ files: [RuleFile]) -> Result? {
    let files = files.sorted { $0.path < $1.path }
    guard let head = mapping("book.yaml", in: files) else { return nil }
    result.name = head.required("book", log: log) ?? ""
    result.title = head.string("title", log: log) ?? result.name
    head.allow(["book", "title", "title_en", "version", "zone", "confidence"], log: log)
    if let scale = head.submapping("confidence", log: log) { result.confidence = ConfidenceScale(scale, log: log) }
    result.version = (head.required("version", log: log) ?? "") + "+" + RuleCompiler.fingerprint(of: files)

    if let source = mapping("topics.yaml", in: files) { topics(source) }
    if let source = mapping("departments.yaml", in: files) { departments(source) }
    if let source = mapping("regions.yaml", in: files) { regions(source) }
    if let source = mapping("stations.yaml", in: files) { stations(source) }
    if let source = mapping("routing.yaml", in: files) { routing(source) }
    let keywordFiles = files.filter { $0.path.hasPrefix("keywords/") && $0.path.hasSuffix(".yaml") }
    let sources = keywordFiles.compactMap { YAMLMapping($0, log: log) }
    for source in sources { wordGroups(source) }
    for source in sources { rules(source) }
    learned(files.filter { $0.path.hasPrefix("learned/") && $0.path.hasSuffix(".yaml") })
    result.warnings = log.problems.filter(\.isWarning)
    return result
  }

  private static func fingerprint(of files: [RuleFile]) -> String {
    var hash: UInt64 = 0
    for file in files {
      hash = TextHash.of(Array(file.path.utf8).span.bytes, seed: hash)
      hash = TextHash.of(file.bytes.span.bytes, seed: hash)
    }
    let digits = String(hash, radix: 16)
    return String((String(repeating: "0", count: 16 - digits.count) + digits).prefix(8))
  }

  private func mapping(_ path: String, in files: [RuleFile]) -> YAMLMapping? {
    guard let file = files.first(where: { $0.path == path }) else {
      log.note(path, 0, .missingFile(path))
      return nil
    }
    return YAMLMapping(file, log: log)
  }

  // MARK: Gazette

  private func topics(_ source: YAMLMapping) {
    source.allow(["topics"], log: log)
    for entry in source.mappings("topics", log: log) {
      entry.allow(["code", "name", "en", "department"], log: log)
      guard let code = entry.required("code", log: log), let name = entry.required("name", log: log) else { continue }
      guard topicNumbers[code] == nil else {
        log.note(entry.file, entry.line, .duplicate(code))
        continue
      }
      let parent = code.count > 2 ? topicNumbers[String(code.dropLast(2))] : nil
      if code.count > 2 && parent == nil {
        log.note(entry.file, entry.line, .unknownCode(key: "parent", code: String(code.dropLast(2))))
      }
      topicNumbers[code] = result.topics.count
      result.topics.append(
        Topic(
          code: code, name: name, englishName: entry.string("en", log: log) ?? name, parent: parent,
          level: code.count / 2))
    }
  }

  private func departments(_ source: YAMLMapping) {
    source.allow(["departments"], log: log)
    for entry in source.mappings("departments", log: log) {
      entry.allow(["code", "name", "short", "district", "en", "tier", "aliases"], log: log)
      guard let code = entry.required("code", log: log), let name = entry.required("name", log: log) else { continue }
      guard departmentNumbers[code] == nil else {
        log.note(entry.file, entry.line, .duplicate(code))
        continue
      }
      departmentNumbers[code] = result.departments.count
      result.departments.append(
        Department(
          code: code, name: name, shortName: entry.string("short", log: log) ?? name,
          englishName: entry.string("en", log: log) ?? name, districtPattern: entry.string("district", log: log),
          tier: choice(entry, "tier") ?? .city))
    }
  }

  private func regions(_ source: YAMLMapping) {
    source.allow(["regions", "ambiguous", "landmarks", "not_places"], log: log)
    for name in source.strings("not_places", log: log) { place(name.text, .elsewhere) }
    let entries = source.mappings("regions", log: log)
    for entry in entries {
      entry.allow(["code", "name", "en", "level", "parent", "aliases", "over"], log: log)
      guard let code = entry.required("code", log: log), let name = entry.required("name", log: log),
        let level: RegionLevel = choice(entry, "level")
      else { continue }
      guard regionNumbers[code] == nil else {
        log.note(entry.file, entry.line, .duplicate(code))
        continue
      }
      regionNumbers[code] = result.regions.count
      result.regions.append(
        Region(
          code: code, name: name, englishName: entry.string("en", log: log) ?? name, level: level, parent: nil,
          covers: []))
    }
    // Ambiguous names first: a name listed there belongs to nobody alone.
    for entry in source.mappings("ambiguous", log: log) {
      entry.allow(["name", "candidates", "ask", "ask_en"], log: log)
      guard let name = entry.required("name", log: log) else { continue }
      let candidates = entry.strings("candidates", log: log).compactMap { region($0.text, entry, $0.line) }
      let question = entry.string("ask", log: log) ?? ""
      result.ambiguous.append(
        AmbiguousPlace(
          name: name, candidates: candidates, question: question,
          englishQuestion: entry.string("ask_en", log: log) ?? question))
      place(name, .ambiguous(result.ambiguous.count - 1))
    }
    for entry in entries {
      guard let code = entry.string("code", log: log), let number = regionNumbers[code] else { continue }
      if let parent = entry.string("parent", log: log) {
        result.regions[number].parent = region(parent, entry, entry.line(of: "parent"))
      }
      result.regions[number].covers = entry.strings("over", log: log).compactMap { region($0.text, entry, $0.line) }
      place(result.regions[number].name, .region(number))
      for alias in entry.strings("aliases", log: log) { place(alias.text, .region(number)) }
    }
    for entry in source.mappings("landmarks", log: log) {
      entry.allow(["name", "region", "aliases"], log: log)
      guard let name = entry.required("name", log: log), let code = entry.required("region", log: log),
        let number = region(code, entry, entry.line)
      else { continue }
      place(name, .region(number))
      for alias in entry.strings("aliases", log: log) { place(alias.text, .region(number)) }
    }
  }

  private func stations(_ source: YAMLMapping) {
    source.allow(["stations"], log: log)
    for entry in source.mappings("stations", log: log) {
      entry.allow(["code", "name", "en", "region", "address", "aliases", "facilities"], log: log)
      guard let code = entry.required("code", log: log), let name = entry.required("name", log: log),
        let regionCode = entry.required("region", log: log), let region = region(regionCode, entry, entry.line)
      else { continue }
      result.stations.append(
        Station(
          code: code, name: name, region: region, address: entry.string("address", log: log) ?? "",
          facilities: entry.strings("facilities", log: log).map(\.text)))
      let number = result.stations.count - 1
      place(name, .station(number))
      place(code, .station(number))
      for alias in entry.strings("aliases", log: log) { place(alias.text, .station(number)) }
    }
  }

  /// A name already taken keeps its first meaning: ambiguous ones, then regions, landmarks, stations.
  private func place(_ name: String, _ meaning: RuleBook.PlaceName) {
    let folded = Folding.scalars(name)
    guard !folded.isEmpty else { return }
    let number = Int(keyword(folded))
    if result.placeOfKeyword[number] == nil { result.placeOfKeyword[number] = meaning }
  }

  // MARK: Routing

  private func routing(_ source: YAMLMapping) {
    source.allow(["routes", "fallback", "priority"], log: log)
    for entry in source.mappings("routes", log: log) {
      entry.allow(["id", "topic", "region", "kind", "lead", "co", "tier"], log: log)
      guard let id = entry.required("id", log: log), let leadCode = entry.required("lead", log: log),
        let lead = department(leadCode, entry, entry.line(of: "lead"))
      else { continue }
      result.routes.append(
        RoutingRule(
          id: id, topic: entry.string("topic", log: log).flatMap { topic($0, entry) },
          region: entry.string("region", log: log).flatMap { region($0, entry, entry.line) },
          kind: entry.string("kind", log: log).flatMap { code in
            coded(Kind.allCases, code, "kind", entry) { $0.code }
          },
          lead: lead,
          coHandlers: entry.strings("co", log: log).compactMap { department($0.text, entry, $0.line) },
          tier: choice(entry, "tier") ?? .district))
    }
    if let fallback = source.submapping("fallback", log: log) {
      fallback.allow(["lead", "lead_city", "tier"], log: log)
      if let code = fallback.required("lead", log: log), let lead = department(code, fallback, fallback.line) {
        result.fallback.lead = lead
        result.fallback.cityLead = lead
      }
      if let code = fallback.string("lead_city", log: log), let lead = department(code, fallback, fallback.line) {
        result.fallback.cityLead = lead
      }
    } else {
      log.note(source.file, source.line, .missingKey("fallback"))
    }
    if let priority = source.submapping("priority", log: log) {
      priority.allow(Set(Urgency.allCases.map(\.code)), log: log)
      for urgency in Urgency.allCases {
        if let value = priority.integer(urgency.code, log: log) { result.basePriority[urgency] = min(99, max(0, value)) }
      }
    }
  }

  // MARK: Rules

  private func wordGroups(_ source: YAMLMapping) {
    guard let words = source.submapping("words", log: log) else { return }
    for key in words.keys {
      if groups[key] != nil { log.note(source.file, words.line(of: key), .duplicate("@\(key)")) }
      groups[key] = words.strings(key, log: log).map(\.text)
    }
  }

  private static let ruleKeys: Set<String> = [
    "id", "topic", "kind", "act", "track", "urgency", "flag", "co", "weight", "any", "all", "none", "near", "in", "why",
    "hits", "misses",
  ]

  private func rules(_ source: YAMLMapping) {
    source.allow(["words", "rules"], log: log)
    for entry in source.mappings("rules", log: log) {
      entry.allow(RuleCompiler.ruleKeys, log: log)
      guard let id = entry.required("id", log: log) else { continue }
      if ruleLines[id] != nil {
        log.note(entry.file, entry.line, .duplicate(id))
        continue
      }
      ruleLines[id] = (entry.file, entry.line)
      guard let verdict = verdict(entry, id) else { continue }
      let near = entry.mappings("near", log: log).compactMap { pair in nearCondition(pair) }
      let rule = Rule(
        id: id, verdict: verdict, weight: entry.integer("weight", log: log) ?? 3,
        any: words(entry, "any").flatMap(\.self), all: words(entry, "all"),
        none: words(entry, "none").flatMap(\.self), near: near, scope: choice(entry, "in") ?? .both,
        coHandlers: entry.strings("co", log: log).compactMap { department($0.text, entry, $0.line) },
        rationale: entry.string("why", log: log) ?? "",
        hits: entry.strings("hits", log: log).map { RuleExample(marked: $0.text) },
        misses: entry.strings("misses", log: log).map(\.text), file: entry.file, line: entry.line)
      if rule.any.isEmpty && rule.all.isEmpty && rule.near.isEmpty {
        log.note(entry.file, entry.line, .noCondition(rule: id))
        continue
      }
      warn(about: rule)
      result.rules.append(rule)
    }
  }

  private func learned(_ files: [RuleFile]) {
    guard let file = files.first, let source = YAMLMapping(file, log: log) else { return }
    if files.count > 1 { log.note(files[1].path, 1, .severalLayers) }
    let layer = LearnedLayerSource(source, log: log)
    let topics = layer.topics.compactMap { look(topicNumbers, $0.code, "topic", source, source.line(of: "topics")) }
    guard topics.count == layer.topics.count else { return }
    result.learned = LearnedLayer(layer, topics: topics)
  }

  private func warn(about rule: Rule) {
    if rule.hits.isEmpty { log.note(rule.file, rule.line, .noExample(rule: rule.id)) }
    let forbidden = Set(rule.none)
    for keyword in rule.any where forbidden.contains(keyword) {
      log.note(
        rule.file, rule.line,
        .contradiction(rule: rule.id, keyword: Folding.string(result.keywords[Int(keyword)])))
    }
    // A keyword that contains another of the same list adds nothing: the shorter one fires wherever it does.
    for long in rule.any {
      let scalars = result.keywords[Int(long)]
      for short in rule.any where short != long {
        let inner = result.keywords[Int(short)]
        if inner.count < scalars.count, scalars.indices.contains(where: { scalars[$0...].starts(with: inner) }) {
          log.note(rule.file, rule.line, .shadowedKeyword(rule: rule.id, keyword: Folding.string(scalars)))
          break
        }
      }
    }
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

  private func nearCondition(_ pair: YAMLMapping) -> NearCondition? {
    pair.allow(["a", "b", "within"], log: log)
    let left = words(pair, "a").flatMap(\.self)
    let right = words(pair, "b").flatMap(\.self)
    if left.isEmpty { log.note(pair.file, pair.line, .missingKey("a")) }
    if right.isEmpty { log.note(pair.file, pair.line, .missingKey("b")) }
    guard let within = pair.integer("within", log: log) else {
      log.note(pair.file, pair.line, .missingKey("within"))
      return nil
    }
    return NearCondition(left: left, right: right, within: within)
  }

  /// Keywords of a condition, one list per entry: a plain keyword is a list of one, a word group a list of its words.
  private func words(_ entry: YAMLMapping, _ key: String) -> [[UInt32]] {
    entry.strings(key, log: log).compactMap { word in
      var texts = [word.text]
      if word.text.hasPrefix("@") {
        guard let group = groups[String(word.text.dropFirst())] else {
          log.note(entry.file, word.line, .unknownWordGroup(word.text))
          return nil
        }
        texts = group
      }
      let numbers = texts.compactMap { text -> UInt32? in
        let folded = Folding.scalars(text)
        guard !folded.isEmpty else {
          log.note(entry.file, word.line, .emptyKeyword)
          return nil
        }
        return keyword(folded)
      }
      return numbers.isEmpty ? nil : numbers
    }
  }

  private func keyword(_ folded: [UInt32]) -> UInt32 {
    if let known = keywordNumbers[folded] { return known }
    let number = UInt32(result.keywords.count)
    result.keywords.append(folded)
    result.placeOfKeyword.append(nil)
    keywordNumbers[folded] = number
    return number
  }

  // MARK: Codes

  private func topic(_ code: String, _ entry: YAMLMapping) -> Int? {
    look(topicNumbers, code, "topic", entry, entry.line(of: "topic"))
  }

  private func department(_ code: String, _ entry: YAMLMapping, _ line: Int) -> Int? {
    look(departmentNumbers, code, "department", entry, line)
  }

  private func region(_ code: String, _ entry: YAMLMapping, _ line: Int) -> Int? {
    look(regionNumbers, code, "region", entry, line)
  }

  private func look(_ table: [String: Int], _ code: String, _ key: String, _ entry: YAMLMapping, _ line: Int) -> Int? {
    if let number = table[code] { return number }
    log.note(entry.file, line, .unknownCode(key: key, code: code))
    return nil
  }

  private func coded<Value>(
    _ values: [Value], _ code: String, _ key: String, _ entry: YAMLMapping, _ name: (Value) -> String
  ) -> Value? {
    if let value = values.first(where: { name($0) == code }) { return value }
    log.note(entry.file, entry.line(of: key), .unknownCode(key: key, code: code))
    return nil
  }

  private func choice<Value: RawRepresentable>(_ entry: YAMLMapping, _ key: String) -> Value?
  where Value.RawValue == String {
    guard let text = entry.string(key, log: log) else { return nil }
    if let value = Value(rawValue: text) { return value }
    log.note(entry.file, entry.line(of: key), .unknownCode(key: key, code: text))
    return nil
  }
}
