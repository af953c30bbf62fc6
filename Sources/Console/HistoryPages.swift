internal import Casework
internal import Store
internal import Suggestions

/// 审计: everything that was done, by whom and when, and whether the chain that holds it together does.
enum HistoryPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/administration/history", for: .roles([.administrator]), show),
    Endpoint(.post, "/administration/history/verify", for: .roles([.administrator])) { visit in
      visit.services.administration.verification.start(visit.services.now)
      return .seeOther("/administration/history?notice=" + Notice.verifying.rawValue)
    },
  ]

  private static let pageLength = 50

  private static func show(_ visit: Visit) async throws -> Reply {
    let fields = visit.request.query
    let query = try query(fields)
    let before = fields.number("before")
    let page = try await visit.pool.read { store throws(StoreFault) in
      try store.events(query, limit: pageLength, before: before)
    }
    let words = visit.services.administration.events
    let next = page.next.map { fields.with("before", String($0)).with("notice", nil).encoded }
    return AdministrationMenu.history.page(
      "administration-history", visit,
      [
        "verified": AdministrationHome.verified(visit), "actor": .text(fields["actor"] ?? ""),
        "subject": .text(fields["subject"] ?? ""), "from": .text(fields["from"] ?? ""),
        "until": .text(fields["until"] ?? ""),
        "actions": .objects(words.codes) { code in
          [
            "code": .text(code), "name": .text(words.word(code, visit.language)),
            "isChosen": .flag(code == query.action),
          ]
        },
        "events": .objects(page.events) { event($0, visit) }, "isEmpty": .flag(page.events.isEmpty),
        "isFiltered": .flag(query != EventQuery()),
        "next": .optional(next.map { "/administration/history?" + $0 }),
        "isSearch": .flag(page.next != nil && page.events.count < pageLength),
        "down": .number(page.lookedDownTo),
      ])
  }

  private static func event(_ event: ToldEvent, _ visit: Visit) -> [String: PageValue] {
    let isCase = event.action.hasPrefix("case.") && event.subject > 0
    return [
      "number": .number(event.number), "at": .text(visit.names.moment(event.at)), "actor": .text(event.actor),
      "byActor": .text("/administration/history?actor=" + FormFields.encoded(event.actor)),
      "what": .text(visit.services.administration.events.word(event.action, visit.language)),
      "subject": .optional(event.subject > 0 ? String(event.subject) : nil),
      "case": .optional(isCase ? "/cases/\(event.subject)" : nil), "isHidden": .flag(event.isHidden),
      "facts": .objects(event.facts) { fact in
        ["name": .text(name(of: fact, visit)), "value": .text(value(of: fact, event, visit))]
      },
    ]
  }

  private static func name(of fact: ToldEvent.Fact, _ visit: Visit) -> String {
    switch fact.name {
    case "role": visit.say("身份", "as")
    case "unit": visit.say("单位", "unit")
    case "from": visit.say("从", "from")
    case "to": visit.say("到", "to")
    case "handler": visit.say("承办", "to unit")
    case "assistants": visit.say("协办", "with")
    case "owner": visit.say("应由谁办", "whose it is")
    case "rejection": visit.say("理由", "ground")
    case "outcome": visit.say("结果", "outcome")
    case "into": visit.say("并入", "into")
    case "kind": visit.say("类别", "kind")
    case "topic": visit.say("主题", "topic")
    case "urgency": visit.say("紧急", "urgency")
    case "undoes": visit.say("撤销第几步", "undoes")
    case "originals": visit.say("原件", "originals")
    case "set_aside": visit.say("隔离件", "set aside")
    case "kept_closed": visit.say("办结留几天", "closed, days")
    case "kept_rejected": visit.say("不予受理留几天", "rejected, days")
    case "kept_archived": visit.say("归档留几天", "archived, days")
    case "kept_set_aside": visit.say("隔离件留几天", "set aside, days")
    case "exempt": visit.say("不清的", "exempt")
    case "hash": visit.say("内容摘要", "content")
    default: fact.name
    }
  }

  private static func value(of fact: ToldEvent.Fact, _ event: ToldEvent, _ visit: Visit) -> String {
    switch fact.name {
    case "role": CaseRole.allCases.first { $0.code == fact.value }.map(visit.names.role) ?? fact.value
    case "rejection":
      RejectionReason.allCases.first { $0.code == fact.value }.map(visit.names.rejection) ?? fact.value
    case "outcome": CaseOutcome.allCases.first { $0.code == fact.value }.map(visit.names.outcome) ?? fact.value
    case "topic": visit.names.topicPath(fact.value) ?? fact.value
    case "from", "to", "kind", "urgency": event.action.hasPrefix("case.") ? visit.names.word(fact.value) : fact.value
    default: fact.value
    }
  }

  private static func query(_ fields: FormFields) throws(VisitFault) -> EventQuery {
    var query = EventQuery()
    query.actor = fields["actor"]
    query.action = fields["action"]
    if let subject = fields["subject"] {
      guard let number = Int(subject) else { throw .field("subject") }
      query.subject = number
    }
    query.from = try day(fields, "from")
    query.until = try day(fields, "until").map { $0 + 86_399 }
    return query
  }

  /// Midnight at the beginning of a day in China.
  private static func day(_ fields: FormFields, _ name: String) throws(VisitFault) -> Int64? {
    guard let text = fields[name] else { return nil }
    guard let number = CivilTime.dayNumber(text) else { throw .field(name) }
    return Int64(number) * 86_400 - Int64(CivilTime.chinaOffset)
  }
}
