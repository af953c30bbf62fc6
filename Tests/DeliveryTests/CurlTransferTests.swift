import Delivery
import TestSupport
import Testing

/// Messages handed over for real, to servers on this machine.
struct CurlTransferTests {
  static let open = AddressRule(allowsPrivate: true, allowsPlain: true)

  private func request(_ url: String, rule: AddressRule = open) throws -> WebhookRequest {
    let secret = try #require(WebhookSecret([UInt8](repeating: 7, count: 32)))
    let address = try WebhookAddress(url, under: rule)
    return try #require(
      WebhookRequest(
        to: address, id: "msg_0a", timestamp: 1_772_415_000, body: Array("{\"a\":1}".utf8), secrets: [secret]))
  }

  private let transfer = CurlTransfer(rule: open)

  @Test func handsOver() throws {
    let listener = try WebhookListener()
    let request = try request(listener.url + "/hook?x=1")
    #expect(transfer.post(request) == TransferOutcome(status: 204))
    let got = try #require(listener.requests.first)
    #expect(listener.requests.count == 1)
    #expect(got.path == "/hook?x=1")
    #expect(got.body == "{\"a\":1}")
    for (name, value) in request.headers { #expect(got.headers[name.lowercased()] == value) }
    #expect(got.headers["expect"] == nil)
  }

  @Test func followsNobody() throws {
    let other = try WebhookListener()
    let listener = try WebhookListener(status: 307, headers: "Location: \(other.url)/\r\n")
    #expect(transfer.post(try request(listener.url)) == TransferOutcome(fault: .status, status: 307))
    #expect(other.requests.isEmpty)
  }

  @Test(arguments: [
    (200, nil), (299, nil), (300, .status), (400, .status), (404, .status), (410, .gone), (500, .status),
  ] as [(Int, TransferFault?)])
  func answersMeanWhatTheyMean(_ status: Int, _ fault: TransferFault?) throws {
    let listener = try WebhookListener(status: status)
    let outcome = transfer.post(try request(listener.url))
    #expect(outcome.fault == fault)
    #expect(outcome.status == status)
    #expect(outcome.mayHaveLeft)
    #expect(outcome.isReceiverDown == (status == 500 || status == 410))
    #expect(outcome.isFinal == (status == 410))
  }

  @Test func aPauseAskedForIsTold() throws {
    let listener = try WebhookListener(status: 503, headers: "Retry-After: 120\r\n")
    let outcome = transfer.post(try request(listener.url))
    #expect(outcome.retryAfter == 120)
    #expect(outcome.isReceiverDown)
  }

  @Test func hangingUpIsNoAnswer() throws {
    let listener = try WebhookListener { _ in nil }
    let outcome = transfer.post(try request(listener.url))
    #expect(outcome.fault == .broken)
    #expect(outcome.status == nil)
    // It read the message before.
    #expect(outcome.mayHaveLeft)
  }

  @Test func silenceIsNoAnswer() throws {
    let listener = try WebhookListener { _ in
      LoopbackPause.briefly(seconds: 3)
      return nil
    }
    let outcome = CurlTransfer(rule: CurlTransferTests.open, seconds: 1).post(try request(listener.url))
    #expect(outcome == TransferOutcome(fault: .timeout))
  }

  @Test func aLongAnswerIsNotReadToItsEnd() throws {
    let listener = try WebhookListener { _ in
      "HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n" + String(repeating: "x", count: 8_000_000)
    }
    #expect(transfer.post(try request(listener.url)) == TransferOutcome(status: 200))
  }

  @Test func nobodyThere() throws {
    let listener = try WebhookListener()
    listener.end()
    #expect(transfer.post(try request(listener.url)) == TransferOutcome(fault: .connection, mayHaveLeft: false))
    // No name has a part this long, so that nobody need be asked.
    let host = String(repeating: "x", count: 64) + ".invalid"
    #expect(transfer.post(try request("http://\(host)/")) == TransferOutcome(fault: .host, mayHaveLeft: false))
  }

  /// The address is looked at when the connection is made, whatever it was called before.
  @Test(arguments: ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"])
  func noNameLeadsIntoTheHouse(_ host: String) throws {
    let listener = try WebhookListener()
    // Read under a rule that lets it pass, as a name would that leads elsewhere now.
    let request = try request("http://\(host):\(listener.port)/")
    let outcome = CurlTransfer(rule: AddressRule(allowsPlain: true)).post(request)
    #expect(outcome == TransferOutcome(fault: .address, mayHaveLeft: false))
    #expect(listener.requests.isEmpty)
  }

  @Test func plainIsRefused() throws {
    let listener = try WebhookListener()
    let outcome = CurlTransfer(rule: AddressRule(allowsPrivate: true)).post(try request(listener.url))
    #expect(outcome == TransferOutcome(fault: .settings, mayHaveLeft: false))
    #expect(listener.requests.isEmpty)
  }

  // MARK: Letters

  private func letter() throws -> MailMessage {
    MailMessage(
      from: try #require(MailSender("金点子 <ideas@example.cn>")), to: try #require(MailAddress("zhou@example.cn")),
      subject: "【金点子】派单：事项 3", text: "到期：2026-03-02 09:30\n", id: "msg_0a", date: 1_772_415_000)
  }

  @Test func aLetterArrives() throws {
    let box = try LetterBox()
    let outcome = transfer.mail(try letter(), through: try MailServer("smtp://127.0.0.1:\(box.port)"))
    #expect(outcome.fault == nil)
    let got = try #require(box.letters.first)
    #expect(box.letters.count == 1)
    #expect(got.from == "ideas@example.cn")
    #expect(got.to == ["zhou@example.cn"])
    #expect(got.data == String(decoding: try letter().bytes, as: UTF8.self).replacing("\r\n", with: "\n"))
    #expect(box.commands.first == "EHLO example.cn")
    #expect(!box.commands.contains { $0.hasPrefix("AUTH") })
  }

  @Test func withoutTLSNothingIsSaid() throws {
    let box = try LetterBox()
    let server = try MailServer("smtp://user:word@127.0.0.1:\(box.port)")
    let outcome = CurlTransfer(rule: AddressRule()).mail(try letter(), through: server)
    #expect(outcome == TransferOutcome(fault: .security, status: outcome.status, mayHaveLeft: false))
    #expect(box.letters.isEmpty)
    #expect(!box.commands.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
  }

  @Test func aLoginThatIsRefusedIsOurs() throws {
    let box = try LetterBox { $0.hasPrefix("AUTH") ? "535 unknown" : nil }
    let outcome = transfer.mail(try letter(), through: try MailServer("smtp://user:word@127.0.0.1:\(box.port)"))
    #expect(outcome.fault == .login)
    #expect(!outcome.isFinal)
    #expect(outcome.isReceiverDown)
    #expect(!outcome.mayHaveLeft)
  }

  @Test(arguments: [
    ("RCPT", "550 no such user", TransferFault.mailbox), ("RCPT", "450 try later", .status),
    ("DATA", "554 no", .mailbox), ("MAIL", "421 closing", .status),
  ])
  func whatTheServerSaysOfALetter(_ command: String, _ reply: String, _ fault: TransferFault) throws {
    let box = try LetterBox { $0.hasPrefix(command) ? reply : nil }
    let outcome = transfer.mail(try letter(), through: try MailServer("smtp://127.0.0.1:\(box.port)"))
    #expect(outcome.fault == fault)
    #expect(outcome.status == Int(reply.prefix(3)))
    #expect(outcome.isFinal == (fault == .mailbox))
    #expect(box.letters.isEmpty)
  }
}
