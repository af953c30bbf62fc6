import ArgumentParser
import Casework
import Rules
import Store
import Suggestions

/// How far a role reaches. Codes are those of the rule book; one it does not know is refused, as a slip would shut a
/// user out without a word.
struct ScopeOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: "只限这些区划（含下级），编码；不给则全市 / regions, by code, with all inside them; the whole city if none")
  var region: [String] = []
  @Option(help: "所属单位编码 / department, by code") var unit: String?
  @Option(help: "是哪个区县的单位，编码；不给则市级 / of which district, by code; the city's if none") var district: String?
  @Option(help: "所管驿站，编码或名称 / station, by code or name") var station: String?
  @Option(help: "通道，逗号分开，默认 ordinary / tracks: ordinary,sensitive; ordinary if not given") var track: String?

  /// Whether anything was said.
  var isGiven: Bool { !region.isEmpty || unit != nil || district != nil || station != nil || track != nil }

  func validate() throws {
    if unit != nil && station != nil {
      throw ValidationError("--unit 与 --station 只能给一个 / give --unit or --station, not both")
    }
    if district != nil && unit == nil { throw ValidationError("--district 要配 --unit / --district goes with --unit") }
  }

  /// The scope for a role given by its code.
  func scope(_ role: String, _ common: CommonOptions) throws -> RoleScope {
    RoleScope(
      try ScopeOptions.role(role, common), regions: try regions(common), tracks: try tracks(common) ?? [.ordinary],
      handler: try handler(common))
  }

  /// Whether a scope has everything that was said.
  func fitting(_ common: CommonOptions) throws -> (RoleScope) -> Bool {
    let (regions, tracks, handler) = (try regions(common), try tracks(common), try handler(common))
    return { scope in
      (regions.isEmpty || scope.regions == regions) && (tracks.map { scope.tracks == $0 } ?? true)
        && (handler.map { scope.handler == $0 } ?? true)
    }
  }

  static func role(_ code: String, _ common: CommonOptions) throws -> CaseRole {
    if let role = CaseRole.allCases.first(where: { $0.code == code }) { return role }
    let known = CaseRole.allCases.filter { $0 != .writer && $0 != .system }.map(\.code).joined(separator: " ")
    throw ValidationError(
      common.messages("没有角色 \(code)。可用：\(known)", "there is no role \(code). Known: \(known)"))
  }

  private func regions(_ common: CommonOptions) throws -> Set<String> {
    guard !region.isEmpty else { return [] }
    let book = try common.loadBook()
    for code in region where book.region(code: code) == nil { throw unknown(code, "--region", common) }
    return Set(region)
  }

  private func tracks(_ common: CommonOptions) throws -> Set<Track>? {
    guard let track else { return nil }
    return Set(
      try track.split(separator: ",").map { code in
        guard let found = Track.allCases.first(where: { $0.code == code }) else {
          throw unknown(String(code), "--track", common)
        }
        return found
      })
  }

  private func handler(_ common: CommonOptions) throws -> CaseHandler? {
    guard unit != nil || station != nil else { return nil }
    let book = try common.loadBook()
    if let station {
      let found = book.stations.first { $0.code == station } ?? book.stations.first { $0.name == station }
      guard let found else { throw unknown(station, "--station", common) }
      return CaseHandler(unit: found.code, isStation: true)
    }
    guard let unit else { return nil }
    guard book.department(code: unit) != nil else { throw unknown(unit, "--unit", common) }
    if let district, book.region(code: district) == nil { throw unknown(district, "--district", common) }
    return CaseHandler(unit: unit, district: district)
  }

  private func unknown(_ text: String, _ option: String, _ common: CommonOptions) -> ValidationError {
    ValidationError(common.messages("\(option) 不认识 \(text)", "\(option) does not know \(text)"))
  }
}
