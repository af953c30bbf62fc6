internal import Suggestions

/// What became of a set-aside record.
package enum QuarantineState: Int, CaseIterable, Sendable {
  case waiting = 0
  /// Mended and taken in after all.
  case retried = 1
  case discarded = 2

  package var code: String {
    switch self {
    case .waiting: "waiting"
    case .retried: "retried"
    case .discarded: "discarded"
    }
  }
}

/// A set-aside record: where it stands, why it could not be taken in, what became of it. Its bytes stay sealed.
package struct QuarantineItem: Sendable {
  package var id: Int
  package var source: String
  package var profile: String
  package var file: String
  package var ordinal: Int
  package var line: Int
  package var byteOffset: Int
  package var faultLine: Int
  package var faultColumn: Int
  /// Code of the ``SetAsideReason``.
  package var reason: String
  package var detail: String
  /// How many bytes there were; a very large record is kept in part.
  package var totalBytes: Int
  package var run: Int
  package var state: QuarantineState
  /// The submission it became.
  package var submission: Int?
}

/// A set-aside record with its bytes.
package struct OpenedQuarantine: Sendable {
  package var item: QuarantineItem
  package var bytes: [UInt8]
}

extension SuggestionStore {
  /// Set-aside records in the order they were met.
  ///
  /// - Parameters:
  ///   - state: nil for all.
  ///   - source: nil for all.
  package func quarantine(
    state: QuarantineState? = .waiting, source: String? = nil
  ) throws(StoreFault) -> [QuarantineItem] {
    try read { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      var conditions: [String] = []
      var arguments: [SQLValue] = []
      if let state {
        arguments.append(.integer(state.rawValue))
        conditions.append("state = $\(arguments.count)")
      }
      if let source {
        arguments += [.integer(CodeFamily.source.rawValue), .text(source)]
        conditions.append(
          "source = (SELECT id FROM code WHERE family = $\(arguments.count - 1) AND text = $\(arguments.count))")
      }
      let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
      return try session.all("\(SuggestionStore.quarantineColumns)\(filter) ORDER BY id", arguments) {
        SuggestionStore.quarantineItem($0, codes)
      }
    }
  }

  /// Opens a set-aside record. The act is part of the history before the bytes are returned.
  ///
  /// - Returns: nil when there is no such record.
  /// - Throws: ``StoreFault/corrupt(_:)`` when its segment does not open, also when its key was destroyed.
  package func openQuarantine(id: Int, by act: StaffAct) throws(StoreFault) -> OpenedQuarantine? {
    let sealed = try SealedBytes(self)
    return try write { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      let found = try session.first("\(SuggestionStore.quarantineColumns) WHERE id = $1", [.integer(id)]) {
        (item: SuggestionStore.quarantineItem($0, codes), seal: Int($0.integer(15)))
      }
      guard let found else { return nil }
      let entry = try sealed.entry(found.seal, session)
      try History.append(History.unsealing("quarantine", id, seal: found.seal, by: act), to: session)
      return OpenedQuarantine(item: found.item, bytes: entry.received)
    }
  }

  /// Gives a waiting record up; its bytes stay sealed.
  ///
  /// - Returns: false when there is no such record or it waits no longer.
  package func discardQuarantine(id: Int, by act: StaffAct) throws(StoreFault) -> Bool {
    try write { session throws(StoreFault) in
      let changed = try session.first(
        "UPDATE quarantine SET state = $1 WHERE id = $2 AND state = 0 RETURNING id",
        [.integer(QuarantineState.discarded.rawValue), .integer(id)]) { $0.integer(0) }
      guard changed != nil else { return false }
      var payload = JSONWriter()
      payload.object { $0.field("reason", act.reason) }
      try History.append(
        History.Event(
          at: act.at, actor: act.actor, action: "quarantine-discard", subject: id, payload: payload.text),
        to: session)
      return true
    }
  }

  /// Notes that a waiting record was taken in after all.
  ///
  /// - Parameter submission: the submission it became.
  /// - Returns: false when there is no such record or it waits no longer.
  package func markRetried(
    id: Int, submission: Int, actor: String = "intake", at instant: Int64
  ) throws(StoreFault) -> Bool {
    try write { session throws(StoreFault) in
      let changed = try session.first(
        "UPDATE quarantine SET state = $1, submission = $2 WHERE id = $3 AND state = 0 RETURNING id",
        [.integer(QuarantineState.retried.rawValue), .integer(submission), .integer(id)]) { $0.integer(0) }
      guard changed != nil else { return false }
      var payload = JSONWriter()
      payload.object { $0.field("submission", submission) }
      try History.append(
        History.Event(at: instant, actor: actor, action: "quarantine-retry", subject: id, payload: payload.text),
        to: session)
      return true
    }
  }

  static let quarantineColumns = """
    SELECT id, source, profile, file, ordinal, line, byte_offset, fault_line, fault_column, reason, detail, total_bytes,
      run, state, submission, seal
    FROM quarantine
    """

  static func quarantineItem(_ row: any SQLRow, _ codes: StoredCodes) -> QuarantineItem {
    QuarantineItem(
      id: Int(row.integer(0)), source: codes.source(Int(row.integer(1))),
      profile: codes.text(Int(row.integer(2))) ?? "", file: row.text(3), ordinal: Int(row.integer(4)), line: Int(row.integer(5)), byteOffset: Int(row.integer(6)),
      faultLine: Int(row.integer(7)), faultColumn: Int(row.integer(8)), reason: row.text(9), detail: row.text(10),
      totalBytes: Int(row.integer(11)), run: Int(row.integer(12)),
      state: QuarantineState(rawValue: Int(row.integer(13))) ?? .waiting,
      submission: row.optionalInteger(14).map { Int($0) })
  }
}
