/// One row of the table: an act, where it may be taken, where it leads, what it needs and what has to hold.
package struct SignOffEdge: Sendable, Hashable {
  package var action: SignOffAction
  package var from: Set<SignOffState>
  /// Nil where the state stays.
  package var to: SignOffState?
  package var needs: [SignOffNeed]
  package var conditions: [SignOffCondition]

  init(
    _ action: SignOffAction, _ from: Set<SignOffState>, to: SignOffState?, needs: [SignOffNeed] = [],
    when conditions: [SignOffCondition] = []
  ) {
    self.action = action
    self.from = from
    self.to = to
    self.needs = needs
    self.conditions = conditions
  }

  package func target(from state: SignOffState) -> SignOffState { to ?? state }
}

/// What an act has to bring.
package enum SignOffNeed: UInt8, CaseIterable, Sendable {
  case reason = 1
  /// SHA-256 of what the issue says now, in 64 hexadecimal digits.
  case hash = 2
  /// The word of the list that is accepted, and where.
  case word = 3

  package var code: String {
    switch self {
    case .reason: "reason"
    case .hash: "hash"
    case .word: "word"
    }
  }
}

/// What has to hold in an issue, beside its state, before an act is allowed.
package enum SignOffCondition: UInt8, CaseIterable, Sendable {
  /// The issue says what it said when it was last frozen.
  case isUnchanged = 1
  /// 错词已改或照用: every hit of the wrong-word list is gone or accepted with a reason.
  case isWordSettled = 2
  /// Nobody takes two steps that the house keeps apart.
  case isSomebodyElse = 3
  case isNotTicked = 4
  case isSecrecyTicked = 5
  case isPersonalDataTicked = 6
  /// Every signature and tick is there, each under this content, no two by one person that the house keeps apart.
  case isComplete = 7
  /// What is accepted stands in the text.
  case isHit = 8

  package var code: String {
    switch self {
    case .isUnchanged: "is-unchanged"
    case .isWordSettled: "is-word-settled"
    case .isSomebodyElse: "is-somebody-else"
    case .isNotTicked: "is-not-ticked"
    case .isSecrecyTicked: "is-secrecy-ticked"
    case .isPersonalDataTicked: "is-personal-data-ticked"
    case .isComplete: "is-complete"
    case .isHit: "is-hit"
    }
  }
}
