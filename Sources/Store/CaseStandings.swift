package import Casework
package import Suggestions

/// Where a case stands, as little as a list that is on somebody's screen has to know.
package struct CaseStanding: Sendable {
  package var id: Int
  package var track: Track
  package var state: CaseState
  /// How many acts there were.
  package var version: Int
  package var lastActor: String?
  /// Points it has in the queue.
  package var priority: Int
  package var claim: CaseClaim?
}

extension SuggestionStore {
  /// Of the suggestions named, in no order; unknown numbers are left out.
  package func standings(of ids: [Int]) throws(StoreFault) -> [CaseStanding] {
    guard !ids.isEmpty else { return [] }
    return try snapshot { session throws(StoreFault) in
      var arguments = ArgumentList()
      let list = arguments.list(ids)
      return try session.all(
        """
        SELECT g.id, g.track, g.state, coalesce(c.version, 0), coalesce(c.claimant, ''), c.claimed_until,
          coalesce((SELECT e.actor FROM event e WHERE e.subject = g.id AND e.action <> 'intake' ORDER BY e.seq DESC LIMIT 1), ''),
          g.priority
        FROM suggestion g LEFT JOIN case_file c ON c.suggestion = g.id WHERE g.id IN (\(list))
        """, arguments.values
      ) { row in
        let until = row.optionalInteger(5)
        let actor = row.text(6)
        return CaseStanding(
          id: Int(row.integer(0)), track: Track(rawValue: UInt8(truncatingIfNeeded: row.integer(1))) ?? .sensitive,
          state: CaseState(rawValue: UInt8(truncatingIfNeeded: row.integer(2))) ?? .pending,
          version: Int(row.integer(3)), lastActor: actor.isEmpty ? nil : actor, priority: Int(row.integer(7)),
          claim: until.map { CaseClaim(actor: row.text(4), until: $0) })
      }
    }
  }
}
