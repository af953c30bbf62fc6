internal import Casework
internal import Store
internal import Suggestions

/// 规则: what the rules say, what they did, and where people decided otherwise.
enum RulePages {
  static let readers: Set<CaseRole> = [.moderator, .lead, .administrator]
  static let editors: Set<CaseRole> = [.lead, .administrator]

  /// The fixed addresses stand before the one that takes any name.
  static let endpoints: [Endpoint] =
    [
      Endpoint(.get, "/rules", for: .roles(readers), index),
      Endpoint(.get, "/rules/corrections", for: .roles(readers), corrections),
    ] + RuleTrying.endpoints + RuleEditing.endpoints + RuleErrandPages.endpoints + [
      Endpoint(.get, "/rules/{rule}", for: .roles(readers), show)
    ]

  /// Tracks whose counts the visitor is told.
  static func tracks(_ visit: Visit) -> Set<Track> { visit.visitor.tracks(as: readers) }

  /// How far the count is.
  static func counted(_ figures: RuleFigures, _ visit: Visit) -> PageValue {
    guard let moment = figures.countedAt else {
      return .text(visit.say("正在统计命中，稍后再看。", "Hits are being counted; look again shortly."))
    }
    let when = visit.names.moment(moment)
    guard !figures.isComplete else {
      return .text(
        visit.say(
          "已统计到来件 \(figures.countedTo)（\(when)）。", "Counted up to submission \(figures.countedTo) (\(when))."))
    }
    return .text(
      visit.say(
        "已统计到来件 \(figures.countedTo)，共 \(figures.last)，还在数。",
        "Counted up to submission \(figures.countedTo) of \(figures.last), going on."))
  }

  // MARK: All rules

  private static func index(_ visit: Visit) async throws -> Reply {
    let search = visit.request.query["q"]
    let group = visit.request.query["group"]
    let overview = visit.services.rules.overview(search, visit.language)
    let figures = visit.services.rules.figures()
    let tracks = tracks(visit)
    let isOpen = search != nil || group != nil
    let groups = overview.groups.filter { group == nil || $0.code == group }
    let isEditor = visit.visitor.hasRole(among: editors)
    return visit.page(
      "rules", title: visit.say("规则", "Rules"), section: .rules,
      [
        "version": .text(overview.version), "rules": .number(overview.rules), "keywords": .number(overview.keywords),
        "counted": counted(figures, visit), "q": .text(search ?? ""), "isOpen": .flag(isOpen),
        "isEmpty": .flag(isOpen && groups.allSatisfy(\.rules.isEmpty)),
        "groups": .objects(groups.filter { !$0.rules.isEmpty }) { group in
          [
            "code": .text(group.code), "name": .text(group.name), "count": .number(group.rules.count),
            "address": .text("/rules?group=" + FormFields.encoded(group.code)),
            "hits": .number(group.rules.reduce(0) { $0 + (figures.rules[$1.id]?.hits.all.on(tracks) ?? 0) }),
            "corrections": .number(group.rules.reduce(0) { $0 + (figures.rules[$1.id]?.corrections.on(tracks) ?? 0) }),
            "lines": isOpen ? .objects(group.rules) { line($0, figures, tracks) } : false,
          ]
        },
        "isEditor": .flag(isEditor),
        "files": isEditor
          ? .objects(overview.files) { ["name": .text($0), "address": .text("/rules/edit/" + FormFields.encoded($0))] }
          : false,
        "fault": .optional(visit.request.query["fault"] == "reason" ? visit.say("请写明为什么。", "Say why.") : nil),
      ])
  }

  private static func line(
    _ line: RuleOverview.Line, _ figures: RuleFigures, _ tracks: Set<Track>
  ) -> [String: PageValue] {
    let own = figures.rules[line.id]
    return [
      "id": .text(line.id), "address": .text("/rules/" + FormFields.encoded(line.id)), "decides": .text(line.decides),
      "rationale": .text(line.rationale), "words": .text(line.words), "examples": .number(line.examples),
      "hits": .number(own?.hits.all.on(tracks) ?? 0), "corrections": .number(own?.corrections.on(tracks) ?? 0),
      "isCorrected": .flag((own?.corrections.on(tracks) ?? 0) > 0),
    ]
  }

  // MARK: One rule

  private static func show(_ visit: Visit) async throws -> Reply {
    guard let id = visit.parameters["rule"], let sheet = visit.services.rules.sheet(id, visit.language) else {
      throw VisitFault.notFound
    }
    let figures = visit.services.rules.figures()
    let own = figures.rules[sheet.id] ?? RuleFigures.Rule()
    let tracks = tracks(visit)
    let recent = try await RuleCases.visible(own.hits.recent.reversed(), most: 10, visit)
    let corrected = try await visibleDecisions(own.corrected, visit)
    let name = sheet.file.split(separator: "/").last.map(String.init) ?? sheet.file
    return visit.page(
      "rule", title: visit.say("规则 \(sheet.id)", "Rule \(sheet.id)"), section: .rules,
      [
        "id": .text(sheet.id), "rationale": .text(sheet.rationale), "hasRationale": .flag(!sheet.rationale.isEmpty),
        "facts": facts(sheet.facts), "yaml": .text(sheet.yaml), "file": .text(sheet.file), "line": .number(sheet.line),
        "hits": .number(own.hits.all.on(tracks)), "present": .number(own.hits.present.on(tracks)),
        "corrections": .number(own.corrections.on(tracks)), "counted": counted(figures, visit),
        "examples": .objects(sheet.hits) { example($0) }, "hasExamples": .flag(!sheet.hits.isEmpty),
        "counters": .objects(sheet.misses) { example($0) }, "hasCounters": .flag(!sheet.misses.isEmpty),
        "recent": .list(recent), "hasRecent": .flag(!recent.isEmpty), "corrected": .list(corrected),
        "hasCorrected": .flag(!corrected.isEmpty),
        "editAddress": visit.visitor.hasRole(among: editors)
          ? .text("/rules/edit/" + FormFields.encoded(name)) : false,
      ])
  }

  static func facts(_ facts: [RuleSheet.Fact]) -> PageValue {
    .objects(facts) { ["name": .text($0.name), "text": .text($0.text)] }
  }

  static func runs(_ runs: [MarkedRun]) -> PageValue {
    .objects(runs) { run in
      [
        "isMarked": .flag(run.isMarked), "text": .text(run.text),
        "address": .optional(run.rule.map { "/rules/" + FormFields.encoded($0) }), "rule": .text(run.rule ?? ""),
      ]
    }
  }

  private static func example(_ example: RuleSheet.Example) -> [String: PageValue] {
    ["runs": runs(example.text), "fault": .optional(example.fault), "isFine": .flag(example.fault == nil)]
  }

  private static func visibleDecisions(_ decisions: [RuleTally.Decision], _ visit: Visit) async throws -> [PageValue] {
    let numbers = Set(try await RuleCases.visibleNumbers(decisions.prefix(60).map(\.suggestion), most: 10, visit))
    return decisions.filter { numbers.contains($0.suggestion) }.map { decision in
      .object([
        "id": .number(decision.suggestion), "address": .text("/cases/\(decision.suggestion)"),
        "from": .text(topic(decision.from, visit)), "to": .text(topic(decision.to, visit)),
      ])
    }
  }

  private static func topic(_ code: String?, _ visit: Visit) -> String {
    visit.names.topicPath(code) ?? visit.say("未识别", "none")
  }

  // MARK: Corrections

  private static func corrections(_ visit: Visit) async throws -> Reply {
    let figures = visit.services.rules.figures()
    let tracks = tracks(visit)
    var moves: [PageValue] = []
    for move in figures.moves.filter({ $0.count.on(tracks) > 0 }).prefix(50) {
      let samples = try await RuleCases.visibleNumbers(Array(move.suggestions.prefix(12)), most: 3, visit)
      let rules = move.rules.mapValues { $0.on(tracks) }.filter { $0.value > 0 }
        .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      moves.append(
        .object([
          "from": .text(topic(move.from, visit)), "to": .text(topic(move.to, visit)),
          "count": .number(move.count.on(tracks)),
          "rules": .objects(rules.prefix(6)) {
            ["id": .text($0.key), "address": .text("/rules/" + FormFields.encoded($0.key)), "times": .number($0.value)]
          },
          "samples": .objects(samples) { ["id": .number($0), "address": .text("/cases/\($0)")] },
        ]))
    }
    let (decided, confirmed) = (figures.decided.on(tracks), figures.confirmed.on(tracks))
    return visit.page(
      "rule-corrections", title: visit.say("人工更正", "Corrections"), section: .rules,
      [
        "counted": counted(figures, visit), "decided": .number(decided), "confirmed": .number(confirmed),
        "corrected": .number(decided - confirmed), "moves": .list(moves), "isEmpty": .flag(moves.isEmpty),
        "mayLearn": .flag(visit.visitor.hasRole(among: [.administrator])),
      ])
  }
}
