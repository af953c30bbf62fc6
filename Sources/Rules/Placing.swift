package import Suggestions
internal import Text

extension RuleBook {
  /// The place of a submission from what its fields say and what its text names.
  ///
  /// A street inside the area the form names is more exact and wins; an ambiguous name is settled by the form's area
  /// when only one candidate lies in it, otherwise it stays open and people are asked.
  package func settlePlace(_ judgement: inout Judgement, field: Int?, station: Int?) {
    if let station { judgement.station = station }
    var region = field
    if region == nil, let station = judgement.station { region = stations[station].region }
    if let named = judgement.region {
      if let known = region {
        // The form's own area outranks a place mentioned in passing, unless the text is more exact.
        if chain(ofRegion: named).contains(known) { region = named }
      } else {
        region = named
      }
    }
    if let asked = judgement.asked {
      let fitting = ambiguous[asked].candidates.filter { candidate in
        guard let region else { return false }
        return chain(ofRegion: candidate).contains(region) || chain(ofRegion: region).contains(candidate)
      }
      if fitting.count == 1 {
        region = narrower(region, fitting[0])
        judgement.asked = nil
      } else if let region, regions[region].level == .street {
        judgement.asked = nil
      }
    }
    judgement.region = region
  }

  /// The region a form's area field means: a code, a name, or a longer address that contains names.
  package func regionNamed(_ text: String, scratch: inout RuleScratch) -> (region: Int?, asked: Int?) {
    if let exact = region(code: text) { return (exact, nil) }
    var folded = FoldedText(capacity: 256)
    var text = text
    let range = text.withUTF8 { folded.fold($0) }
    let judgement = scratch.judge(folded[range], titleCount: 0)
    scratch.evidence.removeAll(keepingCapacity: true)
    return (judgement.region, judgement.asked)
  }

  package func stationNamed(_ text: String) -> Int? {
    let folded = Folding.string(text)
    return stations.firstIndex { Folding.string($0.name) == folded || $0.code == folded }
  }

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
