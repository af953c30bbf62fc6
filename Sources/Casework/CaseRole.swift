package import Suggestions

/// 角色: in which capacity somebody acts. Stored by number.
package enum CaseRole: UInt8, CaseIterable, Sendable {
  /// 平台审核员.
  case moderator = 0
  /// 平台负责人, of the city or of a district.
  case lead = 1
  /// 承办单位.
  case department = 2
  /// 单位负责人.
  case departmentHead = 3
  /// 驿站保管人.
  case stationKeeper = 4
  /// 移动信息员.
  case reporter = 5
  /// 督办: reads all, chases, decides nothing.
  case supervisor = 6
  /// 编辑.
  case publisher = 7
  /// 管理员.
  case administrator = 8
  /// 来件人, known by the receipt alone.
  case writer = 9
  /// 系统: the scheduler and the intake.
  case system = 10

  package var code: String {
    switch self {
    case .moderator: "moderator"
    case .lead: "lead"
    case .department: "department"
    case .departmentHead: "department-head"
    case .stationKeeper: "station-keeper"
    case .reporter: "reporter"
    case .supervisor: "supervisor"
    case .publisher: "publisher"
    case .administrator: "administrator"
    case .writer: "writer"
    case .system: "system"
    }
  }
}

/// 承办: who is to do the work. A district's housing office and the city's are two handlers of one department.
package struct CaseHandler: Sendable, Hashable {
  /// Code of the department, or of the station whose keeper is meant.
  package var unit: String
  /// Code of the district whose office it is; nil for the city's.
  package var district: String?
  package var isStation: Bool

  package init(unit: String, district: String? = nil, isStation: Bool = false) {
    self.unit = unit
    self.district = district
    self.isStation = isStation
  }

  /// `0501`, `0501@430702`, `station:CODE`: as people write it.
  package var text: String { isStation ? "station:" + unit : unit + (district.map { "@" + $0 } ?? "") }
}

/// 建议承办: who seems to lead, before anybody is ordered.
package struct CaseLead: Sendable, Hashable {
  /// Code of the department.
  package var unit: String
  /// Number of the tier the rule book gives it.
  package var tier: Int
  /// Whether a person chose it; else it follows from the topic.
  package var isChosen: Bool

  package init(unit: String, tier: Int, isChosen: Bool) {
    self.unit = unit
    self.tier = tier
    self.isChosen = isChosen
  }
}

/// Who acts on a case: a person in one role, with what that role reaches.
package struct CaseActor: Sendable, Hashable {
  /// The user's name or number, as the history keeps it.
  package var name: String
  package var role: CaseRole
  /// Regions the role reaches, with everything inside them; empty for the whole city.
  package var regions: Set<String>
  package var tracks: Set<Track>
  /// The unit the actor belongs to, for departments; the station, for keepers.
  package var handler: CaseHandler?

  package init(
    name: String, role: CaseRole, regions: Set<String> = [], tracks: Set<Track> = [.ordinary],
    handler: CaseHandler? = nil
  ) {
    self.name = name
    self.role = role
    self.regions = regions
    self.tracks = tracks
    self.handler = handler
  }
}
