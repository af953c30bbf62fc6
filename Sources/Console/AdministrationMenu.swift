/// The places of administration, as each of its pages lists them.
enum AdministrationMenu: String, CaseIterable {
  case home = ""
  case users, stations, calendar, clocks, retention, history, outbox

  var address: String { "/administration" + (self == .home ? "" : "/" + rawValue) }

  func name(_ say: ConsoleLanguage) -> String {
    switch self {
    case .home: say("概况", "State")
    case .users: say("用户", "Users")
    case .stations: say("驿站", "Stations")
    case .calendar: say("工作日历", "Calendar")
    case .clocks: say("时限", "Clocks")
    case .retention: say("保存期限", "Retention")
    case .history: say("审计", "History")
    case .outbox: say("发件箱", "Outbox")
    }
  }

  private static func value(_ current: AdministrationMenu, _ say: ConsoleLanguage) -> PageValue {
    .objects(allCases) { place in
      ["address": .text(place.address), "name": .text(place.name(say)), "isCurrent": .flag(place == current)]
    }
  }

  /// A page of administration, with the list of all of them.
  func page(
    _ template: String, _ visit: Visit, title: String? = nil, status: Int = 200, _ value: [String: PageValue]
  ) -> Reply {
    var value = value
    value["menu"] = AdministrationMenu.value(self, visit.language)
    return visit.page(
      template, title: title ?? name(visit.language), section: .administration, status: status, value)
  }
}
