import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// Received bytes and contacts: what comes back, what is written down about it, and what no longer opens.
@Suite struct SealingTests {
  private func act(_ reason: String = "骑手来电核对") throws -> StaffAct {
    try #require(StaffAct(actor: "li", reason: reason, at: 1_750_000_100))
  }

  @Test func opensWhatWasSealedAlsoAfterReopening() throws {
    let sample = try SampleStore()
    try sample.take([
      SampleRecord("A-1").with { $0.received = "第一份" }, SampleRecord("A-2").with { $0.received = "第二份" },
    ])
    try sample.reopen()
    let opened = try #require(try sample.store.received(submission: 2, by: act()))
    #expect(String(decoding: opened.bytes, as: UTF8.self) == "第二份")
    #expect(opened.contacts.map(\.field) == [.writer, .phone])
    #expect(opened.contacts.map(\.text) == ["张三", "13800000000"])
    #expect(try sample.store.received(submission: 3, by: act()) == nil)
  }

  @Test func opensEarlierVersions() throws {
    let sample = try SampleStore()
    try sample.take([SampleRecord("A-1").with { $0.received = "旧" }])
    try sample.take([
      SampleRecord("A-1").with {
        $0.received = "新"
        $0.revises = 1
      }
    ])
    #expect(try sample.store.received(submission: 1, by: act())?.bytes == Array("新".utf8))
    #expect(try sample.store.received(submission: 1, revision: 0, by: act())?.bytes == Array("旧".utf8))
    #expect(try sample.store.received(submission: 1, revision: 7, by: act()) == nil)
  }

  @Test func writesEachOpeningIntoTheHistory() throws {
    let sample = try SampleStore.small()
    _ = try sample.store.received(submission: 1, by: act())
    let detail = try #require(try sample.store.suggestion(id: "1", names: SampleStore.names))
    #expect(detail.events.map(\.action) == ["intake", "unseal"])
    #expect(detail.events.last?.actor == "li")
    #expect(detail.events.last?.payload == #"{"of":"submission","seal":1,"reason":"骑手来电核对"}"#)
    #expect(try sample.store.suggestion(id: "2", names: SampleStore.names)?.events.map(\.action) == ["intake"])
    #expect(try sample.store.verify().isSound)
  }

  @Test(arguments: [("", "why"), ("li", ""), (" ", "why"), ("li", " \n")])
  func allowsNoActWithoutNameAndReason(_ actor: String, _ reason: String) {
    #expect(StaffAct(actor: actor, reason: reason, at: 0) == nil)
  }

  @Test func opensSetAsideBytesAndGivesThemUp() throws {
    let sample = try SampleStore.small()
    let listed = try sample.store.quarantine()
    #expect(listed.map(\.reason) == ["missing-field"])
    #expect(listed.map(\.source) == ["forms"])
    let id = try #require(listed.first?.id)
    #expect(try sample.store.openQuarantine(id: id, by: act())?.bytes == Array("abc".utf8))
    #expect(try sample.store.openQuarantine(id: id + 1, by: act()) == nil)
    #expect(try sample.store.discardQuarantine(id: id, by: act("重复")))
    #expect(try !sample.store.discardQuarantine(id: id, by: act("重复")))
    #expect(try !sample.store.markRetried(id: id, submission: 1, at: 1_750_000_200))
    #expect(try sample.store.quarantine().isEmpty)
    #expect(try sample.store.quarantine(state: .discarded, source: "forms").count == 1)
    #expect(try sample.store.quarantine(state: nil, source: "others").isEmpty)
    #expect(
      try sample.store.read { session throws(StoreFault) in
        try session.all("SELECT action FROM event ORDER BY seq") { $0.text(0) }
      } == ["intake", "unseal", "quarantine-discard"])
    #expect(try sample.store.verify().isSound)
  }

  @Test func marksWhatWasTakenInAfterAll() throws {
    let sample = try SampleStore.small()
    #expect(try sample.store.markRetried(id: 1, submission: 2, at: 1_750_000_200))
    let item = try #require(try sample.store.quarantine(state: .retried).first)
    #expect(item.submission == 2)
    #expect(try !sample.store.markRetried(id: 1, submission: 1, at: 1_750_000_300))
  }

  @Test func noticesAChangedSegment() throws {
    let sample = try SampleStore.small()
    try sample.tamper("UPDATE segment SET sealed = substr(sealed, 1, 20) || x'00' || substr(sealed, 22)")
    #expect(try sample.store.verify().faults.map(\.kind) == [.segments])
    #expect(throws: StoreFault.self) { _ = try sample.store.received(submission: 1, by: act()) }
    // Nothing was seen, so nothing is said to have been.
    #expect(try sample.integer("SELECT count(*) FROM event WHERE action = 'unseal'") == 0)
  }

  @Test(arguments: [-1, 0, 63, 1 << 40])
  func aDamagedKeyNumberMakesNoKeys(_ key: Int) throws {
    let sample = try SampleStore.small()
    let before = try Data(contentsOf: URL(fileURLWithPath: sample.keyPath))
    try sample.tamper("UPDATE segment SET key = $1", [.integer(key)])
    #expect(try sample.store.verify().faults.map(\.kind) == [.segments])
    #expect(throws: StoreFault.self) { _ = try sample.store.received(submission: 1, by: act()) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: sample.keyPath)) == before)
  }

  @Test func aRecreatedKeyRingOpensNothing() throws {
    let sample = try SampleStore.small()
    try FileManager.default.removeItem(atPath: sample.keyPath)
    _ = try KeyRing(path: sample.keyPath, create: true)
    try sample.reopen()
    #expect(try sample.store.verify().faults.map(\.kind) == [.segments])
    #expect(throws: StoreFault.self) { _ = try sample.store.received(submission: 1, by: act()) }
  }

  @Test func aKeyRingKeepsItsKeys() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("keys")
    let made = try KeyRing(path: path, create: true)
    let again = try KeyRing(path: path, create: true)
    #expect(try made.derived("receipt") == again.derived("receipt"))
    #expect(try made.derived("receipt") != made.derived("writer"))
    let other = try KeyRing(path: folder.path("other"), create: true)
    #expect(try made.derived("receipt") != other.derived("receipt"))
    #expect(throws: StoreFault.missingKeys(path: folder.path("none"))) {
      _ = try KeyRing(path: folder.path("none"), create: false)
    }
  }

  @Test func aDestroyedKeyIsNoFault() throws {
    let sample = try SampleStore.small()
    // Key 1 stands behind the head of twenty bytes and key 0.
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: sample.keyPath))
    try file.seek(toOffset: 20 + 32)
    try file.write(contentsOf: Data(count: 32))
    try file.close()
    let report = try sample.store.verify()
    #expect(report.isSound)
    #expect(report.counts.erasedSegments == 1)
    #expect(throws: StoreFault.corrupt("key 1 was destroyed")) {
      _ = try sample.store.received(submission: 1, by: act())
    }
  }
}
