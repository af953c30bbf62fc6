package import Suggestions

/// What somebody wants to do, and when.
package struct CaseRequest: Sendable, Hashable {
  package var action: CaseAction
  /// Seconds since 1970. Time is a value here as everywhere.
  package var at: Int64
  package var details: CaseDetails

  package init(_ action: CaseAction, at: Int64, details: CaseDetails = CaseDetails()) {
    self.action = action
    self.at = at
    self.details = details
  }
}

/// What a decision depends on beside the case: the numbers in force, and two of the case's own clocks.
package struct CaseCircumstances: Sendable, Hashable {
  package var limits: CaseLimits
  /// When the return window shuts; nil where none runs.
  package var returnDue: Int64?
  /// When the answer is due; an extension is asked for before that.
  package var answerDue: Int64?

  package init(limits: CaseLimits = CaseLimits(), returnDue: Int64? = nil, answerDue: Int64? = nil) {
    self.limits = limits
    self.returnDue = returnDue
    self.answerDue = answerDue
  }
}

/// What an allowed act does: the event to write, and who must hear of it.
package struct CaseStep: Sendable, Hashable {
  package var event: CaseEvent
  /// Set by the return that is one too many.
  package var escalation: CaseEscalation?

  package var state: CaseState { event.after }
}

extension CaseLifecycle {
  /// Whether an actor may do this to a case now, and what comes of it. Asks in the order in which a person can mend
  /// it: the state, the kind, the role, the reach, then what is missing and what does not hold, all of each at once.
  package static func outcome(
    of request: CaseRequest, on file: CaseFile, by actor: CaseActor, in circumstances: CaseCircumstances
  ) -> Result<CaseStep, CaseRefusal> {
    let row: CaseEdge
    switch edge(for: request.action, on: file, by: actor) {
    case .success(let found): row = found
    case .failure(let refusal): return .failure(refusal)
    }
    let missing = row.needs.filter { !$0.isMet(by: request.details) }
    if !missing.isEmpty { return .failure(.missing(missing)) }
    let unmet = row.conditions.filter { !holds($0, request, file, actor, circumstances) }
    if !unmet.isEmpty { return .failure(.unmet(unmet)) }
    let event = CaseEvent(
      number: file.version + 1, actor: actor.name, role: actor.role, unit: actor.handler, at: request.at,
      action: request.action, before: file.state, after: file.target(of: row), details: request.details)
    let isOneTooMany = request.action == .sendBack && file.hops + 1 >= circumstances.limits.mostReturns
    return .success(CaseStep(event: event, escalation: isOneTooMany ? circumstances.limits.escalation : nil))
  }

  /// The acts to offer: those that only lack what a person fills in.
  package static func actions(
    on file: CaseFile, by actor: CaseActor, at moment: Int64, in circumstances: CaseCircumstances
  ) -> [(action: CaseAction, needs: [CaseNeed])] {
    CaseAction.allCases.compactMap { action in
      guard case .success(let row) = edge(for: action, on: file, by: actor) else { return nil }
      let request = CaseRequest(action, at: moment, details: CaseDetails { $0.undoes = file.lastDecision?.number })
      // Which unit is chosen comes with the details; it cannot stand in the way of offering the act.
      let isOffered = row.conditions.allSatisfy {
        $0 == .isNotReturnedByHandler || holds($0, request, file, actor, circumstances)
      }
      return isOffered ? (action, row.needs) : nil
    }
  }

  private static func edge(
    for action: CaseAction, on file: CaseFile, by actor: CaseActor
  ) -> Result<CaseEdge, CaseRefusal> {
    let rows = edges(of: action)
    let here = rows.filter { $0.from.contains(file.state) }
    guard !here.isEmpty else {
      var targets: Set<CaseState> = []
      for case .state(let state) in rows.map(\.target) { targets.insert(state) }
      return .failure(
        .noEdge(
          action, from: file.state, to: targets.sorted { $0.rawValue < $1.rawValue },
          allowedFrom: rows.reduce(into: Set()) { $0.formUnion($1.from) }.sorted { $0.rawValue < $1.rawValue }))
    }
    guard here.contains(where: { $0.kinds.contains(file.kind) }) else { return .failure(.kind(action, file.kind)) }
    let fitting = here.filter { $0.fits(file.state, file.kind, file.track) }
    guard !fitting.isEmpty else { return .failure(.track(action, file.track)) }
    guard let row = fitting.first(where: { $0.roles.contains(actor.role) }) else {
      let allowed = fitting.reduce(into: Set()) { $0.formUnion($1.roles) }
      return .failure(.role(action, actor.role, allowed: allowed.sorted { $0.rawValue < $1.rawValue }))
    }
    guard actor.tracks.contains(file.track) else { return .failure(.trackOutOfReach(file.track)) }
    guard actor.regions.isEmpty || !actor.regions.isDisjoint(with: file.regions) else {
      return .failure(.regionOutOfReach(file.regions))
    }
    return .success(row)
  }

  private static func holds(
    _ condition: CaseCondition, _ request: CaseRequest, _ file: CaseFile, _ actor: CaseActor,
    _ circumstances: CaseCircumstances
  ) -> Bool {
    let limits = circumstances.limits
    switch condition {
    case .isHandler: return file.handler != nil && file.handler == actor.handler
    case .isCoHandler: return actor.handler.map(file.coHandlers.contains) ?? false
    case .isKeeper:
      guard let own = actor.handler, own.isStation else { return false }
      return own == file.handler || own.unit == file.station
    case .isReturnable: return !file.isAdjudicated && request.at <= circumstances.returnDue ?? request.at
    case .isBelowReturnLimit: return file.hops < limits.mostReturns
    case .isNotReturnedByHandler: return request.details.handler.map { !file.returnedBy.contains($0) } ?? true
    case .hasProof: return !file.proofs.isEmpty
    case .hasOutcome: return file.outcome != nil
    case .isApproved: return file.isApproved || !limits.needsApproval(file.handler)
    case .isNotApproved: return !file.isApproved
    case .isWriterTold: return file.isWriterTold
    case .isBeforeDue: return request.at <= circumstances.answerDue ?? request.at
    case .hasNoOpenExtension: return file.askedExtension == nil
    case .hasOpenExtension: return file.askedExtension != nil
    case .isNotSupervised: return !file.isSupervised
    case .isSupervised: return file.isSupervised
    case .isNotWaiting: return !file.isWaitingForWriter
    case .isWaiting: return file.isWaitingForWriter
    case .isFree: return file.claim.map { $0.actor == actor.name || $0.until <= request.at } ?? true
    case .holdsClaim: return file.claim.map { $0.actor == actor.name || actor.role != .moderator } ?? false
    case .isNotSnoozed: return file.snoozedUntil == nil
    case .isSnoozed: return file.snoozedUntil != nil
    case .isReopenable:
      return file.moments[.closed].map { request.at <= $0 + limits.reopenWindow } ?? false
    case .isUnpublished: return !file.isPublishable
    case .isUndoable:
      guard let last = file.lastDecision, last.number == request.details.undoes, let end = limits.undoEnd(of: last)
      else { return false }
      let mayUndo = last.actor == actor.name && last.role == actor.role
      return request.at <= end && (mayUndo || actor.role == .lead || actor.role == .administrator)
    }
  }
}
