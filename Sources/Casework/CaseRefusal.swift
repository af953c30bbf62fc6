package import Suggestions

/// Why an act does not happen, as facts; the sentences are made where somebody reads them.
package enum CaseRefusal: Error, Sendable, Hashable {
  /// The table has no such edge: the state it stands in, the states the act would lead to (none where it changes an
  /// overlay alone or goes back), and the states it is allowed in.
  case noEdge(CaseAction, from: CaseState, to: [CaseState], allowedFrom: [CaseState])
  case kind(CaseAction, Kind)
  case track(CaseAction, Track)
  case role(CaseAction, CaseRole, allowed: [CaseRole])
  /// The actor does not see this track at all.
  case trackOutOfReach(Track)
  /// Where the case lies, none of which is the actor's.
  case regionOutOfReach([String])
  /// Everything the act lacks.
  case missing([CaseNeed])
  /// Everything that does not hold.
  case unmet([CaseCondition])

  /// Stable code.
  package var code: String {
    switch self {
    case .noEdge: "no-edge"
    case .kind: "wrong-kind"
    case .track: "wrong-track"
    case .role: "wrong-role"
    case .trackOutOfReach: "track-out-of-reach"
    case .regionOutOfReach: "region-out-of-reach"
    case .missing: "missing"
    case .unmet: "unmet"
    }
  }
}
