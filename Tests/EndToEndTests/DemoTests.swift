import Foundation
import TestSupport
import Testing

/// The shipped inbox, as a newcomer runs it.
struct DemoTests {
  let demo: DemoRun

  init() throws { demo = try DemoRun.shared() }

  @Test func endsWellThoughRecordsAreBroken() {
    #expect(demo.first.ending == .exited(0), "\(demo.first.errors)")
    #expect(demo.second.ending == .exited(0), "\(demo.second.errors)")
    #expect(demo.firstCounts.ending == .exited(0), "\(demo.firstCounts.errors)")
    #expect(demo.verification.ending == .exited(0), "\(demo.verification.output)")
  }

  @Test func countsAreThoseWorkedOutByHand() throws {
    let report = try JSONValue(demo.firstCounts.standardOutput)
    let files = report["files"].list
    let expected = try ExpectedTable.rows("counts.tsv").filter { $0[0] != "total" }
    #expect(files.count == expected.count)
    for (file, row) in zip(files, expected) {
      #expect(file["name"].text == "fixtures/inbox/" + row[0])
      #expect(file.counts == row.dropFirst().map { Int($0) ?? -1 }, "\(row[0])")
    }
    let sums = (1...5).map { column in expected.reduce(0) { $0 + (Int($1[column]) ?? 0) } }
    #expect(report.counts == sums)
  }

  @Test func nothingVanishes() throws {
    for run in [demo.firstCounts, demo.secondCounts] {
      let report = try JSONValue(run.standardOutput)
      for counts in ([report] + report["files"].list).map(\.counts) {
        #expect(counts[0] == counts[1...].reduce(0, +))
      }
    }
  }

  @Test func aSecondRunChangesNothing() throws {
    let report = try JSONValue(demo.secondCounts.standardOutput)
    #expect(report["new"].int == 0)
    #expect(report["revised"].int == 0)
    #expect(report["suggestions"].int == 0)
    #expect(report["unchanged"].int == (report["read"].int ?? 0) - (report["quarantined"].int ?? 0))
    #expect(demo.canonicalAfter == demo.canonical)
    #expect(demo.databaseAfter == demo.databaseBefore)
    #expect(demo.logBytesAfter == 0)
  }

  @Test func twoStoresOfTheSameContentExportTheSameBytes() {
    #expect(demo.canonical.count > 100_000)
    #expect(demo.canonicalOfOther == demo.canonical)
  }

  @Test func theSensitiveTrackStaysOutOfTheOpenViews() {
    let sensitive = Set(demo.restricted.filter { $0["track"].text == "sensitive" }.map(DemoRun.name))
    #expect(!sensitive.isEmpty)
    #expect(!demo.plain.contains { sensitive.contains(DemoRun.name($0)) })
    #expect(demo.plain.count + sensitive.count == demo.restricted.count)
  }

  @Test func theArticlesStoryIsFound() throws {
    let story = try JSONValue(demo.manholeCoverJSON.standardOutput)
    #expect(story["topic"].text == "010301")
    #expect(story["region"].text == "430703")
    #expect(story["kind"].text == "fault")
    #expect(story["submissions"].list.contains { $0["external_id"].text == DemoRun.manholeCoverID })
  }

  @Test func digestsAreRight() {
    #expect(
      SHA256Digest.hexadecimal(of: Data("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  // MARK: What people read

  @Test func demoReadsAsRecorded() throws {
    try GoldenText(name: "demo.txt").matches(demo.first.output.settled(store: demo.storePath))
  }

  @Test func queueReadsAsRecorded() throws {
    try GoldenText(name: "queue.txt").matches(demo.queue.output.settled(store: demo.storePath))
  }

  @Test func quarantineReadsAsRecorded() throws {
    try GoldenText(name: "quarantine.txt").matches(demo.quarantine.output.settled(store: demo.storePath))
  }

  @Test func showReadsAsRecorded() throws {
    try GoldenText(name: "show.txt").matches(demo.manholeCover.output.settled(store: demo.storePath))
  }

  @Test func contentIsAsRecorded() throws {
    try GoldenText(name: "canonical.sha256").matches(SHA256Digest.hexadecimal(of: demo.canonical) + "\n")
  }
}
