/// A name under what an issue says.
package struct SignOffSignature: Sendable, Hashable {
  package var step: SignOffStep
  package var actor: String
  package var display: String
  package var role: String
  /// Seconds since 1970.
  package var at: Int64
  /// The content signed.
  package var hash: String
  /// 意见.
  package var opinion: String?
  /// Number of the event.
  package var event: Int
}

/// A word of the wrong-word list that somebody says is right where it stands.
package struct SignOffAcceptance: Sendable, Hashable {
  package var hit: SignOffHit
  package var actor: String
  package var reason: String
  package var at: Int64
}

/// Where an issue stands: the fold of its events.
package struct SignOffFile: Sendable, Hashable {
  package let opening: SignOffOpening
  package private(set) var state = SignOffState.draft
  /// How many events there were.
  package private(set) var version = 0
  /// What was last frozen. Its hash is empty when a change left nobody the time to look.
  package private(set) var content: SignOffContent
  /// Number of the event that froze it; 0 for the opening.
  package private(set) var frozenBy = 0
  /// Signatures and ticks under it, in the order they were given.
  package private(set) var signatures: [SignOffSignature] = []
  package private(set) var accepted: [SignOffAcceptance] = []
  /// The last sending back since then.
  package private(set) var sentBack: SignOffEvent?
  package private(set) var published: SignOffEvent?

  package init(_ opening: SignOffOpening) {
    self.opening = opening
    content = opening.content
  }

  package func signature(_ step: SignOffStep) -> SignOffSignature? { signatures.first { $0.step == step } }

  /// Signatures and ticks that are not there.
  package var missing: [SignOffStep] { SignOffStep.allCases.filter { signature($0) == nil } }

  /// Hits nobody has accepted. Accepted is a word in one part of the issue, as often as it stood there.
  package func open(_ hits: [SignOffHit]) -> [SignOffHit] {
    hits.filter { hit in
      !accepted.contains { $0.hit.word == hit.word && $0.hit.part == hit.part && $0.hit.count >= hit.count }
    }
  }

  /// Steps taken by one person.
  package func steps(of actor: String) -> [SignOffStep] { signatures.filter { $0.actor == actor }.map(\.step) }

  /// What an act that stands made of the issue. The event is trusted to be legal; ``SignOffHistory`` checks it.
  mutating func apply(_ event: SignOffEvent) {
    version = event.number
    state = event.after
    if let step = event.action.step {
      signatures.append(
        SignOffSignature(
          step: step, actor: event.actor, display: event.display, role: event.role, at: event.at, hash: event.hash,
          opinion: event.reason, event: event.number))
    }
    switch event.action {
    case .revise, .forget:
      void()
      content = event.content ?? SignOffContent(hash: event.hash)
      frozenBy = event.number
      sentBack = nil
    case .sendBack:
      void()
      sentBack = event
    case .accept:
      if let hit = event.word {
        accepted.append(
          SignOffAcceptance(hit: hit, actor: event.actor, reason: event.reason ?? "", at: event.at))
      }
    case .publish: published = event
    case .signEdit, .signFirst, .signSecond, .signThird, .tickSecrecy, .tickPersonalData: break
    }
  }

  private mutating func void() {
    signatures = []
    accepted = []
  }
}
