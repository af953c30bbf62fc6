import Suggestions
import Testing

import Casework

/// Every indicator against a count by hand.
struct CaseStatisticsTests {
  typealias Story = CaseHistoryTests.Story

  /// Nine suggestions of one July day.
  static func town() throws -> [CaseRecord] {
    // 1: in time everywhere, solved, satisfied.
    var bulb = Story(CaseSample.opening(.fault))
    try bulb.dispatch(after: 30)
    try bulb.handle(sign: 20, answer: 60)
    try bulb.callBack(.yes, .yes)
    // 2: in time, but not mended; reopened, signed late and answered late; nobody answers the telephone.
    var cover = Story(CaseSample.opening(.fault))
    try cover.dispatch(after: 50)
    try cover.handle(sign: 10, answer: 30)
    try cover.callBack(.no, .no)
    try cover.act(.reopen, .writer, after: 600) { $0.reason = "又坏了" }
    try cover.handle(sign: 40, answer: 120)
    try cover.callBack(.unknown, .unknown)
    // 3: returned after a late signature; the next unit has not signed.
    var wire = Story(CaseSample.opening(.fault))
    try wire.dispatch(after: 70)
    try wire.act(.sign, .department, after: 45)
    try wire.sendBack(after: 30)
    try wire.dispatch(after: 15, to: CaseSample.power)
    // 4: waits. 5: answered by the platform, late. 6: rejected in time. 7: thanked. 9: praise, waits.
    let idea = Story(CaseSample.opening(.idea))
    var enquiry = Story(CaseSample.opening(.enquiry))
    try enquiry.act(.reply, .moderator, after: 90) { $0.text = "请拨打" }
    var rejected = Story(CaseSample.opening(.fault))
    try rejected.act(.reject, .moderator, after: 10) { $0 = CaseSample.details }
    var help = Story(CaseSample.opening(.contribution))
    try help.act(.thank, .moderator) { $0.text = "谢谢" }
    // 8: the same as 4.
    var merged = Story(CaseSample.opening(.idea))
    try merged.act(.merge, .moderator, after: 5) { $0 = CaseSample.details }
    let praise = Story(CaseSample.opening(.praise))
    return [
      StatisticsSample.record(1, bulb.history, submissions: 3, support: 2, isDiscovered: true),
      StatisticsSample.record(2, cover.history, isDiscovered: false),
      StatisticsSample.record(3, wire.history, isDiscovered: false),
      StatisticsSample.record(4, idea.history, submissions: 2, support: 2, channel: "web-form"),
      StatisticsSample.record(5, enquiry.history, isDiscovered: false, channel: "web-form"),
      StatisticsSample.record(6, rejected.history, isDiscovered: true),
      StatisticsSample.record(7, help.history, isDiscovered: true),
      StatisticsSample.record(8, merged.history, isMerged: true),
      StatisticsSample.record(9, praise.history, channel: "opinion-book"),
    ]
  }

  @Test func countsByHand() throws {
    let whole = StatisticsSample.statistics(of: try Self.town()).whole()
    #expect(whole.map(\.indicator) == CaseIndicator.all)
    let expected: [(CaseIndicator, String)] = [
      (.received, "8"),  // all but the merged one
      (.submissions, "11"),  // 3 and 2, six times 1
      (.support, "10"),
      (.contributions, "1"),
      (.dispatched, "3/6"),  // 1 2 3 of 1 to 6
      (.rejected, "1/6"),
      (.closed, "2/5"),  // 1 2 of 1 to 5
      (.solved, "1/2"),  // 1 yes, 2 no in its first round
      (.solvedResponse, "2/3"),
      (.satisfied, "1/2"),
      (.satisfiedResponse, "2/3"),
      (.returned, "1/4"),  // of the orders 1, 2, 3, 3 again
      (.reopened, "1/3"),  // of the closings 1, 2, 2 again
      (.discovered, "2/5"),  // 1 and 6; of 4 nobody knows; 7 asks for nothing
      (.onTime(.dispatch), "3/5"),  // 30 50 10 of 30 50 70 90 10
      (.overdue(.dispatch), "1/1"),  // 4
      (.onTime(.sign), "2/4"),  // 20, 10, not 40, not 45
      (.overdue(.sign), "1/1"),  // 3 at the second unit
      (.onTime(.answer), "2/3"),  // 80, 40, not 160
      (.overdue(.answer), "1/1"),
      (.onTime(.whole), "0/0"),
    ]
    for (indicator, text) in expected { #expect(StatisticsSample.text(whole, indicator) == text, "\(indicator.code)") }
    #expect(!whole.contains { $0.indicator.clock == .sendBack })
  }

  @Test func timesByHand() throws {
    let whole = StatisticsSample.statistics(of: try Self.town()).whole()
    // First responses after 10, 30, 50, 70, 90 minutes.
    #expect(StatisticsSample.text(whole, .responseMedian) == "3/5")
    #expect(StatisticsSample.minutes(whole, .responseMedian) == 50)
    #expect(StatisticsSample.text(whole, .responseP90) == "5/5")
    #expect(StatisticsSample.minutes(whole, .responseP90) == 90)
    // Signed after 10, 20, 40, 45 minutes: the second of four is the median.
    #expect(StatisticsSample.minutes(whole, .usedMedian(.sign)) == 20)
    #expect(StatisticsSample.minutes(whole, .usedP90(.sign)) == 45)
    #expect(StatisticsSample.text(whole, .usedMean(.sign)) == "\(115 * 60)/4")
    #expect(StatisticsSample.value(whole, .usedMean(.sign)) == 1_725.0)
    #expect(StatisticsSample.minutes(whole, .usedMedian(.answer)) == 80)
    #expect(StatisticsSample.value(whole, .usedMean(.whole)) == nil)
  }

  @Test func unitsHaveTheirOwn() throws {
    let statistics = StatisticsSample.statistics(of: try Self.town()) { $0.dimensions = [.department] }
    let groups = statistics.groups(by: .department)
    #expect(groups.map(\.key) == ["housing@430703", "power-supply@430703", nil])
    func text(_ group: Int, _ indicator: CaseIndicator) -> String {
      StatisticsSample.text(groups[group].figures, indicator)
    }
    // The return stays with the unit that returned, the case is the other's.
    #expect(text(0, .received) == "2" && text(0, .closed) == "2/2" && text(0, .returned) == "1/3")
    #expect(text(0, .onTime(.sign)) == "2/4" && text(0, .overdue(.sign)) == "0/0")
    #expect(text(1, .received) == "1" && text(1, .closed) == "0/1" && text(1, .returned) == "0/1")
    #expect(text(1, .onTime(.sign)) == "0/0" && text(1, .overdue(.sign)) == "1/1")
    // The platform's own: four that were never ordered, and the speed with which it orders.
    #expect(text(2, .received) == "5" && text(2, .onTime(.dispatch)) == "3/5" && text(2, .responseMedian) == "3/5")
    #expect(text(0, .onTime(.dispatch)) == "0/0" && text(0, .solved) == "1/2")
  }

  @Test func whatWasUndoneNeverHappened() throws {
    var story = Story()
    try story.dispatch(after: 5)
    try story.undo()
    try story.dispatch(after: 10, to: CaseSample.power)
    try story.act(.sign, .department, after: 10, handler: CaseSample.power)
    try story.sendBack(after: 10, from: CaseSample.power)
    try story.undo()
    try story.act(.resolve, .department, after: 0, handler: CaseSample.power) { $0.proofs = ["p"] }
    try story.act(.answer, .department, after: 10, handler: CaseSample.power) { $0.text = "已修好" }
    try story.act(.tell, .system, after: 0) { $0.text = "已修好" }
    try story.act(.close, .moderator, after: 0)
    try story.act(.reopen, .moderator, after: 5) { $0.reason = "再看" }
    try story.undo()
    let whole = StatisticsSample.statistics(of: [StatisticsSample.record(1, story.history)]).whole()
    for (indicator, text) in [
      (CaseIndicator.dispatched, "1/1"), (.returned, "0/1"), (.reopened, "0/1"), (.closed, "1/1"),
      (.onTime(.sign), "1/1"), (.onTime(.answer), "1/1"), (.onTime(.dispatch), "1/1"),
    ] { #expect(StatisticsSample.text(whole, indicator) == text, "\(indicator.code)") }
    #expect(StatisticsSample.minutes(whole, .responseMedian) == 16)
    // A dispatch taken back and nothing else: as if nobody had touched it.
    var idle = Story()
    try idle.dispatch(after: 5)
    try idle.undo()
    #expect(
      StatisticsSample.statistics(of: [StatisticsSample.record(1, idle.history)]).whole()
        == StatisticsSample.statistics(of: [StatisticsSample.record(1, Story().history)]).whole())
  }

  @Test func aRecalledOrderNeverWasOne() throws {
    var story = Story()
    try story.dispatch(after: 10)
    try story.act(.sign, .department, after: 40)
    try story.sendBack(after: 10)
    try story.dispatch(after: 10, to: CaseSample.station)
    try story.act(.recall, .moderator, after: 5) { $0.reason = "派错了" }
    try story.dispatch(after: 5, to: CaseSample.power)
    let whole = StatisticsSample.statistics(of: [StatisticsSample.record(1, story.history)]).whole()
    // The late signature of the first unit counts once, though two orders followed it.
    #expect(StatisticsSample.text(whole, .onTime(.sign)) == "0/1")
    #expect(StatisticsSample.text(whole, .returned) == "1/2")
    var first = Story()
    try first.dispatch(after: 10)
    try first.act(.recall, .moderator, after: 5) { $0.reason = "派错了" }
    let none = StatisticsSample.statistics(of: [StatisticsSample.record(1, first.history)]).whole()
    #expect(StatisticsSample.text(none, .dispatched) == "0/1" && StatisticsSample.text(none, .responseMedian) == "0/0")
  }

  @Test func theLastCallOfARoundCounts() throws {
    var story = Story()
    try story.dispatch(after: 5)
    try story.handle(sign: 5, answer: 5)
    try story.callBack(.unknown, .unknown)
    try story.callBack(.partly, .yes)
    let whole = StatisticsSample.statistics(of: [StatisticsSample.record(1, story.history)]).whole()
    #expect(StatisticsSample.text(whole, .solved) == "0/1" && StatisticsSample.text(whole, .satisfied) == "1/1")
    #expect(StatisticsSample.text(whole, .solvedResponse) == "1/1")
  }

  @Test func rejectedStaysRejectedInTheArchive() throws {
    var story = Story()
    try story.act(.reject, .moderator) { $0 = CaseSample.details }
    try story.act(.archive, .system)
    let whole = StatisticsSample.statistics(of: [StatisticsSample.record(1, story.history)]).whole()
    #expect(StatisticsSample.text(whole, .rejected) == "1/1" && StatisticsSample.text(whole, .closed) == "0/0")
  }

  @Test func partsAddUpToTheWhole() throws {
    let records = try CaseStatisticsTests.town()
    func statistics(of records: [CaseRecord]) -> CaseStatistics {
      StatisticsSample.statistics(of: records) { $0.dimensions = Set(CaseDimension.allCases) }
    }
    let whole = statistics(of: records)
    for cut in 0...records.count {
      var parts = statistics(of: Array(records[cut...]))
      parts.add(statistics(of: Array(records[..<cut])))
      for track in Track.allCases {
        #expect(parts.whole(track) == whole.whole(track) && parts.routes(track) == whole.routes(track), "\(cut)")
        for dimension in CaseDimension.allCases {
          #expect(parts.groups(by: dimension, track) == whole.groups(by: dimension, track), "\(cut) \(dimension)")
        }
      }
    }
  }
}
