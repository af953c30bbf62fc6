import Foundation
import TestSupport
import Testing

/// The shipped inbox against the pairs that were labelled by hand while its texts were written.
struct DuplicateTests {
  private struct Pair {
    var first: JSONValue
    var second: JSONValue
    var kind: String
    var label: String

    var isJoined: Bool { first["suggestion"] == second["suggestion"] }

    /// What the links between the two say differs, one entry a link; empty when none connects them.
    var links: [String?] {
      func link(_ from: JSONValue, _ to: JSONValue) -> [String?] {
        let leader = from["duplicate"]["leader"].text
        return leader != nil && (leader == DemoRun.name(to) || leader == to["suggestion"].text)
          ? [from["duplicate"]["differs"].text] : []
      }
      let direct = link(first, second) + link(second, first)
      guard direct.isEmpty, let leader = first["duplicate"]["leader"].text,
        leader == second["duplicate"]["leader"].text
      else { return direct }
      // Both follow the same one: what differs on either side keeps them apart.
      return [first["duplicate"]["differs"].text ?? second["duplicate"]["differs"].text]
    }
  }

  private let pairs: [Pair]

  init() throws {
    let demo = try DemoRun.shared()
    let lines = Dictionary(
      demo.restricted.map { ("\($0["source"].text ?? ""):\($0["external_id"].text ?? "")", $0) },
      uniquingKeysWith: { first, _ in first })
    pairs = try ExpectedTable.rows("duplicates.tsv").map { row in
      Pair(
        first: try #require(lines[row[0]], "\(row[0]) was not taken in"),
        second: try #require(lines[row[1]], "\(row[1]) was not taken in"), kind: row[2], label: "\(row[0]) \(row[1])")
    }
  }

  private func labelled(_ kind: String) -> [Pair] { pairs.filter { $0.kind == kind } }

  @Test func exactPairsAreOneSuggestion() {
    #expect(!labelled("exact").isEmpty)
    let apart = labelled("exact").filter { !$0.isJoined }.map(\.label)
    #expect(apart == [])
  }

  @Test func nearPairsAreLinked() {
    let near = labelled("near")
    let missed = near.filter { !$0.isJoined && $0.links.isEmpty }
    #expect(!near.isEmpty)
    #expect(missed.count * 10 <= near.count, "\(missed.map(\.label).joined(separator: "\n"))")
  }

  @Test func decoysAreNeverJoined() {
    #expect(!labelled("decoy").isEmpty)
    let joined = labelled("decoy").filter(\.isJoined).map(\.label)
    #expect(joined == [])
  }

  /// Proposed means linked with nothing that differs.
  @Test func decoysAreSeldomProposed() {
    let decoys = labelled("decoy")
    let proposed = decoys.filter { $0.isJoined || $0.links.contains(nil) }
    #expect(proposed.count * 10 <= decoys.count, "\(proposed.map(\.label).joined(separator: "\n"))")
  }

  /// Duplicates of `demo --json` are those the export shows.
  @Test func countsAgreeWithTheExport() throws {
    let demo = try DemoRun.shared()
    let report = try JSONValue(demo.firstCounts.standardOutput)
    for kind in ["exact", "near"] {
      let found = demo.restricted.count { $0["duplicate"]["kind"].text == kind }
      #expect(report["duplicates"][kind].int == found, "\(kind)")
    }
    #expect(report["suggestions"].int == Set(demo.restricted.map { $0["suggestion"] }).count)
  }
}
