package import Casework
package import Suggestions

/// Why an act on a case does not happen.
package enum CaseActRefusal: Error, Sendable, Hashable {
  case unknown(Int)
  /// Somebody was faster: what has been done since the version that was seen, oldest first. What the person typed is
  /// still theirs; nothing was written.
  case changed([CaseEvent])
  case refused(CaseRefusal)
  case merge(MergeRefusal)
  /// A split is not taken back when one of its parts was taken up: which, and where it stands.
  case taken(Int, CaseState)
}

/// An act that happened.
package struct CaseDone: Sendable, Hashable {
  package var file: CaseFile
  package var event: CaseEvent
  /// Number of the event in the history.
  package var sequence: Int
  /// Set by the return that is one too many.
  package var escalation: CaseEscalation?
}

extension SuggestionStore {
  /// Does something to a case: the act, its event and every row that shows it in one transaction, or nothing.
  ///
  /// - Parameter seen: version of the case as the person saw it (how many events there were); nil where nobody looked,
  ///   as in a batch.
  /// - Parameter isConfirmed: for merges that ask.
  package func act(
    _ request: CaseRequest, on id: Int, seen: Int? = nil, by actor: CaseActor, under rules: CaseworkRules,
    isConfirmed: Bool = false
  ) throws(StoreFault) -> Result<CaseDone, CaseActRefusal> {
    // What an interrupted import left uncounted is counted with the rest, or a group would be ahead of its parts.
    if request.action == .merge || request.action == .unmerge || request.action == .undo {
      try SupportCounting.catchUp(self)
    }
    return try write { session throws(StoreFault) in
      try CaseActing(session, rules).act(request, on: id, seen: seen, by: actor, isConfirmed: isConfirmed)
    }
  }
}

/// One act within the caller's transaction.
struct CaseActing {
  let session: any SQLSession
  let rules: CaseworkRules

  init(_ session: any SQLSession, _ rules: CaseworkRules) {
    self.session = session
    self.rules = rules
  }

  func act(
    _ request: CaseRequest, on id: Int, seen: Int?, by actor: CaseActor, isConfirmed: Bool
  ) throws(StoreFault) -> Result<CaseDone, CaseActRefusal> {
    guard var reading = try CaseRows(session, regionPath: rules.regionPath).reading(of: id) else {
      return .failure(.unknown(id))
    }
    if let seen, seen != reading.history.events.count {
      return .failure(.changed(Array(reading.history.events.dropFirst(max(0, seen)))))
    }
    let file = try CaseActing.file(reading.history, id)
    var request = request
    // A clock that was set back makes nothing happen before what it follows.
    if let last = reading.history.events.last { request.at = max(request.at, last.at) }
    if request.action == .merge {
      switch try Merging(session).target(of: id, request.details.target, isConfirmed: isConfirmed) {
      case .success(let root): request.details.target = root
      case .failure(let refusal): return .failure(.merge(refusal))
      }
    }
    let step: CaseStep
    switch CaseLifecycle.outcome(of: request, on: file, by: actor, in: circumstances(file, request.at)) {
    case .success(let found): step = found
    case .failure(let refusal): return .failure(.refused(refusal))
    }
    let split = request.action == .undo && file.lastDecision?.action == .split ? file.lastDecision : nil
    if let split, let refusal = try objection(toUndoing: split, of: id) { return .failure(refusal) }
    var event = step.event
    event.details.priority = try priority(of: file, id, after: event)
    if event.before == .pending { event.given = reading.history.opening }
    reading.history.append(event)
    let after = try CaseActing.file(reading.history, id)
    // Undoing that puts things together again must still be possible.
    if request.action != .merge, file.state != .merged, after.state == .merged, let refusal = try Merging(session).objection(
      to: id, into: after.mergedInto)
    {
      return .failure(.merge(refusal))
    }
    let sequence = try History.next(session)
    try History.append(
      History.Event(
        at: event.at, actor: event.actor, action: CaseEventRecord.prefix + event.action.code, subject: id,
        payload: CaseEventRecord(event).payload), to: session)
    try CaseProjecting(session, rules).project(after, of: id, after: event)
    try CaseMessages(session, rules).tell(
      event, of: id, before: file, after: after, sequences: reading.sequences + [sequence])
    if let split { try putBack(split, into: id, after: event) }
    return .success(CaseDone(file: after, event: event, sequence: sequence, escalation: step.escalation))
  }

  /// The place in the queue of what a person says the case is; nil where the act says nothing that the place rests on.
  private func priority(of file: CaseFile, _ id: Int, after event: CaseEvent) throws(StoreFault) -> Int? {
    let details = event.details
    let isDiverted = event.action == .divert
    guard isDiverted || event.action == .correct && (details.kind != nil || details.urgency != nil) else { return nil }
    let verdict = try session.first("SELECT verdict FROM submission WHERE number = $1", [.integer(id)]) {
      VerdictRecord($0.bytes(0))
    }
    let isUnsure = (verdict ?? nil).map { !$0.certainty.isSure || $0.asked != 0 } ?? false
    return rules.priority(
      details.kind ?? file.kind, isDiverted ? .sensitive : file.track, details.urgency ?? file.urgency, isUnsure)
  }

  private func circumstances(_ file: CaseFile, _ moment: Int64) -> CaseCircumstances {
    let readings = rules.clocks.readings(of: file, on: rules.calendar, asOf: moment)
    func due(_ kind: ClockKind) -> Int64? { readings.first { $0.rule.kind == kind && $0.stop == nil }?.due }
    return CaseCircumstances(limits: rules.limits, returnDue: due(.sendBack), answerDue: due(.answer))
  }

  static func file(_ history: CaseHistory, _ id: Int) throws(StoreFault) -> CaseFile {
    do throws(CaseHistoryFault) {
      return try history.file()
    } catch {
      throw .corrupt("suggestion \(id): event \(error.number) of its history does not follow from those before it")
    }
  }
}
