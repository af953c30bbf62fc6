import Casework
import Dispatch
import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// Who is let in, for how long, and how often one may try. Time is a value.
@Suite struct SignInTests {
  static let now = AccountTests.now
  static let right = Password("three cats by the manhole")
  static let wrong = Password("two dogs by the manhole")
  static let cost = PasswordTests.cheap
  static let minute: Int64 = 60

  private func sample() throws -> SampleStore {
    let sample = try SampleStore()
    for name in ["min", "wei"] {
      _ = try sample.store.addAccount(
        name, scope: RoleScope(.moderator), by: AccountTests.system, at: Self.now - 60
      ).get()
      _ = try sample.store.setPassword(
        Self.right, of: name, by: AccountTests.system, at: Self.now - 60, cost: Self.cost
      ).get()
    }
    return sample
  }

  private func enter(
    _ sample: SampleStore, _ name: String = "min", _ password: Password = right, from address: String? = nil,
    at moment: Int64 = now, cost: PasswordRecord.Cost = cost
  ) throws -> Result<SignedIn, SignInRefusal> {
    try sample.store.signIn(name, password, from: address, at: moment, cost: cost)
  }

  private func refusal(_ result: Result<SignedIn, SignInRefusal>) -> SignInRefusal? {
    if case .failure(let refusal) = result { return refusal }
    return nil
  }

  @Test func letsIn() throws {
    let sample = try sample()
    let entered = try enter(sample, "MIN").get()
    #expect(entered.session.account.name == "min")
    #expect(entered.session.endsAt == Self.now + 12 * 60 * Self.minute)
    let token = try #require(SessionToken(entered.token.text))
    let session = try #require(try sample.store.session(token, at: Self.now + 5))
    #expect(session.account.actors() == [CaseActor(name: "min", role: .moderator)])
    #expect(try AccountTests.events(sample).last?.action == "sign-in")
    #expect(try sample.store.verify().faults == [])
  }

  @Test func saysNoMoreThanItMust() throws {
    let sample = try sample()
    _ = try sample.store.addAccount("new", by: AccountTests.system, at: Self.now).get()
    #expect(refusal(try enter(sample, "min", Self.wrong)) == .wrong)
    #expect(refusal(try enter(sample, "min", Password(""))) == .wrong)
    #expect(refusal(try enter(sample, "nobody")) == .wrong)
    #expect(refusal(try enter(sample, "not a name")) == .wrong)
    #expect(refusal(try enter(sample, "new")) == .wrong, "a user without a password")
    _ = try sample.store.disableAccount("wei", by: AccountTests.system, at: Self.now).get()
    #expect(refusal(try enter(sample, "wei", Self.wrong)) == .wrong)
    #expect(refusal(try enter(sample, "wei")) == .disabled)
    let failures = try AccountTests.events(sample).filter { $0.action == "sign-in-failed" }
    #expect(failures.map(\.subject) == [1, 1, 0, 0, 3, 2, 2])
    #expect(failures.map(\.payload)[1...2] == [#"{"cause":"wrong"}"#, #"{"cause":"unknown"}"#])
    #expect(failures.last?.payload == #"{"cause":"disabled"}"#)
    #expect(failures.allSatisfy { $0.actor == "system:sign-in" })
    #expect(try sample.store.verify().faults == [])
  }

  @Test func aDamagedRecordIsAFault() throws {
    let sample = try sample()
    try sample.tamper("UPDATE account SET password = 'plain' WHERE id = 1")
    #expect(throws: StoreFault.self) { _ = try enter(sample) }
  }

  // MARK: Throttling

  @Test func tenFailuresLockTheName() throws {
    let sample = try sample()
    for second in Int64(0)..<10 {
      #expect(refusal(try enter(sample, "min", Self.wrong, at: Self.now + second)) == .wrong)
    }
    let until = Self.now + 9 + 15 * Self.minute
    #expect(refusal(try enter(sample, "Min", at: Self.now + 10)) == .locked(until: until), "the right one too")
    #expect(refusal(try enter(sample, "min", at: until - 1)) == .locked(until: until))
    #expect(refusal(try enter(sample, "wei", at: Self.now + 10)) == nil, "others come in")
    let failures = try AccountTests.events(sample).filter { $0.action == "sign-in-failed" }
    #expect(failures.count == 10, "what is not looked at is not told")
    #expect(failures.last?.payload == #"{"cause":"wrong","locked_until":\#(until)}"#)
    #expect(refusal(try enter(sample, "min", Self.wrong, at: until)) == .wrong, "and counts anew")
    #expect(refusal(try enter(sample, "min", at: until)) == nil)
  }

  @Test func namesNobodyHasAreLockedLikeOthers() throws {
    let sample = try sample()
    for _ in 0..<10 { #expect(refusal(try enter(sample, "nobody")) == .wrong) }
    #expect(refusal(try enter(sample, "NOBODY")) == .locked(until: Self.now + 15 * Self.minute))
  }

  @Test func theTenthMayBeRight() throws {
    let sample = try sample()
    for _ in 0..<9 { _ = try enter(sample, "min", Self.wrong) }
    #expect(refusal(try enter(sample)) == nil)
    for _ in 0..<9 { #expect(refusal(try enter(sample, "min", Self.wrong)) == .wrong) }
    #expect(refusal(try enter(sample)) == nil, "success starts anew")
  }

  @Test func failuresOfLongAgoAreForgotten() throws {
    let sample = try sample()
    for _ in 0..<9 { _ = try enter(sample, "min", Self.wrong) }
    let later = Self.now + 15 * Self.minute
    for _ in 0..<9 { #expect(refusal(try enter(sample, "min", Self.wrong, at: later)) == .wrong) }
    #expect(refusal(try enter(sample, at: later)) == nil)
    #expect(try sample.integer("SELECT count(*) FROM sign_in_attempt") == 0)
  }

  @Test func anAddressIsLockedForAllNames() throws {
    let sample = try sample()
    for number in 0..<50 { #expect(refusal(try enter(sample, "guess\(number)", from: "10.0.0.1")) == .wrong) }
    #expect(refusal(try enter(sample, "min", from: "10.0.0.1")) == .locked(until: Self.now + 15 * Self.minute))
    #expect(refusal(try enter(sample, "min", from: "10.0.0.2")) == nil)
  }

  @Test func anOfficeThatSignsInIsNotLocked() throws {
    let sample = try sample()
    for number in 0..<49 { _ = try enter(sample, "guess\(number)", from: "10.0.0.1") }
    for _ in 0..<60 { #expect(refusal(try enter(sample, from: "10.0.0.1")) == nil) }
  }

  /// Guesses begun at once are as bounded as one after another: an attempt counts before it is looked at.
  @Test func manyAtOnceAreBounded() throws {
    let sample = try sample()
    let store = sample.store
    DispatchQueue.concurrentPerform(iterations: 40) { _ in
      _ = try? store.signIn("min", Self.wrong, at: Self.now, cost: Self.cost)
    }
    #expect(try AccountTests.events(sample).count { $0.action == "sign-in-failed" } == 10)
    #expect(refusal(try enter(sample)) == .locked(until: Self.now + 15 * Self.minute))
  }

  @Test func aClockSetBackLocksNobodyForLong() throws {
    let sample = try sample()
    let year: Int64 = 365 * 86_400
    for _ in 0..<10 { _ = try enter(sample, "min", Self.wrong, at: Self.now + year) }
    #expect(refusal(try enter(sample, "min", at: Self.now)) == nil)
  }

  @Test func settingAPasswordUnlocks() throws {
    let sample = try sample()
    for _ in 0..<11 { _ = try enter(sample, "min", Self.wrong) }
    _ = try sample.store.setPassword(
      Self.wrong, of: "min", by: AccountTests.system, at: Self.now, cost: Self.cost
    ).get()
    #expect(refusal(try enter(sample, "min", Self.wrong)) == nil)
  }

  /// What was typed as a name may be a password; it is nowhere, not even among what is counted.
  @Test func namesThatWereTypedAreNotKept() throws {
    let sample = try sample()
    _ = try enter(sample, "marker-typed-into-the-wrong-field")
    #expect(try !bytes(sample).contains("marker-typed-into"))
  }

  // MARK: Sessions

  @Test func aSessionSlidesAndEnds() throws {
    let sample = try sample()
    let token = try enter(sample).get().token
    #expect(try sample.store.session(token, at: Self.now + 30 * Self.minute) == nil, "idle")
    var moment = Self.now
    for _ in 0..<24 {
      moment += 29 * Self.minute
      #expect(try sample.store.session(token, at: moment)?.seenAt == moment)
    }
    // 11 h 36 min of clicking; the day ends all the same.
    moment += 23 * Self.minute
    #expect(try sample.store.session(token, at: moment)?.idleUntil == Self.now + 12 * 60 * Self.minute)
    #expect(try sample.store.session(token, at: Self.now + 12 * 60 * Self.minute) == nil)
    #expect(try sample.store.verify().faults == [])
  }

  @Test func readingDoesNotWriteEachTime() throws {
    let sample = try sample()
    let token = try enter(sample).get().token
    _ = try sample.store.session(token, at: Self.now + 59)
    #expect(try sample.integer("SELECT seen_at FROM account_session") == Int(Self.now))
    _ = try sample.store.session(token, at: Self.now + 60)
    #expect(try sample.integer("SELECT seen_at FROM account_session") == Int(Self.now + 60))
  }

  @Test func sessionsAreRevokedAtOnce() throws {
    let sample = try sample()
    func isIn(_ token: SessionToken) throws -> Bool { try sample.store.session(token, at: Self.now + 2) != nil }
    let other = try enter(sample, "wei").get().token
    func tokens() throws -> [SessionToken] { try (0..<2).map { _ in try enter(sample).get().token } }

    var two = try tokens()
    try sample.store.signOut(two[0], at: Self.now + 1)
    #expect(try [isIn(two[0]), isIn(two[1])] == [false, true])
    try sample.store.signOut(two[0], at: Self.now + 1)
    #expect(try sample.store.revokeSessions(of: "min", by: "zhou", at: Self.now + 1) == 1)
    #expect(try !isIn(two[1]))

    two = try tokens()
    let listed = try #require(try sample.store.sessions(of: "min", at: Self.now + 1))
    #expect(listed.count == 2)
    #expect(try sample.store.revokeSessions(of: "min", only: listed[0].id, by: "zhou", at: Self.now + 1) == 1)
    #expect(try [isIn(two[0]), isIn(two[1])] == [true, false])

    _ = try sample.store.setPassword(Self.right, of: "min", by: "zhou", at: Self.now + 1, cost: Self.cost).get()
    #expect(try !isIn(two[0]))

    two = try tokens()
    _ = try sample.store.disableAccount("min", by: "zhou", at: Self.now + 1).get()
    #expect(try two.allSatisfy { try !isIn($0) })
    _ = try sample.store.enableAccount("min", by: "zhou", at: Self.now + 1).get()
    #expect(try two.allSatisfy { try !isIn($0) }, "and stay so")

    #expect(try isIn(other))
    #expect(try sample.store.revokeSessions(of: "nobody", by: "zhou", at: Self.now) == nil)
    #expect(try sample.store.sessions(of: "nobody", at: Self.now) == nil)
    #expect(try sample.store.verify().faults == [])
  }

  @Test func rolesHoldFromTheNextClick() throws {
    let sample = try sample()
    let token = try enter(sample).get().token
    _ = try sample.store.removeRoles(of: "min", by: "zhou", at: Self.now) { _ in true }.get()
    #expect(try sample.store.session(token, at: Self.now + 1)?.account.actors() == [])
  }

  @Test func sessionsThatAreOverAreCleared() throws {
    let sample = try sample()
    for hour in 0..<5 { _ = try enter(sample, at: Self.now + Int64(hour) * 3600) }
    #expect(try sample.integer("SELECT count(*) FROM account_session") == 1)
    #expect(try sample.store.verify().faults == [])
  }

  @Test func tokensAreReadBackStrictly() throws {
    let token = SessionToken()
    let text = token.text
    #expect(text.utf8.count == 43 && SessionToken(text)?.text == text)
    #expect(SessionToken().text != text)
    #expect("\(token)" == "session token")
    let short = String(text.dropLast())
    for wrong in ["", text + "A", short, text + "=", short + "*", " " + text.dropFirst()] {
      #expect(SessionToken(wrong) == nil, "\(wrong)")
    }
    // The last sign carries four bits; its other spellings are other tokens to nobody.
    let spellings = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    #expect(spellings.filter { SessionToken(short + String($0)) != nil }.count == 16)
    #expect(try sample().store.session(SessionToken(), at: Self.now) == nil)
  }

  // MARK: Passwords

  @Test func aCheapRecordIsRenewed() throws {
    let sample = try sample()
    let dearer = PasswordRecord.Cost(logRounds: 5, blockSize: 8, parallelism: 1)
    #expect(refusal(try enter(sample, "min", Self.wrong, cost: dearer)) == .wrong)
    #expect(try AccountTests.events(sample).last?.action == "sign-in-failed")
    let token = try enter(sample, cost: dearer).get().token
    #expect(try AccountTests.events(sample).map(\.action).suffix(2) == ["user-rehash", "sign-in"])
    #expect(try sample.integer("SELECT count(*) FROM account WHERE password LIKE '%ln=5,%'") == 1)
    #expect(refusal(try enter(sample, cost: dearer)) == nil)
    #expect(try AccountTests.events(sample).count { $0.action == "user-rehash" } == 1)
    #expect(try sample.store.session(token, at: Self.now + 1) != nil)
    #expect(try sample.store.verify().faults == [])
  }

  private func bytes(_ sample: SampleStore) throws -> String {
    var text = ""
    for path in [sample.path, sample.path + "-wal"] {
      // Latin letters alone are looked for: one sign a byte will do.
      text += String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
    return text
  }

  @Test func noSecretIsInTheStore() throws {
    let sample = try sample()
    let token = try enter(sample, from: "10.0.0.9").get().token
    _ = try enter(sample, "min", Self.wrong)
    _ = try sample.store.session(token, at: Self.now + 90)
    let found = try bytes(sample)
    #expect(found.contains("10.0.0.9") && found.contains("$scrypt$ln=4"), "the store was looked through")
    for secret in ["three cats", "two dogs", token.text, String(token.text.prefix(16))] {
      #expect(!found.contains(secret))
    }
    let binary = try #require(Data(base64Encoded: token.text.replacing("-", with: "+").replacing("_", with: "/") + "="))
    for path in [sample.path, sample.path + "-wal"] {
      #expect(FileManager.default.contents(atPath: path)?.range(of: binary) == nil)
    }
    for event in try AccountTests.events(sample) { #expect(!event.payload.contains("scrypt")) }
  }
}
