import Casework
import Rules
import Stages
import Store
import Suggestions

extension CommonOptions {
  /// What the store needs to know to let anybody act on a case.
  func caseworkRules(_ book: RuleBook? = nil) throws -> CaseworkRules {
    let book = try book ?? loadBook()
    let settings = try loadCasework()
    return CaseworkRules(
      limits: settings.limits, clocks: settings.clocks, calendar: settings.calendar, ladder: settings.ladder,
      retention: settings.retention, regionPath: book.regionPath, priority: book.casePriority)
  }
}

extension CaseworkSettings {
  /// The same under the book a running server has in force.
  func rules(under present: PresentBook.Present) -> CaseworkRules {
    CaseworkRules(
      limits: limits, clocks: clocks, calendar: calendar, ladder: ladder, retention: retention,
      regionPath: present.regionPath, priority: present.book.casePriority)
  }
}

extension RuleBook {
  /// The router's own, for what a person says a case is.
  var casePriority: @Sendable (Kind, Track, Urgency, Bool) -> Int? {
    { Route.priority($0, $1, $2, isUnsure: $3, self) }
  }

  /// A region's code, then the zones laid over it and what it lies in, as far as the city.
  var regionPath: @Sendable (String) -> [String] {
    var parents: [String: [String]] = [:]
    var zones: [Int: [String]] = [:]
    for region in regions { for street in region.covers { zones[street, default: []].append(region.code) } }
    for (index, region) in regions.enumerated() {
      var path = [region.code]
      var next: Int? = index
      var seen: Set<Int> = []
      while let place = next, seen.insert(place).inserted {
        if place != index { path.append(regions[place].code) }
        path += (zones[place] ?? []).filter { !path.contains($0) }
        next = regions[place].parent
      }
      parents[region.code] = path
    }
    let paths = parents
    return { paths[$0] ?? [$0] }
  }
}
