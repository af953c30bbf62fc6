package import Rules
package import Suggestions

/// Sends each record to a department and gives it its place in the queue. Pure.
package struct Route: Sendable {
  private let book: RuleBook

  package init(by book: RuleBook) { self.book = book }

  package func apply(_ batch: consuming Batch<Deduplicated>) -> Batch<Routed> {
    let columns = batch.columns
    var known: [UInt64: RoutingDecision] = [:]
    for index in columns.rows.indices where columns.rows[index].disposition != .unchanged {
      let row = columns.rows[index]
      let key =
        UInt64(UInt16(truncatingIfNeeded: row.topic)) << 32 | UInt64(UInt16(truncatingIfNeeded: row.region)) << 8
        | UInt64(row.kind.rawValue)
      let decision =
        known[key]
        ?? book.route(
          topic: row.topic < 0 ? nil : Int(row.topic), region: row.region < 0 ? nil : Int(row.region), kind: row.kind)
      known[key] = decision
      columns.rows[index].route = Int32(decision.route ?? -1)
      columns.rows[index].lead = Int32(decision.lead)
      var coHandlers = DepartmentSet()
      for department in decision.coHandlers where department != decision.lead { coHandlers.insert(department) }
      for department in row.ruleCoHandlers where department != decision.lead { coHandlers.insert(department) }
      columns.rows[index].coHandlers = coHandlers
      columns.rows[index].tier = UInt8(Tier.allCases.firstIndex(of: decision.tier) ?? 0)
      columns.rows[index].priority = UInt8(Route.priority(of: row, book))
    }
    return batch.advanced(to: Routed.self)
  }

  /// 0…99: the urgency class's base; +5 on the sensitive track; +3 where staff must look because the topic is not
  /// sure or the place is asked; a contribution or praise waits behind everything that asks for something.
  package static func priority(of row: Row, _ book: RuleBook) -> Int {
    priority(row.kind, row.track, row.urgency, isUnsure: !row.certainty.isSure || row.asked >= 0, book)
  }

  /// The same of what a person says it is.
  package static func priority(
    _ kind: Kind, _ track: Track, _ urgency: Urgency, isUnsure: Bool, _ book: RuleBook
  ) -> Int {
    var priority = book.basePriority[urgency] ?? 0
    if kind == .contribution || kind == .praise { priority = min(priority, 5) }
    if track == .sensitive { priority += 5 }
    if isUnsure { priority += 3 }
    return min(99, priority)
  }
}
