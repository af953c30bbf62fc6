package import Suggestions

extension CaseIndicator {
  /// 办件: whether a case of this kind asks for something to be done or answered.
  package static func asks(_ kind: Kind) -> Bool { kind != .contribution && kind != .praise }
}

extension CaseWalk {
  /// What a case adds to the figures of its groups.
  func observations(of record: CaseRecord, asOf moment: Int64) -> [CaseObservation] {
    var seen: [CaseObservation] = []
    seen.reserveCapacity(12)
    func count(_ indicator: CaseIndicator, _ count: Int) {
      seen.append(CaseObservation(what: .count(indicator, count), unit: file.handler))
    }
    func share(_ indicator: CaseIndicator, _ isPart: Bool, _ unit: CaseHandler?) {
      seen.append(CaseObservation(what: .share(indicator, isPart: isPart), unit: unit))
    }
    count(.received, 1)
    count(.submissions, record.submissions)
    count(.support, record.support)
    if file.kind == .contribution { count(.contributions, 1) }
    if CaseIndicator.asks(file.kind) {
      share(.dispatched, !orders.isEmpty, file.handler)
      share(.rejected, isRejected, file.handler)
      if !isRejected { share(.closed, file.state == .closed || file.state == .archived, file.handler) }
      if let isDiscovered = record.isDiscovered { share(.discovered, isDiscovered, file.handler) }
      if let firstResponse {
        seen.append(CaseObservation(what: .sample(.response, firstResponse - record.receivedAt)))
      }
      for closing in closings { share(.reopened, closing.isReopened, closing.handler) }
    }
    for order in orders { share(.returned, order.isReturned, order.handler) }
    for call in callBacks {
      let (solved, satisfied) = (call.result.isSolved, call.result.isSatisfied)
      share(.solvedResponse, solved != .unknown, call.handler)
      share(.satisfiedResponse, satisfied != .unknown, call.handler)
      if solved != .unknown { share(.solved, solved == .yes, call.handler) }
      if satisfied != .unknown { share(.satisfied, satisfied == .yes, call.handler) }
    }
    for one in stopped {
      share(.onTime(one.clock), one.isInTime, one.handler)
      seen.append(CaseObservation(what: .sample(.used(one.clock), one.used), unit: one.handler))
    }
    for one in open { share(.overdue(one.clock), moment > one.due, one.handler) }
    return seen
  }

  /// In the archive a rejection stays one.
  private var isRejected: Bool { file.rejection != nil && (file.state == .rejected || file.state == .archived) }
}
