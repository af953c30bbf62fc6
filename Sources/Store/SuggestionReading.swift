internal import Suggestions

extension SuggestionStore {
  /// A suggestion by the number or the receipt of any of its submissions; nil when there is none.
  ///
  /// - Parameters:
  ///   - members: how many of its submissions at most.
  ///   - withEvents: with ``SuggestionDetail/events``, for which the whole history is read once.
  package func suggestion(
    id: String, members: Int = 100, names: CodeNames, withEvents: Bool = true
  ) throws(StoreFault) -> SuggestionDetail? {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    return try snapshot { session throws(StoreFault) in
      let reading = SuggestionReading(
        session: session, codes: try StoredCodes(session), names: names, receipts: receipts)
      guard let found = try SuggestionStore.number(of: id, ownNumber: false, receipts, session) else { return nil }
      return try reading.suggestion(found, members: members, withEvents: withEvents)
    }
  }

  /// The number of the suggestion that the number or the receipt of a submission belongs to; nil when there is none.
  ///
  /// - Parameter ownNumber: the suggestion it came to, not the one that is handled with now.
  package func number(of id: String, ownNumber: Bool) throws(StoreFault) -> Int? {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    return try read { session throws(StoreFault) in
      try SuggestionStore.number(of: id, ownNumber: ownNumber, receipts, session)
    }
  }

  private static func number(
    of id: String, ownNumber: Bool, _ receipts: ReceiptCode, _ session: any SQLSession
  ) throws(StoreFault) -> Int? {
    // Digits alone are a number; only where no submission has it can they be a receipt without its dashes.
    for number in [Int(id), receipts.number(of: id).map({ Int($0) })] {
      guard let number, number > 0 else { continue }
      let found = try session.first(
        """
        SELECT g.id, coalesce(g.root, g.id) FROM submission s JOIN suggestion g ON g.id = s.suggestion
        WHERE s.number = $1
        """, [.integer(number)]) { Int($0.integer(ownNumber ? 0 : 1)) }
      if let found { return found }
    }
    return nil
  }
}

/// Puts a ``SuggestionDetail`` together.
private struct SuggestionReading {
  let session: any SQLSession
  let codes: StoredCodes
  let names: CodeNames
  let receipts: ReceiptCode

  func suggestion(_ id: Int, members limit: Int, withEvents: Bool) throws(StoreFault) -> SuggestionDetail? {
    var detail = try session.first(
      """
      SELECT version, state, track, kind, urgency, topic, region, station, lead, tier, priority, support, submissions,
        submitted_at, decided
      FROM suggestion WHERE id = $1
      """, [.integer(id)]
    ) { row in
      SuggestionDetail(
        id: id, receipt: receipt(id), version: Int(row.integer(0)), state: StoredCodes.state(row.integer(1)),
        track: StoredCodes.track(row.integer(2)), kind: StoredCodes.kind(row.integer(3)),
        urgency: StoredCodes.urgency(row.integer(4)), topic: codes.text(Int(row.integer(5))),
        region: codes.text(Int(row.integer(6))), station: codes.text(Int(row.integer(7))),
        lead: codes.text(Int(row.integer(8))), tier: names.tier(Int(row.integer(9))), priority: Int(row.integer(10)),
        support: Int(row.integer(11)), decided: DecidedAspects(rawValue: Int(row.integer(14))).names,
        submissions: Int(row.integer(12)), submittedAt: row.optionalInteger(13),
        merged: [], cases: [], leader: nil, followers: [], members: [], events: [])
    }
    guard detail != nil else { return nil }
    let rows = try session.all(
      """
      \(StoredSubmission.selection)
      WHERE s.number IN (\(SuggestionReading.group)) OR s.number IN (
        SELECT submission FROM member WHERE suggestion IN (\(SuggestionReading.group)))
      ORDER BY s.number LIMIT $2
      """, [.integer(id), .integer(max(1, limit))]) { StoredSubmission($0) }
    detail?.merged = try session.all(
      "SELECT id, merged_into FROM suggestion WHERE root = $1 ORDER BY id", [.integer(id)]
    ) { (Int($0.integer(0)), Int($0.integer(1))) }
    detail?.cases = try Recurrences.cases(of: id, session)
    detail?.splitFrom = try SplitParts.origin(of: id, session)
    detail?.parts = try SplitParts.parts(of: id, session)
    var seals: Set<Int> = []
    for row in rows {
      seals.insert(row.seal)
      detail?.members.append(try submission(row, &seals))
    }
    detail?.leader = try leader(of: id)
    detail?.followers = try followers(of: id)
    let group = Set([id] + (detail?.merged.map(\.id) ?? []))
    guard withEvents else { return detail }
    detail?.events = try events(of: group, numbers: Set(rows.map(\.number)), seals: seals)
    return detail
  }

  /// The suggestion and all that was merged into it.
  private static let group = "SELECT id FROM suggestion WHERE id = $1 OR root = $1"

  private func receipt(_ number: Int) -> String { UInt32(exactly: number).map { receipts.code(of: $0) } ?? "" }

  private func submission(_ row: StoredSubmission, _ seals: inout Set<Int>) throws(StoreFault) -> SubmissionDetail {
    guard let verdict = VerdictRecord(row.verdict), let attributes = row.readableAttributes else {
      throw .corrupt("submission \(row.number): its verdict or its attributes cannot be read")
    }
    return SubmissionDetail(
      number: row.number, receipt: receipt(row.number), source: codes.source(row.source), externalID: row.externalID,
      revision: row.revision, submittedAt: row.submittedAt, channel: StoredCodes.channel(row.channel),
      title: DisplayText(row.title).text, body: DisplayText(row.body).text, attributes: attributes,
      digest: StoredSubmission.digest(row.identity), duplicate: StoredCodes.duplicate(row.duplicate),
      leader: row.leader,
      leaderName: row.leader.map { _ in codes.source(row.leaderSource) + "/" + row.leaderExternalID },
      score: row.score, differs: StoredCodes.differs(row.differs), verdict: decoded(row, verdict),
      earlierVerdicts: try earlierVerdicts(row.number), earlier: row.revision > 0 ? try earlier(row.number, &seals) : [])
  }

  private func decoded(_ row: StoredSubmission, _ verdict: VerdictRecord) -> VerdictDetail {
    let parts = [false: DisplayText(row.body), true: DisplayText(row.title)]
    let scalars = parts.mapValues { Array($0.text.unicodeScalars) }
    let evidence = verdict.evidence.compactMap { span -> VerdictDetail.Evidence? in
      guard let place = parts[span.inTitle]?.scalars(start: span.start, count: span.count),
        let text = scalars[span.inTitle], place.start + place.count <= text.count
      else { return nil }
      var words = String.UnicodeScalarView()
      words.append(contentsOf: text[place.start..<place.start + place.count])
      return VerdictDetail.Evidence(
        rule: codes.text(span.rule) ?? "", inTitle: span.inTitle, start: place.start, count: place.count,
        text: String(words))
    }
    return VerdictDetail(
      kind: StoredCodes.kind(row.kind), act: StoredCodes.act(row.act), track: StoredCodes.track(row.track),
      urgency: StoredCodes.urgency(row.urgency), topic: codes.text(row.topic), region: codes.text(row.region),
      station: codes.text(row.station), lead: codes.text(row.lead), tier: names.tier(row.tier),
      coHandlers: verdict.coHandlers.compactMap { codes.text($0) }, priority: row.priority, score: verdict.score,
      runnerUp: verdict.runnerUp, certainty: verdict.certainty,
      furtherTopics: verdict.furtherTopics.compactMap { codes.text($0) }, route: codes.text(verdict.route),
      asked: codes.text(verdict.asked),
      flags: names.flags(verdict.flags), cuts: names.cuts(verdict.cuts), book: codes.text(row.book),
      evidence: evidence)
  }

  private func earlierVerdicts(_ number: Int) throws(StoreFault) -> [EarlierVerdict] {
    try session.all(
      """
      SELECT book, topic, kind, track, urgency, region, lead, verdict, event FROM earlier_verdict
      WHERE submission = $1 ORDER BY ordinal
      """, [.integer(number)]
    ) { row in
      let verdict = VerdictRecord(row.bytes(7)) ?? VerdictRecord()
      return EarlierVerdict(
        book: codes.text(Int(row.integer(0))), topic: codes.text(Int(row.integer(1))),
        kind: StoredCodes.kind(row.integer(2)), track: StoredCodes.track(row.integer(3)),
        urgency: StoredCodes.urgency(row.integer(4)), region: codes.text(Int(row.integer(5))),
        lead: codes.text(Int(row.integer(6))), score: verdict.score, certainty: verdict.certainty,
        event: Int(row.integer(8)))
    }
  }

  private func earlier(_ number: Int, _ seals: inout Set<Int>) throws(StoreFault) -> [EarlierVersion] {
    let rows = try session.all(
      """
      SELECT revision, submitted_at, channel, title, body, attributes, identity, kind, topic, book, seal
      FROM revision WHERE submission = $1 ORDER BY revision
      """, [.integer(number)]
    ) { row in
      let version = EarlierVersion(
        revision: Int(row.integer(0)), submittedAt: row.optionalInteger(1),
        channel: StoredCodes.channel(row.integer(2)), title: DisplayText(row.bytes(3)).text, body: DisplayText(row.bytes(4)).text,
        attributes: StoredSubmission.attributes(row.bytes(5)) ?? [], digest: StoredSubmission.digest(row.bytes(6)),
        kind: StoredCodes.kind(row.integer(7)), topic: codes.text(Int(row.integer(8))),
        book: codes.text(Int(row.integer(9))))
      return (version, Int(row.integer(10)))
    }
    for (_, seal) in rows { seals.insert(seal) }
    return rows.map { $0.0 }
  }

  private func leader(of id: Int) throws(StoreFault) -> NearSuggestion? {
    try session.first(
      """
      SELECT l.number, coalesce(lg.root, l.suggestion), s.score, s.differs, l.title, l.body, s.duplicate + s.contained,
        s.number, s.body
      FROM suggestion g JOIN submission s ON s.number = g.id JOIN submission l ON l.number = g.near
        JOIN suggestion lg ON lg.id = l.suggestion
      WHERE g.id = $1 AND coalesce(lg.root, lg.id) <> $1 AND lg.track = g.track
      """, [.integer(id)]
    ) { near($0) }
  }

  private func followers(of id: Int) throws(StoreFault) -> [NearSuggestion] {
    // The plus keeps SQLite from going through the whole track by another index.
    try session.all(
      """
      SELECT g.id, coalesce(g.root, g.id), s.score, s.differs, s.title, s.body, s.duplicate + s.contained,
        o.number, o.body
      FROM suggestion g JOIN submission s ON s.number = g.id JOIN submission o ON o.number = g.near
      WHERE coalesce(g.root, g.id) <> $1 AND +g.track = (SELECT track FROM suggestion WHERE id = $1)
        AND g.near IN (\(SuggestionReading.group) UNION
          SELECT submission FROM member WHERE suggestion IN (\(SuggestionReading.group)))
      ORDER BY g.id LIMIT 100
      """, [.integer(id)]
    ) { near($0) }
  }

  private func near(_ row: any SQLRow) -> NearSuggestion {
    let body = DisplayText(row.bytes(5))
    return NearSuggestion(
      link: NearLink(
        submission: Int(row.integer(0)), suggestion: Int(row.integer(1)), kind: StoredCodes.duplicate(row.integer(6)),
        score: Int(row.integer(2)), differs: StoredCodes.differs(row.integer(3))),
      receipt: receipt(Int(row.integer(0))), title: DisplayText(row.bytes(4)).text,
      excerpt: body.excerpt(SuggestionStore.excerptLength), body: body.text, ownBody: DisplayText(row.bytes(8)).text,
      ownSubmission: Int(row.integer(7)))
  }

  /// One pass over the history: there is an event for each batch and each act of a person, not for each record.
  private func events(of group: Set<Int>, numbers: Set<Int>, seals: Set<Int>) throws(StoreFault) -> [HistoryLine] {
    var found: [HistoryLine] = []
    try session.each("SELECT seq, at, actor, action, subject, payload FROM event ORDER BY seq", []) { row in
      let action = row.text(3)
      let isAct = action.hasPrefix(CaseEventRecord.prefix)
      let line = HistoryLine(
        sequence: Int(row.integer(0)), at: row.integer(1), actor: row.text(2),
        action: isAct ? String(action.dropFirst(CaseEventRecord.prefix.count)) : action,
        subject: Int(row.integer(4)), payload: row.text(5))
      if isAct {
        let target = line.action == "merge" ? EventPayload(line.payload).number("target") : nil
        if group.contains(line.subject) || target.map(group.contains) ?? false { found.append(line) }
        return
      }
      switch HistoryAction(rawValue: line.action) {
      case .intake:
        if let batch = IntakePayload(line.payload), seals.contains(where: { batch.holds($0) }) { found.append(line) }
      case .link: if group.contains(line.subject) { found.append(line) }
      case .unseal:
        if numbers.contains(line.subject), line.payload.hasPrefix(#"{"of":"submission","#) { found.append(line) }
      case .erase: if numbers.contains(line.subject) { found.append(line) }
      case .correct, .merge, .unmerge:
        let payload = EventPayload(line.payload)
        let others = [payload.number("into"), payload.number("from")].compactMap(\.self)
        if group.contains(line.subject) || others.contains(where: group.contains) { found.append(line) }
      case .again, .notAgain:
        let first = EventPayload(line.payload).number("of")
        if group.contains(line.subject) || first.map(group.contains) ?? false { found.append(line) }
      case .reclassify:
        let page = EventPayload(line.payload)
        let first = page.number("first") ?? 1
        let last = page.number("last") ?? 0
        if numbers.contains(where: { first <= $0 && $0 <= last }) { found.append(line) }
      case nil: break
      }
    }
    return found
  }
}
