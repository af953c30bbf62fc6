import Foundation
import TestSupport

/// The journeys of `Tests/BrowserTests`, walked once for all their tests: one console with the demonstration's users on a
/// store of its own, one browser.
struct BrowserRun: Sendable {
  /// What was told of each journey by its name; nothing where it succeeded.
  let told: [String: String]
  /// How the walk itself went: what it wrote beside its journeys.
  let remarks: String
  /// What the server complained of.
  let complaints: String
  let verification: CommandRun

  static let advice = "the browser tests need Debian's chromium and a driver: run `sh .ci/browser`, or `make test`"

  /// `.ci/browser` has made what they need.
  static var isReady: Bool { FileManager.default.isExecutableFile(atPath: python) && isFinished }

  /// Where it must be ready, and what is missing is a failure.
  static var isRequired: Bool { ProcessInfo.processInfo.environment["CI"] == "true" }

  private static let room = PackageRoot.path + "/.build/browser"
  private static let python = room + "/bin/python"
  private static var isFinished: Bool { FileManager.default.fileExists(atPath: room + "/made-of") }

  struct Missing: Error, CustomStringConvertible {
    var description: String { BrowserRun.advice }
  }

  struct NoConsole: Error {
    var errors: String
  }

  /// Made once; a failure is the failure of each test that asks.
  static func shared() throws -> BrowserRun { try result.get() }

  private static let result = Result { try BrowserRun() }

  private init() throws {
    guard BrowserRun.isReady else { throw Missing() }
    let store = try StoreUnderTest()
    let console = try RunningCommand(store.arguments(["demo", "--serve", "--port", "0", "--json", "--quiet"]))
    let isOpen = console.runs(
      until: {
        let written = console.output
        return written.contains("\"address\"") && written.hasSuffix("}\n")
      }, timeout: 120)
    guard isOpen, let line = console.output.split(separator: "\n").last,
      let address = try JSONValue(Data(line.utf8))["address"].text
    else {
      console.send(SIGKILL)
      throw NoConsole(errors: try console.end().errors)
    }
    let program = try RunningCommand.program()
    var words = [
      "Tests/BrowserTests/journeys.py", "--address", address, "--program", program, "--database", "sqlite:" + store.path,
    ]
    if let pictures = ProcessInfo.processInfo.environment["GOLDEN_IDEAS_SCREENSHOTS"] {
      words += ["--pictures", pictures]
    }
    // The sources stay as they are: no compiled python beside them.
    let walk = try RunningCommand(of: BrowserRun.python, words, environment: ["PYTHONDONTWRITEBYTECODE": "1"])
      .end(timeout: 900)
    var told: [String: String] = [:]
    for line in walk.output.split(separator: "\n") {
      let word = line.prefix { $0 != " " }
      let rest = line.dropFirst(word.count + 1)
      let name = String(rest.prefix { $0 != " " })
      if word == "ok" { told[name] = "" }
      if word == "FAILED" { told[name] = "failed: " + String(rest.dropFirst(name.count + 1)) }
    }
    self.told = told
    remarks = walk.errors
    console.send(SIGINT)
    complaints = try console.end(timeout: 60).errors
    verification = try store.run("verify")
  }
}
