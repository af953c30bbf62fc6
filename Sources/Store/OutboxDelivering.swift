internal import Suggestions

extension SuggestionStore {
  /// Receivers with something due that may be sent now, and how many messages: not ended, not left alone after
  /// failures.
  package func dueReceivers(at moment: Int64) throws(StoreFault) -> [(receiver: Receiver, messages: Int)] {
    try read { session throws(StoreFault) in
      var due: [Int: Int] = [:]
      try session.each(
        "SELECT receiver, count(*) FROM delivery WHERE state = 0 AND next_at <= $1 GROUP BY receiver",
        [.integer(moment)]
      ) { due[Int($0.integer(0))] = Int($0.integer(1)) }
      return try Receiver.all(session).compactMap { receiver in
        guard receiver.ending == nil, receiver.heldUntil <= moment else { return nil }
        return due[receiver.id].map { (receiver, $0) }
      }
    }
  }

  /// Takes the receiver's next due message for oneself until the lease is over. Whoever dies with it loses it then,
  /// and another sends it again.
  ///
  /// - Parameters:
  ///   - due: what was due at this moment counts; a pass keeps to that of its beginning, and so ends.
  ///   - lease: seconds, longer than an attempt can take.
  package func claim(for id: Int, due: Int64, at moment: Int64, lease: Int64 = Outbox.lease) throws(StoreFault)
    -> OutboxClaim?
  {
    try write { session throws(StoreFault) -> OutboxClaim? in
      guard let receiver = try Receiver.of(id, session), receiver.ending == nil, receiver.heldUntil <= due else {
        return nil
      }
      while let claim = try Outbox.next(for: receiver, due: due, session) {
        if !receiver.isSensitive, try Outbox.isSensitive(claim.subject, session) {
          // The case was moved to the sensitive track since.
          try Outbox.settle(claim, as: .cancelled, fault: "sensitive", at: moment, session)
        } else if claim.tries > RetrySchedule.tries {
          // So many times somebody died with it.
          try Outbox.settle(claim, as: .failed, fault: "lost", at: moment, session)
          try History.append(.givenUp(claim, DeliveryResult(fault: "lost"), at: moment), to: session)
        } else if try Outbox.take(claim, until: moment + lease, due: due, session) {
          return claim
        }
      }
      return nil
    }
  }

  /// Writes down how an attempt went.
  ///
  /// - Parameter jitter: from 0 up to 1, drawn anew each time.
  /// - Returns: where the delivery stands then; nil when the lease was over and another has it.
  package func record(
    _ result: DeliveryResult, of claim: OutboxClaim, at moment: Int64, jitter: Double
  ) throws(StoreFault) -> OutboxState? {
    try write { session throws(StoreFault) in
      let state = try result.fault == nil
        ? Outbox.recordSuccess(result, claim, moment, session)
        : Outbox.recordFailure(result, claim, moment, jitter, session)
      try Outbox.refresh(claim.outbox, session)
      return state
    }
  }
}

extension Outbox {
  /// Seconds a claim lasts.
  package static let lease: Int64 = 120
  /// Seconds for which a secret signs beside the one that replaced it.
  static let secretOverlap: Int64 = 86_400

  /// The next due message of a receiver, with the token and the try it would get.
  fileprivate static func next(for receiver: Receiver, due: Int64, _ session: any SQLSession) throws(StoreFault)
    -> OutboxClaim?
  {
    try session.first(
      """
      SELECT d.outbox, d.attempts, d.tries, o.identifier, o.kind, o.event, coalesce(e.at, o.not_before), o.subject, o.unit, o.payload
      FROM delivery d JOIN outbox o ON o.id = d.outbox LEFT JOIN event e ON e.seq = o.event
      WHERE d.receiver = $1 AND d.state = 0 AND d.next_at <= $2 ORDER BY d.next_at, d.outbox LIMIT 1
      """, [.integer(receiver.id), .integer(due)]
    ) { row in
      let unit = row.text(8)
      return OutboxClaim(
        outbox: Int(row.integer(0)), receiver: receiver, token: Int(row.integer(1)) + 1, tries: Int(row.integer(2)) + 1,
        identifier: row.text(3), kind: row.text(4), event: Int(row.integer(5)), eventAt: row.integer(6),
        subject: Int(row.integer(7)), unit: unit.isEmpty ? nil : unit, payload: row.text(9))
    }
  }

  /// Compares and sets. Counted as departed until the one who sends it knows better.
  fileprivate static func take(_ claim: OutboxClaim, until end: Int64, due: Int64, _ session: any SQLSession)
    throws(StoreFault) -> Bool
  {
    let taken = try session.all(
      """
      UPDATE delivery SET attempts = attempts + 1, tries = tries + 1, departed = departed + 1, next_at = $4
      WHERE outbox = $1 AND receiver = $2 AND state = 0 AND attempts = $3 AND next_at <= $5 RETURNING attempts
      """,
      [
        .integer(claim.outbox), .integer(claim.receiver.id), .integer(claim.token - 1), .integer(end), .integer(due),
      ]) { $0.integer(0) }
    return !taken.isEmpty
  }

  /// That it was taken is a fact, whoever else has tried meanwhile and whatever was cancelled.
  fileprivate static func recordSuccess(
    _ result: DeliveryResult, _ claim: OutboxClaim, _ moment: Int64, _ session: any SQLSession
  ) throws(StoreFault) -> OutboxState? {
    try session.execute(
      """
      UPDATE delivery SET state = 1, settled_at = $3, status = $4, fault = NULL
      WHERE outbox = $1 AND receiver = $2 AND state <> 1
      """,
      [
        .integer(claim.outbox), .integer(claim.receiver.id), .integer(moment),
        .optional(result.status.map { Int64($0) }),
      ])
    try session.execute(
      "UPDATE receiver SET failures = 0, held_until = 0 WHERE id = $1", [.integer(claim.receiver.id)])
    return .sent
  }

  fileprivate static func recordFailure(
    _ result: DeliveryResult, _ claim: OutboxClaim, _ moment: Int64, _ jitter: Double, _ session: any SQLSession
  ) throws(StoreFault) -> OutboxState? {
    let isGivenUp = result.isFinal || claim.tries >= RetrySchedule.tries
    let pause = min(result.retryAfter ?? 0, RetrySchedule.pauseLimit)
    let next = moment + max(pause, RetrySchedule.delay(after: claim.tries, jitter: jitter))
    // Cancelled meanwhile: it stays so, but one knows now whether anything left.
    let kept = try session.all(
      """
      UPDATE delivery SET status = $4, fault = $5, departed = departed - $6, next_at = $7,
        state = CASE WHEN state = 0 THEN $8 ELSE state END,
        settled_at = CASE WHEN state = 0 THEN $9 ELSE settled_at END
      WHERE outbox = $1 AND receiver = $2 AND attempts = $3 AND state IN (0, 2) RETURNING state
      """,
      [
        .integer(claim.outbox), .integer(claim.receiver.id), .integer(claim.token),
        .optional(result.status.map { Int64($0) }), result.fault.map(SQLValue.text) ?? .null,
        .integer(result.mayHaveLeft ? 0 : 1), .integer(next), .integer(isGivenUp ? 3 : 0),
        isGivenUp ? .integer(moment) : .null,
      ]) { OutboxState(rawValue: Int($0.integer(0))) ?? .waiting }
    guard let state = kept.first else { return nil }
    if state == .failed { try History.append(.givenUp(claim, result, at: moment), to: session) }
    if result.isGone {
      try end(claim.receiver, at: moment, session)
    } else if result.isReceiverDown {
      let hold = min(RetrySchedule.holdLimit, RetrySchedule.delay(after: claim.receiver.failures + 1, jitter: jitter))
      try session.execute(
        "UPDATE receiver SET failures = failures + 1, held_until = $2 WHERE id = $1",
        [.integer(claim.receiver.id), .integer(moment + max(pause, hold))])
    }
    return state
  }

  /// 410: the receiver is left alone for good; what waits for it has failed.
  private static func end(_ receiver: Receiver, at moment: Int64, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      "UPDATE receiver SET ending = $2, ended_at = $3 WHERE id = $1 AND ending IS NULL",
      [.integer(receiver.id), .integer(Receiver.Ending.gone.rawValue), .integer(moment)])
    try settle(receiver: receiver.id, as: .failed, fault: "gone", at: moment, session)
    var payload = JSONWriter()
    payload.object { $0.field("receiver", receiver.id) }
    try History.append(
      History.Event(
        at: moment, actor: "outbox", action: "receiver.gone", subject: receiver.id, payload: payload.text),
      to: session)
  }

  fileprivate static func settle(
    _ claim: OutboxClaim, as state: OutboxState, fault: String, at moment: Int64, _ session: any SQLSession
  ) throws(StoreFault) {
    try session.execute(
      "UPDATE delivery SET state = $3, settled_at = $4, fault = $5 WHERE outbox = $1 AND receiver = $2 AND state = 0",
      [
        .integer(claim.outbox), .integer(claim.receiver.id), .integer(state.rawValue), .integer(moment), .text(fault),
      ])
    try refresh(claim.outbox, session)
  }

  /// Ends everything that waits for a receiver.
  static func settle(
    receiver: Int, as state: OutboxState, fault: String?, at moment: Int64, _ session: any SQLSession
  ) throws(StoreFault) {
    let waiting = try session.all(
      """
      UPDATE delivery SET state = $2, settled_at = $3, fault = coalesce($4, fault)
      WHERE receiver = $1 AND state = 0 RETURNING outbox
      """,
      [.integer(receiver), .integer(state.rawValue), .integer(moment), fault.map(SQLValue.text) ?? .null]
    ) { Int($0.integer(0)) }
    for id in waiting { try refresh(id, session) }
  }
}

extension History.Event {
  /// A message that is not tried again unless somebody asks for it.
  fileprivate static func givenUp(_ claim: OutboxClaim, _ result: DeliveryResult, at moment: Int64) -> History.Event {
    var payload = JSONWriter()
    payload.object {
      $0.field("message", claim.outbox)
      $0.field("receiver", claim.receiver.id)
      $0.field("of", claim.event)
      $0.field("tries", claim.tries)
      $0.field("fault", result.fault)
      if let status = result.status { $0.field("status", status) }
    }
    return History.Event(
      at: moment, actor: "outbox", action: "outbox.failed", subject: claim.outbox, payload: payload.text)
  }
}
