/// Why a user keeps the password they have.
package enum PasswordChangeRefusal: Error, Sendable, Hashable {
  /// The old one was not theirs, or it may not be tried now.
  case old(SignInRefusal)
  case new(PasswordFault)
  /// The new one is the old one.
  case same
}

extension SuggestionStore {
  /// A user changes their own password: the old one is asked for, and counts as an attempt to sign in, so that nobody
  /// finds it out at a browser somebody left open. Every session ends, and one begins for this browser.
  ///
  /// - Parameters:
  ///   - old: what is looked at; wrong ones are counted with those of signing in.
  ///   - address: where the request comes from.
  ///   - moment: seconds since 1970.
  package func changePassword(
    of name: String, from old: Password, to new: Password, at address: String? = nil, _ moment: Int64,
    limits: SignInLimits = .standard, cost: PasswordRecord.Cost = .standard
  ) throws(StoreFault) -> Result<SignedIn, PasswordChangeRefusal> {
    guard let known = try account(named: name) else { return .failure(.old(.wrong)) }
    if let fault = new.fault(name: known.name, display: known.display) { return .failure(.new(fault)) }
    if new.bytes == old.bytes { return .failure(.same) }
    // Hashing takes a good part of a second: nobody waits for it inside a transaction.
    let record = try PasswordRecord(new, cost: cost).text
    return try admit(name, old, from: address, at: moment, limits: limits, cost: cost) {
      account, session throws(StoreFault) in
      try session.execute(
        "UPDATE account SET password = $2 WHERE id = $1", [.integer(account.id), .text(record)])
      _ = try endSessions(of: account.id, session)
      try tell("user-password", account.id, AccountRows.password(record), account.name, moment, session)
      return try open(account, from: address, at: moment, limits, session)
    }.mapError { .old($0) }
  }
}
