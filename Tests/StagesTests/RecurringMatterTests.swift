import Stages
import Suggestions
import Testing

/// Texts that repeat a matter which is done with.
struct RecurringMatterTests {
  private static let text = "花溪路与善德路交叉口的井盖破损，请尽快修复"

  /// Suggestion and case taken up of each of some records that all say the same.
  private static func repeated(_ line: inout Line, _ ids: [String]) -> [[UInt32]] {
    let batch = line.batch(of: ids.map { Record($0, text) })
    return batch.columns.rows.map { [$0.suggestion, $0.again] }
  }

  @Test func whatIsOpenIsJoined() throws {
    var line = try Line()
    #expect(Self.repeated(&line, ["A", "B"]) == [[1, 0], [1, 0]])
  }

  @Test func theFirstRepetitionOpensACaseAndTheNextJoinsIt() throws {
    var line = try Line()
    _ = Self.repeated(&line, ["A", "B"])
    line.deduplicate.end(1, first: 1, next: nil)
    #expect(Self.repeated(&line, ["C", "D"]) == [[3, 1], [3, 0]])
    #expect(Self.repeated(&line, ["E"]) == [[3, 0]])
    // What is unchanged stays what it is.
    #expect(Self.repeated(&line, ["A", "C"]).map { $0[1] } == [0, 0])
  }

  @Test func afterThatOneIsDoneWithTooTheNextOpensAThird() throws {
    var line = try Line()
    _ = Self.repeated(&line, ["A"])
    line.deduplicate.end(1, first: 1, next: nil)
    #expect(Self.repeated(&line, ["B", "C"]) == [[2, 1], [2, 0]])
    for done in [UInt32(1), 2] { line.deduplicate.end(done, first: 1, next: nil) }
    #expect(Self.repeated(&line, ["D", "E"]) == [[4, 1], [4, 0]])
    // Another memory of the same store, as after reloading.
    var reloaded = try Line()
    _ = Self.repeated(&reloaded, ["A"])
    reloaded.deduplicate.end(1, first: 1, next: 4)
    #expect(Self.repeated(&reloaded, ["F"]) == [[4, 0]], "the open one is joined, whoever opened it")
  }

  /// Merged into a case that is done with, it is done with as that one's matter.
  @Test func theFirstCaseMayBeAnother() throws {
    var line = try Line()
    _ = line.run([Record("A", Self.text), Record("B", "希望增加饮水机，现在的不够用")])
    line.deduplicate.end(1, first: 2, next: nil)
    line.deduplicate.end(2, first: 2, next: nil)
    #expect(Self.repeated(&line, ["C", "D"]) == [[3, 2], [3, 0]])
    let other = line.batch(of: [Record("E", "希望增加饮水机，现在的不够用")])
    #expect(other.columns.rows.map { [$0.suggestion, $0.again] } == [[3, 0]], "the same matter in its other words")
  }

  /// Only the same words are known to be the same matter.
  @Test func whatIsNearIsOnlyLinked() throws {
    var line = try Line()
    _ = Self.repeated(&line, ["A"])
    line.deduplicate.end(1, first: 1, next: nil)
    let near = line.batch(of: [Record("B", Self.text + "，谢谢")])
    let row = near.columns.rows[0]
    #expect(row.duplicate == .near)
    #expect([row.suggestion, row.again, row.leader] == [2, 0, 1])
  }

  /// A corrected text stays where it was, even if that is done with.
  @Test func aCorrectionOpensNothing() throws {
    var line = try Line()
    _ = line.run([Record("A", Self.text), Record("B", "希望增加饮水机，现在的不够用")])
    line.deduplicate.end(1, first: 1, next: nil)
    line.deduplicate.end(2, first: 2, next: nil)
    let batch = line.batch(of: [Record("B", Self.text)])
    #expect(batch.columns.rows.map { [$0.suggestion, $0.again] } == [[2, 0]])
  }
}
