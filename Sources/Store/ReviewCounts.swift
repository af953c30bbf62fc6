internal import Suggestions

/// How many suggestions pass a filter, told apart in several ways.
package struct ReviewCounts: Sendable, Hashable {
  package enum Aspect: String, CaseIterable, Sendable {
    case topic, lead, region, kind, urgency, state
  }

  package var total = 0
  /// There are more than were counted: the numbers are lower bounds.
  package var isMore = false
  /// By code, nil for none; the most first, then by code.
  package var counts: [Aspect: [CodeCount]] = [:]

  package init() {}

  package subscript(aspect: Aspect) -> [CodeCount] { counts[aspect] ?? [] }
}

extension SuggestionStore {
  /// Counted at most by ``reviewCounts(_:by:)``.
  package static let mostCounted = 10_000

  /// Counts what passes a filter; ends at 10,000, or where finding more would take too long. All ways are counted in
  /// one pass.
  package func reviewCounts(
    _ filter: ReviewFilter, by aspects: Set<ReviewCounts.Aspect>
  ) throws(StoreFault) -> ReviewCounts {
    try snapshot { session throws(StoreFault) in
      guard let scan = try ReviewScan.of(filter, session) else { return ReviewCounts() }
      if aspects.isEmpty, let total = try scan.total(upTo: SuggestionStore.mostCounted) {
        var counts = ReviewCounts()
        (counts.total, counts.isMore) = total
        return counts
      }
      var tally = ReviewTally()
      try tally.count(scan)
      return tally.counts(aspects, try StoredCodes(session))
    }
  }
}

/// Counts by number, while a scan goes on.
private struct ReviewTally {
  /// In the order of ``ReviewCounts/Aspect``.
  private static let columns = ", g.topic, g.lead, g.region, g.kind, g.urgency, g.state"
  private static let window = 5_000

  private var numbers = [[Int64: Int]](repeating: [:], count: ReviewCounts.Aspect.allCases.count)
  private var total = 0
  private var isMore = false

  mutating func count(_ scan: ReviewScan) throws(StoreFault) {
    if let ids = scan.ids { return try scan.read(among: ids, extra: ReviewTally.columns) { _, row in add(row) } }
    var left = scan.budget
    for var line in scan.queueLines() {
      while !line.isEnded {
        if total > SuggestionStore.mostCounted || left <= 0 {
          isMore = true
          return
        }
        left -= try scan.read(&line, window: min(left, ReviewTally.window), extra: ReviewTally.columns) { _, row in
          add(row)
        }
      }
    }
    if total > SuggestionStore.mostCounted { isMore = true }
  }

  private mutating func add(_ row: any SQLRow) {
    total += 1
    if total > SuggestionStore.mostCounted { return isMore = true }
    for index in numbers.indices { numbers[index][row.integer(3 + index), default: 0] += 1 }
  }

  func counts(_ aspects: Set<ReviewCounts.Aspect>, _ codes: StoredCodes) -> ReviewCounts {
    var counts = ReviewCounts()
    counts.total = min(total, SuggestionStore.mostCounted)
    counts.isMore = isMore
    for (aspect, found) in zip(ReviewCounts.Aspect.allCases, numbers) where aspects.contains(aspect) {
      counts.counts[aspect] = found.map { number, count in
        let code: String? =
          switch aspect {
          case .topic, .lead, .region: codes.text(Int(number))
          case .kind: StoredCodes.kind(number)
          case .urgency: StoredCodes.urgency(number)
          case .state: StoredCodes.state(number)
          }
        return CodeCount(code: code, count: count)
      }.sorted {
        $0.count != $1.count
          ? $0.count > $1.count : ($0.code ?? "").utf8.lexicographicallyPrecedes(($1.code ?? "").utf8)
      }
    }
    return counts
  }
}
