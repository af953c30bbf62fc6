import Foundation
import TestSupport
import Testing

/// From the book on the wall to the slip that is taken home, and back with the answer.
struct SlipsTests {
  private static let book = "fixtures/inbox/books/anfu-AF-02.txt"

  private static func filled() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    try store.ingest([book])
    return store
  }

  private static func slips(_ store: StoreUnderTest, _ options: String...) throws -> [JSONValue] {
    let run = try CommandRun.of(store.arguments(["slips", "--station", "anfu", "--json"] + options))
    #expect(run.ending == .exited(0), "\(run.errors)")
    return try JSONValue(run.standardOutput)["slips"].list
  }

  /// The day after the next, as the platform's clock will show it: what was done meanwhile is out.
  private static let later = String(
    ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: 2 * 86_400 + 28_800)).prefix(16))

  private static func act(_ store: StoreUnderTest, _ words: String...) throws {
    let run = try CommandRun.of(store.arguments(["act", "--confirm"] + words))
    #expect(run.ending == .exited(0), "\(words) \(run.errors)")
  }

  @Test func everyEntryOfTheBookHasASlip() throws {
    let store = try Self.filled()
    let slips = try Self.slips(store)
    #expect(slips.count == 28)
    #expect(Set(slips.map { $0["receipt"].text }).count == 28)
    let first = try #require(slips.last)
    #expect([first["book"].text, first["page"].text, first["line"].text] == ["AF-02", "1", "1"])
    #expect(first["status"] == .null)
    // By its name as by its code; and as a page.
    let page = store.folder.path("slips.html")
    let run = try store.run("slips", "--station", "安福驿站", "--output", page, "--url", "https://x.cn/r/")
    #expect(run.ending == .exited(0) && run.standardOutput.isEmpty, "\(run.errors)")
    let markup = try String(contentsOfFile: page, encoding: .utf8)
    let parsed = try ParsedPage(String(markup.dropFirst("<!DOCTYPE html>\n".count)))
    #expect(parsed.all("p", style: "code").map(\.text) == slips.compactMap { $0["receipt"].text })
    #expect(try Self.slips(store, "--since", "2999-01-01").isEmpty)
    #expect(try Self.slips(store, "--answers").isEmpty)
  }

  @Test func theAnswerComesBack() throws {
    let store = try Self.filled()
    let before = try Self.slips(store)
    let receipt = try #require(before.first { $0["submission"].int == 5 }?["receipt"].text)
    let status = try store.run("status", receipt.lowercased(), "--json")
    #expect(try JSONValue(status.standardOutput)["stage"].text == "received")
    try Self.act(store, "5", "dispatch", "--to", "housing@430724")
    let unit = ["--role", "department", "--unit", "housing@430724", "--actor", "王科长"]
    let inner = try CommandRun.of(store.arguments(["act", "5", "sign"] + unit))
    #expect(inner.ending == .exited(0), "\(inner.errors)")
    let answer = try CommandRun.of(
      store.arguments(["act", "5", "answer", "--confirm", "--text", "朝阳街路灯已修好。", "--outcome", "A"] + unit))
    #expect(answer.ending == .exited(0), "\(answer.errors)")
    #expect(try Self.slips(store, "--answers").isEmpty, "it can still be taken back")
    let waiting = try Self.slips(store, "--answers", "--at", Self.later)
    #expect(waiting.compactMap { $0["receipt"].text } == [receipt], "it is told by being brought")
    #expect(waiting.first?["status"]["answer"]["text"].text == "朝阳街路灯已修好。")
    try Self.act(store, "5", "tell", "--text", "已告知")

    let slips = try Self.slips(store, "--answers", "--at", Self.later)
    #expect(slips.compactMap { $0["receipt"].text } == [receipt])
    let told = try #require(slips.first)["status"]
    #expect(told["stage"].text == "answered" && told["answer"]["text"].text == "朝阳街路灯已修好。")
    #expect(told["answer"]["unit"]["name"].text == "临澧县住房和城乡建设局")
    for arguments in [["status", receipt, "--at", Self.later], ["slips", "--station", "anfu", "--answers", "--at", Self.later]] {
      let run = try CommandRun.of(store.arguments(arguments))
      #expect(run.output.contains("朝阳街路灯已修好。") && !run.output.contains("王科长"), "\(run.errors)")
    }
    let english = try CommandRun.of(store.arguments(["status", receipt, "--at", Self.later, "--language", "en"]))
    #expect(english.output.contains("There is an answer."))
  }

  @Test func anOrderIsPrintedWithItsLink() throws {
    let store = try Self.filled()
    #expect(try store.run("order", "5").ending == .exited(1))
    try Self.act(store, "5", "dispatch", "--to", "housing@430724", "--text", "先围挡")
    let run = try store.run("order", "5", "--json", "--url", "https://x.cn/a/")
    let order = try JSONValue(run.standardOutput)
    #expect(order["unit"].text == "housing@430724" && order["order"].int == 1)
    #expect(order["link"].text?.hasPrefix("https://x.cn/a/A") == true)
    let page = try store.run("order", "5", "--url", "https://x.cn/a/")
    #expect(page.output.hasPrefix("<!DOCTYPE html>") && page.output.contains("先围挡") && !page.output.contains("GI-"))
    #expect(try store.run("order", "5", "--url", "x.cn").ending == .exited(2))
  }

  @Test func wrongWordsAreRefused() throws {
    let store = try Self.filled()
    let unknown = try store.run("slips", "--station", "nowhere")
    #expect(unknown.ending == .exited(2) && unknown.errors.contains("anfu"))
    for words in [["--since", "gestern"], ["--url", "javascript:alert(1)"], ["--url", "https://"], ["--url", "https://中文/"]] {
      #expect(try CommandRun.of(store.arguments(["slips", "--station", "anfu"] + words)).ending == .exited(2), "\(words)")
    }
    // Numbers are for staff; a wrong symbol is noticed.
    for receipt in ["1", "GI-0000-0000-0", "谢谢"] {
      let run = try store.run("status", receipt)
      #expect(run.ending == .exited(1) && run.standardOutput.isEmpty, "\(receipt)")
    }
  }
}
