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
  /// - Parameters:
  ///   - moment: now; seconds since 1970.
  ///   - goesOn: asked between parts of what came in anew: who asks for a pause waits here. What is left waits for the
  ///     next pass.
  package func chase(
    under rules: CaseworkRules, asOf moment: Int64, limit: Int = 1_000, while goesOn: () -> Bool = { true }
  ) throws(StoreFault) -> ChaseReport {
    var report = ChaseReport()
    while try watchNew(under: rules, asOf: moment) {
      if !goesOn() {
        report.isMore = true
        return report
      }
    }
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

  /// Suggestions that came in since are watched from now on, some thousands at a time; whether there may be more. Found
  /// out without the writers' lock, which is taken for the rows alone: after a large intake there is much to find out.
  private func watchNew(under rules: CaseworkRules, asOf moment: Int64) throws(StoreFault) -> Bool {
    let new = try snapshot { session throws(StoreFault) in
      let watched = Int(
        try session.first("SELECT value FROM setting WHERE name = 'watched'") { $0.text(0) } ?? "") ?? 0
      return try Watching(session, rules).news(after: watched, asOf: moment)
    }
    guard let last = new.last?.id else { return false }
    try write { session throws(StoreFault) in
      // Who acted on one meanwhile knows better when it comes up.
      for (id, next) in new {
        try session.execute(
          "INSERT INTO watch (suggestion, next_at) VALUES ($1, $2) ON CONFLICT (suggestion) DO NOTHING",
          [.integer(id), .optional(next)])
      }
      try session.execute(
        "INSERT INTO setting (name, value) VALUES ('watched', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [.text(String(last))])
    }
    return true
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

  /// Suggestions that are not watched yet, some thousands, by number, each with the moment it comes up.
  func news(after number: Int, asOf moment: Int64) throws(StoreFault) -> [(id: Int, next: Int64?)] {
    let rows = try CaseRows(session, regionPath: rules.regionPath)
    let page = try CaseRecordPage(after: number, through: .max, rows, try IntakeMoments(session))
    guard let end = page.last else { return [] }
    let span: [SQLValue] = [.integer(number), .integer(end)]
    let deserted = Set(
      try session.all(
        "SELECT number FROM erased_submission WHERE number > $1 AND number <= $2 AND shown IS NULL", span
      ) { Int($0.integer(0)) })
    var taken: [Int: Set<ReminderKey>] = [:]
    try session.each("SELECT suggestion, key FROM reminder WHERE suggestion > $1 AND suggestion <= $2", span) { row in
      if let key = ReminderKey(text: row.text(1)) { taken[Int(row.integer(0)), default: []].insert(key) }
    }
    var news: [(id: Int, next: Int64?)] = []
    for record in page.records {
      let file = try CaseActing.file(record.history, record.id)
      let next = next(
        file, of: record.id, taken: taken[record.id] ?? [], isDeserted: deserted.contains(record.id), after: moment - 1)
      news.append((record.id, next))
    }
    return news
  }

  /// Notes when the next step comes if nothing happens meanwhile.
  func look(at file: CaseFile, of id: Int, after moment: Int64) throws(StoreFault) {
    let isDeserted = try session.integer(
      "SELECT count(*) FROM suggestion g WHERE g.id = $1 AND \(ErasedRows.isDeserted)", [.integer(id)]) > 0
    try note(next: next(file, of: id, taken: try taken(id), isDeserted: isDeserted, after: moment), of: id)
  }

  private func next(
    _ file: CaseFile, of id: Int, taken: Set<ReminderKey>, isDeserted: Bool, after moment: Int64
  ) -> Int64? {
    // Nobody is reminded of what nobody can read and nobody has begun.
    if isDeserted && file.state == .pending { return nil }
    let readings = rules.clocks.readings(of: file, on: rules.calendar, asOf: moment)
    let step = rules.ladder.nextMoment(
      due: readings, of: id, file: file, taken: taken, on: rules.calendar, after: moment)
    return [step, file.snoozedUntil].compactMap(\.self).min()
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
