internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One process takes in at a time: a lock on a file beside the store, released by the system when the process ends,
/// however it ends.
package final class IntakeLock {
  private let descriptor: Int32

  /// - Throws: ``StoreFault/locked(path:)`` when another process holds it.
  package convenience init(store: SuggestionStore) throws(StoreFault) { try self.init(path: store.home) }

  /// - Parameter path: of the store, whether or not it is there.
  init(path store: String) throws(StoreFault) {
    let path = store + ".lock"
    descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: "cannot be opened") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      Glibc.close(descriptor)
      throw .locked(path: store)
    }
  }

  deinit { Glibc.close(descriptor) }
}
