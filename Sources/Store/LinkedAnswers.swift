package import Casework
package import Suggestions

/// Why no link is made.
package enum AnswerLinkRefusal: Error, Sendable, Hashable {
  case unknown(Int)
  /// Nobody has it to answer; the state it stands in.
  case noOrder(CaseState)
  /// What is for designated staff is answered by people who have signed in.
  case sensitive
}

/// Why an answer by a link does not happen. The link stays as good as it was.
package enum LinkedAnswerRefusal: Error, Sendable, Hashable {
  case link(LinkRefusal)
  case act(CaseActRefusal)
}

extension CaseHistory {
  /// The order that stands: the last one given to the unit that has the case, while it is dispatched or signed. With
  /// which order of the case it is, from 1.
  package func standingOrder() throws(CaseHistoryFault) -> (event: CaseEvent, ordinal: Int, unit: CaseHandler)? {
    let file = try file()
    let orders = try standingEvents().filter { $0.action == .dispatch || $0.action == .adjudicate }
    guard file.state == .dispatched || file.state == .signed, let event = orders.last, let unit = file.handler,
      event.details.handler == unit
    else { return nil }
    return (event, orders.count, unit)
  }

  /// Whether the contact was released for the order that stands, and not for one before it.
  package func isContactReleased() throws(CaseHistoryFault) -> Bool {
    guard let order = try standingOrder() else { return false }
    return try standingEvents().contains { $0.action == .releaseContact && $0.number > order.event.number }
  }
}

extension SuggestionStore {
  /// A link that lets the unit that has a case answer it without an account. Made, it is part of the history, without
  /// its token.
  ///
  /// - Parameters:
  ///   - until: the last second it is good for; seconds since 1970.
  ///   - actor: who makes it.
  package func answerLink(
    on id: Int, until: Int64, by actor: String, at moment: Int64, under rules: CaseworkRules
  ) throws(StoreFault) -> Result<(token: String, link: SignedLink), AnswerLinkRefusal> {
    try write { session throws(StoreFault) in
      guard let history = try CaseRows(session, regionPath: rules.regionPath).reading(of: id)?.history else {
        return .failure(.unknown(id))
      }
      let file = try CaseActing.file(history, id)
      // What folds to a file has a standing order or has none.
      guard let order = try? history.standingOrder() else { return .failure(.noOrder(file.state)) }
      if file.track == .sensitive { return .failure(.sensitive) }
      let link = SignedLink(.answer, suggestion: id, event: order.event.number, unit: order.unit, expiresAt: until)
      var payload = JSONWriter()
      payload.object {
        $0.field("purpose", link.purpose.code)
        $0.field("order", link.event)
        $0.field("until", until)
      }
      try History.append(
        History.Event(at: moment, actor: actor, action: "link", subject: id, payload: payload.text), to: session)
      return .success((try token(of: link), link))
    }
  }

  /// Answers as the unit a link was made for: signs for the order where nobody has, says with proof that the thing is
  /// mended where it is one to mend, and answers, all of it in one transaction with the using up of the link. The
  /// actor is `link:` and the number of the order's event within the case.
  ///
  /// - Parameter details: of the answer: text, outcome, proofs.
  package func answer(
    byLink token: String, _ details: CaseDetails, at moment: Int64, under rules: CaseworkRules
  ) throws(StoreFault) -> Result<CaseDone, LinkedAnswerRefusal> {
    try write { session throws(StoreFault) in
      try session.attempt { () throws(StoreFault) -> Result<CaseDone, LinkedAnswerRefusal> in
        switch try useLink(token, for: .answer, at: moment, in: session) {
        case .failure(let refusal): return .failure(.link(refusal))
        case .success(let link): return try answer(by: link, details, at: moment, CaseActing(session, rules))
        }
      }
    }
  }

  private func answer(
    by link: SignedLink, _ details: CaseDetails, at moment: Int64, _ acting: CaseActing
  ) throws(StoreFault) -> Result<CaseDone, LinkedAnswerRefusal> {
    let id = link.suggestion
    guard let history = try CaseRows(acting.session, regionPath: acting.rules.regionPath).reading(of: id)?.history
    else { return .failure(.act(.unknown(id))) }
    let file = try CaseActing.file(history, id)
    guard let standing = try? history.standingEvents(), !link.isSuperseded(in: standing) else {
      return .failure(.link(.superseded))
    }
    let actor = CaseActor(
      name: "link:\(link.event)", role: link.unit.isStation ? .stationKeeper : .department, tracks: [.ordinary],
      handler: link.unit)
    func act(_ action: CaseAction, _ details: CaseDetails) throws(StoreFault) -> Result<CaseDone, CaseActRefusal> {
      try acting.act(
        CaseRequest(action, at: moment, details: details), on: id, seen: nil, by: actor, isConfirmed: false)
    }
    var details = details
    if file.state == .dispatched, case .failure(let refusal) = try act(.sign, CaseDetails()) {
      return .failure(.act(refusal))
    }
    let isMended = CaseLifecycle.edges(of: .resolve).contains { $0.kinds.contains(file.kind) }
    if isMended, !details.proofs.isEmpty, file.moments[.resolved] == nil {
      let proofs = CaseDetails { $0.proofs = details.proofs }
      if case .failure(let refusal) = try act(.resolve, proofs) { return .failure(.act(refusal)) }
      details.proofs = []
    }
    return try act(.answer, details).mapError { .act($0) }
  }
}

extension SQLSession {
  /// A part of a transaction that leaves nothing behind where it ends in a refusal.
  func attempt<Value, Refusal>(
    _ body: () throws(StoreFault) -> Result<Value, Refusal>
  ) throws(StoreFault) -> Result<Value, Refusal> {
    try execute("SAVEPOINT attempt")
    let result = try body()
    if case .failure = result { try execute("ROLLBACK TO SAVEPOINT attempt") }
    try execute("RELEASE SAVEPOINT attempt")
    return result
  }
}
