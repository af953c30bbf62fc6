internal import Casework
internal import Suggestions

/// Writes where a case stands into the rows that lists are made from: the suggestion and its case file.
struct CaseProjecting {
  let session: any SQLSession
  let rules: CaseworkRules
  private let table = CodeTable()

  init(_ session: any SQLSession, _ rules: CaseworkRules) {
    self.session = session
    self.rules = rules
  }

  /// - Parameter event: the last one, whose states the database checks once more.
  func project(_ file: CaseFile, of id: Int, after event: CaseEvent) throws(StoreFault) {
    let before = try session.first(
      "SELECT merged_into, track, corrected_priority FROM suggestion WHERE id = $1", [.integer(id)]
    ) { ($0.optionalInteger(0), $0.integer(1), $0.optionalInteger(2)) }
    guard let before else { throw .corrupt("there is no suggestion \(id)") }
    let target = file.state == .merged ? file.mergedInto : nil
    let merged = before.0 == target ? nil : try MergedSuggestions(session)
    try suggestion(file, id, mergedInto: target)
    if file.state == .pending, event.before != .pending { try follow(id) }
    if before.2 != file.corrections.priority.map({ Int64($0) }) {
      try session.execute("UPDATE suggestion SET priority = \(CaseProjecting.place) WHERE id = $1", [.integer(id)])
    }
    if let merged { try regroup(id, target.map { Int($0) }, merged) }
    if before.1 != Int64(file.track.rawValue) { try MatterIndex.note(id, session) }
    try caseFile(file, id, event)
    try Watching(session, rules).look(at: file, of: id, after: event.at)
    try session.execute("DELETE FROM case_assistant WHERE suggestion = $1", [.integer(id)])
    for handler in file.coHandlers {
      try session.execute(
        """
        INSERT INTO case_assistant (suggestion, unit, district, keeper) VALUES ($1, $2, $3, $4)
        ON CONFLICT (suggestion, unit, district, keeper) DO NOTHING
        """, [.integer(id)] + numbers(of: handler))
    }
  }

  private func suggestion(_ file: CaseFile, _ id: Int, mergedInto target: Int64?) throws(StoreFault) {
    let topic = file.topic.isEmpty ? 0 : try table.id(.topic, file.topic, session)
    let region = try file.regions.first.map { code throws(StoreFault) in try table.id(.region, code, session) } ?? 0
    let lead = try file.lead.map { lead throws(StoreFault) in try table.id(.department, lead.unit, session) } ?? 0
    try session.execute(
      """
      UPDATE suggestion SET version = version + 1, state = $2, kind = $3, topic = $4, urgency = $5, track = $6,
        region = $7, lead = $8, tier = $9, decided = $10, merged_into = $11,
        corrected_priority = $12
      WHERE id = $1
      """,
      [
        .integer(id), .integer(Int(file.state.rawValue)), .integer(Int(file.kind.rawValue)), .integer(topic),
        .integer(Int(file.urgency.rawValue)), .integer(Int(file.track.rawValue)), .integer(region), .integer(lead),
        .integer(file.lead?.tier ?? 0), .integer(DecidedAspects(file).rawValue), .optional(target),
        .optional(file.corrections.priority.map { Int64($0) }),
      ])
  }

  /// A suggestion's place in the queue: what a person's correction gave it, else what the machine did, and its support.
  private static let place = """
    min(99, 2 * max(0, min(5, support - 1))
      + coalesce(corrected_priority, (SELECT s.priority FROM submission s WHERE s.number = $1)))
    """

  /// Back in the queue it shows what its text has become meanwhile.
  private func follow(_ id: Int) throws(StoreFault) {
    try session.execute(
      """
      UPDATE suggestion SET
        station = (SELECT s.station FROM submission s WHERE s.number = $1),
        submitted_at = (SELECT s.submitted_at FROM submission s WHERE s.number = $1),
        near = (SELECT CASE WHEN s.duplicate = 2 THEN s.leader END FROM submission s WHERE s.number = $1),
        priority = \(CaseProjecting.place)
      WHERE id = $1
      """, [.integer(id)])
  }

  /// Whom it is handled with, and what was merged into it before.
  private func regroup(_ id: Int, _ target: Int?, _ merged: MergedSuggestions) throws(StoreFault) {
    let earlier = merged.root(of: id)
    let root = target.map { merged.root(of: $0) ?? $0 }
    try session.execute(
      "UPDATE suggestion SET root = $2 WHERE id = $1", [.integer(id), root.map(SQLValue.integer) ?? .null])
    for below in merged.below(id) {
      try session.execute("UPDATE suggestion SET root = $2 WHERE id = $1", [.integer(below), .integer(root ?? id)])
    }
    let after = try MergedSuggestions(session)
    for changed in [id, earlier, root].compactMap(\.self) { try SupportCounting.count(changed, after, session) }
  }

  private func caseFile(_ file: CaseFile, _ id: Int, _ event: CaseEvent) throws(StoreFault) {
    let dues = dues(of: file, at: event.at)
    let claim = file.claim
    try session.execute(
      """
      INSERT INTO case_file (suggestion, version, action, was, state, round, hops, unit, district, keeper, supervised,
        claimant, claimed_until, snoozed_until, answer_due, next_due, provisional, acted_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
      ON CONFLICT (suggestion) DO UPDATE SET version = excluded.version, action = excluded.action, was = excluded.was,
        state = excluded.state, round = excluded.round, hops = excluded.hops, unit = excluded.unit,
        district = excluded.district, keeper = excluded.keeper, supervised = excluded.supervised,
        claimant = excluded.claimant, claimed_until = excluded.claimed_until, snoozed_until = excluded.snoozed_until,
        answer_due = excluded.answer_due, next_due = excluded.next_due, provisional = excluded.provisional,
        acted_at = excluded.acted_at
      """,
      [
        .integer(id), .integer(file.version), .integer(Int(event.action.rawValue)),
        .integer(Int(event.before.rawValue)), .integer(Int(file.state.rawValue)), .integer(file.round),
        .integer(file.hops),
      ] + numbers(of: file.handler) + [
        .integer(file.isSupervised ? 1 : 0), claim.map { .text($0.actor) } ?? .null, .optional(claim?.until),
        .optional(file.snoozedUntil), .optional(dues.answer), .optional(dues.next),
        .integer(dues.isProvisional ? 1 : 0), .integer(event.at),
      ])
  }

  /// When the answer is due and what is due first; both depend on the events alone, not on when they are read. None is
  /// kept while a case waits for review: until then its verdict, and with it the clocks, follow the rule book.
  func dues(of file: CaseFile, at moment: Int64) -> (answer: Int64?, next: Int64?, isProvisional: Bool) {
    guard file.state != .pending else { return (nil, nil, false) }
    let readings = rules.clocks.readings(of: file, on: rules.calendar, asOf: moment)
    let open = readings.filter { !$0.rule.kind.isWindow && $0.stop == nil && $0.due != nil }
    return (
      readings.first { $0.rule.kind == .answer && $0.stop == nil }?.due, open.compactMap(\.due).min(),
      open.contains { $0.isProvisional }
    )
  }

  /// Unit, district, whether it is a station's keeper; the department's code or the station's.
  private func numbers(of handler: CaseHandler?) throws(StoreFault) -> [SQLValue] {
    guard let handler else { return [.integer(0), .integer(0), .integer(0)] }
    return [
      .integer(try table.id(handler.isStation ? .station : .department, handler.unit, session)),
      .integer(try handler.district.map { code throws(StoreFault) in try table.id(.region, code, session) } ?? 0),
      .integer(handler.isStation ? 1 : 0),
    ]
  }
}

extension DecidedAspects {
  /// What the corrections of a case speak of.
  init(_ file: CaseFile) {
    self = []
    if file.corrections.topic != nil { insert(.topic) }
    if file.corrections.kind != nil { insert(.kind) }
    if file.corrections.lead?.isChosen ?? false { insert(.lead) }
    if file.corrections.urgency != nil { insert(.urgency) }
    if file.corrections.regions != nil { insert(.region) }
    if file.isDiverted { insert(.track) }
  }
}
