import Console
import Foundation
import Pipeline
import Store
import Suggestions
import Synchronization

/// 收件台: takes in what the console is sent, one job after the other, on a thread that lets the pages go first.
///
/// What was uploaded lies in a folder beside the store that nobody else reads, under numbers, until it is taken in or
/// given up. Everything else about a job is in memory: the store has what came in, and the same files sent again bring
/// nothing new.
final class IntakeDesk: Sendable {
  /// Jobs shown; of older ones that are over, what is kept goes.
  private static let mostJobs = 50
  /// Seconds to wait for another program that takes in.
  private static let patience = 600
  /// Microseconds after each batch in which a page's writer gets at the store.
  private static let pause: UInt32 = 20_000

  private enum Work: Sendable {
    case files([(name: String, path: String)], source: String?, form: String?, isDryRun: Bool)
    case retry([Int], mended: IntakeOrder.Mended?)
    case bookPage(Int, name: String, path: String)
  }

  private struct Job: Sendable {
    var task: Work
    var language: ConsoleLanguage
    var shown: IntakeJob
    /// Of its uploads.
    var folder: String?
  }

  private struct State {
    var jobs: [Int: Job] = [:]
    var queue: [Int] = []
    var last = 0
    var isAtWork = false
    /// The one under way, once it reads.
    var run: IntakeRun?
    var current: Int?
    /// Stopped before it read anything.
    var isStopped = false
  }

  private let common: CommonOptions
  private let book: PresentBook
  private let state = Mutex(State())
  /// Of this process; made with the first upload.
  private let folder: String

  init(_ common: CommonOptions, _ book: PresentBook) {
    self.book = book
    var quiet = common
    quiet.quiet = true
    self.common = quiet
    folder = common.databasePath + ".uploads/" + UUID().uuidString
  }

  // MARK: For the pages

  func begin(_ order: IntakeOrder) throws -> Int {
    let number = state.withLock { state in
      state.last += 1
      return state.last
    }
    let place = "\(folder)/\(number)"
    let (task, shown) = try prepare(order, number, place)
    let hasFiles = if case .retry = task { false } else { true }
    let isIdle = state.withLock { state in
      state.jobs[number] = Job(task: task, language: order.language, shown: shown, folder: hasFiles ? place : nil)
      state.queue.append(number)
      forgetOld(&state)
      defer { state.isAtWork = true }
      return !state.isAtWork
    }
    if isIdle { startThread() }
    return number
  }

  func job(_ number: Int) -> IntakeJob? { state.withLock { $0.jobs[number]?.shown } }

  func jobs() -> [IntakeJob] {
    state.withLock { $0.jobs.values.map(\.shown) }.sorted { $0.number > $1.number }
  }

  func goOn(_ number: Int, form: String?) -> Bool {
    let (isKept, isIdle) = state.withLock { state in
      guard var job = state.jobs[number], job.shown.isKept, job.shown.state.isOver else { return (false, false) }
      if case .files(let files, let source, let before, let isDryRun) = job.task {
        job.task = .files(files, source: source, form: form ?? (job.shown.refusal == nil ? before : nil), isDryRun: isDryRun)
      }
      let old = job.shown
      job.shown = IntakeJob(
        number: number, by: old.by, kind: old.kind, isDryRun: old.isDryRun, names: old.names, sentAt: old.sentAt)
      state.jobs[number] = job
      state.queue.append(number)
      defer { state.isAtWork = true }
      return (true, !state.isAtWork)
    }
    if isIdle { startThread() }
    return isKept
  }

  func stop(_ number: Int) -> Bool {
    let (isFound, run) = state.withLock { state -> (Bool, IntakeRun?) in
      if state.current == number {
        state.isStopped = true
        return (true, state.run)
      }
      guard let place = state.queue.firstIndex(of: number) else { return (false, nil) }
      state.queue.remove(at: place)
      state.jobs[number]?.shown.state = .stopped
      let hasFiles = state.jobs[number]?.folder != nil
      state.jobs[number]?.shown.isKept = hasFiles
      return (true, nil)
    }
    run?.cancel()
    return isFound
  }

  func forget(_ number: Int) -> Bool {
    state.withLock { state in
      guard let job = state.jobs[number], job.shown.isKept, job.shown.state.isOver else { return false }
      state.jobs[number]?.shown.isKept = false
      remove(job.folder)
      return true
    }
  }

  /// Ends the job under way after its batches and clears the folder; waits for it, as long as a batch takes.
  func end() {
    let run = state.withLock { state in
      state.queue = []
      state.isStopped = true
      return state.run
    }
    run?.cancel()
    for _ in 0..<300 where state.withLock(\.isAtWork) { usleep(100_000) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  // MARK: What was uploaded

  private func prepare(_ order: IntakeOrder, _ number: Int, _ place: String) throws -> (Work, IntakeJob) {
    func shown(_ kind: IntakeJob.Kind, _ names: [String], isDryRun: Bool = false) -> IntakeJob {
      IntakeJob(number: number, by: order.by, kind: kind, isDryRun: isDryRun, names: names, sentAt: order.at)
    }
    switch order.work {
    case .retry(let ids, let mended): return (.retry(ids, mended: mended), shown(.retry, []))
    case .files(let files, let source, let form, let isDryRun):
      let kept = try keep(files, in: place)
      return (
        .files(kept, source: source, form: form, isDryRun: isDryRun), shown(.files, kept.map(\.name), isDryRun: isDryRun)
      )
    case .bookPage(let page, let file):
      let kept = try keep([file], in: place)
      return (.bookPage(page, name: kept[0].name, path: kept[0].path), shown(.bookPage(page), [kept[0].name]))
    }
  }

  private func keep(_ files: [UploadedFile], in place: String) throws -> [(name: String, path: String)] {
    let manager = FileManager.default
    clearLeftovers()
    // One after the other, so that none of them is anybody else's to read.
    for folder in [common.databasePath + ".uploads", folder, place] where !manager.fileExists(atPath: folder) {
      try manager.createDirectory(
        atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }
    var kept: [(name: String, path: String)] = []
    for (index, (file, name)) in zip(files, UploadNames.names(of: files)).enumerated() {
      let path = "\(place)/\(index + 1)"
      guard manager.createFile(atPath: path, contents: Data(file.bytes), attributes: [.posixPermissions: 0o600]) else {
        remove(place)
        throw CocoaError(.fileWriteUnknown)
      }
      kept.append((name, path))
    }
    return kept
  }

  /// What a console that was killed left behind; nobody can go on with it, and sending it again brings nothing twice.
  private func clearLeftovers() {
    let root = common.databasePath + ".uploads"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [] where root + "/" + name != folder {
      let changed = (try? FileManager.default.attributesOfItem(atPath: root + "/" + name))?[.modificationDate] as? Date
      if let changed, changed.timeIntervalSinceNow < -86_400 { remove(root + "/" + name) }
    }
  }

  private func remove(_ folder: String?) {
    if let folder { try? FileManager.default.removeItem(atPath: folder) }
  }

  private func forgetOld(_ state: inout State) {
    for number in state.jobs.keys.sorted() where state.jobs.count > IntakeDesk.mostJobs {
      guard let job = state.jobs[number], job.shown.state.isOver else { continue }
      remove(job.folder)
      state.jobs[number] = nil
    }
  }

  // MARK: The thread

  private func startThread() {
    let thread = Thread { [self] in
      IntakeRun.standBack(by: 10)
      while let (number, job) = next() {
        let outcome = perform(number, job)
        finish(number, outcome)
      }
    }
    thread.name = "console-intake"
    thread.stackSize = 8 << 20
    thread.start()
  }

  private func next() -> (Int, Job)? {
    state.withLock { state in
      (state.run, state.current, state.isStopped) = (nil, nil, false)
      guard !state.queue.isEmpty else {
        state.isAtWork = false
        return nil
      }
      let number = state.queue.removeFirst()
      state.current = number
      state.jobs[number]?.shown.state = .running
      return state.jobs[number].map { (number, $0) }
    }
  }

  private func finish(_ number: Int, _ outcome: (inout IntakeJob) -> Void) {
    state.withLock { state in
      guard var job = state.jobs[number] else { return }
      outcome(&job.shown)
      let isDone = job.shown.state == .done
      job.shown.isKept = !isDone && job.folder != nil
      if isDone { remove(job.folder) }
      state.jobs[number] = job
    }
  }

  /// Does the work; what it returns tells of it.
  private func perform(_ number: Int, _ job: Job) -> (inout IntakeJob) -> Void {
    var common = common
    common.language = Language(job.language)
    let by = job.shown.by
    do {
      switch job.task {
      case .files(let files, let source, let form, let isDryRun):
        let intaking = Intaking(
          common: common, source: source, profile: form, threads: 1, isDryRun: isDryRun, actor: by,
          patience: IntakeDesk.patience, book: book.book, batchesTogether: 1)
        let result = try take(files, by: intaking, command: "upload", number)
        return { $0.tell(of: result) }
      case .bookPage(let page, let name, let path):
        let intaking = Intaking(
          common: common, source: nil, profile: "opinion-book", threads: 1, isDryRun: false, actor: by,
          patience: IntakeDesk.patience, book: book.book, batchesTogether: 1)
        let result = try take([(name, path)], by: intaking, command: "opinion book", number)
        if !result.report.wasInterrupted {
          let entered = result.report.total.read - result.report.total.quarantined
          let store = try common.openStore(.existing)
          defer { try? store.close() }
          // Given up meanwhile, it is in the store all the same.
          _ = try common.onStore { () throws(StoreFault) in
            try store.takeBookPage(page, entered: entered, by: by, at: LocalTime.now)
          }
        }
        return { $0.tell(of: result) }
      case .retry(let ids, let mended):
        let counts = try QuarantineRetry(common: common, actor: by, patience: IntakeDesk.patience, book: book.book)
          .run(ids, mended: mended.map { ($0.bytes, $0.isFile) })
        return { shown in
          (shown.tried, shown.takenIn) = (counts.tried, counts.takenIn)
          shown.state = .done
        }
      }
    } catch {
      let words = (error as? Outcome)?.message
      return { shown in
        shown.state = .refused
        shown.refusal = words ?? common.messages("出了问题，请再收一次，或告诉管理员。", "Something went wrong; try again, or tell the administrator.")
      }
    }
  }

  private func take(
    _ files: [(name: String, path: String)], by intaking: Intaking, command: String, _ number: Int
  ) throws -> Intaking.Result {
    let found = try intaking.find { inputs throws(InputFiles.Fault) in
      var found = InputFiles.Found()
      for file in files { found.files.append(try inputs.file(file.path, named: file.name)) }
      return found
    }
    return try intaking.take(
      found.files, command: command,
      begun: { run in
        let isStopped = state.withLock { state in
          state.run = run
          return state.isStopped
        }
        if isStopped { run.cancel() }
      },
      progress: { [self] progress in
        state.withLock { state in
          state.jobs[number]?.shown.progress = IntakeJob.Progress(
            records: progress.records, bytes: progress.bytes, totalBytes: progress.totalBytes, file: progress.file)
        }
        usleep(IntakeDesk.pause)
      })
  }
}

extension IntakeJob {
  fileprivate mutating func tell(of result: Intaking.Result) {
    let report = result.report
    files = report.files.map { file in
      File(
        name: file.name, source: file.source, form: file.profile, tally: Tally(file.counts),
        faults: file.faults.map {
          Fault(record: $0.record, line: $0.line, column: $0.column, reason: $0.reason, detail: $0.detail)
        })
    }
    total = Tally(report.total)
    seconds = result.seconds
    state = report.wasInterrupted ? .stopped : .done
  }
}

extension IntakeJob.Tally {
  fileprivate init(_ counts: IntakeCounts) {
    self.init()
    (new, revised, unchanged, quarantined) = (counts.new, counts.revised, counts.unchanged, counts.quarantined)
    (suggestions, exact, near) = (counts.suggestions, counts.exact, counts.near)
    (contained, again) = (counts.contained, counts.again)
  }
}
