internal import Casework
internal import Suggestions

/// Users and what they may do. Every change is an event about the user's number, in the transaction of the change; no
/// payload holds a password, a token or what could be made into one.
extension SuggestionStore {
  /// By name.
  package func accounts() throws(StoreFault) -> [Account] {
    try snapshot { session throws(StoreFault) in try AccountRows.all(session).map(\.account) }
  }

  /// Nil where there is none of that name, however it is written.
  package func account(named name: String) throws(StoreFault) -> Account? {
    try snapshot { session throws(StoreFault) in try AccountRows.named(name, session)?.account }
  }

  /// A new user, who signs in once a password is set.
  ///
  /// - Parameters:
  ///   - display: the name itself where nil.
  ///   - scope: the first role, given in the same transaction.
  ///   - actor: who does it; `system:` and a login name on the command line.
  ///   - at: seconds since 1970.
  package func addAccount(
    _ name: String, display: String? = nil, scope: RoleScope? = nil, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Result<Account, AccountRefusal> {
    guard let folded = AccountName(name)?.text else { return .failure(.name) }
    let display = display ?? folded
    guard SuggestionStore.isDisplay(display) else { return .failure(.display) }
    if let fault = scope?.fault { return .failure(.scope(fault)) }
    return try write { session throws(StoreFault) in
      if try AccountRows.named(folded, session) != nil { return .failure(.nameTaken) }
      var account = Account(
        id: Int(try session.integer("SELECT coalesce(max(id), 0) + 1 FROM account")), name: folded, display: display,
        createdAt: moment, isDisabled: false, hasPassword: false, grants: [])
      try session.execute(
        "INSERT INTO account (id, name, display, created_at) VALUES ($1, $2, $3, $4)",
        [.integer(account.id), .text(folded), .text(display), .integer(moment)])
      try tell("user-add", account.id, AccountRows.added(account), actor, moment, session)
      if let scope { account.grants = [try give(scope, to: account.id, actor, moment, session)] }
      return .success(account)
    }
  }

  private static func isDisplay(_ text: String) -> Bool {
    text.contains { !$0.isWhitespace } && text.unicodeScalars.count <= 64
      && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }

  // MARK: Roles

  package func addRole(
    _ scope: RoleScope, to name: String, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Result<Account, AccountRefusal> {
    if let fault = scope.fault { return .failure(.scope(fault)) }
    return try change(name) { account, session throws(StoreFault) in
      if account.grants.contains(where: { $0.scope == scope }) { return .held }
      account.grants.append(try give(scope, to: account.id, actor, moment, session))
      return nil
    }
  }

  /// Takes away every role that fits. Holds from the user's next click on, as roles are read with each of them.
  package func removeRoles(
    of name: String, by actor: String, at moment: Int64, where fits: (RoleScope) -> Bool
  ) throws(StoreFault) -> Result<Account, AccountRefusal> {
    try change(name, leavingOneTo: actor) { account, session throws(StoreFault) in
      let taken = account.grants.filter { fits($0.scope) }
      if taken.isEmpty { return .notHeld }
      for grant in taken {
        try session.execute("DELETE FROM account_role WHERE grant_number = $1", [.integer(grant.number)])
        try tell("user-role", account.id, AccountRows.taken(grant), actor, moment, session)
      }
      account.grants.removeAll { fits($0.scope) }
      return nil
    }
  }

  private func give(
    _ scope: RoleScope, to account: Int, _ actor: String, _ moment: Int64, _ session: any SQLSession
  ) throws(StoreFault) -> RoleGrant {
    let number = try History.next(session)
    try AccountRows.insert(scope, number: number, of: account, session)
    try tell("user-role", account, AccountRows.given(scope), actor, moment, session)
    return RoleGrant(number: number, scope: scope)
  }

  // MARK: Access

  /// 停用: the user is out at once, in every browser. Doing it twice changes nothing.
  package func disableAccount(
    _ name: String, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Result<Account, AccountRefusal> {
    try change(name, leavingOneTo: actor) { account, session throws(StoreFault) in
      if account.isDisabled { return nil }
      account.isDisabled = true
      try session.execute("UPDATE account SET disabled = 1 WHERE id = $1", [.integer(account.id)])
      let ended = try endSessions(of: account.id, session)
      let payload = AccountRows.payload { $0.field("sessions", ended) }
      try tell("user-disable", account.id, payload, actor, moment, session)
      return nil
    }
  }

  /// 启用: with the roles and the password of before.
  package func enableAccount(
    _ name: String, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Result<Account, AccountRefusal> {
    try change(name) { account, session throws(StoreFault) in
      if !account.isDisabled { return nil }
      account.isDisabled = false
      try session.execute("UPDATE account SET disabled = 0 WHERE id = $1", [.integer(account.id)])
      try tell("user-enable", account.id, AccountRows.payload { _ in }, actor, moment, session)
      return nil
    }
  }

  /// Sets a password that keeps the rules, ends every session under the old one, and lets the name try again.
  ///
  /// - Parameter cost: of the record; tests take a cheap one.
  package func setPassword(
    _ password: Password, of name: String, by actor: String, at moment: Int64, cost: PasswordRecord.Cost = .standard
  ) throws(StoreFault) -> Result<Account, AccountRefusal> {
    guard let known = try account(named: name) else { return .failure(.unknown) }
    if let fault = password.fault(name: known.name, display: known.display) { return .failure(.password(fault)) }
    // Hashing takes a good part of a second: nobody waits for it inside a transaction.
    let record = try PasswordRecord(password, cost: cost).text
    return try change(name) { account, session throws(StoreFault) in
      account.hasPassword = true
      try session.execute(
        "UPDATE account SET password = $2 WHERE id = $1", [.integer(account.id), .text(record)])
      _ = try endSessions(of: account.id, session)
      try SignInThrottle(self, name: account.name).forget(session)
      try tell("user-password", account.id, AccountRows.password(record), actor, moment, session)
      return nil
    }
  }

  // MARK: One transaction

  /// - Parameters:
  ///   - guardian: who does it, where it must leave an administrator. Whoever sits at the machine may do without: they
  ///     can let another one in.
  ///   - body: changes the account and its rows; what it refuses changes nothing.
  private func change(
    _ name: String, leavingOneTo guardian: String? = nil,
    _ body: (inout Account, any SQLSession) throws(StoreFault) -> AccountRefusal?
  ) throws(StoreFault) -> Result<Account, AccountRefusal> {
    try write { session throws(StoreFault) in
      guard var account = try AccountRows.named(name, session)?.account else { return .failure(.unknown) }
      let isGuarded = guardian.map { !$0.hasPrefix("system:") } ?? false
      let before = isGuarded ? try administrators(session) : 0
      return try session.attempt { () throws(StoreFault) in
        if let refusal = try body(&account, session) { return .failure(refusal) }
        if before > 0, try administrators(session) == 0 { return .failure(.lastAdministrator) }
        return .success(account)
      }
    }
  }

  /// Those who can sign in.
  private func administrators(_ session: any SQLSession) throws(StoreFault) -> Int {
    Int(
      try session.integer(
        """
        SELECT count(DISTINCT a.id) FROM account a JOIN account_role r ON r.account = a.id
        WHERE a.disabled = 0 AND a.password IS NOT NULL AND r.role = $1
        """, [.integer(Int(CaseRole.administrator.rawValue))]))
  }

  func tell(
    _ action: String, _ account: Int, _ payload: String, _ actor: String, _ moment: Int64, _ session: any SQLSession
  ) throws(StoreFault) {
    try History.append(
      History.Event(at: moment, actor: actor, action: action, subject: account, payload: payload), to: session)
  }
}
