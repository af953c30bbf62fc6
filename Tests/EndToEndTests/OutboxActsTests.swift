import Foundation
import TestSupport
import Testing

/// What is done to a case is told outside: behind the undo window, to those it concerns, without the citizen's words.
struct OutboxActsTests {
  static let words = "花溪路口的路灯坏了半个月，骑车看不见路"

  private let box: LetterBox
  private let listener: WebhookListener
  private let store: StoreUnderTest
  private let environment: [String: String]

  init() throws {
    box = try LetterBox()
    listener = try WebhookListener()
    store = try StoreUnderTest()
    environment = OutboxCommandTests.allowed.merging([
      "GOLDEN_IDEAS_SMTP": "smtp://127.0.0.1:\(box.port)", "GOLDEN_IDEAS_MAIL_FROM": "金点子 <ideas@example.cn>",
      "GOLDEN_IDEAS_LINK": "https://ideas.example.cn/{id}",
    ]) { $1 }
    let record = WebForm(id: "R-1", title: "路灯", content: OutboxActsTests.words)
    try store.ingest([store.write("1.jsonl", WebForm.lines([record]))])
    for words in [
      ["add-webhook", listener.url], ["add-mail", "housing@example.cn", "--unit", "housing@430703"],
      ["add-mail", "others@example.cn", "--unit", "housing"],
    ] { #expect(try run(["outbox"] + words).ending == .exited(0)) }
  }

  private func run(_ words: [String]) throws -> CommandRun {
    try CommandRun.of(store.arguments(words), environment: environment)
  }

  /// - Parameter seconds: from now.
  private func send(after seconds: Double) throws -> Int? {
    let moment = ISO8601DateFormatter().string(from: Date().addingTimeInterval(seconds))
    return try JSONValue(try run(["outbox", "send", "--at", moment, "--json"]).standardOutput)["sent"].int
  }

  private func texts() throws -> [String] {
    try box.letters.map { letter in
      let body = letter.data.components(separatedBy: "\n\n")[1].replacing("\n", with: "")
      return String(decoding: try #require(Data(base64Encoded: body)), as: UTF8.self)
    }
  }

  @Test func anOrderIsToldToItsUnitWhenItCanNoLongerBeUndone() throws {
    #expect(try run(["dispatch", "1", "--to", "housing@430703", "--text", "三日内修好"]).ending == .exited(0))
    #expect(try send(after: 0) == 0)
    #expect(listener.requests.isEmpty && box.letters.isEmpty)
    #expect(try send(after: 86_400) == 2)
    let body = try JSONValue(Data(try #require(listener.requests.first).body.utf8))
    #expect(body["type"].text == "case.dispatch")
    #expect(body["suggestion"].int == 1)
    #expect(body["data"]["state"].text == "dispatched")
    #expect(body["data"]["handler"].text == "housing@430703")
    #expect(box.letters.map(\.to) == [["housing@example.cn"]])
    let text = try #require(try texts().first)
    for word in ["派单：事项 1", "鼎城区住房和城乡建设局", "到期：", "https://ideas.example.cn/1"] { #expect(text.contains(word), "\(text)") }
    for told in try texts() + listener.requests.map(\.body) {
      #expect(!told.contains("路灯坏了") && !told.contains("三日内修好"))
    }
    try store.isSound()
  }

  /// A reminder's letter has the words of the ladder, with the case's names and times in them.
  @Test func aReminderIsWrittenInTheWordsOfTheLadder() throws {
    #expect(try run(["dispatch", "1", "--to", "housing@430703"]).ending == .exited(0))
    let late = ISO8601DateFormatter().string(from: Date().addingTimeInterval(60 * 86_400))
    let steps = try JSONValue(try run(["chase", "--at", late, "--json"]).standardOutput)["steps"].list
    let said = steps.filter { $0["unit"].text == "housing@430703" }.compactMap { $0["text"].text }
    try #require(!said.isEmpty)
    #expect(try send(after: 61 * 86_400) != 0)
    let letters = try texts().filter { $0.contains("提请督办") }
    #expect(letters.count == said.count)
    for text in said { #expect(letters.contains { $0.hasPrefix(text) }, "\(text)\n\(letters)") }
    for letter in letters { #expect(letter.contains("https://ideas.example.cn/1") && !letter.contains("路灯坏了")) }
    try store.isSound()
  }

  @Test func whatWasUndoneInTimeNobodyHearsOf() throws {
    #expect(try run(["dispatch", "1", "--to", "housing@430703"]).ending == .exited(0))
    let undone = try run(["act", "1", "undo", "--reason", "派错了"])
    #expect(undone.ending == .exited(0), "\(undone.errors)")
    #expect(try send(after: 86_400) == 0)
    #expect(listener.requests.isEmpty && box.letters.isEmpty)
    let messages = try JSONValue(try run(["outbox", "list", "--json"]).standardOutput)["messages"].list
    #expect(messages.map { $0["state"].text } == ["cancelled"])
    try store.isSound()
  }
}
