internal import Suggestions
internal import Yams

extension ClockBook {
  /// Reads `rules/clocks.yaml`. Everything wrong with it is reported at once.
  package init(yaml: [UInt8], file: String) throws(SettingFault) {
    var reading = try SettingReading(yaml, file: file)
    let root = reading.root
    reading.allow(.clockBook, in: root)
    if root["in_force"] == nil { reading.report(root, .missingKey("in_force")) }
    let inForce = reading.texts("in_force", in: root)
    var ids: Set<String> = []
    var sets: [ClockSet] = []
    for node in reading.mappings("sets", in: root, isRequired: true) {
      guard let set = reading.clockSet(node) else { continue }
      if !ids.insert(set.id).inserted { reading.report(node["id"] ?? node, .repeatedName(key: "id", name: set.id)) }
      sets.append(set)
    }
    let models = Set(sets.map(\.model))
    for (name, node) in inForce where !models.contains(name) { reading.report(node, .unknownModel(name)) }
    self = try reading.finish(ClockBook(inForce: inForce.map(\.text), sets: sets), file: file)
  }
}

extension SettingReading {
  fileprivate mutating func clockSet(_ node: Node) -> ClockSet? {
    allow(.clockSet, in: node)
    let id = text("id", in: node)
    let model = text("model", in: node)
    let title = text("title", in: node)
    let titleEnglish = text("title_en", in: node)
    let from = date("from", in: node)
    let until = date("until", in: node)
    if let from, let until, until < from { report(node["until"] ?? node, .endsBeforeItBegins) }
    var rules: [ClockRule] = []
    if let clocks = mapping("clocks", in: node, isRequired: true) {
      for (key, value) in clocks.mapping ?? [:] {
        guard let kind = code(key.string ?? "", at: key, key: "clocks", of: ClockKind.allCases, \.code) else {
          continue
        }
        guard value.mapping != nil else {
          report(value, .wrongType(key: kind.code, expected: "mapping"))
          continue
        }
        if let rule = clock(kind, value) { rules.append(rule) }
      }
    }
    guard let id, let model, let title, let titleEnglish else { return nil }
    var set = ClockSet(id: id, model: model, title: title, titleEnglish: titleEnglish, rules: rules)
    (set.from, set.until) = (from, until)
    if let when = mapping("when", in: node) { conditions(when, of: &set) }
    return set
  }

  private mutating func conditions(_ node: Node, of set: inout ClockSet) {
    allow(.conditions, in: node)
    set.kinds = Set(codes("kind", in: node, of: Kind.allCases, \.code))
    set.urgencies = Set(codes("urgency", in: node, of: Urgency.allCases, \.code))
    set.tracks = Set(codes("track", in: node, of: Track.allCases, \.code))
    set.topics = texts("topic", in: node).map(\.text)
    set.regions = Set(texts("region", in: node).map(\.text))
  }

  private mutating func clock(_ kind: ClockKind, _ node: Node) -> ClockRule? {
    allow(.clock, in: node)
    let within = allowance("within", in: node)
    let start = text("start", in: node).flatMap {
      code($0, at: node["start"] ?? node, key: "start", of: ClockMoment.allCases, \.code)
    }
    if node["stop"] == nil { report(node, .missingKey("stop")) }
    let stops = codes("stop", in: node, of: ClockMoment.allCases, \.code)
    if let start, stops.contains(start) { report(node["stop"] ?? node, .standsStill(start.code)) }
    let begins = text("begins", in: node, isRequired: false).flatMap {
      code($0, at: node["begins"] ?? node, key: "begins", of: ClockBegin.allCases, \.code)
    }
    let ends = text("ends", in: node, isRequired: false).flatMap {
      code($0, at: node["ends"] ?? node, key: "ends", of: ClockEnd.allCases, \.code)
    }
    var pauses: [PauseCause: Allowance] = [:]
    if let table = mapping("pauses", in: node) {
      for (key, _) in table.mapping ?? [:] {
        guard let cause = code(key.string ?? "", at: key, key: "pauses", of: PauseCause.allCases, \.code) else {
          continue
        }
        pauses[cause] = allowance(cause.code, in: table)
      }
    }
    var extra: ClockRule.Extension?
    if let table = mapping("extension", in: node) {
      allow(.extra, in: table)
      let most = allowance("most", in: table)
      let times = number("times", in: table, 1...9, isRequired: false) ?? 1
      extra = most.map { ClockRule.Extension(most: $0, times: times) }
    }
    guard let within, let start, !stops.isEmpty else { return nil }
    return ClockRule(
      kind, within: within, start: start, stops: stops, begins: begins ?? .moment, ends: ends ?? .exact,
      pauses: pauses, extra: extra)
  }
}
