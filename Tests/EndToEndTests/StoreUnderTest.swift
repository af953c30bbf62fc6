import Foundation
import TestSupport
import Testing

/// A store of a test's own in a folder of its own, and the program run on it.
final class StoreUnderTest {
  let folder: TemporaryFolder
  let path: String
  var rules: String?

  init(rules: String? = nil) throws {
    folder = try TemporaryFolder()
    path = folder.path("store.db")
    self.rules = rules
  }

  var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// The arguments with the store's and the rules' options.
  func arguments(_ arguments: [String]) -> [String] {
    arguments + ["--database", "sqlite:" + path] + (rules.map { ["--rules", $0] } ?? [])
  }

  func run(_ words: String..., input: String? = nil, timeout: Double = 120) throws -> CommandRun {
    try CommandRun.of(arguments(words), input: input, timeout: timeout)
  }

  /// Takes files in; `exit` is what the command has to end with.
  @discardableResult
  func ingest(
    _ paths: [String], _ options: [String] = [], exit: Int32 = 0, timeout: Double = 120,
    at location: SourceLocation = #_sourceLocation
  ) throws -> JSONValue {
    let run = try CommandRun.of(
      arguments(["ingest"] + paths + ["--json", "--quiet"] + options), timeout: timeout)
    #expect(run.ending == .exited(exit), "\(run.errors)", sourceLocation: location)
    return try JSONValue(run.standardOutput)
  }

  func canonical(at location: SourceLocation = #_sourceLocation) throws -> Data {
    let run = try run("export", "--canonical")
    #expect(run.ending == .exited(0), "\(run.errors)", sourceLocation: location)
    return run.standardOutput
  }

  /// `verify` finds nothing wrong.
  @discardableResult
  func isSound(at location: SourceLocation = #_sourceLocation) throws -> Bool {
    let run = try run("verify")
    #expect(run.ending == .exited(0), "\(run.output)\(run.errors)", sourceLocation: location)
    return run.ending == .exited(0)
  }

  func counts() throws -> JSONValue { try JSONValue(try run("verify", "--json").standardOutput)["counts"] }

  /// Waiting records in quarantine, or all of them.
  func quarantine(all: Bool = false) throws -> [JSONValue] {
    let arguments = arguments(["quarantine", "list", "--json"] + (all ? ["--all"] : []))
    return try JSONValue.lines(try CommandRun.of(arguments).standardOutput)
  }

  /// Everything the database holds on disk.
  func bytes() throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
      + ((try? Data(contentsOf: URL(fileURLWithPath: path + "-wal"))) ?? Data())
  }

  func write(_ name: String, _ text: String) throws -> String {
    let file = folder.path(name)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// A corpus the program makes itself, XML or JSON Lines by the name's ending.
  func corpus(_ name: String, records: Int) throws -> String {
    let file = folder.path(name)
    let run = try CommandRun.of(["bench", "--write", file, "--records", String(records)])
    try #require(run.ending == .exited(0), "\(run.errors)")
    return file
  }

  /// A copy of the shipped rules that may be changed.
  func copyRules() throws -> String {
    let copy = folder.path("rules")
    try FileManager.default.copyItem(
      at: URL(fileURLWithPath: PackageRoot.path + "/rules").resolvingSymlinksInPath(), to: URL(fileURLWithPath: copy))
    return copy
  }

  /// Replaces words in a file; they must be there.
  func mend(_ file: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try #require(text.contains(old), "\(file) has no \(old)")
    try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: URL(fileURLWithPath: file))
  }
}

extension JSONValue {
  /// `read new revised unchanged quarantined` of a count.
  var counts: [Int] { ["read", "new", "revised", "unchanged", "quarantined"].map { self[$0].int ?? -1 } }
}

/// Sizes of the big runs: without optimisation everything takes ten times as long.
enum Size {
  #if DEBUG
    static let division = 10
  #else
    static let division = 1
  #endif

  static func of(_ records: Int) -> Int { records / division }
}
