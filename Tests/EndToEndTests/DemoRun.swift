import Foundation
import TestSupport

/// What the demo and the commands after it said, from one store that is gone again: made once for all its tests.
struct DemoRun: Sendable {
  /// `demo` on an empty store, as people see it, and again.
  let first: CommandRun
  let second: CommandRun
  /// `demo --json` on another empty store, and on the first one once it was full.
  let firstCounts: CommandRun
  let secondCounts: CommandRun
  let storePath: String
  /// The database file after the first and after the last run.
  let databaseBefore: Data
  let databaseAfter: Data
  let logBytesAfter: Int
  let canonical: Data
  let canonicalAfter: Data
  let canonicalOfOther: Data
  let plain: [JSONValue]
  let restricted: [JSONValue]
  let queue: CommandRun
  let wholeQueue: CommandRun
  let sensitiveQueue: CommandRun
  let quarantine: CommandRun
  let verification: CommandRun
  /// Text and JSON of the manhole cover's story, found by its external id.
  let manholeCover: CommandRun
  let manholeCoverJSON: CommandRun
  /// `show` of suggestions whose texts hold personal data.
  let shown: [CommandRun]

  static let manholeCoverID = "WG-DC-20250516-0009"

  /// Made once; a failure is the failure of each test that asks.
  static func shared() throws -> DemoRun { try result.get() }

  private static let result = Result { try DemoRun() }

  private init() throws {
    let (store, other) = (try StoreUnderTest(), try StoreUnderTest())
    storePath = store.path
    first = try store.run("demo")
    databaseBefore = FileManager.default.contents(atPath: store.path) ?? Data()
    canonical = try store.run("export", "--canonical").standardOutput
    second = try store.run("demo")
    secondCounts = try store.run("demo", "--json")
    databaseAfter = FileManager.default.contents(atPath: store.path) ?? Data()
    logBytesAfter = FileManager.default.contents(atPath: store.path + "-wal")?.count ?? 0
    canonicalAfter = try store.run("export", "--canonical").standardOutput
    firstCounts = try other.run("demo", "--json")
    canonicalOfOther = try other.run("export", "--canonical").standardOutput
    plain = try JSONValue.lines(try store.run("export").standardOutput)
    restricted = try JSONValue.lines(try store.run("export", "--sensitive").standardOutput)
    queue = try store.run("queue")
    wholeQueue = try store.run("queue", "--limit", "10000")
    sensitiveQueue = try store.run("queue", "--limit", "10000", "--sensitive", "--json")
    quarantine = try store.run("quarantine", "list")
    verification = try store.run("verify")
    // The suggestion of a submission has the number of the one that opened it.
    let numbers = Dictionary(
      restricted.map { (DemoRun.name($0), $0["number"].int ?? 0) }, uniquingKeysWith: { first, _ in first })
    let suggestions = Dictionary(
      restricted.map { ($0["external_id"].text ?? "", numbers[$0["suggestion"].text ?? ""] ?? 0) },
      uniquingKeysWith: { first, _ in first })
    func show(_ id: String, _ options: [String] = []) throws -> CommandRun {
      try CommandRun.of(store.arguments(["show", String(suggestions[id] ?? 0)] + options))
    }
    manholeCover = try show(DemoRun.manholeCoverID)
    manholeCoverJSON = try show(DemoRun.manholeCoverID, ["--json"])
    shown = try ["DZH-2025-000143", "DZH-2025-000149", "DZH-2025-000205", "HL20250730125", "DC-03/3/5"].map {
      try show($0)
    }
  }

  /// `source/external_id`, as exports name submissions and suggestions.
  static func name(_ line: JSONValue) -> String { "\(line["source"].text ?? "")/\(line["external_id"].text ?? "")" }
}

/// A table of `fixtures/expected`: the cells of each line under the head.
enum ExpectedTable {
  static func rows(_ name: String) throws -> [[String]] {
    let text = String(decoding: try PackageRoot.bytes("fixtures/expected/\(name)"), as: UTF8.self)
    return text.split(separator: "\n").dropFirst().map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
