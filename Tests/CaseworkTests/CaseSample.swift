import Suggestions

import Casework

/// Cases, actors and details that have exactly what a row of the table asks for.
enum CaseSample {
  static let housing = CaseHandler(unit: "housing", district: "430703")
  static let power = CaseHandler(unit: "power-supply", district: "430703")
  static let station = CaseHandler(unit: "dingcheng-jiangnan", isStation: true)
  static let regions = ["430703003", "430703", "4307"]
  static let now: Int64 = 1_751_335_200  // 2025-07-01T10:00+08:00

  static func opening(_ kind: Kind = .fault, _ track: Track = .ordinary, urgency: Urgency = .ordinary) -> CaseOpening {
    CaseOpening(
      kind: kind, track: track, urgency: urgency, topic: "010301", regions: regions, station: station.unit,
      receivedAt: now)
  }

  static func actor(_ role: CaseRole, name: String = "someone", handler: CaseHandler? = nil) -> CaseActor {
    let own: CaseHandler? =
      switch role {
      case .department, .departmentHead: handler ?? housing
      case .stationKeeper: handler ?? station
      default: nil
      }
    return CaseActor(name: name, role: role, tracks: Set(Track.allCases), handler: own)
  }

  /// A case in a state, with nothing in the way of the row.
  static func file(_ state: CaseState, _ kind: Kind, _ track: Track, for row: CaseEdge?, by actor: CaseActor)
    -> CaseFile
  {
    var file = CaseFile(opening(kind, track))
    file.state = state
    file.version = 3
    file.handler = actor.handler ?? housing
    file.coHandlers = [actor.handler ?? power]
    file.priors = [CaseFile.Prior(
      state: .pending, handler: nil, coHandlers: [], isAdjudicated: false, moments: [:], pauses: [], claim: nil,
      snoozedUntil: nil)]
    for condition in row?.conditions ?? [] { make(condition, true, of: &file, actor) }
    return file
  }

  /// Makes a condition hold, or not; false where the case cannot break it, only the request can.
  @discardableResult
  static func make(_ condition: CaseCondition, _ holds: Bool, of file: inout CaseFile, _ actor: CaseActor) -> Bool {
    switch condition {
    case .isHandler: file.handler = holds ? actor.handler : CaseHandler(unit: "another")
    case .isCoHandler: file.coHandlers = holds ? [actor.handler ?? power] : []
    case .isKeeper:
      file.station = holds ? actor.handler?.unit : nil
      file.handler = housing
    case .isReturnable: file.isAdjudicated = !holds
    case .isBelowReturnLimit: file.hops = holds ? 0 : 2
    case .isNotReturnedByHandler: file.returnedBy = holds ? [] : [housing]
    case .hasProof: file.proofs = holds ? ["photo"] : []
    case .hasOutcome: file.outcome = holds ? .planned : nil
    case .isApproved: file.isApproved = holds
    case .isNotApproved: file.isApproved = !holds
    case .isWriterTold: file.isWriterTold = holds
    case .isBeforeDue: return false
    case .hasNoOpenExtension: file.askedExtension = holds ? nil : Allowance(1, .workingDays)
    case .hasOpenExtension: file.askedExtension = holds ? Allowance(1, .workingDays) : nil
    case .isNotSupervised: file.isSupervised = !holds
    case .isSupervised: file.isSupervised = holds
    case .isNotWaiting: file.pauses = holds ? [] : [ClockPause(.writer, from: now)]
    case .isWaiting: file.pauses = holds ? [ClockPause(.writer, from: now)] : []
    case .isFree: file.claim = holds ? nil : CaseClaim(actor: "another", until: now + 60)
    case .holdsClaim: file.claim = holds ? CaseClaim(actor: actor.name, until: now + 60) : nil
    case .isNotSnoozed: file.snoozedUntil = holds ? nil : now + 60
    case .isSnoozed: file.snoozedUntil = holds ? now + 60 : nil
    case .isReopenable: file.moments[.closed] = holds ? now - 86_400 : nil
    case .isUnpublished: file.isPublishable = !holds
    case .isUndoable:
      file.lastDecision = CaseEvent(
        number: holds ? 3 : 2, actor: actor.name, role: actor.role, at: now, action: .correct, before: .pending,
        after: file.state)
    }
    return true
  }

  /// Details that bring everything.
  static let details = CaseDetails {
    $0.reason = "理由"
    $0.rejection = .inCourt
    $0.basis = "职责清单第三条"
    $0.proposedOwner = power
    $0.handler = housing
    $0.text = "已更换井盖"
    $0.outcome = .solved
    $0.proofs = ["photo"]
    $0.target = 7
    $0.parts = [8, 9]
    $0.extra = Allowance(3, .workingDays)
    $0.until = now + 600
    $0.callBack = CallBackResult(isSolved: .yes, isSatisfied: .partly)
    $0.score = IdeaScore(feasible: 4, sustainable: 3, transferable: 5, publicBenefit: 4, new: 2)
    $0.award = "年度金点子"
    $0.urgency = .ordinary
    $0.undoes = 3
  }

  static func without(_ need: CaseNeed) -> CaseDetails {
    var details = details
    switch need {
    case .reason: details.reason = " \n"
    case .rejection: details.rejection = nil
    case .basis: details.basis = nil
    case .proposedOwner: details.proposedOwner = nil
    case .handler: details.handler = nil
    case .text: details.text = ""
    case .outcome: details.outcome = nil
    case .proof: details.proofs = []
    case .target: details.target = nil
    case .parts: details.parts = []
    case .extra: details.extra = nil
    case .until: details.until = nil
    case .callBack: details.callBack = nil
    case .score: details.score = nil
    case .award: details.award = nil
    case .correction: (details.kind, details.topic, details.urgency, details.regions) = (nil, nil, nil, nil)
    case .undoes: details.undoes = nil
    }
    return details
  }

  static let circumstances = CaseCircumstances(
    limits: CaseLimits(approval: .all), returnDue: now + 3600, answerDue: now + 3600)
}
