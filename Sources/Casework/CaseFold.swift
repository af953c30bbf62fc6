internal import Suggestions

extension CaseFile {
  /// What the acts that stand made of the case. The events are trusted to be legal; ``CaseHistory`` checks them.
  mutating func apply(_ event: CaseEvent) {
    let details = event.details
    version = event.number
    if event.action == .note { return }
    lastDecision = event
    if event.before != event.after { leave(at: event.at, for: event.action) }
    switch event.action {
    case .dispatch, .adjudicate: order(event)
    case .reject:
      rejection = details.rejection
      moments[.rejected] = event.at
    case .merge:
      mergedInto = details.target
      moments[.merged] = event.at
    case .unmerge:
      goBack()
      mergedInto = nil
    case .thank, .close:
      moments[.closed] = event.at
      if event.action == .thank { isWriterTold = true }
    case .reply: answer(event)
    case .sign: moments[.signed] = event.at
    case .sendBack: sendBack(event)
    case .recall, .restore: goBack()
    case .arrive: moments[.arrived] = moments[.arrived] ?? event.at
    case .resolve:
      moments[.resolved] = moments[.resolved] ?? event.at
      // Who mended it was there, whether or not anybody pressed the key on arriving.
      moments[.arrived] = moments[.arrived] ?? event.at
      proofs += details.proofs
    case .answer: answer(event)
    case .approve: isApproved = true
    case .refuseAnswer:
      moments[.answered] = nil
      // What was not good enough is not done: the unit says again when it is.
      moments[.resolved] = nil
      proofs = []
      outcome = nil
      isApproved = false
      untell()
    case .reopen: reopen(event)
    case .reconsider:
      rejection = nil
      moments[.rejected] = nil
      untell()
    case .archive: break
    case .askExtension: askedExtension = details.extra
    case .grantExtension:
      if let extra = details.extra { grants.append(ExtensionGrant(at: event.at, extra: extra)) }
      askedExtension = nil
    case .refuseExtension: askedExtension = nil
    case .tell:
      isWriterTold = true
      moments[.told] = moments[.told] ?? event.at
    case .callBack: callBack = details.callBack
    case .witness: proofs += details.proofs
    case .correct: correct(details)
    case .divert:
      track = .sensitive
      isDiverted = true
      corrections.priority = details.priority ?? corrections.priority
    case .urge, .supervise, .endSupervision, .askWriter, .resume, .claim, .release, .snooze, .wake: overlay(event)
    case .split: parts += details.parts
    case .shortlist, .score, .adopt, .award, .publish: putForward(event)
    case .assist, .releaseContact, .note, .undo: break
    }
    state = event.after
  }

  /// What ends with a state: the claim on it, and the waiting that belonged to it.
  private mutating func leave(at moment: Int64, for action: CaseAction) {
    switch action {
    case .dispatch, .adjudicate, .merge, .archive:
      priors.append(Prior(
        state: state, handler: handler, coHandlers: coHandlers, isAdjudicated: isAdjudicated, moments: moments,
        pauses: pauses, claim: claim, snoozedUntil: snoozedUntil))
    default: break
    }
    claim = nil
    snoozedUntil = nil
    askedExtension = nil
    for index in pauses.indices where pauses[index].until == nil { pauses[index].until = moment }
  }

  private mutating func correct(_ details: CaseDetails) {
    corrections.kind = details.kind ?? corrections.kind
    corrections.topic = details.topic ?? corrections.topic
    corrections.regions = details.regions ?? corrections.regions
    corrections.urgency = details.urgency ?? corrections.urgency
    corrections.lead = details.lead ?? corrections.lead
    corrections.priority = details.priority ?? corrections.priority
    kind = details.kind ?? kind
    topic = details.topic ?? topic
    regions = details.regions ?? regions
    urgency = details.urgency ?? urgency
    lead = details.lead ?? lead
  }

  private mutating func goBack() {
    guard let prior = priors.popLast() else { return }
    handler = prior.handler
    coHandlers = prior.coHandlers
    isAdjudicated = prior.isAdjudicated
    moments = prior.moments
    pauses = prior.pauses
    claim = prior.claim
    snoozedUntil = prior.snoozedUntil
  }

  private mutating func order(_ event: CaseEvent) {
    handler = event.details.handler
    coHandlers = event.details.coHandlers ?? []
    isAdjudicated = event.action == .adjudicate
    moments[.dispatched] = moments[.dispatched] ?? event.at
    moments[.assigned] = event.at
    for moment in [ClockMoment.signed, .arrived, .resolved, .returned] { moments[moment] = nil }
  }

  private mutating func sendBack(_ event: CaseEvent) {
    hops += 1
    if let handler { returnedBy.insert(handler) }
    proposedOwner = event.details.proposedOwner
    handler = nil
    coHandlers = []
    moments[.returned] = event.at
    pauses.append(ClockPause(.returned, from: event.at))
  }

  private mutating func answer(_ event: CaseEvent) {
    moments[.answered] = event.at
    outcome = event.details.outcome ?? outcome
    proofs += event.details.proofs
    // A head's own answer needs no second signature, and the platform has no head above it.
    isApproved = event.role == .departmentHead || event.action == .reply
  }

  /// What the writer was told holds no longer; there will be another message.
  private mutating func untell() {
    isWriterTold = false
    moments[.told] = nil
  }

  /// A new round: everybody's clocks start now, and nothing of the last round proves anything.
  private mutating func reopen(_ event: CaseEvent) {
    round += 1
    moments = [.submitted: event.at, .received: event.at]
    if handler != nil {
      moments[.dispatched] = event.at
      moments[.assigned] = event.at
    }
    pauses = []
    grants = []
    proofs = []
    outcome = nil
    isApproved = false
    isWriterTold = false
    callBack = nil
    isPublishable = false
  }

  private mutating func overlay(_ event: CaseEvent) {
    switch event.action {
    case .urge: urgings += 1
    case .supervise: isSupervised = true
    case .endSupervision: isSupervised = false
    case .askWriter: pauses.append(ClockPause(.writer, from: event.at))
    case .resume:
      for index in pauses.indices where pauses[index].until == nil { pauses[index].until = event.at }
    case .claim: claim = event.details.until.map { CaseClaim(actor: event.actor, until: $0) }
    case .release: claim = nil
    case .snooze: snoozedUntil = event.details.until
    case .wake: snoozedUntil = nil
    default: break
    }
  }

  private mutating func putForward(_ event: CaseEvent) {
    switch event.action {
    case .shortlist: isShortlisted = true
    case .score: scores[event.actor] = event.details.score
    case .adopt:
      isAdopted = true
      proposalNumber = event.details.proposalNumber
    case .award: if let award = event.details.award { awards.append(award) }
    case .publish: isPublishable = true
    default: break
    }
  }
}
