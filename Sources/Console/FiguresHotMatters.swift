internal import Casework
internal import Store
internal import Suggestions

/// 热点 of a month, as far as the visitor may see them: how many speak of a matter is told to all whose figures are the
/// whole city's; what they say only to those who may open the case.
struct FiguresHotMatters: Sendable {
  struct Shown: Sendable {
    var matter: HotMatter
    /// Whether the case may be opened and its words be read.
    var isOpen: Bool
  }

  /// Nil while they are being looked for.
  private(set) var shown: [Shown]?
  static let most = 10

  init(_ look: FiguresPages.Look, _ visit: Visit) async throws {
    guard look.reach.tracks.contains(.ordinary) else {
      shown = []
      return
    }
    let matters = try await visit.premises.figures.hotMatters(look.query.month.days, .ordinary, visit)
    guard let matters else { return }
    let (ids, path) = (matters.map(\.id), visit.services.casework().regionPath)
    let lines = try await visit.pool.read { store throws(StoreFault) in
      try store.caseLines(of: ids, regionPath: path)
    }
    let open = Set(lines.filter { visit.visitor.actors.maySee($0.outline) }.map(\.id))
    let isCity = look.reach.isWhole(.ordinary)
    shown = Array(
      matters.map { Shown(matter: $0, isOpen: open.contains($0.id)) }.filter { isCity || $0.isOpen }
        .prefix(FiguresHotMatters.most))
  }

  func value(_ visit: Visit) -> PageValue {
    guard let shown else { return ["isPending": true, "isNone": false, "matters": []] }
    let names = visit.names
    return [
      "isPending": false, "isNone": .flag(shown.isEmpty), "hasMatters": .flag(!shown.isEmpty),
      "matters": .objects(shown) { entry in
        let matter = entry.matter
        let areas = matter.areas.compactMap { names.region($0) }
        return [
          "id": .number(matter.id), "heat": .text("\(matter.heat / 10).\(matter.heat % 10)"),
          "people": .number(matter.people), "before": .number(matter.before),
          "times": .text(visit.say("第 \(matter.cases.count) 次", "case \(matter.cases.count)")),
          "isAgain": .flag(matter.cases.count > 1),
          "topic": .text(names.topic(matter.topic) ?? visit.say("未识别", "unknown")),
          "areas": .text(
            areas.isEmpty ? visit.say("未识别", "unknown") : areas.prefix(3).joined(separator: visit.say("、", ", "))),
          "channels": .text(matter.channels.map(names.word).joined(separator: visit.say("、", ", "))),
          "isOpen": .flag(entry.isOpen),
          "title": .text(matter.title.isEmpty ? matter.excerpt : matter.title),
        ]
      },
    ]
  }
}
