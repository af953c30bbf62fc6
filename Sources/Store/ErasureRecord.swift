internal import Crypto
internal import Foundation
internal import Suggestions

/// The payload of the event that tells of an erasure. It holds what the erased rows must agree with from then on.
struct ErasureRecord: Codable {
  static let action = HistoryAction.erase.rawValue

  struct Event: Codable {
    var seq: Int
    /// Digest of what is left of its payload, in hexadecimal digits.
    var left: String
  }

  /// Digest over the submission's tombstone, in hexadecimal digits.
  var tombstone: String
  /// How many versions there were.
  var versions: Int
  /// Numbers of the set-aside records it came from.
  var records: [Int]
  var events: [Event]
  var reason: String

  init(tombstone: String, versions: Int, records: [Int], events: [Event], reason: String) {
    self.tombstone = tombstone
    self.versions = versions
    self.records = records
    self.events = events
    self.reason = reason
  }

  init?(_ payload: String) {
    guard let record = try? JSONDecoder().decode(ErasureRecord.self, from: Data(payload.utf8)) else { return nil }
    self = record
  }

  var payload: String {
    var writer = JSONWriter()
    writer.object { root in
      root.field("tombstone", tombstone)
      root.field("versions", versions)
      root.array("records") { list in for record in records { list.field(nil, record) } }
      root.array("events") { list in
        for event in events {
          list.object {
            $0.field("seq", event.seq)
            $0.field("left", event.left)
          }
        }
      }
      root.field("reason", reason)
    }
    return writer.text
  }

  static func digest(of payload: String) -> String { Hexadecimal.text(SHA256.hash(data: Array(payload.utf8))) }

  /// Over what stays of a submission: its number, its mark, and its versions in the order of their seals.
  static func tombstone(_ number: Int, mark: [UInt8], versions: [(seal: Int, digest: [UInt8])]) -> String {
    var packed = PackedWriter()
    packed.number(number)
    mark.withUnsafeBufferPointer { packed.text($0) }
    for version in versions.sorted(by: { $0.seal < $1.seal }) {
      packed.number(version.seal)
      version.digest.withUnsafeBufferPointer { packed.text($0) }
    }
    return Hexadecimal.text(SHA256.hash(data: packed.bytes))
  }
}

/// What is left of an event when its texts are erased: who did what and when, between which states, and what was named by
/// a number or a code of the rule book. A case whose texts are gone still folds to the state it is in.
enum PayloadErasing {
  /// Values a program wrote, never a person. What is not listed is erased: a key that is new is safe before it is known.
  static let kept: Set<String> = [
    "number", "role", "unit", "before", "after", "given", "rejection", "owner", "handler", "assistants", "outcome",
    "target", "extra", "until", "solved", "satisfied", "score", "kind", "topic", "lead", "regions", "urgency", "priority",
    "undoes", "parts", "into", "from", "of", "seal", "decided", "tier", "submission", "purpose", "order",
  ]

  /// JSON with its keys in order; empty where the payload is no object.
  static func left(of payload: String) -> String {
    guard let object = try? JSONSerialization.jsonObject(with: Data(payload.utf8)) as? [String: Any],
      let data = try? JSONSerialization.data(
        withJSONObject: object.filter { kept.contains($0.key) }, options: [.sortedKeys, .withoutEscapingSlashes])
    else { return "" }
    return String(decoding: data, as: UTF8.self)
  }
}
