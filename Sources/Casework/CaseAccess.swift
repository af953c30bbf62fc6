package import Suggestions

/// What of a case decides who may see it.
package struct CaseOutline: Sendable, Hashable {
  package var track: Track
  /// The smallest region first, then those it lies in.
  package var regions: [String]
  /// The station whose book or keeper it came through.
  package var station: String?
  /// 承办 and 协办, now or before: whoever answered for a part of it may read how it went on.
  package var handlers: Set<CaseHandler>
  package var state: CaseState

  package init(
    track: Track, regions: [String] = [], station: String? = nil, handlers: Set<CaseHandler> = [], state: CaseState
  ) {
    self.track = track
    self.regions = regions
    self.station = station
    self.handlers = handlers
    self.state = state
  }

  /// - Parameter earlier: who had it before, which the file itself tells only of those who returned it.
  package init(_ file: CaseFile, earlier: Set<CaseHandler> = []) {
    self.init(
      track: file.track, regions: file.regions, station: file.station,
      handlers: earlier.union(file.returnedBy).union(file.coHandlers).union([file.handler].compactMap(\.self)),
      state: file.state)
  }
}

extension CaseHistory {
  /// An order that was undone never was one; whoever had a recalled one knows of it and may see that it was recalled.
  package func outline() throws(CaseHistoryFault) -> CaseOutline {
    let ordered = try standingEvents().flatMap { event in
      [event.details.handler].compactMap(\.self) + (event.details.coHandlers ?? [])
    }
    return CaseOutline(try file(), earlier: Set(ordered))
  }
}

/// Why somebody may not see a case. None of it is told to whom it refuses: that there is such a case is no news of
/// theirs.
package enum AccessRefusal: Error, Sendable, Hashable, CaseIterable {
  /// The role reads no cases.
  case role
  /// The role, or this actor, does not see the track.
  case track
  case state
  case region
  /// Neither the unit's nor the station's.
  case others
}

/// 查看权限: what a role may see. One row a role; the actor's own regions and tracks narrow it further, never widen it.
package struct AccessRule: Sendable, Hashable {
  package enum Reach: Sendable, Hashable {
    /// Every case in the actor's regions.
    case regions
    /// Cases the actor's unit has or had.
    case unit
    /// Cases that came through the actor's station or are its to mend.
    case station
    case nothing
  }

  package var role: CaseRole
  package var reach: Reach
  package var tracks: Set<Track>
  package var states: Set<CaseState>
  /// Whether the role may open a writer's contacts, each time with a reason and logged. A unit is given them with its
  /// order, for that order; everybody else asks the platform.
  package var opensContacts: Bool

  init(
    _ role: CaseRole, _ reach: Reach, tracks: Set<Track> = Set(Track.allCases),
    states: Set<CaseState> = Set(CaseState.allCases), opensContacts: Bool = false
  ) {
    self.role = role
    self.reach = reach
    self.tracks = tracks
    self.states = states
    self.opensContacts = opensContacts
  }

  package static let all: [AccessRule] = [
    AccessRule(.moderator, .regions, opensContacts: true),
    AccessRule(.lead, .regions, opensContacts: true),
    AccessRule(.department, .unit),
    AccessRule(.departmentHead, .unit),
    // A sensitive matter at a station may be about its keeper.
    AccessRule(.stationKeeper, .station, tracks: [.ordinary]),
    // As far as there is something on the road to look at.
    AccessRule(.reporter, .regions, tracks: [.ordinary], states: [.dispatched, .signed, .answered, .reopened]),
    AccessRule(.supervisor, .regions),
    AccessRule(.publisher, .regions, tracks: [.ordinary], states: [.closed, .archived]),
    // Who can make accounts could make one that reads everything; the sensitive track stays shut to the role itself.
    AccessRule(.administrator, .regions, tracks: [.ordinary]),
    // A writer holds a receipt and sees what that receipt shows.
    AccessRule(.writer, .nothing),
    AccessRule(.system, .nothing),
  ]

  package static func of(_ role: CaseRole) -> AccessRule {
    all.first { $0.role == role } ?? AccessRule(role, .nothing)
  }

  /// Why an actor may not see a case; nil where it may.
  package static func refusal(of outline: CaseOutline, to actor: CaseActor) -> AccessRefusal? {
    let rule = of(actor.role)
    guard rule.reach != .nothing else { return .role }
    guard rule.tracks.contains(outline.track), actor.tracks.contains(outline.track) else { return .track }
    guard rule.states.contains(outline.state) else { return .state }
    guard actor.regions.isEmpty || !actor.regions.isDisjoint(with: outline.regions) else { return .region }
    return rule.reaches(outline, actor) ? nil : .others
  }

  private func reaches(_ outline: CaseOutline, _ actor: CaseActor) -> Bool {
    guard reach != .regions else { return true }
    guard let own = actor.handler, own.isStation == (reach == .station) else { return false }
    return outline.handlers.contains(own) || (own.isStation && own.unit == outline.station)
  }
}

extension [CaseActor] {
  /// Whether a person may see a case in any of the capacities given.
  package func maySee(_ outline: CaseOutline) -> Bool {
    contains { AccessRule.refusal(of: outline, to: $0) == nil }
  }

  package func mayOpenContacts(of outline: CaseOutline) -> Bool {
    contains { AccessRule.of($0.role).opensContacts && AccessRule.refusal(of: outline, to: $0) == nil }
  }
}
