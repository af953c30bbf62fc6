internal import Crypto
internal import Foundation
internal import Suggestions

/// Changes to who is told. Addresses and secrets are in no event: some addresses are as good as a password.
extension SuggestionStore {
  package func receivers() throws(StoreFault) -> [Receiver] {
    try read { session throws(StoreFault) in try Receiver.all(session) }
  }

  /// The same, unless there is one that gets the same in the same way: nobody is told everything twice because a form
  /// was sent twice.
  ///
  /// - Returns: its number; the one of before where it was added moments ago, as by the first of two clicks.
  package func addReceiverOnce(
    _ receiver: Receiver, by act: StaffAct
  ) throws(StoreFault) -> Result<Int, ReceiverRefusal> {
    try write { session throws(StoreFault) in
      let same = try Receiver.all(session).first { $0.ending == nil && $0.tellsTheSame(as: receiver) }
      if let same {
        return act.at - same.addedAt < ReceiverRefusal.moments ? .success(same.id) : .failure(.exists(same.id))
      }
      return .success(try add(receiver, by: act, session))
    }
  }

  /// - Returns: its number, by which it is removed.
  package func addReceiver(_ receiver: Receiver, by act: StaffAct) throws(StoreFault) -> Int {
    try write { session throws(StoreFault) in try add(receiver, by: act, session) }
  }

  private func add(_ receiver: Receiver, by act: StaffAct, _ session: any SQLSession) throws(StoreFault) -> Int {
    var added = receiver
    added.id = Int(try session.integer("SELECT coalesce(max(id), 0) + 1 FROM receiver"))
    try session.execute(
      """
      INSERT INTO receiver (id, medium, address, kinds, unit, sensitive, language, added_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .integer(added.id), .integer(added.medium.rawValue), .text(added.address),
        .text(added.kinds.joined(separator: " ")), added.unit.map(SQLValue.text) ?? .null,
        .integer(added.isSensitive ? 1 : 0), .text(added.language), .integer(act.at),
      ])
    try History.append(.of(added, "receiver.add", act), to: session)
    return added.id
  }

  /// Nothing more goes to it; what waited for it is cancelled.
  ///
  /// - Returns: false when there is no such receiver, or not any more.
  package func removeReceiver(_ id: Int, by act: StaffAct) throws(StoreFault) -> Bool {
    try write { session throws(StoreFault) in
      guard let receiver = try Receiver.of(id, session), receiver.ending != .removed else { return false }
      try session.execute(
        """
        UPDATE receiver SET address = '', ending = $2, ended_at = coalesce(ended_at, $3) WHERE id = $1
        """, [.integer(id), .integer(Receiver.Ending.removed.rawValue), .integer(act.at)])
      try Outbox.settle(receiver: id, as: .cancelled, fault: nil, at: act.at, session)
      try History.append(.of(receiver, "receiver.remove", act), to: session)
      return true
    }
  }

  /// Gives a webhook another secret. For a day the one before signs as well.
  ///
  /// - Parameter seen: generation of the secret that was in force when it was asked for; where it is in force no
  ///   longer, somebody has renewed it since and nothing is done. Nil to renew whatever is in force.
  /// - Returns: false when it is no webhook, or gone.
  package func renewSecret(of id: Int, seen: Int? = nil, by act: StaffAct) throws(StoreFault) -> Bool {
    try write { session throws(StoreFault) in
      guard let receiver = try Receiver.of(id, session), receiver.ending == nil, receiver.medium == .webhook else {
        return false
      }
      guard seen == nil || seen == receiver.generation else { return true }
      try session.execute(
        "UPDATE receiver SET generation = generation + 1, renewed_at = $2 WHERE id = $1",
        [.integer(id), .integer(act.at)])
      try History.append(.of(receiver, "receiver.renew", act), to: session)
      return true
    }
  }

  /// Puts a message in line that tells of nothing but itself, for one receiver alone.
  ///
  /// - Returns: false when there is no such receiver, or not any more.
  package func testReceiver(_ id: Int, by act: StaffAct) throws(StoreFault) -> Bool {
    try write { session throws(StoreFault) in
      guard let receiver = try Receiver.of(id, session), receiver.ending == nil else { return false }
      let event = try History.next(session)
      try History.append(.of(receiver, "receiver.test", act), to: session)
      try session.execute("UPDATE receiver SET held_until = 0 WHERE id = $1", [.integer(id)])
      try Outbox.put(
        OutboxMessage(event: event, kind: "outbox.test", subject: 0, notBefore: act.at, payload: "{}"),
        for: [receiver], session)
      return true
    }
  }

  /// The 32 bytes a webhook's messages are signed with: the secret in force, and for a day the one before.
  ///
  /// Derived from the store's key, which is in a file of its own: no secret is in the database or in its backups.
  package func secrets(of receiver: Receiver, at moment: Int64) throws(StoreFault) -> [[UInt8]] {
    var generations = [receiver.generation]
    if receiver.generation > 1, let renewed = receiver.renewedAt, moment < renewed + Outbox.secretOverlap {
      generations.append(receiver.generation - 1)
    }
    var secrets: [[UInt8]] = []
    for generation in generations {
      let purpose = "webhook \(receiver.id) secret \(generation)"
      secrets.append(Array(HMAC<SHA256>.authenticationCode(for: Data(purpose.utf8), using: try keys.key(0))))
    }
    return secrets
  }
}

extension History.Event {
  /// What was done to a receiver.
  fileprivate static func of(_ receiver: Receiver, _ action: String, _ act: StaffAct) -> History.Event {
    var payload = JSONWriter()
    payload.object {
      $0.field("receiver", receiver.id)
      $0.field("medium", receiver.medium.code)
      $0.array("kinds") { kinds in for kind in receiver.kinds { kinds.field(nil, kind) } }
      $0.field("unit", receiver.unit)
      $0.field("sensitive", receiver.isSensitive)
      $0.field("reason", act.reason)
    }
    return History.Event(at: act.at, actor: act.actor, action: action, subject: receiver.id, payload: payload.text)
  }
}
