internal import Crypto
internal import Foundation
internal import Suggestions

/// 256 random bits a browser shows with every request. Never stored, never part of an event; only its digest is.
package struct SessionToken: Sendable, CustomStringConvertible {
  private let bytes: [UInt8]

  /// A new one.
  package init() {
    var generator = SystemRandomNumberGenerator()
    bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// Nil where the text is no token.
  package init?(_ text: String) {
    let digits = text.replacing("-", with: "+").replacing("_", with: "/")
    guard text.utf8.count == 43, let data = Data(base64Encoded: digits + "=") else { return nil }
    bytes = Array(data)
    // Of the last sign two bits mean nothing; a token has one spelling.
    guard bytes.count == 32, self.text == text else { return nil }
  }

  /// 43 signs of base 64 as addresses and cookies take it (RFC 4648 §5), without padding.
  package var text: String {
    String(Data(bytes).base64EncodedString().prefix { $0 != "=" }).replacing("+", with: "-").replacing("/", with: "_")
  }

  var digest: [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// Says nothing, so that no log line does.
  package var description: String { "session token" }
}

/// 会话: a user in one browser.
package struct AccountSession: Sendable, Hashable {
  /// Number of the event of signing in; no secret.
  package var id: Int
  /// With the roles of this moment.
  package var account: Account
  /// Seconds since 1970.
  package var createdAt: Int64
  /// The last click that was written down.
  package var seenAt: Int64
  package var idleUntil: Int64
  package var endsAt: Int64
}

extension SuggestionStore {
  /// The session of a token, pushed on by being used; nil where there is none, it is over, was revoked, or its user was
  /// disabled. Asks the store each time: what was revoked is gone with the next click.
  package func session(
    _ token: SessionToken, at moment: Int64, limits: SignInLimits = .standard
  ) throws(StoreFault) -> AccountSession? {
    let found = try snapshot { session throws(StoreFault) in
      try SuggestionStore.sessions("digest = $1", .bytes(token.digest), at: moment, session).first
    }
    guard var found, !found.account.isDisabled else { return nil }
    guard moment >= found.seenAt + limits.seenEvery else { return found }
    found.seenAt = moment
    found.idleUntil = min(moment + limits.idle, found.endsAt)
    try write { session throws(StoreFault) in
      // Another click may have gone further already.
      try session.execute(
        "UPDATE account_session SET seen_at = $2, idle_until = $3 WHERE id = $1 AND seen_at < $2",
        [.integer(found.id), .integer(moment), .integer(found.idleUntil)])
    }
    return found
  }

  /// 退出. A token of no session is no fault.
  package func signOut(_ token: SessionToken, at moment: Int64) throws(StoreFault) {
    try write { session throws(StoreFault) in
      let found = try SuggestionStore.sessions("digest = $1", .bytes(token.digest), at: moment, session).first
      guard let found else { return }
      try session.execute("DELETE FROM account_session WHERE id = $1", [.integer(found.id)])
      let payload = AccountRows.payload { $0.field("session", found.id) }
      try tell("sign-out", found.account.id, payload, found.account.name, moment, session)
    }
  }

  /// Sessions of a user that are not over, the latest first; nil where there is no such user.
  package func sessions(of name: String, at moment: Int64) throws(StoreFault) -> [AccountSession]? {
    try snapshot { session throws(StoreFault) in
      guard let account = try AccountRows.named(name, session)?.account else { return nil }
      return try SuggestionStore.sessions("account = $1", .integer(account.id), at: moment, session)
    }
  }

  /// Ends one session of a user, or all of them, at once.
  ///
  /// - Returns: how many there were; nil where there is no such user.
  package func revokeSessions(
    of name: String, only id: Int? = nil, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Int? {
    try write { session throws(StoreFault) in
      guard let account = try AccountRows.named(name, session)?.account else { return nil }
      let ended = try endSessions(of: account.id, only: id, session)
      guard ended > 0 else { return 0 }
      let payload = AccountRows.payload {
        if let id { $0.field("session", id) }
        $0.field("sessions", ended)
      }
      try tell("user-sessions", account.id, payload, actor, moment, session)
      return ended
    }
  }

  /// Inside the caller's transaction, and told by the caller's event.
  func endSessions(of account: Int, only id: Int? = nil, _ session: any SQLSession) throws(StoreFault) -> Int {
    let condition = id == nil ? "account = $1" : "account = $1 AND id = $2"
    let arguments = [.integer(account)] + [id].compactMap { $0.map { SQLValue.integer($0) } }
    let ended = try session.integer("SELECT count(*) FROM account_session WHERE \(condition)", arguments)
    try session.execute("DELETE FROM account_session WHERE \(condition)", arguments)
    return Int(ended)
  }

  private static func sessions(
    _ condition: String, _ argument: SQLValue, at moment: Int64, _ session: any SQLSession
  ) throws(StoreFault) -> [AccountSession] {
    let rows = try session.all(
      """
      SELECT id, account, created_at, seen_at, idle_until, ends_at FROM account_session
      WHERE \(condition) AND idle_until > $2 AND ends_at > $2 ORDER BY id DESC
      """, [argument, .integer(moment)]
    ) { row in (0..<6).map { row.integer($0) } }
    var found: [AccountSession] = []
    for row in rows {
      guard let account = try AccountRows.with(id: Int(row[1]), session)?.account else { continue }
      found.append(
        AccountSession(
          id: Int(row[0]), account: account, createdAt: row[2], seenAt: row[3], idleUntil: row[4], endsAt: row[5]))
    }
    return found
  }
}
