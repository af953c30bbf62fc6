internal import Casework
internal import Suggestions

/// What goes when its time is over.
package enum RetentionKind: String, CaseIterable, Sendable {
  /// Received bytes with the contacts in them, each version of a text one.
  case originals
  /// Bytes of set-aside records that were settled.
  case quarantine
  /// Settled messages of the outbox.
  case messages
  /// Sessions that are over, and counts of failed sign-ins.
  case sessions
}

/// What an application of the retention rule did.
package struct RetentionReport: Sendable, Hashable {
  /// Number of the event that tells of it; nil where nothing was due.
  package var event: Int?
  package var gone: [RetentionKind: Int] = [:]
  /// Sealed segments that were written anew under new keys.
  package var segments = 0
  /// More is due: an application does not write everything anew at once.
  package var isMore = false
  /// As ``ErasureReport/isFinished``.
  package var isFinished = true
}

/// An application of before.
package struct RetentionNote: Sendable, Hashable {
  package var event: Int
  package var at: Int64
  package var actor: String
  package var gone: [RetentionKind: Int]
}

extension SuggestionStore {
  /// Nobody waits for a count beyond this.
  package static let mostRetentionCounted = 100_000

  /// How much is due of each kind at a moment, counted as far as ``mostRetentionCounted``.
  package func retentionDue(
    under rules: CaseworkRules, at moment: Int64
  ) throws(StoreFault) -> [RetentionKind: Int] {
    let (policy, most) = (rules.retention, SuggestionStore.mostRetentionCounted)
    return try snapshot { session throws(StoreFault) in
      let rows = RetentionRows(session)
      return [
        .originals: try rows.originals(
          policy, reopenWindow: rules.limits.reopenWindow, at: moment, limit: most).count,
        .quarantine: try rows.quarantine(policy, at: moment, limit: most).count,
        .messages: try Outbox.overdue(at: moment, policy, limit: most, session).count,
        .sessions: try rows.sessions(policy, at: moment, limit: most),
      ]
    }
  }

  /// Applies the retention rule: the sealed bytes of what is due are emptied under new keys, the old keys destroyed,
  /// the file written anew, and one event tells of it. Texts, verdicts and history stay.
  ///
  /// Cut off anywhere it is as an erasure: before the commit nothing was done and it is still due; after it, the next
  /// application or erasure ends it, and ``verify(under:head:)`` tells of it until then. A backup of before is emptied
  /// by what the journal holds when it is restored. The caller holds the intake lock.
  ///
  /// - Parameters:
  ///   - most: entries emptied at most.
  ///   - segments: segments written anew at most; the journal keeps their other entries.
  package func applyRetention(
    under rules: CaseworkRules, act: StaffAct, most: Int = 50_000, segments: Int = 200
  ) throws(StoreFault) -> RetentionReport {
    var erasing = try Erasing(self)
    var report = RetentionReport()
    let policy = rules.retention
    var record = RetentionRecord()
    record.policy = policy
    record.messages = try forgetOutbox(at: act.at, after: policy)
    report.isMore = record.messages == Outbox.forgottenTogether
    try erasing.empty { session throws(StoreFault) in
      let rows = RetentionRows(session)
      let originals = try rows.originals(
        policy, reopenWindow: rules.limits.reopenWindow, at: act.at, limit: most)
      let setAside = Set(try rows.quarantine(policy, at: act.at, limit: most))
      let due = (originals + setAside).sorted()
      let seals = try rows.within(segments, Array(due.prefix(most)))
      report.isMore = report.isMore || seals.count < due.count || due.count >= most
      record.setAside = seals.count { setAside.contains($0) }
      record.originals = seals.count - record.setAside
      record.sessions = try rows.endSessions(policy, at: act.at)
      if record.isSomething { report.event = try rows.tell(seals, record, by: act) }
      return seals
    }
    report.gone = record.gone
    report.segments = erasing.segments
    report.isFinished = try erasing.finish()
    return report
  }

  /// Applications, the newest first.
  package func retentionNotes(limit: Int) throws(StoreFault) -> [RetentionNote] {
    try read { session throws(StoreFault) in
      try session.all(
        """
        SELECT seq, at, actor, payload FROM event
        WHERE subject = 0 AND action <> 'intake' AND action = '\(RetentionRecord.action)' ORDER BY seq DESC LIMIT $1
        """, [.integer(limit)]
      ) { row in
        RetentionNote(
          event: Int(row.integer(0)), at: row.integer(1), actor: row.text(2),
          gone: RetentionRecord.gone(EventPayload(row.text(3))))
      }
    }
  }
}

extension RetentionRecord {
  var gone: [RetentionKind: Int] {
    [.originals: originals, .quarantine: setAside, .messages: messages, .sessions: sessions]
  }

  fileprivate var isSomething: Bool { gone.values.contains { $0 > 0 } }

  static func gone(_ payload: EventPayload) -> [RetentionKind: Int] {
    [
      .originals: payload.number("originals") ?? 0, .quarantine: payload.number("set_aside") ?? 0,
      .messages: payload.number("messages") ?? 0, .sessions: payload.number("sessions") ?? 0,
    ]
  }
}
