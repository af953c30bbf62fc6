internal import Suggestions

extension Verification {
  /// One pass over all submissions and the suggestions some of them opened, in the order of their numbers.
  func checkSubmissions() throws(StoreFault) {
    let codes = try CodeFamilies(session)
    var next = 1
    var opened = 0
    var joined = 0
    try session.each(
      """
      SELECT s.number, s.seal, s.external_id, s.identity, s.title, s.body, s.attributes, s.submitted_at, s.channel,
        s.revision, s.suggestion, s.duplicate, s.leader, s.source, s.topic, s.region, s.station, s.lead, s.book,
        s.verdict, s.track, s.kind, s.urgency, s.tier, s.priority,
        g.id, g.state, g.track, g.kind, g.urgency, g.topic, g.region, g.station, g.lead, g.tier, g.priority, g.support,
        g.submitted_at, g.near, g.decided, g.corrected_priority
      FROM submission s LEFT JOIN suggestion g ON g.id = s.number
      ORDER BY s.number
      """, []
    ) { row in
      let number = Int(row.integer(0))
      if number != next { faults.add(.numbers, next) }
      next = number &+ 1
      use(
        Int(row.integer(1)), .version,
        digest: erasures.digest(of: Int(row.integer(1)), number)
          ?? VersionDigest.of(
            externalID: row.bytes(2), identity: row.bytes(3), title: row.bytes(4), body: row.bytes(5),
            attributes: row.bytes(6), submittedAt: row.optionalInteger(7), channel: row.integer(8)))
      let isOwn = Int(row.integer(10)) == number
      let hasOwn = row.optionalInteger(25) != nil
      if isOwn != hasOwn { faults.add(.suggestions, number) }
      if hasOwn { opened += 1 }
      if !isOwn { joined += 1 }
      if isOwn, row.integer(11) == Int64(DuplicateKind.exact.stored) { repeating[number] = Int(row.integer(12)) }
      if isOwn, hasOwn, row.integer(26) == 0, !projects(row) { faults.add(.projection, number) }
      checkLeader(row, number)
      checkCodes(row, number, codes)
    }
    if opened != report.counts.suggestions {
      let orphan = try session.integer(
        """
        SELECT coalesce(min(id), 0) FROM suggestion WHERE id NOT IN (SELECT number FROM submission)
        """)
      faults.add(.suggestions, Int(orphan))
    }
    try checkJoined(joined)
  }

  /// While nobody has decided on it, a suggestion shows what was decided of its first submission.
  private func projects(_ row: any SQLRow) -> Bool {
    // What a person decided is told by the history.
    let decided = DecidedAspects(rawValue: Int(row.integer(39)))
    var compared = [(16, 32)]
    if !decided.contains(.track) { compared.append((20, 27)) }
    if !decided.contains(.urgency) { compared.append((22, 29)) }
    if !decided.contains(.region) { compared.append((15, 31)) }
    if !decided.contains(.kind) { compared.append((21, 28)) }
    if !decided.contains(.topic) { compared.append((14, 30)) }
    if decided.isEmpty { compared += [(17, 33), (23, 34)] }
    for (own, shown) in compared where row.integer(own) != row.integer(shown) { return false }
    let near = row.integer(11) == Int64(DuplicateKind.near.stored) ? row.optionalInteger(12) : nil
    let others = min(5, max(0, row.integer(36) &- 1))
    return row.optionalInteger(7) == row.optionalInteger(37) && row.optionalInteger(38) == near
      && row.integer(35) == min(99, (row.optionalInteger(40) ?? row.integer(24)) &+ 2 * others)
  }

  /// A text follows an earlier one; a corrected text may have come to resemble a later one.
  private func checkLeader(_ row: any SQLRow, _ number: Int) {
    let bound = row.integer(9) == 0 ? number &- 1 : report.tail.submission
    let suggestion = Int(row.integer(10))
    if suggestion < 1 || suggestion > number { faults.add(.leaders, number) }
    guard let leader = row.optionalInteger(12).map({ Int($0) }) else { return }
    if leader < 1 || leader > bound || leader == number { faults.add(.leaders, number) }
  }

  private func checkCodes(_ row: any SQLRow, _ number: Int, _ codes: CodeFamilies) {
    var hold = codes.holds(.source, row.integer(13)) && codes.holds(.book, row.integer(18))
    for (column, family) in [(14, CodeFamily.topic), (15, .region), (16, .station), (17, .department)] {
      hold = hold && codes.holds(family, row.integer(column), orNone: true)
    }
    if let verdict = VerdictRecord(row.bytes(19)) {
      hold = hold && codes.holds(.route, Int64(verdict.route), orNone: true)
        && codes.holds(.ambiguousPlace, Int64(verdict.asked), orNone: true)
        && verdict.furtherTopics.allSatisfy { codes.holds(.topic, Int64($0)) }
        && verdict.coHandlers.allSatisfy { codes.holds(.department, Int64($0)) }
        && verdict.evidence.allSatisfy { codes.holds(.rule, Int64($0.rule)) }
    } else {
      faults.add(.verdicts, number)
    }
    if !hold { faults.add(.codes, number) }
  }

  // MARK: Members

  private func checkJoined(_ joined: Int) throws(StoreFault) {
    let wrong = try session.all(
      """
      SELECT m.submission
      FROM member m LEFT JOIN submission s ON s.number = m.submission LEFT JOIN suggestion g ON g.id = m.suggestion
      WHERE s.number IS NULL OR g.id IS NULL OR s.suggestion <> m.suggestion OR m.suggestion = m.submission
      ORDER BY m.submission
      """) { Int($0.integer(0)) }
    for number in wrong { faults.add(.members, number) }
    let listed = Int(try session.integer("SELECT count(*) FROM member"))
    guard wrong.isEmpty, listed != joined else { return }
    let missing = try session.integer(
      """
      SELECT coalesce(min(number), 0) FROM submission
      WHERE suggestion <> number AND NOT EXISTS (
        SELECT 1 FROM member WHERE member.suggestion = submission.suggestion AND member.submission = submission.number)
      """)
    faults.add(.members, Int(missing))
  }

  /// Each person counts once, somebody unknown counts each time.
  func checkMembers() throws(StoreFault) {
    let counted = try SupportCounting.watermark(session)
    let merged = try MergedSuggestions(session)
    let roots = Set(merged.allRoots)
    let withdrawn = Set(
      try session.all(
        "SELECT DISTINCT s.suggestion FROM erased_submission e JOIN submission s ON s.number = e.number"
      ) { Int($0.integer(0)) })
    try checkWithdrawn(withdrawn.subtracting(roots), counted: counted)
    let elsewhere = roots.union(withdrawn)
    try session.each(
      """
      SELECT g.id, g.support, g.submissions, t.members, t.writers, t.unknown, t.same, t.revision
      FROM (
        SELECT m.suggestion, count(*) AS members, count(DISTINCT m.writer) AS writers,
          count(*) - count(m.writer) AS unknown, max(CASE WHEN m.writer = o.writer THEN 1 ELSE 0 END) AS same,
          max(o.revision) AS revision
        FROM member m JOIN submission o ON o.number = m.suggestion
        WHERE m.submission <= $1
        GROUP BY m.suggestion) t
        JOIN suggestion g ON g.id = t.suggestion
      ORDER BY g.id
      """, [.integer(counted)]
    ) { row in
      if elsewhere.contains(Int(row.integer(0))) { return }
      let most = 1 &+ row.integer(4) &+ row.integer(5)
      // Whoever wrote first may have been corrected since; support was counted with who it was then.
      let least = row.integer(7) == 0 ? most - row.integer(6) : max(1, most - 1 - min(most, max(0, row.integer(7))))
      let isCounted = row.integer(7) == 0 ? row.integer(1) == least : row.integer(1) >= least && row.integer(1) <= most
      if row.integer(2) != row.integer(3) &+ 1 || !isCounted {
        faults.add(.support, Int(row.integer(0)))
      }
    }
    let alone = try session.all(
      """
      SELECT id FROM suggestion
      WHERE (support <> 1 OR submissions <> 1) AND id NOT IN (SELECT suggestion FROM member) ORDER BY id
      """) { Int($0.integer(0)) }
    for id in alone where !elsewhere.contains(id) { faults.add(.support, id) }
    try checkMerged(merged)
  }

  // MARK: Runs

  /// Of each file what was read is new, revised, unchanged or set aside; and no run took in more than its batches say.
  func checkRuns() throws(StoreFault) {
    let codes = try CodeFamilies(session)
    var said: [Int: (new: Int, revised: Int)] = [:]
    try session.each("SELECT subject, payload FROM event WHERE action = 'intake'", []) { row in
      guard let batch = IntakePayload(row.text(1)) else { return }
      let known = said[Int(row.integer(0))] ?? (0, 0)
      said[Int(row.integer(0))] = (known.new &+ batch.new, known.revised &+ batch.revised)
    }
    var read: [Int: (new: Int, revised: Int)] = [:]
    try session.each(
      """
      SELECT run, records, new, revised, unchanged, quarantined, source, profile FROM checkpoint ORDER BY run, file
      """, []
    ) { row in
      let run = Int(row.integer(0))
      let known = read[run] ?? (0, 0)
      read[run] = (known.new &+ Int(row.integer(2)), known.revised &+ Int(row.integer(3)))
      let sum = row.integer(2) &+ row.integer(3) &+ row.integer(4) &+ row.integer(5)
      if sum != row.integer(1) { faults.add(.checkpoints, run) }
      if !codes.holds(.source, row.integer(6)) || !codes.holds(.profile, row.integer(7)) { faults.add(.codes, 0) }
    }
    // Fewer is no fault: a file named twice in one run keeps the counts of its second reading.
    for (run, counts) in read.sorted(by: { $0.key < $1.key }) {
      let batches = said[run] ?? (0, 0)
      if counts.new > batches.new || counts.revised > batches.revised { faults.add(.checkpoints, run) }
    }
  }
}
