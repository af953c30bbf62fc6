internal import Suggestions

/// 再次发生: the same matter again after it was done with. A cover mended twice is a finding of its own.
package struct Recurrence: Sendable, Hashable {
  /// The case that takes the matter up again.
  package var suggestion: Int
  /// The case of the matter before it.
  package var previous: Int
  /// How often it has come by now: 2 for the first time again.
  package var times: Int
}

/// Why a case is not the same matter again.
package enum RecurrenceRefusal: Error, Sendable, Hashable {
  case unknown(Int)
  case same
  /// It takes up another matter already, or another takes up it.
  case taken(Int)
  /// The earlier one is still open: then the two are merged.
  case stillOpen(Int)
  case otherTrack
  case notAgain(Int)
}

/// The cases of a matter, from the first to the one that is open now.
enum Recurrences {
  static func add(_ suggestion: Int, first: Int, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      "INSERT INTO recurrence (suggestion, first) VALUES ($1, $2)", [.integer(suggestion), .integer(first)])
  }

  /// By number, the first one too; empty for a matter that never came again.
  static func cases(of suggestion: Int, _ session: any SQLSession) throws(StoreFault) -> [Int] {
    let first =
      try session.first("SELECT first FROM recurrence WHERE suggestion = $1", [.integer(suggestion)]) {
        Int($0.integer(0))
      } ?? suggestion
    let later = try session.all(
      "SELECT suggestion FROM recurrence WHERE first = $1 ORDER BY suggestion", [.integer(first)]
    ) { Int($0.integer(0)) }
    return later.isEmpty ? [] : [first] + later
  }

  static func recurrence(_ suggestion: Int, _ session: any SQLSession) throws(StoreFault) -> Recurrence? {
    let cases = try cases(of: suggestion, session)
    guard let place = cases.firstIndex(of: suggestion), place > 0 else { return nil }
    return Recurrence(suggestion: suggestion, previous: cases[place - 1], times: place + 1)
  }
}

extension SuggestionStore {
  /// A suggestion that is done with, and who has its matter now.
  package struct EndedMatter: Sendable {
    package var suggestion: UInt32
    /// The first case of the matter.
    package var first: UInt32
    /// The case that is open now.
    package var next: UInt32?
  }

  /// As many as people have closed: what repeats one of them opens a case of its own.
  package func endedMatters() throws(StoreFault) -> [EndedMatter] {
    try read { session throws(StoreFault) in
      var open: [Int: Int] = [:]
      try session.each(
        """
        SELECT c.first, c.suggestion FROM recurrence c
          JOIN suggestion g ON g.id = c.suggestion LEFT JOIN suggestion r ON r.id = g.root
        WHERE coalesce(r.state, g.state) NOT IN (\(SuggestionStore.over)) ORDER BY c.suggestion
        """, []
      ) { open[Int($0.integer(0))] = Int($0.integer(1)) }
      return try session.all(
        """
        SELECT g.id, coalesce(c.first, g.root, g.id) FROM suggestion g
          LEFT JOIN suggestion r ON r.id = g.root LEFT JOIN recurrence c ON c.suggestion = coalesce(g.root, g.id)
        WHERE g.state <> 0 AND coalesce(r.state, g.state) IN (\(SuggestionStore.over)) ORDER BY g.id
        """
      ) { row in
        let first = Int(row.integer(1))
        return EndedMatter(
          suggestion: UInt32(truncatingIfNeeded: row.integer(0)), first: UInt32(truncatingIfNeeded: first),
          next: open[first].map { UInt32(truncatingIfNeeded: $0) })
      }
    }
  }

  private static let over = "\(CaseState.closed.rawValue), \(CaseState.archived.rawValue)"

  /// A person says that a case is a matter again that was done with.
  package func again(
    _ id: Int, of earlier: Int, act: StaffAct
  ) throws(StoreFault) -> Result<Recurrence, RecurrenceRefusal> {
    try write { session throws(StoreFault) in
      let merged = try MergedSuggestions(session)
      let target = merged.root(of: earlier) ?? earlier
      for one in [id, target] where try session.integer("SELECT count(*) FROM suggestion WHERE id = $1", [.integer(one)]) == 0 {
        return .failure(.unknown(one))
      }
      if id == target || merged.root(of: id) == target { return .failure(.same) }
      let cases = try Recurrences.cases(of: target, session)
      let first = cases.first ?? target
      if try !Recurrences.cases(of: id, session).isEmpty || first > id { return .failure(.taken(id)) }
      let rows = try session.all(
        "SELECT id, state, track FROM suggestion WHERE id IN ($1, $2)", [.integer(id), .integer(target)]
      ) { (id: Int($0.integer(0)), state: $0.integer(1), track: $0.integer(2)) }
      if Set(rows.map(\.track)).count > 1 { return .failure(.otherTrack) }
      let over = [CaseState.closed, .archived].map { Int64($0.rawValue) }
      if let row = rows.first(where: { $0.id == target }), !over.contains(row.state) { return .failure(.stillOpen(target)) }
      try Recurrences.add(id, first: first, session)
      try SuggestionStore.log("again", id, "of", first, act, session)
      guard let recurrence = try Recurrences.recurrence(id, session) else { return .failure(.unknown(id)) }
      return .success(recurrence)
    }
  }

  /// Takes that back.
  package func notAgain(_ id: Int, act: StaffAct) throws(StoreFault) -> Result<Void, RecurrenceRefusal> {
    try write { session throws(StoreFault) in
      guard let recurrence = try Recurrences.recurrence(id, session) else { return .failure(.notAgain(id)) }
      try session.execute("DELETE FROM recurrence WHERE suggestion = $1", [.integer(id)])
      try SuggestionStore.log("not-again", id, "of", recurrence.previous, act, session)
      return .success(())
    }
  }

  private static func log(
    _ action: String, _ subject: Int, _ key: String, _ number: Int, _ act: StaffAct, _ session: any SQLSession
  ) throws(StoreFault) {
    var payload = JSONWriter()
    payload.object {
      $0.field(key, number)
      $0.field("reason", act.reason)
    }
    try History.append(
      History.Event(at: act.at, actor: act.actor, action: action, subject: subject, payload: payload.text), to: session)
  }
}

extension Verification {
  /// Each case that takes a matter up again repeats it word for word, or a person said so; nothing is left of what was
  /// taken back.
  func checkRecurrences() throws(StoreFault) {
    var told: [Int: Int?] = [:]
    try session.each(
      "SELECT action, subject, payload FROM event WHERE action IN ('again', 'not-again') ORDER BY seq", []
    ) { row in
      told[Int(row.integer(1))] = .some(row.text(0) == "again" ? EventPayload(row.text(2)).number("of") : nil)
    }
    try session.each(
      """
      SELECT c.suggestion, c.first, s.duplicate, s.suggestion FROM recurrence c
        LEFT JOIN submission s ON s.number = c.suggestion ORDER BY c.suggestion
      """, []
    ) { row in
      let (id, first) = (Int(row.integer(0)), Int(row.integer(1)))
      let repeats = row.integer(2) == Int64(DuplicateKind.exact.stored) && row.optionalInteger(3) == Int64(id)
      switch told.removeValue(forKey: id) {
      case .some(let said): if said != first { faults.add(.recurrences, id) }
      case nil: if !repeats || first >= id { faults.add(.recurrences, id) }
      }
    }
    for (id, first) in told.sorted(by: { $0.key < $1.key }) where first != nil { faults.add(.recurrences, id) }
  }
}
