package import Rules
internal import Suggestions

/// What would be decided otherwise if one rule book took the place of another.
package struct BookComparison: Sendable {
  package enum Aspect: String, CaseIterable, Sendable {
    case topic, department, kind, urgency, track, sure
  }

  package struct Change: Sendable {
    package var id: Int
    package var aspect: Aspect
    /// Codes; nil for none.
    package var old: String?
    package var new: String?
  }

  package private(set) var texts = 0
  /// Texts with any change.
  package private(set) var changed = 0
  package private(set) var changes: [Change] = []
  private let old: RuleBook
  private let new: RuleBook

  package init(old: RuleBook, new: RuleBook) {
    self.old = old
    self.new = new
  }

  /// Judges texts by both books.
  ///
  /// - Parameter region: code of the place that is settled for it; both books route by it where they know it.
  package mutating func add(_ inputs: [(id: Int, title: String, body: String, region: String?)]) {
    var oldScratch = RuleScratch(old)
    var newScratch = RuleScratch(new)
    for input in inputs {
      let before = BookComparison.decide(input, old, &oldScratch)
      let after = BookComparison.decide(input, new, &newScratch)
      texts += 1
      let known = changes.count
      for aspect in Aspect.allCases where before[aspect] != after[aspect] {
        changes.append(Change(id: input.id, aspect: aspect, old: before[aspect] ?? nil, new: after[aspect] ?? nil))
      }
      if changes.count > known { changed += 1 }
    }
  }

  package func count(_ aspect: Aspect) -> Int { changes.count { $0.aspect == aspect } }

  /// From what to what, the most frequent first.
  package func moves(_ aspect: Aspect) -> [(old: String?, new: String?, count: Int, samples: [Int])] {
    var groups: [[String?]: [Int]] = [:]
    for change in changes where change.aspect == aspect { groups[[change.old, change.new], default: []].append(change.id) }
    return groups.map { (old: $0.key[0], new: $0.key[1], count: $0.value.count, samples: Array($0.value.prefix(3))) }
      .sorted { ($1.count, $0.old ?? "", $0.new ?? "") < ($0.count, $1.old ?? "", $1.new ?? "") }
  }

  private static func decide(
    _ input: (id: Int, title: String, body: String, region: String?), _ book: RuleBook, _ scratch: inout RuleScratch
  ) -> [Aspect: String?] {
    let context = RuleContext(region: input.region.flatMap { book.region(code: $0) })
    let judgement = book.judge(title: input.title, body: input.body, context: context, scratch: &scratch)
    let route = book.route(topic: judgement.topic, region: judgement.region, kind: judgement.kind ?? .other)
    return [
      .topic: judgement.topic.map { book.topics[$0].code }, .department: book.departments[route.lead].code,
      .kind: judgement.kind?.code, .urgency: judgement.urgency?.code, .track: judgement.track.code,
      .sure: judgement.isSure ? "yes" : "no",
    ]
  }
}
