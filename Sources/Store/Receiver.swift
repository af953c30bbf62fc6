/// Somebody who is told of what happens: a program by webhook, or a reader by e-mail.
package struct Receiver: Sendable, Hashable {
  package enum Medium: Int, CaseIterable, Sendable {
    case webhook, mail

    package var code: String { String(describing: self) }
  }

  package enum Ending: Int, CaseIterable, Sendable {
    case removed
    /// It answered that it wants nothing any more.
    case gone

    package var code: String { String(describing: self) }
  }

  package var id = 0
  package var medium: Medium
  /// Empty once it was removed.
  package var address: String
  /// Kinds of message it wants, `case.*` for all that begin so; all when empty.
  package var kinds: [String]
  /// Set for a unit's own: it gets what is for that unit and nothing else.
  package var unit: String?
  /// Let in on the sensitive track.
  package var isSensitive: Bool
  /// Of the letters.
  package var language: String
  /// Which of its secrets is in force.
  package var generation = 1
  package var renewedAt: Int64?
  /// Failures since the last success, and until when it is left alone after them.
  package var failures = 0
  package var heldUntil: Int64 = 0
  package var addedAt: Int64 = 0
  package var ending: Ending?

  package init(
    medium: Medium, address: String, kinds: [String] = [], unit: String? = nil, isSensitive: Bool = false,
    language: String = "zh"
  ) {
    self.medium = medium
    self.address = address
    self.kinds = kinds
    self.unit = unit
    self.isSensitive = isSensitive
    self.language = language
  }

  /// Whether a kind can be one: words of `a-z 0-9 -` with full stops between; the last may be `*`.
  package static func isKind(_ text: String) -> Bool {
    let words = text.split(separator: ".", omittingEmptySubsequences: false)
    return text.utf8.count <= 64
      && words.enumerated().allSatisfy { index, word in
        if index > 0, index == words.count - 1, word == "*" { return true }
        return !word.isEmpty
          && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
      }
  }

  func wants(_ message: OutboxMessage, isSensitive isHidden: Bool) -> Bool {
    guard ending == nil, isSensitive || !isHidden, unit == nil || unit == message.unit else { return false }
    return kinds.isEmpty
      || kinds.contains { kind in
        kind == message.kind || kind.hasSuffix(".*") && message.kind.hasPrefix(kind.dropLast())
      }
  }

  static func all(_ session: any SQLSession) throws(StoreFault) -> [Receiver] {
    try session.all("SELECT \(columns) FROM receiver r ORDER BY r.id") { Receiver($0) }
  }

  static func of(_ id: Int, _ session: any SQLSession) throws(StoreFault) -> Receiver? {
    try session.first("SELECT \(columns) FROM receiver r WHERE r.id = $1", [.integer(id)]) { Receiver($0) }
  }

  private static let columns = """
    r.id, r.medium, r.address, r.kinds, r.unit, r.sensitive, r.language, r.generation, r.renewed_at, r.failures,
    r.held_until, r.added_at, r.ending
    """

  private init(_ row: any SQLRow) {
    id = Int(row.integer(0))
    medium = Medium(rawValue: Int(row.integer(1))) ?? .webhook
    address = row.text(2)
    kinds = row.text(3).split(separator: " ").map(String.init)
    let named = row.text(4)
    unit = named.isEmpty ? nil : named
    isSensitive = row.integer(5) != 0
    language = row.text(6)
    generation = Int(row.integer(7))
    renewedAt = row.optionalInteger(8)
    failures = Int(row.integer(9))
    heldUntil = row.integer(10)
    addedAt = row.integer(11)
    ending = row.optionalInteger(12).flatMap { Ending(rawValue: Int($0)) }
  }
}

extension Receiver {
  /// Whether both get the same messages in the same way.
  func tellsTheSame(as other: Receiver) -> Bool {
    medium == other.medium && address == other.address && Set(kinds) == Set(other.kinds) && unit == other.unit
      && isSensitive == other.isSensitive && language == other.language
  }
}

package enum ReceiverRefusal: Error, Sendable, Hashable {
  /// There is one that gets the same in the same way; its number.
  case exists(Int)

  /// Seconds in which the same form may come once more, as by two clicks.
  static let moments: Int64 = 60
}
