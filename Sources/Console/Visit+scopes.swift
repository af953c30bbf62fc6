internal import Casework
internal import Store
internal import Suggestions

extension Visit {
  /// What capacities reach, for a query: as ``AccessRule`` says of each case, but for whose it is.
  func scopes(of actors: [CaseActor]) -> [DeskScope] {
    var scopes: [DeskScope] = []
    for actor in actors {
      let tracks = actor.tracks.intersection(AccessRule.of(actor.role).tracks)
      let scope = DeskScope(tracks: tracks, regions: regions(inside: actor.regions))
      if !tracks.isEmpty, !scopes.contains(scope) { scopes.append(scope) }
    }
    return scopes
  }

  /// The regions given and all that lies in them; nil for the whole city.
  private func regions(inside regions: Set<String>) -> Set<String>? {
    guard !regions.isEmpty else { return nil }
    let path = services.casework().regionPath
    return Set(
      services.catalogue(language).regions.map(\.code).filter { !regions.isDisjoint(with: path($0)) }
    ).union(regions)
  }

  /// Whether a region lies in what any of these capacities reaches.
  func reaches(_ region: String, as actors: [CaseActor]) -> Bool {
    if actors.contains(where: \.regions.isEmpty) { return true }
    let path = services.casework().regionPath(region)
    return actors.contains { !$0.regions.isDisjoint(with: path) }
  }

  /// The visitor's capacities in some roles.
  func actors(as roles: Set<CaseRole>) -> [CaseActor] { visitor.actors.filter { roles.contains($0.role) } }
}
