internal import Publishing

/// The rows of an issue and the events they are the fold of.
enum IssueRows {
  static let columns = "SELECT id, month, template, corrects, version, state, hash, changed_at FROM digest_issue"

  /// Nil for a state there is none of.
  static func record(_ row: any SQLRow) -> IssueRecord? {
    guard let state = UInt8(exactly: row.integer(5)).flatMap(SignOffState.init(rawValue:)) else { return nil }
    return IssueRecord(
      id: Int(row.integer(0)), month: row.text(1), template: row.text(2),
      corrects: row.optionalInteger(3).map { Int($0) }, version: Int(row.integer(4)), state: state, hash: row.text(6),
      changedAt: row.integer(7))
  }

  /// What the history tells of an issue.
  struct Told {
    var history: SignOffHistory
    /// Numbers of events whose editing was emptied.
    var emptied: Set<Int> = []
    var print: IssueEventRecord.Print?
  }

  /// Nil where nothing is told, or it cannot be read.
  static func told(of id: Int, _ session: any SQLSession) throws(StoreFault) -> Told? {
    let events = try session.all(
      """
      SELECT seq, at, actor, action, payload FROM event
      WHERE subject = $1 AND action <> 'intake' AND substr(action, 1, 7) = '\(IssueEventRecord.prefix)' ORDER BY seq
      """, [.integer(id)]
    ) { (number: Int($0.integer(0)), at: $0.integer(1), actor: $0.text(2), action: $0.text(3), payload: $0.text(4)) }
    guard let first = events.first, first.number == id, first.action == IssueEventRecord.opening,
      let opening = IssueEventRecord.read(IssueEventRecord.Opening.self, first.payload)
    else { return nil }
    var told = Told(history: SignOffHistory(opening.value(by: first.actor, at: first.at)))
    for event in events.dropFirst() {
      guard let record = IssueEventRecord.read(IssueEventRecord.self, event.payload),
        let act = record.event(event.action, by: event.actor, at: event.at)
      else { return nil }
      told.history.append(act)
      told.emptied.formUnion(record.emptied ?? [])
      if act.action == .publish { told.print = record.print }
    }
    return told
  }

  static func file(_ history: SignOffHistory, _ id: Int) throws(StoreFault) -> SignOffFile {
    do throws(SignOffFault) {
      return try history.file()
    } catch {
      throw .corrupt("issue \(id): event \(error.number) of its history does not follow from those before it")
    }
  }

  static func editings(of id: Int, _ session: any SQLSession) throws(StoreFault) -> [Int: [UInt8]] {
    let found = try session.all("SELECT version, editing FROM digest_edit WHERE issue = $1", [.integer(id)]) {
      (Int($0.integer(0)), $0.bytes(1))
    }
    return Dictionary(found) { first, _ in first }
  }

  static func print(of id: Int, _ session: any SQLSession) throws(StoreFault) -> IssuePrint? {
    let packed = try session.first("SELECT json, html FROM digest_print WHERE issue = $1", [.integer(id)]) {
      ($0.bytes(0), $0.bytes(1))
    }
    guard let packed else { return nil }
    guard let json = CompressedBytes.unpack(packed.0), let html = CompressedBytes.unpack(packed.1) else {
      throw .corrupt("issue \(id) is cut short")
    }
    let cases = try session.all("SELECT suggestion FROM digest_case WHERE issue = $1", [.integer(id)]) {
      Int($0.integer(0))
    }
    return IssuePrint(json: json, html: html, cases: cases)
  }

  // MARK: Writing

  static func insert(_ id: Int, _ opening: SignOffOpening, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      """
      INSERT INTO digest_issue (id, month, template, corrects, version, action, was, state, hash, changed_at)
      VALUES ($1, $2, $3, $4, 0, 0, 0, 0, $5, $6)
      """,
      [
        .integer(id), .text(opening.month), .text(opening.template), .optional(opening.corrects.map { Int64($0) }),
        .text(opening.content.hash), .integer(opening.at),
      ])
  }

  /// Shows the last act.
  static func update(_ id: Int, _ file: SignOffFile, after event: SignOffEvent, _ session: any SQLSession)
    throws(StoreFault)
  {
    try session.execute(
      """
      UPDATE digest_issue SET version = $2, action = $3, was = $4, state = $5, hash = $6, changed_at = $7
      WHERE id = $1 AND version = $2 - 1 AND state = $4
      """,
      [
        .integer(id), .integer(event.number), .integer(Int(event.action.rawValue)),
        .integer(Int(event.before.rawValue)), .integer(Int(event.after.rawValue)), .text(file.content.hash),
        .integer(event.at),
      ])
  }

  static func keep(_ editing: [UInt8], of id: Int, _ version: Int, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      "INSERT INTO digest_edit (issue, version, editing) VALUES ($1, $2, $3)",
      [.integer(id), .integer(version), .bytes(editing)])
  }

  static func keep(_ print: IssuePrint, of id: Int, _ session: any SQLSession) throws(StoreFault) {
    func packed(_ bytes: [UInt8]) throws(StoreFault) -> SQLValue {
      guard let packed = bytes.withUnsafeBytes({ CompressedBytes.pack($0, level: 9) }) else {
        throw .corrupt("an issue cannot be compressed")
      }
      return .bytes(packed)
    }
    try session.execute(
      "INSERT INTO digest_print (issue, json, html) VALUES ($1, $2, $3)",
      [.integer(id), try packed(print.json), try packed(print.html)])
    for suggestion in print.cases {
      try session.execute(
        "INSERT INTO digest_case (issue, suggestion) VALUES ($1, $2)", [.integer(id), .integer(suggestion)])
    }
  }
}
