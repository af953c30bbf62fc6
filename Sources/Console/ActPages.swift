internal import Casework
internal import Store
internal import Suggestions

/// Everything anybody does to a case, a page each: the form, and what it does.
enum ActPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/cases/{id}/acts/{action}", for: .theCase, show),
    Endpoint(.post, "/cases/{id}/acts/{action}", for: .theCase, act),
  ]

  private static func action(_ visit: Visit) throws(VisitFault) -> CaseAction {
    guard let action = visit.parameters["action"].flatMap({ CaseAction(code: $0) }) else { throw .notFound }
    return action
  }

  private static func show(_ visit: Visit) async throws -> Reply {
    let action = try action(visit)
    guard let reading = try await CaseReading(visit.caseID, visit, knowing: visit.history) else {
      throw VisitFault.notFound
    }
    if visit.request.query["part"] != nil {
      let typed = visit.request.query
      return visit.fragment(
        "act-form", ActForm(action: action, reading: reading, visit: visit, typed: typed).value(next: next(typed, visit)))
    }
    return page(visit, action, reading, typed: visit.request.query)
  }

  private static func page(
    _ visit: Visit, _ action: CaseAction, _ reading: CaseReading, typed: FormFields, status: Int = 200,
    fault: String? = nil, doubts: [String] = []
  ) -> Reply {
    var form = ActForm(action: action, reading: reading, visit: visit, typed: typed)
      .value(fault: fault, doubts: doubts, next: next(typed, visit))
    form["hasFault"] = .flag(fault != nil)
    return visit.page(
      "act", title: visit.names.act(action) + " \(visit.caseID)", section: .queue, status: status,
      [
        "form": .object(form), "case": .object(CaseValues(reading: reading, visit: visit).value),
        "isOffered": .flag(reading.may(action)),
      ])
  }

  /// Where to go afterwards: an address of ours, or the case itself.
  static func next(_ fields: FormFields, _ visit: Visit) -> String {
    guard let next = fields["next"], next.hasPrefix("/"), !next.hasPrefix("//"),
      next.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") })
    else { return "/cases/\(visit.caseID)" }
    return next
  }

  private static func act(_ visit: Visit) async throws -> Reply {
    let action = try action(visit)
    let form = visit.request.form
    let id = visit.caseID
    guard let history = visit.history else { throw VisitFault.notFound }
    let file = try history.file()
    guard let actor = visit.actor(for: action, on: file) else { throw VisitFault.forbidden }
    if action == .split { return try await split(visit, by: actor) }
    var details = try ActFields(form, visit).details()
    if action == .undo, details.undoes == nil { details.undoes = file.lastDecision?.number }
    if action == .undo, details.reason == nil { details.reason = visit.say("点错了", "by mistake") }
    if action == .claim, details.until == nil {
      details.until = visit.now + visit.services.casework().limits.claimDuration
    }
    if action == .merge, let into = form["into"] {
      details.target = try await target(into, visit)
      if details.target == nil { return try await refused(visit, action, 400, visit.say("没有编号或回执为 \(into) 的事项。", "No suggestion has the number or receipt \(into).")) }
    }
    let isConfirmed = form.has("confirm")
    if let text = details.text {
      let checked = try await check(text, action, visit)
      if !checked.doubts.isEmpty, !isConfirmed {
        return try await refused(visit, action, 409, nil, doubts: checked.doubts)
      }
      details.text = checked.text
    }
    let rules = visit.services.casework()
    let (request, seen) = (CaseRequest(action, at: visit.now, details: details), form.number("seen"))
    let outcome = try await visit.pool.write { store throws(StoreFault) in
      try store.act(request, on: id, seen: seen, by: actor, under: rules, isConfirmed: isConfirmed)
    }
    switch outcome {
    case .success(let done): return answer(done, visit)
    case .failure(let refusal):
      let status = if case .changed = refusal { 409 } else { 422 }
      return try await refused(visit, action, status, visit.names.refusal(refusal))
    }
  }

  /// The case that a number or a receipt names, as far as the visitor may see it.
  private static func target(_ text: String, _ visit: Visit) async throws -> Int64? {
    let path = visit.services.casework().regionPath
    let actors = visit.visitor.actors
    let found = try await visit.pool.read { store throws(StoreFault) -> (Int, CaseHistory)? in
      guard let id = try store.number(of: text, ownNumber: false), let history = try store.caseHistory(of: id, regionPath: path)
      else { return nil }
      return (id, history)
    }
    guard let (id, history) = found, actors.maySee(try history.outline()) else { return nil }
    return Int64(id)
  }

  private static func check(_ text: String, _ action: CaseAction, _ visit: Visit) async throws -> CheckedWords {
    let (id, services, language) = (visit.caseID, visit.services, visit.language)
    return try await visit.pool.read { store throws(StoreFault) in
      try services.checked(store, id, action, text, language)
    }
  }

  /// - Parameter parts: suggestions a split opened.
  static func answer(_ done: CaseDone, _ visit: Visit, parts: [Int] = []) -> Reply {
    guard visit.request.wantsJSON else { return .seeOther(next(visit.request.form, visit)) }
    var json = JSONWriter()
    json.object {
      $0.field("id", visit.caseID)
      $0.field("act", done.event.action.code)
      $0.field("word", visit.names.act(done.event.action))
      $0.field("state", done.file.state.code)
      $0.field("version", done.file.version)
      $0.field("undoable", done.event.action.isUndoable)
      if !parts.isEmpty { $0.array("parts") { list in for part in parts { list.field(nil, part) } } }
    }
    return .json(json.text)
  }

  /// The form again with everything typed; as JSON the sentence alone, as the page still has the form.
  static func refused(
    _ visit: Visit, _ action: CaseAction, _ status: Int, _ fault: String?, doubts: [String] = []
  ) async throws -> Reply {
    if visit.request.wantsJSON {
      var json = JSONWriter()
      json.object {
        $0.field("status", status)
        $0.field("title", fault ?? visit.say("请确认", "please confirm"))
        $0.array("doubts") { list in for doubt in doubts { list.field(nil, doubt) } }
      }
      return Reply(status: status, type: "application/problem+json", body: Array(json.text.utf8))
    }
    guard let reading = try await CaseReading(visit.caseID, visit) else { throw VisitFault.notFound }
    // What was seen is now the page's own, which shows what changed.
    let typed = visit.request.form.with("seen", nil)
    return page(visit, action, reading, typed: typed, status: status, fault: fault, doubts: doubts)
  }
}
