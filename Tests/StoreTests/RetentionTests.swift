import Casework
import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// What goes when its time is over, what stays, and that it is never half gone.
@Suite struct RetentionTests {
  private static let ended: Int64 = 1_750_200_000
  private static let day: Int64 = 86_400
  private static let overdue = ended + 365 * day

  private static func rules(_ policy: RetentionPolicy = policy) -> CaseworkRules { CaseworkRules(retention: policy) }

  private static let policy = RetentionPolicy(
    originals: [.rejected: 365], exempt: [.sensitive, .reopened], quarantine: 365)

  private static func reject(_ id: Int, in sample: SampleStore) throws {
    let request = CaseRequest(
      .reject, at: ended, details: CaseDetails { ($0.rejection, $0.reason) = (.inCourt, "已起诉") })
    _ = try sample.store.act(
      request, on: id, by: CaseActor(name: "周敏", role: .lead, tracks: [.ordinary]), under: rules()).get()
  }

  /// Of forty-one, the first is rejected; it has two versions in two segments.
  private static func filled() throws -> SampleStore {
    let sample = try ErasureTests.filled()
    try reject(1, in: sample)
    return sample
  }

  private func due(
    _ sample: SampleStore, _ policy: RetentionPolicy = policy, at moment: Int64 = overdue
  ) throws -> Int {
    try #require(try sample.store.retentionDue(under: RetentionTests.rules(policy), at: moment)[.originals])
  }

  private func kinds(_ sample: SampleStore) throws -> [VerificationFault.Kind] {
    try sample.store.verify(under: RetentionTests.rules()).faults.map(\.kind)
  }

  private func copy(_ sample: SampleStore, _ endings: [String]) -> [String: Data] {
    Dictionary(
      uniqueKeysWithValues: endings.map { ($0, FileManager.default.contents(atPath: sample.path + $0) ?? Data()) })
  }

  private func put(_ files: [String: Data], into sample: SampleStore) throws {
    for (ending, data) in files { try data.write(to: URL(fileURLWithPath: sample.path + ending)) }
  }

  private static let sealedMarks = ["name", "old received", "phone", "received"]

  // MARK: What is due

  @Test func nothingIsDueBeforeItsTime() throws {
    let sample = try RetentionTests.filled()
    #expect(try due(sample, at: RetentionTests.overdue - 1) == 0)
    #expect(try due(sample) == 2)
    #expect(try due(sample, RetentionPolicy(originals: [.closed: 365, .archived: 365])) == 0, "another state")
    #expect(try due(sample, RetentionPolicy()) == 0, "no rule")
    // While it can be reopened, whatever the rule says.
    let hasty = RetentionPolicy(originals: [.rejected: 1])
    #expect(try due(sample, hasty, at: RetentionTests.ended + 30 * RetentionTests.day - 1) == 0)
    #expect(try due(sample, hasty, at: RetentionTests.ended + 30 * RetentionTests.day) == 2)
  }

  @Test func whatIsExemptIsKept() throws {
    let sample = try RetentionTests.filled()
    try sample.tamper("UPDATE case_file SET round = 1 WHERE suggestion = 1")
    #expect(try due(sample) == 0)
    #expect(try due(sample, RetentionPolicy(originals: [.rejected: 365], exempt: [.sensitive])) == 2)
    try sample.tamper("UPDATE case_file SET round = 0 WHERE suggestion = 1")
    try sample.tamper("UPDATE suggestion SET track = 1 WHERE id = 1")
    #expect(try due(sample) == 0)
    #expect(try due(sample, RetentionPolicy(originals: [.rejected: 365], exempt: [.reopened])) == 2)
  }

  @Test func whatWasMergedOrJoinedGoesWithIt() throws {
    let sample = try SampleStore()
    let joined = SampleRecord("A-2").with { ($0.suggestion, $0.duplicate, $0.leader) = (1, .exact, 1) }
    try sample.take([SampleRecord("A-1"), joined, SampleRecord("A-3"), SampleRecord("A-4")])
    let act = try #require(StaffAct(actor: "周敏", reason: "同一件事", at: RetentionTests.ended))
    _ = try sample.store.merge(3, into: 1, act: act, under: RetentionTests.rules()).get()
    #expect(try due(sample) == 0, "the case is open")
    try RetentionTests.reject(1, in: sample)
    #expect(try due(sample) == 3)
    try sample.applyRetention(under: RetentionTests.rules(), at: RetentionTests.overdue)
    for number in [1, 2, 3] {
      #expect(try sample.store.received(submission: number, by: ErasureTests.act("核对")) == nil, "\(number)")
    }
    #expect(try sample.store.received(submission: 4, by: ErasureTests.act("核对")) != nil)
    #expect(try kinds(sample) == [])
  }

  // MARK: What goes

  @Test func theSealedBytesGoAndTheTextStays() throws {
    let sample = try RetentionTests.filled()
    #expect(ErasureTests.found(in: try sample.sealedText()) == RetentionTests.sealedMarks)
    let events = try sample.store.standing().head.event
    let report = try sample.applyRetention(under: RetentionTests.rules(), at: RetentionTests.overdue)
    #expect(report.gone[.originals] == 2 && report.segments == 2 && report.isFinished && !report.isMore)
    #expect(report.event == events + 1)
    #expect(ErasureTests.found(in: try sample.sealedText()) == [])
    #expect(try sample.store.received(submission: 1, by: ErasureTests.act("核对")) == nil)
    #expect(try sample.store.received(submission: 1, revision: 0, by: ErasureTests.act("核对")) == nil)
    let detail = try #require(try sample.store.suggestion(id: "1", names: SampleStore.names))
    #expect(detail.members.first?.title == ErasureTests.mark("title"))
    // The others of its segments open.
    for number in [2, 20, 41] {
      let opened = try #require(try sample.store.received(submission: number, by: ErasureTests.act("核对")))
      #expect(String(decoding: opened.bytes, as: UTF8.self) == "原件 \(number - 2)")
    }
    // And the keys of before are zeros: no copy of the store opens.
    let keys = try #require(FileManager.default.contents(atPath: sample.keyPath))
    #expect(keys[52..<116].allSatisfy { $0 == 0 })
    #expect(try kinds(sample) == [])
    #expect(try due(sample) == 0)
    let note = try #require(try sample.store.retentionNotes(limit: 9).first)
    #expect(note.event == report.event && note.actor == "周敏" && note.gone[.originals] == 2)
    // What comes after is sealed and opens, and an erasure of the same one finds nothing to stumble over.
    try sample.take([SampleRecord("C-1").with { $0.received = "后来的" }])
    try sample.erase([1])
    #expect(try kinds(sample) == [])
    #expect(try sample.store.received(submission: 42, by: ErasureTests.act("核对"))?.bytes == Array("后来的".utf8))
  }

  @Test func whereNothingIsDueNothingIsTold() throws {
    let sample = try RetentionTests.filled()
    let head = try sample.store.standing().head
    let report = try sample.applyRetention(under: RetentionTests.rules(), at: RetentionTests.overdue - 1)
    #expect(report.event == nil && report.segments == 0 && report.isFinished)
    #expect(try sample.store.standing().head == head)
    #expect(ErasureTests.found(in: try sample.sealedText()) == RetentionTests.sealedMarks)
  }

  @Test func oneApplicationDoesNotDoEverythingAtOnce() throws {
    let sample = try RetentionTests.filled()
    let act = try #require(StaffAct(actor: "周敏", reason: "按保存期限", at: RetentionTests.overdue))
    let first = try sample.store.applyRetention(under: RetentionTests.rules(), act: act, segments: 1)
    #expect(first.gone[.originals] == 1 && first.isMore)
    let second = try sample.store.applyRetention(under: RetentionTests.rules(), act: act, segments: 1)
    #expect(second.gone[.originals] == 1 && !second.isMore)
    #expect(try sample.store.retentionNotes(limit: 9).map(\.event) == [second.event, first.event])
    #expect(try kinds(sample) == [])
  }

  @Test func settledSetAsideBytesGo() throws {
    let sample = try SampleStore()
    try sample.take([SampleRecord("A-1")], setAside: ["abc"])
    func due() throws -> Int? {
      try sample.store.retentionDue(under: RetentionTests.rules(), at: RetentionTests.overdue)[.quarantine]
    }
    #expect(try due() == 0, "it waits for somebody")
    let act = try #require(StaffAct(actor: "周敏", reason: "重复", at: RetentionTests.ended))
    #expect(try sample.store.discardQuarantine(id: 1, by: act))
    #expect(try due() == 1)
    let report = try sample.applyRetention(under: RetentionTests.rules(), at: RetentionTests.overdue)
    #expect(report.gone[.quarantine] == 1 && report.gone[.originals] == 0)
    #expect(try sample.store.openQuarantine(id: 1, by: ErasureTests.act("核对"))?.bytes == [])
    #expect(try sample.store.quarantine(state: .discarded).map(\.detail) == [""])
    #expect(try sample.store.received(submission: 1, by: ErasureTests.act("核对")) != nil)
    #expect(try due() == 0)
    #expect(try kinds(sample) == [])
  }

  @Test func sessionsThatAreOverGo() throws {
    let sample = try SampleStore()
    let cost = PasswordRecord.Cost(logRounds: 4, blockSize: 1, parallelism: 1)
    let password = Password("seven lamps along the river")
    _ = try sample.store.addAccount("min", scope: RoleScope(.moderator), by: "system:test", at: 1_750_000_000).get()
    _ = try sample.store.setPassword(password, of: "min", by: "system:test", at: 1_750_000_000, cost: cost).get()
    _ = try sample.store.signIn("min", password, at: 1_750_000_000, cost: cost).get()
    let over = 1_750_000_000 + SignInLimits.standard.idle + RetentionTests.day
    func due(at moment: Int64) throws -> Int? {
      try sample.store.retentionDue(under: RetentionTests.rules(), at: moment)[.sessions]
    }
    #expect(try due(at: over - 1) == 0)
    #expect(try due(at: over) == 1)
    #expect(try sample.applyRetention(under: RetentionTests.rules(), at: over).gone[.sessions] == 1)
    #expect(try sample.integer("SELECT count(*) FROM account_session") == 0)
    #expect(try kinds(sample) == [])
  }

  // MARK: Backups

  @Test func aBackupOfBeforeIsEmptiedWhenItIsRestored() throws {
    let sample = try RetentionTests.filled()
    try sample.take([SampleRecord("D-1")], setAside: ["abc"])
    let act = try #require(StaffAct(actor: "周敏", reason: "重复", at: RetentionTests.ended))
    #expect(try sample.store.discardQuarantine(id: 1, by: act))
    _ = try sample.store.backup(to: sample.folder.path("before.backup")).get()
    try sample.applyRetention(under: RetentionTests.rules(), at: RetentionTests.overdue)
    _ = try sample.store.backup(to: sample.folder.path("after.backup")).get()
    for name in ["before.backup", "after.backup"] {
      #expect(try BackupTests.restore(sample, name).verification.faults == [], "\(name)")
      #expect(ErasureTests.found(in: try sample.sealedText()) == [], "\(name)")
      #expect(try sample.store.received(submission: 1, by: ErasureTests.act("核对")) == nil, "\(name)")
      #expect(try sample.store.received(submission: 2, by: ErasureTests.act("核对")) != nil, "\(name)")
      #expect(try sample.store.openQuarantine(id: 1, by: ErasureTests.act("核对"))?.bytes == [], "\(name)")
      #expect(try sample.store.quarantine(state: .discarded).map(\.detail) == [""], "\(name)")
      let note = try #require(try sample.store.retentionNotes(limit: 9).first)
      #expect(note.gone[.originals] == 2 && note.gone[.quarantine] == 1, "\(name)")
      #expect(try due(sample) == 0, "\(name)")
      #expect(try kinds(sample) == [], "\(name)")
    }
  }

  @Test func anErasureOfAnEmptiedOneIsReplayedToo() throws {
    let sample = try RetentionTests.filled()
    _ = try sample.store.backup(to: sample.folder.path("before.backup")).get()
    try sample.applyRetention(under: RetentionTests.rules(), at: RetentionTests.overdue)
    try sample.erase([1, 2])
    let report = try BackupTests.restore(sample, "before.backup")
    #expect(report.replayed.map(\.number).sorted() == [1, 2])
    #expect(report.verification.faults == [])
    #expect(try sample.store.retentionNotes(limit: 9).isEmpty, "all that is empty was erased")
  }

  /// One that was cut off before its commit, while the rule emptied something in the same segment.
  @Test func anInterruptedErasureIsNotLost() throws {
    let sample = try RetentionTests.filled()
    _ = try sample.store.backup(to: sample.folder.path("before.backup")).get()
    try sample.store.checkpoint()
    try sample.store.close()
    let before = copy(sample, ["", ".keys"])
    try sample.open()
    try sample.erase([2])
    try sample.store.close()
    try put(before, into: sample)
    try sample.open()
    try sample.applyRetention(under: RetentionTests.rules(), at: RetentionTests.overdue)
    #expect(try kinds(sample) == [.erasures], "it still waits")
    let restored = try BackupTests.restore(sample, "before.backup")
    #expect(restored.verification.faults == [] && restored.replayed.map(\.number) == [2])
    for number in [1, 2] {
      #expect(try sample.store.received(submission: number, by: ErasureTests.act("核对")) == nil, "\(number)")
    }
    #expect(try sample.store.received(submission: 3, by: ErasureTests.act("核对")) != nil)
  }

  // MARK: Cut off

  /// Cut off after the journal: store and keys are those of before.
  @Test func oneBeforeItsCommitIsDoneAgain() throws {
    let sample = try RetentionTests.filled()
    try sample.store.checkpoint()
    try sample.store.close()
    let before = copy(sample, ["", ".keys"])
    try sample.open()
    try sample.applyRetention(under: RetentionTests.rules(), at: RetentionTests.overdue)
    try sample.store.close()
    try put(before, into: sample)
    try sample.open()
    #expect(try kinds(sample) == [], "nothing was done")
    #expect(try due(sample) == 2)
    // Somebody takes in meanwhile, under the key the interrupted one had made.
    try sample.take([SampleRecord("C-1").with { $0.received = "其间来的" }])
    let report = try sample.applyRetention(under: RetentionTests.rules(), at: RetentionTests.overdue)
    #expect(report.gone[.originals] == 2)
    #expect(ErasureTests.found(in: try sample.sealedText()) == [])
    #expect(try kinds(sample) == [])
    #expect(try sample.store.received(submission: 42, by: ErasureTests.act("核对"))?.bytes == Array("其间来的".utf8))
    #expect(try sample.store.received(submission: 2, by: ErasureTests.act("核对"))?.bytes == Array("原件 0".utf8))
  }

  /// Cut off after the commit: the old keys are there still, and the pages of before may be.
  @Test func oneAfterItsCommitIsEnded() throws {
    let sample = try RetentionTests.filled()
    let keys = copy(sample, [".keys"])
    try sample.applyRetention(under: RetentionTests.rules(), at: RetentionTests.overdue)
    let after = copy(sample, [".keys"])
    try put(keys, into: sample)
    try sample.tamper("INSERT INTO setting (name, value) VALUES ('erasing', '1')")
    #expect(try kinds(sample) == [.erasures])
    let report = try sample.applyRetention(under: RetentionTests.rules(), at: RetentionTests.overdue)
    #expect(report.isFinished && report.event == nil)
    #expect(copy(sample, [".keys"]) == after)
    #expect(try kinds(sample) == [])
  }

  @Test(arguments: [
    ("DELETE FROM emptied_seal WHERE seal = 1", 0), ("UPDATE emptied_seal SET event = 1", 0),
    ("UPDATE emptied_seal SET seal = 3 WHERE seal = 1", 0), ("INSERT INTO emptied_seal VALUES (3, 9)", 0),
    ("INSERT INTO emptied_seal VALUES (9999, 9)", 9_999),
    ("UPDATE quarantine SET detail = '又写上' WHERE id = 1", 44),
  ])
  func nobodyUndoesOneInSecret(_ sql: String, _ number: Int) throws {
    let sample = try RetentionTests.filled()
    try sample.take([SampleRecord("D-1")], setAside: ["abc"])
    let act = try #require(StaffAct(actor: "周敏", reason: "重复", at: RetentionTests.ended))
    #expect(try sample.store.discardQuarantine(id: 1, by: act))
    try sample.applyRetention(under: RetentionTests.rules(), at: RetentionTests.overdue)
    #expect(try kinds(sample) == [])
    try sample.tamper(sql)
    let faults = try sample.store.verify(under: RetentionTests.rules()).faults
    #expect(faults.first { $0.kind == .retention }?.number == number, "\(faults)")
  }
}
