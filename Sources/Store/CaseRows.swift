package import Casework
package import Suggestions

/// The casework's settings a store needs: numbers, clocks, calendar, and what lies in what.
package struct CaseworkRules: Sendable {
  package var limits: CaseLimits
  package var clocks: ClockBook
  package var calendar: WorkingCalendar
  package var ladder: ReminderLadder
  package var retention: RetentionPolicy
  /// A region's code, then the codes of what it lies in, as far as the city.
  package var regionPath: @Sendable (String) -> [String]
  /// The place in the queue of a case of this kind, track and urgency, 0…99 without its support; whether the machine was
  /// unsure of it. Nil leaves the case where the machine put it.
  package var priority: @Sendable (_ kind: Kind, _ track: Track, _ urgency: Urgency, _ isUnsure: Bool) -> Int?

  package init(
    limits: CaseLimits = CaseLimits(), clocks: ClockBook = ClockBook(inForce: [], sets: []),
    calendar: WorkingCalendar = WorkingCalendar(CalendarBook()), ladder: ReminderLadder = ReminderLadder(rungs: []),
    retention: RetentionPolicy = RetentionPolicy(),
    regionPath: @escaping @Sendable (String) -> [String] = { [$0] },
    priority: @escaping @Sendable (Kind, Track, Urgency, Bool) -> Int? = { _, _, _, _ in nil }
  ) {
    self.limits = limits
    self.clocks = clocks
    self.calendar = calendar
    self.ladder = ladder
    self.retention = retention
    self.regionPath = regionPath
    self.priority = priority
  }
}

/// Cases as they lie in the store: the machine's verdict in the submission's row, what people did in the events.
struct CaseRows {
  let session: any SQLSession
  let codes: StoredCodes
  let regionPath: (String) -> [String]

  init(_ session: any SQLSession, regionPath: @escaping (String) -> [String]) throws(StoreFault) {
    self.session = session
    codes = try StoredCodes(session)
    self.regionPath = regionPath
  }

  /// A case with the number in the history of each of its events.
  struct Reading {
    var history: CaseHistory
    var sequences: [Int]
    /// Whether there was an act since cases have files.
    var isOnFile: Bool
  }

  /// Nil when there is no such suggestion.
  func reading(of id: Int) throws(StoreFault) -> Reading? {
    guard let opening = try opening(of: id) else { return nil }
    let events = try events(of: id)
    return Reading(
      history: CaseHistory(opening, events: events.map(\.event)), sequences: events.map(\.sequence),
      isOnFile: events.contains { $0.isOnFile })
  }

  /// The present verdict on the submission that opened it.
  private func opening(of id: Int) throws(StoreFault) -> CaseOpening? {
    let row = try session.first(
      """
      SELECT s.kind, s.track, s.urgency, s.topic, s.region, s.station, s.lead, s.tier, s.submitted_at,
        CASE WHEN s.revision = 0 THEN s.seal
          ELSE (SELECT r.seal FROM revision r WHERE r.submission = s.number AND r.revision = 0) END
      FROM suggestion g JOIN submission s ON s.number = g.id WHERE g.id = $1
      """, [.integer(id)]
    ) { row in (0..<10).map { row.optionalInteger($0) } }
    guard let row else { return nil }
    return opening(row, receivedAt: try IntakeMoments.moment(of: Int(row[9] ?? 0), session))
  }

  /// - Parameter row: kind, track, urgency, topic, region, station, lead, tier, when it was written.
  func opening(_ row: [Int64?], receivedAt moment: Int64) -> CaseOpening {
    func text(_ column: Int) -> String? { codes.text(Int(row[column] ?? 0)) }
    return CaseOpening(
      kind: CaseRows.word(row[0]) ?? .other, track: CaseRows.word(row[1]) ?? .ordinary,
      urgency: CaseRows.word(row[2]) ?? .ordinary, topic: text(3) ?? "", regions: text(4).map(regionPath) ?? [],
      station: text(5), lead: text(6).map { CaseLead(unit: $0, tier: Int(row[7] ?? 0), isChosen: false) },
      submittedAt: row[8], receivedAt: moment)
  }

  private static func word<Word: RawRepresentable<UInt8>>(_ value: Int64?) -> Word? {
    value.flatMap { UInt8(exactly: $0) }.flatMap { Word(rawValue: $0) }
  }

  private typealias Read = (sequence: Int, event: CaseEvent, isOnFile: Bool)

  private func events(of id: Int) throws(StoreFault) -> [Read] { try read(from: id, through: id)[id] ?? [] }

  /// What was done to each of the suggestions with these numbers; nothing stands for those nobody acted on.
  func events(from first: Int, through last: Int) throws(StoreFault) -> [Int: [CaseEvent]] {
    try read(from: first, through: last).mapValues { $0.map(\.event) }
  }

  private func read(from first: Int, through last: Int) throws(StoreFault) -> [Int: [Read]] {
    var events: [Int: [Read]] = [:]
    var unreadable: Int?
    try session.each(
      """
      SELECT seq, at, actor, action, payload, subject FROM event
      WHERE subject BETWEEN $1 AND $2 AND action <> 'intake' ORDER BY subject, seq
      """, [.integer(first), .integer(last)]
    ) { row in
      let (sequence, at, actor, action) = (Int(row.integer(0)), row.integer(1), row.text(2), row.text(3))
      let id = Int(row.integer(5))
      if action.hasPrefix(CaseEventRecord.prefix) {
        let code = String(action.dropFirst(CaseEventRecord.prefix.count))
        if let action = CaseAction(code: code),
          let event = CaseEventRecord(payload: row.text(4))?.event(action: action, actor: actor, at: at)
        {
          events[id, default: []].append((sequence, event, true))
        } else {
          unreadable = unreadable ?? sequence
        }
        return
      }
      let before = events[id] ?? []
      let state = before.last?.event.after ?? .pending
      if let event = earlier(action, EventPayload(row.text(4)), actor, at, state, before.count + 1) {
        events[id, default: []].append((sequence, event, false))
      }
    }
    if let unreadable { throw .corrupt("event \(unreadable): its payload cannot be read") }
    return events
  }

  /// What people decided before cases had a table of acts; nil for events that are no acts on a case.
  private func earlier(
    _ action: String, _ payload: EventPayload, _ actor: String, _ at: Int64, _ state: CaseState, _ number: Int
  ) -> CaseEvent? {
    var event = CaseEvent(
      number: number, actor: actor, role: .moderator, at: at, action: .correct, before: state, after: state)
    switch action {
    case "correct":
      event.details.topic = payload.text("topic")
      event.details.kind = payload.text("kind").flatMap { code in Kind.allCases.first { $0.code == code } }
      event.details.lead = payload.text("lead").map {
        CaseLead(unit: $0, tier: payload.number("tier") ?? 0, isChosen: (payload.number("decided") ?? 0) & 4 != 0)
      }
    case "merge":
      event.action = .merge
      event.after = .merged
      event.details.target = payload.number("into").map { Int64($0) }
    case "unmerge":
      event.action = .unmerge
      event.after = .pending
    default: return nil
    }
    return event
  }
}

extension SuggestionStore {
  /// Everything that was done to a case; nil when there is no such suggestion.
  ///
  /// - Parameter regionPath: a region's code, then the codes of what it lies in.
  package func caseHistory(of id: Int, regionPath: (String) -> [String]) throws(StoreFault) -> CaseHistory? {
    try snapshot { session throws(StoreFault) in
      try withoutActuallyEscaping(regionPath) { path throws(StoreFault) in
        try CaseRows(session, regionPath: path).reading(of: id)?.history
      }
    }
  }
}
