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
  /// The files it was compiled from, by path.
  package let files: [RuleFile]
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
  /// Names of regions, roads, landmarks and stations, and words that only look like one.
  package let names: [PlaceName]
  /// Per keyword: index of the place name it is.
  let placeOfKeyword: [Int?]
  package let negation: Negation
  /// Seconds the city's clocks are ahead of Greenwich.
  package let utcOffset: Int
  let roles: [KeywordRole]
  /// Per keyword: what it alone decides.
  private let decisions: [[RuleVerdict]]
  // What some rule asks for; texts are not looked at for what none does.
  let asksForKind: Bool
  let asksForStart: Bool
  let asksForSentences: Bool

  private let districtOfRegion: [Int?]
  private let compiled: RuleCompiler.Result

  init(_ compiled: RuleCompiler.Result) {
    self.compiled = compiled
    name = compiled.name
    title = compiled.title
    version = compiled.version
    files = compiled.files
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
    names = compiled.names
    placeOfKeyword = compiled.placeOfKeyword
    negation = compiled.negation
    utcOffset = compiled.utcOffset
    asksForKind = compiled.rules.contains { !$0.when.kinds.isEmpty }
    asksForStart = compiled.rules.contains { $0.words.atStart }
    asksForSentences = compiled.rules.contains { $0.words.near.contains { $0.reach == .sentence } }
    decisions = RuleBook.decisions(compiled)
    roles = RuleBook.roles(compiled, decisions)
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
    if let shortest = rule.words.all.min(by: { $0.count < $1.count }) { return Set(shortest) }
    if let several = rule.words.atLeast { return Set(several.of.flatMap(\.self)) }
    return Set(rule.words.near.flatMap(\.left))
  }

  private static func decisions(_ compiled: RuleCompiler.Result) -> [[RuleVerdict]] {
    var decisions = [[RuleVerdict]](repeating: [], count: compiled.keywords.count)
    for rule in compiled.rules where rule.isPlain && rule.verdict.competes {
      for keyword in rule.any where !decisions[Int(keyword)].contains(rule.verdict) {
        decisions[Int(keyword)].append(rule.verdict)
      }
    }
    return decisions
  }

  private static func roles(_ compiled: RuleCompiler.Result, _ decisions: [[RuleVerdict]]) -> [KeywordRole] {
    var roles = compiled.keywords.indices.map { keyword -> KeywordRole in
      var role: KeywordRole = decisions[keyword].isEmpty ? [] : .decides
      if compiled.placeOfKeyword[keyword] != nil { role.insert(.place) }
      return role
    }
    let negation = compiled.negation
    for (keywords, role) in [
      (negation.before, KeywordRole.negatesNext), (negation.after, .negatesPrevious),
      (negation.except, .keepsFromNegating), (negation.undoneBy, .undoesNegation),
    ] { for keyword in keywords { roles[Int(keyword)].insert(role) } }
    return roles
  }

  /// Whether a keyword alone decides, and for something else than a verdict: another kind, another act, or a topic that
  /// is neither above nor below.
  func decides(_ keyword: UInt32, against verdict: RuleVerdict) -> Bool {
    var isOpposed = false
    for decided in decisions[Int(keyword)] {
      switch (decided, verdict) {
      case (.topic(let one), .topic(let other)):
        if path(ofTopic: one).contains(other) || path(ofTopic: other).contains(one) { return false }
        isOpposed = true
      case (.kind, .kind), (.act, .act):
        if decided == verdict { return false }
        isOpposed = true
      default: break
      }
    }
    return isOpposed
  }

  /// Rules that are in force no longer on a day, days since 1970-01-01.
  package func expired(on day: Int) -> [RuleProblem] {
    rules.filter { ($0.validity.until ?? .max) < day }
      .map { RuleProblem(file: $0.file, line: $0.line, fault: .expired(rule: $0.id)) }
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
