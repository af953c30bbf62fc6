internal import Casework
internal import Store
internal import Suggestions

/// 办理: what a unit has, by when it is due.
enum DeskPage {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/desk", for: .roles(MainPlace.desk.roles)) { visit in try await show(visit, visit.request.query) },
    Endpoint(.get, "/desk/print", for: .roles(MainPlace.desk.roles), printed),
    Endpoint(.post, "/desk/sign", for: .roles(MainPlace.desk.roles), sign),
  ]

  /// Rows of a page on the screen, and on paper.
  static let length = 50
  private static let printedLength = 500

  // MARK: The desk

  private static func show(_ visit: Visit, _ fields: FormFields, told: PageValue = false) async throws -> Reply {
    let units = OwnUnit.all(of: visit.visitor, as: MainPlace.desk.roles)
    let unit = try OwnUnit.chosen(fields, of: units)
    let tab = try tab(fields, unit)
    let page = max(1, min(fields.number("page") ?? 1, 1_000))
    let items = try await items(tab, unit, visit, limit: length + 1, after: (page - 1) * length)
    let counts = try await counts(unit, visit)
    let here = address(unit, tab, page)
    var value = head(unit, units, tab, counts, visit)
    value["rows"] = .list(
      items.prefix(length).map { item in
        .object(DeskRow(item: item, visit: visit, next: here, desk: unit.handler).value)
      })
    value["isEmpty"] = .flag(items.isEmpty)
    value["maySign"] = .flag(items.prefix(length).contains { isSignable($0, unit) })
    value["isApproval"] = .flag(tab == .approve)
    value["isRequired"] = .flag(visit.services.casework().limits.needsApproval(unit.handler))
    value["next"] = .optional(items.count > length ? address(unit, tab, page + 1) : nil)
    value["previous"] = .optional(page > 1 ? address(unit, tab, page - 1) : nil)
    value["print"] = .text("/desk/print?" + query(unit, tab).encoded)
    value["unitCode"] = .text(unit.handler.text)
    value["tab"] = .text(tab.rawValue)
    value["told"] = told
    return visit.page("desk", title: visit.names.handler(unit.handler), section: .desk, value)
  }

  private static func printed(_ visit: Visit) async throws -> Reply {
    let units = OwnUnit.all(of: visit.visitor, as: MainPlace.desk.roles)
    let unit = try OwnUnit.chosen(visit.request.query, of: units)
    let tab = try tab(visit.request.query, unit)
    let items = try await items(tab, unit, visit, limit: printedLength, after: 0)
    return visit.page(
      "desk-print", title: visit.names.handler(unit.handler), section: .desk,
      [
        "unit": .text(visit.names.handler(unit.handler)), "tab": .text(tab.name(visit.language)),
        "at": .text(visit.names.moment(visit.now)), "count": .number(items.count),
        "isCut": .flag(items.count == printedLength), "back": .text(address(unit, tab, 1)),
        "rows": .list(items.map { .object(DeskRow(item: $0, visit: visit, next: "/desk", desk: unit.handler).value) }),
      ])
  }

  /// The part of the desk an address names. What only a head has is not there for a clerk.
  private static func tab(_ fields: FormFields, _ unit: OwnUnit) throws(VisitFault) -> DeskTab {
    guard let code = fields["tab"] else { return .open }
    guard let tab = DeskTab(rawValue: code), tab != .approve || unit.isHead else { throw .notFound }
    return tab
  }

  private static func isSignable(_ item: DeskItem, _ unit: OwnUnit) -> Bool {
    item.handler == unit.handler && (item.state == .dispatched || item.state == .reopened)
  }

  private static func items(
    _ tab: DeskTab, _ unit: OwnUnit, _ visit: Visit, limit: Int, after skipped: Int
  ) async throws(StoreFault) -> [DeskItem] {
    let actors = tab == .approve ? unit.actors.filter { $0.role == .departmentHead } : unit.actors
    let filter = tab.filter(unit.handler, visit.scopes(of: actors), at: visit.now)
    let rules = visit.services.casework()
    return try await visit.pool.read { store throws(StoreFault) in
      guard tab == .approve else { return try store.desk(filter, limit: limit, after: skipped) }
      return Array(try store.awaitedApprovals(filter, under: rules, limit: limit + skipped).dropFirst(skipped))
    }
  }

  /// By tab; those that would have to be counted among all there ever were have none.
  private static func counts(_ unit: OwnUnit, _ visit: Visit) async throws(StoreFault) -> [DeskTab: Int] {
    let scopes = visit.scopes(of: unit.actors)
    let moments = DeskMoments(now: visit.now, soon: visit.now + DeskTab.nearness, far: visit.now)
    let own = DeskTab.open.filter(unit.handler, scopes, at: visit.now)
    let helping = DeskTab.helping.filter(unit.handler, scopes, at: visit.now)
    return try await visit.pool.read { store throws(StoreFault) in
      let tally = try store.deskTallies(own, at: moments).first ?? DeskTally(handler: nil)
      let helped = try store.deskTallies(helping, at: moments).reduce(0) { $0 + $1.cases }
      return [
        .open: tally.cases, .unsigned: tally.unsigned, .soon: tally.soon, .overdue: tally.overdue, .helping: helped,
      ]
    }
  }

  // MARK: Words and addresses

  private static func head(
    _ unit: OwnUnit, _ units: [OwnUnit], _ tab: DeskTab, _ counts: [DeskTab: Int], _ visit: Visit
  ) -> [String: PageValue] {
    let tabs = DeskTab.allCases.filter { $0 != .approve || unit.isHead }
    return [
      "unit": .text(visit.names.handler(unit.handler)), "hasUnits": .flag(units.count > 1),
      "units": .objects(units) { other in
        [
          "name": .text(visit.names.handler(other.handler)), "address": .text(address(other, .open, 1)),
          "isCurrent": .flag(other.handler == unit.handler),
        ]
      },
      "tabs": .objects(tabs) { one in
        [
          "name": .text(one.name(visit.language)), "address": .text(address(unit, one, 1)),
          "isCurrent": .flag(one == tab),
          "count": .optional(counts[one].map { String($0) }), "isHot": .flag(one == .overdue && counts[one] ?? 0 > 0),
        ]
      },
    ]
  }

  private static func query(_ unit: OwnUnit, _ tab: DeskTab) -> FormFields {
    FormFields([(name: "unit", value: unit.handler.text), (name: "tab", value: tab.rawValue)])
  }

  private static func address(_ unit: OwnUnit, _ tab: DeskTab, _ page: Int) -> String {
    "/desk?" + query(unit, tab).with("page", page > 1 ? String(page) : nil).encoded
  }

  // MARK: Signing

  /// 签收 several at once.
  private static func sign(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    // Refused before anything is written.
    let unit = try OwnUnit.chosen(form, of: OwnUnit.all(of: visit.visitor, as: MainPlace.desk.roles))
    _ = try tab(form, unit)
    let bulk = DeskBulk(visit: visit)
    let told = try await bulk.act(.sign, on: try await bulk.chosen())
    return try await show(visit, form.with("page", nil), told: bulk.value(told, .sign))
  }
}
