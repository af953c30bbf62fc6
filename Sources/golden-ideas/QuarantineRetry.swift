import Foundation
import Intake
import Pipeline
import Rules
import Store

/// Takes set-aside records in after all: with the profile and rules as they are now, or from a mended file.
struct QuarantineRetry {
  let common: CommonOptions
  let actor: String
  /// Seconds to wait for another program that takes in.
  var patience = 0
  /// Nil for the one on the disk.
  var book: RuleBook?

  struct Counts {
    var tried = 0
    var takenIn = 0
  }

  /// - Parameters:
  ///   - ids: none for all that wait.
  ///   - mended: what to take in instead of the one record named: a file by itself, or the bare record.
  func run(_ ids: [Int], mended: (bytes: [UInt8], isFile: Bool)?) throws -> Counts {
    let messages = common.messages
    let profiles = try common.loadProfiles()
    let book = try self.book ?? common.loadBook()
    let store = try common.openStore(.existing)
    let lock = try common.onStore { () throws(StoreFault) in try IntakeLock(store: store, patience: patience) }
    defer { withExtendedLifetime(lock) {} }
    let waiting = try common.onStore { () throws(StoreFault) in try store.quarantine(state: .waiting) }
    let chosen = ids.isEmpty ? waiting : waiting.filter { ids.contains($0.id) }
    for id in ids where !chosen.contains(where: { $0.id == id }) {
      throw Outcome.findings(messages.noQuarantine(id))
    }
    let act = try StaffAct.of(actor: actor, reason: "quarantine retry", messages)
    var outcome = Counts()
    for item in chosen {
      outcome.tried += 1
      guard let profile = profiles.first(where: { $0.name == item.profile }) else { continue }
      let bytes: [UInt8]
      if let mended {
        bytes = mended.isFile ? mended.bytes : RecordWrapping.document(around: mended.bytes, profile: profile)
      } else {
        let opened = try common.onStore { () throws(StoreFault) in try store.openQuarantine(id: item.id, by: act) }
        // A record kept in part only cannot be read again from here.
        guard let opened, opened.bytes.count == item.totalBytes else { continue }
        bytes = RecordWrapping.document(around: opened.bytes, profile: profile)
      }
      if try takeIn(bytes, item, profile, book, store, act) { outcome.takenIn += 1 }
    }
    return outcome
  }

  private func takeIn(
    _ bytes: [UInt8], _ item: QuarantineItem, _ profile: FormProfile, _ book: RuleBook, _ store: SuggestionStore,
    _ act: StaffAct
  ) throws -> Bool {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("golden-ideas-\(UUID().uuidString)")
    guard FileManager.default.createFile(atPath: file.path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
    else { throw Outcome.notStarted(common.messages.input(.unreadable(file.path), known: [])) }
    defer { try? FileManager.default.removeItem(at: file) }
    // Looked at first: a record that still does not read must not enter quarantine a second time.
    func plan(isDryRun: Bool) -> IntakePlan {
      var plan = IntakePlan(
        files: [IntakeFile(name: item.file, path: file.path, profile: profile, size: bytes.count)], book: book,
        source: item.source, threads: 1, startedAt: act.at, command: "quarantine retry")
      plan.isDryRun = isDryRun
      plan.actor = actor
      return plan
    }
    let report: IntakeReport
    do throws(IntakeRunFault) {
      let trial = try IntakeRun(plan(isDryRun: true), store: store).run()
      guard trial.total.quarantined == 0, trial.total.read > 0 else { return false }
      report = try IntakeRun(plan(isDryRun: false), store: store).run()
    } catch {
      throw Outcome.notStarted(common.messages.run(error))
    }
    return try common.onStore { () throws(StoreFault) in
      // Taken in meanwhile by another file: there is no new submission to name.
      let number = report.total.new > 0 ? Int(try store.tail().submission) : 0
      return try store.markRetried(id: item.id, submission: number, actor: act.actor, at: act.at)
    }
  }
}
