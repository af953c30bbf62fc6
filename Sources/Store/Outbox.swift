internal import Suggestions

/// Something people outside are to be told, and when at the earliest.
package struct OutboxMessage: Sendable, Hashable {
  /// Number of the event in the history it tells of; 0 where none was written, as for a letter alone.
  package var event: Int
  /// A stable code, such as `case.dispatch`.
  package var kind: String
  /// The suggestion it is about; 0 for none.
  package var subject: Int
  /// Seconds since 1970; until then it can be cancelled without anybody having seen it.
  package var notBefore: Int64
  /// A JSON object of numbers, codes and times. Receivers who may know more fetch it.
  package var payload: String
  /// The unit that is spoken to, as `0501` or `0501@430702`: receivers of a unit's own get nothing else.
  package var unit: String?

  package init(event: Int, kind: String, subject: Int, notBefore: Int64, payload: String, unit: String? = nil) {
    self.event = event
    self.kind = kind
    self.subject = subject
    self.notBefore = notBefore
    self.payload = payload
    self.unit = unit
  }
}

/// What waits to be told outside, written together with what it tells of: when that is kept, so is the message, and
/// when it is taken back, neither is there.
///
/// A message reaches each receiver at least once. Between its being handed over and that being written down a process
/// may die; then it is handed over again, under the same identifier, by which a receiver tells that it has it
/// already.
package enum Outbox {
  /// Bytes of a payload.
  static let payloadLimit = 4_096

  /// Puts a message in line for everybody who wants its kind now. Where nobody does, nothing is written.
  ///
  /// A payload that is no object of ASCII is left out, and the message says which case and no more: a citizen's words
  /// must not leave this way, and hardly any of theirs are ASCII; nor may a message keep an act from being done.
  package static func add(_ message: OutboxMessage, to session: any SQLSession) throws(StoreFault) {
    var message = message
    if !isCodes(message.payload) { message.payload = "{}" }
    let isSensitive = try self.isSensitive(message.subject, session)
    let told = try told(message, session)
    let receivers = try Receiver.all(session).filter {
      $0.wants(message, isSensitive: isSensitive) && !told.contains($0.id)
    }
    try put(message, for: receivers, session)
  }

  /// Who is told of the event already: an order to three units is three messages, and one for whoever hears of all.
  private static func told(_ message: OutboxMessage, _ session: any SQLSession) throws(StoreFault) -> Set<Int> {
    guard message.event != 0 else { return [] }
    return Set(
      try session.all(
        "SELECT d.receiver FROM outbox o JOIN delivery d ON d.outbox = o.id WHERE o.event = $1 AND o.kind = $2",
        [.integer(message.event), .text(message.kind)]
      ) { Int($0.integer(0)) })
  }

  private static func isCodes(_ payload: String) -> Bool {
    let bytes = payload.utf8
    return bytes.first == UInt8(ascii: "{") && bytes.last == UInt8(ascii: "}") && bytes.count > 1
      && bytes.count <= payloadLimit && bytes.allSatisfy { (0x20...0x7E).contains($0) }
  }

  static func put(_ message: OutboxMessage, for receivers: [Receiver], _ session: any SQLSession) throws(StoreFault) {
    guard !receivers.isEmpty else { return }
    let id = Int(try session.integer("SELECT coalesce(max(id), 0) + 1 FROM outbox"))
    try session.execute(
      """
      INSERT INTO outbox (id, event, kind, subject, unit, identifier, payload, not_before, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
      """,
      [
        .integer(id), .integer(message.event), .text(message.kind), .integer(message.subject),
        message.unit.map(SQLValue.text) ?? .null, .text(identifier()), .text(message.payload),
        .integer(message.notBefore),
      ])
    for receiver in receivers {
      try session.execute(
        "INSERT INTO delivery (outbox, receiver, state, next_at) VALUES ($1, $2, 0, $3)",
        [.integer(id), .integer(receiver.id), .integer(message.notBefore)])
    }
  }

  /// Cancels what was to be told of an event and has not been taken by everybody: what has not left stays here, what
  /// failed is not tried again.
  ///
  /// - Returns: how many messages may have reached somebody already, for whom the undoing is news.
  package static func cancel(event: Int, _ session: any SQLSession) throws(StoreFault) -> Int {
    let messages = try session.all("SELECT id FROM outbox WHERE event = $1 ORDER BY id", [.integer(event)]) {
      Int($0.integer(0))
    }
    var gone = 0
    for id in messages {
      let departed = try session.integer("SELECT sum(departed) FROM delivery WHERE outbox = $1", [.integer(id)])
      if departed > 0 { gone += 1 }
      try session.execute(
        "UPDATE delivery SET state = 2, settled_at = next_at WHERE outbox = $1 AND state IN (0, 3)", [.integer(id)])
      try refresh(id, session)
    }
    return gone
  }

  /// Nothing of the sensitive track goes to those who were not let in on it.
  static func isSensitive(_ subject: Int, _ session: any SQLSession) throws(StoreFault) -> Bool {
    guard subject != 0 else { return false }
    return try session.integer("SELECT track FROM suggestion WHERE id = $1", [.integer(subject)])
      == Int64(Track.sensitive.rawValue)
  }

  /// Shows a message as what its deliveries make of it: it waits while one does, has failed when one did, was sent
  /// when one was.
  static func refresh(_ id: Int, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      """
      UPDATE outbox SET state = CASE
        WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.outbox = $1 AND d.state = 0) THEN 0
        WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.outbox = $1 AND d.state = 3) THEN 3
        WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.outbox = $1 AND d.state = 1) THEN 1 ELSE 2 END
      WHERE id = $1
      """, [.integer(id)])
  }

  /// No other message anywhere has it.
  private static func identifier() -> String {
    var generator = SystemRandomNumberGenerator()
    return "msg_" + Hexadecimal.text((0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) })
  }
}
