internal import Crypto
internal import Suggestions

/// The append-only history: each event carries the hash of the one before it over a salted digest of its payload, so
/// that an edit, a swap or a removal inside is noticed and an erased payload leaves the chain valid.
package enum History {
  package struct Event: Sendable {
    package var at: Int64
    package var actor: String
    package var action: String
    package var subject: Int
    /// JSON.
    package var payload: String

    package init(at: Int64, actor: String, action: String, subject: Int, payload: String) {
      self.at = at
      self.actor = actor
      self.action = action
      self.subject = subject
      self.payload = payload
    }
  }

  /// Appends inside the caller's transaction.
  package static func append(_ event: Event, to session: any SQLSession) throws(StoreFault) {
    let last = try session.first("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1") {
      (Int($0.integer(0)), $0.bytes(1))
    }
    let sequence = (last?.0 ?? 0) + 1
    let previous = last?.1 ?? genesis
    var generator = SystemRandomNumberGenerator()
    let salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let hash = link(event, sequence: sequence, digest: digest(of: event.payload, salt: salt), previous: previous)
    try session.execute(
      """
      INSERT INTO event (seq, at, actor, action, subject, payload, salt, previous, hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """,
      [
        .integer(sequence), .integer(event.at), .text(event.actor), .text(event.action), .integer(event.subject),
        .text(event.payload), .bytes(salt), .bytes(previous), .bytes(hash),
      ])
  }

  /// The number the next event gets, inside the caller's transaction.
  package static func next(_ session: any SQLSession) throws(StoreFault) -> Int {
    Int(try session.integer("SELECT coalesce(max(seq), 0) + 1 FROM event"))
  }

  static let genesis = [UInt8](repeating: 0, count: 32)

  /// What the chain knows of a payload.
  static func digest(of payload: String, salt: [UInt8]) -> [UInt8] {
    var hasher = SHA256()
    hasher.update(data: salt)
    hasher.update(data: Array(payload.utf8))
    return Array(hasher.finalize())
  }

  static func link(_ event: Event, sequence: Int, digest: [UInt8], previous: [UInt8]) -> [UInt8] {
    var packed = PackedWriter()
    for text in ["golden-ideas event 1", event.actor, event.action] {
      Array(text.utf8).withUnsafeBufferPointer { packed.text($0) }
    }
    for number in [sequence, Int(event.at), event.subject] { packed.number(number) }
    var hasher = SHA256()
    hasher.update(data: packed.bytes)
    hasher.update(data: digest)
    hasher.update(data: previous)
    return Array(hasher.finalize())
  }

  /// The first event that does not follow from the one before it, or of whose payload something else is left than the
  /// event of its erasure says; nil when the chain holds.
  static func firstBrokenLink(_ session: any SQLSession) throws(StoreFault) -> Int? {
    var previous = genesis
    var expected = 1
    var broken: Int?
    var left: [Int: String] = [:]
    var told: [Int: String] = [:]
    try session.each(
      "SELECT seq, at, actor, action, subject, payload, salt, previous, hash, digest FROM event ORDER BY seq", []
    ) { row in
      guard broken == nil else { return }
      let sequence = Int(row.integer(0))
      let event = Event(
        at: row.integer(1), actor: row.text(2), action: row.text(3), subject: Int(row.integer(4)), payload: row.text(5))
      var digest = row.bytes(9)
      if digest.isEmpty {
        digest = History.digest(of: event.payload, salt: row.bytes(6))
      } else {
        left[sequence] = ErasureRecord.digest(of: event.payload)
      }
      let hash = link(event, sequence: sequence, digest: digest, previous: previous)
      if sequence != expected || row.bytes(7) != previous || row.bytes(8) != hash { broken = expected }
      if event.action == ErasureRecord.action, let record = ErasureRecord(event.payload) {
        for event in record.events { told[event.seq] = event.left }
      }
      previous = row.bytes(8)
      expected += 1
    }
    let changed = Set(left.keys).union(told.keys).filter { left[$0] != told[$0] }.min()
    return [broken, changed].compactMap(\.self).min()
  }
}
