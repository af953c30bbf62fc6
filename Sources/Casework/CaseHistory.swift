package import Suggestions

/// A case and everything that was done to it.
package struct CaseHistory: Sendable, Hashable {
  /// What the machine says now.
  package var opening: CaseOpening
  package private(set) var events: [CaseEvent] = []

  package init(_ opening: CaseOpening) { self.opening = opening }

  package init(_ opening: CaseOpening, events: [CaseEvent]) {
    self.opening = opening
    self.events = events
  }

  package mutating func append(_ event: CaseEvent) { events.append(event) }

  /// The fold. An undone act and its undoing are left out as if they had never been; both stay in ``events``.
  package func file() throws(CaseHistoryFault) -> CaseFile {
    let standing = try standingEvents()
    var file = CaseFile(opening)
    for event in standing {
      if let given = event.given { file.follow(given) }
      if let fact = file.objection(to: event) { throw CaseHistoryFault(number: event.number, fact: fact) }
      file.apply(event)
    }
    if file.state == .pending { file.follow(opening) }
    file.version = events.count
    return file
  }

  /// The acts that were not undone.
  package func standingEvents() throws(CaseHistoryFault) -> [CaseEvent] {
    var standing: [CaseEvent] = []
    for (index, event) in events.enumerated() {
      guard event.number == index + 1 else {
        throw CaseHistoryFault(number: event.number, fact: .numberOutOfOrder(expected: index + 1))
      }
      guard event.action == .undo else {
        standing.append(event)
        continue
      }
      guard let last = standing.lastIndex(where: { $0.action != .note }),
        standing[last].number == event.details.undoes, standing[last].action.isUndoable
      else { throw CaseHistoryFault(number: event.number, fact: .undoesNothing) }
      guard event.before == standing[last].after, event.after == standing[last].before else {
        throw CaseHistoryFault(number: event.number, fact: .otherState(expected: standing[last].before))
      }
      // Notes written in between were about a case in another state; they stay, and stand in the one gone back to.
      for later in standing.indices where later > last {
        standing[later].before = event.after
        standing[later].after = event.after
      }
      standing.remove(at: last)
    }
    return standing
  }
}

extension CaseFile {
  /// Why the table does not know the event here; nil where it does. Roles are not asked: they change with the years.
  fileprivate func objection(to event: CaseEvent) -> CaseHistoryFault.Fact? {
    guard event.before == state else { return .otherState(expected: state) }
    let rows = CaseLifecycle.edges(of: event.action).filter { $0.fits(state, kind, track) }
    guard let row = rows.first else { return .noEdge(event.action, from: state) }
    let after = target(of: row)
    return event.after == after ? nil : .otherState(expected: after)
  }

  /// Where a row leads from here.
  func target(of row: CaseEdge) -> CaseState {
    switch row.target {
    case .state(let state): state
    case .same: state
    case .before: row.action == .undo ? lastDecision?.before ?? state : priors.last?.state ?? state
    }
  }
}

/// A history that no sequence of legal acts can have made, with the first event at fault.
package struct CaseHistoryFault: Error, Sendable, Hashable {
  package enum Fact: Sendable, Hashable {
    case numberOutOfOrder(expected: Int)
    case otherState(expected: CaseState)
    case noEdge(CaseAction, from: CaseState)
    case undoesNothing
  }

  package var number: Int
  package var fact: Fact

  package init(number: Int, fact: Fact) {
    self.number = number
    self.fact = fact
  }
}
