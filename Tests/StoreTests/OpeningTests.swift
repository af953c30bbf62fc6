import Foundation
import Store
import TestSupport
import Testing

/// What a store refuses, and what is still there when it is opened again.
@Suite struct OpeningTests {
  @Test func refusesAMissingStore() throws {
    let sample = try SampleStore()
    let path = sample.folder.path("other.db")
    #expect(throws: StoreFault.missing(path: path)) {
      _ = try SuggestionStore(url: "sqlite:" + path, access: .existing, folding: 7)
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func refusesANewerSchema() throws {
    let sample = try SampleStore()
    let known = try sample.store.schemaVersion()
    try sample.tamper("PRAGMA user_version = 99")
    #expect(throws: StoreFault.newerSchema(found: 99, known: known)) { try sample.reopen() }
  }

  @Test func refusesOtherFoldingTables() throws {
    let sample = try SampleStore()
    try sample.store.close()
    #expect(throws: StoreFault.otherFolding) {
      _ = try SuggestionStore(url: sample.path, access: .existing, folding: 8)
    }
  }

  @Test func refusesAnotherKindOfURL() throws {
    #expect(throws: StoreFault.unsupportedURL("postgres://host/x")) {
      _ = try SuggestionStore(url: "postgres://host/x", access: .create, folding: 7)
    }
  }

  @Test func refusesAStoreWithoutItsKeys() throws {
    let sample = try SampleStore()
    try FileManager.default.removeItem(atPath: sample.keyPath)
    #expect(throws: StoreFault.missingKeys(path: sample.keyPath)) { try sample.reopen() }
  }

  /// The database with its log, and every file beside it.
  @Test func isItsOwnersAlone() throws {
    let sample = try SampleStore.small()
    let lock = try IntakeLock(store: sample.store)
    for round in 1...2 {
      for ending in ["", "-wal", "-shm", ".keys", ".lock"] {
        let found = try FileManager.default.attributesOfItem(atPath: sample.path + ending)
        #expect(found[.posixPermissions] as? Int == 0o600, "\(ending) in round \(round)")
      }
      // The log is made anew by whoever opens the store next.
      try sample.store.checkpoint()
      try sample.reopen()
      try sample.take([SampleRecord("B-\(round)")])
    }
    withExtendedLifetime(lock) {}
  }

  /// One that an earlier program made, or that came here by a copy.
  @Test func becomesItsOwnersAlone() throws {
    let sample = try SampleStore.small()
    try sample.store.checkpoint()
    try sample.store.close()
    let manager = FileManager.default
    for ending in ["", ".keys"] {
      try manager.setAttributes([.posixPermissions: 0o644], ofItemAtPath: sample.path + ending)
    }
    try sample.open()
    try sample.take([SampleRecord("B-1")])
    for ending in ["", "-wal", "-shm", ".keys"] {
      let found = try manager.attributesOfItem(atPath: sample.path + ending)
      #expect(found[.posixPermissions] as? Int == 0o600, "\(ending)")
    }
  }

  @Test func locksOutASecondIntakeUntilTheFirstEnds() throws {
    let sample = try SampleStore()
    let second = try SuggestionStore(url: sample.path, access: .existing, folding: SampleStore.folding)
    do {
      let lock = try IntakeLock(store: sample.store)
      #expect(throws: StoreFault.locked(path: sample.path)) { _ = try IntakeLock(store: second) }
      #expect(throws: StoreFault.locked(path: sample.path)) { _ = try IntakeLock(store: second) }
      withExtendedLifetime(lock) {}
    }
    #expect(throws: Never.self) { _ = try IntakeLock(store: second) }
  }

  @Test func keepsNothingOfATransactionThatFails() throws {
    let sample = try SampleStore.small()
    #expect(throws: StoreFault.corrupt("on purpose")) {
      try sample.store.write { session throws(StoreFault) in
        try session.execute("DELETE FROM submission")
        throw .corrupt("on purpose")
      }
    }
    #expect(try sample.integer("SELECT count(*) FROM submission") == 2)
  }
}
