internal import Suggestions

/// Why somebody is not let in.
package enum SignInRefusal: Error, Sendable, Hashable {
  /// No such user, no password set, or another password: which of them is nobody's business.
  case wrong
  /// The password is right and the user was disabled.
  case disabled
  /// Too many failures; nothing is looked at before that moment.
  case locked(until: Int64)
}

/// Somebody who was let in.
package struct SignedIn: Sendable {
  /// For the browser alone; the store has its digest.
  package var token: SessionToken
  package var session: AccountSession
}

extension SuggestionStore {
  /// Lets a user in, or says why not, and writes down which. Takes a third of a second and 128 MiB, one at a time in a
  /// process, whether or not there is such a user: a server calls it from a thread of its own.
  ///
  /// - Parameters:
  ///   - address: where the request comes from, for counting failures; kept with the event.
  ///   - at: seconds since 1970.
  ///   - cost: what a record of today costs; a cheaper one is renewed on the way.
  package func signIn(
    _ name: String, _ password: Password, from address: String? = nil, at moment: Int64,
    limits: SignInLimits = .standard, cost: PasswordRecord.Cost = .standard
  ) throws(StoreFault) -> Result<SignedIn, SignInRefusal> {
    try admit(name, password, from: address, at: moment, limits: limits, cost: cost) {
      account, session throws(StoreFault) in
      try open(account, from: address, at: moment, limits, session)
    }
  }

  /// Looks whether the password is the user's, counts the attempt, and does something for them if it is.
  ///
  /// - Parameter body: runs inside the transaction that found the password to be right and the user not disabled.
  func admit<Value>(
    _ name: String, _ password: Password, from address: String?, at moment: Int64, limits: SignInLimits,
    cost: PasswordRecord.Cost, _ body: (Account, any SQLSession) throws(StoreFault) -> Value
  ) throws(StoreFault) -> Result<Value, SignInRefusal> {
    let throttle = try SignInThrottle(self, name: name, address: address)
    let (begun, known) = try write { session throws(StoreFault) in
      (try throttle.begin(at: moment, limits, session), try AccountRows.named(name, session))
    }
    guard case .counted(let lockedUntil) = begun else {
      if case .refused(let until) = begun { return .failure(.locked(until: until)) }
      return .failure(.wrong)
    }
    let record = try known?.password.map { text throws(StoreFault) in
      guard let record = PasswordRecord(text: text) else {
        throw .corrupt("account \(known?.account.id ?? 0): the password record cannot be read")
      }
      return record
    }
    let matches = try (record ?? PasswordRecord.standIn(cost: cost)).matches(password)
    var renewed: String?
    if matches, let record, record.needsRenewal(for: cost) { renewed = try PasswordRecord(password, cost: cost).text }
    return try write { session throws(StoreFault) in
      // Somebody may have disabled the user or set another password while this one was hashed.
      let now = try known.flatMap { before throws(StoreFault) in try AccountRows.with(id: before.account.id, session) }
      guard matches, let now, record != nil, now.password == known?.password else {
        let cause = known == nil ? "unknown" : "wrong"
        try failed(cause, known?.account.id ?? 0, from: address, lockedUntil, moment, session)
        return .failure(.wrong)
      }
      if now.account.isDisabled {
        try failed("disabled", now.account.id, from: address, lockedUntil, moment, session)
        return .failure(.disabled)
      }
      try throttle.succeed(session)
      if let renewed {
        try session.execute(
          "UPDATE account SET password = $2 WHERE id = $1", [.integer(now.account.id), .text(renewed)])
        try tell(
          "user-rehash", now.account.id, AccountRows.password(renewed), now.account.name, moment, session)
      }
      return .success(try body(now.account, session))
    }
  }

  /// Begins a session, and tells of it.
  func open(
    _ account: Account, from address: String?, at moment: Int64, _ limits: SignInLimits, _ session: any SQLSession
  ) throws(StoreFault) -> SignedIn {
    try session.execute(
      "DELETE FROM account_session WHERE idle_until <= $1 OR ends_at <= $1", [.integer(moment)])
    let token = SessionToken()
    let opened = AccountSession(
      id: try History.next(session), account: account, createdAt: moment, seenAt: moment,
      idleUntil: moment + min(limits.idle, limits.absolute), endsAt: moment + limits.absolute)
    try session.execute(
      """
      INSERT INTO account_session (id, digest, account, created_at, seen_at, idle_until, ends_at)
      VALUES ($1, $2, $3, $4, $4, $5, $6)
      """,
      [
        .integer(opened.id), .bytes(token.digest), .integer(account.id), .integer(moment), .integer(opened.idleUntil),
        .integer(opened.endsAt),
      ])
    let payload = AccountRows.payload {
      $0.field("digest", Hexadecimal.text(token.digest))
      if let address { $0.field("from", address) }
    }
    try tell("sign-in", account.id, payload, account.name, moment, session)
    return SignedIn(token: token, session: opened)
  }

  private func failed(
    _ cause: String, _ account: Int, from address: String?, _ lockedUntil: Int64?, _ moment: Int64,
    _ session: any SQLSession
  ) throws(StoreFault) {
    let payload = AccountRows.payload {
      $0.field("cause", cause)
      if let address { $0.field("from", address) }
      if let lockedUntil { $0.field("locked_until", lockedUntil) }
    }
    // Whoever it was, it is not known to have been the user.
    try tell("sign-in-failed", account, payload, "system:sign-in", moment, session)
  }
}
