import Foundation
import TestSupport
import Testing

/// Killed anywhere, the same command goes on and ends in the same content as an undisturbed run.
@Suite(.serialized)
struct CrashTests {
  @Test func jsonLinesKilledFiftyTimes() throws {
    try survives(kills: 50, file: "form.jsonl", records: Size.of(100_000), seed: 20_250_714)
  }

  @Test func xmlKilledTenTimes() throws {
    try survives(kills: 10, file: "form.xml", records: Size.of(20_000), seed: 20_250_715)
  }

  /// Kills imports until it has killed `kills` of them. One that came to its end in between is compared, and a new store
  /// begun, so that kills fall on the beginning, the middle and the end.
  private func survives(kills: Int, file: String, records: Int, seed: UInt64) throws {
    let undisturbed = try StoreUnderTest()
    let path = try undisturbed.corpus(file, records: records)
    let began = Date()
    try undisturbed.ingest([path])
    let whole = Date().timeIntervalSince(began) * 1000
    let expected = try undisturbed.canonical()
    try #require(expected.count > records * 100)

    var random = SeededGenerator(seed)
    var killed = 0
    var store = try StoreUnderTest()
    while killed < kills {
      // Two in three early, where a run starts and reads again what it knows; one in three at any time of a whole run.
      let latest = random.below(3) > 0 ? 900 : max(900, Int(whole))
      let delay = Double(50 + random.below(latest - 50)) / 1000
      let command = try RunningCommand(store.arguments(["ingest", path, "--json", "--quiet"]))
      let limit = Date().addingTimeInterval(delay)
      _ = command.runs(until: { Date() >= limit }, timeout: delay + 1)
      command.send(9)
      let run = try command.end()
      if run.ending == .killed(9) {
        killed += 1
        // A store that fails stays as it is for the message; there is nothing to go on with.
        if store.exists { try #require(try store.isSound(), "after kill \(killed), \(delay) s into the run") }
      } else {
        try #require(run.ending == .exited(0), "\(run.errors)")
        #expect(try store.canonical() == expected)
        store = try StoreUnderTest()
      }
    }
    #expect(try store.ingest([path])["read"].int == records)
    try store.isSound()
    #expect(try store.canonical() == expected)
  }

  /// The moments in which the store's files come to be.
  @Test func killedWhileTheStoreIsMade() throws {
    let inputs = try StoreUnderTest()
    let path = try inputs.corpus("form.jsonl", records: 50)
    try inputs.ingest([path])
    let expected = try inputs.canonical()
    var random = SeededGenerator(20_250_716)
    for attempt in 1...40 {
      let store = try StoreUnderTest()
      let folder = store.folder.url.path
      let command = try RunningCommand(store.arguments(["ingest", path, "--json", "--quiet"]))
      // From the first file of any name on, within 20 ms.
      let hasBegun = command.runs { (try? FileManager.default.contentsOfDirectory(atPath: folder))?.isEmpty == false }
      guard hasBegun else { continue }
      usleep(UInt32(random.below(20_000)))
      command.send(9)
      _ = try command.end()
      if store.exists { try #require(try store.isSound(), "attempt \(attempt)") }
      let again = try store.run("ingest", path, "--json", "--quiet")
      try #require(again.ending == .exited(0), "attempt \(attempt): \(again.errors)")
      #expect(try store.canonical() == expected, "attempt \(attempt)")
    }
  }
}
