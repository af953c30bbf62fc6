internal import Foundation
internal import GRDB

/// Moves the write-ahead log into the database file on a connection of its own while the committer goes on committing:
/// half a second for each 200 MB of log in which everything else would stand still.
///
/// It never meets SQLite's WAL-reset bug, which needs a checkpoint that starts on a log moved whole, and a commit that
/// begins the log anew meanwhile. ``start()`` has effect only after the end of the one before was seen, and its caller
/// has committed since: the log holds pages that are not moved, and no commit begins it anew before this checkpoint has
/// recorded what it moved. The committer's own checkpoint, which moves what came meanwhile, waits for ``hasEnded()``.
package final class BackgroundCheckpoint: @unchecked Sendable {
  // Used by one thread; what the helper's thread hands back is behind the lock.
  private let connection: DatabaseQueue
  private let path: String
  private let queue = DispatchQueue(label: "checkpoint")
  private let work = DispatchGroup()
  private let lock = NSLock()
  private var outcome: Result<Void, StoreFault>?
  private var isUnderWay = false

  package init(_ store: SuggestionStore) throws(StoreFault) {
    path = store.path
    do {
      connection = try DatabaseQueue(path: store.path, configuration: SuggestionStore.configuration)
    } catch { throw SuggestionStore.fault(error, path: store.path) }
  }

  /// Begins moving what is in the log now; without effect until ``hasEnded()`` has told the end of the one before.
  package func start() {
    guard !isUnderWay else { return }
    isUnderWay = true
    queue.async(group: work) { [self] in
      let result = Result { try connection.inDatabase { _ = try $0.checkpoint(.passive) } }
        .mapError { SuggestionStore.fault($0, path: path) }
      lock.withLock { outcome = result }
    }
  }

  /// True once after each checkpoint that has ended.
  package func hasEnded() throws(StoreFault) -> Bool {
    guard isUnderWay, let outcome = lock.withLock({ outcome }) else { return false }
    lock.withLock { self.outcome = nil }
    isUnderWay = false
    try outcome.get()
    return true
  }

  /// Waits for the checkpoint under way and lets the connection go.
  package func end() throws(StoreFault) {
    work.wait()
    _ = try hasEnded()
    do { try connection.close() } catch { throw SuggestionStore.fault(error, path: path) }
  }
}
