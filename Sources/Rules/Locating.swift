internal import Suggestions
internal import Matching
internal import Text

extension RuleScratch {
  /// The most exact place the text names; two that contradict each other leave their common ancestor. Then settled with
  /// what is known beside the text.
  mutating func locate(_ judgement: inout Judgement, in text: UnsafeBufferPointer<UInt32>) {
    var previous: (hit: Hit, number: Int)?
    for index in marks.places {
      let hit = hits.base[Int(index)]
      guard let name = book.placeOfKeyword[Int(hit.keyword)], placeIsValid[name] else { continue }
      switch book.names[name].meaning {
      case .region(let region), .road(let region), .landmark(let region):
        judgement.region = book.narrower(judgement.region, region)
      case .station(let station): judgement.station = judgement.station ?? station
      case .ambiguous(let number):
        if let earlier = previous, let region = crossing(earlier.hit, earlier.number, hit, number, text) {
          judgement.region = book.narrower(judgement.region, region)
          if judgement.asked == earlier.number { judgement.asked = nil }
        } else {
          judgement.asked = judgement.asked ?? number
        }
        previous = (hit, number)
      case .elsewhere: break
      }
    }
    if context.region == nil { judgement.asked = judgement.asked ?? context.asked }
    judgement.namesPlace = judgement.region != nil || judgement.station != nil
    book.settlePlace(&judgement, field: context.region, station: context.station)
  }

  /// The one region in which two roads cross that each run through several; nil where they do not cross in the text, or
  /// could in more than one.
  private func crossing(
    _ first: Hit, _ firstNumber: Int, _ second: Hit, _ secondNumber: Int, _ text: UnsafeBufferPointer<UInt32>
  ) -> Int? {
    let (one, other) = (book.ambiguous[firstNumber], book.ambiguous[secondNumber])
    guard one.isRoad, other.isRoad, first.end <= second.start,
      Crossing.links(text, Int(first.end)..<Int(second.start)), Crossing.end(text, behind: Int(second.end)) != nil
    else { return nil }
    return book.meeting(one.candidates, other.candidates)
  }
}

extension RuleBook {
  /// Of two places the one inside the other; for two that are apart, their nearest common ancestor.
  package func narrower(_ first: Int?, _ second: Int?) -> Int? {
    guard let first else { return second }
    guard let second else { return first }
    let firstChain = chain(ofRegion: first)
    let secondChain = chain(ofRegion: second)
    if firstChain.contains(second) { return first }
    if secondChain.contains(first) { return second }
    return firstChain.first { secondChain.contains($0) }
  }
}

extension RuleBook {
  /// The place of a submission from what its fields say and what its text names.
  ///
  /// A street inside the area the form names is more exact and wins; an ambiguous name is settled by the area when only
  /// one candidate lies in it, otherwise it stays open and people are asked.
  func settlePlace(_ judgement: inout Judgement, field: Int?, station: Int?) {
    if let station { judgement.station = station }
    var region = field ?? judgement.station.map { stations[$0].region }
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
      } else if let region, regions[region].level == .street || regions[region].level == .community {
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
    let judgement = scratch.placeNamed(folded[range])
    return (judgement.region, judgement.asked)
  }

  package func stationNamed(_ text: String) -> Int? {
    let folded = Folding.string(text)
    return stations.firstIndex { Folding.string($0.name) == folded || $0.code == folded }
  }
}
