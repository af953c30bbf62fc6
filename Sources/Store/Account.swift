package import Casework
package import Suggestions

/// 用户: somebody who may sign in, with the capacities they act in.
package struct Account: Sendable, Hashable {
  package var id: Int
  /// Folded, see ``AccountName``; what the history calls them.
  package var name: String
  /// 姓名, as people read it.
  package var display: String
  /// Seconds since 1970.
  package var createdAt: Int64
  package var isDisabled: Bool
  /// Without one nobody signs in.
  package var hasPassword: Bool
  /// In the order they were given.
  package var grants: [RoleGrant]

  /// The capacities this user acts in; none while disabled.
  package func actors() -> [CaseActor] {
    guard !isDisabled else { return [] }
    return grants.map(\.scope).map { scope in
      CaseActor(
        name: name, role: scope.role, regions: scope.regions, tracks: scope.tracks, handler: scope.handler)
    }
  }
}

/// A role a user has been given.
package struct RoleGrant: Sendable, Hashable {
  /// That of the event that gave it: over all users, never used again.
  package var number: Int
  package var scope: RoleScope
}

/// 角色与范围: a role and how far it reaches.
package struct RoleScope: Sendable, Hashable {
  package var role: CaseRole
  /// Codes; empty for the whole city.
  package var regions: Set<String>
  package var tracks: Set<Track>
  /// The unit of departments, the station of keepers; nobody else has one.
  package var handler: CaseHandler?

  package init(
    _ role: CaseRole, regions: Set<String> = [], tracks: Set<Track> = [.ordinary], handler: CaseHandler? = nil
  ) {
    self.role = role
    self.regions = regions
    self.tracks = tracks
    self.handler = handler
  }

  /// What is wrong with a scope.
  package enum Fault: Error, Sendable, Hashable {
    /// Nobody signs in as the writer or as the system.
    case notForPeople(CaseRole)
    case unitMissing(CaseRole)
    case stationMissing(CaseRole)
    /// The role belongs to no unit and to no station.
    case unitSuperfluous(CaseRole)
    case noTrack
    /// The role never sees the track, see ``AccessRule``.
    case track(CaseRole, Track)
    /// Empty, or with white space or control characters inside.
    case code
  }

  /// Nil where the scope may be given.
  package var fault: Fault? {
    switch role {
    case .writer, .system: return .notForPeople(role)
    case .department, .departmentHead:
      guard let handler, !handler.isStation else { return .unitMissing(role) }
    case .stationKeeper:
      guard let handler, handler.isStation else { return .stationMissing(role) }
    case .moderator, .lead, .reporter, .supervisor, .publisher, .administrator:
      if handler != nil { return .unitSuperfluous(role) }
    }
    if tracks.isEmpty { return .noTrack }
    let shut = tracks.subtracting(AccessRule.of(role).tracks)
    if let track = shut.min(by: { $0.rawValue < $1.rawValue }) { return .track(role, track) }
    let codes = regions.union([handler?.unit, handler?.district].compactMap(\.self))
    return codes.allSatisfy(RoleScope.isCode) ? nil : .code
  }

  private static func isCode(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.properties.generalCategory != .control }
  }
}

/// Why nothing was done to an account.
package enum AccountRefusal: Error, Sendable, Hashable {
  /// No user of that name.
  case unknown
  case nameTaken
  /// Not a name, see ``AccountName``.
  case name
  /// A display name is 1 to 64 characters without control characters.
  case display
  case password(PasswordFault)
  case scope(RoleScope.Fault)
  /// The user has that role with that scope already.
  case held
  /// The user has no such role, or not with that scope.
  case notHeld
  /// Nobody would be left who can sign in as administrator.
  case lastAdministrator
}
