import Foundation
import TestSupport
import Testing

/// `retention`, as people and programs run it: it shows, and does nothing unless it is told to.
struct RetentionCommandTests {
  private let store: StoreUnderTest

  init() throws {
    store = try StoreUnderTest()
    let texts = [WebForm(id: "R-1", content: "花溪路井盖破损"), WebForm(id: "R-2", content: "桥南路灯不亮")]
    #expect(try store.ingest([try store.write("form.jsonl", WebForm.lines(texts))]).counts == [2, 2, 0, 0, 0])
    // No test waits three years.
    store.rules = try ShippedRules.copy(to: store.folder.path("rules"), changing: "retention.yaml") {
      $0.replacing("rejected: 1095 days", with: "rejected: 60 days")
    }
    _ = try run(
      "act", "1", "reject", "--rejection", "no-request", "--reason", "核对", "--at", "2025-07-01T09:30")
  }

  private func run(
    _ words: String..., exit: Int32 = 0, at location: SourceLocation = #_sourceLocation
  ) throws -> CommandRun {
    let run = try CommandRun.of(store.arguments(words))
    #expect(run.ending == .exited(exit), "\(run.output)\(run.errors)", sourceLocation: location)
    return run
  }

  @Test func itShowsTheRuleAndWhatIsDue() throws {
    let shown = try JSONValue(try run("retention", "--json").standardOutput)
    #expect(shown["policy"]["originals"]["closed"].int == 1095 && shown["policy"]["quarantine"].int == 365)
    #expect(shown["policy"]["except"].list.compactMap(\.text) == ["sensitive", "reopened"])
    #expect(shown["policy"]["originals"]["rejected"].int == 60)
    #expect(shown["due"]["originals"].int == 1 && shown["applied"].list.isEmpty)
    #expect(try run("contact", "1", "--reason", "核对").output.contains("甲"), "nothing was done")
    #expect(try run("retention").output.contains("1095 天"))
    #expect(try run("retention", "--language", "en").output.contains("1095 days"))
    let before = try JSONValue(try run("retention", "--at", "2025-08-20", "--json").standardOutput)
    #expect(before["due"]["originals"].int == 0)
    _ = try run("retention", "--apply", "--at", "2030-01-01", exit: 2)
  }

  @Test func whatIsDueIsEmptiedOnce() throws {
    _ = try run("backup", store.folder.path("before.backup"))
    let applied = try JSONValue(try run("retention", "--apply", "--actor", "周敏", "--json").standardOutput)
    #expect(applied["applied"].list.map { $0["originals"].int } == [1])
    #expect(applied["applied"][0]["finished"].isTrue && applied["due"]["originals"].int == 0)
    #expect(try run("contact", "1", "--reason", "核对", exit: 1).standardOutput.isEmpty)
    #expect(try run("contact", "2", "--reason", "核对").output.contains("甲"))
    #expect(try run("show", "1", "--json").output.contains("花溪路井盖破损"), "the text stays")
    try store.isSound()
    let again = try JSONValue(try run("retention", "--apply", "--json").standardOutput)
    #expect(again["applied"].list.map { $0["originals"].int } == [0])

    _ = try run("restore", store.folder.path("before.backup"), "--force")
    #expect(try run("contact", "1", "--reason", "核对", exit: 1).standardOutput.isEmpty)
    #expect(try run("contact", "2", "--reason", "核对").output.contains("甲"))
    try store.isSound()
  }

  /// Killed at any moment: the next application ends what was begun, and nothing is lost of anybody else.
  @Test func aKilledApplicationIsEnded() throws {
    try store.ingest([try store.corpus("many.jsonl", records: 3_000)])
    let files = ["", ".keys"].map { (ending: $0, data: FileManager.default.contents(atPath: store.path + $0)) }
    for delay in stride(from: 0, to: 300_000, by: 30_000) {
      for ending in ["-wal", "-shm", ".erased"] { try? FileManager.default.removeItem(atPath: store.path + ending) }
      for file in files { try file.data?.write(to: URL(fileURLWithPath: store.path + file.ending)) }
      let running = try RunningCommand(store.arguments(["retention", "--apply"]))
      usleep(UInt32(delay))
      running.send(SIGKILL)
      _ = try running.end()
      _ = try run("retention", "--apply")
      try store.isSound()
      #expect(try run("contact", "1", "--reason", "核对", exit: 1).standardOutput.isEmpty, "\(delay)")
      #expect(try run("contact", "2", "--reason", "核对").output.contains("甲"), "\(delay)")
    }
  }

  @Test func aFaultyRuleIsToldWithItsLine() throws {
    try store.mend(store.folder.path("rules/retention.yaml"), "quarantine: 365 days", "quarantine: 1 year")
    #expect(try run("retention", exit: 2).errors.contains("retention.yaml:"))
    #expect(try run("retention", "--apply", exit: 2).standardOutput.isEmpty)
  }
}
