import ArgumentParser
import Foundation
import Intake
import Pipeline
import Rules
import Store
import Suggestions

struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest", abstract: "把文件收进来 / take files in: web-form XML and JSON, opinion books")

  @OptionGroup var common: CommonOptions

  @Argument(help: "文件或目录，- 为标准输入 / files or folders; - is standard input")
  var paths: [String]

  @Option(help: "来源名（默认取自表单档案）/ name of the source; default: the profile's")
  var source: String?

  @Option(help: "表单档案名（默认自动识别）/ form profile; default: detected")
  var profile: String?

  @Flag(name: .long, help: "只演算，不入库 / decide everything, keep nothing")
  var dryRun = false

  @Option(help: "并行线程数，结果与之无关 / threads; the result does not depend on it")
  var threads: Int = max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))

  func validate() throws {
    guard !paths.isEmpty else { throw ValidationError("请给出文件 / name at least one file") }
    guard (1...64).contains(threads) else { throw ValidationError("--threads 1…64") }
  }

  func run() throws {
    // Whoever works at a console on the same machine goes first; alone it is as fast as ever.
    IntakeRun.standBack(by: 5)
    let report = try Intaking(common: common, source: source, profile: profile, threads: threads, isDryRun: dryRun)
      .run(paths, command: "ingest")
    if common.json {
      print(report.json, terminator: "")
    } else {
      print(IngestScreen(report.report, messages: common.messages, seconds: report.seconds, isDryRun: dryRun).text, terminator: "")
    }
    if report.report.wasInterrupted { throw Outcome.interrupted }
    if report.report.total.quarantined > 0 { throw Outcome.findings() }
  }
}

/// One intake as `ingest`, `demo` and the console run it.
struct Intaking {
  let common: CommonOptions
  var source: String?
  var profile: String?
  var threads: Int
  var isDryRun: Bool
  /// Whom the history names; nil for the intake itself.
  var actor: String?
  /// Seconds to wait for another program that takes in.
  var patience = 0
  /// Nil for the one on the disk.
  var book: RuleBook?
  /// See ``IntakePlan/batchesTogether``; nil for as many as are fastest.
  var batchesTogether: Int?

  struct Result {
    var report: IntakeReport
    var seconds: Double

    /// The documented last object of `ingest --json`.
    var json: String {
      var writer = JSONWriter()
      writer.object { root in
        root.array("files") { files in
          for file in report.files {
            files.object {
              $0.field("name", file.name)
              $0.field("source", file.source)
              $0.field("profile", file.profile)
              Result.write(file.counts, to: &$0)
            }
          }
        }
        Result.write(report.total, to: &root)
        root.field("interrupted", report.wasInterrupted)
        root.field("seconds", seconds, decimals: 3)
        root.object("cpu_seconds") { cpu in
          for timing in report.timings { cpu.field(timing.part, timing.seconds, decimals: 3) }
        }
        root.field("index_bytes", report.indexBytes)
        root.field("peak_bytes", PeakMemory.bytes)
      }
      writer.newline()
      return writer.text
    }

    private static func write(_ counts: IntakeCounts, to writer: inout JSONWriter) {
      writer.field("read", counts.read)
      writer.field("new", counts.new)
      writer.field("revised", counts.revised)
      writer.field("unchanged", counts.unchanged)
      writer.field("quarantined", counts.quarantined)
      writer.field("suggestions", counts.suggestions)
      writer.object("duplicates") {
        $0.field("exact", counts.exact)
        $0.field("near", counts.near)
        $0.field("contained", counts.contained)
        $0.field("again", counts.again)
      }
    }
  }

  /// As the command line does it: with a progress bar, ended by Ctrl-C.
  func run(_ paths: [String], command: String) throws -> Result {
    let found = try find { inputs throws(InputFiles.Fault) in try inputs.find(paths) }
    if !found.passedOver.isEmpty { common.note(common.messages.passedOver(found.passedOver)) }
    let bar = ProgressBar(isQuiet: common.quiet, messages: common.messages)
    defer { bar.finish() }
    var interrupts: Interrupts?
    defer { interrupts?.stop() }
    return try take(
      found.files, command: command, begun: { run in interrupts = Interrupts { run.cancel() } },
      progress: { bar.show($0) })
  }

  /// Finds a form for each file; says which are closest where none fits.
  func find(_ body: (InputFiles) throws(InputFiles.Fault) -> InputFiles.Found) throws -> InputFiles.Found {
    let profiles = try common.loadProfiles()
    let chosen = try profile.map { name in
      guard let profile = profiles.first(where: { $0.name == name }) else {
        throw Outcome.notStarted(common.messages.unknownProfile(name, known: profiles))
      }
      return profile
    }
    do throws(InputFiles.Fault) {
      return try body(InputFiles(profiles: profiles, chosen: chosen))
    } catch {
      throw Outcome.notStarted(common.messages.input(error, known: profiles))
    }
  }

  /// Takes files in, by whatever way they came.
  ///
  /// - Parameters:
  ///   - begun: called with the run before it begins, for whoever wants to end it early.
  ///   - progress: called after each commit, on the committer's thread.
  func take(
    _ files: [IntakeFile], command: String, begun: (IntakeRun) -> Void,
    progress: @escaping @Sendable (IntakeProgress) -> Void
  ) throws -> Result {
    let start = DispatchTime.now()
    let book = try self.book ?? common.loadBook()
    let store = try openStore()
    defer { try? store?.close() }
    let lock = isDryRun ? nil : try store.map { store in
      try common.onStore { () throws(StoreFault) in try IntakeLock(store: store, patience: patience) }
    }
    defer { withExtendedLifetime(lock) {} }
    var plan = IntakePlan(
      files: files, book: book, source: source, threads: threads, startedAt: Int64(Date().timeIntervalSince1970),
      command: command)
    plan.isDryRun = isDryRun
    if let actor { plan.actor = actor }
    if let batchesTogether { plan.batchesTogether = batchesTogether }
    let run = IntakeRun(plan, store: store)
    begun(run)
    let report: IntakeReport
    do throws(IntakeRunFault) {
      report = try run.run(progress: progress)
    } catch {
      throw Outcome.notStarted(common.messages.run(error))
    }
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    return Result(report: report, seconds: seconds)
  }

  private func openStore() throws -> SuggestionStore? {
    if isDryRun {
      guard FileManager.default.fileExists(atPath: common.databasePath) else { return nil }
      return try common.openStore(.existing)
    }
    return try common.openStore(.create)
  }
}

/// Turns Ctrl-C and a polite kill into "finish the batches under way".
final class Interrupts {
  private var sources: [any DispatchSourceSignal] = []

  init(_ action: @escaping @Sendable () -> Void) {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler(handler: action)
      source.resume()
      sources.append(source)
    }
  }

  func stop() {
    for source in sources { source.cancel() }
    signal(SIGINT, SIG_DFL)
    signal(SIGTERM, SIG_DFL)
  }
}
