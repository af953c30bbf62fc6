import Casework
import Console
import Foundation
import Pipeline
import Rules
import Store
import Suggestions
import Synchronization
import Text

/// 后台: what must go on while nobody types. Reminders, messages, the same-matter index, the database's log, and a folder
/// that is watched, each on a thread of its own.
struct BackgroundWorkers {
  private let stop = StopSignal()
  private let workers: [BackgroundWorker]

  /// - Parameter watched: a folder whose files are taken in; nil for none.
  init(_ composition: ConsoleComposition, watching watched: String?) throws {
    let common = composition.common
    let database = common.database
    let (board, stop) = (composition.workers, stop)
    // A setting that is wrong is told before anything begins.
    let outbox = try OutboxSettings(common.messages)
    func worker(
      _ worker: WorkerBoard.Worker, every seconds: Double,
      _ work: @escaping @Sendable (SuggestionStore) throws -> BackgroundWorker.Pass
    ) -> BackgroundWorker {
      BackgroundWorker(
        worker, every: seconds, board: board, stop: stop,
        open: { () throws(StoreFault) in
          try SuggestionStore(url: database, access: .existing, folding: Folding.version)
        },
        tell: { common.tell($0, $1) }, work: work)
    }
    let (book, settings) = (composition.book, composition.settings)
    let refreshed = Mutex("")
    let turn = BackgroundWorkers.turn
    var workers = [
      worker(.chase, every: 60) { store in
        // A faulty file is told once the pass is done under the settings of before.
        let reading = Result { try settings.refresh() }
        let present = book.present
        let rules = settings.settings.rules(under: present)
        // Due times follow from both.
        let basis = "\(present.book.version) \(settings.revision)"
        if refreshed.withLock({ $0 }) != basis {
          _ = try store.refreshDues(under: rules) { !stop.wait(turn) }
          refreshed.withLock { $0 = basis }
        }
        let report = try ChasePass(store: store, rules: rules) { !stop.wait(turn) }.run(asOf: LocalTime.now)
        _ = try reading.get()
        return BackgroundWorker.Pass(done: report.notices.count + report.woken.count, lag: report.isMore ? 1 : 0)
      },
      worker(.outbox, every: 15) { store in
        let present = settings.settings
        let pass = OutboxPass(
          store: store, settings: outbox, letters: OutboxLetter.all(by: book.book, present.ladder, outbox), moment: nil,
          retention: present.retention) { !stop.isTold }
        let tally = try pass.run()
        return BackgroundWorker.Pass(
          done: tally.sent, lag: try store.outboxCounts()[.waiting] ?? 0)
      },
      worker(.index, every: 10) { store in try BackgroundWorkers.index(store, stop) },
      worker(.log, every: 60) { store in
        let isMoved = try store.tidyLog()
        return BackgroundWorker.Pass(done: isMoved ? 1 : 0, lag: try store.standing().logBytes)
      },
    ]
    if let watched {
      let folder = try WatchedFolder(watched, common, composition.book, stop)
      workers.append(worker(.folder, every: 1) { store in try folder.pass(store) })
    }
    self.workers = workers
  }

  /// Submissions the index takes in while it holds the writers' lock: some tenths of a second. Then others have a turn.
  private static let indexedTogether = 1 << 11
  private static let writersTogether = 1 << 14
  private static let turnsOfAPass = 16
  /// Seconds the others have between two parts of a long pass.
  private static let turn = 0.1

  /// The index of the same matter, that of words and that of writers, in turns.
  private static func index(_ store: SuggestionStore, _ stop: StopSignal) throws(StoreFault) -> BackgroundWorker.Pass {
    let before = (
      matters: try store.matterState().lag, words: try store.searchState().lag, writers: try store.writerLag()
    )
    var left = before
    let index = SameMatterIndex(store)
    for pass in 0..<turnsOfAPass where left.matters > 0 || left.words > 0 || left.writers > 0 {
      if stop.wait(pass == 0 ? 0 : turn) { break }
      if left.matters > 0 { left.matters = try index.catchUp(limit: indexedTogether) }
      if left.words > 0 { left.words = try store.updateSearch(limit: indexedTogether, folding: .standard).lag }
      if left.writers > 0 { left.writers = try store.updateWriters(limit: writersTogether) }
    }
    let all = left.matters + left.words + left.writers
    let done = before.matters + before.words + before.writers - all
    return BackgroundWorker.Pass(done: max(0, done), lag: all, isMore: all > 0)
  }

  func start() { for worker in workers { worker.start() } }

  /// Tells all of them, and waits for what is under way.
  func end() {
    stop.tell()
    for worker in workers { worker.waitForEnd() }
  }
}

extension CommonOptions {
  /// A remark on a worker that fails; it goes on trying.
  func tell(_ worker: WorkerBoard.Worker, _ error: any Error) {
    let why =
      switch error {
      case let fault as StoreFault: messages.store(fault)
      case let outcome as Outcome: outcome.message ?? ""
      case let fault as CaseworkFault: messages.casework(fault, folder: rulesFolder)
      default: messages("设置或文件有问题", "a setting or a file is at fault")
      }
    let name = worker.name(language == .zh ? .zh : .en)
    note(messages("后台任务“\(name)”没做成，稍后再试：\(why)", "the worker for \(name) failed and tries again: \(why)"))
  }
}
