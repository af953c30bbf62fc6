internal import Casework
package import Store
package import Suggestions

/// What of the queue somebody looks at, as the address says it. The same fields make the page, its counts, a saved view
/// and the way back after a decision.
package struct QueueQuery: Sendable, Hashable {
  package var fields: FormFields

  /// Fields that narrow or order; anything else in an address is not carried on.
  package static let names: Set<String> = [
    "track", "topic", "region", "lead", "kind", "urgency", "channel", "station", "since", "until", "order", "q", "state",
    "near", "asked", "claim", "snoozed",
  ]

  package init(_ fields: FormFields) {
    self.fields = FormFields(fields.fields.filter { QueueQuery.names.contains($0.name) && !$0.value.isEmpty })
  }

  package var track: Track { fields["track"] == Track.sensitive.code ? .sensitive : .ordinary }

  /// Words that are looked for in the texts.
  package var words: String? { fields["q"] }

  /// The queue's address with these filters and more.
  package func address(_ more: (name: String, value: String)...) -> String {
    let all = FormFields(fields.fields + more)
    return "/queue" + (all.fields.isEmpty ? "" : "?" + all.encoded)
  }

  /// As the store filters. A value that is nobody's code lets nothing through, so that a filter never widens by mistake.
  package func filter(_ visit: Visit) -> ReviewFilter {
    var filter = ReviewFilter(tracks: [track], at: visit.now)
    switch fields["state"] {
    case nil: break
    case "all": filter = .everything([track], at: visit.now)
    case .some(let code):
      filter.states = Set(CaseState.allCases.filter { $0.code == code })
      filter.snooze = .either
    }
    filter.order = fields["order"].flatMap(ReviewFilter.Order.init(rawValue:)) ?? .priority
    // Under "none" are those nothing was recognised for.
    filter.topics = fields["topic"].map { $0 == "none" ? [""] : visit.services.topicsUnder($0) }
    filter.regions = fields["region"].map { $0 == "none" ? [""] : visit.services.regionsInside($0) }
    filter.leads = fields["lead"].map { [$0] }
    filter.stations = fields["station"].map { [$0] }
    filter.kinds = fields["kind"].map { code in Set(Kind.allCases.filter { $0.code == code }) }
    filter.urgencies = fields["urgency"].map { code in Set(Urgency.allCases.filter { $0.code == code }) }
    filter.channels = fields["channel"].map { code in Set(Channel.allCases.filter { $0.code == code }) }
    filter.hasNear = fields["near"].map { $0 == "1" }
    filter.isAsked = fields["asked"].map { $0 == "1" }
    filter.since = fields["since"].flatMap { CivilTime.instant($0) }
    filter.until = fields["until"].flatMap { CivilTime.instant($0) }.map { $0 + 86_400 }
    filter.claim = switch fields["claim"] {
    case "none": .nobody
    case "mine": visit.visitor.account.map { .by($0.name) }
    case "any": .anybody
    default: nil
    }
    if fields["snoozed"] == "1" { filter.snooze = .asleep }
    let own = visit.visitor.actors.filter { MainPlace.queue.roles.contains($0.role) && $0.tracks.contains(track) }
    // Somebody with a region of their own sees that; with none, the city.
    if !own.contains(where: \.regions.isEmpty) {
      let reach = own.flatMap(\.regions).reduce(into: Set<String>()) { $0.formUnion(visit.services.regionsInside($1)) }
      filter.regions = filter.regions.map { $0.intersection(reach) } ?? reach
    }
    return filter
  }
}

extension Urgency {
  /// Whether a code's class stands out of the ordinary: something is out, or somebody is in danger.
  static func isPressing(_ code: String) -> Bool { allCases.contains { $0.code == code && $0 > .ordinary } }
}
