internal import Casework
internal import Suggestions

/// 总览: a month at a glance, the lists behind its figures, their definitions, and both as files.
enum FiguresPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/figures", for: .roles(roles), show),
    Endpoint(.get, "/figures/list", for: .roles(roles), FiguresListPage.show),
    Endpoint(.get, "/figures/definitions", for: .roles(roles), FiguresDefinitions.show),
    Endpoint(.get, "/figures.csv", for: .roles(roles)) { visit in
      try await report(visit, type: "text/csv; charset=utf-8", ending: "csv", visit.services.figures.csv)
    },
    Endpoint(.get, "/figures.json", for: .roles(roles)) { visit in
      try await report(visit, type: "application/json", ending: "json", visit.services.figures.json)
    },
  ]

  static let roles = MainPlace.figures.roles

  /// A sheet, whose it is, and what is asked of it.
  struct Look: Sendable {
    var standing: FiguresShelf.Standing
    var reach: CaseReach
    var query: FiguresQuery

    var sheet: CaseSheet { standing.sheet }
  }

  static func reach(of visit: Visit) -> CaseReach { CaseReach(visit.visitor.actors, as: roles) }

  /// Nil while the first sheet is being made.
  static func look(_ visit: Visit, isFile: Bool = false) async throws -> Look? {
    // A month that cannot be read is said before anything is counted.
    let present = FiguresQuery(month: FiguresMonth(day: FiguresMonth.day(of: visit.now)), moment: .received)
    _ = try FiguresQuery(visit.request.query, or: present)
    guard let standing = try await visit.premises.figures.sheet(visit, isFile: isFile) else { return nil }
    let reach = reach(of: visit)
    let latest = visit.premises.figures.latest(in: standing.sheet, reach: reach)
    return Look(standing: standing, reach: reach, query: try FiguresQuery(visit.request.query, or: latest))
  }

  static func view(_ look: Look, _ visit: Visit) async throws -> FiguresView {
    let key = FiguresView.Key(
      asOf: look.sheet.asOf, month: look.query.month, moment: look.query.moment, reach: look.reach)
    return try await visit.premises.figures.view(key, of: look.sheet, visit)
  }

  /// 汇总中: the page looks again by itself, nothing on it is lost by that.
  static func waiting(_ visit: Visit) -> Reply {
    let (done, end) = visit.premises.figures.counted
    let query = visit.request.query
    var reply = visit.page(
      "figures-waiting", title: visit.say("正在汇总", "Being counted"), section: .figures, status: 202,
      [
        "done": .number(done), "end": .number(end), "hasEnd": .flag(end > 0),
        "again": .text(visit.request.path + (query.fields.isEmpty ? "" : "?" + query.encoded)),
      ])
    reply.headers.append(("Refresh", "2"))
    return reply
  }

  private static func show(_ visit: Visit) async throws -> Reply {
    guard let look = try await look(visit) else { return waiting(visit) }
    let view = try await view(look, visit)
    let matters = try await FiguresHotMatters(look, visit)
    let values = FiguresValues(look: look, view: view, visit: visit)
    return visit.page(
      "figures", title: visit.say("总览", "Overview") + " · " + look.query.month.name(visit.language), section: .figures,
      values.page(matters))
  }

  /// The file `stats --month` writes. Groups are those of the ordinary track: of the other one they could point to a
  /// person.
  private static func report(
    _ visit: Visit, type: String, ending: String, _ write: (FigureReport, ConsoleLanguage) -> String
  ) async throws -> Reply {
    var dimension: CaseDimension?
    if let text = visit.request.query["by"] {
      guard let named = CaseDimension(rawValue: text), FiguresView.dimensions.contains(named) else {
        throw VisitFault.field("by")
      }
      dimension = named
    }
    guard let look = try await look(visit, isFile: true) else {
      var reply = Reply.problem(503, title: visit.say("正在汇总，请稍后再试。", "Being counted; try again in a moment."))
      reply.headers.append(("Retry-After", "3"))
      return reply
    }
    let view = try await view(look, visit)
    let tracks = look.reach.tracks.filter { dimension == nil || $0 == .ordinary }
    let report = FigureReport(
      statistics: view.statistics, tracks: tracks, dimension: dimension, days: look.query.month.days)
    let name = "figures-" + look.query.month.text + (dimension.map { "-" + $0.rawValue } ?? "") + "." + ending
    return .download(Array(write(report, visit.language).utf8), type: type, name: name)
  }
}
