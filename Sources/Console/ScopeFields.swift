internal import Casework
internal import Store
internal import Suggestions

/// A role and how far it reaches, as a form asks for it.
struct ScopeFields {
  let visit: Visit

  private var catalogue: Catalogue { visit.services.catalogue(visit.language) }

  /// Roles people are given.
  static let roles: [CaseRole] = CaseRole.allCases.filter { $0 != .writer && $0 != .system }

  /// Nil where no role was chosen. What a role may not have is left to the store to refuse, in its own words.
  ///
  /// - Throws: ``VisitFault/field(_:)`` for a code nobody knows: it would shut a user out without a word.
  func read(_ form: FormFields) throws(VisitFault) -> RoleScope? {
    guard let code = form["role"] else { return nil }
    guard let role = ScopeFields.roles.first(where: { $0.code == code }) else { throw .field("role") }
    let regions = form.all("region").filter { !$0.isEmpty }
    for region in regions { try known(region, catalogue.regions, "region") }
    let tracks = try form.all("track").map { code throws(VisitFault) in
      guard let track = Track.allCases.first(where: { $0.code == code }) else { throw .field("track") }
      return track
    }
    return RoleScope(role, regions: Set(regions), tracks: Set(tracks), handler: try handler(role, form))
  }

  private func handler(_ role: CaseRole, _ form: FormFields) throws(VisitFault) -> CaseHandler? {
    if let station = form["station"] { try known(station, catalogue.stations, "station") }
    if let unit = form["unit"] { try known(unit, catalogue.departments, "unit") }
    if let district = form["district"] { try known(district, catalogue.districts, "district") }
    let unit = form["unit"].map { CaseHandler(unit: $0, district: form["district"]) }
    let station = form["station"].map { CaseHandler(unit: $0, isStation: true) }
    return role == .stationKeeper ? station ?? unit : unit ?? station
  }

  private func known(_ code: String, _ entries: [Catalogue.Entry], _ field: String) throws(VisitFault) {
    if !entries.contains(where: { $0.code == code }) { throw .field(field) }
  }

  /// With what was typed still there.
  func value(_ typed: FormFields, isNeeded: Bool) -> PageValue {
    let none = (code: "", name: "—")
    let tracks = typed.has("role") ? typed.all("track") : [Track.ordinary.code]
    return .object([
      "isNeeded": .flag(isNeeded),
      "roles": options([none] + ScopeFields.roles.map { ($0.code, visit.names.role($0)) }, typed.all("role")),
      "regions": options(catalogue.regions.map(ScopeFields.named), typed.all("region")),
      "units": options([none] + catalogue.departments.map(ScopeFields.named), typed.all("unit")),
      "districts": options(
        [("", visit.say("市级", "the city's"))] + catalogue.districts.map(ScopeFields.named), typed.all("district")),
      "stations": options([none] + catalogue.stations.map(ScopeFields.named), typed.all("station")),
      "tracks": .objects(Track.allCases) { track in
        [
          "code": .text(track.code), "name": .text(visit.names.word(track.code)),
          "isChosen": .flag(tracks.contains(track.code)),
        ]
      },
    ])
  }

  private func options(_ entries: [(code: String, name: String)], _ chosen: [String]) -> PageValue {
    .objects(entries) {
      ["code": .text($0.code), "name": .text($0.name), "isChosen": .flag(chosen.contains($0.code))]
    }
  }

  private static func named(_ entry: Catalogue.Entry) -> (code: String, name: String) {
    (entry.code, String(repeating: "\u{3000}", count: entry.level) + entry.name)
  }
}
