internal import Casework
internal import Store
internal import Suggestions

/// 审核队列: the list and the item beside each other.
enum QueuePage {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/queue", for: .roles(MainPlace.queue.roles), show),
    Endpoint(.get, "/cases/{id}/pane", for: .theCase, pane),
    Endpoint(.get, "/queue/news", for: .roles(MainPlace.queue.roles), news),
  ]

  /// How many rows a page has.
  static let length = 40

  private static func show(_ visit: Visit) async throws -> Reply {
    let query = QueueQuery(visit.request.query)
    guard visit.visitor.tracks(as: MainPlace.queue.roles).contains(query.track) else { throw VisitFault.notFound }
    let list = try await QueueList(query, visit)
    let chosen = list.chosen(visit.request.query)
    let reading = if let chosen { try await CaseReading(chosen, visit) } else { nil as CaseReading? }
    var value: [String: PageValue] = [
      "rows": .list(list.rows.map { .object(row($0, isChosen: $0.item.id == chosen, query, visit)) }),
      "isEmpty": .flag(list.rows.isEmpty), "count": .text(list.count(visit)),
      "words": .text(query.words ?? ""), "isFiltered": .flag(query.fields.fields.contains { $0.name != "q" }),
      "kept": .objects(query.fields.with("q", nil).fields) { ["name": .text($0.name), "value": .text($0.value)] },
      "filtersAddress": .text("/queue/filters" + (query.fields.fields.isEmpty ? "" : "?" + query.fields.encoded)),
      "hasItem": .flag(reading != nil),
      "isChosen": .flag(visit.request.query["item"] != nil), "listAddress": .text(query.address()),
      "next": .optional(list.nextPage(query)), "queueScript": .text(visit.premises.assets.address(of: "queue.js")),
      "here": .text(query.address()), "advice": .optional(list.advice(visit)),
      "views": try await SavedViewForms.value(query, visit),
    ]
    value["pane"] = false
    if let reading { value["pane"] = .object(try await paneValue(reading, query, visit)) }
    value["done"] = try await done(visit, query)
    return visit.page("queue", title: visit.say("审核队列", "Review queue"), section: .queue, value)
  }

  private static func pane(_ visit: Visit) async throws -> Reply {
    guard let reading = try await CaseReading(visit.caseID, visit, knowing: visit.history) else {
      throw VisitFault.notFound
    }
    return visit.fragment("pane", try await paneValue(reading, QueueQuery(visit.request.query), visit))
  }

  // MARK: Rows

  private static func row(_ entry: QueueList.Row, isChosen: Bool, _ query: QueueQuery, _ visit: Visit) -> [String: PageValue] {
    let names = visit.names
    let item = entry.item
    return [
      "id": .number(item.id), "address": .text(query.address(("item", String(item.id)))),
      "title": entry.title, "excerpt": entry.excerpt, "priority": .number(item.priority),
      "kind": .text(names.word(item.kind)), "isUrgent": .flag(Urgency.isPressing(item.urgency)),
      "urgency": .text(names.word(item.urgency)), "topic": .text(names.topic(item.topic) ?? visit.say("未识别", "none")),
      "place": .optional(names.region(item.region)), "isChosen": .flag(isChosen),
      "support": .optional(item.support > 1 ? String(item.support) : nil),
      "hasNear": .flag(item.near != nil), "isAgain": .flag(item.recurrence != nil),
      "holder": .optional(entry.holder(visit)), "version": .number(item.version),
      "state": .optional(item.state == .pending ? nil : names.word(item.state.code)),
      "lead": .optional(item.lead.flatMap { names.department($0, item.tier, item.region) }),
    ]
  }

  // MARK: The item

  private static func paneValue(
    _ reading: CaseReading, _ query: QueueQuery, _ visit: Visit
  ) async throws -> [String: PageValue] {
    var value = CaseValues(reading: reading, visit: visit).value
    let id = reading.detail.id
    let next = query.address(("after", String(id)), ("done", String(id)))
    value["next"] = .text(next)
    value["mayDispatch"] = .flag(reading.may(.dispatch))
    let targets = targets(reading, visit)
    value["targets"] = .objects(Array(targets.enumerated())) { place, handler in
      [
        "code": .text(handler.text), "name": .text(visit.names.handler(handler)), "isProposed": .flag(place == 0 && handler == reading.proposed),
        "key": .text(String(place + 1)),
      ]
    }
    value["acts"] = .objects(keyed.filter { reading.may($0.action) }) { act in
      [
        "code": .text(act.action.code), "name": .text(visit.names.act(act.action)), "key": .text(act.key),
        "address": .text("/cases/\(id)/acts/\(act.action.code)?next=" + FormFields.encoded(next)),
      ]
    }
    value["others"] = .objects(reading.acts.filter { act in
      act.action != .dispatch && act.action != .undo && act.action != .claim && act.action != .release
        && !keyed.contains { $0.action == act.action }
    }) { act in
      [
        "name": .text(visit.names.act(act.action)),
        "address": .text("/cases/\(id)/acts/\(act.action.code)?next=" + FormFields.encoded(next)),
      ]
    }
    value["alsoWritten"] = try await OtherSuggestionValues.value(of: id, visit)
    value["mayClaim"] = .flag(reading.may(.claim))
    value["mayRelease"] = .flag(reading.may(.release))
    return value
  }

  /// Acts with a key of their own; see queue.js and the help on the page.
  private static let keyed: [(action: CaseAction, key: String)] = [
    (.reject, "r"), (.merge, "m"), (.split, "y"), (.correct, "e"), (.askWriter, "w"), (.snooze, "s"), (.thank, "t"), (.reply, "p"),
    (.close, "d"), (.divert, "v"), (.note, "n"),
  ]

  /// Whom to give it to by one key: whom the machine proposes, then who helps, then the other office of the same
  /// department, then the departments in the book's order.
  static func targets(_ reading: CaseReading, _ visit: Visit) -> [CaseHandler] {
    var list: [CaseHandler] = []
    func add(_ handler: CaseHandler?) {
      if let handler, list.count < 9, !list.contains(handler), !reading.file.returnedBy.contains(handler) { list.append(handler) }
    }
    add(reading.proposed)
    let district = reading.detail.region.flatMap { visit.services.district($0) }
    if let proposed = reading.proposed, !proposed.isStation {
      add(CaseHandler(unit: proposed.unit, district: proposed.district == nil ? district : nil))
    }
    for code in reading.detail.members.first?.verdict.coHandlers ?? [] { add(CaseHandler(unit: code, district: district)) }
    for department in visit.services.catalogue(visit.language).departments { add(CaseHandler(unit: department.code)) }
    return list
  }

  /// What was just done, with the way back.
  private static func done(_ visit: Visit, _ query: QueueQuery) async throws -> PageValue {
    guard let id = visit.request.query.number("done") else { return false }
    let path = visit.services.casework().regionPath
    let history = try await visit.pool.read { store throws(StoreFault) in try store.caseHistory(of: id, regionPath: path) }
    guard let history, visit.visitor.actors.maySee(try history.outline()), let last = history.events.last else { return false }
    let file = try history.file()
    let acts = CaseReading.acts(
      on: file, by: visit.visitor.actors, at: visit.now, limits: visit.services.casework().limits, clocks: [])
    return [
      "id": .number(id), "act": .text(visit.names.act(last.action)), "address": .text("/cases/\(id)"),
      "to": .optional(last.details.handler.map(visit.names.handler)),
      "mayUndo": .flag(acts.contains { $0.action == .undo } && last.action != .undo), "number": .number(last.number),
      "version": .number(history.events.count), "next": .text(query.address(("item", String(id)))),
    ]
  }

  // MARK: News

  /// What has become of rows that are on somebody's screen: told, never taken away under the cursor.
  private static func news(_ visit: Visit) async throws -> Reply {
    let ids = (visit.request.query["ids"] ?? "").split(separator: ",").prefix(100).compactMap { Int($0) }
    let standings = try await visit.pool.read { store throws(StoreFault) in try store.standings(of: ids) }
    let tracks = visit.visitor.tracks(as: MainPlace.queue.roles)
    var json = JSONWriter()
    json.object {
      $0.array("cases") { list in
        for standing in standings where tracks.contains(standing.track) {
          list.object {
            $0.field("id", standing.id)
            $0.field("version", standing.version)
            $0.field("state", standing.state.code)
            $0.field("word", visit.names.word(standing.state.code))
            $0.field("by", standing.lastActor)
            if let claim = standing.claim, claim.until > visit.now, claim.actor != visit.visitor.account?.name {
              $0.field("holder", claim.actor)
            }
          }
        }
      }
    }
    return .json(json.text)
  }
}
