internal import Suggestions

/// A message as people see it, with each of its deliveries.
package struct OutboxItem: Sendable, Hashable {
  package struct Attempted: Sendable, Hashable {
    package var receiver: Int
    package var state: OutboxState
    package var attempts: Int
    /// When it is tried next, or, while somebody is at it, when their lease ends; nil when nothing more will be tried.
    package var nextAt: Int64?
    package var settledAt: Int64?
    package var status: Int?
    package var fault: String?
  }

  package var id: Int
  package var identifier: String
  package var event: Int
  package var kind: String
  package var subject: Int
  package var unit: String?
  package var notBefore: Int64
  package var state: OutboxState
  package var deliveries: [Attempted] = []
}

extension SuggestionStore {
  /// The newest messages first.
  ///
  /// - Parameters:
  ///   - states: all when empty.
  ///   - after: none of that number or newer, for the next page.
  package func outbox(_ states: Set<OutboxState> = [], limit: Int, before: Int? = nil) throws(StoreFault)
    -> [OutboxItem]
  {
    try read { session throws(StoreFault) in
      let list = (states.isEmpty ? Set(OutboxState.allCases) : states).map(\.rawValue).sorted()
      var items = try session.all(
        """
        SELECT id, identifier, event, kind, subject, unit, not_before, state FROM outbox
        WHERE state IN (\(list.map(String.init).joined(separator: ", "))) AND id < $2 ORDER BY id DESC LIMIT $1
        """, [.integer(limit), .integer(before ?? Int.max)]
      ) { row in
        let unit = row.text(5)
        return OutboxItem(
          id: Int(row.integer(0)), identifier: row.text(1), event: Int(row.integer(2)), kind: row.text(3),
          subject: Int(row.integer(4)), unit: unit.isEmpty ? nil : unit, notBefore: row.integer(6),
          state: OutboxState(rawValue: Int(row.integer(7))) ?? .waiting)
      }
      for index in items.indices {
        items[index].deliveries = try session.all(
          """
          SELECT receiver, state, attempts, next_at, settled_at, status, fault FROM delivery
          WHERE outbox = $1 ORDER BY receiver
          """, [.integer(items[index].id)]
        ) { row in
          let state = OutboxState(rawValue: Int(row.integer(1))) ?? .waiting
          let fault = row.text(6)
          return OutboxItem.Attempted(
            receiver: Int(row.integer(0)), state: state, attempts: Int(row.integer(2)),
            nextAt: state == .waiting ? row.integer(3) : nil, settledAt: row.optionalInteger(4),
            status: row.optionalInteger(5).map { Int($0) }, fault: fault.isEmpty ? nil : fault)
        }
      }
      return items
    }
  }

  /// How many deliveries wait or have failed.
  package func outboxCounts() throws(StoreFault) -> [OutboxState: Int] {
    try read { session throws(StoreFault) in
      var counts: [OutboxState: Int] = [:]
      try session.each("SELECT state, count(*) FROM delivery GROUP BY state", []) { row in
        if let state = OutboxState(rawValue: Int(row.integer(0))) { counts[state] = Int(row.integer(1)) }
      }
      return counts
    }
  }

  /// Puts failed deliveries in line anew, with all tries before them.
  ///
  /// - Parameters:
  ///   - ids: messages; every one that failed when empty.
  ///   - again: what was sent is sent once more too, under the same identifier, as a receiver that lost it may ask.
  /// - Returns: how many deliveries.
  package func retryOutbox(_ ids: [Int], again: Bool = false, by act: StaffAct) throws(StoreFault) -> Int {
    try write { session throws(StoreFault) in
      let wanted = ids.isEmpty
        ? try session.all("SELECT id FROM outbox WHERE state = 3 ORDER BY id") { Int($0.integer(0)) } : ids
      var count = 0
      for id in wanted {
        let put = try session.all(
          """
          UPDATE delivery SET state = 0, tries = 0, next_at = $2, settled_at = NULL, status = NULL, fault = NULL
          WHERE outbox = $1 AND state IN (\(again ? "1, 3" : "3"))
            AND receiver IN (SELECT id FROM receiver WHERE ending IS NULL)
          RETURNING receiver
          """, [.integer(id), .integer(act.at)]
        ) { Int($0.integer(0)) }
        guard !put.isEmpty else { continue }
        count += put.count
        // Somebody mended something: nobody is left alone for what was before.
        for receiver in put {
          try session.execute("UPDATE receiver SET held_until = 0 WHERE id = $1", [.integer(receiver)])
        }
        try Outbox.refresh(id, session)
        var payload = JSONWriter()
        payload.object {
          $0.field("message", id)
          $0.array("receivers") { list in for receiver in put.sorted() { list.field(nil, receiver) } }
          $0.field("again", again)
          $0.field("reason", act.reason)
        }
        try History.append(
          History.Event(at: act.at, actor: act.actor, action: "outbox.retry", subject: id, payload: payload.text),
          to: session)
      }
      return count
    }
  }
}
