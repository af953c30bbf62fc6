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
    let any = (code: "", name: visit.say("全部", "all"))
    let none = (code: "none", name: visit.say("未识别", "none recognised"))
    selects.append(select("topic", visit.say("主题", "Topic"), [any, none] + catalogue.topics.map { ($0.code, ActForm.indented($0)) }))
    selects.append(select("region", visit.say("地点", "Place"), [any, none] + catalogue.regions.map { ($0.code, ActForm.indented($0)) }))
    selects.append(select("lead", visit.say("建议承办", "Proposed"), [any] + catalogue.departments.map { ($0.code, $0.name) }))
    selects.append(select("kind", visit.say("类别", "Kind"), [any] + Kind.allCases.map { ($0.code, names.word($0.code)) }))
    selects.append(select("urgency", visit.say("紧急程度", "Urgency"), [any] + Urgency.allCases.map { ($0.code, names.word($0.code)) }))
    selects.append(select("channel", visit.say("渠道", "Channel"), [any] + Channel.allCases.map { ($0.code, names.word($0.code)) }))
    selects.append(select("station", visit.say("驿站", "Station"), [any] + catalogue.stations.map { ($0.code, $0.name) }))
    let yes = [any, (code: "1", name: visit.say("有", "yes")), (code: "0", name: visit.say("没有", "no"))]
    selects.append(select("near", visit.say("有近似的", "Nearly the same as another"), yes))
    selects.append(select("asked", visit.say("要问地点的", "Place to be asked"), yes))
    selects.append(
      select(
        "claim", visit.say("认领", "Claim"),
        [any, ("mine", visit.say("我认领的", "mine")), ("none", visit.say("没人认领", "nobody's")), ("any", visit.say("有人认领", "somebody's"))]))
    selects.append(
      select(
        "state", visit.say("状态", "State"),
        [(code: "", name: visit.say("待审核", "to review")), (code: "all", name: visit.say("全部", "all"))]
          + CaseState.allCases.filter { $0 != .pending }.map { ($0.code, names.word($0.code)) }))
    selects.append(select("snoozed", visit.say("搁置", "Put aside"), [(code: "", name: visit.say("不看搁置的", "not those")), ("1", visit.say("只看搁置的", "only those"))]))
    selects.append(
      select(
        "order", visit.say("先后", "Order"),
        [
          ("priority", visit.say("最急的在前", "most urgent first")), ("newest", visit.say("最新的在前", "newest first")),
          ("oldest", visit.say("最早的在前", "oldest first")), ("support", visit.say("附议最多的在前", "most support first")),
        ], standard: "priority"))
    return [
      "selects": .list(selects), "q": .text(query.fields["q"] ?? ""), "since": .text(query.fields["since"] ?? ""),
      "until": .text(query.fields["until"] ?? ""),
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
