package import Suggestions

/// 统计范围: whose cases somebody's figures are about, track by track: the cases that ``AccessRule`` lets the person
/// see. States are left aside: a figure names nobody, and one without the open cases would be none.
package struct CaseReach: Sendable, Hashable {
  /// What one capacity reaches; both have to fit.
  package struct Part: Sendable, Hashable {
    /// With everything inside them; empty for the whole city.
    package var regions: Set<String>
    /// Cases this unit has or had; nil for every unit's.
    package var unit: CaseHandler?

    package init(regions: Set<String> = [], unit: CaseHandler? = nil) {
      self.regions = regions
      self.unit = unit
    }

    package static let everything = Part()
  }

  /// Tracks that are not there are not shown at all.
  package private(set) var parts: [Track: Set<Part>] = [:]

  package init(_ parts: [Track: Set<Part>]) { self.parts = parts }

  /// - Parameter roles: the capacities that look at figures.
  package init(_ actors: [CaseActor], as roles: Set<CaseRole>) {
    for actor in actors where roles.contains(actor.role) {
      let rule = AccessRule.of(actor.role)
      guard rule.reach != .nothing, rule.reach == .regions || actor.handler != nil else { continue }
      let part = Part(regions: actor.regions, unit: rule.reach == .regions ? nil : actor.handler)
      for track in rule.tracks.intersection(actor.tracks) { parts[track, default: []].insert(part) }
    }
    for (track, own) in parts where own.contains(.everything) { parts[track] = [.everything] }
  }

  package static let city = CaseReach([.ordinary: [.everything]])

  /// Ordinary first.
  package var tracks: [Track] { Track.allCases.filter { parts[$0] != nil } }

  /// Whether all cases of a track are in it.
  package func isWhole(_ track: Track) -> Bool { parts[track]?.contains(.everything) ?? false }

  /// The one unit whose cases these are; nil where there are others'.
  package var unit: CaseHandler? {
    let units = Set(parts.values.flatMap { $0.map(\.unit) })
    return units.count == 1 ? units.first.flatMap(\.self) : nil
  }
}
