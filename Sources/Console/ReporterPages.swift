internal import Casework
internal import Store
internal import Suggestions

/// 移动信息员: the register, and what came in under each badge. Nothing of it is ever public.
enum ReporterPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/reporters", for: .roles(MainPlace.reporters.roles)) { visit in
      try await list(visit, typed: FormFields())
    },
    Endpoint(.post, "/reporters", for: .roles(keepers), add),
    Endpoint(.get, "/reporters/{id}", for: .roles(keepers)) { visit in try await one(visit, typed: nil) },
    Endpoint(.post, "/reporters/{id}", for: .roles(keepers), change),
    Endpoint(.post, "/reporters/{id}/retire", for: .roles(keepers), retire),
    Endpoint(.post, "/reporters/{id}/reinstate", for: .roles(keepers), reinstate),
  ]

  /// Who keeps the register; others read it.
  private static let keepers: Set<CaseRole> = [.lead, .administrator]

  // MARK: The register

  private static func list(
    _ visit: Visit, typed: FormFields, status: Int = 200, fault: String? = nil
  ) async throws -> Reply {
    let query = visit.request.method == .get ? visit.request.query : FormFields()
    let (since, before) = (try day("since", query), try day("before", query))
    // Badges that came in since are noted first, which writes.
    let (reporters, counts) = try await visit.pool.write { store throws(StoreFault) in
      (try store.reporters(), try store.reporterContributions(since: since, before: before))
    }
    let byBadge = Dictionary(counts.map { ($0.badge, $0) }) { first, _ in first }
    let actors = visit.actors(as: MainPlace.reporters.roles)
    let shown = reporters.filter { visit.reaches($0.area, as: actors) }
    // What nobody registered has no area, and so is for those whose area is the city.
    let known = Set(reporters.map(\.badge))
    let others = actors.contains { $0.regions.isEmpty } ? counts.filter { !known.contains($0.badge) } : []
    let mayChange = visit.visitor.hasRole(among: keepers)
    let register = ReporterValues(visit: visit)
    return visit.page(
      "reporters", title: MainPlace.reporters.name(visit.language), section: .reporters, status: status,
      [
        "fault": .optional(fault), "mayChange": .flag(mayChange), "since": .text(query["since"] ?? ""),
        "before": .text(query["before"] ?? ""), "acts": .list(register.acts.map { .text(visit.names.word($0.code)) }),
        "isEmpty": .flag(shown.isEmpty && others.isEmpty),
        "rows": .list(
          shown.map { .object(register.row($0, byBadge[$0.badge], mayChange: mayChange)) }
            + others.map { .object(register.row($0)) }),
        "form": .object(register.form(typed, actors: visit.actors(as: keepers), "add")),
      ])
  }

  private static func day(_ name: String, _ fields: FormFields) throws(VisitFault) -> Int64? {
    guard let text = fields[name] else { return nil }
    guard let moment = CivilTime.instant(text) else { throw .field(name) }
    return moment
  }

  private static func add(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    guard let area = area(form, visit), let actor = visit.visitor.account?.name else {
      return try await list(visit, typed: form, status: 400, fault: noArea(visit))
    }
    let (badge, name, now) = (form["badge"] ?? "", form["name"] ?? "", visit.now)
    let outcome = try await visit.pool.write { store throws(StoreFault) in
      try store.addReporter(badge, name: name, area: area, by: actor, at: now)
    }
    switch outcome {
    case .success: return .seeOther("/reporters?notice=saved")
    case .failure(let refusal):
      return try await list(visit, typed: form, status: status(refusal), fault: sentence(refusal, visit))
    }
  }

  /// A region of the book the visitor reaches.
  private static func area(_ form: FormFields, _ visit: Visit) -> String? {
    guard let code = form["area"],
      visit.services.catalogue(visit.language).regions.contains(where: { $0.code == code }),
      visit.reaches(code, as: visit.actors(as: keepers))
    else { return nil }
    return code
  }

  private static func noArea(_ visit: Visit) -> String {
    visit.say("请选择您管的一个区域。", "Choose an area that is yours.")
  }

  private static func sentence(_ refusal: ReporterRefusal, _ visit: Visit) -> String {
    visit.services.desks.words(visit.language).reporter(refusal)
  }

  private static func status(_ refusal: ReporterRefusal) -> Int {
    switch refusal {
    case .badge, .name: 400
    case .unknown: 404
    case .taken, .already, .forgotten: 409
    }
  }

  // MARK: One of them

  /// The reporter of the address, as far as the visitor keeps that area.
  private static func reporter(_ visit: Visit) async throws -> Reporter {
    let id = visit.parameters["id"].flatMap { Int($0) }
    let found = try await visit.pool.read { store throws(StoreFault) in try store.reporters() }.first { $0.id == id }
    guard let found, visit.reaches(found.area, as: visit.actors(as: keepers)) else { throw VisitFault.notFound }
    return found
  }

  private static func one(
    _ visit: Visit, typed: FormFields?, status: Int = 200, fault: String? = nil
  ) async throws -> Reply {
    let reporter = try await reporter(visit)
    let register = ReporterValues(visit: visit)
    let standing = FormFields([(name: "name", value: reporter.name ?? ""), (name: "area", value: reporter.area)])
    return visit.page(
      "reporter", title: reporter.badge, section: .reporters, status: status,
      [
        "fault": .optional(fault), "badge": .text(reporter.badge), "address": .text("/reporters/\(reporter.id)"),
        "isActive": .flag(reporter.retiredAt == nil), "isForgotten": .flag(reporter.name == nil),
        "addedAt": .text(visit.names.moment(reporter.addedAt)),
        "retiredAt": .optional(reporter.retiredAt.map(visit.names.moment)),
        "form": .object(register.form(typed ?? standing, actors: visit.actors(as: keepers), "change")),
      ])
  }

  private static func change(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    let badge = try await reporter(visit).badge
    guard let area = area(form, visit) else {
      return try await one(visit, typed: form, status: 400, fault: noArea(visit))
    }
    let name = form["name"] ?? ""
    return try await done(visit, typed: form) { store, actor, now throws(StoreFault) in
      try store.changeReporter(badge, name: name, area: area, by: actor, at: now)
    }
  }

  private static func retire(_ visit: Visit) async throws -> Reply {
    let badge = try await reporter(visit).badge
    let isForgotten = visit.request.form.has("forget")
    return try await done(visit, typed: nil) { store, actor, now throws(StoreFault) in
      try store.retireReporter(badge, isForgotten: isForgotten, by: actor, at: now)
    }
  }

  private static func reinstate(_ visit: Visit) async throws -> Reply {
    let badge = try await reporter(visit).badge
    return try await done(visit, typed: nil) { store, actor, now throws(StoreFault) in
      try store.reinstateReporter(badge, by: actor, at: now)
    }
  }

  private static func done(
    _ visit: Visit, typed: FormFields?,
    _ body: @escaping @Sendable (SuggestionStore, String, Int64) throws(StoreFault) -> Result<Reporter, ReporterRefusal>
  ) async throws -> Reply {
    guard let actor = visit.visitor.account?.name else { throw VisitFault.forbidden }
    let now = visit.now
    let outcome = try await visit.pool.write { store throws(StoreFault) in try body(store, actor, now) }
    switch outcome {
    case .success: return .seeOther("/reporters?notice=saved")
    case .failure(let refusal):
      return try await one(visit, typed: typed, status: status(refusal), fault: sentence(refusal, visit))
    }
  }
}
