package import Casework
package import Suggestions

/// A case as the list of whoever has to work on it shows it.
package struct DeskItem: Sendable {
  package var id: Int
  package var receipt: String
  package var title: String
  /// The beginning of the redacted body.
  package var excerpt: String
  package var state: CaseState
  package var track: Track
  package var kind: String
  package var urgency: String
  package var topic: String?
  package var region: String?
  package var handler: CaseHandler?
  package var support: Int
  /// How many acts there were: what a person who acts on it has seen.
  package var version: Int
  package var round: Int
  package var returns: Int
  package var isSupervised: Bool
  package var answerDue: Int64?
  /// What is due first; nil where no clock runs.
  package var nextDue: Int64?
  package var isProvisional: Bool
}

/// 范围: cases of these tracks, in these regions.
package struct DeskScope: Sendable, Hashable {
  package var tracks: Set<Track>
  /// Codes, those of what lies inside named too; nil for the whole city and what has no known place.
  package var regions: Set<String>?

  package init(tracks: Set<Track>, regions: Set<String>? = nil) {
    self.tracks = tracks
    self.regions = regions
  }
}

/// Which cases a desk shows.
package struct DeskFilter: Sendable {
  package enum Part: Sendable, Hashable {
    case lead, helping, either
  }

  package enum Order: Sendable, Hashable {
    /// What is due first; what has no clock comes last.
    case due
    /// What was acted on last comes first.
    case latest
  }

  /// Whose; nil for everybody's.
  package var handler: CaseHandler?
  /// What the handler has to do with it.
  package var part = Part.either
  package var states: Set<CaseState>
  /// What is in any of them.
  package var scopes: [DeskScope]
  /// Due at the earliest then; seconds since 1970.
  package var dueFrom: Int64?
  /// Due at the latest then; seconds since 1970.
  package var dueBy: Int64?
  /// 督办 only.
  package var isSupervised: Bool
  package var order = Order.due
  /// None but these.
  package var only: Set<Int>?

  package init(
    handler: CaseHandler? = nil, states: Set<CaseState> = DeskFilter.open, tracks: Set<Track> = [.ordinary],
    dueBy: Int64? = nil, isSupervised: Bool = false
  ) {
    self.handler = handler
    self.states = states
    scopes = [DeskScope(tracks: tracks)]
    self.dueBy = dueBy
    self.isSupervised = isSupervised
  }

  /// What somebody still has to do something about.
  package static let open: Set<CaseState> = [.dispatched, .signed, .returned, .answered, .reopened]
}

extension SuggestionStore {
  /// Cases by what is due first, or what was acted on last.
  package func desk(_ filter: DeskFilter, limit: Int, after skipped: Int = 0) throws(StoreFault) -> [DeskItem] {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    return try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      guard var conditions = try DeskConditions(filter, session) else { return [] }
      let count = conditions.arguments.bind(.integer(max(0, limit)))
      let place = conditions.arguments.bind(.integer(max(0, skipped)))
      func order(_ due: String, _ acted: String, _ priority: String, _ id: String) -> String {
        guard filter.order == .due else { return "\(acted) DESC, \(id)" }
        return (filter.isDated ? "" : "\(due) IS NULL, ") + "\(due), \(priority) DESC, \(id)"
      }
      // The texts are looked up for the rows of the page alone: to order them all they would all be read.
      return try session.all(
        """
        SELECT g.id, s.title, s.body, c.state, g.kind, g.urgency, g.topic, g.region, c.unit, c.district, c.keeper,
          g.support, c.version, c.round, c.hops, c.supervised, c.answer_due, c.next_due, c.provisional, g.track
        FROM (
          SELECT c.suggestion AS id, c.next_due AS due, c.acted_at AS acted, g.priority AS points
          FROM case_file c CROSS JOIN suggestion g
          WHERE g.id = c.suggestion AND \(conditions.sql)
          ORDER BY \(order("c.next_due", "c.acted_at", "g.priority", "c.suggestion"))
          LIMIT \(count) OFFSET \(place)) n
          JOIN case_file c ON c.suggestion = n.id JOIN suggestion g ON g.id = n.id
          JOIN submission s ON s.number = \(ErasedRows.shown)
        ORDER BY \(order("n.due", "n.acted", "n.points", "n.id"))
        """, conditions.arguments.values
      ) { row in
        let id = Int(row.integer(0))
        return DeskItem(
          id: id, receipt: UInt32(exactly: id).map { receipts.code(of: $0) } ?? "",
          title: DisplayText(row.bytes(1)).text,
          excerpt: DisplayText(row.bytes(2)).excerpt(SuggestionStore.excerptLength),
          state: CaseState(rawValue: UInt8(truncatingIfNeeded: row.integer(3))) ?? .pending,
          track: Track(rawValue: UInt8(truncatingIfNeeded: row.integer(19))) ?? .sensitive,
          kind: StoredCodes.kind(row.integer(4)), urgency: StoredCodes.urgency(row.integer(5)),
          topic: codes.text(Int(row.integer(6))), region: codes.text(Int(row.integer(7))),
          handler: codes.handler(row.integer(8), row.integer(9), row.integer(10)),
          support: Int(row.integer(11)), version: Int(row.integer(12)), round: Int(row.integer(13)),
          returns: Int(row.integer(14)), isSupervised: row.integer(15) != 0, answerDue: row.optionalInteger(16),
          nextDue: row.optionalInteger(17), isProvisional: row.integer(18) != 0)
      }
    }
  }
}
