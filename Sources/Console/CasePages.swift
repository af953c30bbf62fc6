internal import Casework
internal import Store
internal import Suggestions

/// One case, with everything that was decided about it and why.
enum CasePages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/cases/{id}", for: .theCase, show),
    Endpoint(.get, "/cases/{id}/similar", for: .theCase, similar),
    Endpoint(.post, "/cases/{id}/original", for: .theCase, original),
    Endpoint(.get, "/find", for: .signedIn, find),
  ]

  private static func show(_ visit: Visit) async throws -> Reply {
    guard let reading = try await CaseReading(visit.caseID, visit, knowing: visit.history) else {
      throw VisitFault.notFound
    }
    var value = CaseValues(reading: reading, visit: visit).value
    value["acts"] = acts(reading, visit)
    value["alsoWritten"] = try await OtherSuggestionValues.value(of: visit.caseID, visit)
    return visit.page(
      "case", title: visit.say("事项 \(visit.caseID)", "Suggestion \(visit.caseID)"),
      section: visit.visitor.hasRole(among: MainPlace.queue.roles) ? .queue : .desk, ["case": .object(value)])
  }

  /// What may be done now, the ordinary next steps first.
  static func acts(_ reading: CaseReading, _ visit: Visit) -> PageValue {
    let hidden: Set<CaseAction> = [.undo, .claim, .release]
    let offered = reading.acts.filter { !hidden.contains($0.action) }
    return .objects(offered) { act in
      [
        "code": .text(act.action.code), "name": .text(visit.names.act(act.action)),
        "address": .text("/cases/\(reading.detail.id)/acts/\(act.action.code)"),
        "isMain": .flag(main.contains(act.action)),
      ]
    }
  }

  private static let main: Set<CaseAction> = [
    .dispatch, .sign, .answer, .approve, .close, .resolve, .thank, .adjudicate, .grantExtension,
  ]

  /// Apart, as it looks through the whole index; the page asks for it once the case is read.
  private static func similar(_ visit: Visit) async throws -> Reply {
    let (id, services, language) = (visit.caseID, visit.services, visit.language)
    let matters = try await visit.pool.write { store throws(StoreFault) in try services.similar(store, id, language) }
    let path = services.casework().regionPath
    let actors = visit.visitor.actors
    var shown: [SimilarMatter] = []
    for matter in matters {
      let history = try await visit.pool.read { store throws(StoreFault) in
        try store.caseHistory(of: matter.suggestion, regionPath: path)
      }
      if let history, actors.maySee(try history.outline()) { shown.append(matter) }
    }
    let value: [String: PageValue] = [
      "matters": .objects(shown) { matter in
        [
          "id": .number(matter.suggestion), "address": .text("/cases/\(matter.suggestion)"),
          "title": .text(matter.title.isEmpty ? matter.excerpt : matter.title), "excerpt": .text(matter.excerpt),
          "score": .text("\(Double(matter.score / 10) / 100)"), "parts": .text(matter.parts),
          "mergeAddress": .text("/cases/\(id)/acts/merge?into=\(matter.suggestion)"),
        ]
      },
      "isEmpty": .flag(shown.isEmpty), "id": .number(id), "address": .text("/cases/\(id)"),
    ]
    if visit.request.query["part"] != nil { return visit.fragment("similar", value) }
    return visit.page("similar-page", title: visit.say("疑似同一件事", "Perhaps the same matter"), section: .queue, value)
  }

  /// 原件: as received, and how to reach the writer. Opening it is an act of its own, written down before it is shown.
  private static func original(_ visit: Visit) async throws -> Reply {
    guard let history = visit.history else { throw VisitFault.notFound }
    guard visit.visitor.actors.mayOpenContacts(of: try history.outline()) else { throw VisitFault.forbidden }
    guard let reason = visit.request.form["reason"], let name = visit.visitor.account?.name,
      let act = StaffAct(actor: name, reason: reason, at: visit.now)
    else { throw VisitFault.field("reason") }
    let number = visit.request.form.number("submission") ?? visit.caseID
    let (id, names) = (visit.caseID, visit.services.codeNames)
    // Only what belongs to the case that was asked for.
    let detail = try await visit.pool.read { store throws(StoreFault) in try store.suggestion(id: String(id), names: names, withEvents: false) }
    guard let detail, detail.members.contains(where: { $0.number == number }) else { throw VisitFault.notFound }
    let received = try await visit.pool.write { store throws(StoreFault) in
      try store.received(submission: number, by: act)
    }
    return visit.page(
      "original", title: visit.say("原件 \(number)", "Original \(number)"), section: .queue,
      status: received == nil ? 410 : 200,
      [
        "id": .number(id), "address": .text("/cases/\(id)"), "number": .number(number), "reason": .text(reason),
        "isThere": .flag(received != nil),
        "body": MarkedRuns.runs(of: String(decoding: received?.bytes ?? [], as: UTF8.self)),
        "contacts": .objects(received?.contacts ?? []) {
          ["name": .text(visit.names.word($0.field.name)), "text": .text($0.text)]
        },
        "hasContacts": .flag(received?.contacts.isEmpty == false),
      ])
  }

  /// Goes to the case a number or a receipt names; to the search where it names none.
  private static func find(_ visit: Visit) async throws -> Reply {
    guard let text = visit.request.query["q"] else { return .seeOther("/queue") }
    let found = try await visit.pool.read { store throws(StoreFault) in try store.number(of: text, ownNumber: false) }
    if let found { return .seeOther("/cases/\(found)") }
    return .seeOther("/queue?q=" + FormFields.encoded(text))
  }
}
