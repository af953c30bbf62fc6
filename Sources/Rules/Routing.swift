package import Suggestions

extension RuleBook {
  /// Who handles it: the most exact route by topic, then place, then kind, then its order in the table. What was done
  /// already is nobody's order: a route for contributions comes before all.
  package func route(topic: Int?, region: Int?, kind: Kind) -> RoutingDecision {
    let topicPath = topic.map { path(ofTopic: $0) } ?? []
    let regionChain = region.map { chain(ofRegion: $0) } ?? []
    var best: (rank: (Int, Int, Int, Int), index: Int)?
    for (index, route) in routes.enumerated() {
      var rank = (0, 0, 0, 0)
      if let wanted = route.topic {
        guard let depth = topicPath.firstIndex(of: wanted) else { continue }
        rank.1 = depth + 1
      }
      if let wanted = route.region {
        guard let distance = regionChain.firstIndex(of: wanted) else { continue }
        rank.2 = 100 - distance
      }
      if let wanted = route.kind {
        guard wanted == kind else { continue }
        rank.0 = kind == .contribution ? 1 : 0
        rank.3 = 1
      }
      if best.map({ rank > $0.rank }) ?? true { best = (rank, index) }
    }
    if let best {
      let route = routes[best.index]
      return RoutingDecision(route: best.index, lead: route.lead, coHandlers: route.coHandlers, tier: route.tier)
    }
    return RoutingDecision(
      route: nil, lead: region == nil ? fallback.cityLead : fallback.lead, coHandlers: [],
      tier: region == nil ? .city : .district)
  }
}
