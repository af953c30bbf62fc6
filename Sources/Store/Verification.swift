internal import Crypto
internal import Suggestions

extension SuggestionStore {
  /// Checks everything that must hold, from the pages of the file to the counts people see. It looks at one moment of
  /// the store and blocks nobody; every segment is opened for it, and nothing of what is in them is shown to anybody.
  ///
  /// - Parameter rules: what due times are computed by; without them the stored ones are not looked at.
  /// - Parameter head: the end of the history as it was written down earlier, which must still be in it.
  package func verify(
    under rules: CaseworkRules? = nil, head: HistoryHead? = nil
  ) throws(StoreFault) -> VerificationReport {
    let sealed = try SealedBytes(self)
    return try snapshot { session throws(StoreFault) in
      let verification = Verification(
        session: session, sealed: sealed, erasures: try KnownErasures(self, session), rules: rules, head: head)
      do throws(StoreFault) {
        try verification.run()
      } catch .database(let code, let message, let statement) {
        // SQLITE_CORRUPT and SQLITE_NOTADB: the file is damaged where the database's own check did not look.
        guard code & 0xFF == 11 || code & 0xFF == 26 else {
          throw .database(code: code, message: message, statement: statement)
        }
        verification.faults.add(.pages, 1)
      }
      verification.report.faults = verification.faults.faults
      return verification.report
    }
  }
}

/// One verification under way.
final class Verification {
  let session: any SQLSession
  let sealed: SealedBytes
  let erasures: KnownErasures
  let rules: CaseworkRules?
  let head: HistoryHead?
  var faults = FaultLog()
  var report = VerificationReport()
  /// Who is merged into whom, by the history.
  var toldMerges: [Int: Int] = [:]
  /// Submissions that repeat another and yet opened a suggestion, each with the one it repeats.
  var repeating: [Int: Int] = [:]
  /// What each seal is on, from 1, and the digest of the version under it.
  var uses: [SealUse] = []
  var digests: [UInt8] = []
  /// By seal: whether its entry was emptied because its time was over.
  var emptied: [Bool] = []

  enum SealUse: UInt8 {
    case nothing, version, setAside
  }

  init(
    session: any SQLSession, sealed: SealedBytes, erasures: KnownErasures, rules: CaseworkRules?, head: HistoryHead?
  ) {
    self.session = session
    self.sealed = sealed
    self.erasures = erasures
    self.rules = rules
    self.head = head
  }

  func run() throws(StoreFault) {
    try count()
    guard try checkPages() else { return }
    try checkChain()
    try checkSubmissions()
    try checkRevisions()
    try checkQuarantine()
    try checkRetention()
    try checkSegments()
    try checkEvents()
    try checkCases(under: rules)
    try checkRecurrences()
    try checkSplits()
    try checkMembers()
    try checkRuns()
    try checkEarlierVerdicts()
    try checkOutbox()
    try checkMatters()
    try checkSearch()
    try checkWriters()
    try checkAccounts()
    try checkReporters()
    try checkOpinionBooks()
    try checkBookPages()
    try checkIssues()
    try checkErasures()
  }

  private func count() throws(StoreFault) {
    report.counts.submissions = try number("SELECT count(*) FROM submission")
    report.counts.revisions = try number("SELECT count(*) FROM revision")
    report.counts.suggestions = try number("SELECT count(*) FROM suggestion")
    report.counts.quarantined = try number("SELECT count(*) FROM quarantine")
    report.counts.segments = try number("SELECT count(*) FROM segment")
    report.counts.events = try number("SELECT count(*) FROM event")
    report.tail.submission = try number("SELECT coalesce(max(number), 0) FROM submission")
    let last = try session.first("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1") {
      (Int($0.integer(0)), Hexadecimal.text($0.bytes(1)))
    }
    report.tail.event = last?.0 ?? 0
    report.head = last?.1 ?? ""
    // Each version and each set-aside record has one seal, so their count is the last of them.
    report.tail.seal = report.counts.submissions + report.counts.revisions + report.counts.quarantined
    uses = Array(repeating: .nothing, count: report.tail.seal + 1)
    digests = Array(repeating: 0, count: (report.tail.seal + 1) * 32)
  }

  private func number(_ sql: String) throws(StoreFault) -> Int { Int(try session.integer(sql)) }

  /// The database's own check; the quick one, which leaves indexes out, where the thorough one would take minutes.
  private func checkPages() throws(StoreFault) -> Bool {
    var findings = 0
    let isLarge = report.counts.submissions > 200_000
    try session.each(isLarge ? "PRAGMA quick_check" : "PRAGMA integrity_check", []) { row in
      if row.text(0) != "ok" { findings += 1 }
    }
    if findings > 0 { faults.add(.pages, findings, occurrences: findings) }
    return findings == 0
  }

  private func checkChain() throws(StoreFault) {
    if let broken = try History.firstBrokenLink(session) { faults.add(.chain, broken) }
    if let head { try check(head) }
  }

  // MARK: Seals

  /// Notes that a row has a seal, and the digest of the version under it.
  func use(_ seal: Int, _ use: SealUse, digest: [UInt8] = []) {
    guard seal > 0, seal < uses.count, uses[seal] == .nothing else {
      faults.add(.seals, seal)
      return
    }
    uses[seal] = use
    if digest.count == 32 { digests.replaceSubrange(seal * 32..<seal * 32 + 32, with: digest) }
  }

  private func checkRevisions() throws(StoreFault) {
    let codes = try CodeFamilies(session)
    var wrong: [Int] = []
    try session.each(
      """
      SELECT r.submission, r.seal, s.external_id, r.identity, r.title, r.body, r.attributes, r.submitted_at, r.channel,
        r.topic, r.book, s.number
      FROM revision r LEFT JOIN submission s ON s.number = r.submission ORDER BY r.submission, r.revision
      """, []
    ) { row in
      let number = Int(row.integer(0))
      if row.optionalInteger(11) == nil { wrong.append(number) }
      if !codes.holds(.topic, row.integer(9), orNone: true) || !codes.holds(.book, row.integer(10)) {
        faults.add(.codes, number)
      }
      use(
        Int(row.integer(1)), .version,
        digest: erasures.digest(of: Int(row.integer(1)), number)
          ?? VersionDigest.of(
            externalID: row.bytes(2), identity: row.bytes(3), title: row.bytes(4), body: row.bytes(5),
            attributes: row.bytes(6), submittedAt: row.optionalInteger(7), channel: row.integer(8)))
    }
    for number in wrong { faults.add(.numbers, number) }
    let miscounted = try session.all(
      """
      SELECT s.number FROM submission s
      WHERE s.revision <> 0 AND s.revision <> (SELECT count(*) FROM revision r WHERE r.submission = s.number)
      ORDER BY s.number
      """) { Int($0.integer(0)) }
    for number in miscounted { faults.add(.numbers, number) }
  }

  private func checkQuarantine() throws(StoreFault) {
    let codes = try CodeFamilies(session)
    try session.each("SELECT seal, source, profile FROM quarantine ORDER BY id", []) { row in
      use(Int(row.integer(0)), .setAside)
      if !codes.holds(.source, row.integer(1)) || !codes.holds(.profile, row.integer(2)) { faults.add(.codes, 0) }
    }
    for seal in uses.indices.dropFirst() where uses[seal] == .nothing { faults.add(.seals, seal) }
  }

  private func checkSegments() throws(StoreFault) {
    var bytes: [Int: (id: Int, digest: [UInt8])] = [:]
    try session.each("SELECT seal, id, digest FROM quarantine", []) {
      bytes[Int($0.integer(0))] = (Int($0.integer(1)), $0.bytes(2))
    }
    let hasEmptied = emptied.contains(true)
    var next = 1
    try session.each("SELECT first, count, key, sealed FROM segment ORDER BY first", []) { row in
      let (first, count, key) = (Int(row.integer(0)), Int(row.integer(1)), Int(row.integer(2)))
      guard first == next, count > 0, count <= uses.count - first else {
        faults.add(.segmentOrder, first)
        // From here on the order is that of this segment, so that one gap is told once.
        if first > 0, first < uses.count { next = first + max(0, min(count, uses.count - first)) }
        return
      }
      next = first + count
      if sealed.isErased(key) {
        report.counts.erasedSegments += 1
        return
      }
      do throws(StoreFault) {
        let entries = try sealed.entries(
          of: SegmentSealer.Sealed(key: key, first: first, count: count, bytes: row.bytes(3)))
        guard !bytes.isEmpty || !erasures.versions.isEmpty || hasEmptied else { return }
        for (offset, entry) in entries.enumerated() {
          let isEmpty = entry.isEmpty
          if emptied[first + offset] {
            if !isEmpty { faults.add(.retention, first + offset) }
            continue
          }
          if let erased = erasures.versions[first + offset], !isEmpty { faults.add(.erasures, erased.submission) }
          guard let known = bytes[first + offset] else { continue }
          if erasures.records.contains(known.digest) {
            if !isEmpty { faults.add(.erasures, 0) }
            continue
          }
          let digest = SHA256.hash(data: entry.received).prefix(known.digest.count)
          if known.digest.isEmpty || Array(digest) != known.digest { faults.add(.quarantine, known.id) }
        }
      } catch { faults.add(.segments, first) }
    }
    if next != uses.count { faults.add(.segmentOrder, next) }
  }

  // MARK: Events

  /// The verdicts kept aside against the events that say how many were replaced.
  private func checkEarlierVerdicts() throws(StoreFault) {
    var replaced: [Int: Int] = [:]
    try session.each("SELECT seq, payload FROM event WHERE action = 'reclassify' ORDER BY seq", []) { row in
      replaced[Int(row.integer(0))] = EventPayload(row.text(1)).number("changed") ?? 0
    }
    try session.each("SELECT event, count(*) FROM earlier_verdict GROUP BY event", []) { row in
      let event = Int(row.integer(0))
      if replaced.removeValue(forKey: event) != Int(row.integer(1)) { faults.add(.earlierVerdicts, event) }
    }
    for (event, count) in replaced.sorted(by: { $0.key < $1.key }) where count > 0 { faults.add(.earlierVerdicts, event) }
  }

  /// Each batch's digest made again from its rows, and all that was counted against all that is there.
  private func checkEvents() throws(StoreFault) {
    var next = 1
    var (new, revised, quarantined) = (0, 0, 0)
    try session.each("SELECT seq, payload FROM event WHERE action = 'intake' ORDER BY seq", []) { row in
      let sequence = Int(row.integer(0))
      guard let batch = IntakePayload(row.text(1)) else { return faults.add(.events, sequence) }
      new &+= batch.new
      revised &+= batch.revised
      quarantined &+= batch.quarantined
      let end = batch.lastSeal + 1 + batch.quarantined
      if batch.firstSeal != next || batch.lastSeal + 1 < batch.firstSeal { faults.add(.events, sequence) }
      next = max(next, end)
      guard batch.lastSeal + 1 >= batch.firstSeal, end <= uses.count else { return faults.add(.rows, sequence) }
      let versions = batch.firstSeal..<batch.lastSeal + 1
      if versions.count != batch.new + batch.revised { faults.add(.eventCounts, sequence) }
      var hasher = SHA256()
      hasher.update(data: digests[versions.lowerBound * 32..<versions.upperBound * 32])
      let isWhole = uses[versions].allSatisfy { $0 == .version }
        && uses[versions.upperBound..<end].allSatisfy { $0 == .setAside }
      if !isWhole || Hexadecimal.text(hasher.finalize()) != batch.rows { faults.add(.rows, sequence) }
    }
    let counts = report.counts
    let isCounted = new == counts.submissions && revised == counts.revisions && quarantined == counts.quarantined
    if !isCounted || next != uses.count {
      faults.add(.eventCounts, 0)
    }
  }
}

/// Which numbers of the code table belong to which family.
struct CodeFamilies {
  private var families: [Int64: Int] = [:]

  init(_ session: any SQLSession) throws(StoreFault) {
    var found: [Int64: Int] = [:]
    try session.each("SELECT id, family FROM code", []) { found[$0.integer(0)] = Int($0.integer(1)) }
    families = found
  }

  func holds(_ family: CodeFamily, _ number: Int64, orNone: Bool = false) -> Bool {
    number == 0 ? orNone : families[number] == family.rawValue
  }
}
