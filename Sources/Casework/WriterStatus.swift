internal import Suggestions

/// 进度: what the writer of a case may know of it, for whoever holds the receipt.
///
/// Made of what has gone out and nothing else. Who works on it, what units return to each other, notes, reasons in
/// somebody's own words and priorities are not in it; a unit is named only as the one that answered. What could still
/// be taken back within its window is not shown yet, as messages to the outside wait for that too. On the sensitive
/// track it says that the case was received, is with designated staff, or was answered, and no more: who finds the slip
/// learns nothing.
package struct WriterStatus: Sendable, Hashable {
  package var stage: Stage
  /// 并案: handled together with what others wrote; the answer is for all of them.
  package var isJoined: Bool
  /// Earliest first.
  package var steps: [Step]
  /// Until there is an answer.
  package var promise: Promise?
  /// 延期, as announced.
  package var extra: Allowance?
  /// What the writer is asked for.
  package var question: Question?
  package var answer: Answer?
  /// Why it was not taken up. The sentence is made from it elsewhere.
  package var rejection: RejectionReason?
  package var followUp: FollowUp?
  /// Suggestions that parts of what was handed in were split into; each has a status of its own. None is told of on the
  /// sensitive track.
  package var parts: [Int64] = []

  /// Where it is, as its writer sees it.
  package enum Stage: UInt8, CaseIterable, Sendable {
    case received = 0
    /// 审核中: somebody looks at it.
    case considered = 1
    /// 已转办: the unit that can act has it; it stays so whatever units say to each other.
    case assigned = 2
    /// 待您补充.
    case waiting = 3
    case answered = 4
    case closed = 5
    /// 不予受理.
    case notTakenUp = 6
    /// 专人办理: all that is said of the sensitive track.
    case restricted = 7

    package var code: String {
      switch self {
      case .received: "received"
      case .considered: "considered"
      case .assigned: "assigned"
      case .waiting: "waiting"
      case .answered: "answered"
      case .closed: "closed"
      case .notTakenUp: "not-taken-up"
      case .restricted: "restricted"
      }
    }

    /// Whether the writer has a result.
    package var isTold: Bool { self == .answered || self == .closed || self == .notTakenUp }
  }

  /// Something that happened, and when.
  package struct Step: Sendable, Hashable {
    package enum What: UInt8, CaseIterable, Sendable {
      case received = 0
      case considered = 1
      case merged = 2
      case assigned = 3
      case asked = 4
      /// The work goes on after the question.
      case resumed = 5
      case extended = 6
      case answered = 7
      case closed = 8
      case notTakenUp = 9
      /// 重新办理: what was told holds no longer.
      case reopened = 10
      case restricted = 11
      /// 分开办理: handed on as several matters.
      case split = 12

      package var code: String {
        switch self {
        case .received: "received"
        case .considered: "considered"
        case .merged: "merged"
        case .assigned: "assigned"
        case .asked: "asked"
        case .resumed: "resumed"
        case .extended: "extended"
        case .answered: "answered"
        case .closed: "closed"
        case .notTakenUp: "not-taken-up"
        case .reopened: "reopened"
        case .restricted: "restricted"
        case .split: "split"
        }
      }
    }

    package var what: What
    /// Seconds since 1970.
    package var at: Int64

    package init(_ what: What, at: Int64) {
      self.what = what
      self.at = at
    }
  }

  /// When the answer is due.
  package struct Promise: Sendable, Hashable {
    /// Seconds since 1970.
    package var by: Int64
    /// A year whose holidays are not announced yet lies in it.
    package var isProvisional: Bool
    package var isLate: Bool
    /// It is counted on when the writer has answered the question.
    package var isPaused: Bool
  }

  package struct Question: Sendable, Hashable {
    package var text: String
    package var at: Int64
  }

  package struct Answer: Sendable, Hashable {
    package var text: String
    package var at: Int64
    /// Nil where the platform answered itself.
    package var unit: CaseHandler?
    /// A to D, of ideas and where the unit said so.
    package var outcome: CaseOutcome?
  }

  /// 追问与评价: what the writer may still say to it.
  package struct FollowUp: Sendable, Hashable {
    /// Seconds since 1970.
    package var until: Int64
    /// Whether saying that it is not done opens it again.
    package var mayReopen: Bool
    package var isRated: Bool
  }

  /// - Parameters:
  ///   - history: of the suggestion the submission came to.
  ///   - other: of the one it is merged into, at the end of the way there.
  ///   - received: when the submission of this receipt came in, where it is not the one that opened the suggestion;
  ///     seconds since 1970, as all moments here.
  ///   - isJoined: whether it was joined to a suggestion that others had opened.
  ///   - isBrought: whether this is what is carried to the writer, so that an answer that waits to be told is in it: it
  ///     is told by being brought.
  package init(
    of history: CaseHistory, handledWith other: CaseHistory? = nil, received: Int64? = nil, isJoined: Bool = false,
    isBrought: Bool = false, limits: CaseLimits, clocks: ClockBook, calendar: WorkingCalendar, asOf moment: Int64
  ) throws(CaseHistoryFault) {
    let own = try WriterReading(history, limits: limits, asOf: moment, isBrought: isBrought)
    let isMerged = own.file.state == .merged
    var lead = own
    if isMerged, let other {
      lead = try WriterReading(other, limits: limits, asOf: moment, isBrought: isBrought)
    }
    stage = lead.stage
    self.isJoined = isJoined || isMerged
    steps = own.steps
    if isMerged {
      // The question there is somebody else's to answer.
      if stage == .waiting { stage = lead.file.moments[.dispatched] == nil ? .considered : .assigned }
      if stage == .received { stage = .considered }
      steps += lead.steps.filter { WriterReading.shared.contains($0.what) }
    }
    if let received {
      steps.removeAll { [.considered, .split].contains($0.what) && $0.at < received }
      for index in steps.indices where steps[index].what == .received { steps[index].at = received }
    }
    WriterReading.sort(&steps)
    if own.isSensitive || lead.isSensitive {
      self.restrict(isTold: lead.file.isWriterTold)
      return
    }
    parts = own.file.parts
    if stage.isTold {
      if stage == .notTakenUp { rejection = lead.file.rejection } else { answer = lead.answer }
      followUp = lead.followUp(limits, asOf: moment)
    } else {
      extra = lead.file.grants.last?.extra
      promise = lead.promise(clocks, calendar, asOf: moment)
      if stage == .waiting { question = lead.question }
    }
  }

  private mutating func restrict(isTold: Bool) {
    stage =
      switch stage {
      case .received: .received
      case .answered, .closed, .notTakenUp: isTold ? .answered : .restricted
      default: .restricted
      }
    var kept: [Step] = []
    for step in steps {
      let what: Step.What =
        switch step.what {
        case .received: .received
        case .answered, .closed: .answered
        case .notTakenUp: isTold ? .answered : .restricted
        default: .restricted
        }
      if kept.last?.what != what { kept.append(Step(what, at: step.at)) }
    }
    steps = kept
  }
}
