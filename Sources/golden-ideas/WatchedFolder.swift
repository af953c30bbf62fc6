import Console
import Foundation
import Intake
import Pipeline
import Rules
import Store
import Suggestions
import Synchronization

/// 收件目录: whatever form file is put there is taken in once it has not changed for some seconds, then moved to `done`
/// or `refused` below it, with a report beside it.
///
/// Killed anywhere it goes on where it was: a file that was taken in and not yet moved is read again, and what is known
/// already changes nothing. A name that was there before gets a number, so nothing is written over.
final class WatchedFolder: Sendable {
  private let folder: String
  private let common: CommonOptions
  private let book: PresentBook
  private let stop: StopSignal
  /// How long a file has to stay as it is, in seconds.
  private let settling: Double
  private let seen = Mutex<[String: Seen]>([:])

  /// A file as it was when it was first seen so.
  private struct Seen {
    var size: Int
    var changedAt: Date
    /// Of the machine's uptime, which nobody sets back.
    var since: Double
  }

  /// - Throws: an ``Outcome`` where the folder is not there or cannot be written to.
  init(
    _ folder: String, _ common: CommonOptions, _ book: PresentBook, _ stop: StopSignal, settling: Double = 5
  ) throws {
    self.folder = folder
    self.common = common
    self.book = book
    self.stop = stop
    self.settling = settling
    var isFolder: ObjCBool = false
    let manager = FileManager.default
    guard manager.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw Outcome.notStarted(common.messages("没有目录 \(folder)。", "there is no folder \(folder)."))
    }
    for place in WatchedFile.Place.allCases {
      do {
        try manager.createDirectory(atPath: folder + "/" + place.rawValue, withIntermediateDirectories: true)
      } catch {
        throw Outcome.notStarted(common.messages("\(folder) 写不了。", "cannot write to \(folder)."))
      }
    }
  }

  /// Takes in the files that have settled, one after the other.
  ///
  /// - Throws: ``StoreFault``; the file it was at stays where it is.
  func pass(_ store: SuggestionStore, uptime: Double = ProcessInfo.processInfo.systemUptime) throws
    -> BackgroundWorker.Pass
  {
    let (ready, waiting) = settled(uptime)
    var pass = BackgroundWorker.Pass(done: 0, lag: ready.count + waiting)
    for name in ready where !stop.isTold {
      guard try take(name, store) else { break }
      seen.withLock { $0[name] = nil }
      pass.done += 1
      pass.lag -= 1
    }
    return pass
  }

  /// Names of those that have not changed for long enough, and how many have not yet.
  private func settled(_ uptime: Double) -> (ready: [String], waiting: Int) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var now: [String: Seen] = [:]
    for name in names where !name.hasPrefix(".") {
      guard let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name),
        attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? Int,
        let changedAt = attributes[.modificationDate] as? Date
      else { continue }
      now[name] = Seen(size: size, changedAt: changedAt, since: uptime)
    }
    return seen.withLock { seen in
      for (name, before) in seen {
        guard let file = now[name], file.size == before.size, file.changedAt == before.changedAt else { continue }
        now[name] = before
      }
      seen = now
      let ready = now.filter { uptime - $0.value.since >= settling }.keys.sorted()
      return (ready, now.count - ready.count)
    }
  }

  /// - Returns: false where it has to wait: somebody else takes in just now, or the program is to end.
  private func take(_ name: String, _ store: SuggestionStore) throws -> Bool {
    let file = WatchedFile(folder: folder, name: name)
    let found: IntakeFile
    let profiles = try common.loadProfiles()
    do throws(InputFiles.Fault) {
      let input = InputFiles(profiles: profiles, chosen: nil)
      guard let first = try input.find([file.path]).files.first else { return true }
      found = first
    } catch .missing {
      // Somebody took it away again.
      return true
    } catch {
      let fault = error
      try file.move(to: .refused, report: WatchedFile.refusal(name) { $0.input(fault, known: profiles) })
      return true
    }
    let lock: IntakeLock
    do throws(StoreFault) {
      lock = try IntakeLock(store: store)
    } catch .locked {
      return false
    }
    defer { withExtendedLifetime(lock) {} }
    let began = DispatchTime.now()
    let plan = IntakePlan(
      files: [found], book: book.book, source: nil, threads: max(1, min(8, ProcessInfo.processInfo.activeProcessorCount)),
      startedAt: LocalTime.now, command: "watch")
    let run = IntakeRun(plan, store: store)
    let report: IntakeReport
    do throws(IntakeRunFault) {
      report = try stop.during({ run.cancel() }) { () throws(IntakeRunFault) in try run.run() }
    } catch {
      if case .store(let fault) = error { throw fault }
      try file.move(to: .refused, report: WatchedFile.refusal(name) { $0.run(error) })
      return true
    }
    if report.wasInterrupted { return false }
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1e9
    try file.move(to: .done, report: Intaking.Result(report: report, seconds: seconds).json)
    return true
  }
}
