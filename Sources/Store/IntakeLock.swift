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

  /// - Parameter patience: seconds to wait for another holder; a thread of the caller's own stands still as long.
  /// - Throws: ``StoreFault/locked(path:)`` when somebody else holds it.
  package convenience init(store: SuggestionStore, patience: Int = 0) throws(StoreFault) {
    try self.init(path: store.home, patience: patience)
  }

  /// - Parameter path: of the store, whether or not it is there.
  init(path store: String, patience: Int = 0) throws(StoreFault) {
    descriptor = try IntakeLock.take(store, patience: patience)
  }

  /// Apart from the initializer: one that throws with everything in place runs `deinit` too, and a number closed twice
  /// may be another thread's file by then.
  private static func take(_ store: String, patience: Int) throws(StoreFault) -> Int32 {
    let path = store + ".lock"
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: "cannot be opened") }
    var left = patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard left > 0 else {
        Glibc.close(descriptor)
        throw .locked(path: store)
      }
      left -= 1
      sleep(1)
    }
    return descriptor
  }

  deinit { Glibc.close(descriptor) }
}
