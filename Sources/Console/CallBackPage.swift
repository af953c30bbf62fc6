internal import Casework
internal import Store
internal import Suggestions

/// 待回访: writers only a station can ask whether it was solved.
enum CallBackPage {
  static let endpoints: [Endpoint] = [Endpoint(.get, "/call-backs", for: .roles(MainPlace.callBacks.roles), show)]

  private static let length = 100

  private static func show(_ visit: Visit) async throws -> Reply {
    let stations = visit.services.catalogue(.zh).stations
    let chosen = visit.request.query["station"]
    if let chosen, !stations.contains(where: { $0.code == chosen }) { throw VisitFault.notFound }
    let found = try await entries(visit, stations.map { StationNames(code: $0.code, names: [$0.name]) }, of: chosen)
    let words = visit.services.desks.words(visit.language)
    let here = "/call-backs" + (chosen.map { "?station=" + FormFields.encoded($0) } ?? "")
    return visit.page(
      "call-backs", title: visit.say("待回访", "To be called back"), section: .callBacks,
      [
        "stations": .objects(visit.services.catalogue(visit.language).stations) {
          ["code": .text($0.code), "name": .text($0.name), "isChosen": .flag($0.code == chosen)]
        },
        "isEmpty": .flag(found.isEmpty), "count": .number(found.count), "isCut": .flag(found.count == length),
        "rows": .objects(found) { entry in
          let holding = entry.submission.holding
          return [
            "id": .number(holding.root), "address": .text("/cases/\(holding.root)"), "receipt": .text(holding.receipt),
            "since": .text(visit.names.moment(entry.since)),
            "station": .text(visit.names.station(entry.station) ?? "—"),
            "place": .text(words.place(entry.submission)), "excerpt": .text(entry.submission.excerpt),
            "mayRecord": .flag(entry.isRecordable),
            "record": .text(
              "/cases/\(holding.root)/acts/\(CaseAction.callBack.code)?next=" + FormFields.encoded(here)),
          ]
        },
      ])
  }

  /// Those of the cases the visitor may see, oldest first.
  private static func entries(
    _ visit: Visit, _ stations: [StationNames], of station: String?
  ) async throws -> [CallBack] {
    let actors = visit.actors(as: MainPlace.callBacks.roles)
    let rules = visit.services.casework()
    return try await visit.pool.read { store throws(StoreFault) in
      var shown: [CallBack] = []
      for entry in try store.callBacks(among: stations, of: station, under: rules) {
        guard let history = try store.caseHistory(of: entry.submission.holding.root, regionPath: rules.regionPath),
          let outline = try? history.outline(), actors.maySee(outline)
        else { continue }
        shown.append(entry)
        if shown.count == length { break }
      }
      return shown
    }
  }
}
