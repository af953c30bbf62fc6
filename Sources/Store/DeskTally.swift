package import Casework
internal import Suggestions

/// How many cases one handler has, by how urgent they are.
package struct DeskTally: Sendable, Hashable {
  /// Nil for those that nobody has: returned, and not ordered anew.
  package var handler: CaseHandler?
  package var cases = 0
  /// 待签收.
  package var unsigned = 0
  /// Due within the stretch that was asked for.
  package var soon = 0
  package var overdue = 0
  /// Overdue for longer than was asked for; among ``overdue``.
  package var farOverdue = 0
  /// 督办.
  package var supervised = 0

  package init(handler: CaseHandler?) { self.handler = handler }

  fileprivate mutating func add(_ row: any SQLRow) {
    cases += Int(row.integer(3))
    unsigned += Int(row.integer(4))
    soon += Int(row.integer(5))
    overdue += Int(row.integer(6))
    farOverdue += Int(row.integer(7))
    supervised += Int(row.integer(8))
  }
}

/// From when to when something is due soon, and since when it is far overdue; seconds since 1970.
package struct DeskMoments: Sendable, Hashable {
  package var now: Int64
  package var soon: Int64
  package var far: Int64

  package init(now: Int64, soon: Int64, far: Int64) {
    self.now = now
    self.soon = soon
    self.far = far
  }
}

extension SuggestionStore {
  /// What passes a filter, counted by who has it; the most overdue first.
  package func deskTallies(_ filter: DeskFilter, at moments: DeskMoments) throws(StoreFault) -> [DeskTally] {
    try snapshot { session throws(StoreFault) in
      guard var conditions = try DeskConditions(filter, session) else { return [] }
      let (now, soon, far) = (
        conditions.arguments.bind(.integer(moments.now)), conditions.arguments.bind(.integer(moments.soon)),
        conditions.arguments.bind(.integer(moments.far))
      )
      let unsigned = DeskConditions.list([CaseState.dispatched, .reopened].map { Int($0.rawValue) })
      let (suggestion, isOf) =
        conditions.readsSuggestion ? ("CROSS JOIN suggestion g", "g.id = c.suggestion AND") : ("", "")
      let codes = try StoredCodes(session)
      var tallies: [CaseHandler?: DeskTally] = [:]
      // By state first, as the index has them; put together here.
      try session.each(
        """
        SELECT c.unit, c.district, c.keeper, count(*), count(CASE WHEN c.state IN (\(unsigned)) THEN 1 END),
          count(CASE WHEN c.next_due >= \(now) AND c.next_due <= \(soon) THEN 1 END),
          count(CASE WHEN c.next_due < \(now) THEN 1 END), count(CASE WHEN c.next_due < \(far) THEN 1 END),
          count(CASE WHEN c.supervised = 1 THEN 1 END)
        FROM case_file c \(suggestion) WHERE \(isOf) \(conditions.sql)
        GROUP BY c.state, c.unit, c.district, c.keeper
        """, conditions.arguments.values
      ) { row in
        let handler = codes.handler(row.integer(0), row.integer(1), row.integer(2))
        tallies[handler, default: DeskTally(handler: handler)].add(row)
      }
      return tallies.values.sorted { left, right in
        (right.farOverdue, right.overdue, right.soon, right.cases, left.handler?.text ?? "")
          < (left.farOverdue, left.overdue, left.soon, left.cases, right.handler?.text ?? "")
      }
    }
  }
}
