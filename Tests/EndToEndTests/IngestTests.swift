import Foundation
import TestSupport
import Testing

/// Taking files in, as programs call it.
struct IngestTests {
  static let board = PackageRoot.shared.map { $0 + "/data/civic-messages/labelled.jsonl" }

  static var hasBoard: Bool { board.map(FileManager.default.fileExists) ?? false }

  @Test(.enabled(if: hasBoard)) func realMessagesAllComeInOnce() throws {
    let store = try StoreUnderTest()
    let path = try #require(IngestTests.board)
    #expect(try store.ingest([path]).counts == [5711, 5711, 0, 0, 0])
    let before = try store.canonical()
    #expect(try store.ingest([path]).counts == [5711, 0, 0, 5711, 0])
    #expect(try store.canonical() == before)
    try store.isSound()
  }

  // MARK: Identity

  @Test func theSameFormInAnotherShapeIsUnchanged() throws {
    let store = try StoreUnderTest()
    let (xml, json) = (try store.corpus("form.xml", records: 500), try store.corpus("form.jsonl", records: 500))
    #expect(try store.ingest([xml]).counts == [500, 500, 0, 0, 0])
    let before = try store.canonical()
    #expect(try store.ingest([json]).counts == [500, 0, 0, 500, 0])
    let reindented = try String(contentsOfFile: xml, encoding: .utf8).replacingOccurrences(of: "\n    <", with: "\n\t<")
    #expect(try store.ingest([try store.write("tabs.xml", reindented)]).counts == [500, 0, 0, 500, 0])
    #expect(try store.canonical() == before)

    let other = try StoreUnderTest()
    try other.ingest([json])
    #expect(try other.canonical() == before)
  }

  @Test func volatileFieldsAreNoRevision() throws {
    let store = try StoreUnderTest()
    let record = WebForm(id: "R-1", content: "花溪路口的井盖破了").json
    try store.ingest([try store.write("1.jsonl", record + "\n")])
    let liked = record.replacing("\"likes\":1,\"status\":\"new\"", with: "\"status\":\"closed\",\"likes\":70")
    #expect(liked != record)
    #expect(try store.ingest([try store.write("2.jsonl", liked + "\n")]).counts == [1, 0, 0, 1, 0])
  }

  @Test func correctionsAreRevisions() throws {
    let store = try StoreUnderTest()
    let old = try store.write("old.xml", WebForm.document([WebForm(id: "R-1", content: "花溪路口的井盖破了")]))
    let new = try store.write("new.jsonl", WebForm(id: "R-1", content: "花溪路口的电力井盖破了，已有人摔倒").json + "\n")
    try store.ingest([old])
    #expect(try store.ingest([new]).counts == [1, 0, 1, 0, 0])
    let lines = try JSONValue.lines(try store.canonical())
    #expect(lines.count == 1)
    #expect(lines.first?["revisions"].int == 1)
    #expect(lines.first?["body"].text?.contains("已有人摔倒") == true)
    #expect(lines.first?["earlier"][0]["body"].text == "花溪路口的井盖破了")
    // Both versions are known now: neither is news again.
    let before = try store.canonical()
    #expect(try store.ingest([new, old]).counts == [2, 0, 0, 2, 0])
    #expect(try store.canonical() == before)
    #expect(try store.counts()["revisions"].int == 1)
    try store.isSound()
  }

  @Test func recordsWithoutIDAreKnownByContentAndOccurrence() throws {
    let store = try StoreUnderTest()
    let rules = try store.copyRules()
    try store.mend(rules + "/profiles/work-group.yaml", "required: [id, body]", "required: [body]")
    store.rules = rules
    let line = "{\"text\":\"食堂门口路灯不亮，晚上看不见\",\"time\":\"2025-06-01T10:00:00+08:00\",\"sender\":\"甲\"}\n"
    let other = "{\"text\":\"雨棚漏水\",\"time\":\"2025-06-01T10:00:00+08:00\",\"sender\":\"乙\"}\n"
    let twice = try store.write("twice.jsonl", line + other + line)
    #expect(try store.ingest([twice], ["--profile", "work-group"]).counts == [3, 3, 0, 0, 0])
    #expect(try store.ingest([twice], ["--profile", "work-group"]).counts == [3, 0, 0, 3, 0])
    let thrice = try store.write("thrice.jsonl", line + line + other + line)
    #expect(try store.ingest([thrice], ["--profile", "work-group"]).counts == [4, 1, 0, 3, 0])
    try store.isSound()
  }

  @Test func theSourceMayBeNamed() throws {
    let store = try StoreUnderTest()
    let path = try store.write("1.jsonl", WebForm(id: "R-1", content: "花溪路口的井盖破了").json + "\n")
    try store.ingest([path])
    #expect(try store.ingest([path], ["--source", "letters"]).counts == [1, 1, 0, 0, 0])
    #expect(try JSONValue.lines(try store.canonical()).map { $0["source"].text } == ["dezhihui", "letters"])
  }

  // MARK: Where files come from

  @Test func foldersAreReadInNameOrder() throws {
    let store = try StoreUnderTest()
    let names = ["b/2.jsonl", "a/10.xml", "c.jsonl", "a/9.xml", "a/note.md", ".hidden.jsonl"]
    for folder in ["inbox", "inbox/a", "inbox/b"] {
      try FileManager.default.createDirectory(atPath: store.folder.path(folder), withIntermediateDirectories: true)
    }
    for (number, name) in names.enumerated() {
      let record = WebForm(id: "F-\(number)", content: "第\(number)条：花溪路口的井盖破了")
      _ = try store.write("inbox/" + name, name.hasSuffix("xml") ? WebForm.document([record]) : record.json + "\n")
    }
    let inbox = store.folder.path("inbox")
    let report = try store.ingest([inbox])
    let expected = ["a/10.xml", "a/9.xml", "b/2.jsonl", "c.jsonl"].map { "\(inbox)/\($0)" }
    #expect(report["files"].list.map { $0["name"].text } == expected)
    #expect(report.counts == [4, 4, 0, 0, 0])
  }

  @Test func standardInputNeedsAProfile() throws {
    let store = try StoreUnderTest()
    let path = try store.write("1.jsonl", WebForm(id: "R-1", content: "花溪路口的井盖破了").json + "\n")
    let refused = try store.run("ingest", "-", "--language", "en", input: path)
    #expect(refused.ending == .exited(2))
    #expect(refused.errors.contains("--profile"))
    #expect(!store.exists)
    let taken = try store.run("ingest", "-", "--profile", "dezhihui-json", "--json", "--quiet", input: path)
    #expect(taken.ending == .exited(0), "\(taken.errors)")
    #expect(try JSONValue(taken.standardOutput).counts == [1, 1, 0, 0, 0])
    // What came through a pipe is known when it comes as a file.
    #expect(try store.ingest([path]).counts == [1, 0, 0, 1, 0])
  }

  @Test func aDryRunKeepsNothing() throws {
    let store = try StoreUnderTest()
    let path = try store.corpus("form.jsonl", records: 300)
    let trial = try store.ingest([path], ["--dry-run"])
    #expect(trial.counts == [300, 300, 0, 0, 0])
    let left = try FileManager.default.contentsOfDirectory(atPath: store.folder.url.path)
    #expect(left == ["form.jsonl"])
    // On a store that exists it decides against what is there, and leaves it as it is.
    try store.ingest([path])
    let before = try store.bytes()
    #expect(try store.ingest([path], ["--dry-run"]).counts == [300, 0, 0, 300, 0])
    let more = try store.corpus("more.jsonl", records: 400)
    #expect(try store.ingest([more], ["--dry-run"]).counts == [400, 100, 0, 300, 0])
    #expect(try store.bytes() == before)
  }

  // MARK: What it says

  @Test func jsonHasTheDocumentedKeys() throws {
    let store = try StoreUnderTest()
    let path = try store.write("1.jsonl", WebForm(id: "R-1", content: "花溪路口的井盖破了").json + "\n")
    let run = try store.run("ingest", path, "--json")
    let lines = try JSONValue.lines(run.standardOutput)
    let report = try #require(lines.last)
    #expect(lines.count == 1)
    let counts: Set = ["read", "new", "revised", "unchanged", "quarantined", "suggestions", "duplicates"]
    #expect(report.keys.isSuperset(of: counts.union(["files", "seconds", "peak_bytes"])))
    #expect(report["duplicates"].keys == ["exact", "near", "contained", "again"])
    #expect(report["files"][0].keys == counts.union(["name", "source", "profile"]))
    #expect((report["seconds"].double ?? -1) > 0)
  }

  @Test func brokenRecordsEndWithOne() throws {
    let store = try StoreUnderTest()
    let good = WebForm(id: "R-1", content: "花溪路口的井盖破了").json
    let path = try store.write("1.jsonl", good + "\n{\"id\":\n")
    #expect(try store.ingest([path], exit: 1).counts == [2, 1, 0, 0, 1])
    #expect(try store.ingest([path], exit: 1).counts == [2, 0, 0, 1, 1])
  }

  @Test func whatCannotBeReadStartsNothing() throws {
    let store = try StoreUnderTest()
    let path = try store.write("1.jsonl", WebForm(id: "R-1", content: "花溪路口的井盖破了").json + "\n")
    for words in [[path, store.folder.path("missing.jsonl")], [path, "--profile", "nobody"], [path, "--threads", "0"]] {
      let run = try CommandRun.of(store.arguments(["ingest"] + words))
      #expect(run.ending == .exited(2), "\(words)")
      #expect(run.standardOutput.isEmpty)
      #expect(!run.errors.isEmpty)
      #expect(!store.exists)
    }
  }

  // MARK: Interruption

  @Test func anInterruptedImportGoesOn() throws {
    let store = try StoreUnderTest()
    let records = Size.of(100_000)
    let path = try store.corpus("form.jsonl", records: records)
    let command = try RunningCommand(store.arguments(["ingest", path, "--json", "--quiet"]))
    // Something is in once the log has bytes.
    let log = store.path + "-wal"
    let hasBegun = command.runs {
      let attributes = try? FileManager.default.attributesOfItem(atPath: log)
      return (attributes?[.size] as? Int ?? 0) > 1 << 20
    }
    try #require(hasBegun)
    command.send(2)
    let run = try command.end()
    #expect(run.ending == .exited(130), "\(run.errors)")
    let report = try JSONValue(run.standardOutput)
    #expect(report["interrupted"].isTrue)
    let kept = try #require(report["new"].int)
    #expect(kept < records)
    try store.isSound()
    #expect(try store.counts()["submissions"].int == kept)
    #expect(try store.ingest([path]).counts == [records, records - kept, 0, kept, 0])
    try store.isSound()

    let undisturbed = try StoreUnderTest()
    try undisturbed.ingest([path])
    #expect(try undisturbed.canonical() == store.canonical())
  }

  @Test func onlyOneTakesInAtATime() throws {
    let store = try StoreUnderTest()
    let path = try store.corpus("form.jsonl", records: Size.of(30_000))
    let first = try RunningCommand(store.arguments(["ingest", path, "--json", "--quiet"]))
    try #require(first.runs { FileManager.default.fileExists(atPath: store.path + ".lock") })
    let second = try store.run("ingest", path, "--language", "en")
    let end = try first.end()
    // The second came while the first was at work, or right after it.
    #expect([.exited(0), .exited(2)].contains(second.ending))
    #expect(end.ending == .exited(0), "\(end.errors)")
    if second.ending == .exited(2) { #expect(second.errors.contains("another program"), "\(second.errors)") }
    try store.isSound()
    #expect(try store.counts()["submissions"].int == Size.of(30_000))
  }
}
