package import Suggestions

/// What an act brings with it. Which of these an act needs stands in the table; what it does not need is kept as well.
package struct CaseDetails: Sendable, Hashable {
  /// Why, in the actor's own words.
  package var reason: String?
  package var rejection: RejectionReason?
  /// 依据: the rule or duty a return rests on.
  package var basis: String?
  /// Who the returning unit says should have it.
  package var proposedOwner: CaseHandler?
  package var handler: CaseHandler?
  package var coHandlers: [CaseHandler]?
  /// The answer, the question to the writer, the message, the co-handler's opinion, the instructions.
  package var text: String?
  package var outcome: CaseOutcome?
  /// Digests or numbers of the attachments that show the result.
  package var proofs: [String] = []
  /// The suggestion it is merged into.
  package var target: Int64?
  /// Suggestions that parts of it were split into.
  package var parts: [Int64] = []
  /// How much more time is asked for or granted.
  package var extra: Allowance?
  /// When a claim or a snooze ends; seconds since 1970.
  package var until: Int64?
  package var callBack: CallBackResult?
  package var score: IdeaScore?
  package var proposalNumber: String?
  package var award: String?
  package var kind: Kind?
  package var topic: String?
  package var lead: CaseLead?
  /// The smallest region first, then those it lies in.
  package var regions: [String]?
  package var urgency: Urgency?
  /// The place in the queue that what the act says of the case gives it, 0…99, support not counted; by the rules of the
  /// day it was said, so that it stands as the rest of the act does.
  package var priority: Int?
  /// Number of the event that is undone.
  package var undoes: Int?

  package init() {}

  package init(_ fill: (inout CaseDetails) -> Void) { fill(&self) }
}

/// One thing an act cannot be without.
package enum CaseNeed: UInt8, CaseIterable, Sendable {
  case reason = 1
  case rejection = 2
  case basis = 3
  case proposedOwner = 4
  case handler = 5
  case text = 6
  case outcome = 7
  case proof = 8
  case target = 9
  case extra = 10
  case until = 11
  case callBack = 12
  case score = 13
  case award = 14
  /// Kind, topic, place, urgency or a chosen lead: at least one of them.
  case correction = 15
  case undoes = 16
  case parts = 17

  package var code: String {
    switch self {
    case .reason: "reason"
    case .rejection: "rejection-reason"
    case .basis: "basis"
    case .proposedOwner: "proposed-owner"
    case .handler: "handler"
    case .text: "text"
    case .outcome: "outcome"
    case .proof: "proof"
    case .target: "target"
    case .extra: "extra-time"
    case .until: "until"
    case .callBack: "call-back-result"
    case .score: "score"
    case .award: "award"
    case .correction: "correction"
    case .undoes: "undone-event"
    case .parts: "parts"
    }
  }

  /// Whether the details bring it. White space is no reason.
  package func isMet(by details: CaseDetails) -> Bool {
    switch self {
    case .reason: CaseNeed.says(details.reason)
    case .rejection: details.rejection != nil
    case .basis: CaseNeed.says(details.basis)
    case .proposedOwner: details.proposedOwner != nil
    case .handler: details.handler != nil
    case .text: CaseNeed.says(details.text)
    case .outcome: details.outcome != nil
    case .proof: !details.proofs.isEmpty
    case .target: details.target != nil
    case .extra: details.extra != nil
    case .until: details.until != nil
    case .callBack: details.callBack != nil
    case .score: details.score != nil
    case .award: CaseNeed.says(details.award)
    case .correction:
      details.kind != nil || details.topic != nil || details.urgency != nil || details.regions != nil
        || details.lead?.isChosen ?? false
    case .undoes: details.undoes != nil
    case .parts: !details.parts.isEmpty
    }
  }

  private static func says(_ text: String?) -> Bool { text?.contains { !$0.isWhitespace } ?? false }
}
