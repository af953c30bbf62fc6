internal import Casework
internal import Crypto
internal import Suggestions

/// What of a store is due by the retention rule, and what is noted when it goes.
struct RetentionRows {
  let session: any SQLSession

  init(_ session: any SQLSession) { self.session = session }

  // MARK: Due

  /// Seals of the originals of cases that ended long enough ago, each version one, the lowest first. A case that can be
  /// reopened keeps them, whatever the rule says; what was merged into a case goes with it.
  func originals(
    _ policy: RetentionPolicy, reopenWindow: Int64, at moment: Int64, limit: Int
  ) throws(StoreFault) -> [Int] {
    var arguments: [SQLValue] = [.integer(limit)]
    let ended = RetentionPolicy.states.compactMap { state -> String? in
      guard let days = policy.originals[state] else { return nil }
      arguments.append(.integer(moment - max(Int64(days) * RetentionPolicy.day, reopenWindow)))
      return "c.state = \(state.rawValue) AND c.acted_at <= $\(arguments.count)"
    }.joined(separator: " OR ")
    guard !ended.isEmpty else { return [] }
    var exempt = ""
    if policy.exempt.contains(.sensitive) { exempt += " AND g.track <> \(Track.sensitive.rawValue)" }
    if policy.exempt.contains(.reopened) {
      exempt += " AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.suggestion = g.id AND f.round > 0)"
    }
    return try session.all(
      """
      WITH due AS (
        SELECT g.id FROM case_file c JOIN suggestion g ON g.id = c.suggestion WHERE (\(ended))\(exempt)),
      part AS (
        SELECT id FROM due UNION SELECT g.id FROM due d JOIN suggestion g ON g.root = d.id WHERE 1 = 1\(exempt)),
      voice AS (
        SELECT id AS number FROM part
        UNION ALL SELECT m.submission FROM part p JOIN member m ON m.suggestion = p.id),
      version AS (
        SELECT s.seal FROM voice v JOIN submission s ON s.number = v.number WHERE \(ErasedRows.isLiving)
        UNION ALL SELECT r.seal FROM voice v JOIN revision r ON r.submission = v.number WHERE length(r.identity) > 0)
      SELECT seal FROM version WHERE seal NOT IN (SELECT seal FROM emptied_seal) ORDER BY seal LIMIT $1
      """, arguments) { Int($0.integer(0)) }
  }

  /// Seals of set-aside records that were settled long enough ago, the lowest first.
  func quarantine(_ policy: RetentionPolicy, at moment: Int64, limit: Int) throws(StoreFault) -> [Int] {
    guard let days = policy.quarantine else { return [] }
    return try session.all(
      """
      SELECT q.seal FROM quarantine q
      WHERE q.state <> 0 AND q.seal NOT IN (SELECT seal FROM emptied_seal) AND \(RetentionRows.isWhole)
        AND (SELECT max(e.at) FROM event e
          WHERE e.subject = q.id AND e.action <> 'intake'
            AND e.action IN ('quarantine-discard', 'quarantine-retry')) <= $1
      ORDER BY q.seal LIMIT $2
      """, [.integer(moment - Int64(days) * RetentionPolicy.day), .integer(limit)]) { Int($0.integer(0)) }
  }

  /// Of a set-aside record: it was not erased with what came of it.
  private static let isWhole = "NOT EXISTS (SELECT 1 FROM erased_mark k WHERE k.kind = 1 AND k.mark = q.digest)"

  /// Sessions that are over, and names and addresses of which failures are counted.
  func sessions(_ policy: RetentionPolicy, at moment: Int64, limit: Int) throws(StoreFault) -> Int {
    Int(
      try session.integer(
        """
        SELECT count(*) FROM (
          SELECT id FROM account_session WHERE \(RetentionRows.isOver)
          UNION ALL SELECT key FROM sign_in_attempt WHERE \(RetentionRows.isPast) LIMIT $2)
        """, [.integer(moment - Int64(policy.sessions) * RetentionPolicy.day), .integer(limit)]))
  }

  func endSessions(_ policy: RetentionPolicy, at moment: Int64) throws(StoreFault) -> Int {
    let count = try sessions(policy, at: moment, limit: .max)
    let argument: [SQLValue] = [.integer(moment - Int64(policy.sessions) * RetentionPolicy.day)]
    try session.execute("DELETE FROM account_session WHERE \(RetentionRows.isOver)", argument)
    try session.execute("DELETE FROM sign_in_attempt WHERE \(RetentionRows.isPast)", argument)
    return count
  }

  private static let isOver = "idle_until <= $1 OR ends_at <= $1"
  private static let isPast = "since <= $1 AND locked_until <= $1"

  /// As many of the seals, the lowest first, as lie in so many segments: each is written anew and kept in the journal.
  func within(_ segments: Int, _ seals: [Int]) throws(StoreFault) -> [Int] {
    let ends = try session.all("SELECT first + count FROM segment ORDER BY first") { Int($0.integer(0)) }
    var met = 0
    var place = 0
    var isMet = false
    for (index, seal) in seals.enumerated() {
      while place < ends.count, ends[place] <= seal {
        place += 1
        isMet = false
      }
      if isMet { continue }
      if met == segments { return Array(seals[..<index]) }
      met += 1
      isMet = true
    }
    return seals
  }

  func isEmptied(_ seal: Int) throws(StoreFault) -> Bool {
    try session.integer("SELECT count(*) FROM emptied_seal WHERE seal = $1", [.integer(seal)]) > 0
  }

  // MARK: Noting

  /// Notes that entries are emptied, in the transaction that does it, and tells of it.
  func tell(_ seals: [Int], _ record: RetentionRecord, by act: StaffAct) throws(StoreFault) -> Int {
    let event = try History.next(session)
    for seal in seals {
      try session.execute(
        "INSERT INTO emptied_seal (seal, event) VALUES ($1, $2)", [.integer(seal), .integer(event)])
    }
    // What was said of the bytes may quote them.
    try session.execute(
      "UPDATE quarantine SET detail = '' WHERE seal IN (SELECT seal FROM emptied_seal WHERE event = $1)",
      [.integer(event)])
    var record = record
    record.seals = RetentionRecord.digest(of: seals)
    try History.append(
      History.Event(
        at: act.at, actor: act.actor, action: RetentionRecord.action, subject: 0, payload: record.payload(act.reason)),
      to: session)
    return event
  }

  /// Notes the entries of segments from the journal that are empty and of nobody erased: their time was over in another
  /// copy of the store.
  func noteEmptied(in firsts: [Int], of store: SuggestionStore, by act: StaffAct) throws(StoreFault) {
    let sealed = try SealedBytes(store)
    var empty: Set<Int> = []
    for first in firsts {
      guard let segment = try SealedBytes.segment(of: first, session), !sealed.isErased(segment.key) else { continue }
      for (offset, entry) in try sealed.entries(of: segment).enumerated()
      where entry.isEmpty {
        empty.insert(segment.first + offset)
      }
    }
    guard !empty.isEmpty else { return }
    let setAside = try session.all("SELECT q.seal FROM quarantine q WHERE \(RetentionRows.isWhole)") {
      Int($0.integer(0))
    }
    let gone = try session.all(
      """
      SELECT seal FROM emptied_seal UNION SELECT seal FROM erased_version
      UNION SELECT q.seal FROM quarantine q WHERE NOT (\(RetentionRows.isWhole))
      """) { Int($0.integer(0)) }
    let seals = empty.subtracting(gone).sorted()
    guard !seals.isEmpty else { return }
    var record = RetentionRecord()
    record.setAside = Set(setAside).intersection(seals).count
    record.originals = seals.count - record.setAside
    record.isReplay = true
    _ = try tell(seals, record, by: act)
  }
}
