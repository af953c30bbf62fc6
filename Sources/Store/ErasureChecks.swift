internal import Suggestions

/// What the store and the journal say is erased, read whole: as many rows as people have asked for.
struct KnownErasures {
  struct Submission {
    var event: Int
    var mark: [UInt8]
    var shown: Int?
  }

  private(set) var submissions: [Int: Submission] = [:]
  /// By seal: whose version, and the digest it had.
  private(set) var versions: [Int: (submission: Int, masked: [UInt8])] = [:]
  private let identities: Set<[UInt8]>
  private(set) var records: Set<[UInt8]>
  private let journal: ErasureJournal
  private let marks: ErasureMarks
  /// Whether keys of what was replaced are there, as after an old key file was put back.
  let hasOldKeys: Bool

  init(_ store: SuggestionStore, _ session: any SQLSession) throws(StoreFault) {
    let ring = try KeyRing(path: store.home + ".keys", create: false)
    marks = try ErasureMarks(ring)
    let used = Set(try session.all("SELECT key FROM segment") { Int($0.integer(0)) })
    journal = try ErasureJournal(path: store.home + ".erased", withSealed: false)
    hasOldKeys = journal.segments.contains { !used.contains($0.from) && !ring.isDestroyed($0.from) }
    identities = try Tombstones.marks(.identity, session)
    records = try Tombstones.marks(.record, session)
    var found: [Int: Submission] = [:]
    try session.each("SELECT number, event, mark, shown FROM erased_submission", []) { row in
      found[Int(row.integer(0))] = Submission(
        event: Int(row.integer(1)), mark: row.bytes(2), shown: row.optionalInteger(3).map { Int($0) })
    }
    submissions = found
    var kept: [Int: (submission: Int, masked: [UInt8])] = [:]
    try session.each("SELECT seal, submission, digest FROM erased_version", []) { row in
      kept[Int(row.integer(0))] = (Int(row.integer(1)), row.bytes(2))
    }
    versions = kept
  }

  func isErased(_ number: Int) -> Bool { submissions[number] != nil }

  /// The digest a version had; nil for one that is there.
  func digest(of seal: Int, _ number: Int) -> [UInt8]? {
    guard isErased(number) else { return nil }
    return versions[seal].map { marks.masked($0.masked, seal: seal) } ?? []
  }

  /// Whether the journal tells of what is erased here, all of it and nothing else. A store that lost its journal would
  /// bring the erased back with the next backup.
  var agreesWithJournal: Bool {
    Set(journal.submissions.map(\.mark)) == identities && Set(journal.submissions.flatMap(\.records)) == records
      && submissions.values.allSatisfy { identities.contains($0.mark) }
  }
}

extension Verification {
  /// Nothing is left of what was erased, and all of it is told by the history and by the journal.
  func checkErasures() throws(StoreFault) {
    report.counts.erased = erasures.submissions.count
    try checkErasedRows()
    var told: [Int: (event: Int, record: ErasureRecord)] = [:]
    var records: Set<Int> = []
    try session.each(
      "SELECT seq, subject, payload FROM event WHERE action = '\(ErasureRecord.action)' ORDER BY seq", []
    ) { row in
      guard let record = ErasureRecord(row.text(2)) else { return faults.add(.erasures, Int(row.integer(1))) }
      if row.integer(1) > 0 { told[Int(row.integer(1))] = (Int(row.integer(0)), record) }
      records.formUnion(record.records)
    }
    let versions = Dictionary(grouping: erasures.versions, by: \.value.submission)
    for number in Set(told.keys).union(erasures.submissions.keys).sorted() {
      guard let erased = erasures.submissions[number], let telling = told[number] else {
        faults.add(.erasures, number)
        continue
      }
      let own = (versions[number] ?? []).map { (seal: $0.key, digest: $0.value.masked) }
      let isTold =
        telling.event == erased.event && telling.record.versions == own.count
        && telling.record.tombstone == ErasureRecord.tombstone(number, mark: erased.mark, versions: own)
      if !isTold { faults.add(.erasures, number) }
    }
    try checkErasedRecords(told: records)
    let isPending = try ErasedRows.isPending(session)
    if isPending || erasures.hasOldKeys || !erasures.agreesWithJournal { faults.add(.erasures, 0) }
  }

  private func checkErasedRows() throws(StoreFault) {
    let strangers = try session.all(
      """
      SELECT e.number FROM erased_submission e LEFT JOIN submission s ON s.number = e.number WHERE s.number IS NULL
      UNION SELECT s.number FROM submission s
        WHERE length(s.identity) = 0 AND s.number NOT IN (SELECT number FROM erased_submission)
      """) { Int($0.integer(0)) }
    for number in strangers.sorted() { faults.add(.erasures, number) }
    try session.each(
      """
      SELECT s.number, s.external_id, s.title, s.verdict, e.mark, s.writer IS NOT NULL OR s.place <> 0
          OR s.names_place <> 0 OR length(s.body) + length(s.identity) + length(s.attributes) + length(s.sketch) > 0
          OR EXISTS (SELECT 1 FROM revision r WHERE r.submission = s.number
            AND length(r.title) + length(r.body) + length(r.identity) + length(r.attributes) > 0)
          OR EXISTS (SELECT 1 FROM member m WHERE m.suggestion = s.suggestion AND m.submission = s.number
            AND m.writer IS NOT NULL),
        coalesce(e.shown, 0), coalesce((\(ErasedRows.firstLiving.replacing("$1", with: "s2.number"))), 0)
      FROM erased_submission e JOIN submission s ON s.number = e.number JOIN submission s2 ON s2.number = e.number
      ORDER BY e.number
      """, []
    ) { row in
      let verdict = row.bytes(3)
      let isEmpty =
        row.text(1) == ErasureMarks.externalID(row.bytes(4)) && row.text(2) == ErasureMarks.title
        && ErasedRows.verdict(verdict) == verdict && row.integer(5) == 0 && row.integer(6) == row.integer(7)
      if !isEmpty { faults.add(.erasures, Int(row.integer(0))) }
    }
    for table in ["revision", "earlier_verdict"] {
      try session.each(
        "SELECT submission, verdict FROM \(table) WHERE submission IN (SELECT number FROM erased_submission)", []
      ) { row in
        let verdict = row.bytes(1)
        if ErasedRows.verdict(verdict) != verdict { faults.add(.erasures, Int(row.integer(0))) }
      }
    }
  }

  /// Set-aside records whose bytes are gone are those that were told of.
  private func checkErasedRecords(told: Set<Int>) throws(StoreFault) {
    var erased: Set<Int> = []
    try session.each("SELECT id, digest, detail FROM quarantine", []) { row in
      guard erasures.records.contains(row.bytes(1)) else { return }
      erased.insert(Int(row.integer(0)))
      if !row.text(2).isEmpty { faults.add(.erasures, 0) }
    }
    if erased != told { faults.add(.erasures, 0) }
  }

  /// Support of suggestions some of whose voices were withdrawn.
  func checkWithdrawn(_ touched: Set<Int>, counted: Int) throws(StoreFault) {
    for id in touched.sorted() {
      let rows = try session.all(
        """
        SELECT writer, number, revision FROM submission WHERE number = $1
        UNION ALL SELECT writer, submission, 0 FROM member WHERE suggestion = $1 AND submission <= $2
        """, [.integer(id), .integer(counted)]
      ) { (writer: $0.optionalInteger(0), number: Int($0.integer(1)), revisions: Int($0.integer(2))) }
      let living = rows.filter { !erasures.isErased($0.number) }
      let people = SupportCounting.people(living.map(\.writer))
      // Whoever wrote first may have been corrected since; support was counted with who it was then.
      let leeway = living.first.map { $0.number == id ? $0.revisions : 0 } ?? 0
      let counts = try session.first("SELECT support, submissions FROM suggestion WHERE id = $1", [.integer(id)]) {
        (Int($0.integer(0)), Int($0.integer(1)))
      }
      if counts?.1 != living.count || abs((counts?.0 ?? -1) - people) > min(1, leeway) { faults.add(.support, id) }
    }
  }
}
