internal import Casework
internal import Store
internal import Suggestions

/// Several cases at once: first what would happen to each, then the same act on each, told one by one. Nothing is
/// all-or-nothing here: a case somebody else took meanwhile is left out and named.
enum QueueBulk {
  static let endpoints: [Endpoint] = [
    Endpoint(.post, "/queue/bulk", for: .roles(MainPlace.queue.roles), begin),
    Endpoint(.post, "/queue/bulk/undo", for: .roles(MainPlace.queue.roles), undo),
  ]

  /// The most cases of one go: each is a transaction of its own.
  static let most = 100
  private static let offered: [CaseAction] = [.dispatch, .reject, .thank, .snooze, .claim, .correct, .merge, .shortlist, .note]

  private struct Entry: Sendable {
    var reading: CaseReading
    var outcome: Result<CaseDone, CaseActRefusal>?
  }

  private static func begin(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    guard let action = form["act"].flatMap({ CaseAction(code: $0) }), offered.contains(action) else {
      throw VisitFault.field("act")
    }
    let ids = form.all("id").compactMap { Int($0) }
    guard !ids.isEmpty else { return .seeOther(next(visit)) }
    guard ids.count <= most else { throw VisitFault.tooLarge }
    var entries: [Entry] = []
    for id in ids {
      // To somebody who may not see it there is no such case.
      guard let reading = try await CaseReading(id, visit) else { continue }
      entries.append(Entry(reading: reading))
    }
    guard let first = entries.first else { throw VisitFault.notFound }
    guard form.has("do") else { return preview(action, entries, first.reading, visit) }
    return try await act(action, entries, visit)
  }

  private static func preview(
    _ action: CaseAction, _ entries: [Entry], _ first: CaseReading, _ visit: Visit, status: Int = 200, fault: String? = nil
  ) -> Reply {
    // What the act needs is asked once; a dispatch goes to whom each case proposes, unless one is chosen for all.
    var fields = ActForm(action: action, reading: first, visit: visit, typed: visit.request.form)
      .value(fault: fault, next: next(visit))
    if action == .dispatch, !visit.request.form.has("to") { fields = ActForm.proposedForAll(fields, visit) }
    let able = entries.filter { $0.reading.may(action) }.count
    return visit.page(
      "bulk", title: visit.names.act(action), section: .queue, status: status,
      [
        "act": .text(visit.names.act(action)), "code": .text(action.code), "form": .object(fields), "fault": .optional(fault),
        "able": .number(able), "isAble": .flag(able > 0), "next": .text(next(visit)), "isDone": false,
        "entries": .objects(entries) { entry in
          let may = entry.reading.may(action)
          return row(entry, visit).merging([
            "may": .flag(may), "effect": .text(may ? effect(action, entry.reading, visit) : visit.say("做不了，略过", "cannot be done; left out"))
          ]) { $1 }
        },
      ])
  }

  private static func effect(_ action: CaseAction, _ reading: CaseReading, _ visit: Visit) -> String {
    guard action == .dispatch else { return visit.names.act(action) }
    return "→ " + (reading.proposed.map(visit.names.handler) ?? visit.say("没有建议承办", "nobody is proposed"))
  }

  private static func act(_ action: CaseAction, _ entries: [Entry], _ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    var common = try ActFields(form, visit).details()
    if action == .claim, common.until == nil { common.until = visit.now + visit.services.casework().limits.claimDuration }
    let rules = visit.services.casework()
    var done: [Entry] = []
    for var entry in entries {
      var details = common
      if action == .dispatch, details.handler == nil { details.handler = entry.reading.proposed }
      if action == .merge { details.target = form.number("into").map { Int64($0) } }
      guard let actor = visit.actor(for: action, on: entry.reading.file) else { continue }
      // As it was on the page of before; what was done meanwhile is not overrun.
      let seen = form.number("seen-\(entry.reading.detail.id)") ?? entry.reading.version
      let (id, request) = (entry.reading.detail.id, CaseRequest(action, at: visit.now, details: details))
      entry.outcome = try await visit.pool.write { store throws(StoreFault) in
        try store.act(request, on: id, seen: seen, by: actor, under: rules)
      }
      done.append(entry)
    }
    let undoable = done.filter { if case .success(let one) = $0.outcome { one.event.action.isUndoable } else { false } }
    return visit.page(
      "bulk", title: visit.names.act(action), section: .queue,
      [
        "act": .text(visit.names.act(action)), "isDone": true, "next": .text(next(visit)), "fault": false,
        "undoable": .objects(undoable) { entry in ["id": .number(entry.reading.detail.id), "number": .number(entry.reading.version + 1)] },
        "mayUndo": .flag(!undoable.isEmpty), "undoCount": .number(undoable.count),
        "entries": .objects(done) { entry in
          switch entry.outcome {
          case .success(let one):
            row(entry, visit).merging([
              "may": true,
              "effect": .text(
                visit.names.act(action) + (one.event.details.handler.map { " → " + visit.names.handler($0) } ?? "")),
            ]) { $1 }
          case .failure(let refusal):
            row(entry, visit).merging(["may": false, "effect": .text(visit.names.refusal(refusal))]) { $1 }
          case nil: row(entry, visit).merging(["may": false, "effect": ""]) { $1 }
          }
        },
      ])
  }

  /// Takes back what a go has done, each as its last decision; those decided again since are left and named.
  private static func undo(_ visit: Visit) async throws -> Reply {
    let rules = visit.services.casework()
    var entries: [Entry] = []
    for pair in visit.request.form.all("undo").prefix(most) {
      let parts = pair.split(separator: ":").compactMap { Int($0) }
      guard parts.count == 2, let reading = try await CaseReading(parts[0], visit),
        let actor = visit.actor(for: .undo, on: reading.file)
      else { continue }
      let details = CaseDetails {
        $0.undoes = parts[1]
        $0.reason = visit.say("批量撤销", "undone with others")
      }
      let (id, request) = (parts[0], CaseRequest(.undo, at: visit.now, details: details))
      let outcome = try await visit.pool.write { store throws(StoreFault) in
        try store.act(request, on: id, by: actor, under: rules)
      }
      entries.append(Entry(reading: reading, outcome: outcome))
    }
    return visit.page(
      "bulk", title: visit.names.act(.undo), section: .queue,
      [
        "act": .text(visit.names.act(.undo)), "isDone": true, "next": .text(next(visit)), "mayUndo": false, "fault": false,
        "entries": .objects(entries) { entry in
          if case .failure(let refusal) = entry.outcome {
            return row(entry, visit).merging(["may": false, "effect": .text(visit.names.refusal(refusal))]) { $1 }
          }
          return row(entry, visit).merging(["may": true, "effect": .text(visit.names.act(.undo))]) { $1 }
        },
      ])
  }

  private static func row(_ entry: Entry, _ visit: Visit) -> [String: PageValue] {
    let detail = entry.reading.detail
    let first = detail.members.first
    let title = first?.title ?? ""
    return [
      "id": .number(detail.id), "address": .text("/cases/\(detail.id)"), "version": .number(entry.reading.version),
      "title": .text(title.isEmpty ? String((first?.body ?? "").prefix(60)) : title),
    ]
  }

  private static func next(_ visit: Visit) -> String {
    guard let next = visit.request.form["next"], next.hasPrefix("/queue") else { return "/queue" }
    return next
  }
}

extension ActForm {
  /// The form of a dispatch with "as each proposes" in the place of one unit.
  static func proposedForAll(_ fields: [String: PageValue], _ visit: Visit) -> [String: PageValue] {
    var fields = fields
    guard case .list(let list)? = fields["fields"] else { return fields }
    fields["fields"] = .list(
      list.map { entry in
        guard case .object(var field) = entry, field["name"] == "to", case .list(let options)? = field["options"] else {
          return entry
        }
        field["isNeeded"] = false
        field["hasBlank"] = false
        let each: PageValue = [
          "code": "", "name": .text(visit.say("各派给建议承办", "as each proposes")), "isChosen": true,
        ]
        field["options"] = .list(
          [each] + options.map { option in
            guard case .object(var members) = option else { return option }
            members["isChosen"] = false
            return .object(members)
          })
        return .object(field)
      }.filter { entry in
        // The district's office follows from each proposal.
        if case .object(let field) = entry { field["name"] != "to-district" } else { true }
      })
    return fields
  }
}
