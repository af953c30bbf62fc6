internal import Casework
internal import Crypto
internal import Suggestions

/// The payload of the event that tells of an application of the retention rule.
struct RetentionRecord {
  static let action = "retention"

  var originals = 0
  /// Set-aside records.
  var setAside = 0
  var messages = 0
  var sessions = 0
  /// Digest over the emptied seals, in hexadecimal digits.
  var seals = ""
  /// What it was done by.
  var policy: RetentionPolicy?
  /// Done in another copy of the store, and once more in this one.
  var isReplay = false

  func payload(_ reason: String) -> String {
    var writer = JSONWriter()
    writer.object { root in
      root.field("originals", originals)
      root.field("set_aside", setAside)
      root.field("messages", messages)
      root.field("sessions", sessions)
      root.field("seals", seals)
      if let policy {
        for state in RetentionPolicy.states {
          if let days = policy.originals[state] { root.field("kept_" + state.code, days) }
        }
        if let days = policy.quarantine { root.field("kept_set_aside", days) }
        root.array("exempt") { list in
          for exemption in RetentionPolicy.Exemption.allCases where policy.exempt.contains(exemption) {
            list.field(nil, exemption.code)
          }
        }
      }
      if isReplay { root.field("purpose", "restore") }
      root.field("reason", reason)
    }
    return writer.text
  }

  /// Over the seals, which are in order.
  static func digest(of seals: [Int]) -> String {
    var packed = PackedWriter()
    for seal in seals { packed.number(seal) }
    return Hexadecimal.text(SHA256.hash(data: packed.bytes))
  }
}
