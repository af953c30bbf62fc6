import Casework
import Store
import Suggestions
import Testing

/// What is hot: people, growth, doors and areas over a window.
@Suite struct HotMattersTests {
  private static let day: Int64 = 86_400
  private static let end: Int64 = 1_750_000_000

  private func record(
    _ id: String, _ writer: Int64?, daysAgo: Int64, joined: Int = 0, region: String = "430702", body: String = ""
  ) -> SampleRecord {
    SampleRecord(id).with {
      $0.writer = writer
      $0.submittedAt = Self.end - daysAgo * Self.day - 1
      $0.region = region
      if joined > 0 {
        $0.duplicate = .exact
        $0.leader = joined
        $0.suggestion = joined
        $0.score = 1000
      } else if !body.isEmpty {
        $0.body = body
      }
    }
  }

  private func hot(_ sample: SampleStore, days: Int64 = 30, limit: Int = 9) throws -> [HotMatter] {
    try sample.store.hotMatters(until: Self.end, length: days * Self.day, limit: limit, track: .ordinary)
  }

  @Test func countsPeopleGrowthAndAreas() throws {
    let sample = try SampleStore()
    try sample.take([
      record("A-1", 1, daysAgo: 40), record("A-2", 2, daysAgo: 20, joined: 1),
      record("A-3", 3, daysAgo: 10, joined: 1, region: "430703"), record("A-4", 3, daysAgo: 9, joined: 1),
      record("A-5", 7, daysAgo: 5, body: "只有一个人说"), record("A-6", nil, daysAgo: 80, joined: 1),
    ])
    let matters = try hot(sample)
    #expect(matters.map(\.id) == [1])
    let matter = try #require(matters.first)
    #expect(matter.people == 2, "the same writer counts once")
    #expect(matter.before == 1, "what is older than two windows does not count")
    #expect(matter.submissions == 3)
    #expect(matter.areas == ["430702", "430703"])
    // Two people, one more than before, a second area.
    #expect(matter.heat == 20 + 5 + 10)
    #expect(try hot(sample, days: 3).isEmpty)
  }

  @Test func mergedOnesAreOneMatter() throws {
    let sample = try SampleStore()
    try sample.take([
      record("A-1", 1, daysAgo: 3, body: "甲处井盖松了"), record("A-2", 2, daysAgo: 2, body: "盖子哐当响"),
      record("A-3", 3, daysAgo: 2, body: "路灯不亮了"), record("A-4", 4, daysAgo: 1, joined: 3),
    ])
    #expect(try hot(sample).map(\.id) == [3])
    let act = try #require(StaffAct(actor: "周敏", reason: "同一处", at: Self.end))
    _ = try sample.store.merge(2, into: 1, act: act).get()
    #expect(try hot(sample).map(\.id) == [1, 3], "equal heat and support: the earlier first")
    #expect(try hot(sample, limit: 1).map(\.id) == [1])
  }

  @Test func sensitiveMattersAreOnTheirOwnTrack() throws {
    let sample = try SampleStore()
    try sample.take([
      record("A-1", 1, daysAgo: 3).with { $0.track = .sensitive },
      record("A-2", 2, daysAgo: 2, joined: 1).with { $0.track = .sensitive },
    ])
    #expect(try hot(sample).isEmpty)
    #expect(
      try sample.store.hotMatters(until: Self.end, length: 30 * Self.day, limit: 9, track: .sensitive).map(\.id) == [1])
  }

  /// The cases of a matter that came again are one matter, and each time it came counts.
  @Test func whatCameAgainIsOneMatter() throws {
    let sample = try SampleStore()
    try sample.take([record("A-1", 1, daysAgo: 40), record("A-2", 7, daysAgo: 5, body: "只有一个人说")])
    let act = try #require(StaffAct(actor: "周敏", reason: "修好了", at: Self.end))
    for (action, fill) in [
      (CaseAction.correct, { (details: inout CaseDetails) in (details.kind, details.reason) = (.praise, act.reason) }),
      (.thank, { $0.text = "谢谢" }),
    ] {
      let request = CaseRequest(action, at: act.at, details: CaseDetails(fill))
      _ = try sample.store.act(request, on: 1, by: act.moderator, under: CaseworkRules()).get()
    }
    #expect(try hot(sample).isEmpty)
    try sample.take([
      record("A-3", 1, daysAgo: 3).with { ($0.duplicate, $0.leader, $0.again, $0.score) = (.exact, 1, 1, 1000) }
    ])
    let matters = try hot(sample)
    #expect(matters.map(\.id) == [3], "one person, but again")
    let matter = try #require(matters.first)
    #expect(matter.cases == [1, 3])
    #expect(matter.again == 1)
    #expect([matter.people, matter.before, matter.submissions] == [1, 1, 1])
    #expect(matter.heat == 10 + 10)
    // Twice that window, and both cases lie in it.
    let wide = try #require(try hot(sample, days: 60).first)
    #expect([wide.people, wide.submissions, wide.again] == [1, 2, 1])
    #expect(try hot(sample, days: 2).isEmpty)
    // Who diverts one of them parts them for the eye.
    let divert = CaseRequest(.divert, at: act.at, details: CaseDetails { $0.reason = "涉及举报" })
    _ = try sample.store.act(divert, on: 3, by: act.moderator, under: CaseworkRules()).get()
    #expect(try hot(sample, days: 60).isEmpty)
  }
}
