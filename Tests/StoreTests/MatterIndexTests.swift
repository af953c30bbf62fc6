import Store
import Suggestions
import Testing

/// The same-matter index as the store keeps it: behind a watermark, by track, in agreement with the texts.
@Suite struct MatterIndexTests {
  private static func entry(_ number: Int, _ pieces: [Int], track: Track = .ordinary) -> MatterIndex.Entry {
    MatterIndex.Entry(number: number, track: track, revision: 0, pieces: pieces, square: 100)
  }

  /// Three ordinary texts and a sensitive one, taken in.
  private static func indexed() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take(
      [SampleRecord("A-1"), SampleRecord("A-2").with { $0.track = .sensitive }, SampleRecord("A-3"), SampleRecord("A-4")])
    var change = MatterIndex.Change()
    change.watermark = 4
    change.added = [entry(1, [10, 20]), entry(2, [10], track: .sensitive), entry(3, [10]), entry(4, [20, 30])]
    change.sums = [.ordinary: .init(texts: 3, squares: 300), .sensitive: .init(texts: 1, squares: 100)]
    change.parts = [.ordinary: [MatterIndex.Part(field: 1, part: 7, counts: [0, 3, 70_000])]]
    #expect(try sample.store.change(matterIndex: change, from: 0))
    return sample
  }

  @Test func anEmptyIndexWaitsForEverything() throws {
    let sample = try SampleStore.small()
    let state = try sample.store.matterState()
    #expect([state.generation, state.watermark, state.lag] == [0, 0, 2])
    #expect(try sample.store.unindexedMatters(after: 0, limit: 10).map(\.number) == [1, 2])
    #expect(try sample.store.unindexedMatters(after: 1, limit: 10).map(\.number) == [2])
    #expect(try sample.store.verify().isSound)
  }

  @Test func listsAreReadNewestFirstAndByTrack() throws {
    let sample = try Self.indexed()
    #expect(try sample.store.matterPostings(.ordinary, [10, 20, 99], most: 100) == [[3, 1], [4, 1], []])
    #expect(try sample.store.matterPostings(.ordinary, [10, 20], most: 3) == [[3, 1], [4]])
    #expect(try sample.store.matterPostings(.sensitive, [10, 20], most: 100) == [[2], []])
    #expect(try sample.store.matterTexts([1, 2, 3], .ordinary).map(\.number) == [1, 3])
    #expect(try sample.store.matterTexts([1, 2, 3], .sensitive).map(\.number) == [2])
    #expect(try sample.store.matterTexts([], .ordinary).isEmpty)
    let stored = try sample.store.matterFrequencies(.ordinary)
    #expect(stored.sum == MatterIndex.Sum(texts: 3, squares: 300))
    #expect(stored.parts.map(\.counts) == [[0, 3, 70_000]])
    #expect(try sample.store.verify().faults == [])
  }

  /// Of two that change the index at once one is told so and begins again.
  @Test func aChangeFromAnOlderStateIsRefused() throws {
    let sample = try Self.indexed()
    let second = try SuggestionStore(url: sample.path, access: .existing, folding: SampleStore.folding)
    let state = try second.matterState()
    #expect([state.generation, state.watermark, state.lag] == [1, 4, 0])
    var change = MatterIndex.Change()
    change.watermark = 3
    #expect(try !second.change(matterIndex: change, from: 0))
    #expect(try second.matterState().watermark == 4)
    try second.close()
  }

  @Test func aRevisedTextIsTakenOutByWhatItWas() throws {
    let sample = try Self.indexed()
    try sample.take([
      SampleRecord("A-3").with {
        $0.revises = 3
        $0.body = "路灯不亮"
      }
    ])
    #expect(try sample.store.matterState().lag == 1)
    #expect(try sample.store.verify().isSound)
    let stale = try #require(try sample.store.staleMatters(limit: 10).first)
    #expect(stale.number == 3)
    #expect(stale.indexed.map { String(decoding: $0.body, as: UTF8.self) } == SampleRecord("x").body)
    #expect(stale.source.map { String(decoding: $0.body, as: UTF8.self) } == "路灯不亮")
    var change = MatterIndex.Change()
    change.removed = [Self.entry(3, [10, 11, 12])]
    change.added = [MatterIndex.Entry(number: 3, track: .ordinary, revision: 1, pieces: [30], square: 50)]
    change.settled = [3]
    change.sums = [.ordinary: .init(texts: 3, squares: 250)]
    #expect(try sample.store.change(matterIndex: change, from: 1))
    #expect(try sample.store.matterPostings(.ordinary, [10, 30], most: 100) == [[1], [4, 3]])
    #expect(try sample.store.matterState().lag == 0)
    #expect(try sample.store.verify().faults == [])
  }

  /// A text that changes again while it is taken in stays noted.
  @Test func aNoteStaysUntilTheIndexAgrees() throws {
    let sample = try Self.indexed()
    try sample.take([
      SampleRecord("A-1").with {
        $0.revises = 1
        $0.body = "路灯不亮"
      }
    ])
    var change = MatterIndex.Change()
    change.settled = [1]
    #expect(try sample.store.change(matterIndex: change, from: 1))
    #expect(try sample.store.matterState().lag == 1)
  }

  @Test func aForgottenTextIsGoneForGood() throws {
    let sample = try Self.indexed()
    var change = MatterIndex.Change()
    change.removed = [Self.entry(1, [10, 20])]
    change.added = [Self.entry(1, [])]
    change.forgotten = [1]
    change.sums = [.ordinary: .init(texts: 2, squares: 200)]
    #expect(try sample.store.change(matterIndex: change, from: 1))
    #expect(try sample.store.matterPostings(.ordinary, [10, 20], most: 100) == [[3], [4]])
    #expect(try sample.store.indexedMatter(1).indexed == nil)
    #expect(try sample.store.verify().faults == [])
  }

  @Test(arguments: [
    ("DELETE FROM matter_posting WHERE piece = 10 AND number = 3", 3),
    ("INSERT INTO matter_posting VALUES (0, 0, 99, 4)", 4),
    ("INSERT INTO matter_posting VALUES (0, 0, 99, 77)", 77),
    ("DELETE FROM matter_text WHERE number = 1", 1),
    ("UPDATE matter_text SET track = 1 WHERE number = 3", 3),
    ("UPDATE matter_text SET revision = 5 WHERE number = 4", 4),
    ("UPDATE matter_text SET square = 99 WHERE number = 4", 0),
    ("UPDATE matter_sum SET texts = 9 WHERE track = 0", 0),
    ("INSERT INTO matter_text VALUES (50, 0, 0, 0, 0)", 50),
    ("UPDATE setting SET value = '9' WHERE name = 'matter_watermark'", 9),
  ])
  func verifyNamesTheFirstFault(_ sql: String, _ number: Int) throws {
    let sample = try Self.indexed()
    try sample.tamper(sql)
    let faults = try sample.store.verify().faults
    #expect(faults.map(\.kind) == [.matters])
    #expect(faults.first?.number == number)
  }
}
