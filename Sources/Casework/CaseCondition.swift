/// What has to hold in a case, beside its state, before an act is allowed.
package enum CaseCondition: UInt8, CaseIterable, Sendable {
  /// The actor's unit is the one the order went to.
  case isHandler = 1
  /// The actor's unit is named as a co-handler.
  case isCoHandler = 2
  /// The actor keeps the station the case came from or went to.
  case isKeeper = 3
  /// The window for returning is open, and the order does not rest on an adjudication.
  case isReturnable = 4
  /// No more returns than the limits allow; beyond them a lead adjudicates.
  case isBelowReturnLimit = 5
  /// The unit has not returned this case before.
  case isNotReturnedByHandler = 6
  /// A fault is closed on proof alone.
  case hasProof = 7
  case hasOutcome = 8
  /// The unit's head has approved the answer, where the limits ask for that.
  case isApproved = 9
  /// 闭环: the result message to the writer is recorded.
  case isWriterTold = 10
  /// Asked before the answer is due.
  case isBeforeDue = 11
  case hasNoOpenExtension = 12
  case hasOpenExtension = 13
  case isNotSupervised = 14
  case isSupervised = 15
  case isNotWaiting = 16
  case isWaiting = 17
  /// Nobody else holds a claim that runs.
  case isFree = 18
  /// The actor holds the claim; a lead may release anybody's.
  case holdsClaim = 19
  case isNotSnoozed = 20
  case isSnoozed = 21
  /// Not longer closed than the limits allow.
  case isReopenable = 22
  case isNotApproved = 23
  /// The last decision, within its window, by the same person or a lead.
  case isUndoable = 24
  case isUnpublished = 25

  package var code: String {
    switch self {
    case .isHandler: "is-handler"
    case .isCoHandler: "is-co-handler"
    case .isKeeper: "is-keeper"
    case .isReturnable: "is-returnable"
    case .isBelowReturnLimit: "is-below-return-limit"
    case .isNotReturnedByHandler: "is-not-returned-by-handler"
    case .hasProof: "has-proof"
    case .hasOutcome: "has-outcome"
    case .isApproved: "is-approved"
    case .isWriterTold: "is-writer-told"
    case .isBeforeDue: "is-before-due"
    case .hasNoOpenExtension: "has-no-open-extension"
    case .hasOpenExtension: "has-open-extension"
    case .isNotSupervised: "is-not-supervised"
    case .isSupervised: "is-supervised"
    case .isNotWaiting: "is-not-waiting"
    case .isWaiting: "is-waiting"
    case .isFree: "is-free"
    case .holdsClaim: "holds-claim"
    case .isNotSnoozed: "is-not-snoozed"
    case .isSnoozed: "is-snoozed"
    case .isReopenable: "is-reopenable"
    case .isNotApproved: "is-not-approved"
    case .isUndoable: "is-undoable"
    case .isUnpublished: "is-unpublished"
    }
  }
}
