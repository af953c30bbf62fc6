import Pipeline
import Rules
import Stages
import Store
import Suggestions
import TestSupport
import Testing
import Text

/// Candidates for the same matter over a store, from the intake to their parts.
struct SameMatterTests {
  /// Three tell of one cover, two of one lamp, and one thing is nobody else's.
  private static let messages = [
    GroupMessage(id: "W-1", text: "花溪路口转弯的地方井盖裂了，车一过就响，骑手差点摔倒", place: "花溪路"),
    GroupMessage(id: "W-2", text: "桥南市场后门路灯不亮，晚上取件看不清台阶", sender: "乙"),
    GroupMessage(id: "W-3", text: "师傅们注意，花溪路口转弯那个裂了的井盖还没有人换", sender: "丙"),
    GroupMessage(id: "W-4", text: "充电桩扫码以后一直显示离线，钱也没有退回来", sender: "丁"),
    GroupMessage(id: "W-5", text: "又来说一遍，桥南市场后门的路灯到现在还是不亮", sender: "戊"),
    GroupMessage(id: "W-6", text: "转弯压到花溪路口的井盖，盖子裂成两半，太危险了", sender: "己"),
  ]

  private static func search(
    _ intakes: Intakes, _ body: (SuggestionStore, SameMatterSearch) throws -> Void
  ) throws {
    let store = try SuggestionStore(
      url: intakes.folder.path("store.db"), access: .existing, folding: Folding.version)
    try body(store, SameMatterSearch(store, by: try Intakes.book.get(), asOf: 1_751_328_000))
    try store.close()
  }

  @Test func candidatesComeWithTheirParts() throws {
    let intakes = try Intakes()
    try intakes.run([GroupMessage.file(Self.messages)])
    try Self.search(intakes) { store, search in
      let finding = try #require(try search.candidates(for: 1))
      #expect(finding.lag == 0)
      #expect(Set(finding.candidates.prefix(2).map(\.suggestion)) == [3, 6])
      let first = try #require(finding.candidates.first)
      #expect(first.words.contains { $0.text.contains("井盖") })
      #expect(first.places.contains { $0.name.contains("花溪路") }, "\(first.places)")
      #expect(first.daysApart == 0)
      #expect(!first.receipt.isEmpty)
      #expect(try search.candidates(for: 2)?.candidates.first?.suggestion == 5)
      #expect(try search.candidates(for: 1, limit: 1)?.candidates.count == 1)
      #expect(try search.candidates(for: 99) == nil)
      #expect(try search.candidates(for: 1, least: 1001)?.candidates.isEmpty == true)
      #expect(try store.verify().faults == [])
    }
  }

  /// The same words again are the suggestion itself, and the index grows with what comes.
  @Test func theIndexFollowsTheIntake() throws {
    let intakes = try Intakes()
    try intakes.run([GroupMessage.file(Array(Self.messages.prefix(2)))])
    try Self.search(intakes) { _, search in
      let numbers = try search.candidates(for: 1)?.candidates.map(\.suggestion)
      #expect(numbers?.contains(3) == false)
    }
    var again = Self.messages[0]
    again.id = "W-7"
    try intakes.run([GroupMessage.file(Array(Self.messages.dropFirst(2)) + [again])])
    try Self.search(intakes) { store, search in
      #expect(try store.matterState().lag == 5)
      let finding = try #require(try search.candidates(for: 1, takingIn: 2))
      #expect(finding.lag == 3)
      let whole = try #require(try search.candidates(for: 1))
      #expect(whole.lag == 0)
      #expect(!whole.candidates.contains { $0.suggestion == 1 || $0.suggestion == 7 })
      #expect(Set(whole.candidates.prefix(2).map(\.suggestion)) == [3, 6])
    }
  }

  /// What is found does not depend on how the index came to be.
  @Test func pagesDoNotMatter() throws {
    let (whole, parts) = (try Intakes(), try Intakes())
    try whole.run([GroupMessage.file(Self.messages)])
    for message in Self.messages {
      try parts.run([GroupMessage.file([message])])
      try Self.search(parts) { store, _ in try SameMatterIndex(store).catchUp() }
    }
    func scores(_ intakes: Intakes) throws -> [[Int]] {
      var scores: [[Int]] = []
      try Self.search(intakes) { _, search in
        for number in 1...6 {
          scores.append(
            try search.candidates(for: number)?.candidates.flatMap { [$0.suggestion, $0.score.total] } ?? [])
        }
      }
      return scores
    }
    #expect(try scores(whole) == scores(parts))
  }

  @Test func aCorrectedTextIsFoundByItsNewWords() throws {
    let intakes = try Intakes()
    try intakes.run([GroupMessage.file(Self.messages)])
    try Self.search(intakes) { store, _ in try SameMatterIndex(store).catchUp() }
    try intakes.run([
      GroupMessage.file([GroupMessage(id: "W-4", text: "桥南市场后门的路灯一直不亮，台阶上摔了人", sender: "丁")])
    ])
    try Self.search(intakes) { store, search in
      #expect(try store.matterState().lag == 1)
      let lamps = try #require(try search.candidates(for: 2))
      #expect(lamps.candidates.prefix(2).contains { $0.suggestion == 4 })
      #expect(try store.matterState().lag == 0)
      #expect(try store.verify().faults == [])
    }
  }

  @Test func aForgottenTextIsNotFound() throws {
    let intakes = try Intakes()
    try intakes.run([GroupMessage.file(Self.messages)])
    try Self.search(intakes) { store, search in
      _ = try search.candidates(for: 1)
      try SameMatterIndex(store).forget(3)
      // Another index object, as another process would have: it sees the change.
      let finding = try #require(try search.candidates(for: 1))
      #expect(!finding.candidates.contains { $0.suggestion == 3 })
      #expect(finding.candidates.first?.suggestion == 6)
      #expect(try store.verify().faults == [])
    }
  }

  /// What people merged is one suggestion: never its own candidate, and a candidate once.
  @Test func mergedOnesAreOne() throws {
    let intakes = try Intakes()
    try intakes.run([GroupMessage.file(Self.messages)])
    try Self.search(intakes) { store, search in
      let act = try #require(StaffAct(actor: "staff", reason: "一件事", at: 1_751_328_000))
      guard case .success = try store.merge(3, into: 6, act: act) else { throw Intakes.Fault.noProfile("merge") }
      let first = try #require(try search.candidates(for: 1))
      #expect(first.candidates.count { $0.suggestion == 6 } == 1)
      #expect(!first.candidates.contains { $0.suggestion == 3 })
      let root = try #require(try search.candidates(for: 6))
      #expect(!root.candidates.contains { $0.suggestion == 3 || $0.suggestion == 6 })
      #expect(try store.verify().faults == [])
      guard case .success = try store.unmerge(3, act: act) else { throw Intakes.Fault.noProfile("unmerge") }
      #expect(Set(try search.candidates(for: 1)?.candidates.prefix(2).map(\.suggestion) ?? []) == [3, 6])
    }
  }

  @Test func tracksNeverMeet() throws {
    let intakes = try Intakes()
    let crime = "店员打人，骑手被打伤了，已经报警，请查一下花溪路口的监控"
    try intakes.run([
      GroupMessage.file([
        GroupMessage(id: "W-1", text: crime), GroupMessage(id: "W-2", text: "花溪路口的监控请查一下，是不是坏了", sender: "乙"),
        GroupMessage(id: "W-3", text: "骑手在花溪路口被打伤了，店员打人，请看监控", sender: "丙"),
      ])
    ])
    try Self.search(intakes) { store, search in
      let tracks = try (1...3).map { try store.openingMatter($0)?.track }
      try #require(tracks == [.sensitive, .ordinary, .sensitive])
      #expect(try search.candidates(for: 1)?.candidates.map(\.suggestion) == [3])
      #expect(try search.candidates(for: 2)?.candidates.isEmpty == true)
    }
  }
}
