import Casework
import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// Users and their roles: what is kept, what is refused, what the history tells.
@Suite struct AccountTests {
  static let now: Int64 = 1_751_335_200
  static let system = "system:root"
  static let housing = CaseHandler(unit: "housing", district: "430703")

  static func events(_ sample: SampleStore) throws -> [(action: String, actor: String, subject: Int, payload: String)] {
    try sample.store.read { session throws(StoreFault) in
      try session.all("SELECT action, actor, subject, payload FROM event WHERE action <> 'intake' ORDER BY seq") {
        ($0.text(0), $0.text(1), Int($0.integer(2)), $0.text(3))
      }
    }
  }

  private func add(_ sample: SampleStore, _ name: String, _ scope: RoleScope? = nil) throws -> Account {
    try sample.store.addAccount(name, scope: scope, by: Self.system, at: Self.now).get()
  }

  @Test func aUserIsAddedOnceHoweverTheNameIsWritten() throws {
    let sample = try SampleStore()
    let added = try sample.store.addAccount("Zhou.Min", display: "周敏", by: Self.system, at: Self.now).get()
    #expect(added.name == "zhou.min" && added.display == "周敏" && added.id == 1)
    #expect(!added.isDisabled && !added.hasPassword && added.grants.isEmpty && added.actors().isEmpty)
    for name in ["zhou.min", "ZHOU.MIN", "ｚｈｏｕ．ｍｉｎ"] {
      #expect(try sample.store.account(named: name) == added, "\(name)")
      #expect(try sample.store.addAccount(name, by: Self.system, at: Self.now) == .failure(.nameTaken))
    }
    #expect(try sample.store.account(named: "zhou") == nil)
    #expect(try add(sample, "Rene\u{301}").name == "ren\u{E9}")
    #expect(try sample.store.accounts().map(\.name) == ["ren\u{E9}", "zhou.min"])
    try sample.reopen()
    #expect(try sample.store.account(named: "zhou.min") == added)
  }

  @Test(arguments: [
    "", " ", "zhou min", "system:root", ".zhou", "zhou-", "a\u{200B}b", "a\nb", "a/b", "zhou@min", "\u{3164}",
  ])
  func refusesWhatIsNoName(_ name: String) throws {
    #expect(try SampleStore().store.addAccount(name, by: Self.system, at: Self.now) == .failure(.name))
  }

  @Test func namesHaveALength() throws {
    let sample = try SampleStore()
    #expect(try add(sample, String(repeating: "周", count: 64)).name.count == 64)
    let long = String(repeating: "敏", count: 65)
    #expect(try sample.store.addAccount(long, by: Self.system, at: Self.now) == .failure(.name))
    for display in ["", " ", "周\n敏", long] {
      #expect(try sample.store.addAccount("min", display: display, by: Self.system, at: Self.now) == .failure(.display))
    }
  }

  @Test func rolesBecomeActors() throws {
    let sample = try SampleStore()
    _ = try add(sample, "min", RoleScope(.moderator, regions: ["430703", "430702"], tracks: [.ordinary, .sensitive]))
    let account = try sample.store.addRole(
      RoleScope(.departmentHead, handler: Self.housing), to: "Min", by: "zhou", at: Self.now + 1
    ).get()
    #expect(account == (try sample.store.account(named: "min")))
    #expect(
      account.actors() == [
        CaseActor(name: "min", role: .moderator, regions: ["430702", "430703"], tracks: [.ordinary, .sensitive]),
        CaseActor(name: "min", role: .departmentHead, handler: Self.housing),
      ])
    // The same role may be had with two scopes, but not twice with one.
    #expect(
      try sample.store.addRole(RoleScope(.moderator), to: "min", by: "zhou", at: Self.now).get().grants.count == 3)
    #expect(try sample.store.addRole(RoleScope(.moderator), to: "min", by: "zhou", at: Self.now) == .failure(.held))
    let left = try sample.store.removeRoles(of: "min", by: "zhou", at: Self.now) { $0.role == .moderator }.get()
    #expect(left.grants.map(\.scope.role) == [.departmentHead])
    #expect(left == (try sample.store.account(named: "min")))
    #expect(
      try sample.store.removeRoles(of: "min", by: "zhou", at: Self.now) { $0.role == .moderator } == .failure(.notHeld))
    #expect(try sample.store.addRole(RoleScope(.lead), to: "nobody", by: "zhou", at: Self.now) == .failure(.unknown))
    #expect(try sample.store.verify().faults == [])
  }

  static let wrongScopes: [(RoleScope, RoleScope.Fault)] = [
    (RoleScope(.writer), .notForPeople(.writer)), (RoleScope(.system), .notForPeople(.system)),
    (RoleScope(.department), .unitMissing(.department)),
    (RoleScope(.departmentHead, handler: CaseHandler(unit: "x", isStation: true)), .unitMissing(.departmentHead)),
    (RoleScope(.stationKeeper, handler: housing), .stationMissing(.stationKeeper)),
    (RoleScope(.moderator, handler: housing), .unitSuperfluous(.moderator)),
    (RoleScope(.moderator, tracks: []), .noTrack),
    (RoleScope(.publisher, tracks: [.ordinary, .sensitive]), .track(.publisher, .sensitive)),
    (RoleScope(.administrator, tracks: [.sensitive]), .track(.administrator, .sensitive)),
    (RoleScope(.lead, regions: ["430703 430702"]), .code), (RoleScope(.lead, regions: [""]), .code),
    (RoleScope(.department, handler: CaseHandler(unit: "a\nb")), .code),
  ]

  @Test(arguments: wrongScopes.indices) func refusesAScopeThatCannotBe(_ index: Int) throws {
    let (scope, fault) = Self.wrongScopes[index]
    let sample = try SampleStore()
    #expect(try sample.store.addAccount("min", scope: scope, by: Self.system, at: Self.now) == .failure(.scope(fault)))
    #expect(try sample.store.accounts().isEmpty)
    _ = try add(sample, "min")
    #expect(try sample.store.addRole(scope, to: "min", by: Self.system, at: Self.now) == .failure(.scope(fault)))
    #expect(try Self.events(sample).map(\.action) == ["user-add"])
  }

  @Test func everyChangeIsToldAndNothingElse() throws {
    let sample = try SampleStore()
    _ = try add(sample, "min", RoleScope(.department, regions: ["430703"], handler: Self.housing))
    _ = try sample.store.disableAccount("min", by: "zhou", at: Self.now + 1).get()
    _ = try sample.store.disableAccount("min", by: "zhou", at: Self.now + 2).get()
    _ = try sample.store.enableAccount("min", by: "zhou", at: Self.now + 3).get()
    _ = try sample.store.enableAccount("min", by: "zhou", at: Self.now + 4).get()
    _ = try sample.store.removeRoles(of: "min", by: "zhou", at: Self.now + 5) { _ in true }.get()
    _ = try sample.store.disableAccount("nobody", by: "zhou", at: Self.now + 6)
    let events = try Self.events(sample)
    #expect(events.map(\.action) == ["user-add", "user-role", "user-disable", "user-enable", "user-role"])
    #expect(events.map(\.actor) == [Self.system, Self.system, "zhou", "zhou", "zhou"])
    #expect(events.allSatisfy { $0.subject == 1 })
    #expect(events[0].payload == #"{"name":"min","display":"min"}"#)
    let scope =
      #""role":"department","regions":"430703","tracks":"ordinary","unit":"housing","district":"430703","station":false"#
    #expect(events[1].payload == #"{"change":"add","# + scope + "}")
    #expect(events[4].payload == #"{"change":"remove","grant":2,"# + scope + "}")
    #expect(try sample.store.verify().faults == [])
  }

  @Test func passwordsKeepTheRules() throws {
    let sample = try SampleStore()
    _ = try sample.store.addAccount("zhou.min", display: "周敏", by: Self.system, at: Self.now).get()
    func set(_ typed: String, of name: String = "zhou.min") throws -> Result<Account, AccountRefusal> {
      try sample.store.setPassword(Password(typed), of: name, by: Self.system, at: Self.now, cost: PasswordTests.cheap)
    }
    #expect(try set("short") == .failure(.password(.short(5))))
    #expect(try set("zhou.min2025") == .failure(.password(.name)))
    #expect(try set("password1234") == .failure(.password(.common)))
    #expect(try set("three cats by the manhole", of: "nobody") == .failure(.unknown))
    #expect(try sample.store.account(named: "zhou.min")?.hasPassword == false)
    #expect(try set("three cats by the manhole").get().hasPassword)
    #expect(try Self.events(sample).map(\.action) == ["user-add", "user-password"])
    #expect(try sample.store.verify().faults == [])
  }

  // MARK: verify

  /// A user with everything, two sessions and a role taken away again.
  private func filled() throws -> SampleStore {
    let sample = try SampleStore()
    _ = try add(sample, "min", RoleScope(.moderator, regions: ["430702"]))
    _ = try add(sample, "wei", RoleScope(.department, handler: Self.housing))
    _ = try sample.store.addRole(RoleScope(.supervisor), to: "min", by: Self.system, at: Self.now).get()
    _ = try sample.store.removeRoles(of: "min", by: Self.system, at: Self.now) { $0.role == .supervisor }.get()
    let password = Password("three cats by the manhole")
    for name in ["min", "wei"] {
      _ = try sample.store.setPassword(
        password, of: name, by: Self.system, at: Self.now, cost: PasswordTests.cheap
      ).get()
      _ = try sample.store.signIn(name, password, at: Self.now + 1, cost: PasswordTests.cheap).get()
    }
    return sample
  }

  @Test(arguments: [
    ("UPDATE account SET disabled = 1 WHERE id = 1", 1), ("UPDATE account SET display = 'x' WHERE id = 2", 2),
    ("UPDATE account SET name = 'minh' WHERE id = 1", 1), ("UPDATE account SET created_at = 5 WHERE id = 1", 1),
    ("UPDATE account SET password = (SELECT password FROM account WHERE id = 2) WHERE id = 1", 1),
    ("UPDATE account SET password = NULL WHERE id = 2", 2), ("DELETE FROM account WHERE id = 2", 2),
    ("INSERT INTO account (id, name, display, created_at) VALUES (3, 'eve', 'eve', 1751335200)", 3),
    ("UPDATE account_role SET role = 8 WHERE account = 1", 1),
    ("UPDATE account_role SET regions = '' WHERE account = 1", 1),
    ("UPDATE account_role SET tracks = '0 1' WHERE account = 2", 2),
    ("UPDATE account_role SET district = NULL WHERE account = 2", 2), ("DELETE FROM account_role WHERE account = 2", 2),
    ("UPDATE account_role SET account = 7 WHERE account = 2", 2),
    ("INSERT INTO account_role VALUES (5, 1, 6, '', '0', NULL, NULL, 0)", 1),
    ("UPDATE account_session SET account = 1", 1), ("UPDATE account_session SET digest = x'00' WHERE account = 2", 2),
    ("INSERT INTO account_session VALUES (99, x'0102', 1, 1, 1, 9999999999, 9999999999)", 1),
  ])
  func whatWasChangedBehindTheProgramsBackIsFound(_ sql: String, _ id: Int) throws {
    let sample = try filled()
    #expect(try sample.store.verify().faults == [])
    try sample.tamper(sql)
    let faults = try sample.store.verify().faults
    #expect(faults.map(\.kind) == [.accounts] && faults.first?.number == id, "\(faults)")
  }

  @Test func aRevokedSessionPutBackIsFound() throws {
    let sample = try filled()
    try sample.tamper("CREATE TABLE kept AS SELECT * FROM account_session")
    _ = try sample.store.disableAccount("min", by: Self.system, at: Self.now + 2).get()
    #expect(try sample.store.verify().faults == [])
    try sample.tamper("INSERT INTO account_session SELECT * FROM kept WHERE account = 1")
    #expect(try sample.store.verify().faults.map(\.kind) == [.accounts])
  }
}
