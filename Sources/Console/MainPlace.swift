package import Casework

/// The main places of the console, as the bar at the top lists them.
package enum MainPlace: String, Sendable, CaseIterable {
  case queue, desk, station, callBacks, reports, reporters, intake, rules, figures, administration

  package var address: String {
    switch self {
    case .queue: "/queue"
    case .desk: "/desk"
    case .station: "/station"
    case .callBacks: "/call-backs"
    case .reports: "/supervision"
    case .reporters: "/reporters"
    case .intake: "/intake"
    case .rules: "/rules"
    case .figures: "/figures"
    case .administration: "/administration"
    }
  }

  package func name(_ say: ConsoleLanguage) -> String {
    switch self {
    case .queue: say("审核队列", "Review queue")
    case .desk: say("办理", "Desk")
    case .station: say("驿站", "Station")
    case .callBacks: say("回访", "Call-backs")
    case .reports: say("督办", "Supervision")
    case .reporters: say("信息员", "Reporters")
    case .intake: say("收件", "Intake")
    case .rules: say("规则", "Rules")
    case .figures: say("总览", "Overview")
    case .administration: say("管理", "Administration")
    }
  }

  /// Whose place it is.
  package var roles: Set<CaseRole> {
    switch self {
    case .queue: [.moderator, .lead]
    case .desk: [.department, .departmentHead, .stationKeeper]
    case .station: [.stationKeeper]
    case .callBacks: [.moderator, .lead]
    case .reports: [.supervisor, .lead]
    case .reporters: [.lead, .supervisor, .administrator]
    case .intake: [.moderator, .lead, .stationKeeper, .administrator]
    case .rules: [.moderator, .lead, .administrator]
    case .figures: [.moderator, .lead, .supervisor, .publisher, .administrator, .departmentHead]
    case .administration: [.administrator]
    }
  }

  package static func places(for visitor: Visitor) -> [MainPlace] {
    allCases.filter { visitor.hasRole(among: $0.roles) }
  }
}

extension MainPlace {
  /// What is done there, in a sentence.
  package func purpose(_ say: ConsoleLanguage) -> String {
    switch self {
    case .queue: say("逐件看、派单、并案或不予受理，一键一件，随时可撤销。", "Decide one suggestion after another, a key each; everything can be undone.")
    case .desk: say("本单位的派单：签收、退单、延期、答复，按到期先后。", "Your unit's orders by due time: sign, return, ask for time, answer.")
    case .station: say("本站的来件、要带回的答复、回执小票。", "What came through your station, answers to bring back, slips to print.")
    case .callBacks: say("只能由驿站去问的来件人：解决了吗，满意吗。", "Writers only a station can ask: is it solved, are they satisfied.")
    case .reporters: say("移动信息员的名册与贡献，不公开。", "The register of mobile reporters and what they brought in; never public.")
    case .reports: say("快到期和已超期的，催办与督办。", "What is due soon or overdue; chase and supervise.")
    case .intake: say("上传表单导出，录入意见本，处理没收进来的。", "Upload exports, type up the opinion book, mend what was not taken in.")
    case .rules: say("主题与承办的关键词规则：命中、更正、试一句。", "The keyword rules: hits, corrections, try a text.")
    case .figures: say("一个月一页：流量、积压、按期率、热点。", "The month on a page: flow, backlog, on time, hot matters.")
    case .administration: say("用户与范围、日历、时限、保存期限、发信、审计。", "Users and scopes, calendar, clocks, retention, outbox, audit.")
    }
  }
}
