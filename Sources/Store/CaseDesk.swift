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

/// Which cases a desk shows.
package struct DeskFilter: Sendable {
  /// Whose, as lead or helping; nil for everybody's.
  package var handler: CaseHandler?
  package var states: Set<CaseState>
  package var tracks: Set<Track>
  /// Due at the latest then; seconds since 1970.
  package var dueBy: Int64?
  /// 督办 only.
  package var isSupervised: Bool

  package init(
    handler: CaseHandler? = nil, states: Set<CaseState> = DeskFilter.open, tracks: Set<Track> = [.ordinary],
    dueBy: Int64? = nil, isSupervised: Bool = false
  ) {
    self.handler = handler
    self.states = states
    self.tracks = tracks
    self.dueBy = dueBy
    self.isSupervised = isSupervised
  }

  /// What somebody still has to do something about.
  package static let open: Set<CaseState> = [.dispatched, .signed, .returned, .answered, .reopened]
}

extension SuggestionStore {
  /// Cases by what is due first; those without a clock come last.
  package func desk(_ filter: DeskFilter, limit: Int) throws(StoreFault) -> [DeskItem] {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    return try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      var arguments: [SQLValue] = [.integer(max(0, limit))]
      var conditions = [
        "c.state IN (\(SuggestionStore.list(filter.states.map(\.rawValue))))",
        "g.track IN (\(SuggestionStore.list(filter.tracks.map(\.rawValue))))",
      ]
      if let handler = filter.handler {
        let family = handler.isStation ? CodeFamily.station : .department
        let numbers = try [(family, handler.unit), (.region, handler.district ?? "")].map { pair throws(StoreFault) in
          try session.first(
            "SELECT id FROM code WHERE family = $1 AND text = $2", [.integer(pair.0.rawValue), .text(pair.1)]
          ) { Int($0.integer(0)) } ?? 0
        }
        // A unit or a district that no case ever named has none.
        guard numbers[0] > 0, numbers[1] > 0 || handler.district == nil else { return [] }
        arguments += [.integer(numbers[0]), .integer(numbers[1]), .integer(handler.isStation ? 1 : 0)]
        conditions.append(
          """
          (c.unit = $2 AND c.district = $3 AND c.keeper = $4 OR EXISTS (
            SELECT 1 FROM case_assistant a
            WHERE a.suggestion = c.suggestion AND a.unit = $2 AND a.district = $3 AND a.keeper = $4))
          """)
      }
      if let due = filter.dueBy {
        arguments.append(.integer(due))
        conditions.append("c.next_due <= $\(arguments.count)")
      }
      if filter.isSupervised { conditions.append("c.supervised = 1") }
      return try session.all(
        """
        SELECT g.id, s.title, s.body, c.state, g.kind, g.urgency, g.topic, g.region, c.unit, c.district, c.keeper,
          g.support, c.version, c.round, c.hops, c.supervised, c.answer_due, c.next_due, c.provisional
        FROM case_file c JOIN suggestion g ON g.id = c.suggestion
          JOIN submission s ON s.number = \(ErasedRows.shown)
        WHERE \(conditions.joined(separator: " AND "))
        ORDER BY c.next_due IS NULL, c.next_due, g.priority DESC, g.id LIMIT $1
        """, arguments
      ) { row in
        let id = Int(row.integer(0))
        return DeskItem(
          id: id, receipt: UInt32(exactly: id).map { receipts.code(of: $0) } ?? "",
          title: DisplayText(row.bytes(1)).text,
          excerpt: DisplayText(row.bytes(2)).excerpt(SuggestionStore.excerptLength),
          state: CaseState(rawValue: UInt8(truncatingIfNeeded: row.integer(3))) ?? .pending,
          kind: StoredCodes.kind(row.integer(4)), urgency: StoredCodes.urgency(row.integer(5)),
          topic: codes.text(Int(row.integer(6))), region: codes.text(Int(row.integer(7))),
          handler: codes.text(Int(row.integer(8))).map {
            CaseHandler(
              unit: $0, district: codes.text(Int(row.integer(9))), isStation: row.integer(10) != 0)
          },
          support: Int(row.integer(11)), version: Int(row.integer(12)), round: Int(row.integer(13)),
          returns: Int(row.integer(14)), isSupervised: row.integer(15) != 0, answerDue: row.optionalInteger(16),
          nextDue: row.optionalInteger(17), isProvisional: row.integer(18) != 0)
      }
    }
  }

  private static func list(_ values: [UInt8]) -> String { values.sorted().map(String.init).joined(separator: ", ") }
}
