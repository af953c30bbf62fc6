import Casework
import Pipeline
import Store
import Suggestions
import TestSupport
import Testing
import Text

/// A matter that is done with, and its text taken in again: by runs that each load the store anew, with people at work
/// on a connection of their own beside them, as another process would have.
struct RecurringIntakeTests {
  private static let text = "花溪路口转弯的地方井盖裂了，车一过就响，骑手差点摔倒"

  private static func message(_ number: Int, _ sender: String = "甲") -> GroupMessage {
    GroupMessage(id: "W-\(number)", text: text, sender: sender, place: "花溪路")
  }

  @Test func aThirdJoinsTheSecondAndAfterThatAThirdCaseOpens() throws {
    let intakes = try Intakes()
    try intakes.run([GroupMessage.file([Self.message(1)])])
    let desk = try Desk(intakes)
    try desk.close(1)
    let second = try intakes.run([GroupMessage.file([Self.message(2, "乙")])])
    #expect([second.total.suggestions, second.total.exact, second.total.again] == [1, 0, 1])
    #expect(second.total.new == second.total.suggestions + second.total.exact)
    let third = try intakes.run([GroupMessage.file([Self.message(3, "丙")])])
    #expect([third.total.suggestions, third.total.exact, third.total.again] == [0, 1, 0])
    #expect(try desk.detail(3).id == 2)
    #expect(try desk.detail(2).recurrence.map { [$0.previous, $0.times] } == [1, 2])
    #expect(try desk.detail(2).support == 2)
    #expect(try desk.detail(1).support == 1, "whoever was answered before is not counted anew")
    try desk.close(2)
    try intakes.run([GroupMessage.file([Self.message(4), Self.message(5, "丁")])])
    #expect(try desk.detail(5).id == 4)
    #expect(try desk.detail(4).recurrence.map { [$0.previous, $0.times] } == [2, 3])
    #expect(try desk.detail(1).cases.map(\.id) == [1, 2, 4])
    // What was taken in before is unchanged, whatever became of it.
    let before = try intakes.canonical()
    let again = try intakes.run([GroupMessage.file((1...5).map { Self.message($0, ["甲", "乙", "丙", "甲", "丁"][$0 - 1]) })])
    #expect(again.total.unchanged == 5)
    #expect(try intakes.canonical() == before)
    #expect(try intakes.isSound())
  }

  /// One run over a file, a run a record, and any number of threads lead to the same cases.
  @Test(arguments: [1, 4]) func howItIsCutDoesNotMatter(_ threads: Int) throws {
    let (whole, parts) = (try Intakes(), try Intakes())
    let other = GroupMessage(id: "X-1", text: "桥南市场后门路灯不亮，晚上取件看不清台阶", sender: "己")
    let later = (2...6).map { Self.message($0, "骑手\($0)") }
    for intakes in [whole, parts] {
      try intakes.run([GroupMessage.file([Self.message(1), other])])
      try Desk(intakes).close(1)
    }
    try whole.run([GroupMessage.file(later)], threads: threads)
    for message in later { try parts.run([GroupMessage.file([message])], threads: threads) }
    #expect(try parts.canonical() == whole.canonical())
    #expect(try Desk(whole).detail(7).id == 3)
    #expect(try whole.isSound() && parts.isSound())
  }

  /// Taken up by a case in other words: the first words join that one.
  @Test func whatPeopleSaidIsTheSameMatterIsJoined() throws {
    let intakes = try Intakes()
    try intakes.run([
      GroupMessage.file([
        Self.message(1), GroupMessage(id: "W-2", text: "那个裂了的井盖还是没人换，转弯压上去就响", sender: "乙"),
      ])
    ])
    let desk = try Desk(intakes)
    try desk.close(1)
    _ = try desk.store.again(2, of: 1, act: desk.act).get()
    try intakes.run([GroupMessage.file([Self.message(3, "丙")])])
    #expect(try desk.detail(3).id == 2)
    #expect(try intakes.isSound())
  }

  @Test func aDryRunTellsOfIt() throws {
    let intakes = try Intakes()
    try intakes.run([GroupMessage.file([Self.message(1)])])
    try Desk(intakes).close(1)
    let trial = try intakes.run([GroupMessage.file([Self.message(2)])], isDryRun: true)
    #expect(trial.total == (try intakes.run([GroupMessage.file([Self.message(2)])]).total))
  }
}

/// People at work on the store of some intakes.
struct Desk {
  let store: SuggestionStore
  let act = StaffAct(actor: "周敏", reason: "看过现场", at: 1_751_400_000)!

  init(_ intakes: Intakes) throws {
    store = try SuggestionStore(url: intakes.folder.path("store.db"), access: .existing, folding: Folding.version)
  }

  /// Thanked for, as whatever it was.
  func close(_ id: Int) throws {
    try does(.correct, id) { ($0.kind, $0.reason) = (.praise, act.reason) }
    try does(.thank, id) { $0.text = "谢谢，已换新" }
  }

  func does(_ action: CaseAction, _ id: Int, _ fill: (inout CaseDetails) -> Void) throws {
    let request = CaseRequest(action, at: act.at, details: CaseDetails(fill))
    _ = try store.act(request, on: id, by: act.moderator, under: CaseworkRules()).get()
  }

  func detail(_ id: Int) throws -> SuggestionDetail {
    try #require(try store.suggestion(id: "\(id)", names: CodeNames(tiers: [], cuts: [:])))
  }
}
