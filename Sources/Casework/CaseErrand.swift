internal import Suggestions

/// 带话: what somebody has to carry to a writer who is reached in person alone.
package struct CaseErrand: Sendable, Hashable {
  package enum What: UInt8, CaseIterable, Sendable {
    case answer = 0
    /// 不予受理.
    case rejection = 1
    /// 待补充: the platform or the unit asks for something.
    case question = 2

    package var code: String {
      switch self {
      case .answer: "answer"
      case .rejection: "rejection"
      case .question: "question"
      }
    }
  }

  package var what: What
  /// Since when it waits to be carried; seconds since 1970.
  package var since: Int64
  /// The answer or the question.
  package var text: String?
  package var rejection: RejectionReason?
}

extension CaseHistory {
  /// What the writer has to be told and was not. Nil for nothing, and while it can still be taken back: who has walked
  /// to somebody cannot walk back.
  package func errand(limits: CaseLimits, asOf moment: Int64) throws(CaseHistoryFault) -> CaseErrand? {
    let file = try file()
    let standing = try standingEvents()
    func last(_ actions: Set<CaseAction>) -> CaseEvent? { standing.last { actions.contains($0.action) } }
    func isOut(_ event: CaseEvent) -> Bool { limits.undoEnd(of: event).map { $0 < moment } ?? true }
    if file.isWaitingForWriter {
      guard let asked = last([.askWriter]), isOut(asked) else { return nil }
      return CaseErrand(what: .question, since: asked.at, text: asked.details.text)
    }
    guard !file.isWriterTold else { return nil }
    switch file.state {
    case .rejected:
      guard let rejected = last([.reject]), isOut(rejected) else { return nil }
      return CaseErrand(what: .rejection, since: rejected.at, rejection: file.rejection)
    case .answered:
      guard let answer = last([.answer, .reply]), isOut(answer) else { return nil }
      var since = answer.at
      if limits.needsApproval(file.handler), answer.action == .answer {
        guard file.isApproved else { return nil }
        if let approval = last([.approve]), approval.number > answer.number {
          guard isOut(approval) else { return nil }
          since = approval.at
        }
      }
      return CaseErrand(what: .answer, since: since, text: answer.details.text)
    default: return nil
    }
  }
}
