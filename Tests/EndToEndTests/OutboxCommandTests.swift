import Foundation
import TestSupport
import Testing

/// Messages to the outside from the command line: who receives them, what they are given, and what happens when they
/// fail.
struct OutboxCommandTests {
  static let allowed = ["GOLDEN_IDEAS_ALLOW_PRIVATE": "1", "GOLDEN_IDEAS_ALLOW_PLAIN": "1"]

  private func store() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    try store.ingest([store.write("1.jsonl", WebForm.lines([WebForm(id: "R-1", content: "花溪路口的路灯坏了半个月")]))])
    return store
  }

  private func run(
    _ store: StoreUnderTest, _ words: [String], _ environment: [String: String] = allowed
  ) throws -> CommandRun {
    try CommandRun.of(store.arguments(["outbox"] + words), environment: environment)
  }

  private func json(
    _ store: StoreUnderTest, _ words: [String], _ environment: [String: String] = allowed, exit: Int32 = 0,
    at location: SourceLocation = #_sourceLocation
  ) throws -> JSONValue {
    let run = try run(store, words + ["--json"], environment)
    #expect(run.ending == .exited(exit), "\(run.errors)", sourceLocation: location)
    return try JSONValue(run.standardOutput)
  }

  /// In so many seconds from now, as `--at` wants it.
  private func later(_ seconds: Double) -> String {
    ISO8601DateFormatter().string(from: Date().addingTimeInterval(seconds))
  }

  /// HMAC-SHA-256 (RFC 2104) by the tests' own digest, in base64.
  private func code(_ key: Data, _ text: String) throws -> String {
    func digest(_ pad: UInt8, _ data: Data) -> Data {
      let block = key + Data(repeating: 0, count: 64 - key.count)
      let digits = Array(SHA256Digest.hexadecimal(of: Data(block.map { $0 ^ pad }) + data))
      return Data(stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...($0 + 1)]), radix: 16) ?? 0 })
    }
    return digest(0x5C, digest(0x36, Data(text.utf8))).base64EncodedString()
  }

  // MARK: Webhooks

  @Test func aWebhookIsToldAndCanTellItIsUs() throws {
    let store = try store()
    let listener = try WebhookListener()
    let added = try json(store, ["add-webhook", listener.url + "/t0ken?key=abc", "--kinds", "case.*", "digest.published"])
    let secret = try #require(added["secret"].text)
    #expect(secret.hasPrefix("whsec_"))
    _ = try json(store, ["test", "1"])
    let sent = try json(store, ["send"])
    #expect(sent["sent"].int == 1)
    let got = try #require(listener.requests.first)
    #expect(got.path == "/t0ken?key=abc")
    #expect(got.headers["content-type"] == "application/json")
    let body = try JSONValue(Data(got.body.utf8))
    #expect(body["type"].text == "outbox.test")
    #expect(body["timestamp"].text?.hasSuffix("+08:00") == true)
    let id = try #require(got.headers["webhook-id"])
    let time = try #require(got.headers["webhook-timestamp"])
    let key = try #require(Data(base64Encoded: String(secret.dropFirst(6))))
    #expect(got.headers["webhook-signature"] == "v1," + (try code(key, "\(id).\(time).\(got.body)")))
    let listed = try json(store, ["list"])["messages"][0]
    #expect(listed["webhook_id"].text == id)
    #expect(listed["state"].text == "sent")
    #expect(listed["deliveries"][0]["status"].int == 204)
    // Sent is sent.
    #expect(try json(store, ["send"])["sent"].int == 0)
    #expect(listener.requests.count == 1)
    try store.isSound()
  }

  @Test func secretsAreShownOnceAndWrittenNowhere() throws {
    let store = try store()
    let added = try run(store, ["add-webhook", "https://hooks.example.com/t0ken?key=abc"])
    let secret = try #require(added.output.split(separator: "\n").first.map(String.init))
    #expect(secret.hasPrefix("whsec_"))
    let renewed = try run(store, ["renew", "1"]).output.split(separator: "\n").first.map(String.init)
    #expect(renewed?.hasPrefix("whsec_") == true && renewed != secret)
    let bytes = try store.bytes()
    for text in [secret, renewed ?? ""] { #expect(bytes.range(of: Data(text.utf8)) == nil) }
    for words in [["receivers"], ["receivers", "--json"], ["list"], ["list", "--json"]] {
      let shown = try run(store, words).output
      #expect(!shown.contains("whsec_") && !shown.contains("t0ken") && !shown.contains("abc"))
    }
    #expect(try run(store, ["receivers"]).output.contains("https://hooks.example.com"))
  }

  @Test func failsIsTriedAgainAndArrives() throws {
    let store = try store()
    let listener = try WebhookListener { WebhookListener.answer($0 == 0 ? 500 : 200) }
    _ = try json(store, ["add-webhook", listener.url])
    _ = try json(store, ["test", "1"])
    let failed = try json(store, ["send"], exit: 1)
    #expect(failed["failed"].int == 1)
    let waiting = try json(store, ["list", "--waiting"])["messages"][0]["deliveries"][0]
    #expect(waiting["fault"].text == "status")
    #expect(waiting["status"].int == 500)
    #expect(waiting["attempts"].int == 1)
    #expect(try json(store, ["send", "--at", later(400)])["sent"].int == 1)
    #expect(listener.requests.count == 2)
    #expect(Set(listener.requests.map { $0.headers["webhook-id"] }).count == 1)
    #expect(Set(listener.requests.map { $0.headers["webhook-signature"] }).count == 2)
    try store.isSound()
  }

  @Test func aFailingReceiverStopsNobody() throws {
    let store = try store()
    let broken = try WebhookListener { _ in nil }
    let good = try WebhookListener()
    for listener in [broken, good] { _ = try json(store, ["add-webhook", listener.url]) }
    for _ in 0..<3 { for id in ["1", "2"] { _ = try json(store, ["test", id]) } }
    let sent = try json(store, ["send"], exit: 1)
    #expect(sent["sent"].int == 3)
    #expect(sent["failed"].int == 1)
    #expect(good.requests.count == 3)
    #expect(broken.requests.count == 1)
    #expect(try run(store, ["receivers"]).output.contains("连续失败 1 次"))
  }

  @Test func whatIsGivenUpIsListedAndCanBeAskedFor() throws {
    let store = try store()
    let listener = try WebhookListener { WebhookListener.answer($0 < 10 ? 400 : 204) }
    _ = try json(store, ["add-webhook", listener.url])
    _ = try json(store, ["test", "1"])
    for day in 0..<10 { _ = try json(store, ["send", "--at", later(Double(day) * 90_000 + 1)], exit: 1) }
    #expect(try json(store, ["send", "--at", later(2_000_000)])["failed"].int == 0)
    let failed = try json(store, ["list", "--failed"])["messages"].list
    #expect(failed.count == 1)
    #expect(failed[0]["deliveries"][0]["attempts"].int == 10)
    #expect(try run(store, ["list", "--failed"]).output.contains("没有接受"))
    #expect(try json(store, ["retry", "1"])["retried"].int == 1)
    #expect(try json(store, ["send"])["sent"].int == 1)
    #expect(try run(store, ["retry", "1"]).ending == .exited(1))
    #expect(try json(store, ["retry"])["retried"].int == 0)
    #expect(try json(store, ["retry", "1", "--again"])["retried"].int == 1)
    #expect(try json(store, ["send"])["sent"].int == 1)
    #expect(Set(listener.requests.map { $0.headers["webhook-id"] }).count == 1)
    try store.isSound()
  }

  @Test func goneIsGone() throws {
    let store = try store()
    let listener = try WebhookListener(status: 410)
    _ = try json(store, ["add-webhook", listener.url])
    _ = try json(store, ["test", "1"])
    #expect(try json(store, ["send"], exit: 1)["given_up"].int == 1)
    #expect(try json(store, ["receivers"])["receivers"][0]["ending"].text == "gone")
    #expect(try run(store, ["test", "1"]).ending == .exited(1))
  }

  @Test func aRemovedReceiverHearsNothing() throws {
    let store = try store()
    let listener = try WebhookListener()
    _ = try json(store, ["add-webhook", listener.url])
    _ = try json(store, ["test", "1"])
    #expect(try run(store, ["remove", "1"]).ending == .exited(0))
    #expect(try json(store, ["send"])["sent"].int == 0)
    #expect(listener.requests.isEmpty)
    #expect(try json(store, ["receivers"])["receivers"].list.isEmpty)
    #expect(try json(store, ["receivers", "--all"])["receivers"][0]["address"].text == "")
    let again = try run(store, ["remove", "1"])
    #expect(again.ending == .exited(1))
    #expect(again.errors.contains("没有接收方 1"))
    try store.isSound()
  }

  // MARK: Where nothing goes

  @Test(arguments: [
    "http://example.com/", "https://127.0.0.1/", "https://2130706433/", "https://[::1]/", "https://10.1.2.3/",
    "https://user:word@example.com/", "ftp://example.com/", "example.com", "https://169.254.169.254/latest/meta-data/",
  ]) func refusesAnAddress(_ url: String) throws {
    let store = try store()
    for (language, word) in [("zh", "。"), ("en", ".")] {
      let run = try run(store, ["add-webhook", url, "--language", language], [:])
      #expect(run.ending == .exited(2))
      #expect(run.errors.contains(word))
      #expect(!run.errors.contains("word@"))
    }
    #expect(try json(store, ["receivers"])["receivers"].list.isEmpty)
  }

  /// What was allowed when the receiver was added is looked at again when it is called, by a name as well.
  @Test func refusesAtTheLastMoment() throws {
    let store = try store()
    let listener = try WebhookListener()
    for host in ["127.0.0.1", "localhost"] {
      _ = try json(store, ["add-webhook", "http://\(host):\(listener.port)/"])
    }
    for id in ["1", "2"] { _ = try json(store, ["test", id]) }
    #expect(try json(store, ["send"], ["GOLDEN_IDEAS_ALLOW_PLAIN": "1"], exit: 1)["failed"].int == 2)
    #expect(listener.requests.isEmpty)
    let messages = try json(store, ["list"])["messages"].list
    #expect(messages.map { $0["deliveries"][0]["fault"].text } == ["address", "address"])
    #expect(try json(store, ["send", "--at", later(400)], ["GOLDEN_IDEAS_ALLOW_PRIVATE": "1"], exit: 1)["failed"].int == 2)
    #expect(listener.requests.isEmpty)
  }

  @Test func noProxyComesBetween() throws {
    let store = try store()
    let proxy = try WebhookListener()
    let listener = try WebhookListener()
    _ = try json(store, ["add-webhook", listener.url])
    _ = try json(store, ["test", "1"])
    let proxies = ["http_proxy": proxy.url, "all_proxy": proxy.url, "ALL_PROXY": proxy.url]
    #expect(try json(store, ["send"], OutboxCommandTests.allowed.merging(proxies) { $1 })["sent"].int == 1)
    #expect(proxy.requests.isEmpty)
    #expect(listener.requests.count == 1)
  }

  // MARK: Letters

  private func mail(_ box: LetterBox, _ more: [String: String] = [:]) -> [String: String] {
    [
      "GOLDEN_IDEAS_SMTP": "smtp://sender:p%40ssw0rd@127.0.0.1:\(box.port)",
      "GOLDEN_IDEAS_MAIL_FROM": "金点子 <ideas@example.cn>",
    ].merging(OutboxCommandTests.allowed) { $1 }.merging(more) { $1 }
  }

  @Test func aLetterArrives() throws {
    let store = try store()
    let box = try LetterBox()
    _ = try json(store, ["add-mail", "zhou.min@example.cn"])
    _ = try json(store, ["add-mail", "li@example.cn", "--language", "en"])
    for id in ["1", "2"] { _ = try json(store, ["test", id]) }
    #expect(try json(store, ["send"], mail(box))["sent"].int == 2)
    #expect(Set(box.letters.flatMap(\.to)) == ["zhou.min@example.cn", "li@example.cn"])
    for letter in box.letters {
      #expect(letter.from == "ideas@example.cn")
      let parts = letter.data.components(separatedBy: "\n\n")
      let text = String(decoding: try #require(Data(base64Encoded: parts[1].replacing("\n", with: ""))), as: UTF8.self)
      #expect(text.contains(letter.to == ["li@example.cn"] ? "test message" : "测试消息"))
      #expect(!text.contains("路灯"))
      #expect(parts[0].contains("Message-ID: <msg_"))
    }
  }

  @Test func lettersWaitForAServer() throws {
    let store = try store()
    _ = try json(store, ["add-mail", "zhou.min@example.cn"])
    _ = try json(store, ["test", "1"])
    #expect(try json(store, ["send"], exit: 1)["withheld"].int == 1)
    #expect(try run(store, ["send"]).errors.contains("GOLDEN_IDEAS_SMTP"))
    let box = try LetterBox()
    #expect(try json(store, ["send"], mail(box))["sent"].int == 1)
    #expect(box.letters.count == 1)
  }

  @Test func aRefusedMailboxIsNotTriedAgain() throws {
    let store = try store()
    let box = try LetterBox { $0.hasPrefix("RCPT TO:<nobody") ? "550 nobody of that name" : nil }
    for name in ["nobody", "somebody"] { _ = try json(store, ["add-mail", name + "@example.cn"]) }
    for id in ["1", "2"] { _ = try json(store, ["test", id]) }
    let sent = try json(store, ["send"], mail(box), exit: 1)
    #expect(sent["sent"].int == 1)
    #expect(sent["given_up"].int == 1)
    #expect(try json(store, ["list", "--failed"])["messages"][0]["deliveries"][0]["fault"].text == "mailbox")
    #expect(box.letters.count == 1)
  }

  @Test func passwordsAreTold() throws {
    let store = try store()
    let box = try LetterBox()
    let file = try store.write("smtp", "smtp://sender:p%40ssw0rd@127.0.0.1:\(box.port)\n")
    _ = try json(store, ["add-mail", "zhou.min@example.cn"])
    _ = try json(store, ["test", "1"])
    // To the server, and to nobody else.
    #expect(try json(store, ["send"], mail(box, ["GOLDEN_IDEAS_SMTP": "@" + file]))["sent"].int == 1)
    let login = Data("\0sender\0p@ssw0rd".utf8).base64EncodedString()
    #expect(box.commands.contains { $0.hasPrefix("AUTH PLAIN") } && box.commands.contains { $0.hasSuffix(login) })
    let plain = mail(box, ["GOLDEN_IDEAS_ALLOW_PLAIN": ""])
    _ = try json(store, ["test", "1"])
    let refused = try run(store, ["send"], plain)
    #expect(refused.ending == .exited(1))
    #expect(try json(store, ["list", "--waiting"])["messages"][0]["deliveries"][0]["fault"].text == "security")
    let wrong = try run(store, ["send"], mail(box, ["GOLDEN_IDEAS_SMTP": "imap://sender:p%40ssw0rd@example.cn"]))
    #expect(wrong.ending == .exited(2))
    let config = try CommandRun.of(store.arguments(["config"]), environment: mail(box))
    #expect(config.output.contains("GOLDEN_IDEAS_SMTP"))
    for text in [refused.output, refused.errors, wrong.errors, config.output] { #expect(!text.contains("ssw0rd")) }
  }

  @Test func saysWhatItWants() throws {
    let store = try store()
    #expect(try run(store, ["add-mail", "周敏"]).ending == .exited(2))
    #expect(try run(store, ["add-mail", "a@b.cn", "--kinds", "派单"]).ending == .exited(2))
    #expect(try run(store, ["add-mail", "a@b.cn", "--unit", "9999"]).ending == .exited(2))
    #expect(try run(store, ["send"], ["GOLDEN_IDEAS_SMTP": "smtp://h", "GOLDEN_IDEAS_MAIL_FROM": "x"]).ending == .exited(2))
    #expect(try run(store, ["retry", "--again"]).ending == .exited(2))
    #expect(try run(store, []).output.contains("发件箱里没有"))
    #expect(try run(store, ["receivers"]).output.contains("还没有接收方"))
  }
}
