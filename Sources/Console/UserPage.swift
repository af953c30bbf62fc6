internal import Casework
internal import Store

/// 一个用户: what they may, and everything that is done to a user.
enum UserPage {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/administration/users/{name}", for: .roles([.administrator])) { visit in try await page(visit) },
    Endpoint(.post, "/administration/users/{name}/roles", for: .roles([.administrator]), give),
    Endpoint(.post, "/administration/users/{name}/roles/{grant}/take", for: .roles([.administrator]), take),
    Endpoint(.post, "/administration/users/{name}/disable", for: .roles([.administrator])) { visit in
      try await change(visit) { store, name, by, now throws(StoreFault) in
        try store.disableAccount(name, by: by, at: now)
      }
    },
    Endpoint(.post, "/administration/users/{name}/enable", for: .roles([.administrator])) { visit in
      try await change(visit) { store, name, by, now throws(StoreFault) in
        try store.enableAccount(name, by: by, at: now)
      }
    },
    Endpoint(.post, "/administration/users/{name}/password", for: .roles([.administrator]), setPassword),
    Endpoint(.post, "/administration/users/{name}/sessions", for: .roles([.administrator]), endSessions),
  ]

  static func address(_ name: String) -> String { "/administration/users/" + FormFields.encoded(name) }

  static func state(_ account: Account, _ visit: Visit) -> String {
    if account.isDisabled { return visit.say("已停用", "disabled") }
    return account.hasPassword ? visit.say("正常", "active") : visit.say("未设口令", "no password")
  }

  /// Of the chip the state stands in.
  static func style(_ account: Account) -> String { account.isDisabled ? "hot" : account.hasPassword ? "ok" : "soon" }

  // MARK: Page

  private static func page(
    _ visit: Visit, status: Int = 200, fault: String? = nil, typed: FormFields = FormFields()
  ) async throws -> Reply {
    let (name, now) = (name(visit), visit.now)
    let found = try await visit.pool.read { store throws(StoreFault) in
      (try store.account(named: name), try store.sessions(of: name, at: now) ?? [])
    }
    guard let account = found.0 else { throw VisitFault.notFound }
    let address = address(account.name)
    return AdministrationMenu.users.page(
      "administration-user", visit, title: account.display, status: status,
      [
        "name": .text(account.name), "display": .text(account.display), "address": .text(address),
        "state": .text(state(account, visit)), "style": .text(style(account)),
        "isDisabled": .flag(account.isDisabled), "hasPassword": .flag(account.hasPassword),
        "isSelf": .flag(account.name == visit.visitor.account?.name),
        "since": .text(visit.names.moment(account.createdAt)),
        "fault": .optional(fault), "hasRoles": .flag(!account.grants.isEmpty),
        "grants": .objects(account.grants) { grant in
          [
            "what": .text(visit.services.administration.scope(grant.scope, visit.language)),
            "take": .text("\(address)/roles/\(grant.number)/take"),
          ]
        },
        "scope": ScopeFields(visit: visit).value(typed, isNeeded: true),
        "sessions": sessions(found.1, visit), "hasSessions": .flag(!found.1.isEmpty),
        "rules": .text(PasswordWords.rules(visit.language)),
        "history": .text("/administration/history?actor=" + FormFields.encoded(account.name)),
      ])
  }

  static func sessions(_ sessions: [AccountSession], _ visit: Visit) -> PageValue {
    .objects(sessions) { session in
      [
        "id": .number(session.id), "began": .text(visit.names.moment(session.createdAt)),
        "seen": .text(visit.names.moment(session.seenAt)), "ends": .text(visit.names.moment(session.endsAt)),
        "isThis": .flag(session.id == visit.visitor.session?.id),
      ]
    }
  }

  private static func name(_ visit: Visit) -> String { visit.parameters["name"] ?? "" }

  // MARK: Acts

  /// Does it, and shows the user again; a refusal is said on the page.
  private static func change(
    _ visit: Visit, notice: Notice = .saved, typed: FormFields = FormFields(),
    _ body: @escaping @Sendable (SuggestionStore, String, _ by: String, Int64) throws(StoreFault) -> Result<
      Account, AccountRefusal
    >
  ) async throws -> Reply {
    let (name, by, now) = (name(visit), visit.visitor.account?.name ?? "", visit.now)
    let outcome = try await visit.pool.write { store throws(StoreFault) in try body(store, name, by, now) }
    switch outcome {
    case .success(let account): return .seeOther(address(account.name) + "?notice=" + notice.rawValue)
    case .failure(.unknown): throw VisitFault.notFound
    case .failure(let refusal):
      let words = visit.services.administration.refusal(refusal, name, visit.language)
      return try await page(visit, status: 409, fault: words, typed: typed)
    }
  }

  private static func give(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    guard let scope = try ScopeFields(visit: visit).read(form) else {
      return try await page(visit, status: 400, fault: visit.say("请选择角色。", "Choose a role."), typed: form)
    }
    return try await change(visit, typed: form) { store, name, by, now throws(StoreFault) in
      try store.addRole(scope, to: name, by: by, at: now)
    }
  }

  private static func take(_ visit: Visit) async throws -> Reply {
    guard let number = visit.parameters["grant"].flatMap({ Int($0) }) else { throw VisitFault.notFound }
    return try await change(visit) { store, name, by, now throws(StoreFault) in
      let grant = try store.account(named: name)?.grants.first { $0.number == number }
      guard let grant else { return .failure(.notHeld) }
      return try store.removeRoles(of: name, by: by, at: now) { $0 == grant.scope }
    }
  }

  /// Typed, or made up and shown once where nothing was typed.
  private static func setPassword(_ visit: Visit) async throws -> Reply {
    let typed = visit.request.form.all("password").first ?? ""
    let made = typed.isEmpty ? PasswordWords.madeUp() : nil
    let (name, by, now) = (name(visit), visit.visitor.account?.name ?? "", visit.now)
    // Hashing takes a third of a second: with those who sign in, not before those who write.
    let outcome = try await visit.pool.signIn { store throws(StoreFault) in
      try store.setPassword(Password(made ?? typed), of: name, by: by, at: now)
    }
    switch outcome {
    case .failure(.unknown): throw VisitFault.notFound
    case .failure(let refusal):
      let words = visit.services.administration.refusal(refusal, name, visit.language)
      return try await page(visit, status: 400, fault: words)
    case .success(let account):
      guard let made else { return .seeOther(address(account.name) + "?notice=" + Notice.passwordSet.rawValue) }
      return AdministrationMenu.users.page(
        "administration-secret", visit, title: account.display,
        [
          "heading": .text(visit.say("\(account.display) 的新口令", "A new password for \(account.display)")),
          "secret": .text(made), "back": .text(address(account.name)),
          "advice": .text(
            visit.say(
              "只显示这一次，请当面或打电话告诉本人，登录后请本人改掉。原有登录都已退出。",
              "Shown this once: tell it to its user in person or by telephone, who should change it after signing in. Sessions under the old one have ended.")),
        ])
    }
  }

  private static func endSessions(_ visit: Visit) async throws -> Reply {
    let (name, by, now) = (name(visit), visit.visitor.account?.name ?? "", visit.now)
    let only = visit.request.form.number("session")
    let ended = try await visit.pool.write { store throws(StoreFault) in
      try store.revokeSessions(of: name, only: only, by: by, at: now)
    }
    if ended == nil { throw VisitFault.notFound }
    return .seeOther(address(name) + "?notice=" + Notice.sessionsEnded.rawValue)
  }
}
