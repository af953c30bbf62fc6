import Stages
import Suggestions
import Testing
import Text

/// The part of history that an input can ask for.
struct HistoryFilterTests {
  private static let named = "花溪路与善德路交叉口的井盖破损，晚上骑车看不见，已经摔了两个人"
  private static let other = "希望在德山驿站增加一台饮水机，夏天送餐的时候没有水喝，现在的一台总是坏"

  private struct Selection {
    var text: Bool
    var identity: Bool
  }

  private func normalized(_ records: [Record]) -> Batch<Normalized> {
    var drafts = DraftBatch()
    for record in records { drafts.add(record) }
    let header = BatchHeader(source: "form", defaultChannel: .webForm, asOf: 0, number: 0, volatile: [])
    return Normalize(redaction: Redaction(key: 5)).apply(Batch(drafts, header: header))
  }

  /// What a filter made of `input` says about each of `history`.
  private func selections(_ history: [Record], input: [Record]) -> [Selection] {
    var filter = HistoryFilter()
    filter.add(normalized(input).columns)
    let known = normalized(history)
    return known.columns.rows.map {
      Selection(
        text: filter.seeksText(of: $0.identity, $0.sketch, $0.track, isExact: false),
        identity: filter.seeks(identity: $0.identity))
    }
  }

  @Test func copiesAreSoughtAndStrangersAreNot() {
    let found = selections(
      [Record("A", Self.named), Record("B", "您好，" + Self.named), Record("C", Self.other), Record("D", "好")],
      input: [Record("X", Self.named)])
    #expect(found.map(\.text) == [true, true, false, false])
    #expect(found.map(\.identity) == [false, false, false, false])
  }

  /// The earlier version of a record has to be taken out of the index, whatever it said.
  @Test func earlierVersionsAreSought() {
    let found = selections([Record("A", Self.other)], input: [Record("A", Self.named)])
    #expect(found[0].text)
    #expect(found[0].identity)
  }

  /// What is too short for 3-grams is one gram as a whole.
  @Test func shortTextsAreSought() {
    let found = selections([Record("A", "好"), Record("B", "行")], input: [Record("X", "好")])
    #expect(found.map(\.text) == [true, false])
  }

  /// A record without an id gets its name when it is decided: every identity may be its own.
  @Test func recordsWithoutIDAskForAllIdentities() {
    let found = selections([Record("A", Self.other)], input: [Record(nil, Self.named)])
    #expect(found[0].identity)
    #expect(!found[0].text)
  }

  /// Of a sentence a hundred texts share, the index of all history holds the first sixteen.
  @Test func onlyTheEarliestOfManyAreSought() {
    let history = (0..<100).map { Record("\($0)", Self.named + "，第\($0)次反映") }
    let found = selections(history, input: [Record("X", Self.named)])
    let earliest = found.prefix(16).count { $0.text }
    let all = found.count { $0.text }
    #expect(earliest == 16)
    #expect(all < 60)
  }
}
