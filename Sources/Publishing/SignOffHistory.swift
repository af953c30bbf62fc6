/// An issue and everything that was done to it.
package struct SignOffHistory: Sendable, Hashable {
  package var opening: SignOffOpening
  package private(set) var events: [SignOffEvent] = []

  package init(_ opening: SignOffOpening, events: [SignOffEvent] = []) {
    self.opening = opening
    self.events = events
  }

  package mutating func append(_ event: SignOffEvent) { events.append(event) }

  /// The fold. Roles are not asked: they change with the years. What the house allowed one person is told by the
  /// events; what no house may allow is asked again.
  package func file() throws(SignOffFault) -> SignOffFile {
    var file = SignOffFile(opening)
    for (index, event) in events.enumerated() {
      guard event.number == index + 1 else {
        throw SignOffFault(number: event.number, fact: .numberOutOfOrder(expected: index + 1))
      }
      if let fact = file.objection(to: event) { throw SignOffFault(number: event.number, fact: fact) }
      file.apply(event)
    }
    return file
  }
}

/// A history that no sequence of legal acts can have made, with the first event at fault.
package struct SignOffFault: Error, Sendable, Hashable {
  package enum Fact: Sendable, Hashable {
    case numberOutOfOrder(expected: Int)
    case otherState(expected: SignOffState)
    case noEdge(SignOffAction, from: SignOffState)
    /// A signature under something else than what was frozen.
    case otherContent
    /// One person took two steps that are kept apart.
    case doubled(SignOffStep, with: SignOffStep)
    /// A step was taken twice.
    case repeated(SignOffStep)
    case unsigned([SignOffStep])
    case missing(SignOffNeed)
  }

  package var number: Int
  package var fact: Fact

  package init(number: Int, fact: Fact) {
    self.number = number
    self.fact = fact
  }
}

extension SignOffFile {
  /// Why no legal act makes this event here; nil where one does.
  fileprivate func objection(to event: SignOffEvent) -> SignOffFault.Fact? {
    guard event.before == state else { return .otherState(expected: state) }
    guard let row = SignOffLifecycle.edge(of: event.action, from: state) else {
      return .noEdge(event.action, from: state)
    }
    let after = row.target(from: state)
    guard event.after == after else { return .otherState(expected: after) }
    if row.needs.contains(.reason), event.reason?.isEmpty ?? true { return .missing(.reason) }
    if row.needs.contains(.word), event.word == nil { return .missing(.word) }
    if event.action.changesContent {
      return event.content?.hash == event.hash && (event.action.isAutomatic || SignOffContent.isHash(event.hash))
        ? nil : .missing(.hash)
    }
    if row.conditions.contains(.isUnchanged), event.hash != content.hash || event.hash.isEmpty { return .otherContent }
    if row.conditions.contains(.isSecrecyTicked) || row.conditions.contains(.isPersonalDataTicked) {
      let absent = SignOffStep.ticks.filter { signature($0) == nil }
      if !absent.isEmpty { return .unsigned(absent) }
    }
    if row.conditions.contains(.isComplete) { return incompleteness }
    return event.action.step.flatMap { objection(to: event, taking: $0) }
  }

  private func objection(to event: SignOffEvent, taking step: SignOffStep) -> SignOffFault.Fact? {
    if signature(step) != nil { return .repeated(step) }
    for other in steps(of: event.actor) where step.isNeverShared(with: other) || !event.alongside.contains(other) {
      return .doubled(step, with: other)
    }
    return nil
  }

  /// What keeps it from being printed whatever the rules of the house.
  private var incompleteness: SignOffFault.Fact? {
    if !missing.isEmpty { return .unsigned(missing) }
    if signatures.contains(where: { $0.hash != content.hash }) { return .otherContent }
    for (index, one) in signatures.enumerated() {
      for other in signatures[(index + 1)...] {
        if one.step == other.step { return .repeated(one.step) }
        if one.actor == other.actor, one.step.isNeverShared(with: other.step) {
          return .doubled(other.step, with: one.step)
        }
      }
    }
    return nil
  }
}
