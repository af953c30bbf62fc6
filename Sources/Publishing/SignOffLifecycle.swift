/// 三审流程: the one table of what may be done to an issue. What is not a row is illegal; for one act and state there is
/// at most one row. Nothing leads out of ``SignOffState/published``.
package enum SignOffLifecycle {
  private static let signed: Set<SignOffState> = [.edited, .firstReviewed, .secondReviewed, .thirdReviewed]
  private static let open = signed.union([.draft])

  package static let edges: [SignOffEdge] = [
    // Whatever is changed after a signature is something nobody signed.
    SignOffEdge(.revise, open, to: .draft, needs: [.hash]),
    SignOffEdge(.forget, open, to: .draft),
    SignOffEdge(.sendBack, signed, to: .draft, needs: [.reason]),
    // 错词 are settled before the language is reviewed, not after.
    SignOffEdge(
      .accept, [.draft, .edited], to: nil, needs: [.hash, .word, .reason], when: [.isUnchanged, .isHit]),
    SignOffEdge(.signEdit, [.draft], to: .edited, needs: [.hash], when: [.isUnchanged, .isSomebodyElse]),
    SignOffEdge(
      .signFirst, [.edited], to: .firstReviewed, needs: [.hash], when: [.isUnchanged, .isWordSettled, .isSomebodyElse]),
    SignOffEdge(
      .signSecond, [.firstReviewed], to: .secondReviewed, needs: [.hash], when: [.isUnchanged, .isSomebodyElse]),
    SignOffEdge(
      .signThird, [.secondReviewed], to: .thirdReviewed, needs: [.hash],
      when: [.isUnchanged, .isSecrecyTicked, .isPersonalDataTicked, .isSomebodyElse]),
    SignOffEdge(.tickSecrecy, ticking, to: nil, needs: [.hash], when: [.isUnchanged, .isNotTicked, .isSomebodyElse]),
    SignOffEdge(
      .tickPersonalData, ticking, to: nil, needs: [.hash], when: [.isUnchanged, .isNotTicked, .isSomebodyElse]),
    SignOffEdge(.publish, [.thirdReviewed], to: .published, needs: [.hash], when: [.isUnchanged, .isComplete]),
  ]

  /// What the editor has not put a name to is not there to be checked; the third review decides on what was checked.
  private static let ticking: Set<SignOffState> = [.edited, .firstReviewed, .secondReviewed]

  /// Which states an act may lead from and to.
  package static var steps: Set<[SignOffState]> {
    Set(edges.flatMap { row in row.from.map { [$0, row.target(from: $0)] } })
  }

  package static func edge(of action: SignOffAction, from state: SignOffState) -> SignOffEdge? {
    edges.first { $0.action == action && $0.from.contains(state) }
  }

  /// Whether an actor may do this to an issue now, and the event that comes of it. Asks in the order in which a person
  /// can mend it: the state, the role, the reach, then what is missing, then what does not hold, all of each at once.
  package static func outcome(
    of request: SignOffRequest, on file: SignOffFile, by actor: SignOffActor, under duties: SignOffDuties
  ) -> Result<SignOffEvent, SignOffRefusal> {
    let action = request.action
    func refusal(_ to: SignOffState, _ facts: [SignOffRefusal.Fact]) -> Result<SignOffEvent, SignOffRefusal> {
      .failure(SignOffRefusal(action, from: file.state, to: to, facts))
    }
    guard let row = edge(of: action, from: file.state) else {
      let rows = edges.filter { $0.action == action }
      let allowed = rows.reduce(into: Set()) { $0.formUnion($1.from) }.sorted { $0.rawValue < $1.rawValue }
      return refusal(rows.first?.to ?? file.state, [.noEdge(allowedFrom: allowed)])
    }
    let to = row.target(from: file.state)
    let allowed = action.isAutomatic ? [] : duties.roles[action] ?? []
    guard allowed.contains(actor.role) else { return refusal(to, [.role(actor.role, allowed: allowed.sorted())]) }
    guard actor.isCityWide else { return refusal(to, [.partOfCity]) }
    let missing = row.needs.filter { !request.meets($0) }
    guard missing.isEmpty else { return refusal(to, missing.map(SignOffRefusal.Fact.missing)) }
    let unmet = row.conditions.flatMap { objections($0, request, file, actor, duties) }
    guard unmet.isEmpty else { return refusal(to, unmet) }
    return .success(event(request, row, file, actor))
  }

  /// The acts to offer: those that only lack what a person brings. What stands in the way of the others is told by
  /// ``outcome(of:on:by:under:)``.
  ///
  /// - Parameter content: what the issue says now.
  package static func actions(
    on file: SignOffFile, saying content: SignOffContent, hits: [SignOffHit], by actor: SignOffActor, at moment: Int64,
    under duties: SignOffDuties
  ) -> [SignOffAction] {
    SignOffAction.allCases.filter { action in
      let request = SignOffRequest(
        action, at: moment, content: content, hits: hits, reason: "-", word: file.open(hits).first)
      guard case .success = outcome(of: request, on: file, by: actor, under: duties) else { return false }
      return true
    }
  }

  private static func event(
    _ request: SignOffRequest, _ row: SignOffEdge, _ file: SignOffFile, _ actor: SignOffActor
  ) -> SignOffEvent {
    let isUnread = row.action == .sendBack
    var event = SignOffEvent(
      number: file.version + 1, actor: actor.name, display: actor.display, role: actor.role, at: request.at,
      action: row.action, before: file.state, after: row.target(from: file.state),
      hash: isUnread ? file.content.hash : request.content.hash, reason: request.reason)
    if row.action.step != nil { event.alongside = file.steps(of: actor.name) }
    if row.action == .accept { event.word = request.word }
    if row.action.changesContent { event.content = request.content }
    return event
  }

  /// The event of an erasure that took an editor's words; nil where there is nothing left to change.
  ///
  /// - Parameter content: what the issue is made of now; nobody has looked at what it says.
  package static func forgetting(
    _ content: SignOffContent, in file: SignOffFile, by actor: String, at moment: Int64
  ) -> SignOffEvent? {
    guard let row = edge(of: .forget, from: file.state) else { return nil }
    var content = content
    content.hash = ""
    let actor = SignOffActor(name: actor, display: "", role: "")
    return event(SignOffRequest(.forget, at: moment, content: content), row, file, actor)
  }

  private static func objections(
    _ condition: SignOffCondition, _ request: SignOffRequest, _ file: SignOffFile, _ actor: SignOffActor,
    _ duties: SignOffDuties
  ) -> [SignOffRefusal.Fact] {
    let (frozen, found) = (file.content.hash, request.content.hash)
    switch condition {
    case .isUnchanged: return frozen == found ? [] : [.otherContent(frozen: frozen, found: found)]
    case .isWordSettled: return file.open(request.hits).map(SignOffRefusal.Fact.openWord)
    case .isHit:
      guard let word = request.word, !file.open(request.hits).contains(word) else { return [] }
      return [.noSuchHit(word)]
    case .isNotTicked:
      return request.action.step.flatMap(file.signature).map { [.repeated($0.step, by: $0.actor)] } ?? []
    case .isSecrecyTicked: return file.signature(.secrecy) == nil ? [.unsigned(.secrecy)] : []
    case .isPersonalDataTicked: return file.signature(.personalData) == nil ? [.unsigned(.personalData)] : []
    case .isSomebodyElse:
      guard let step = request.action.step else { return [] }
      return file.steps(of: actor.name).filter { !duties.allows(step, with: $0) }
        .map { .doubled(step, with: $0, by: actor.name) }
    case .isComplete: return file.missing.map(SignOffRefusal.Fact.unsigned) + doubled(file, duties) + stale(file)
    }
  }

  private static func stale(_ file: SignOffFile) -> [SignOffRefusal.Fact] {
    file.signatures.filter { $0.hash != file.content.hash }
      .map { .otherContent(frozen: $0.hash, found: file.content.hash) }
  }

  /// Under the rules as they are: what was allowed when it was signed may be so no longer.
  private static func doubled(_ file: SignOffFile, _ duties: SignOffDuties) -> [SignOffRefusal.Fact] {
    file.signatures.enumerated().flatMap { index, one in
      file.signatures[(index + 1)...].filter { other in
        one.actor == other.actor && !duties.allows(one.step, with: other.step)
      }.map { .doubled($0.step, with: one.step, by: one.actor) }
    }
  }
}

/// What somebody wants to do to an issue, when, and what the issue says at that moment.
package struct SignOffRequest: Sendable, Hashable {
  package var action: SignOffAction
  /// Seconds since 1970. Time is a value here as everywhere.
  package var at: Int64
  /// Of what the issue says now. A sending back is for what was frozen, whatever it says now.
  package var content: SignOffContent
  /// Of the wrong-word list in what it says now.
  package var hits: [SignOffHit]
  /// 意见 with a signature.
  package var reason: String?
  /// Of an acceptance.
  package var word: SignOffHit?

  package init(
    _ action: SignOffAction, at: Int64, content: SignOffContent, hits: [SignOffHit] = [], reason: String? = nil,
    word: SignOffHit? = nil
  ) {
    self.action = action
    self.at = at
    self.content = content
    self.hits = hits
    self.reason = reason
    self.word = word
  }

  package func meets(_ need: SignOffNeed) -> Bool {
    switch need {
    case .reason: reason?.contains { !$0.isWhitespace } ?? false
    case .hash: SignOffContent.isHash(content.hash)
    case .word: word != nil
    }
  }
}
