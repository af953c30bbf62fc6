import Suggestions
import Testing

import Casework

/// What is carried to a writer whom no message reaches, and when.
struct CaseErrandTests {
  typealias Story = CaseHistoryTests.Story

  static func errand(
    _ story: Story, after minutes: Int64 = 60, _ limits: CaseLimits = CaseLimits()
  ) throws -> CaseErrand? {
    try story.history.errand(limits: limits, asOf: story.moment + minutes * 60)
  }

  static func answered() throws -> Story {
    var story = Story(CaseSample.opening())
    try story.act(.dispatch, .moderator) { $0.handler = CaseSample.housing }
    try story.act(.sign, .department)
    #expect(try errand(story) == nil)
    try story.act(.answer, .department) { $0.text = "已更换井盖" }
    return story
  }

  @Test func anAnswerIsCarriedOnce() throws {
    var story = try Self.answered()
    let answered = story.moment
    // While it can be taken back it stays.
    #expect(try Self.errand(story, after: 10) == nil)
    let errand = try #require(try Self.errand(story, after: 11))
    #expect(errand.what == .answer && errand.text == "已更换井盖" && errand.since == answered && errand.rejection == nil)
    try story.act(.note, .moderator) { $0.text = "x" }
    #expect(try Self.errand(story) == errand)
    try story.act(.tell, .stationKeeper) { $0.text = "当面说了" }
    #expect(try Self.errand(story) == nil)
  }

  @Test func anAnswerThatIsSentBackIsNone() throws {
    var story = try Self.answered()
    try story.act(.refuseAnswer, .moderator) { $0.reason = "没说地点" }
    #expect(try Self.errand(story) == nil)
  }

  @Test func theHeadsSignatureIsWaitedFor() throws {
    var story = try Self.answered()
    let limits = CaseLimits(approval: .all)
    #expect(try Self.errand(story, after: 600, limits) == nil)
    #expect(try Self.errand(story, after: 600) != nil)
    try story.act(.approve, .departmentHead)
    #expect(try Self.errand(story, after: 5, limits) == nil)
    #expect(try Self.errand(story, after: 11, limits)?.since == story.moment)
  }

  @Test func aRejectionIsTold() throws {
    var story = Story(CaseSample.opening())
    try story.act(.reject, .moderator) { ($0.rejection, $0.reason) = (.inCourt, "内部理由") }
    let limits = CaseLimits(undoWindows: [.reject: 3_600])
    #expect(try Self.errand(story, after: 60, limits) == nil)
    let errand = try #require(try Self.errand(story, after: 61, limits))
    // The reason in somebody's own words stays inside.
    #expect(errand.what == .rejection && errand.rejection == .inCourt && errand.text == nil)
    try story.act(.tell, .moderator) { $0.text = "告知" }
    #expect(try Self.errand(story, after: 61, limits) == nil)
  }

  @Test func aQuestionIsAskedUntilItIsAnswered() throws {
    var story = Story(CaseSample.opening())
    try story.act(.askWriter, .moderator) { $0.text = "哪一座桥？" }
    #expect(try Self.errand(story, after: 3) == nil)
    let errand = try #require(try Self.errand(story))
    #expect(errand.what == .question && errand.text == "哪一座桥？")
    try story.act(.resume, .writer)
    #expect(try Self.errand(story) == nil)
  }
}
