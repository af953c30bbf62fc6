package import Suggestions

/// 案卷: where a case stands after its events, with every overlay.
package struct CaseFile: Sendable, Hashable {
  package var state: CaseState = .pending
  package var kind: Kind
  package var track: Track
  package var urgency: Urgency
  package var topic: String
  package var regions: [String]
  package var station: String?
  /// 建议承办: whose it seems to be.
  package var lead: CaseLead?
  /// What people said it is; stands against every new verdict of the machine.
  package var corrections = CaseDetails()
  /// 已转敏感通道.
  package var isDiverted = false
  /// 主办.
  package var handler: CaseHandler?
  /// 协办.
  package var coHandlers: [CaseHandler] = []

  /// How many events there are, undone ones too: the version a writer must have seen.
  package var version = 0
  /// 轮次: 0, and one more with every reopening. Clocks, proofs and messages are those of the round.
  package var round = 0
  package var moments: [ClockMoment: Int64] = [:]
  package var pauses: [ClockPause] = []
  package var grants: [ExtensionGrant] = []
  /// What the unit asks for and has no answer to yet.
  package var askedExtension: Allowance?

  /// 退单次数, over all rounds.
  package var hops = 0
  /// Who has returned it. A unit is not given the same case twice except by adjudication.
  package var returnedBy: Set<CaseHandler> = []
  package var proposedOwner: CaseHandler?
  package var isAdjudicated = false

  package var outcome: CaseOutcome?
  package var proofs: [String] = []
  package var isApproved = false
  package var isWriterTold = false
  package var callBack: CallBackResult?
  package var mergedInto: Int64?
  /// 已拆出: suggestions that parts of it were split into.
  package var parts: [Int64] = []
  package var rejection: RejectionReason?

  package var urgings = 0
  package var isSupervised = false
  package var claim: CaseClaim?
  package var snoozedUntil: Int64?

  package var isShortlisted = false
  /// The last score of each judge.
  package var scores: [String: IdeaScore] = [:]
  package var isAdopted = false
  package var proposalNumber: String?
  package var awards: [String] = []
  package var isPublishable = false

  /// The last act that is not a note; only that one can be undone.
  package var lastDecision: CaseEvent?
  /// What recalling an order, parting a merge or restoring from the archive goes back to.
  /// One for each that was not gone back from, the newest last: an order may be recalled after a merge was parted.
  package var priors: [Prior] = []

  /// The part of a case that an order, a merge or the archive changes.
  package struct Prior: Sendable, Hashable {
    package var state: CaseState
    package var handler: CaseHandler?
    package var coHandlers: [CaseHandler]
    package var isAdjudicated: Bool
    package var moments: [ClockMoment: Int64]
    package var pauses: [ClockPause]
    package var claim: CaseClaim?
    package var snoozedUntil: Int64?

    package init(
      state: CaseState, handler: CaseHandler?, coHandlers: [CaseHandler], isAdjudicated: Bool, moments: [ClockMoment: Int64], pauses: [ClockPause], claim: CaseClaim?, snoozedUntil: Int64?
    ) {
      self.state = state
      self.handler = handler
      self.coHandlers = coHandlers
      self.isAdjudicated = isAdjudicated
      self.moments = moments
      self.pauses = pauses
      self.claim = claim
      self.snoozedUntil = snoozedUntil
    }
  }

  package init(_ opening: CaseOpening) {
    kind = opening.kind
    track = opening.track
    urgency = opening.urgency
    topic = opening.topic
    regions = opening.regions
    station = opening.station
    lead = opening.lead
    moments[.received] = opening.receivedAt
    moments[.submitted] = opening.submittedAt ?? opening.receivedAt
  }

  /// Puts a newer verdict of the machine in the place of an older one; what people decided stays.
  mutating func follow(_ opening: CaseOpening) {
    kind = corrections.kind ?? opening.kind
    topic = corrections.topic ?? opening.topic
    regions = corrections.regions ?? opening.regions
    urgency = corrections.urgency ?? opening.urgency
    lead = corrections.lead ?? opening.lead
    track = isDiverted ? .sensitive : opening.track
    station = opening.station
    guard round == 0 else { return }
    moments[.received] = opening.receivedAt
    moments[.submitted] = opening.submittedAt ?? opening.receivedAt
  }

  /// 待补充: the clocks that allow it stand still until the writer has answered.
  package var isWaitingForWriter: Bool { pauses.contains { $0.cause == .writer && $0.until == nil } }

  /// Open311 knows two states.
  package var isOpen: Bool {
    switch state {
    case .rejected, .merged, .closed, .archived: false
    case .pending, .dispatched, .signed, .returned, .answered, .reopened: true
    }
  }
}

/// 认领: whose hands a case of the queue is in.
package struct CaseClaim: Sendable, Hashable {
  package var actor: String
  /// Seconds since 1970; over by itself then, as people go home.
  package var until: Int64

  package init(actor: String, until: Int64) {
    self.actor = actor
    self.until = until
  }
}

/// Why a clock may stand still.
package enum PauseCause: UInt8, CaseIterable, Sendable {
  /// Waiting for what the writer was asked for.
  case writer = 0
  /// 退单在途: between a return and the next order; the unit that gets it at last is not charged with it.
  case returned = 1

  package var code: String { self == .writer ? "writer" : "returned" }
}

package struct ClockPause: Sendable, Hashable {
  package var cause: PauseCause
  /// Seconds since 1970.
  package var from: Int64
  /// Nil while it lasts.
  package var until: Int64?

  package init(_ cause: PauseCause, from: Int64, until: Int64? = nil) {
    self.cause = cause
    self.from = from
    self.until = until
  }
}

/// 延期: more time, granted at a moment.
package struct ExtensionGrant: Sendable, Hashable {
  package var at: Int64
  package var extra: Allowance

  package init(at: Int64, extra: Allowance) {
    self.at = at
    self.extra = extra
  }
}

/// 时点: what clocks start and stop at.
package enum ClockMoment: UInt8, CaseIterable, Sendable {
  /// 提交: when the writer wrote it, where that is known.
  case submitted = 0
  /// 收到: when the platform had it.
  case received = 1
  /// 首次派单: the first order of the round. Outer clocks start here, so that not signing wins nobody any time.
  case dispatched = 2
  /// 派到承办单位: the order to the unit that has it now.
  case assigned = 3
  case signed = 4
  case arrived = 5
  case resolved = 6
  case answered = 7
  case returned = 8
  case told = 9
  case closed = 10
  case rejected = 11
  case merged = 12

  package var code: String {
    switch self {
    case .submitted: "submitted"
    case .received: "received"
    case .dispatched: "dispatched"
    case .assigned: "assigned"
    case .signed: "signed"
    case .arrived: "arrived"
    case .resolved: "resolved"
    case .answered: "answered"
    case .returned: "returned"
    case .told: "told"
    case .closed: "closed"
    case .rejected: "rejected"
    case .merged: "merged"
    }
  }
}
