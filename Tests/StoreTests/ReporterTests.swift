import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// The register of mobile reporters, and what came in under their badges.
@Suite struct ReporterTests {
  static let now: Int64 = 1_751_335_200
  static let name = "瑶光李石头"

  private func added(_ sample: SampleStore, _ badge: String = "C-017") throws -> Reporter {
    try sample.store.addReporter(badge, name: Self.name, area: "430703", by: "周敏", at: Self.now).get()
  }

  private func isSound(_ sample: SampleStore) throws -> Bool { try sample.store.verify().faults.isEmpty }

  @Test(arguments: [
    ("C-017", "C-017"), (" ｃ－０１７\n", "C-017"), ("常A 23", "常A23"), ("7", "7"), ("a/b_c.1#", "A/B_C.1#"),
  ])
  func aBadgeIsOneTextHoweverItIsWritten(_ written: String, _ text: String) {
    #expect(ReporterBadge(written)?.text == text)
  }

  @Test(arguments: ["", " ", "--", "C 017;", "a\u{200B}", "<b>", String(repeating: "1", count: 33), "\u{3164}"])
  func whatIsNoBadge(_ written: String) { #expect(ReporterBadge(written) == nil) }

  @Test func aReporterIsAddedOnce() throws {
    let sample = try SampleStore.small()
    let reporter = try added(sample)
    #expect(reporter.badge == "C-017" && reporter.name == Self.name && reporter.retiredAt == nil)
    #expect(try sample.store.reporters() == [reporter])
    #expect(try sample.store.reporter(badge: "c-017") == reporter)
    #expect(try sample.store.addReporter("c－017", name: "别人", area: "430703", by: "x", at: Self.now) == .failure(.taken))
    #expect(try sample.store.addReporter("?", name: "甲", area: "430703", by: "x", at: Self.now) == .failure(.badge))
    for name in ["", " ", "甲\u{7}", String(repeating: "甲", count: 65)] {
      #expect(try sample.store.addReporter("C-018", name: name, area: "1", by: "x", at: Self.now) == .failure(.name))
    }
    try sample.reopen()
    #expect(try sample.store.reporters() == [reporter])
    #expect(try isSound(sample))
  }

  /// Neither the table nor the history shows who it is.
  @Test func theNameIsSealed() throws {
    let sample = try SampleStore.small()
    _ = try added(sample)
    _ = try sample.store.changeReporter("C-017", name: Self.name + "二", by: "周敏", at: Self.now).get()
    try sample.store.checkpoint()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: sample.path))
    #expect(bytes.range(of: Data("C-017".utf8)) != nil)
    #expect(bytes.range(of: Data(Self.name.utf8)) == nil)
    #expect(try sample.store.reporters().map(\.name) == [Self.name + "二"])
    // Two sealings of one name differ, and a name does not open under another badge.
    try sample.tamper("UPDATE reporter SET badge = 'C-018'")
    #expect(throws: StoreFault.self) { try sample.store.reporters() }
  }

  @Test func aReporterLeavesAndComesBack() throws {
    let sample = try SampleStore.small()
    _ = try added(sample)
    let retired = try sample.store.retireReporter("C-017", by: "周敏", at: Self.now + 10).get()
    #expect(retired.retiredAt == Self.now + 10 && retired.name == Self.name)
    #expect(try sample.store.retireReporter("C-017", by: "周敏", at: Self.now + 20) == .failure(.already))
    #expect(try sample.store.isReporter("c-017") && sample.store.isReporter("C-017", at: Self.now + 10))
    #expect(try !sample.store.isReporter("C-017", at: Self.now + 11) && !sample.store.isReporter("C-018"))
    #expect(try sample.store.reinstateReporter("C-017", by: "周敏", at: Self.now + 30).get().retiredAt == nil)
    #expect(try sample.store.reinstateReporter("C-017", by: "周敏", at: Self.now + 30) == .failure(.already))
    #expect(try sample.store.isReporter("C-017", at: Self.now + 11))
    #expect(try sample.store.retireReporter("C-018", by: "周敏", at: Self.now) == .failure(.unknown))
    // Forgotten is for good, for who has left already too.
    _ = try sample.store.retireReporter("C-017", by: "周敏", at: Self.now + 40).get()
    let forgotten = try sample.store.retireReporter("C-017", isForgotten: true, by: "周敏", at: Self.now + 50).get()
    #expect(forgotten.name == nil && forgotten.retiredAt == Self.now + 40)
    #expect(try sample.store.reinstateReporter("C-017", by: "周敏", at: Self.now + 60) == .failure(.forgotten))
    #expect(try sample.store.changeReporter("C-017", name: "甲", by: "周敏", at: Self.now) == .failure(.forgotten))
    #expect(try sample.store.addReporter("C-017", name: "甲", area: "1", by: "x", at: Self.now) == .failure(.taken))
    #expect(try isSound(sample))
    let events = try AccountTests.events(sample).map { $0.action }
    #expect(events == ["reporter-add", "reporter-retire", "reporter-reinstate", "reporter-retire", "reporter-retire"])
  }

  @Test func aChangeThatChangesNothingIsNoEvent() throws {
    let sample = try SampleStore.small()
    _ = try added(sample)
    _ = try sample.store.changeReporter("C-017", area: "430703", by: "周敏", at: Self.now).get()
    #expect(try AccountTests.events(sample).count == 1)
    #expect(try sample.store.changeReporter("C-017", area: "430702", by: "周敏", at: Self.now).get().area == "430702")
    #expect(try isSound(sample))
  }

  @Test(arguments: [
    "UPDATE reporter SET area = '430702'", "UPDATE reporter SET name = zeroblob(40)", "DELETE FROM reporter",
    "UPDATE reporter SET active = 0, retired_at = 5", "UPDATE reporter SET added_at = 5", "UPDATE reporter SET id = 900",
    "INSERT INTO reporter SELECT 901, 'C-1', name, area, active, added_at, retired_at FROM reporter",
    "INSERT INTO reporter_submission VALUES (1, 'C-017')", "DELETE FROM reporter_submission",
    "UPDATE reporter_submission SET badge = 'C-018'",
  ])
  func verifyFindsWhatNobodyTold(_ sql: String) throws {
    let sample = try SampleStore.small()
    _ = try added(sample)
    try sample.take([Self.record("B-1", "C-017")])
    _ = try sample.store.reporterContributions()
    #expect(try isSound(sample))
    try sample.tamper(sql)
    #expect(try sample.store.verify().faults.map(\.kind) == [.reporters])
  }

  // MARK: Contributions

  static func record(_ id: String, _ badge: String?, _ act: Act = .photo, revises: Int? = nil) -> SampleRecord {
    SampleRecord(id).with {
      $0.act = act
      $0.revises = revises
      $0.attributes = [(.address, "人民路"), (.status, "open")]
      if let badge { $0.attributes.insert((.reporter, badge), at: 1) }
    }
  }

  private func counts(_ sample: SampleStore) throws -> [String: [Act: Int]] {
    Dictionary(uniqueKeysWithValues: try sample.store.reporterContributions().map { ($0.badge, $0.acts) })
  }

  @Test func whatCameInUnderABadge() throws {
    let sample = try SampleStore.small()
    #expect(try counts(sample).isEmpty)
    try sample.take([
      Self.record("B-1", "c-017"), Self.record("B-2", "C－017", .help), Self.record("B-3", nil),
      Self.record("B-4", "C-017", .none), Self.record("B-5", "D-2", .report), Self.record("B-6", "; drop"),
      Self.record("B-7", "C-017").with {
        $0.duplicate = .exact
        $0.leader = 3
        $0.suggestion = 3
        $0.submittedAt = 1_748_736_600
      },
    ])
    let found = try sample.store.reporterContributions()
    #expect(found.map(\.badge) == ["C-017", "D-2"])
    #expect(found[0].acts == [.photo: 2, .help: 1, .none: 1] && found[0].total == 4)
    #expect(found[0].firsts == 3 && found[0].lastAt == 1_748_736_600)
    #expect(found[1].acts == [.report: 1])
    #expect(try sample.store.reporterContributions(since: 1_748_736_600).map(\.total) == [1])
    #expect(try sample.store.reporterContributions(before: 1_748_736_600).map(\.total) == [3, 1])
    #expect(try isSound(sample))
  }

  @Test func anErasedTextIsNobodysContribution() throws {
    let sample = try SampleStore()
    try sample.take([Self.record("B-1", "C-1"), Self.record("B-2", "C-1").with { $0.body = "桥南的井盖松了" }])
    #expect(try counts(sample) == ["C-1": [.photo: 2]])
    _ = try sample.erase([1])
    #expect(try counts(sample) == ["C-1": [.photo: 1]])
    #expect(try isSound(sample))
  }

  /// What was read is not read again; what was corrected is.
  @Test func theIndexFollowsTheIntake() throws {
    let sample = try SampleStore()
    try sample.take([Self.record("B-1", "C-1"), Self.record("B-2", "C-1")])
    #expect(try counts(sample) == ["C-1": [.photo: 2]])
    // Not looked at again: a row behind the watermark that nobody corrected.
    try sample.tamper("DELETE FROM reporter_submission WHERE submission = 2")
    try sample.take([Self.record("B-3", "C-2", .spread)])
    #expect(try counts(sample) == ["C-1": [.photo: 1], "C-2": [.spread: 1]])
    try sample.take([
      Self.record("B-1", nil, revises: 1).with { $0.body = "人民路井盖破损，白天也看不见" },
      Self.record("B-2", "C-3", .help, revises: 2).with { $0.body = "人民路井盖破损，白天" },
    ])
    // Before it is caught up with, verify has nothing to say of the corrected ones.
    #expect(try isSound(sample))
    #expect(try counts(sample) == ["C-3": [.help: 1], "C-2": [.spread: 1]])
    #expect(try isSound(sample))
    let events = try sample.integer("SELECT count(*) FROM event")
    #expect(try counts(sample).count == 2)
    #expect(try sample.integer("SELECT count(*) FROM event") == events)
  }
}
