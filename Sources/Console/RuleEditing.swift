internal import Store

/// 改规则: a keyword file as text, checked, tried on what is stored, then put into force under a new version.
enum RuleEditing {
  /// Chinese in a form takes nine bytes a character.
  private static let mostBytes = 2 * 1024 * 1024

  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/rules/edit/{file}", for: .roles(RulePages.editors), show),
    Endpoint(.post, "/rules/edit/{file}", for: .roles(RulePages.editors), mostBytes: mostBytes, step),
    Endpoint(.post, "/rules/force", for: .roles(RulePages.editors), mostBytes: mostBytes, force),
  ]

  /// What the page shows beside the text.
  private struct Findings {
    var fault: String?
    var check: RuleCheck?
    /// What somebody else wrote meanwhile.
    var other: RuleFileText?
  }

  private static func show(_ visit: Visit) async throws -> Reply {
    guard let name = visit.parameters["file"], let file = await visit.services.rules.file(name) else {
      throw VisitFault.notFound
    }
    return page(visit, RuleDraft(name: file.name, text: file.text, base: file.fingerprint))
  }

  private static func step(_ visit: Visit) async throws -> Reply {
    guard let name = visit.parameters["file"], let file = await visit.services.rules.file(name) else {
      throw VisitFault.notFound
    }
    let draft = draft(of: visit, name: file.name)
    if visit.request.form["step"] == "edit" { return page(visit, draft) }
    guard draft.base == file.fingerprint else { return conflict(visit, draft, file) }
    let check = await visit.services.rules.check(draft, visit.language)
    guard check.isSound else { return page(visit, draft, Findings(check: check), status: 400) }
    guard visit.request.form["step"] == "trial" else { return page(visit, draft, Findings(check: check)) }
    guard let id = visit.services.rules.begin(.trial(draft), visit.visitor.account?.name ?? "") else {
      return page(visit, draft, Findings(fault: busy(visit), check: check), status: 429)
    }
    return .seeOther("/rules/errands/" + FormFields.encoded(id))
  }

  static func busy(_ visit: Visit) -> String {
    visit.say("前面还有几项没算完，请稍后再试。", "Several such jobs are under way; try again shortly.")
  }

  /// Forms end lines with CR LF (WHATWG HTML §4.10.22.4); the files do not.
  private static func draft(of visit: Visit, name: String) -> RuleDraft {
    let form = visit.request.form
    let text = (form.all("text").first ?? "").replacing("\r\n", with: "\n")
    return RuleDraft(name: name, text: text, base: form["base"] ?? "")
  }

  // MARK: Into force

  private static func force(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    guard let id = form["errand"], let name = form["file"] else { throw VisitFault.field("errand") }
    let typed = draft(of: visit, name: name)
    // A restart has forgotten the trial; what was typed came along.
    guard let errand = visit.services.rules.errand(id), case .trial(let draft) = errand.work, errand.isEnded else {
      let fault = visit.say("试算已不在，请再试算一次。", "The trial is gone; run it again.")
      return page(visit, typed, Findings(fault: fault), status: 409)
    }
    let actor = visit.visitor.account?.name ?? ""
    guard let act = StaffAct(actor: actor, reason: form["reason"] ?? "", at: visit.now) else {
      return try await RuleErrandPages.page(
        errand, visit, status: 400, fault: visit.say("请写明为什么改。", "Say why it is changed."))
    }
    guard case .ended = errand.state else {
      return page(visit, draft, Findings(fault: visit.say("试算没有成功。", "The trial failed.")), status: 409)
    }
    switch try await visit.services.rules.enforce(draft, act, visit.language) {
    case .done: return .seeOther("/rules?notice=\(Notice.rulesInForce.rawValue)")
    case .same:
      let fault = visit.say("和现在生效的一样，没有改动。", "It says what is in force already; nothing was changed.")
      return page(visit, draft, Findings(fault: fault), status: 400)
    case .changed(let file): return conflict(visit, draft, file)
    case .faulty(let check): return page(visit, draft, Findings(check: check), status: 400)
    case .unwritable(let path):
      let fault = visit.say(
        "写不了 \(path)，没有改动。请检查目录权限。", "Cannot write \(path); nothing was changed. Check its permissions.")
      return page(visit, draft, Findings(fault: fault), status: 500)
    }
  }

  private static func conflict(_ visit: Visit, _ draft: RuleDraft, _ file: RuleFileText) -> Reply {
    let fault = visit.say(
      "您改的时候别人改了这个文件，没有写入。下面是它现在的内容，请对照着改。",
      "Somebody changed this file meanwhile; nothing was written. What it says now stands below.")
    // Sent again, the text is taken as made from what is shown now.
    let renewed = RuleDraft(name: draft.name, text: draft.text, base: file.fingerprint)
    return page(visit, renewed, Findings(fault: fault, other: file), status: 409)
  }

  // MARK: The page

  private static func page(
    _ visit: Visit, _ draft: RuleDraft, _ findings: Findings = Findings(), status: Int = 200
  ) -> Reply {
    let check = findings.check
    return visit.page(
      "rule-edit", title: visit.say("改规则 \(draft.name)", "Edit \(draft.name)"), section: .rules, status: status,
      [
        "name": .text(draft.name), "address": .text("/rules/edit/" + FormFields.encoded(draft.name)),
        "text": .text(draft.text), "base": .text(draft.base), "fault": .optional(findings.fault),
        "other": findings.other.map { ["text": .text($0.text)] } ?? false,
        "check": check.map { value($0, visit) } ?? false,
        "lines": .number(max(16, min(40, draft.text.count { $0 == "\n" } + 2))),
      ])
  }

  private static func value(_ check: RuleCheck, _ visit: Visit) -> PageValue {
    func remark(_ remark: RuleRemark) -> [String: PageValue] {
      [
        "place": .text(
          visit.say("\(remark.file) 第 \(remark.line) 行", "\(remark.file), line \(remark.line)")),
        "text": .text(remark.text),
      ]
    }
    let faults = check.remarks.filter { !$0.isWarning }
    let warnings = check.remarks.filter(\.isWarning)
    return [
      "isSound": .flag(check.isSound), "version": .text(check.version ?? ""), "rules": .number(check.rules),
      "examples": .number(check.examples), "faults": .objects(faults.prefix(50)) { remark($0) },
      "hasFaults": .flag(!faults.isEmpty), "warnings": .objects(warnings.prefix(50)) { remark($0) },
      "hasWarnings": .flag(!warnings.isEmpty),
      "others": .text(check.otherChanges.joined(separator: visit.say("、", ", "))),
      "hasOthers": .flag(!check.otherChanges.isEmpty),
    ]
  }
}
