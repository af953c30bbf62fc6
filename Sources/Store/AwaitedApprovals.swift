internal import Casework
internal import Suggestions

extension SuggestionStore {
  /// 待审签: answers of a unit its head has not stood behind yet, by what is due first.
  ///
  /// - Parameter filter: whose, and which of them may be seen; its states are not asked.
  package func awaitedApprovals(
    _ filter: DeskFilter, under rules: CaseworkRules, limit: Int
  ) throws(StoreFault) -> [DeskItem] {
    var filter = filter
    filter.part = .lead
    filter.states = [.answered]
    var awaited = filter
    awaited.only = try snapshot { session throws(StoreFault) in
      guard let conditions = try DeskConditions(filter, session) else { return [] }
      // An approval that came after the answer may have been undone; then the fold tells.
      let candidates = try session.all(
        """
        SELECT c.suggestion FROM case_file c CROSS JOIN suggestion g
        WHERE g.id = c.suggestion AND \(conditions.sql)
          AND (\(SuggestionStore.last(.approve)) < \(SuggestionStore.last(.answer))
          OR \(SuggestionStore.last(.undo)) > \(SuggestionStore.last(.approve)))
        ORDER BY c.next_due IS NULL, c.next_due, c.suggestion
        """, conditions.arguments.values
      ) { Int($0.integer(0)) }
      let rows = try CaseRows(session, regionPath: rules.regionPath)
      var found: Set<Int> = []
      for id in candidates {
        guard let reading = try rows.reading(of: id) else { continue }
        if try !CaseActing.file(reading.history, id).isApproved { found.insert(id) }
        if found.count == limit { break }
      }
      return found
    }
    return try desk(awaited, limit: limit)
  }

  /// Number of the last such act on case `c`, 0 for none.
  private static func last(_ action: CaseAction) -> String {
    """
    coalesce((SELECT max(e.seq) FROM event e
      WHERE e.subject = c.suggestion AND e.action <> 'intake'
        AND e.action = '\(CaseEventRecord.prefix)\(action.code)'), 0)
    """
  }
}
