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
    var files: [RuleFile] = []
    var topics: [Topic] = []
    var departments: [Department] = []
    var regions: [Region] = []
    var ambiguous: [AmbiguousPlace] = []
    var stations: [Station] = []
    var names: [PlaceName] = []
    var rules: [Rule] = []
    var routes: [RoutingRule] = []
    var fallback = RoutingFallback(lead: 0, cityLead: 0)
    var basePriority: [Urgency: Int] = [.danger: 90, .outage: 70, .ordinary: 40, .idea: 20]
    var warnings: [RuleProblem] = []
    var keywords: [[UInt32]] = []
    /// Per keyword: index of the place name it is.
    var placeOfKeyword: [Int?] = []
    var negation = Negation()
    /// Seconds the city's clocks are ahead of Greenwich.
    var utcOffset = CivilTime.chinaOffset
    var learned: LearnedLayer?
    var confidence = ConfidenceScale.unmeasured
  }

  let log = YAMLMapping.Log()
  var result = Result()
  var keywordNumbers: [[UInt32]: UInt32] = [:]
  var topicNumbers: [String: Int] = [:]
  var departmentNumbers: [String: Int] = [:]
  var regionNumbers: [String: Int] = [:]
  var stationNumbers: [String: Int] = [:]
  var groups: [String: WordGroup] = [:]
  var ruleLines: [String: (String, Int)] = [:]
  /// What each keyword alone decides.
  var decisions: [UInt32: [RuleVerdict]] = [:]

  func compile(_ files: [RuleFile]) -> Result? {
    let files = files.sorted { $0.path < $1.path }
    guard let head = mapping("book.yaml", in: files) else { return nil }
    result.files = files
    result.name = head.required("book", log: log) ?? ""
    result.title = head.string("title", log: log) ?? result.name
    head.allow(.book, log: log)
    if let scale = head.submapping("confidence", log: log) { result.confidence = ConfidenceScale(scale, log: log) }
    result.version = (head.required("version", log: log) ?? "") + "+" + RuleCompiler.fingerprint(of: files)

    readZone(head)
    if let source = mapping("topics.yaml", in: files) { topics(source) }
    if let source = mapping("departments.yaml", in: files) { departments(source) }
    if let source = mapping("regions.yaml", in: files) { regions(source) }
    if let source = mapping("stations.yaml", in: files) { stations(source) }
    if let source = mapping("routing.yaml", in: files) { routing(source) }
    let keywordFiles = files.filter { $0.path.hasPrefix("keywords/") && $0.path.hasSuffix(".yaml") }
    let sources = keywordFiles.compactMap { YAMLMapping($0, log: log) }
    for source in sources { readWordGroups(source) }
    if let source = head.submapping("negation", log: log) { readNegation(source) }
    for source in sources { rules(source) }
    checkRules()
    learned(files.filter { $0.path.hasPrefix("learned/") && $0.path.hasSuffix(".yaml") })
    result.warnings = log.problems.filter(\.isWarning)
    return result
  }

  private func readZone(_ head: YAMLMapping) {
    guard let zone = head.string("zone", log: log), zone != "Asia/Shanghai" else { return }
    let parts = zone.dropFirst().split(separator: ":").map { Int($0) }
    guard zone.utf8.count == 6, zone.hasPrefix("+") || zone.hasPrefix("-"), parts.count == 2,
      let hours = parts[0], let minutes = parts[1], hours <= 18, minutes < 60
    else {
      log.note(head.file, head.line(of: "zone"), .wrongType(key: "zone", expected: "Asia/Shanghai or +08:00"))
      return
    }
    result.utcOffset = (zone.hasPrefix("-") ? -1 : 1) * (hours * 3600 + minutes * 60)
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

  // MARK: Codes

  func topic(_ code: String, _ entry: YAMLMapping) -> Int? {
    look(topicNumbers, code, "topic", entry, entry.line(of: "topic"))
  }

  func department(_ code: String, _ entry: YAMLMapping, _ line: Int) -> Int? {
    look(departmentNumbers, code, "department", entry, line)
  }

  func region(_ code: String, _ entry: YAMLMapping, _ line: Int) -> Int? {
    look(regionNumbers, code, "region", entry, line)
  }

  func station(_ code: String, _ entry: YAMLMapping, _ line: Int) -> Int? {
    look(stationNumbers, code, "station", entry, line)
  }

  func look(_ table: [String: Int], _ code: String, _ key: String, _ entry: YAMLMapping, _ line: Int) -> Int? {
    if let number = table[code] { return number }
    log.note(entry.file, line, .unknownCode(key: key, code: code))
    return nil
  }

  func coded<Value>(
    _ values: [Value], _ code: String, _ key: String, _ entry: YAMLMapping, _ name: (Value) -> String
  ) -> Value? {
    if let value = values.first(where: { name($0) == code }) { return value }
    log.note(entry.file, entry.line(of: key), .unknownCode(key: key, code: code))
    return nil
  }

  func choice<Value: RawRepresentable>(_ entry: YAMLMapping, _ key: String) -> Value?
  where Value.RawValue == String {
    guard let text = entry.string(key, log: log) else { return nil }
    if let value = Value(rawValue: text) { return value }
    log.note(entry.file, entry.line(of: key), .unknownCode(key: key, code: text))
    return nil
  }
}
