import Store
import Suggestions
import Testing

@Suite struct QueueTests {
  @Test func showsTheBestFirst() throws {
    let sample = try VerificationTests.mixed()
    try sample.take([
      SampleRecord("U-1").with {
        $0.priority = 90
        $0.body = String(repeating: "积水", count: 100)
        $0.evidence = nil
        $0.flags = 1
      }
    ])
    let queue = try sample.store.queue(limit: 10, track: .ordinary, names: SampleStore.names)
    #expect(queue.map(\.id) == [7, 1, 3])
    #expect(queue.map(\.priority) == [90, 44, 40])
    #expect(queue[0].excerpt == String(repeating: "积水", count: 60) + "…")
    #expect(queue[0].flags == ["insult"])
    #expect(queue[1].support == 3)
    #expect(queue[1].submissions == 4)
    #expect(queue[1].near == nil)
    #expect(queue[2].near == NearLink(submission: 2, suggestion: 1, kind: "near", score: 600, differs: nil))
    #expect(queue[2].lead == "housing")
    #expect(try sample.store.queue(limit: 1, track: .ordinary, names: SampleStore.names).map(\.id) == [7])
    #expect(try sample.store.queue(limit: -5, track: .ordinary, names: SampleStore.names).isEmpty)
    #expect(try sample.store.queue(limit: 10, track: .sensitive, names: SampleStore.names).map(\.id) == [4])
  }

  @Test func counts() throws {
    let sample = try VerificationTests.mixed()
    let all = try sample.store.queueCounts()
    #expect(all.pending == 3)
    #expect(all.tracks == [CodeCount(code: "ordinary", count: 2), CodeCount(code: "sensitive", count: 1)])
    #expect(all.topics == [CodeCount(code: "01", count: 3)])
    #expect(all.kinds == [CodeCount(code: "fault", count: 3)])
    #expect(try sample.store.queueCounts(track: .sensitive).leads == [CodeCount(code: "housing", count: 1)])
    let intake = try sample.store.intakeCounts()
    #expect(intake.map(\.source) == ["forms"])
    #expect(intake.first?.submissions == 6)
    #expect(intake.first?.revised == 1)
    #expect(intake.first?.quarantined == 1)
    #expect(intake.first?.waiting == 1)
    #expect(intake.first?.channels.map(\.channel) == ["web-form"])
  }

  @Test func findsASuggestionByNumberAndReceiptOfAnyOfItsSubmissions() throws {
    let sample = try VerificationTests.mixed()
    let receipts = ReceiptCode(key: try sample.store.keys.derived("receipt"))
    for id in ["1", "2", receipts.code(of: 5), receipts.code(of: 6).lowercased()] {
      let detail = try #require(try sample.store.suggestion(id: id, names: SampleStore.names))
      #expect(detail.id == 1)
      #expect(detail.receipt == receipts.code(of: 1))
      #expect(detail.members.map(\.number) == [1, 2, 5, 6])
      #expect(detail.followers.map(\.link.suggestion) == [3])
      #expect(detail.events.map(\.sequence) == [1, 3])
    }
    let near = try #require(try sample.store.suggestion(id: "3", names: SampleStore.names))
    #expect(near.leader?.link == NearLink(submission: 2, suggestion: 1, kind: "near", score: 600, differs: nil))
    #expect(near.members.first?.earlier.map(\.revision) == [0])
    #expect(near.members.first?.verdict.evidence.map(\.text) == ["井盖"])
    #expect(near.events.map(\.sequence) == [1, 2])
    for id in ["", "0", "-1", "7", "99999999999999999999", "GI-0000-0000-0", "谢谢"] {
      #expect(try sample.store.suggestion(id: id, names: SampleStore.names) == nil)
    }
  }
}
