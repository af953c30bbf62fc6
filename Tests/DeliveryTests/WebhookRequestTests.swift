import Delivery
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Webhooks as Standard Webhooks 1.0 has them.
struct WebhookRequestTests {
  static let address = "https://example.com/hook"

  private func request(
    id: String = "msg_p5jXN8AQM9LWM0D4loKWxJek", body: String = "{\"test\": 2432232314}", secrets: [WebhookSecret]
  ) throws -> WebhookRequest? {
    WebhookRequest(
      to: try WebhookAddress(WebhookRequestTests.address, under: AddressRule()), id: id, timestamp: 1_614_265_330,
      body: Array(body.utf8), secrets: secrets)
  }

  private func header(_ name: String, of request: WebhookRequest) -> String? {
    request.headers.first { $0.name == name }?.value
  }

  /// The example in the reference libraries' own tests (github.com/standard-webhooks/standard-webhooks).
  @Test func signsThePublishedExample() throws {
    let secret = try #require(WebhookSecret(text: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    let made = try #require(try request(secrets: [secret]))
    #expect(header("webhook-id", of: made) == "msg_p5jXN8AQM9LWM0D4loKWxJek")
    #expect(header("webhook-timestamp", of: made) == "1614265330")
    #expect(header("webhook-signature", of: made) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    #expect(secret.text == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
  }

  @Test func signsWithBothSecretsWhileOneIsChanged() throws {
    let old = try #require(WebhookSecret(text: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    let new = try #require(WebhookSecret([UInt8](repeating: 7, count: 32)))
    let made = try #require(try request(secrets: [new, old]))
    let signatures = header("webhook-signature", of: made)?.split(separator: " ")
    #expect(signatures?.count == 2)
    #expect(signatures?.last == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    #expect(signatures?.first != signatures?.last)
  }

  @Test func signsEachPart() throws {
    let secret = try #require(WebhookSecret([UInt8](repeating: 7, count: 32)))
    let made = [
      try request(secrets: [secret]), try request(id: "msg_other", secrets: [secret]),
      try request(body: "{}", secrets: [secret]),
    ].map { $0.flatMap { header("webhook-signature", of: $0) } }
    #expect(Set(made).count == 3)
  }

  @Test(arguments: ["", "msg.1", "msg 1", "msg\r\nX-Evil: 1", "消息"]) func identifiersMoveNothing(_ id: String) throws {
    let secret = try #require(WebhookSecret([UInt8](repeating: 7, count: 32)))
    #expect(try request(id: id, secrets: [secret]) == nil)
  }

  @Test func refusesSecretsThatAreNone() {
    #expect(WebhookSecret([UInt8](repeating: 1, count: 23)) == nil)
    #expect(WebhookSecret([UInt8](repeating: 1, count: 65)) == nil)
    #expect(WebhookSecret(text: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") == nil)
    #expect(WebhookSecret(text: "whsec_!") == nil)
  }

  @Test func theBodySaysWhatAndWhenAndInWhichOrder() throws {
    let body = WebhookRequest.body(
      kind: "case.dispatch", timestamp: "2026-03-02T09:30:00+08:00", sequence: 17, subject: 3,
      data: #"{"due":5}"#)
    let value = try JSONValue(Data(body))
    #expect(value["type"].text == "case.dispatch")
    #expect(value["timestamp"].text == "2026-03-02T09:30:00+08:00")
    #expect(value["sequence"].int == 17)
    #expect(value["suggestion"].int == 3)
    #expect(value["data"]["due"].int == 5)
  }
}
