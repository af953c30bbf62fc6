internal import Foundation

extension SuggestionStore {
  /// Moves the write-ahead log into the database file where it has grown, if nobody takes in or reads for long.
  ///
  /// A console that runs for weeks writes a little all day, and nobody else moves pages. The log is cut to nothing,
  /// which takes the writers' lock for a moment: no commit can begin the log anew meanwhile, so SQLite's WAL-reset bug
  /// cannot come of it. It waits a quarter of a second for readers and then leaves it for the next time, as writers
  /// wait for it.
  ///
  /// - Parameter most: bytes the log may have.
  /// - Returns: whether it was moved.
  package func tidyLog(over most: Int = 16 << 20) throws(StoreFault) -> Bool {
    let size = (try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int) ?? 0
    guard size > most else { return false }
    let lock: IntakeLock
    do throws(StoreFault) {
      lock = try IntakeLock(store: self)
    } catch .locked {
      return false
    }
    defer { withExtendedLifetime(lock) {} }
    return try read { session throws(StoreFault) in
      try session.each("PRAGMA busy_timeout = 250", []) { _ in }
      var isMoved = false
      try session.each("PRAGMA wal_checkpoint(TRUNCATE)", []) { isMoved = $0.integer(0) == 0 }
      try session.each("PRAGMA busy_timeout = 30000", []) { _ in }
      return isMoved
    }
  }
}
