internal import Suggestions

extension Verification {
  /// Users, roles, passwords and sessions against what the history tells of them: nobody was let in, raised or given
  /// another password behind the program's back.
  func checkAccounts() throws(StoreFault) {
    let told = try ToldAccounts(session)
    var known: Set<Int> = []
    for stored in try AccountRows.all(session) {
      let account = stored.account
      known.insert(account.id)
      let expected = told.accounts[account.id]
      let isRight =
        expected?.added == AccountRows.added(account) && expected?.createdAt == account.createdAt
        && expected?.isDisabled == account.isDisabled
        && expected?.password == (stored.password.map { AccountRows.password($0) })
        && expected?.grants == Dictionary(
          uniqueKeysWithValues: account.grants.map { ($0.number, AccountRows.given($0.scope)) })
      if !isRight { faults.add(.accounts, account.id) }
    }
    for id in Set(told.accounts.keys).subtracting(known).sorted() { faults.add(.accounts, id) }
    try session.each("SELECT account FROM account_role ORDER BY grant_number", []) { row in
      if !known.contains(Int(row.integer(0))) { faults.add(.accounts, Int(row.integer(0))) }
    }
    // A session that is over is forgotten without an event; one that is there was begun and not ended.
    try session.each("SELECT id, account, digest, created_at FROM account_session ORDER BY id", []) { row in
      let account = Int(row.integer(1))
      let begun = told.accounts[account]?.sessions[Int(row.integer(0))]
      let isBegun = begun?.digest == Hexadecimal.text(row.bytes(2)) && begun?.at == row.integer(3)
      if !isBegun { faults.add(.accounts, account) }
    }
  }
}

/// The fold of the events about users.
private struct ToldAccounts {
  struct Told {
    var added: String?
    var createdAt: Int64 = 0
    var isDisabled = false
    /// Payload of the event that set it.
    var password: String?
    /// By number: the payload a grant was given with.
    var grants: [Int: String] = [:]
    var sessions: [Int: (digest: String, at: Int64)] = [:]
  }

  private(set) var accounts: [Int: Told] = [:]

  init(_ session: any SQLSession) throws(StoreFault) {
    var accounts: [Int: Told] = [:]
    try session.each(
      """
      SELECT seq, at, action, subject, payload FROM event
      WHERE action IN ('user-add', 'user-role', 'user-disable', 'user-enable', 'user-password', 'user-rehash',
        'user-sessions', 'sign-in', 'sign-out') ORDER BY seq
      """, []
    ) { row in
      ToldAccounts.take(
        row.text(2), row.text(4), number: Int(row.integer(0)), at: row.integer(1),
        of: &accounts[Int(row.integer(3)), default: Told()])
    }
    self.accounts = accounts
  }

  private static func take(_ action: String, _ text: String, number: Int, at moment: Int64, of told: inout Told) {
    let payload = EventPayload(text)
    switch action {
    case "user-add":
      // Told twice is as wrong as not at all.
      told.added = told.added == nil ? text : ""
      told.createdAt = moment
    case "user-role":
      if payload.text("change") == "add" {
        told.grants[number] = text
      } else if let grant = payload.number("grant") {
        told.grants[grant] = nil
      }
    case "user-disable":
      told.isDisabled = true
      told.sessions.removeAll()
    case "user-enable": told.isDisabled = false
    case "user-password":
      told.password = text
      told.sessions.removeAll()
    case "user-rehash": told.password = text
    case "sign-in": told.sessions[number] = payload.text("digest").map { ($0, moment) }
    case "sign-out", "user-sessions":
      if let ended = payload.number("session") { told.sessions[ended] = nil } else { told.sessions.removeAll() }
    default: break
    }
  }
}
