import Casework
import Console
import Foundation
import Store
import Suggestions
import Synchronization
import TestSupport
import Testing

import golden_ideas

/// The console as the program puts it together, on a copy of the fixtures' store, without a port.
final class TestPremises: Sendable {
  let store: SuggestionStore
  let reception: Reception
  let premises: Premises
  private let folder: TemporaryFolder
  /// Seconds since 1970, for tests to move.
  let clock: TestClock

  static let password = "七里桥的灯 mends 41"

  /// Filled once for all tests; each takes a copy.
  private static let fixtures: Result<TemporaryFolder, any Error> = Result {
    let folder = try TemporaryFolder()
    let run = try CommandRun.of(
      ["demo", "--quiet", "--database", "sqlite:" + folder.path("store.db"), "--fixtures", PackageRoot.path + "/fixtures/inbox"])
    guard run.ending == .exited(0) else { throw StoreFault.corrupt("demo ended otherwise") }
    return folder
  }

  /// - Parameters:
  ///   - rules: folder of a book that a test may change; the shipped one where nil.
  ///   - change: alters the services before the pages get them.
  init(
    settings: ConsoleSettings = ConsoleSettings(), rules: String? = nil,
    _ change: (inout ConsoleServices) -> Void = { _ in }
  ) throws {
    let source = try TestPremises.fixtures.get()
    folder = try TemporaryFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: source.url.path) {
      try FileManager.default.copyItem(atPath: source.path(name), toPath: folder.path(name))
    }
    let url = "sqlite:" + folder.path("store.db")
    let composition = try ConsoleComposition(options: ["--database", url, "--rules", rules ?? PackageRoot.path + "/rules"])
    var services = composition.services()
    let clock = TestClock()
    services.now = { clock.now }
    change(&services)
    self.clock = clock
    let folding = composition.folding
    store = try SuggestionStore(url: url, access: .existing, folding: folding)
    let pool = try StorePool(readers: 2) { () throws(StoreFault) in
      try SuggestionStore(url: url, access: .existing, folding: folding)
    }
    premises = try Premises(pool: pool, services: services, settings: settings)
    reception = Reception(premises)
  }

  /// A cookie header of somebody with these roles; made where there is no such user yet.
  func cookie(_ name: String, _ scopes: RoleScope...) throws -> String {
    let cost = PasswordRecord.Cost(logRounds: 4, blockSize: 1, parallelism: 1)
    let password = Password(TestPremises.password)
    if try store.account(named: name) == nil {
      _ = try store.addAccount(name, display: "演示" + name, scope: scopes.first, by: "system:test", at: clock.now).get()
      for scope in scopes.dropFirst() { _ = try store.addRole(scope, to: name, by: "system:test", at: clock.now).get() }
      _ = try store.setPassword(password, of: name, by: "system:test", at: clock.now, cost: cost).get()
    }
    let signedIn = try store.signIn(name, password, at: clock.now, cost: cost).get()
    return "session=" + signedIn.token.text
  }

  /// Takes records in as the program does, beside the open console.
  func ingest(_ lines: [String], named name: String, profile: String) throws {
    let file = folder.path(name)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: file))
    let run = try CommandRun.of([
      "ingest", "--quiet", "--database", "sqlite:" + folder.path("store.db"), "--rules", PackageRoot.path + "/rules",
      "--profile", profile, file,
    ])
    // What is no suggestion at all is set aside, which the exit code tells.
    guard run.exitCode == 0 || run.exitCode == 1 else { throw StoreFault.corrupt("ingest: \(run.ending) \(run.errors)") }
  }

  func get(_ address: String, _ cookie: String? = nil, headers: [String: String] = [:]) async -> Reply {
    await reception.answer(request(.get, address, cookie, headers, FormFields()))
  }

  func post(
    _ address: String, _ fields: [(String, String)], _ cookie: String? = nil,
    headers: [String: String] = ["sec-fetch-site": "same-origin"]
  ) async -> Reply {
    await reception.answer(request(.post, address, cookie, headers, FormFields(fields.map { (name: $0.0, value: $0.1) })))
  }

  private func request(
    _ method: VisitRequest.Method, _ address: String, _ cookie: String?, _ headers: [String: String], _ form: FormFields
  ) -> VisitRequest {
    let halves = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var headers = headers
    if let cookie { headers["cookie"] = cookie }
    return VisitRequest(
      method, String(halves[0]), query: FormFields(encoded: halves.count > 1 ? halves[1] : ""), form: form,
      headers: headers, address: "192.0.2.7")
  }
}

/// A clock that stands until it is moved.
final class TestClock: Sendable {
  private let state = Atomic<Int64>(1_782_000_000)
  var now: Int64 { state.load(ordering: .relaxed) }
  func move(_ seconds: Int64) { state.add(seconds, ordering: .relaxed) }
}

extension Reply {
  var text: String { String(decoding: body, as: UTF8.self) }
  func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
}

