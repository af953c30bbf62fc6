internal import Casework
internal import Store
internal import Suggestions

/// Reporters in the words of a page.
struct ReporterValues {
  let visit: Visit

  /// 随手拍 随手帮 随口宣 随时报.
  let acts: [Act] = [.photo, .help, .spread, .report]

  func row(_ reporter: Reporter, _ count: ReporterContributions?, mayChange: Bool) -> [String: PageValue] {
    var row = numbers(count)
    row["badge"] = .text(reporter.badge)
    row["name"] = .text(reporter.name ?? visit.say("（已删）", "(forgotten)"))
    row["area"] = .text(visit.names.region(reporter.area) ?? reporter.area)
    row["state"] = .text(reporter.retiredAt == nil ? visit.say("在册", "active") : visit.say("已退出", "retired"))
    row["isActive"] = .flag(reporter.retiredAt == nil)
    row["address"] = .optional(mayChange ? "/reporters/\(reporter.id)" : nil)
    return row
  }

  /// A badge nobody has.
  func row(_ count: ReporterContributions) -> [String: PageValue] {
    var row = numbers(count)
    row["badge"] = .text(count.badge)
    row["name"] = ""
    row["area"] = ""
    row["state"] = .text(visit.say("未登记", "not registered"))
    row["isActive"] = false
    row["address"] = false
    return row
  }

  private func numbers(_ count: ReporterContributions?) -> [String: PageValue] {
    [
      "counts": .list((acts + [Act.none]).map { .number(count?.acts[$0] ?? 0) }), "total": .number(count?.total ?? 0),
      "firsts": .number(count?.firsts ?? 0), "last": .text(count?.lastAt.map(visit.names.moment) ?? "—"),
    ]
  }

  /// - Parameter actors: whose areas are offered.
  func form(_ typed: FormFields, actors: [CaseActor], _ prefix: String) -> [String: PageValue] {
    let regions = visit.services.catalogue(visit.language).regions.filter { visit.reaches($0.code, as: actors) }
    let area = typed["area"]
    return [
      "prefix": .text(prefix), "badge": .text(typed["badge"] ?? ""), "name": .text(typed["name"] ?? ""),
      "areas": .objects(regions) {
        ["code": .text($0.code), "name": .text(ActForm.indented($0)), "isChosen": .flag($0.code == area)]
      },
      "hasBlank": .flag(area == nil),
    ]
  }
}
