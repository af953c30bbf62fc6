internal import Casework
internal import Store

/// 用户: who there is, and somebody new.
enum UserPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/administration/users", for: .roles([.administrator])) { visit in
      try await page(visit, typed: visit.request.query)
    },
    Endpoint(.post, "/administration/users", for: .roles([.administrator]), add),
  ]

  private static func page(
    _ visit: Visit, typed: FormFields, status: Int = 200, fault: String? = nil
  ) async throws -> Reply {
    let accounts = try await visit.pool.read { store throws(StoreFault) in try store.accounts() }
    return AdministrationMenu.users.page(
      "administration-users", visit, status: status,
      [
        "users": .objects(accounts) { account in
          [
            "name": .text(account.name), "display": .text(account.display),
            "address": .text(UserPage.address(account.name)), "state": .text(UserPage.state(account, visit)),
            "style": .text(UserPage.style(account)),
            "roles": .list(
              account.grants.map { .text(visit.services.administration.scope($0.scope, visit.language)) }),
          ]
        },
        "fault": .optional(fault), "typedName": .text(typed["name"] ?? ""),
        "typedDisplay": .text(typed["display"] ?? ""),
        "scope": ScopeFields(visit: visit).value(typed, isNeeded: false),
      ])
  }

  private static func add(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    guard let name = form["name"] else {
      return try await page(
        visit, typed: form, status: 400, fault: visit.say("请填写登录名。", "Fill in the name to sign in with."))
    }
    let scope = try ScopeFields(visit: visit).read(form)
    let (display, by, now) = (form["display"], visit.visitor.account?.name ?? "", visit.now)
    let outcome = try await visit.pool.write { store throws(StoreFault) in
      try store.addAccount(name, display: display, scope: scope, by: by, at: now)
    }
    switch outcome {
    case .success(let account): return .seeOther(UserPage.address(account.name) + "?notice=added")
    case .failure(let refusal):
      return try await page(
        visit, typed: form, status: 409, fault: visit.services.administration.refusal(refusal, name, visit.language))
    }
  }
}
