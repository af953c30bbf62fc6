internal import Foundation
internal import GRDB

/// A backup that was made.
package struct BackupReport: Sendable, Hashable {
  package var bytes: Int
  package var submissions: Int
  package var head: HistoryHead
}

package enum BackupRefusal: Error, Sendable, Hashable {
  /// Something has that name; backups are never written over.
  case exists(path: String)
  case unwritable(path: String)
  /// The copy is not sound: what was found in the file, or the event at which its history breaks.
  case damaged(DamagedCopy)
}

/// What is wrong with a file that should be a whole store.
package enum DamagedCopy: Error, Sendable, Hashable {
  case notAStore
  /// Findings of the database's own check.
  case pages(Int)
  case history(event: Int)
}

extension SuggestionStore {
  /// Copies the store as it is at one moment into a file, while others read and write. The file has its name when it is
  /// whole, on the disk and checked; nobody but its owner may read it.
  ///
  /// The copy holds no free pages and no log, so nothing of what was written over. Keys are not in it, nor is the journal
  /// of erasures: `PATH.keys` and `PATH.erased` are kept apart from it, or whoever has the one has the other.
  package func backup(to path: String) throws(StoreFault) -> Result<BackupReport, BackupRefusal> {
    let manager = FileManager.default
    if manager.fileExists(atPath: path) { return .failure(.exists(path: path)) }
    try keepCheckValue()
    let unfinished = path + ".unfinished"
    try? manager.removeItem(atPath: unfinished)
    // Made first, so that at no moment anybody else may read it.
    guard manager.createFile(atPath: unfinished, contents: nil, attributes: [.posixPermissions: 0o600]) else {
      return .failure(.unwritable(path: path))
    }
    defer { try? manager.removeItem(atPath: unfinished) }
    try read { session throws(StoreFault) in try session.execute("VACUUM INTO $1", [.text(unfinished)]) }
    let report: BackupReport
    switch try StoreCopy.check(unfinished) {
    case .failure(let damage): return .failure(.damaged(damage))
    case .success(let copy): report = copy
    }
    if manager.fileExists(atPath: path) { return .failure(.exists(path: path)) }
    guard DurableFile.move(unfinished, to: path) else { return .failure(.unwritable(path: path)) }
    return .success(report)
  }

  /// A store of before there were backups has none.
  private func keepCheckValue() throws(StoreFault) {
    let value = try keys.checkValue()
    let stored = try read { session throws(StoreFault) in
      try session.first("SELECT value FROM setting WHERE name = 'key_check'") { $0.text(0) }
    }
    guard stored == nil else { return }
    try write { session throws(StoreFault) in
      try session.execute(
        "INSERT INTO setting (name, value) VALUES ('key_check', $1) ON CONFLICT (name) DO NOTHING", [.text(value)])
    }
  }
}

/// A file that should hold a whole store, looked at without its keys.
enum StoreCopy {
  static func check(_ path: String) throws(StoreFault) -> Result<BackupReport, DamagedCopy> {
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      defer { try? queue.close() }
      let outcome = try queue.inDatabase { database -> Result<BackupReport, DamagedCopy> in
        guard let connection = database.sqliteConnection else { return .failure(.notAStore) }
        let session = SQLiteSession(connection)
        defer { session.finalizeStatements() }
        return try check(session)
      }
      guard case .success(var report) = outcome else { return outcome }
      report.bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
      return .success(report)
    } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) {
      return .failure(.notAStore)
    } catch StoreFault.database(let code, _, _) where code & 0xFF == 11 || code & 0xFF == 26 {
      return .failure(.notAStore)
    } catch {
      throw (error as? StoreFault) ?? SuggestionStore.fault(error, path: path)
    }
  }

  private static func check(_ session: SQLiteSession) throws(StoreFault) -> Result<BackupReport, DamagedCopy> {
    let tables = try session.integer(
      "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('submission', 'event', 'segment', 'setting')")
    guard tables == 4 else { return .failure(.notAStore) }
    var findings = 0
    try session.each("PRAGMA integrity_check", []) { row in if row.text(0) != "ok" { findings += 1 } }
    if findings > 0 { return .failure(.pages(findings)) }
    // A store of before there were erasures has no digests of its own beside its events.
    let isOlder = try session.integer("SELECT count(*) FROM pragma_table_info('event') WHERE name = 'digest'") == 0
    if !isOlder, let broken = try History.firstBrokenLink(session) { return .failure(.history(event: broken)) }
    let head = try session.first("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1") {
      HistoryHead(event: Int($0.integer(0)), hash: Hexadecimal.text($0.bytes(1)))
    }
    return .success(
      BackupReport(
        bytes: 0, submissions: Int(try session.integer("SELECT count(*) FROM submission")),
        head: head ?? HistoryHead(event: 0, hash: "")))
  }

  /// Nothing is written into it, no log beside it.
  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.readonly = true
    return configuration
  }
}
