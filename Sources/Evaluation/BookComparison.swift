package import Rules
internal import Stages
package import Suggestions

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
  private let old: Rejudging
  private let new: Rejudging
  private let books: (old: RuleBook, new: RuleBook)

  /// - Parameter asOf: seconds since 1970; both books judge with the rules that are in force on that day.
  package init(old: RuleBook, new: RuleBook, asOf: Int64) {
    self.old = Rejudging(by: old, asOf: asOf)
    self.new = Rejudging(by: new, asOf: asOf)
    books = (old, new)
  }

  /// Judges texts by both books, each with all that is known of it.
  package mutating func add(_ texts: [StoredText]) {
    let before = old.apply(texts).rows
    let after = new.apply(texts).rows
    self.texts += texts.count
    for (index, text) in texts.enumerated() {
      let known = changes.count
      for aspect in Aspect.allCases {
        let was = BookComparison.decided(aspect, before[index], books.old)
        let becomes = BookComparison.decided(aspect, after[index], books.new)
        if was != becomes { changes.append(Change(id: Int(text.number), aspect: aspect, old: was, new: becomes)) }
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

  private static func decided(_ aspect: Aspect, _ row: Row, _ book: RuleBook) -> String? {
    switch aspect {
    case .topic: row.topic < 0 ? nil : book.topics[Int(row.topic)].code
    case .department: book.departments[Int(row.lead)].code
    case .kind: row.kind.code
    case .urgency: row.urgency.code
    case .track: row.track.code
    case .sure: row.certainty.isSure ? "yes" : "no"
    }
  }
}
