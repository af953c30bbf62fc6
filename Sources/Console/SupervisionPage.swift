internal import Casework
internal import Store
internal import Suggestions

/// 督办: what is late or soon will be, over all units, and how each of them stands.
enum SupervisionPage {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/supervision", for: .roles(MainPlace.reports.roles)) { visit in
      try await show(visit, visit.request.query, typed: FormFields())
    },
    Endpoint(.post, "/supervision/urge", for: .roles(MainPlace.reports.roles), urge),
  ]

  private static let length = 50
  /// 久超期, as the reminders have it for ordinary matters.
  private static let far = Allowance(3, .workingDays)

  private static func moments(_ visit: Visit) -> DeskMoments {
    let calendar = visit.services.casework().calendar
    return DeskMoments(now: visit.now, soon: visit.now + DeskTab.nearness, far: calendar.moment(far, before: visit.now))
  }

  private static func show(
    _ visit: Visit, _ fields: FormFields, typed: FormFields, status: Int = 200, told: PageValue = false,
    doubts: [String] = []
  ) async throws -> Reply {
    let (tab, unit) = (try tab(fields), try unit(fields, visit))
    let page = max(1, min(fields.number("page") ?? 1, 1_000))
    let (moments, scopes) = (moments(visit), visit.scopes(of: visit.actors(as: MainPlace.reports.roles)))
    let filter = tab.filter(unit, scopes, moments)
    let everything = SupervisionTab.open.filter(nil, scopes, moments)
    let skipped = (page - 1) * length
    let (items, tallies) = try await visit.pool.read { store throws(StoreFault) in
      (
        try store.desk(filter, limit: length + 1, after: skipped), try store.deskTallies(everything, at: moments)
      )
    }
    let here = address(tab, unit, page)
    let counted = unit.map { unit in tallies.filter { $0.handler == unit } } ?? tallies
    return visit.page(
      "supervision", title: MainPlace.reports.name(visit.language), section: .reports, status: status,
      [
        "tabs": .objects(SupervisionTab.allCases) { one in
          let count = one.count(counted)
          return [
            "name": .text(one.name(visit.language)), "address": .text(address(one, unit, 1)),
            "isCurrent": .flag(one == tab),
            "count": .optional(count.map { String($0) }), "isHot": .flag(one == .far && count ?? 0 > 0),
          ]
        },
        "tab": .text(tab.rawValue), "unitCode": .text(unit?.text ?? ""), "hasUnit": .flag(unit != nil),
        "unit": .optional(unit.map(visit.names.handler)), "everybody": .text(address(tab, nil, 1)),
        "rows": .list(items.prefix(length).map { .object(row($0, here, visit)) }), "isEmpty": .flag(items.isEmpty),
        "next": .optional(items.count > length ? address(tab, unit, page + 1) : nil),
        "previous": .optional(page > 1 ? address(tab, unit, page - 1) : nil),
        "units": .list(tallies.map { .object(tally($0, tab, visit)) }), "hasUnits": .flag(!tallies.isEmpty),
        "told": told, "text": .text(typed["text"] ?? ""), "doubts": .list(doubts.map(PageValue.text)),
        "hasDoubts": .flag(!doubts.isEmpty),
      ])
  }

  private static func row(_ item: DeskItem, _ here: String, _ visit: Visit) -> [String: PageValue] {
    var row = DeskRow(item: item, visit: visit, next: here).value
    let acts: [CaseAction] = [.urge, item.isSupervised ? .endSupervision : .supervise]
    let offered = acts.filter { action in
      CaseLifecycle.edges(of: action).contains { edge in
        edge.from.contains(item.state) && edge.kinds.contains { $0.code == item.kind }
          && visit.visitor.hasRole(among: edge.roles)
      }
    }
    row["isUnsigned"] = .flag(offered.contains(.urge))
    row["hasSteps"] = .flag(!offered.isEmpty)
    row["steps"] = .objects(offered) { action in
      [
        "name": .text(visit.names.act(action)), "id": .number(item.id),
        "address": .text("/cases/\(item.id)/acts/\(action.code)?next=" + FormFields.encoded(here)),
      ]
    }
    return row
  }

  private static func tally(_ tally: DeskTally, _ tab: SupervisionTab, _ visit: Visit) -> [String: PageValue] {
    [
      "name": .text(tally.handler.map(visit.names.handler) ?? visit.say("（退单待派）", "(returned)")),
      "address": .text(tally.handler.map { address(tab, $0, 1) } ?? address(.returned, nil, 1)),
      "cases": .number(tally.cases), "unsigned": .number(tally.unsigned), "soon": .number(tally.soon),
      "overdue": .number(tally.overdue), "far": .number(tally.farOverdue), "supervised": .number(tally.supervised),
      "isHot": .flag(tally.farOverdue > 0), "isLate": .flag(tally.overdue > 0),
    ]
  }

  // MARK: What the address names

  private static func tab(_ fields: FormFields) throws(VisitFault) -> SupervisionTab {
    guard let code = fields["tab"] else { return .overdue }
    guard let tab = SupervisionTab(rawValue: code) else { throw .notFound }
    return tab
  }

  private static func unit(_ fields: FormFields, _ visit: Visit) throws(VisitFault) -> CaseHandler? {
    guard let text = fields["unit"] else { return nil }
    guard let unit = visit.services.handler(text) else { throw .notFound }
    return unit
  }

  private static func address(_ tab: SupervisionTab, _ unit: CaseHandler?, _ page: Int) -> String {
    var fields = FormFields([(name: "tab", value: tab.rawValue)])
    if let unit { fields = fields.with("unit", unit.text) }
    return "/supervision?" + (page > 1 ? fields.with("page", String(page)) : fields).encoded
  }

  // MARK: Urging

  /// 催办 several at once, with the same words or none.
  private static func urge(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    _ = (try tab(form), try unit(form, visit))
    let bulk = DeskBulk(visit: visit)
    let cases = try await bulk.chosen()
    var details: [Int: CaseDetails] = [:]
    if let text = form["text"] {
      let (services, language) = (visit.services, visit.language)
      let ids = cases.map(\.id)
      let checked = try await visit.pool.read { store throws(StoreFault) in
        var checked: [(id: Int, words: CheckedWords)] = []
        for id in ids { checked.append((id, try services.checked(store, id, .urge, text, language))) }
        return checked
      }
      var doubts: [String] = []
      for one in checked {
        details[one.id] = CaseDetails { $0.text = one.words.text }
        for doubt in one.words.doubts where !doubts.contains(doubt) { doubts.append(doubt) }
      }
      if !doubts.isEmpty, !form.has("confirm") {
        return try await show(visit, form.with("page", nil), typed: form, status: 409, doubts: doubts)
      }
    }
    let told = try await bulk.act(.urge, on: cases, details: details)
    return try await show(visit, form.with("page", nil), typed: FormFields(), told: bulk.value(told, .urge))
  }
}
