package import Matching
package import Suggestions
internal import Text

/// A compiled rule book: gazette, rules, routing and the one automaton that finds all their keywords.
///
/// Immutable and shared between threads; what an evaluation changes lives in a ``RuleScratch`` of its own.
package final class RuleBook: Sendable {
  package let name: String
  package let title: String
  /// As written in the book, a plus sign, and 8 digits that change with any byte of its files.
  package let version: String
  package let topics: [Topic]
  package let departments: [Department]
  package let regions: [Region]
  package let ambiguous: [AmbiguousPlace]
  package let stations: [Station]
  package let rules: [Rule]
  package let routes: [RoutingRule]
  package let fallback: RoutingFallback
  /// Priority by urgency class, 0…99.
  package let basePriority: [Urgency: Int]
  /// Weighted keywords mined from labelled texts; nil in a book without.
  package let learned: LearnedLayer?
  /// How sure a lead in points is where rules alone decide.
  package let confidence: ConfidenceScale
  /// Faults that do not stop the book from being used.
  package let warnings: [RuleProblem]

  package let automaton: KeywordAutomaton
  /// The folded scalars of each keyword number.
  package let keywords: [[UInt32]]
  /// Per keyword: rules it may set off, as a range of `triggers`.
  let triggerRanges: [Range<Int>]
  let triggers: [UInt32]
  /// Per keyword: the place it names, if any.
  let placeOfKeyword: [PlaceName?]

  private let districtOfRegion: [Int?]
  private let compiled: RuleCompiler.Result

  enum PlaceName: Sendable, Hashable {
    case region(Int)
    case station(Int)
    case ambiguous(Int)
    /// A word or a place elsewhere that contains one of our names: 世外桃源, 天津市.
    case elsewhere
  }

  init(_ compiled: RuleCompiler.Result) {
    self.compiled = compiled
    name = compiled.name
    title = compiled.title
    version = compiled.version
    topics = compiled.topics
    departments = compiled.departments
    regions = compiled.regions
    ambiguous = compiled.ambiguous
    stations = compiled.stations
    rules = compiled.rules
    routes = compiled.routes
    fallback = compiled.fallback
    basePriority = compiled.basePriority
    warnings = compiled.warnings
    learned = compiled.learned
    confidence = compiled.confidence
    keywords = compiled.keywords
    automaton = KeywordAutomaton(compiled.keywords)

    var perKeyword = [[UInt32]](repeating: [], count: compiled.keywords.count)
    for (number, rule) in compiled.rules.enumerated() {
      for keyword in RuleBook.triggers(of: rule) { perKeyword[Int(keyword)].append(UInt32(number)) }
    }
    var ranges: [Range<Int>] = []
    var flat: [UInt32] = []
    for list in perKeyword {
      ranges.append(flat.count..<flat.count + list.count)
      flat.append(contentsOf: list)
    }
    triggerRanges = ranges
    triggers = flat
    placeOfKeyword = compiled.placeOfKeyword
    districtOfRegion = compiled.regions.indices.map { index in
      RuleBook.chain(ofRegion: index, in: compiled.regions).first {
        compiled.regions[$0].level == .county || compiled.regions[$0].level == .zone
      }
    }
  }

  /// The same book with another learned layer, or without one.
  package func withLayer(_ layer: LearnedLayerSource?) -> RuleBook {
    var compiled = compiled
    compiled.learned = layer.map { layer in
      LearnedLayer(layer, topics: layer.topics.compactMap { topic(code: $0.code) })
    }
    return RuleBook(compiled)
  }

  /// Keywords of which at least one must be in the text before the rule can fire: its smallest necessary condition.
  private static func triggers(of rule: Rule) -> Set<UInt32> {
    if !rule.any.isEmpty { return Set(rule.any) }
    if let shortest = rule.all.min(by: { $0.count < $1.count }) { return Set(shortest) }
    return Set(rule.near.flatMap(\.left))
  }

  /// A keyword as the rules match it.
  package func word(_ keyword: UInt32) -> String { Folding.string(keywords[Int(keyword)]) }

  package func topic(code: String) -> Int? { topics.firstIndex { $0.code == code } }
  package func region(code: String) -> Int? { regions.firstIndex { $0.code == code } }
  package func department(code: String) -> Int? { departments.firstIndex { $0.code == code } }

  /// A topic and its ancestors, first level first.
  package func path(ofTopic index: Int) -> [Int] {
    var path = [index]
    while let parent = topics[path[0]].parent { path.insert(parent, at: 0) }
    return path
  }

  /// A region, the zones laid over it, then its ancestors: the order in which routes are tried.
  package func chain(ofRegion index: Int) -> [Int] { RuleBook.chain(ofRegion: index, in: regions) }

  private static func chain(ofRegion index: Int, in regions: [Region]) -> [Int] {
    var chain: [Int] = []
    var next: Int? = index
    while let region = next {
      chain.append(region)
      for (number, candidate) in regions.enumerated() where candidate.covers.contains(region) { chain.append(number) }
      next = regions[region].parent
    }
    return chain
  }

  /// The county or zone a region belongs to: the tier that has departments of its own.
  package func district(ofRegion index: Int) -> Int? { districtOfRegion[index] }
}

package struct RoutingFallback: Sendable {
  /// Who leads where a district is known.
  package var lead: Int
  /// Who leads where none is.
  package var cityLead: Int
}
