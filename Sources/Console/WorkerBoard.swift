internal import Synchronization

/// What goes on while nobody types, as it stands: written by the workers, read by the pages and by `/health`.
package final class WorkerBoard: Sendable {
  package enum Worker: String, CaseIterable, Sendable {
    /// Reminders, and what was put aside comes back.
    case chase
    /// Messages to the outside.
    case outbox
    /// The index by which texts about the same matter are found.
    case index
    /// The write-ahead log is moved into the database file.
    case log
    /// A folder whose files are taken in.
    case folder

    package func name(_ say: ConsoleLanguage) -> String {
      switch self {
      case .chase: say("催办", "reminders")
      case .outbox: say("发件", "outbox")
      case .index: say("同一件事的索引", "same-matter index")
      case .log: say("整理数据库日志", "database log")
      case .folder: say("收件目录", "watched folder")
      }
    }

    /// What ``State/lag`` counts.
    package func lag(_ count: Int, _ say: ConsoleLanguage) -> String {
      switch self {
      case .chase: say("\(count) 件待看", "\(count) cases to look at")
      case .outbox: say("\(count) 条待发", "\(count) messages to send")
      case .index: say("\(count) 条来件待收进", "\(count) submissions to take in")
      case .log: say("\(count) 字节", "\(count) bytes")
      case .folder: say("\(count) 个文件待收", "\(count) files to take in")
      }
    }
  }

  package struct State: Sendable, Hashable {
    /// End of the last pass that went well; seconds since 1970.
    package var lastAt: Int64?
    /// What that pass did: steps, messages, submissions, files.
    package var done = 0
    package var lag = 0
    /// Why passes fail now: a stable code; nil where the last one went well.
    package var fault: String?
    /// Failed passes in a row.
    package var failures = 0

    package init() {}
  }

  private let states = Mutex<[Worker: State]>([:])

  package init() {}

  /// Those at work, in the order of their list.
  package var all: [(worker: Worker, state: State)] {
    let states = states.withLock { $0 }
    return Worker.allCases.compactMap { worker in states[worker].map { (worker, $0) } }
  }

  package func begin(_ worker: Worker) { states.withLock { $0[worker] = State() } }

  package func succeeded(_ worker: Worker, done: Int, lag: Int, at moment: Int64) {
    states.withLock { states in
      var state = State()
      (state.lastAt, state.done, state.lag) = (moment, done, lag)
      states[worker] = state
    }
  }

  /// - Returns: whether it is another fault than the one before, and so is news.
  package func failed(_ worker: Worker, _ fault: String) -> Bool {
    states.withLock { states in
      let isNews = states[worker]?.fault != fault
      states[worker, default: State()].fault = fault
      states[worker, default: State()].failures += 1
      return isNews
    }
  }
}
