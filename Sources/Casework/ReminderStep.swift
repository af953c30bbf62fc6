/// 催办一步: one step to take, with all that has to be said and written.
package struct ReminderStep: Sendable, Hashable {
  package var key: ReminderKey
  /// Lower steps of the same clock that were due as well; kept beside the key and never taken.
  package var passedOver: [ReminderKey]
  /// When it was for; earlier than now where nobody was looking.
  package var moment: Int64
  package var reading: ClockReading
  /// Whom it goes to as the case stands.
  package var to: [ReminderRecipient]
  package var letter: ReminderLetter
  /// 催办, for the system to write into the history; nil where the step is a letter alone, or the table has no such
  /// edge from here.
  package var action: CaseAction?
  /// 督办, for the supervisor to decide about; nil where it is supervised already.
  package var proposal: CaseAction?

  init(_ placed: ReminderLadder.Placed, passing: [ReminderKey], reading: ClockReading, file: CaseFile) {
    key = placed.key
    passedOver = passing
    moment = placed.moment
    self.reading = reading
    to = ReminderRecipient.resolved(placed.rung.to, in: file)
    letter = placed.rung.letter
    switch placed.rung.act {
    case .letter: break
    case .urge: action = file.takes(.urge, by: .system) ? .urge : nil
    case .proposeSupervision:
      action = file.takes(.urge, by: .system) ? .urge : nil
      proposal = file.isSupervised || !file.takes(.supervise, by: .supervisor) ? nil : .supervise
    }
  }
}

extension CaseFile {
  /// Whether the table has a row for it here.
  fileprivate func takes(_ action: CaseAction, by role: CaseRole) -> Bool {
    CaseLifecycle.edges(of: action).contains { $0.fits(state, kind, track) && $0.roles.contains(role) }
  }
}

/// Names one step of one promise for ever: what a store keeps to take no step twice.
package struct ReminderKey: Sendable, Hashable {
  package var suggestion: Int
  package var round: Int
  package var clock: ClockKind
  package var step: String
  /// The clock's start, from the events: a new order starts the unit's clocks anew. Seconds since 1970.
  package var start: Int64
  /// 延期次数: how many of the grants count for this clock.
  package var grants: Int

  package init(suggestion: Int, round: Int, clock: ClockKind, step: String, start: Int64, grants: Int) {
    self.suggestion = suggestion
    self.round = round
    self.clock = clock
    self.step = step
    self.start = start
    self.grants = grants
  }

  /// Nil before the clock's start.
  init?(_ reading: ClockReading, step: String, of suggestion: Int, in file: CaseFile) {
    guard let start = reading.start else { return nil }
    let grants = file.grants.count { $0.at >= start }
    self.init(
      suggestion: suggestion, round: file.round, clock: reading.rule.kind, step: step, start: start,
      grants: min(grants, reading.rule.extra?.times ?? 0))
  }

  /// `17/0/answer/due-soon/1751335200/1`, for one column of a store.
  package var text: String { "\(suggestion)/\(round)/\(clock.code)/\(step)/\(start)/\(grants)" }

  /// Reads ``text``; nil for anything else.
  package init?(text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6, let suggestion = Int(parts[0]), let round = Int(parts[1]),
      let clock = ClockKind.allCases.first(where: { $0.code == parts[2] }), !parts[3].isEmpty,
      let start = Int64(parts[4]), let grants = Int(parts[5])
    else { return nil }
    self.init(suggestion: suggestion, round: round, clock: clock, step: parts[3], start: start, grants: grants)
  }
}

/// 收件人: whom a step tells.
package enum ReminderRecipient: UInt8, CaseIterable, Sendable {
  /// 平台审核员.
  case platform = 0
  /// 承办单位, or the keeper of the station that has the order.
  case unit = 1
  /// 单位负责人.
  case unitHead = 2
  /// 平台负责人.
  case lead = 3
  /// 督办.
  case supervisor = 4

  package var code: String {
    switch self {
    case .platform: "platform"
    case .unit: "unit"
    case .unitHead: "unit-head"
    case .lead: "lead"
    case .supervisor: "supervisor"
    }
  }

  /// Who reads it, of those who have the case in reach.
  package var roles: Set<CaseRole> {
    switch self {
    case .platform: [.moderator]
    case .unit: [.department, .stationKeeper]
    case .unitHead: [.departmentHead]
    case .lead: [.lead]
    case .supervisor: [.supervisor]
    }
  }

  /// Nobody has a case that waits for its order: then the platform is meant, and its lead for the head. A station has
  /// no head but the platform's lead.
  static func resolved(_ wanted: [ReminderRecipient], in file: CaseFile) -> [ReminderRecipient] {
    wanted.reduce(into: []) { result, recipient in
      var recipient = recipient
      if recipient == .unit, file.handler == nil { recipient = .platform }
      if recipient == .unitHead, file.handler?.isStation ?? true { recipient = .lead }
      if !result.contains(recipient) { result.append(recipient) }
    }
  }
}
