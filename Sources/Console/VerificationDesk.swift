internal import Foundation
package import Store
internal import Synchronization

/// 核对: one look through the whole store at a time, on a thread of its own, and what the last one found.
package final class VerificationDesk: Sendable {
  package struct Finding: Sendable {
    /// When it ended; seconds since 1970.
    package var at: Int64
    package var outcome: Result<VerificationReport, StoreFault>
  }

  package struct State: Sendable {
    /// When the one under way began.
    package var since: Int64?
    /// Since the program was started.
    package var last: Finding?
  }

  private let mutex = Mutex(State())
  private let verify: @Sendable () throws(StoreFault) -> VerificationReport

  /// - Parameter verify: opens a connection of its own, as it may take minutes.
  package init(_ verify: @escaping @Sendable () throws(StoreFault) -> VerificationReport) { self.verify = verify }

  package var state: State { mutex.withLock { $0 } }

  /// Begins, unless one is under way.
  ///
  /// - Parameter now: the clock, asked at both ends.
  package func start(_ now: @escaping @Sendable () -> Int64) {
    let begins = mutex.withLock { state in
      if state.since != nil { return false }
      state.since = now()
      return true
    }
    guard begins else { return }
    let thread = Thread { [self] in
      let outcome: Result<VerificationReport, StoreFault>
      do throws(StoreFault) {
        outcome = .success(try verify())
      } catch {
        outcome = .failure(error)
      }
      mutex.withLock { state in
        state.since = nil
        state.last = Finding(at: now(), outcome: outcome)
      }
    }
    thread.name = "verify"
    thread.stackSize = 2 << 20
    thread.start()
  }
}
