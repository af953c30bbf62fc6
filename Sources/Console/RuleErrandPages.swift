internal import Casework
internal import Store

/// Work on the rules that goes on while people do other things: how far it is, and what came of it.
enum RuleErrandPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/rules/errands/{id}", for: .roles(RulePages.editors), show),
    Endpoint(.get, "/rules/coverage", for: .roles(RulePages.readers), coverage),
    Endpoint(.post, "/rules/coverage", for: .roles(RulePages.readers)) { visit in
      try begin(.coverage, visit, at: "/rules/coverage")
    },
    Endpoint(.post, "/rules/learn", for: .roles([.administrator])) { try begin(.learning, $0) },
    Endpoint(.post, "/rules/reclassify", for: .roles(RulePages.editors)) { visit in
      let reason = visit.request.form["reason"] ?? ""
      guard let act = StaffAct(actor: visit.visitor.account?.name ?? "", reason: reason, at: visit.now) else {
        return .seeOther("/rules?fault=reason")
      }
      return try begin(.reclassification(act), visit)
    },
  ]

  private static func begin(_ work: RuleErrand.Work, _ visit: Visit, at place: String? = nil) throws -> Reply {
    guard let id = visit.services.rules.begin(work, visit.visitor.account?.name ?? "") else {
      throw VisitFault.tooMany(30)
    }
    return .seeOther(place ?? "/rules/errands/" + FormFields.encoded(id))
  }

  private static func show(_ visit: Visit) async throws -> Reply {
    guard let errand = visit.parameters["id"].flatMap(visit.services.rules.errand) else { throw VisitFault.notFound }
    return try await page(errand, visit)
  }

  private static func title(_ work: RuleErrand.Work, _ visit: Visit) -> String {
    switch work {
    case .trial(let draft): visit.say("\(draft.name) 换上后会怎样", "What \(draft.name) would change")
    case .coverage: visit.say("规则的盲区", "Where the rules are blind")
    case .learning: visit.say("从人工判定里学", "Learning from decisions")
    case .reclassification: visit.say("重判在等的", "Judging anew what waits")
    }
  }

  /// - Parameter fault: what is wrong with the form on it.
  static func page(
    _ errand: RuleErrand, _ visit: Visit, status: Int = 200, fault: String? = nil
  ) async throws -> Reply {
    let title = title(errand.work, visit)
    var value = progress(errand, visit)
    value["heading"] = .text(title)
    value["fault"] = .optional(fault)
    value["draft"] = false
    value["reason"] = .text(visit.request.form["reason"] ?? "")
    if case .trial(let draft) = errand.work { value["draft"] = self.draft(draft) }
    value["trial"] = false
    value["learning"] = false
    value["reclassified"] = false
    if case .ended(let outcomes) = errand.state, let outcome = outcomes[visit.language] {
      switch outcome {
      case .trial(let trial): value["trial"] = try await self.trial(trial, visit)
      case .learning(let learning): value["learning"] = self.learning(learning, visit)
      case .reclassification(let judged, let changed, let decided):
        value["reclassified"] = [
          "judged": .number(judged), "changed": .number(changed), "decided": .number(decided),
        ]
      case .coverage: return .seeOther("/rules/coverage")
      }
    }
    return visit.page("rule-work", title: title, section: .rules, status: status, value)
  }

  private static func progress(_ errand: RuleErrand, _ visit: Visit) -> [String: PageValue] {
    var failure: String?
    if case .failed(let words) = errand.state { failure = words[visit.language] }
    let said =
      errand.state == .waiting
      ? visit.say("排队等前一项。", "Waiting for another job.")
      : errand.total.map { visit.say("已算 \(errand.done) / \($0) 件。", "\(errand.done) of \($0) done.") }
        ?? visit.say("已算 \(errand.done) 件。", "\(errand.done) done.")
    return [
      "id": .text(errand.id), "isOpen": .flag(!errand.isEnded), "done": .number(errand.done),
      "total": errand.total.map(PageValue.number) ?? false, "said": .text(said), "failure": .optional(failure),
      "who": .text(errand.actor), "book": .text(errand.book), "moment": .text(visit.names.moment(errand.changedAt)),
      "rulesScript": .text(visit.premises.assets.address(of: "rules.js")),
    ]
  }

  private static func draft(_ draft: RuleDraft) -> PageValue {
    [
      "name": .text(draft.name), "address": .text("/rules/edit/" + FormFields.encoded(draft.name)),
      "text": .text(draft.text), "base": .text(draft.base),
    ]
  }

  private static func trial(_ trial: RuleTrial, _ visit: Visit) async throws -> PageValue {
    var aspects: [PageValue] = []
    for aspect in trial.aspects {
      var moves: [PageValue] = []
      for move in aspect.moves.prefix(12) {
        let samples = try await RuleCases.visibleNumbers(move.samples, most: 3, visit)
        moves.append(
          .object([
            "from": .text(move.from), "to": .text(move.to), "count": .number(move.count),
            "samples": .objects(samples) { ["id": .number($0), "address": .text("/cases/\($0)")] },
          ]))
      }
      aspects.append(
        .object([
          "name": .text(aspect.name), "count": .number(aspect.count), "moves": .list(moves),
          "more": .optional(
            aspect.moves.count > 12
              ? visit.say("另有 \(aspect.moves.count - 12) 种", "\(aspect.moves.count - 12) more kinds") : nil),
        ]))
    }
    return [
      "version": .text(trial.version), "texts": .number(trial.texts), "changed": .number(trial.changed),
      "aspects": .list(aspects), "isSame": .flag(trial.changed == 0),
    ]
  }

  private static func learning(_ learning: RuleLearning, _ visit: Visit) -> PageValue {
    [
      "decided": .number(learning.decided), "before": .number(learning.rightBefore),
      "after": .number(learning.rightAfter),
      "held": learning.heldRightAfter.map(PageValue.number) ?? false, "rules": .number(learning.rules),
      "words": .number(learning.words), "draft": draft(learning.draft), "hasRules": .flag(learning.rules > 0),
    ]
  }

  // MARK: Coverage

  private static func coverage(_ visit: Visit) async throws -> Reply {
    let errand = visit.services.rules.coverage()
    var value: [String: PageValue] = ["hasErrand": .flag(errand != nil), "isOpen": false, "failure": false]
    if let errand { value.merge(progress(errand, visit)) { _, new in new } }
    value["result"] = false
    if let errand, case .ended(let outcomes) = errand.state, case .coverage(let coverage)? = outcomes[visit.language] {
      value["result"] = try await result(coverage, visit)
    }
    let warnings = visit.services.rules.warnings(visit.language)
    value["warnings"] = .objects(warnings.prefix(100)) {
      ["place": .text("\($0.file):\($0.line)"), "text": .text($0.text)]
    }
    value["hasWarnings"] = .flag(!warnings.isEmpty)
    return visit.page("rule-coverage", title: visit.say("规则的盲区", "Where the rules are blind"), section: .rules, value)
  }

  private static func result(_ coverage: RuleCoverage, _ visit: Visit) async throws -> PageValue {
    let without = try await RuleCases.visible(Array(coverage.without.prefix(60)), most: 10, visit)
    let unsure = try await RuleCases.visible(Array(coverage.unsure.prefix(60)), most: 10, visit)
    let whole = coverage.silent.filter(\.isWhole)
    return [
      "texts": .number(coverage.texts), "withoutCount": .number(coverage.without.count),
      "unsureCount": .number(coverage.unsure.count),
      "understood": .number(coverage.texts - coverage.without.count - coverage.unsure.count),
      "without": .list(without), "hasWithout": .flag(!without.isEmpty), "unsure": .list(unsure),
      "hasUnsure": .flag(!unsure.isEmpty),
      "terms": .objects(coverage.terms) {
        ["word": .text($0.word), "open": .number($0.open), "known": .number($0.understood)]
      },
      "hasTerms": .flag(!coverage.terms.isEmpty),
      "idle": .objects(whole) { ["rule": .text($0.rule), "address": .text("/rules/" + FormFields.encoded($0.rule))] },
      "hasIdle": .flag(!whole.isEmpty),
      "silent": .objects(coverage.silent.filter { !$0.isWhole }) { silent in
        [
          "rule": .text(silent.rule), "address": .text("/rules/" + FormFields.encoded(silent.rule)),
          "count": .number(silent.words.count),
          "words": .text(
            silent.words.prefix(30).joined(separator: visit.say("、", ", ")) + (silent.words.count > 30 ? "…" : "")),
        ]
      },
      "hasSilent": .flag(coverage.silent.contains { !$0.isWhole }),
    ]
  }
}
