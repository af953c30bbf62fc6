internal import Foundation
internal import Suggestions

/// Where a backup is to become a store.
package struct RestorePlan: Sendable {
  package var url: String
  /// Whether a store that is there may be put aside.
  package var isForced: Bool
  package var folding: UInt64
  package var rules: CaseworkRules?

  package init(url: String, isForced: Bool, folding: UInt64, rules: CaseworkRules? = nil) {
    self.url = url
    self.isForced = isForced
    self.folding = folding
    self.rules = rules
  }
}

/// A backup that became a store.
package struct RestoreReport: Sendable {
  package var verification: VerificationReport
  /// The end of the history in the backup.
  package var head: HistoryHead
  /// Erased since the backup was made.
  package var replayed: [ErasureReport.Erased]
  /// Where the store of before lies; nil where there was none.
  package var aside: String?
}

package enum RestoreRefusal: Error, Sendable, Hashable {
  case missing(path: String)
  case damaged(DamagedCopy)
  /// There is a store; only by force is it put aside.
  case exists(path: String)
  /// What a restore put aside before is still there.
  case asideExists(path: String)
  /// The key file is of another store.
  case otherKeys(path: String)
  /// Keys were destroyed, and the journal that says for what is not there.
  case missingJournal(path: String)
  case unwritable(path: String)
  /// The store that came of it is not sound; nothing was put in place.
  case unsound([VerificationFault])
}

extension SuggestionStore {
  /// Makes a store of a backup: checks it, erases in it what was erased since, verifies it whole, and only then puts it
  /// in place, keeping the store that was there aside. Cut off anywhere, the store of before is in place or lies aside
  /// whole, and the same command begins anew.
  ///
  /// The key file and the journal of erasures are those beside the store's place, as they are now: keys come back from
  /// no backup of an earlier day, or what was erased would come back with them. Everybody is signed out. Nobody else may
  /// have the store open.
  ///
  /// - Parameter forgetting: takes a submission out of the same-matter index of a store.
  package static func restore(
    _ file: String, as plan: RestorePlan, act: StaffAct,
    forgetting: (SuggestionStore, Int) throws(StoreFault) -> Void
  ) throws(StoreFault) -> Result<RestoreReport, RestoreRefusal> {
    let path = try path(of: plan.url)
    let lock = try IntakeLock(path: path)
    defer { withExtendedLifetime(lock) {} }
    if let refusal = try Restoring.obstacle(file, path, plan) { return .failure(refusal) }
    let restoring = Restoring(path: path, plan: plan)
    defer { restoring.clear() }
    guard restoring.copy(file) else { return .failure(.unwritable(path: path)) }
    let head: HistoryHead
    switch try StoreCopy.check(restoring.unfinished) {
    case .failure(let damage): return .failure(.damaged(damage))
    case .success(let copy): head = copy.head
    }
    switch try restoring.prepare(head, act, forgetting) {
    case .failure(let refusal): return .failure(refusal)
    case .success(var report):
      report.head = head
      guard let aside = restoring.swap() else { return .failure(.unwritable(path: path)) }
      report.aside = aside.isEmpty ? nil : aside
      return .success(report)
    }
  }
}

/// One restore under way.
struct Restoring {
  let path: String
  let plan: RestorePlan
  var unfinished: String { path + ".restoring" }
  private static let beside = ["", "-wal", "-shm"]

  /// Why it cannot be begun.
  static func obstacle(_ file: String, _ path: String, _ plan: RestorePlan) throws(StoreFault) -> RestoreRefusal? {
    let manager = FileManager.default
    if !manager.fileExists(atPath: file) { return .missing(path: file) }
    let isThere = manager.fileExists(atPath: path)
    if isThere && !plan.isForced { return .exists(path: path) }
    if isThere && manager.fileExists(atPath: path + ".before-restore") { return .asideExists(path: path + ".before-restore") }
    let keys = try KeyRing(path: path + ".keys", create: false)
    let isErased = (1..<max(1, keys.count)).contains { keys.isDestroyed($0) }
    if isErased && !manager.fileExists(atPath: path + ".erased") { return .missingJournal(path: path + ".erased") }
    return nil
  }

  func copy(_ file: String) -> Bool {
    clear()
    let manager = FileManager.default
    guard manager.createFile(atPath: unfinished, contents: nil, attributes: [.posixPermissions: 0o600]),
      let source = FileHandle(forReadingAtPath: file), let target = FileHandle(forWritingAtPath: unfinished)
    else { return false }
    defer { try? source.close() }
    defer { try? target.close() }
    do {
      while let block = try source.read(upToCount: 1 << 20), !block.isEmpty { try target.write(contentsOf: block) }
    } catch { return false }
    return true
  }

  func clear() {
    for ending in Restoring.beside { try? FileManager.default.removeItem(atPath: unfinished + ending) }
  }

  /// Makes the copy what the store is to be.
  func prepare(
    _ head: HistoryHead, _ act: StaffAct, _ forgetting: (SuggestionStore, Int) throws(StoreFault) -> Void
  ) throws(StoreFault) -> Result<RestoreReport, RestoreRefusal> {
    let store = try SuggestionStore(path: unfinished, home: path, access: .create, folding: plan.folding)
    guard try keysFit(store) else { return .failure(.otherKeys(path: path + ".keys")) }
    try SupportCounting.catchUp(store)
    var erasing = try Erasing(store)
    let replayed = try erasing.replay(by: act) { number throws(StoreFault) in try forgetting(store, number) }
    try store.write { session throws(StoreFault) in try welcome(head, replayed.count, act, store, session) }
    // The keys of what was replaced go before the old store does: the journal has its bytes under the new ones.
    _ = try erasing.finish()
    let verification = try store.verify(under: plan.rules)
    try store.checkpoint()
    try store.close()
    guard verification.isSound else { return .failure(.unsound(verification.faults)) }
    return .success(RestoreReport(verification: verification, head: head, replayed: replayed, aside: nil))
  }

  /// By the value kept since the store was made or first backed up; of a backup without one, by whether its last segment
  /// opens.
  private func keysFit(_ store: SuggestionStore) throws(StoreFault) -> Bool {
    let (stored, last) = try store.read { session throws(StoreFault) in
      (
        try session.first("SELECT value FROM setting WHERE name = 'key_check'") { $0.text(0) },
        Int(try session.integer("SELECT coalesce(max(first), 0) FROM segment"))
      )
    }
    if let stored { return try stored == store.keys.checkValue() }
    guard last > 0 else { return true }
    let sealed = try SealedBytes(store)
    return try store.read { session throws(StoreFault) in
      guard let segment = try SealedBytes.segment(of: last, session) else { return false }
      if sealed.isErased(segment.key) { return true }
      return (try? sealed.entries(of: segment)) != nil
    }
  }

  /// Tells of the restore, signs everybody out, and keeps the numbers of keys apart from those another copy used.
  private func welcome(
    _ head: HistoryHead, _ replayed: Int, _ act: StaffAct, _ store: SuggestionStore, _ session: any SQLSession
  ) throws(StoreFault) {
    try session.execute("DELETE FROM account_session")
    let keys = try KeyRing(path: store.home + ".keys", create: false)
    for (name, value) in [("next_key", String(keys.count)), ("key_check", try keys.checkValue())] {
      try session.execute(
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [.text(name), .text(value)])
    }
    var payload = JSONWriter()
    payload.object {
      $0.field("event", head.event)
      $0.field("head", head.hash)
      $0.field("erased", replayed)
      $0.field("reason", act.reason)
    }
    try History.append(
      History.Event(at: act.at, actor: act.actor, action: "restore-backup", subject: 0, payload: payload.text), to: session)
  }

  /// Puts the store that is there aside and the new one in its place.
  ///
  /// - Returns: where the old one lies, empty where there was none; nil when the system says no.
  func swap() -> String? {
    let manager = FileManager.default
    // A store without a log is one file, and is moved in one step. One too damaged for that goes with its log.
    if let old = try? SuggestionStore(url: path, access: .existing, folding: plan.folding) {
      try? old.checkpoint()
      try? old.close()
    }
    var aside = ""
    do {
      if manager.fileExists(atPath: path) {
        aside = path + ".before-restore"
        // The log before its file, which is nothing without it.
        for ending in Restoring.beside.reversed() where manager.fileExists(atPath: path + ending) {
          try manager.moveItem(atPath: path + ending, toPath: aside + ending)
        }
      } else {
        for ending in Restoring.beside { try? manager.removeItem(atPath: path + ending) }
      }
    } catch { return nil }
    return DurableFile.move(unfinished, to: path) ? aside : nil
  }
}
