import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// Copies of a store, and stores made of copies.
@Suite struct BackupTests {
  static func plan(_ sample: SampleStore, isForced: Bool = true) -> RestorePlan {
    RestorePlan(url: sample.path, isForced: isForced, folding: SampleStore.folding, rules: nil)
  }

  /// Closes the store, restores a backup in its place and opens that.
  @discardableResult
  static func restore(_ sample: SampleStore, _ name: String, isForced: Bool = true) throws -> RestoreReport {
    try sample.store.close()
    try? FileManager.default.removeItem(atPath: sample.path + ".before-restore")
    let report = try SuggestionStore.restore(
      sample.folder.path(name), as: plan(sample, isForced: isForced), act: try ErasureTests.act("演练")
    ) { _, _ in }.get()
    try sample.open()
    return report
  }

  private func refusal(_ sample: SampleStore, _ name: String, isForced: Bool = true) throws -> RestoreRefusal? {
    switch try SuggestionStore.restore(
      sample.folder.path(name), as: BackupTests.plan(sample, isForced: isForced), act: try ErasureTests.act("演练"),
      forgetting: { _, _ in })
    {
    case .failure(let refusal): refusal
    case .success: nil
    }
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  private func numbers(_ sample: SampleStore) throws -> [Int] {
    try sample.store.read { session throws(StoreFault) in
      try session.all("SELECT number FROM submission ORDER BY number") { Int($0.integer(0)) }
    }
  }

  @Test func aBackupIsWholeAndItsOwnersAlone() throws {
    let sample = try ErasureTests.filled()
    let file = sample.folder.path("one.backup")
    let report = try sample.store.backup(to: file).get()
    #expect(report.submissions == 41)
    #expect(try report.head == sample.store.verify().historyHead)
    #expect(try report.bytes == Data(contentsOf: URL(fileURLWithPath: file)).count)
    #expect(try mode(file) == 0o600)
    #expect(try sample.store.backup(to: file) == .failure(.exists(path: file)))
    let none = sample.folder.path("no/such/folder.backup")
    #expect(try sample.store.backup(to: none) == .failure(.unwritable(path: none)))
    let names = try FileManager.default.contentsOfDirectory(atPath: sample.folder.path(""))
    #expect(names.filter { $0.hasPrefix("one") } == ["one.backup"])
    // No key is in it.
    let keys = try Data(contentsOf: URL(fileURLWithPath: sample.keyPath))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    for key in stride(from: 20, to: keys.count, by: 32) {
      #expect(bytes.range(of: keys[key..<key + 32]) == nil)
    }
  }

  /// Batches come in while copies are made: each copy is the store after one of them.
  @Test func aBackupIsOfOneMoment() throws {
    let sample = try SampleStore()
    try sample.take([SampleRecord("A-0")])
    let copier = try SuggestionStore(url: sample.path, access: .existing, folding: SampleStore.folding)
    let names = (0..<6).map { sample.folder.path("\($0).backup") }
    let work = DispatchGroup()
    nonisolated(unsafe) var heads: [HistoryHead] = []
    DispatchQueue.global().async(group: work) {
      for name in names {
        if let report = try? copier.backup(to: name).get() { heads.append(report.head) }
      }
    }
    for batch in 1...60 {
      try sample.take((0..<5).map { SampleRecord("A-\(batch)-\($0)") })
    }
    work.wait()
    #expect(heads.count == 6)
    let events = try sample.store.read { session throws(StoreFault) in
      try session.all("SELECT lower(hex(hash)) FROM event ORDER BY seq") { $0.text(0) }
    }
    for (number, head) in heads.enumerated() {
      #expect(events[head.event - 1] == head.hash)
      try BackupTests.restore(sample, "\(number).backup")
      #expect(try numbers(sample).count == 1 + (head.event - 1) * 5)
    }
  }

  @Test func aStoreComesBackAsItWas() throws {
    let sample = try ErasureTests.filled()
    _ = try sample.store.backup(to: sample.folder.path("one.backup")).get()
    let before = try numbers(sample)
    try sample.take([SampleRecord("C-1")])
    let report = try BackupTests.restore(sample, "one.backup")
    #expect(report.verification.isSound && report.replayed.isEmpty)
    #expect(report.aside == sample.path + ".before-restore")
    #expect(try numbers(sample) == before)
    #expect(try mode(sample.path) == 0o600)
    #expect(try sample.store.verify().faults == [])
    #expect(try sample.store.verify().tail.event == report.head.event + 1)
    #expect(try sample.store.received(submission: 2, by: ErasureTests.act("核对"))?.bytes == Array("原件 0".utf8))
    // What was put aside is whole, for whoever gives it the keys.
    let path = try #require(report.aside)
    try FileManager.default.copyItem(atPath: sample.keyPath, toPath: path + ".keys")
    let aside = try SuggestionStore(url: path, access: .existing, folding: SampleStore.folding)
    #expect(try aside.read { session throws(StoreFault) in try session.integer("SELECT count(*) FROM submission") } == 42)
  }

  /// The keys the other copy used since are used for nothing else.
  @Test func noKeyIsUsedTwice() throws {
    let sample = try ErasureTests.filled()
    _ = try sample.store.backup(to: sample.folder.path("one.backup")).get()
    try sample.take([SampleRecord("C-1")])
    try BackupTests.restore(sample, "one.backup")
    try sample.take([SampleRecord("C-2")])
    #expect(try sample.integer("SELECT max(key) FROM segment") >= 64)
    #expect(try sample.store.verify().faults == [])
  }

  @Test func whatWasErasedSinceStaysErased() throws {
    let sample = try ErasureTests.filled()
    _ = try sample.store.backup(to: sample.folder.path("before.backup")).get()
    #expect(ErasureTests.found(in: try Data(contentsOf: URL(fileURLWithPath: sample.folder.path("before.backup")))) != [])
    // Two erasures in one segment, one after the other, and one of what the backup does not know.
    try sample.take([SampleRecord("C-1").with { $0.body = ErasureTests.mark("answer") }])
    try sample.erase([1])
    try sample.erase([5, 42])
    _ = try sample.store.backup(to: sample.folder.path("after.backup")).get()
    #expect(ErasureTests.found(in: try Data(contentsOf: URL(fileURLWithPath: sample.folder.path("after.backup")))) == [])
    for (name, replayed) in [("after.backup", [0, 0, 0]), ("before.backup", [2, 1, 0])] {
      let report = try BackupTests.restore(sample, name)
      #expect(report.replayed.map(\.versions) == (replayed == [0, 0, 0] ? [] : replayed))
      #expect(ErasureTests.found(in: sample.bytes()) == [])
      #expect(try sample.store.verify().faults == [])
      #expect(try sample.store.verify().counts.erased == (name == "before.backup" ? 2 : 3))
      for number in [2, 4, 41] {
        let opened = try #require(try sample.store.received(submission: number, by: ErasureTests.act("核对")))
        #expect(String(decoding: opened.bytes, as: UTF8.self) == "原件 \(number - 2)")
      }
    }
    // 42 came after the backup: it is not there, and does not come again.
    #expect(try numbers(sample).last == 41)
    #expect(try sample.store.verify().counts.segments == 2)
  }

  /// Two histories from one backup: numbers mean other people in each, marks do not.
  @Test func numbersOfAnotherHistoryEraseNobody() throws {
    let sample = try ErasureTests.filled()
    _ = try sample.store.backup(to: sample.folder.path("fork.backup")).get()
    try sample.take([SampleRecord("C-1")])
    try sample.erase([42])
    try BackupTests.restore(sample, "fork.backup")
    try sample.take([SampleRecord("D-1").with { $0.received = "另一位" }])
    _ = try sample.store.backup(to: sample.folder.path("second.backup")).get()
    try sample.erase([1])
    let report = try BackupTests.restore(sample, "second.backup")
    #expect(report.replayed.map(\.number) == [1])
    #expect(try sample.store.received(submission: 42, by: ErasureTests.act("核对"))?.bytes == Array("另一位".utf8))
    #expect(ErasureTests.found(in: sample.bytes()) == [])
    #expect(try sample.store.verify().faults == [])
  }

  @Test func everybodyIsSignedOut() throws {
    let sample = try ErasureTests.filled(others: 1)
    try sample.tamper(
      "INSERT INTO account_session (id, digest, account, created_at, seen_at, idle_until, ends_at) VALUES (1, x'01', 1, 0, 0, 9, 9)")
    _ = try sample.store.backup(to: sample.folder.path("one.backup")).get()
    try BackupTests.restore(sample, "one.backup")
    #expect(try sample.integer("SELECT count(*) FROM account_session") == 0)
  }

  @Test func refusals() throws {
    let sample = try ErasureTests.filled()
    _ = try sample.store.backup(to: sample.folder.path("one.backup")).get()
    #expect(try refusal(sample, "none.backup") == .missing(path: sample.folder.path("none.backup")))
    #expect(try refusal(sample, "one.backup", isForced: false) == .exists(path: sample.path))
    let before = try sample.store.verify().historyHead
    for text in ["", "no database", String(repeating: "no database ", count: 9_000)] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: sample.folder.path("bad.backup")))
      #expect(try refusal(sample, "bad.backup") == .damaged(.notAStore))
    }
    var torn = try Data(contentsOf: URL(fileURLWithPath: sample.folder.path("one.backup")))
    for place in stride(from: 5 * 16_384, to: torn.count, by: 16_384) { torn[place + 3] ^= 0x55 }
    try torn.write(to: URL(fileURLWithPath: sample.folder.path("bad.backup")))
    guard case .damaged = try refusal(sample, "bad.backup") else {
      Issue.record("a torn backup was taken")
      return
    }
    try Data("x".utf8).write(to: URL(fileURLWithPath: sample.path + ".before-restore"))
    #expect(try refusal(sample, "one.backup") == .asideExists(path: sample.path + ".before-restore"))
    try FileManager.default.removeItem(atPath: sample.path + ".before-restore")
    // The store in place was not touched, and nothing is left lying about.
    #expect(try sample.store.verify().historyHead == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: sample.folder.path(""))
    #expect(names.filter { $0.contains("restor") } == [])
  }

  @Test func otherKeysAndALostJournalAreRefused() throws {
    let sample = try ErasureTests.filled()
    _ = try sample.store.backup(to: sample.folder.path("one.backup")).get()
    try sample.erase([1])
    let journal = sample.path + ".erased"
    try FileManager.default.moveItem(atPath: journal, toPath: sample.folder.path("journal"))
    #expect(try refusal(sample, "one.backup") == .missingJournal(path: journal))
    try FileManager.default.moveItem(atPath: sample.folder.path("journal"), toPath: journal)
    let keys = try Data(contentsOf: URL(fileURLWithPath: sample.keyPath))
    try FileManager.default.removeItem(atPath: sample.keyPath)
    #expect(throws: StoreFault.missingKeys(path: sample.keyPath)) { _ = try refusal(sample, "one.backup") }
    _ = try KeyRing(path: sample.keyPath, create: true)
    #expect(try refusal(sample, "one.backup") == .otherKeys(path: sample.keyPath))
    try keys.write(to: URL(fileURLWithPath: sample.keyPath))
    try BackupTests.restore(sample, "one.backup")
    #expect(ErasureTests.found(in: sample.bytes()) == [])
  }

  /// A break in the history of a copy is named before anything is put in place.
  @Test func aBrokenHistoryIsNotTakenOver() throws {
    let sample = try ErasureTests.filled()
    try sample.tamper("UPDATE event SET payload = payload || ' ' WHERE seq = 2")
    let file = sample.folder.path("one.backup")
    #expect(try sample.store.backup(to: file) == .failure(.damaged(.history(event: 2))))
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  /// Any order of taking in, correcting, erasing, backing up and going back: who was erased stays erased, who was not is
  /// whole, and the store is sound.
  @Test(arguments: 1...6) func anyOrderOfThings(_ seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let sample = try SampleStore()
    var made = 0
    var backups: [[Int: String]] = []
    /// Number and mark of everybody who is in the store and not erased.
    var living: [Int: String] = [:]
    var erased: Set<String> = []
    func record(_ mark: String) -> SampleRecord {
      SampleRecord("X-\(mark)").with {
        $0.body = "人民路" + mark
        $0.attributes = [(.address, mark)]
        $0.received = mark
        $0.evidence = "人民路"
      }
    }
    for step in 0..<40 {
      switch random.below(8) {
      case 0...2:
        let first = try sample.integer("SELECT coalesce(max(number), 0) FROM submission") + 1
        let marks = (0..<(1 + random.below(5))).map { "MARK-\(seed)-\(made + $0)-END" }
        made += marks.count
        try sample.take(marks.map(record))
        for (index, mark) in marks.enumerated() { living[first + index] = mark }
      case 3:
        guard let number = living.keys.sorted().randomElement(using: &random), let mark = living[number] else { break }
        try sample.take([
          record(mark).with {
            $0.revises = number
            $0.title = mark + "更正"
          }
        ])
      case 4, 5:
        let chosen = living.keys.sorted().shuffled(using: &random).prefix(1 + random.below(3))
        guard !chosen.isEmpty else { break }
        #expect(try sample.erase(Array(chosen)).isFinished)
        for number in chosen { if let mark = living.removeValue(forKey: number) { erased.insert(mark) } }
      case 6:
        _ = try sample.store.backup(to: sample.folder.path("\(backups.count).backup")).get()
        backups.append(living)
      default:
        guard !backups.isEmpty else { break }
        let index = random.below(backups.count)
        try BackupTests.restore(sample, "\(index).backup")
        living = backups[index].filter { !erased.contains($0.value) }
      }
      let bytes = sample.bytes()
      for mark in erased { #expect(bytes.range(of: Data(mark.utf8)) == nil, "\(mark) after step \(step)") }
    }
    #expect(try sample.store.verify().faults == [])
    for (number, mark) in living {
      #expect(try sample.store.received(submission: number, by: ErasureTests.act("核对"))?.bytes == Array(mark.utf8))
    }
    for name in 0..<backups.count {
      try BackupTests.restore(sample, "\(name).backup")
      let bytes = sample.bytes()
      for mark in erased { #expect(bytes.range(of: Data(mark.utf8)) == nil) }
      #expect(try sample.store.verify().faults == [])
    }
  }
}
