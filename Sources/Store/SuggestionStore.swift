internal import CSQLiteSetup
internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// The embedded store: one SQLite file in WAL mode, its key file beside it, one writer.
///
/// Debian 12's SQLite 3.40 can lose pages when a checkpoint starts while another has just ended and a commit begins the
/// log anew (sqlite.org/wal.html, WAL-reset bug): automatic checkpoints are off and pages are moved only by
/// ``checkpoint(isFinal:)`` and ``BackgroundCheckpoint``, under the store's lock and never both at a time.
package final class SuggestionStore: @unchecked Sendable {
  // The queue serialises all use of the connection and of the session on it.
  private let queue: DatabaseQueue
  private let session: SQLiteSession
  package let path: String
  /// What the names of the files beside it begin with; another path only while a backup is made a store of.
  let home: String
  package let keys: KeyRing

  package enum Access: Sendable {
    /// Make it when missing, bring its schema up to date.
    case create
    case existing
  }

  /// Opens `sqlite:PATH` or a plain path.
  ///
  /// - Parameter folding: ``Folding.version``; a store made under other folding tables is refused, as its sketches and
  ///   hashes no longer compare.
  package convenience init(url: String, access: Access, folding: UInt64) throws(StoreFault) {
    let path = try SuggestionStore.path(of: url)
    try self.init(path: path, home: path, access: access, folding: folding)
  }

  init(path: String, home: String, access: Access, folding: UInt64) throws(StoreFault) {
    self.path = path
    self.home = home
    if access == .existing, !FileManager.default.fileExists(atPath: path) { throw .missing(path: path) }
    if access == .create, !FileManager.default.fileExists(atPath: path) {
      try SuggestionStore.make(path: path, folding: folding)
    }
    // Before the database opens it: the log and its index take over the file's mode.
    OwnersAlone.tighten(path)
    do {
      queue = try DatabaseQueue(path: path, configuration: SuggestionStore.configuration)
      let found = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
      if found > Schema.version { throw StoreFault.newerSchema(found: found, known: Schema.version) }
      if found < Schema.version {
        guard access == .create else { throw StoreFault.olderSchema(found: found, known: Schema.version) }
        try Schema.migrator().migrate(queue)
      }
      session = try queue.inDatabase { database in
        guard let connection = database.sqliteConnection else { throw StoreFault.unreadable(path: path, reason: "closed") }
        return SQLiteSession(connection)
      }
    } catch let fault as StoreFault {
      throw fault
    } catch {
      throw SuggestionStore.fault(error, path: path)
    }
    keys = try KeyRing(path: home + ".keys", create: false)
    let stored = try read { session throws(StoreFault) in
      try session.first("SELECT value FROM setting WHERE name = 'folding'") { $0.text(0) }
    }
    if let stored, stored != String(folding, radix: 16) { throw .otherFolding }
  }

  /// Before the first connection, once a process.
  private static let setup: Void = sqlite_setup()

  static var configuration: Configuration {
    setup
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { database in
      for pragma in [
        "PRAGMA page_size = 16384", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
        "PRAGMA wal_autocheckpoint = 0", "PRAGMA cache_size = -65536", "PRAGMA temp_store = MEMORY",
        "PRAGMA trusted_schema = OFF",
      ] { try database.execute(sql: pragma) }
    }
    return configuration
  }

  /// Makes a new store beside its place and moves it there when it is whole: killed in between, there is no store, and
  /// the next attempt begins anew. The keys come first, as a store without them is of no use. Nobody but its owner may
  /// read it, as it holds what people wrote.
  private static func make(path: String, folding: UInt64) throws(StoreFault) {
    let unfinished = path + ".making"
    for leftover in [unfinished, unfinished + "-wal", unfinished + "-shm"] {
      try? FileManager.default.removeItem(atPath: leftover)
    }
    let check = try KeyRing(path: path + ".keys", create: true).checkValue()
    // Made first, so that at no moment anybody else may read it; the log and its index take over the file's mode.
    guard FileManager.default.createFile(atPath: unfinished, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw .unreadable(path: path, reason: "cannot be created") }
    do {
      let queue = try DatabaseQueue(path: unfinished, configuration: configuration)
      try Schema.migrator().migrate(queue)
      try queue.writeWithoutTransaction { database in
        try database.execute(
          sql: "INSERT INTO setting (name, value) VALUES ('folding', ?), ('key_check', ?)",
          arguments: [String(folding, radix: 16), check])
        try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
      try queue.close()
      // Another process may have been faster; its store stands.
      if !FileManager.default.fileExists(atPath: path) {
        try FileManager.default.moveItem(atPath: unfinished, toPath: path)
      }
    } catch {
      throw fault(error, path: path)
    }
  }

  static func path(of url: String) throws(StoreFault) -> String {
    if url.hasPrefix("sqlite:") { return String(url.dropFirst("sqlite:".count)) }
    if url.contains("://") { throw .unsupportedURL(url) }
    return url
  }

  static func fault(_ error: any Error, path: String) -> StoreFault {
    guard let error = error as? DatabaseError else { return .unreadable(path: path, reason: "cannot be opened") }
    return .database(
      code: Int(error.extendedResultCode.rawValue), message: error.message ?? "", statement: error.sql ?? "")
  }

  // MARK: Transactions

  package func read<Value>(_ body: (any SQLSession) throws(StoreFault) -> Value) throws(StoreFault) -> Value {
    try inDatabase { session throws(StoreFault) in try body(session) }
  }

  /// The bracket is the transaction: all of it is kept, or none.
  package func write<Value>(_ body: (any SQLSession) throws(StoreFault) -> Value) throws(StoreFault) -> Value {
    try transaction { session throws(StoreFault) in try body(session) }
  }

  func transaction<Value>(_ body: (SQLiteSession) throws(StoreFault) -> Value) throws(StoreFault) -> Value {
    try inDatabase { session throws(StoreFault) in
      try session.execute("BEGIN IMMEDIATE")
      do throws(StoreFault) {
        let value = try body(session)
        try session.execute("COMMIT")
        return value
      } catch {
        // The first fault is the one to tell; a failed COMMIT may have rolled back already.
        try? session.execute("ROLLBACK")
        throw error
      }
    }
  }

  private func inDatabase<Value>(_ body: (SQLiteSession) throws(StoreFault) -> Value) throws(StoreFault) -> Value {
    let result: Result<Value, StoreFault> = queue.inDatabase { _ in
      do throws(StoreFault) {
        return .success(try body(session))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Moves the write-ahead log into the database file. Called by the one writer only.
  ///
  /// - Parameter isFinal: cut the log to nothing; in between it is kept and written over, which saves making it anew.
  package func checkpoint(isFinal: Bool = true) throws(StoreFault) {
    let sql = isFinal ? "PRAGMA wal_checkpoint(TRUNCATE)" : "PRAGMA wal_checkpoint(PASSIVE)"
    try read { session throws(StoreFault) in try session.each(sql, []) { _ in } }
  }

  package func close() throws(StoreFault) {
    queue.inDatabase { _ in session.finalizeStatements() }
    do { try queue.close() } catch { throw SuggestionStore.fault(error, path: path) }
  }
}

extension SuggestionStore {
  package func schemaVersion() throws(StoreFault) -> Int {
    try read { session throws(StoreFault) in Int(try session.integer("PRAGMA user_version")) }
  }
}
