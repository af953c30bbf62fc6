internal import CMalloc
internal import Foundation
import Intake
import Stages
package import Store
import Suggestions
import Text

/// Takes files in: one reader, N workers on the pure stages, one thread that finds duplicates in order, one committer.
///
/// Threads and not tasks, as SQLite and file reads block and would starve a two-thread cooperative pool.
package final class IntakeRun: @unchecked Sendable {
  // Shared between its threads through the channels and one lock only.
  private let plan: IntakePlan
  private let store: SuggestionStore?
  private let permits: Permits
  private let lock = NSLock()
  private var report = IntakeReport()
  private var fault: IntakeRunFault?
  private var clocks: [String: Double] = [:]

  /// - Parameter store: nil only for a dry run where there is no store yet.
  package init(_ plan: IntakePlan, store: SuggestionStore?) {
    self.plan = plan
    self.store = store
    permits = Permits(plan.threads + 2 * plan.batchesTogether)
  }

  /// Stops after the batches under way; what is committed stays. Safe to call from any thread.
  package func cancel() {
    lock.withLock { report.wasInterrupted = true }
    permits.cancel()
  }

  /// Runs to the end and returns the counts.
  ///
  /// - Parameter progress: called after each commit, on the committer's thread.
  package func run(
    progress: @escaping @Sendable (IntakeProgress) -> Void = { _ in }
  ) throws(IntakeRunFault) -> IntakeReport {
    for file in plan.files {
      report.files.append(
        IntakeReport.File(
          name: file.name, source: plan.source ?? file.profile.source, profile: file.profile.name))
    }
    IntakeRun.keepFreedMemory()
    let redaction = Redaction(key: try secret("redaction"))
    let drafted = HandOff<(Int, Parcel<Drafted>)>()
    let classified = OrderedHandOff<Parcel<Classified>>(senders: plan.threads)
    let decided = HandOff<Decided>()

    spawn("read", standingBackBy: 10) { [self] in
      defer { drafted.close() }
      do throws(IntakeRunFault) {
        try FileFeed(plan: plan, permits: permits).run { parcel, number in drafted.send((number, parcel)) }
      } catch { fail(error) }
    }
    for _ in 0..<plan.threads {
      spawn("classify", standingBackBy: 10) { [self] in
        let normalize = Normalize(redaction: redaction)
        let classify = Classify(by: plan.book)
        while let (number, parcel) = drafted.receive() {
          classified.send(parcel.mapped { classify.apply(normalize.apply($0)) }, number: number)
        }
        classified.close()
      }
    }
    spawn("decide", standingBackBy: 5) { [self] in
      defer { decided.close() }
      do throws(StoreFault) {
        let ahead = LookAhead(classified, permits)
        let decider = try makeDecider(ahead.filter)
        for parcel in ahead.parcels { decided.send(try decider.decide(parcel)) }
        while let parcel = classified.receive() { decided.send(try decider.decide(parcel)) }
        lock.withLock { report.indexBytes = decider.indexBytes }
      } catch {
        fail(.store(error))
        while classified.receive() != nil {}
      }
    }
    let done = DispatchSemaphore(value: 0)
    spawn("commit", then: done) { [self] in commit(decided, progress) }
    done.wait()
    lock.lock()
    defer { lock.unlock() }
    if let fault { throw fault }
    report.timings = ["read", "classify", "decide", "commit"].map { ($0, clocks[$0] ?? 0) }
    return report
  }

  /// Batches are megabytes each and made and freed all the time: given back to the system every time, their pages would
  /// be cleared and faulted in anew, 5 % of the processor time.
  private static func keepFreedMemory() {
    #if canImport(Glibc)
      mallopt(M_MMAP_THRESHOLD, 16 << 20)
      mallopt(M_TRIM_THRESHOLD, 64 << 20)
    #endif
  }

  /// The committer is alone and has the most to do: on few processors the threads before it let it go first, as they
  /// would only fill the queue in front of it. On Linux the niceness is a thread's own.
  package static func standBack(by niceness: Int32) {
    #if os(Linux)
      guard niceness > 0 else { return }
      errno = 0
      let present = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
      if errno == 0 { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, min(19, present + niceness)) }
    #endif
  }

  private func secret(_ purpose: String) throws(IntakeRunFault) -> UInt64 {
    guard let store else { return 0x6F6C_6465_6E49_6465 }
    do { return try store.keys.derived(purpose) } catch { throw .store(error) }
  }

  private func makeDecider(_ filter: HistoryFilter?) throws(StoreFault) -> Decider {
    guard let store else {
      return Decider(
        Deduplicate(), book: plan.book, keys: nil, tail: SuggestionStore.Tail(submission: 0, seal: 1, key: 1),
        quarantined: [])
    }
    if !plan.isDryRun { try SupportCounting.catchUp(store) }
    return Decider(
      try Deduplicate.loading(store, filter), book: plan.book, keys: plan.isDryRun ? nil : store.keys,
      tail: try store.tail(), quarantined: try store.quarantineKeys(),
      tombstones: try store.tombstones())
  }

  private func commit(_ decided: HandOff<Decided>, _ progress: @Sendable (IntakeProgress) -> Void) {
    do throws(StoreFault) {
      let committer =
        plan.isDryRun ? nil : try store.map { store throws(StoreFault) in try Committer(store: store, plan: plan) }
      var earlierBytes = 0
      let total = plan.files.allSatisfy { $0.size != nil } ? plan.files.reduce(0) { $0 + ($1.size ?? 0) } : nil
      while true {
        let group = decided.receive(upTo: plan.batchesTogether)
        if group.isEmpty { break }
        let outcomes = try committer?.commit(group) ?? group.map { BatchOutcome($0.parcel.take().columns) }
        for (parcel, outcome) in zip(group.map(\.parcel), outcomes) {
          let origin = parcel.origin
          parcel.release(permits)
          let records = lock.withLock {
            report.files[origin.file].source = origin.source
            report.files[origin.file].add(outcome)
            report.total += outcome.counts
            return report.total.read
          }
          progress(
            IntakeProgress(
              records: records, bytes: earlierBytes + origin.endOffset, totalBytes: total, file: origin.name))
          if origin.isLast { earlierBytes += plan.files[origin.file].size ?? origin.endOffset }
        }
        try committer?.settle()
      }
      if !lock.withLock({ report.wasInterrupted }), fault == nil {
        try committer?.finish(at: Int64(Date().timeIntervalSince1970))
      }
      try committer?.settleFinally()
    } catch {
      fail(.store(error))
      while decided.receive() != nil {}
    }
  }

  private func fail(_ fault: IntakeRunFault) {
    lock.withLock { if self.fault == nil { self.fault = fault } }
    permits.cancel()
  }

  private func spawn(
    _ part: String, standingBackBy niceness: Int32 = 0, then done: DispatchSemaphore? = nil,
    _ body: @escaping @Sendable () -> Void
  ) {
    let thread = Thread { [self] in
      IntakeRun.standBack(by: niceness)
      body()
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      lock.withLock { clocks[part, default: 0] += Double(time.tv_sec) + Double(time.tv_nsec) / 1e9 }
      done?.signal()
    }
    thread.name = part
    thread.stackSize = 2 << 20
    thread.start()
  }
}
