internal import Matching

/// What sort of place a name means.
package enum PlaceLevel: String, Sendable, CaseIterable {
  case city, county, zone, street, community, road, crossing, landmark, station

  package init(_ level: RegionLevel) {
    switch level {
    case .city: self = .city
    case .county: self = .county
    case .zone: self = .zone
    case .street: self = .street
    case .community: self = .community
    }
  }
}

/// A place a text names, in the units of the text people read.
package struct NamedPlace: Sendable, Hashable {
  package var part: ExplainedSpan.Part
  /// Range in the part's Unicode scalars.
  package var scalars: Range<Int>
  /// nil for a name that means places of several levels.
  package var level: PlaceLevel?
  /// Index of the region it is or lies in; nil while that is open.
  package var region: Int?
  package var station: Int?
  /// Indices of the regions it may mean, while that is open.
  package var candidates: [Int]

  package var isAmbiguous: Bool { candidates.count > 1 }
}

/// A place a text names, in positions of the folded text.
struct FoldedPlace {
  var range: Range<Int>
  var level: PlaceLevel?
  /// Regions it may mean; one once that is settled, none for a crossing of roads nobody knows.
  var regions: [Int]
  var station: Int?
}

extension RuleScratch {
  /// What the last text judged names, in the order of the text, each crossing before its roads. Made for explanations
  /// only, as it allocates.
  func placesNamed(_ text: UnsafeBufferPointer<UInt32>, _ judgement: Judgement) -> [FoldedPlace] {
    var places: [FoldedPlace] = []
    for index in marks.places {
      let hit = hits.base[Int(index)]
      guard let name = book.placeOfKeyword[Int(hit.keyword)], placeIsValid[name] else { continue }
      var place = FoldedPlace(range: Int(hit.start)..<Int(hit.end), level: nil, regions: [])
      switch book.names[name].meaning {
      case .region(let region):
        place.level = PlaceLevel(book.regions[region].level)
        place.regions = [region]
      case .road(let region):
        place.level = .road
        place.regions = [region]
      case .landmark(let region):
        place.level = .landmark
        place.regions = [region]
      case .station(let station):
        place.level = .station
        place.regions = [book.stations[station].region]
        place.station = station
      case .ambiguous(let number):
        let ambiguous = book.ambiguous[number]
        place.regions = ambiguous.candidates
        if ambiguous.isRoad { place.level = .road }
      case .elsewhere: continue
      }
      places.append(place)
    }
    let (crossings, met) = crossings(of: places.filter { $0.level == .road }, text)
    let open = judgement.asked.map { book.ambiguous[$0].candidates }
    func settled(_ regions: [Int]) -> [Int] {
      regions == open ? regions : book.settled(regions, in: judgement.region)
    }
    for index in places.indices where places[index].regions.count > 1 {
      // A crossing settles its roads; else what is known of the whole text does.
      places[index].regions = met[places[index].range.lowerBound].map { [$0] } ?? settled(places[index].regions)
      if places[index].level == nil { places[index].level = commonLevel(places[index].regions) }
    }
    let settledCrossings = crossings.map { crossing in
      var crossing = crossing
      if crossing.regions.count > 1 { crossing.regions = settled(crossing.regions) }
      return crossing
    }
    return (settledCrossings + places).sorted {
      ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound)
    }
  }

  private func commonLevel(_ regions: [Int]) -> PlaceLevel? {
    let levels = Set(regions.map { book.regions[$0].level })
    return levels.count == 1 ? levels.first.map { PlaceLevel($0) } : nil
  }

  /// Crossings in the text, one road before words such as 路口 or two side by side; and by the starts of two roads the
  /// one region they meet in.
  private func crossings(
    of roads: [FoldedPlace], _ text: UnsafeBufferPointer<UInt32>
  ) -> (places: [FoldedPlace], met: [Int: Int]) {
    var found: [FoldedPlace] = []
    var met: [Int: Int] = [:]
    let byEnd = Dictionary(roads.map { ($0.range.upperBound, $0) }) { first, _ in first }
    for position in 2..<max(2, text.count) {
      if let last = found.last, position < last.range.upperBound { continue }
      guard let end = Crossing.end(text, behind: position) else { continue }
      let second = byEnd[position]
      guard let start = second?.range.lowerBound ?? Crossing.unknownRoad(text, endingAt: position) else { continue }
      // The other road stands before a linking word, or right before this one.
      let firstEnd = Crossing.linkStart(text, endingAt: start) ?? start
      let first = byEnd[firstEnd]
      let firstStart = first?.range.lowerBound ?? Crossing.unknownRoad(text, endingAt: firstEnd)
      // Of roads nobody knows, two are needed: 十字路口 alone is no crossing with a name.
      guard second != nil || firstStart != nil else { continue }
      let regions = book.crossed(first?.regions ?? [], second?.regions ?? [])
      if let first, let second, let region = book.meeting(first.regions, second.regions) {
        met[first.range.lowerBound] = region
        met[second.range.lowerBound] = region
      }
      found.append(FoldedPlace(range: (firstStart ?? start)..<end, level: .crossing, regions: regions))
    }
    return (found, met)
  }
}

extension RuleBook {
  /// The one region two roads can meet in; nil where there is none or more than one.
  func meeting(_ first: [Int], _ second: [Int]) -> Int? {
    let shared = shared(first, second)
    return shared.count == 1 ? shared[0] : nil
  }

  /// The regions a crossing of two roads may lie in: where both run, otherwise all of either.
  fileprivate func crossed(_ first: [Int], _ second: [Int]) -> [Int] {
    if first.isEmpty || second.isEmpty { return first + second }
    let shared = shared(first, second)
    return shared.isEmpty ? first + second : shared
  }

  private func shared(_ first: [Int], _ second: [Int]) -> [Int] {
    var shared: [Int] = []
    for one in first {
      for other in second {
        // Of two regions one inside the other, the smaller.
        let met = chain(ofRegion: one).contains(other) ? one : chain(ofRegion: other).contains(one) ? other : nil
        if let met, !shared.contains(met) { shared.append(met) }
      }
    }
    return shared
  }

  /// Of several regions the one that agrees with a region that is known; all of them where none or several do.
  fileprivate func settled(_ candidates: [Int], in known: Int?) -> [Int] {
    guard let known else { return candidates }
    if candidates.contains(known) { return [known] }
    let fitting = candidates.filter { chain(ofRegion: $0).contains(known) || chain(ofRegion: known).contains($0) }
    return fitting.count == 1 ? fitting : candidates
  }
}
