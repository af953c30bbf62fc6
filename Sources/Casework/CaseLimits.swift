/// 办理规则: the numbers of the casework that are not clocks. Read from `rules/casework.yaml`.
package struct CaseLimits: Sendable, Hashable {
  /// Whose answers the head of the unit approves.
  package enum Approval: Sendable, Hashable {
    case none
    case all
    case units(Set<String>)
  }

  /// After this many returns nobody dispatches any more: somebody decides.
  package var mostReturns: Int
  package var escalation: CaseEscalation
  /// Seconds in which a decision can be undone, unless it has its own.
  package var undoWindow: Int64
  package var undoWindows: [CaseAction: Int64]
  /// Seconds after closing in which a case can be reopened.
  package var reopenWindow: Int64
  /// Seconds a claim lasts.
  package var claimDuration: Int64
  package var approval: Approval

  package init(
    mostReturns: Int = 2, escalation: CaseEscalation = .lead, undoWindow: Int64 = 600,
    undoWindows: [CaseAction: Int64] = [:], reopenWindow: Int64 = 30 * 86_400, claimDuration: Int64 = 1_200,
    approval: Approval = .none
  ) {
    self.mostReturns = mostReturns
    self.escalation = escalation
    self.undoWindow = undoWindow
    self.undoWindows = undoWindows
    self.reopenWindow = reopenWindow
    self.claimDuration = claimDuration
    self.approval = approval
  }

  /// When a decision can no longer be undone, and messages about it may leave the outbox; nil for what cannot be
  /// undone at all.
  package func undoEnd(of event: CaseEvent) -> Int64? {
    event.action.isUndoable ? event.at + (undoWindows[event.action] ?? undoWindow) : nil
  }

  /// Whether the head of the unit has to stand behind its answers.
  package func needsApproval(_ handler: CaseHandler?) -> Bool {
    switch approval {
    case .none: false
    case .all: handler != nil
    case .units(let units): handler.map { units.contains($0.unit) } ?? false
    }
  }
}

/// Who decides when a case has been returned too often.
package enum CaseEscalation: UInt8, CaseIterable, Sendable {
  /// 审定: a lead says whose it is.
  case lead = 0
  /// 兜底: the district's fallback owner is proposed to the lead, who orders it.
  case fallback = 1

  package var code: String { self == .lead ? "lead" : "fallback" }
}
