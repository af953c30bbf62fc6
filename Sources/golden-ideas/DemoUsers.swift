import Casework
import Console
import Rules
import Store
import Suggestions

/// 演示用户: one of each role, in the store of the demonstration and nowhere else.
struct DemoUsers {
  private let common: CommonOptions
  private let book: RuleBook

  /// Shown on the sign-in page; there is nothing behind it but fixtures.
  static let password = "golden-ideas-demo"

  init(_ common: CommonOptions) throws {
    self.common = common
    book = try common.loadBook()
  }

  /// Makes those who are missing, and says who they are.
  func make(in store: SuggestionStore) throws -> [ConsoleSettings.DemoUser] {
    let people = people
    let password = Password(DemoUsers.password)
    for person in people {
      let known = try common.onStore { () throws(StoreFault) in try store.account(named: person.user.name) }
      if known != nil { continue }
      _ = try common.changed(person.user.name) { () throws(StoreFault) in
        try store.addAccount(
          person.user.name, display: person.user.display, scope: person.scopes.first, by: SystemUser.name,
          at: LocalTime.now)
      }
      for scope in person.scopes.dropFirst() {
        _ = try common.changed(person.user.name) { () throws(StoreFault) in
          try store.addRole(scope, to: person.user.name, by: SystemUser.name, at: LocalTime.now)
        }
      }
      _ = try common.changed(person.user.name) { () throws(StoreFault) in
        try store.setPassword(password, of: person.user.name, by: SystemUser.name, at: LocalTime.now)
      }
    }
    if let handler = people.flatMap(\.scopes).first(where: { $0.role == .department })?.handler {
      try DemoStory(common: common, book: book, store: store, handler: handler).tell()
    }
    return people.map(\.user)
  }

  private var people: [(user: ConsoleSettings.DemoUser, scopes: [RoleScope])] {
    let unit = book.departments.first { $0.name.contains("住房和城乡建设") } ?? book.departments[0]
    let station = book.stations.first
    let all: Set<Track> = [.ordinary, .sensitive]
    func user(_ name: String, _ display: String, _ zh: String, _ en: String) -> ConsoleSettings.DemoUser {
      ConsoleSettings.DemoUser(name: name, display: display, password: DemoUsers.password, zh: zh, en: en)
    }
    var people: [(user: ConsoleSettings.DemoUser, scopes: [RoleScope])] = [
      (
        user("reviewer", "平台审核员", "从审核队列开始：一键派单、并案、撤销", "the review queue: dispatch, merge, undo by key"),
        [RoleScope(.moderator)]
      ),
      (
        user("lead", "平台负责人", "队列、敏感通道、裁定与督办", "the queue, the sensitive track, adjudication"),
        [RoleScope(.lead, tracks: all)]
      ),
      (
        user("department", unit.name, "本单位的派单：签收、退单、答复", "a department's desk: sign, return, answer"),
        [RoleScope(.department, handler: CaseHandler(unit: unit.code))]
      ),
      (
        user("head", unit.name + "负责人", "答复审签", "the head of that department approves answers"),
        [RoleScope(.departmentHead, handler: CaseHandler(unit: unit.code))]
      ),
      (
        user("supervisor", "督办员", "快到期、已超期，催办督办", "what is late, chased and supervised"),
        [RoleScope(.supervisor)]
      ),
      (
        user("editor", "编辑", "办结的与总览", "closed cases and the overview"), [RoleScope(.publisher)]
      ),
      (
        user("admin", "管理员", "用户、日历、时限、审计", "users, calendar, clocks, audit"),
        [RoleScope(.administrator)]
      ),
    ]
    if let station {
      people.insert(
        (
          user("keeper", station.name + "保管人", "本站来件、要带回的答复、回执小票", "a station: its submissions, answers to bring back, slips"),
          [RoleScope(.stationKeeper, handler: CaseHandler(unit: station.code, isStation: true))]
        ), at: 4)
    }
    return people
  }
}
