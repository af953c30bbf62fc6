package import Casework
internal import Suggestions

extension SuggestionStore {
  /// Throws settled messages away whose time is over. The newest stays, as its number must not come twice.
  ///
  /// - Returns: how many; ``Outbox/forgottenTogether`` at most.
  package func forgetOutbox(
    at moment: Int64, after policy: RetentionPolicy = RetentionPolicy()
  ) throws(StoreFault) -> Int {
    try write { session throws(StoreFault) in
      let old = try Outbox.overdue(at: moment, policy, limit: Outbox.forgottenTogether, session)
      for id in old {
        try session.execute("DELETE FROM delivery WHERE outbox = $1", [.integer(id)])
        try session.execute("DELETE FROM outbox WHERE id = $1", [.integer(id)])
      }
      guard let first = old.first, let last = old.last else { return 0 }
      var payload = JSONWriter()
      payload.object {
        $0.field("messages", old.count)
        $0.field("first", first)
        $0.field("last", last)
      }
      try History.append(
        History.Event(at: moment, actor: "outbox", action: "outbox.forget", subject: last, payload: payload.text),
        to: session)
      return old.count
    }
  }

  /// One event for what a pass handed over; nothing when it did nothing.
  package func recordPass(_ tally: OutboxTally, at moment: Int64) throws(StoreFault) {
    guard tally.sent + tally.failed + tally.givenUp > 0 else { return }
    try write { session throws(StoreFault) in
      var payload = JSONWriter()
      payload.object {
        $0.field("sent", tally.sent)
        $0.field("failed", tally.failed)
        $0.field("given_up", tally.givenUp)
      }
      try History.append(
        History.Event(at: moment, actor: "outbox", action: "outbox.send", subject: 0, payload: payload.text),
        to: session)
    }
  }
}

extension Outbox {
  static let forgottenTogether = 10_000

  /// Numbers of settled messages whose time is over, the oldest first.
  static func overdue(
    at moment: Int64, _ policy: RetentionPolicy, limit: Int, _ session: any SQLSession
  ) throws(StoreFault) -> [Int] {
    try session.all(
      """
      SELECT id FROM outbox WHERE id < (SELECT max(id) FROM outbox)
        AND (state IN (1, 2) AND not_before < $1 OR state = 3 AND not_before < $2)
      ORDER BY id LIMIT $3
      """,
      [
        .integer(moment - Int64(policy.settledMessages) * RetentionPolicy.day),
        .integer(moment - Int64(policy.failedMessages) * RetentionPolicy.day), .integer(limit),
      ]
    ) { Int($0.integer(0)) }
  }
}
