internal import Crypto
internal import Foundation
internal import Suggestions

/// The secret a webhook's receiver knows its sender by: 24 to 64 bytes, written `whsec_` and base64.
package struct WebhookSecret: Sendable, Hashable {
  private let bytes: [UInt8]

  package init?(_ bytes: [UInt8]) {
    guard (24...64).contains(bytes.count) else { return nil }
    self.bytes = bytes
  }

  package init?(text: String) {
    guard text.hasPrefix("whsec_"), let data = Data(base64Encoded: String(text.dropFirst(6))) else { return nil }
    self.init(Array(data))
  }

  /// For the receiver, once; never for a log.
  package var text: String { "whsec_" + Data(bytes).base64EncodedString() }

  /// `v1,` and the base64 of the HMAC-SHA-256 over id, time and body with full stops between.
  func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
    var code = HMAC<SHA256>(key: SymmetricKey(data: bytes))
    code.update(data: Array("\(id).\(timestamp).".utf8))
    code.update(data: body)
    return "v1," + Data(code.finalize()).base64EncodedString()
  }
}

/// One message to one webhook, signed as Standard Webhooks 1.0 has it (standardwebhooks.com). A message keeps its id
/// however often it is sent, so that a receiver that gets it twice can tell.
package struct WebhookRequest: Sendable {
  package let address: WebhookAddress
  package let headers: [(name: String, value: String)]
  package let body: [UInt8]

  /// - Parameters:
  ///   - id: of ASCII letters, digits, `_` and `-`; nil for any other, as a full stop in it would move what is signed.
  ///   - timestamp: of this attempt, seconds since 1970.
  ///   - secrets: the one in force, then the one before it while receivers change over.
  package init?(
    to address: WebhookAddress, id: String, timestamp: Int64, body: [UInt8], secrets: [WebhookSecret]
  ) {
    let isPlain = id.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F || $0 == 0x2D
    }
    guard isPlain, !id.isEmpty, !secrets.isEmpty else { return nil }
    self.address = address
    self.body = body
    headers = [
      ("Content-Type", "application/json"), ("webhook-id", id), ("webhook-timestamp", String(timestamp)),
      (
        "webhook-signature",
        secrets.map { $0.signature(id: id, timestamp: timestamp, body: body) }.joined(separator: " ")
      ),
    ]
  }

  /// The body: what happened, when, its number in the history, by which receivers put messages in order, the case, and
  /// its data.
  ///
  /// - Parameters:
  ///   - subject: number of the case; 0 for none.
  ///   - data: a JSON object, which goes in as it is.
  package static func body(
    kind: String, timestamp: String, sequence: Int, subject: Int, data: String
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.object {
      $0.field("type", kind)
      $0.field("timestamp", timestamp)
      $0.field("sequence", sequence)
      if subject > 0 { $0.field("suggestion", subject) }
    }
    return Array(writer.bytes.dropLast()) + Array(",\"data\":\(data)}".utf8)
  }
}
