import Console
import Foundation
import Pipeline
import Store
import Text

/// Does one thing over and over on a thread of its own, with a connection of its own, until it is told to stop.
///
/// A pass that fails is told once and tried again, after a longer wait each time; the connection is opened anew then.
final class BackgroundWorker: Sendable {
  /// What a pass did, and what is left to do.
  struct Pass: Sendable {
    var done = 0
    var lag = 0
    /// There is more that can be done now.
    var isMore = false
  }

  let worker: WorkerBoard.Worker
  /// Seconds between passes.
  let interval: Double
  private let board: WorkerBoard
  private let stop: StopSignal
  private let open: @Sendable () throws(StoreFault) -> SuggestionStore
  private let work: @Sendable (SuggestionStore) throws -> Pass
  private let tell: @Sendable (WorkerBoard.Worker, any Error) -> Void
  private let ended = DispatchGroup()

  /// The longest wait after failures, in seconds.
  private static let longest: Double = 900

  /// - Parameters:
  ///   - work: one pass. Called on one thread.
  ///   - tell: says why a pass failed; called for the first of a kind in a row.
  init(
    _ worker: WorkerBoard.Worker, every interval: Double, board: WorkerBoard, stop: StopSignal,
    open: @escaping @Sendable () throws(StoreFault) -> SuggestionStore,
    tell: @escaping @Sendable (WorkerBoard.Worker, any Error) -> Void,
    work: @escaping @Sendable (SuggestionStore) throws -> Pass
  ) {
    self.worker = worker
    self.interval = interval
    self.board = board
    self.stop = stop
    self.open = open
    self.tell = tell
    self.work = work
  }

  func start() {
    board.begin(worker)
    ended.enter()
    let thread = Thread { [self] in
      // Nobody waits for it: whoever looks at a page goes first.
      IntakeRun.standBack(by: 5)
      run()
      ended.leave()
    }
    thread.name = worker.rawValue
    thread.stackSize = 2 << 20
    thread.start()
  }

  /// Waits for the pass under way.
  func waitForEnd() { ended.wait() }

  private func run() {
    var store: SuggestionStore?
    var failures = 0
    var wait: Double = 0
    while !stop.wait(wait) {
      do {
        let connection = try store ?? open()
        store = connection
        let pass = try work(connection)
        board.succeeded(worker, done: pass.done, lag: pass.lag, at: LocalTime.now)
        failures = 0
        wait = pass.isMore ? 0.1 : interval
      } catch {
        if board.failed(worker, BackgroundWorker.code(error)) { tell(worker, error) }
        try? store?.close()
        store = nil
        wait = BackgroundWorker.wait(after: failures, interval)
        failures += 1
      }
    }
    try? store?.close()
  }

  /// Twice as long after each failure, a quarter of an hour at most.
  static func wait(after failures: Int, _ interval: Double) -> Double {
    min(longest, max(1, interval) * Double(1 << min(failures, 10)))
  }

  /// Stable, without a word of what was being read.
  static func code(_ error: any Error) -> String {
    guard let fault = error as? StoreFault else { return "settings" }
    switch fault {
    case .missing: return "missing"
    case .unreadable: return "unreadable"
    case .locked: return "locked"
    case .database(let code, _, _): return "database-\(code)"
    case .newerSchema: return "newer-schema"
    case .olderSchema: return "older-schema"
    case .otherFolding: return "other-folding"
    case .missingKeys: return "missing-keys"
    case .corrupt: return "corrupt"
    case .unsupportedURL: return "unsupported-url"
    case .noMemory: return "no-memory"
    }
  }
}
