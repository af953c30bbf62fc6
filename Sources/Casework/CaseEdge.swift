package import Suggestions

/// One row of the transition table: an act, where it may be taken, by whom, on what, and what it needs.
package struct CaseEdge: Sendable, Hashable {
  package enum Target: Sendable, Hashable {
    case state(CaseState)
    /// An overlay changes, the state does not.
    case same
    /// The state that stood before the act this one takes back.
    case before
  }

  package var action: CaseAction
  package var from: Set<CaseState>
  package var target: Target
  package var roles: Set<CaseRole>
  package var kinds: Set<Kind>
  package var tracks: Set<Track>
  package var needs: [CaseNeed]
  package var conditions: [CaseCondition]

  init(
    _ action: CaseAction, _ from: Set<CaseState>, _ target: Target, by roles: Set<CaseRole>,
    kinds: Set<Kind> = Set(Kind.allCases), tracks: Set<Track> = Set(Track.allCases), needs: [CaseNeed] = [],
    when conditions: [CaseCondition] = []
  ) {
    self.action = action
    self.from = from
    self.target = target
    self.roles = roles
    self.kinds = kinds
    self.tracks = tracks
    self.needs = needs
    self.conditions = conditions
  }

  /// Whether a case of this kind and track takes it in this state.
  package func fits(_ state: CaseState, _ kind: Kind, _ track: Track) -> Bool {
    from.contains(state) && kinds.contains(kind) && tracks.contains(track)
  }
}
