internal import Casework
internal import Store
internal import Suggestions

/// 驿站: what came in there, what has to be carried back, whom to ask, and slips to print.
enum StationPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/station", for: .roles(MainPlace.station.roles), show),
    Endpoint(.get, "/station/slips", for: .roles(MainPlace.station.roles), slips),
  ]

  /// So many of the newest are read whatever their state, and so many of them listed.
  private static let (newest, length) = (200, 60)
  /// Slips of one print.
  private static let most = (plain: 400, withAnswers: 2_000)

  private static func show(_ visit: Visit) async throws -> Reply {
    let units = OwnUnit.all(of: visit.visitor, as: MainPlace.station.roles)
    let unit = try OwnUnit.chosen(visit.request.query, of: units)
    let (rules, now, newest) = (visit.services.casework(), visit.now, newest)
    let own = names(of: unit.handler.unit, visit)
    // A keeper who does not read the ordinary track reads nothing.
    let reads = !visit.scopes(of: unit.actors).isEmpty
    let (entries, asked) = try await visit.pool.read { store throws(StoreFault) -> ([StationEntry], [CallBack]) in
      guard reads else { return ([], []) }
      return (
        try store.stationDesk(own, under: rules, asOf: now, newest: newest),
        try store.callBacks(among: [own], of: own.code, under: rules)
      )
    }
    let values = StationValues(unit: unit, visit: visit)
    let errands = entries.filter { $0.errand != nil }.sorted {
      ($0.errand?.since ?? 0, $0.submission.holding.number) < ($1.errand?.since ?? 0, $1.submission.holding.number)
    }
    return visit.page(
      "station", title: visit.names.handler(unit.handler), section: .station,
      [
        "name": .text(visit.names.station(unit.handler.unit) ?? unit.handler.unit), "code": .text(unit.handler.text),
        "hasUnits": .flag(units.count > 1),
        "units": .objects(units) { other in
          [
            "name": .text(visit.names.handler(other.handler)), "address": .text(values.address(other)),
            "isCurrent": .flag(other.handler == unit.handler),
          ]
        },
        "errands": .list(errands.map { .object(values.errand($0)) }), "hasErrands": .flag(!errands.isEmpty),
        "errandCount": .number(errands.count),
        "asked": .list(asked.map { .object(values.callBack($0)) }), "hasAsked": .flag(!asked.isEmpty),
        "askedCount": .number(asked.count),
        "steps": .list(CustodyTrail.Step.allCases.map { .text(values.words.step($0)) }),
        "entries": .list(entries.prefix(length).map { .object(values.entry($0)) }), "isEmpty": .flag(entries.isEmpty),
        "shown": .number(min(length, entries.count)), "read": .number(min(newest, entries.count)),
        "lags": .list(values.lags(CustodyLags(entries.prefix(newest).map(\.trail)))),
        "hasLags": .flag(!CustodyLags(entries.prefix(newest).map(\.trail)).lines.isEmpty),
      ])
  }

  /// What its books may be named for: the name in Chinese, and the code.
  static func names(of code: String, _ visit: Visit) -> StationNames {
    let name = visit.services.catalogue(.zh).stations.first { $0.code == code }?.name
    return StationNames(code: code, names: [name].compactMap(\.self))
  }

  // MARK: Slips

  private static func slips(_ visit: Visit) async throws -> Reply {
    let query = visit.request.query
    let unit = try OwnUnit.chosen(query, of: OwnUnit.all(of: visit.visitor, as: MainPlace.station.roles))
    guard !visit.scopes(of: unit.actors).isEmpty else { throw VisitFault.notFound }
    let since = query["since"].map { CivilTime.instant($0) }
    if case .some(nil) = since { throw VisitFault.field("since") }
    let hasAnswers = query["what"] == "answers"
    let back = StationValues(unit: unit, visit: visit).address(unit)
    let wish = SlipWish(
      station: unit.handler.unit, since: since ?? nil, hasAnswers: hasAnswers, rules: visit.services.casework(),
      at: visit.now, limit: hasAnswers ? most.withAnswers : most.plain, prefix: PublicAddress(visit).receipts,
      frame: PaperFrame(
        style: visit.premises.assets.address(of: DeskServices.slipStyle),
        links: [PaperFrame.Link(words: visit.say("← 回到驿站", "← Back to the station"), address: back)]))
    let (services, language) = (visit.services, visit.language)
    let page = try await visit.pool.read { store throws(StoreFault) in try services.desks.slips(store, wish, language) }
    guard let page else { throw VisitFault.notFound }
    return .page(page)
  }
}
