import Foundation
import TestSupport
import Testing

/// The clocks of a case on the command line, and refusals in sentences.
struct ClockCommandTests {
  private func store(_ content: String = "花溪路口的路灯坏了半个月") throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    store.rules = try ShippedRules.copy(to: store.folder.path("rules"), changing: "book.yaml") { $0 }
    try store.ingest([store.write("1.jsonl", WebForm(id: "R-1", title: "反映", content: content).json + "\n")])
    return store
  }

  private func clocks(_ store: StoreUnderTest, at moment: String) throws -> [JSONValue] {
    let run = try store.run("clock", "explain", "1", "--at", moment, "--json")
    #expect(run.ending == .exited(0), "\(run.errors)")
    return try JSONValue(run.standardOutput)["clocks"].list
  }

  @Test func everySpanIsThere() throws {
    let store = try store()
    #expect(try store.run("dispatch", "1").ending == .exited(0))
    // Years later everything that runs is overdue and every kind of day has come by.
    let clocks = try clocks(store, at: "2045-01-01T10:00")
    #expect(clocks.contains { $0["clock"].text == "dispatch" && $0["status"].text == "met" })
    let answer = try #require(clocks.first { $0["clock"].text == "answer" })
    #expect(answer["status"].text == "overdue" && answer["set"].text == "changde-fault")
    let spans = answer["spans"].list
    #expect(spans.first?["from"].text == answer["start"].text)
    #expect(zip(spans, spans.dropFirst()).allSatisfy { $0["until"].text == $1["from"].text })
    #expect(spans.contains { $0["until"].text == answer["due"].text })
    let counted = spans.filter { $0["counted"] == .bool(true) }.compactMap { $0["seconds"].int }.reduce(0, +)
    #expect(counted == answer["used"].int)
    #expect(spans.contains { $0["what"].text == "weekend" })
    #expect(spans.allSatisfy { ($0["what"].text == "holiday") == ($0["name"] != .null) || $0["what"].text == "counted-made-up" })
    // Where the answer's time is left, used and left are the whole of it.
    let early = try #require(try self.clocks(store, at: "2020-01-01").first { $0["clock"].text == "answer" })
    #expect(early["used"].int == 0 && (early["left"].int ?? 0) > 0 && early["status"].text == "running")
  }

  @Test func peopleReadThemInTheirLanguage() throws {
    let store = try store()
    #expect(try store.run("dispatch", "1").ending == .exited(0))
    let words = [
      "zh": ["答复时限  已逾期  〔一般问题 changde-fault〕", "从“首次派单”起，到“答复”止", "周末", "超出", "处置时限"],
      "en": ["answer clock  overdue", "from \"first dispatched\" to \"answered\"", "weekend", "over by"],
    ]
    for (language, expected) in words {
      let run = try store.run("clock", "explain", "1", "--at", "2045-01-01", "--language", language)
      #expect(run.ending == .exited(0))
      for word in expected { #expect(run.output.contains(word), "\(word) \(run.output.prefix(2000))") }
    }
    #expect(try store.run("clock", "explain", "99").ending == .exited(1))
    #expect(try store.run("clock", "explain", "1", "--at", "soon").ending == .exited(2))
  }

  @Test func contributionsAreNotClocked() throws {
    let store = try store("今天顺手把倒在路上的共享单车都扶起来摆好了")
    #expect(try store.run("correct", "1", "--kind", "contribution", "--reason", "做了好事").ending == .exited(0))
    #expect(try clocks(store, at: "2026-01-01").isEmpty)
    #expect(try store.run("clock", "explain", "1").output.contains("不计时"))
  }

  /// Both states, who may, and what is missing are named.
  @Test func refusalsSayWhatWouldHelp() throws {
    let store = try store()
    let refusals = [
      (["act", "1", "close"], ["待审核", "办结", "答复"], ["pending", "closed", "answered"]),
      (["act", "1", "reject"], ["还缺", "不予受理的理由"], ["missing", "a reason"]),
      (
        ["act", "1", "dispatch", "--role", "publisher"], ["编辑", "派单", "平台审核员"], ["editor", "dispatch", "reviewer"]
      ),
      (["act", "1", "wake"], ["没有搁置"], ["not snoozed"]),
      (["act", "1", "thank"], ["问题", "致谢办结", "更正"], ["fault", "thank", "correct it first"]),
    ]
    for (command, chinese, english) in refusals {
      for (language, words) in [("zh", chinese), ("en", english)] {
        let run = try CommandRun.of(store.arguments(command + ["--language", language]))
        #expect(run.ending == .exited(1), "\(command) \(run.errors)")
        for word in words { #expect(run.errors.contains(word), "\(word) \(run.errors)") }
      }
    }
  }
}
