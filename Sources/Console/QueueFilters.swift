internal import Casework
internal import Suggestions

/// What the filter form of the queue offers, with what is chosen.
struct QueueFilters {
  let query: QueueQuery
  let visit: Visit

  init(_ query: QueueQuery, _ visit: Visit) {
    self.query = query
    self.visit = visit
  }

  var value: PageValue {
    let catalogue = visit.services.catalogue(visit.language)
    let names = visit.names
    var selects: [PageValue] = []
    if visit.visitor.tracks(as: MainPlace.queue.roles).contains(.sensitive) {
      selects.append(select("track", visit.say("通道", "Track"), Track.allCases.map { ($0.code, names.word($0.code)) }, standard: Track.ordinary.code))
    }
    let any = ("", visit.say("全部", "all"))
    selects.append(select("topic", visit.say("主题", "Topic"), [any] + catalogue.topics.map { ($0.code, ActForm.indented($0)) }))
    selects.append(select("region", visit.say("地点", "Place"), [any] + catalogue.regions.map { ($0.code, ActForm.indented($0)) }))
    selects.append(select("lead", visit.say("建议承办", "Proposed"), [any] + catalogue.departments.map { ($0.code, $0.name) }))
    selects.append(select("kind", visit.say("类别", "Kind"), [any] + Kind.allCases.map { ($0.code, names.word($0.code)) }))
    selects.append(select("urgency", visit.say("紧急程度", "Urgency"), [any] + Urgency.allCases.map { ($0.code, names.word($0.code)) }))
    return [
      "selects": .list(selects), "q": .text(query.fields["q"] ?? ""),
      "isActive": .flag(query.fields.fields.contains { $0.name != "track" }),
    ]
  }

  private func select(
    _ name: String, _ label: String, _ options: [(code: String, name: String)], standard: String = ""
  ) -> PageValue {
    let chosen = query.fields[name] ?? standard
    return [
      "name": .text(name), "label": .text(label), "fieldID": .text("filter-" + name),
      "options": .objects(options) {
        ["code": .text($0.code), "name": .text($0.name), "isChosen": .flag($0.code == chosen)]
      },
    ]
  }
}
