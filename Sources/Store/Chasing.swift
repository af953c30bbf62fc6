package import Casework
internal import Suggestions

/// A step of the ladder that was taken now.
package struct ReminderNotice: Sendable {
  package var suggestion: Int
  package var file: CaseFile
  package var step: ReminderStep
  /// Number of the event that tells of it; 0 for a letter alone.
  package var event: Int
}

/// What one pass of the scheduler did.
package struct ChaseReport: Sendable {
  package var notices: [ReminderNotice] = []
  /// Steps that were passed over, as nobody was looking when they came.
  package var passedOver = 0
  /// Cases whose rest in the drawer was over.
  package var woken: [Int] = []
  /// Whether more is due than one pass takes.
  package var isMore = false

  package init() {}
}

extension SuggestionStore {
  /// Takes every step that is due: reminders by the ladder, and what was put aside comes back. Each case in a transaction
  /// of its own, in which its steps are noted, so that none is taken twice, whoever else is at it and whenever the
  /// program or the machine was stopped; a clock that is set back takes none again.
  ///
  /// - Parameter moment: now; seconds since 1970.
  package func chase(
    under rules: CaseworkRules, asOf moment: Int64, limit: Int = 1_000
  ) throws(StoreFault) -> ChaseReport {
    var report = ChaseReport()
    while try watchNew(under: rules, asOf: moment) {}
    let due = try read { session throws(StoreFault) in
      try session.all(
        "SELECT suggestion FROM watch WHERE next_at <= $1 ORDER BY next_at, suggestion LIMIT $2",
        [.integer(moment), .integer(limit + 1)]
      ) { Int($0.integer(0)) }
    }
    report.isMore = due.count > limit
    for id in due.prefix(limit) {
      try write { session throws(StoreFault) in
        try Watching(session, rules).step(id, asOf: moment, &report)
      }
    }
    return report
  }

  /// Suggestions that came in since are watched from now on, some thousands at a time; whether there may be more.
  private func watchNew(under rules: CaseworkRules, asOf moment: Int64) throws(StoreFault) -> Bool {
    try write { session throws(StoreFault) in
      let watched = Int(
        try session.first("SELECT value FROM setting WHERE name = 'watched'") { $0.text(0) } ?? "") ?? 0
      let new = try session.all(
        "SELECT id FROM suggestion WHERE id > $1 ORDER BY id LIMIT 4000", [.integer(watched)]) { Int($0.integer(0)) }
      guard let last = new.last else { return false }
      let watching = Watching(session, rules)
      let rows = try CaseRows(session, regionPath: rules.regionPath)
      for id in new { try watching.begin(id, rows, asOf: moment) }
      try session.execute(
        "INSERT INTO setting (name, value) VALUES ('watched', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [.text(String(last))])
      return true
    }
  }
}

/// When a case has to be looked at next, and what is done then.
struct Watching {
  private let session: any SQLSession
  private let rules: CaseworkRules
  private static let scheduler = CaseActor(name: "scheduler", role: .system, tracks: [.ordinary, .sensitive])

  init(_ session: any SQLSession, _ rules: CaseworkRules) {
    self.session = session
    self.rules = rules
  }

  /// One that nobody has acted on yet.
  func begin(_ id: Int, _ rows: CaseRows, asOf moment: Int64) throws(StoreFault) {
    guard let reading = try rows.reading(of: id) else { return }
    try look(at: try CaseActing.file(reading.history, id), of: id, after: moment - 1)
  }

  /// Notes when the next step comes if nothing happens meanwhile.
  func look(at file: CaseFile, of id: Int, after moment: Int64) throws(StoreFault) {
    // Nobody is reminded of what nobody can read and nobody has begun.
    let isDeserted = try session.integer(
      "SELECT count(*) FROM suggestion g WHERE g.id = $1 AND \(ErasedRows.isDeserted)", [.integer(id)]) > 0
    if isDeserted && file.state == .pending { return try note(next: nil, of: id) }
    let readings = rules.clocks.readings(of: file, on: rules.calendar, asOf: moment)
    let step = rules.ladder.nextMoment(
      due: readings, of: id, file: file, taken: try taken(id), on: rules.calendar, after: moment)
    try note(next: [step, file.snoozedUntil].compactMap(\.self).min(), of: id)
  }

  private func note(next: Int64?, of id: Int) throws(StoreFault) {
    try session.execute(
      "INSERT INTO watch (suggestion, next_at) VALUES ($1, $2) ON CONFLICT (suggestion) DO UPDATE SET next_at = excluded.next_at",
      [.integer(id), .optional(next)])
  }

  /// What is due for one case now. It is read anew: somebody may have acted on it since the list was made.
  func step(_ id: Int, asOf moment: Int64, _ report: inout ChaseReport) throws(StoreFault) {
    guard var file = try file(id) else { return }
    if let until = file.snoozedUntil, until <= moment {
      if case .success(let done) = try act(.wake, on: id, at: moment) {
        file = done.file
        report.woken.append(id)
      }
    }
    let readings = rules.clocks.readings(of: file, on: rules.calendar, asOf: moment)
    let steps = rules.ladder.steps(
      due: readings, of: id, file: file, taken: try taken(id), on: rules.calendar, asOf: moment)
    for step in steps {
      try note(step.key, at: moment, isPassed: false)
      for key in step.passedOver { try note(key, at: moment, isPassed: true) }
      report.passedOver += step.passedOver.count
      var event = 0
      if let action = step.action, case .success(let done) = try act(action, on: id, at: moment) {
        event = done.sequence
        file = done.file
      }
      let notice = ReminderNotice(suggestion: id, file: file, step: step, event: event)
      try CaseMessages(session, rules).remind(notice, at: moment)
      report.notices.append(notice)
    }
    try look(at: file, of: id, after: moment)
  }

  private func act(_ action: CaseAction, on id: Int, at moment: Int64) throws(StoreFault) -> Result<CaseDone, CaseActRefusal> {
    try CaseActing(session, rules).act(
      CaseRequest(action, at: moment), on: id, seen: nil, by: Watching.scheduler, isConfirmed: false)
  }

  private func file(_ id: Int) throws(StoreFault) -> CaseFile? {
    guard let reading = try CaseRows(session, regionPath: rules.regionPath).reading(of: id) else { return nil }
    return try CaseActing.file(reading.history, id)
  }

  private func taken(_ id: Int) throws(StoreFault) -> Set<ReminderKey> {
    Set(
      try session.all("SELECT key FROM reminder WHERE suggestion = $1", [.integer(id)]) {
        ReminderKey(text: $0.text(0))
      }.compactMap(\.self))
  }

  private func note(_ key: ReminderKey, at moment: Int64, isPassed: Bool) throws(StoreFault) {
    try session.execute(
      "INSERT INTO reminder (key, suggestion, at, passed) VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO NOTHING",
      [.text(key.text), .integer(key.suggestion), .integer(moment), .integer(isPassed ? 1 : 0)])
  }
}
