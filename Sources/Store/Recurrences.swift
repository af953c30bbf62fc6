internal import Suggestions

/// 再次发生: the same matter again after it was done with. A cover mended twice is a finding of its own.
package struct Recurrence: Sendable, Hashable {
  /// The case that takes the matter up again.
  package var suggestion: Int
  /// The case of the matter before it.
  package var previous: Int
  /// How often it has come by now: 2 for the first time again.
  package var times: Int

  /// Nil for the first case of a matter, and for one that never came again.
  ///
  /// - Parameter cases: all of the matter, by number.
  init?(_ suggestion: Int, among cases: [Int]) {
    guard let place = cases.firstIndex(of: suggestion), place > 0 else { return nil }
    self.suggestion = suggestion
    previous = cases[place - 1]
    times = place + 1
  }
}

/// One of the cases of a matter that came again.
package struct MatterCase: Sendable, Hashable {
  package var id: Int
  package var state: String
  /// When the text that opened it was handed in; seconds since 1970.
  package var submittedAt: Int64?
}

/// Why a case is not the same matter again.
package enum RecurrenceRefusal: Error, Sendable, Hashable {
  case unknown(Int)
  /// Both are one case.
  case same
  /// It takes up another matter already, or another takes up it.
  case taken(Int)
  /// A case of that matter is not done with: then the two are merged.
  case stillOpen(Int)
  /// It came in before the case it is said to repeat.
  case earlier(than: Int)
  case otherTrack
  case notAgain(Int)
}

/// The cases of a matter, from the first to the one that is open now.
enum Recurrences {
  static func add(_ suggestion: Int, first: Int, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      "INSERT INTO recurrence (suggestion, first) VALUES ($1, $2)", [.integer(suggestion), .integer(first)])
  }

  /// By number, the first one too; empty for a matter that never came again. What is merged into a case is the case.
  /// Cases on another track are left out: of them this one must not tell.
  ///
  /// - Parameter track: the suggestion's own unless it is given.
  static func cases(
    of suggestion: Int, on track: Track? = nil, _ session: any SQLSession
  ) throws(StoreFault) -> [MatterCase] {
    var found: [Int: (track: Int64, item: MatterCase)] = [:]
    var waiting = [suggestion]
    while let next = waiting.popLast() {
      // The case itself, what it takes up and what takes it up; the same of what was merged into it.
      let rows = try session.all(
        """
        SELECT DISTINCT coalesce(r.id, g.id), coalesce(r.track, g.track), coalesce(r.state, g.state),
          coalesce(r.submitted_at, g.submitted_at)
        FROM suggestion g LEFT JOIN suggestion r ON r.id = g.root
        WHERE g.id = $1 OR g.id IN (
          SELECT first FROM recurrence WHERE suggestion = $1
          UNION SELECT suggestion FROM recurrence WHERE first = $1
          UNION SELECT c.first FROM suggestion m JOIN recurrence c ON c.suggestion = m.id WHERE m.root = $1
          UNION SELECT c.suggestion FROM suggestion m JOIN recurrence c ON c.first = m.id WHERE m.root = $1)
        """, [.integer(next)]
      ) { row in
        let item = MatterCase(
          id: Int(row.integer(0)), state: StoredCodes.state(row.integer(2)), submittedAt: row.optionalInteger(3))
        return (track: row.integer(1), item: item)
      }
      for row in rows where found[row.item.id] == nil {
        found[row.item.id] = row
        if row.item.id != next { waiting.append(row.item.id) }
      }
    }
    let own = try session.first(
      "SELECT coalesce(r.track, g.track) FROM suggestion g LEFT JOIN suggestion r ON r.id = g.root WHERE g.id = $1",
      [.integer(suggestion)]) { $0.integer(0) }
    let shown = track.map { Int64($0.rawValue) } ?? own
    let cases = found.values.filter { $0.track == shown }.map(\.item).sorted { $0.id < $1.id }
    return cases.count > 1 ? cases : []
  }

  static func recurrence(_ suggestion: Int, _ session: any SQLSession) throws(StoreFault) -> Recurrence? {
    Recurrence(suggestion, among: try cases(of: suggestion, session).map(\.id))
  }

  /// Whether a case, or something merged into it, takes up a matter, in SQL.
  ///
  /// - Parameter id: the column of its number.
  static func takesUp(_ id: String) -> String {
    """
    (EXISTS (SELECT 1 FROM recurrence c WHERE c.suggestion = \(id)) OR EXISTS (
      SELECT 1 FROM suggestion m JOIN recurrence c ON c.suggestion = m.id WHERE m.root = \(id)))
    """
  }
}

extension SuggestionStore {
  /// A person says that a case is a matter again that was done with.
  ///
  /// - Parameter earlier: any case of that matter, or what was merged into one.
  package func again(
    _ id: Int, of earlier: Int, act: StaffAct
  ) throws(StoreFault) -> Result<Recurrence, RecurrenceRefusal> {
    try write { session throws(StoreFault) in
      let matters = try RecurringMatters(session)
      let (own, target) = (matters.handled(id), matters.handled(earlier))
      var rows: [Int: (state: Int64, track: Int64)] = [:]
      for one in [own, target] + matters.cases(of: target) {
        rows[one] = try session.first("SELECT state, track FROM suggestion WHERE id = $1", [.integer(one)]) {
          ($0.integer(0), $0.integer(1))
        }
        if rows[one] == nil { return .failure(.unknown(one)) }
      }
      if own == target { return .failure(.same) }
      if rows[own]?.track != rows[target]?.track { return .failure(.otherTrack) }
      if matters.cases(of: own).count > 1 || matters.takesUp(own) { return .failure(.taken(own)) }
      for one in matters.cases(of: target) where !(rows[one].map { SuggestionStore.isOver($0.state) } ?? true) {
        return .failure(.stillOpen(one))
      }
      if target > own { return .failure(.earlier(than: target)) }
      let first = matters.first(of: target)
      try Recurrences.add(own, first: first, session)
      try SuggestionStore.log("again", own, of: first, act, session)
      guard let recurrence = try Recurrences.recurrence(own, session) else {
        throw .corrupt("suggestion \(own) does not count as a matter again")
      }
      return .success(recurrence)
    }
  }

  /// Takes that back, also where the machine said so.
  package func notAgain(_ id: Int, act: StaffAct) throws(StoreFault) -> Result<Void, RecurrenceRefusal> {
    try write { session throws(StoreFault) in
      let own = try RecurringMatters(session).handled(id)
      // What was merged into the case may be what takes the matter up.
      let links = try session.all(
        """
        SELECT c.suggestion, c.first FROM recurrence c JOIN suggestion g ON g.id = c.suggestion
        WHERE g.id = $1 OR g.root = $1 ORDER BY c.suggestion
        """, [.integer(own)]) { (Int($0.integer(0)), Int($0.integer(1))) }
      if links.isEmpty { return .failure(.notAgain(own)) }
      for (suggestion, first) in links {
        try session.execute("DELETE FROM recurrence WHERE suggestion = $1", [.integer(suggestion)])
        try SuggestionStore.log("not-again", suggestion, of: first, act, session)
      }
      return .success(())
    }
  }

  private static func log(
    _ action: String, _ subject: Int, of first: Int, _ act: StaffAct, _ session: any SQLSession
  ) throws(StoreFault) {
    var payload = JSONWriter()
    payload.object {
      $0.field("of", first)
      $0.field("reason", act.reason)
    }
    try History.append(
      History.Event(at: act.at, actor: act.actor, action: action, subject: subject, payload: payload.text), to: session)
  }
}
