import Casework
import Store
import Suggestions
import TestSupport
import Testing

/// What administration asks of the store: an administrator stays, a password is its user's to change, the history is
/// read page by page and shows nobody's words.
@Suite struct AdministrationTests {
  private static let now = AccountTests.now
  private static let system = AccountTests.system
  private static let cost = PasswordTests.cheap
  private static let old = Password("three cats by the manhole")
  private static let new = Password("seven lamps along the river")

  private func add(_ sample: SampleStore, _ name: String, _ role: CaseRole, hasPassword: Bool = true) throws {
    _ = try sample.store.addAccount(name, scope: RoleScope(role), by: Self.system, at: Self.now).get()
    guard hasPassword else { return }
    _ = try sample.store.setPassword(Self.old, of: name, by: Self.system, at: Self.now, cost: Self.cost).get()
  }

  private func takeRole(_ sample: SampleStore, _ name: String, by actor: String) throws -> Result<Account, AccountRefusal> {
    try sample.store.removeRoles(of: name, by: actor, at: Self.now) { $0.role == .administrator }
  }

  // MARK: The last administrator

  @Test func theLastAdministratorStays() throws {
    let sample = try SampleStore()
    try add(sample, "min", .administrator)
    try add(sample, "wei", .moderator)
    // One who cannot sign in helps nobody.
    try add(sample, "new", .administrator, hasPassword: false)
    let before = try AccountTests.events(sample).count
    #expect(try takeRole(sample, "min", by: "min") == .failure(.lastAdministrator))
    #expect(try sample.store.disableAccount("min", by: "min", at: Self.now) == .failure(.lastAdministrator))
    let kept = try #require(try sample.store.account(named: "min"))
    #expect(!kept.isDisabled && kept.grants.map(\.scope.role) == [.administrator])
    #expect(try AccountTests.events(sample).count == before, "a refusal leaves no event behind")
    // Others are nobody's last.
    #expect(try sample.store.disableAccount("wei", by: "min", at: Self.now).get().isDisabled)
    #expect(try sample.store.disableAccount("new", by: "min", at: Self.now).get().isDisabled)
    #expect(try sample.store.verify().faults == [])
  }

  @Test func oneOfTwoAdministratorsMayGo() throws {
    let sample = try SampleStore()
    try add(sample, "min", .administrator)
    try add(sample, "wei", .administrator)
    #expect(try takeRole(sample, "min", by: "wei").get().grants.isEmpty)
    #expect(try sample.store.disableAccount("wei", by: "wei", at: Self.now) == .failure(.lastAdministrator))
    // Whoever sits at the machine can let another one in.
    #expect(try sample.store.disableAccount("wei", by: Self.system, at: Self.now).get().isDisabled)
    #expect(try sample.store.verify().faults == [])
  }

  // MARK: One's own password

  private func change(
    _ sample: SampleStore, from old: Password = old, to new: Password = new, at moment: Int64 = now + 60
  ) throws -> Result<SignedIn, PasswordChangeRefusal> {
    try sample.store.changePassword(of: "min", from: old, to: new, at: "192.0.2.1", moment, cost: Self.cost)
  }

  @Test func aPasswordIsChangedByWhoKnowsTheOldOne() throws {
    let sample = try SampleStore()
    try add(sample, "min", .moderator)
    let before = try sample.store.signIn("min", Self.old, at: Self.now, cost: Self.cost).get()
    let after = try change(sample).get()
    #expect(try sample.store.session(before.token, at: Self.now + 61) == nil, "the old session has ended")
    #expect(try sample.store.session(after.token, at: Self.now + 61)?.account.name == "min")
    guard case .failure(.wrong) = try sample.store.signIn("min", Self.old, at: Self.now + 62, cost: Self.cost) else {
      Issue.record("the old password still lets in")
      return
    }
    _ = try sample.store.signIn("min", Self.new, at: Self.now + 63, cost: Self.cost).get()
    #expect(try sample.store.verify().faults == [])
  }

  private func refusal(_ result: Result<SignedIn, PasswordChangeRefusal>) -> PasswordChangeRefusal? {
    if case .failure(let refusal) = result { return refusal }
    return nil
  }

  @Test func whoDoesNotKnowTheOldOneChangesNothing() throws {
    let sample = try SampleStore()
    try add(sample, "min", .moderator)
    let here = try sample.store.signIn("min", Self.old, at: Self.now, cost: Self.cost).get()
    #expect(refusal(try change(sample, from: Self.new, to: Password("nine boats on the lake"))) == .old(.wrong))
    #expect(refusal(try change(sample, to: Password("short"))) == .new(.short(5)))
    #expect(refusal(try change(sample, to: Self.old)) == .same)
    #expect(try sample.store.session(here.token, at: Self.now + 61) != nil)
    #expect(try !AccountTests.events(sample).dropFirst(3).contains { $0.action == "user-password" })
    // Guessing at a browser left open is bounded as guessing at the door is.
    for guess in 1..<SignInLimits.standard.perName {
      _ = try change(sample, from: Password("guess number \(guess) of many"))
    }
    guard case .old(.locked) = refusal(try change(sample)) else {
      Issue.record("it may be tried without end")
      return
    }
    #expect(try sample.store.verify().faults == [])
  }

  // MARK: The history

  private func numbers(_ sample: SampleStore, _ change: (inout EventQuery) -> Void) throws -> [Int] {
    var query = EventQuery()
    change(&query)
    return try sample.store.events(query, limit: 100).events.map(\.number)
  }

  @Test func theHistoryIsFilteredAndPaged() throws {
    let sample = try SampleStore.small()
    for name in ["min", "wei", "an"] { try add(sample, name, .moderator) }
    _ = try sample.store.disableAccount("an", by: "min", at: Self.now + 86_400).get()
    let all = try numbers(sample) { _ in }
    #expect(all == Array(stride(from: all.count, through: 1, by: -1)))
    #expect(try numbers(sample) { $0.action = "user-disable" } == [all.count])
    #expect(try numbers(sample) { $0.action = "user-*" }.count == all.count - 1)
    #expect(try numbers(sample) { $0.action = "intake" } == [1])
    #expect(try numbers(sample) { $0.actor = "min" } == [all.count])
    #expect(try numbers(sample) { ($0.subject, $0.action) = (2, "user-add") }.count == 1)
    #expect(try numbers(sample) { $0.from = Self.now + 1 } == [all.count])
    #expect(try numbers(sample) { $0.until = Self.now } == Array(all.dropFirst()))

    // Page by page, whatever is looked at at once, everything comes once and the end is reached.
    for (limit, most) in [(2, 50_000), (50, 3), (1, 1)] {
      var found: [Int] = []
      var before: Int?
      repeat {
        let page = try sample.store.events(EventQuery(), limit: limit, before: before, lookingAt: most)
        found += page.events.map(\.number)
        before = page.next
      } while before != nil
      #expect(found == all, "\(limit) \(most)")
    }
  }

  @Test func theHistoryShowsNobodysWords() throws {
    let sample = try SampleStore.small()
    let rules = CaseworkRules()
    let lead = CaseActor(name: "周敏", role: .lead, tracks: [.ordinary, .sensitive])
    let said = "陈先生住五楼"
    func act(_ action: CaseAction, _ id: Int, _ fill: (inout CaseDetails) -> Void) throws {
      let request = CaseRequest(action, at: Self.now, details: CaseDetails(fill))
      _ = try sample.store.act(request, on: id, by: lead, under: rules).get()
    }
    try act(.note, 1) { $0.text = said }
    try act(.dispatch, 1) { ($0.handler, $0.reason) = (CaseHandler(unit: "housing"), said) }
    try act(.divert, 2) { $0.reason = said }
    let events = try sample.store.events(EventQuery(), limit: 100).events
    #expect(!"\(events)".contains(said))
    let dispatched = try #require(events.first { $0.action == "case.dispatch" })
    let facts = Dictionary(uniqueKeysWithValues: dispatched.facts.map { ($0.name, $0.value) })
    #expect(facts == ["role": "lead", "from": "pending", "to": "dispatched", "handler": "housing"])
    #expect(!dispatched.isHidden)
    let diverted = try #require(events.first { $0.action == "case.divert" })
    #expect(diverted.isHidden && diverted.facts.isEmpty, "the sensitive track is not the administrator's")
    // The number of a user says nothing of the suggestion with that number.
    try add(sample, "min", .moderator)
    try add(sample, "wei", .moderator)
    let added = try sample.store.events(EventQuery(), limit: 100).events.filter { $0.action == "user-add" }
    #expect(added.allSatisfy { !$0.isHidden && !$0.facts.isEmpty })
  }

  // MARK: How the store is

  @Test func theStoreSaysHowItIs() throws {
    let sample = try SampleStore.small()
    var standing = try sample.store.standing()
    #expect(standing.quarantined == 1 && standing.matterLag == 2 && standing.backup == nil && standing.bytes > 0)
    #expect(standing.head == (try sample.store.verify().historyHead))
    let note = BackupNote(at: Self.now, event: 1, bytes: 4_096)
    try sample.store.note(BackupNote(at: 1, event: 0, bytes: 1))
    try sample.store.note(note)
    try sample.reopen()
    standing = try sample.store.standing()
    #expect(standing.backup == note)
    #expect(try sample.store.verify().faults == [])
  }

  @Test func theLogIsMovedUnlessSomebodyTakesIn() throws {
    let sample = try SampleStore.small()
    #expect(try sample.store.standing().logBytes > 0)
    #expect(try !sample.store.tidyLog(), "it is small")
    let lock = try IntakeLock(store: sample.store)
    #expect(try !sample.store.tidyLog(over: 0), "somebody takes in")
    withExtendedLifetime(lock) {}
  }

  @Test func theLogIsMoved() throws {
    let sample = try SampleStore.small()
    #expect(try sample.store.tidyLog(over: 0))
    #expect(try sample.store.standing().logBytes == 0)
    #expect(try sample.store.verify().faults == [])
  }
}
