internal import Suggestions

/// What an erasure did.
package struct ErasureReport: Sendable, Hashable {
  package struct Erased: Sendable, Hashable {
    package var number: Int
    /// Number of the event that tells of it; 0 where this store does not hold the submission.
    package var event: Int
    package var versions: Int
    /// Set-aside records it came from.
    package var records: Int
    /// Events whose texts were erased with it.
    package var events: Int
    /// Published issues of the digest that show it: they went out and stay as they are.
    package var publishedIssues: [Int] = []
    /// Issues not yet published that lost what an editor wrote in place of its words, and every signature.
    package var changedIssues: [Int] = []
  }

  package var erased: [Erased] = []
  /// Asked for, but erased before.
  package var already: [Int] = []
  /// Taken up from the journal: of an erasure that was interrupted, or of one a restored backup knows nothing of.
  package var replayed: [Erased] = []
  /// Sealed segments that were written anew under new keys.
  package var segments = 0
  /// False while another process reads the pages of before: the texts are out of every row, and their sealed bytes open
  /// no more, but free pages hold them until the next erasure, or one of nothing, ends it.
  package var isFinished = true
}

package enum ErasureRefusal: Error, Sendable, Hashable {
  /// There is no such submission; nothing was erased.
  case unknown(Int)
}

extension SuggestionStore {
  /// Erases submissions: texts, fields, external id, writer, sketch, place, evidence, all earlier versions, the
  /// set-aside records they came from, the sealed bytes of all of them, and the texts of what was done to a suggestion
  /// that only they stood for. Number, receipt, source, channel, times, codes of the verdict and the state of the case
  /// stay, without saying of whom. The voice is withdrawn: it no longer counts for the suggestion.
  ///
  /// In this order, so that it may be cut off anywhere: the journal is on the disk, then the rows are committed, then the
  /// old keys are destroyed, then the file is written anew without its free pages and the log cut to nothing. Cut off
  /// after the journal, the rows are as before and the next erasure takes it up from there; cut off later, the next one
  /// does what was left. ``verify(under:head:)`` tells of one that waits. No numbers at all do just that.
  ///
  /// The caller holds the intake lock; readers go on. Writing the file anew takes as long as reading and writing all of
  /// it (a gigabyte in some ten seconds) and as much free space twice.
  ///
  /// - Parameter forgetting: takes a submission out of the same-matter index, which only those can who know its pieces.
  package func erase(
    _ numbers: [Int], act: StaffAct, forgetting: (Int) throws(StoreFault) -> Void
  ) throws(StoreFault) -> Result<ErasureReport, ErasureRefusal> {
    try SupportCounting.catchUp(self)
    var erasing = try Erasing(self)
    var report = ErasureReport()
    report.replayed = try erasing.replay(by: act, forgetting: forgetting)
    let asked = numbers.reduce(into: [Int]()) { if !$0.contains($1) { $0.append($1) } }
    for number in asked {
      switch try standing(of: number) {
      case .unknown:
        _ = try erasing.finish()
        return .failure(.unknown(number))
      case .erased: report.already.append(number)
      case .whole: break
      }
    }
    let wanted = try wholeFamilies(asked.filter { !report.already.contains($0) })
    if !wanted.isEmpty {
      let subjects = try erasing.subjects(wanted, by: act)
      report.erased = try erasing.erase(subjects, forgetting: forgetting)
    }
    report.segments = erasing.segments
    report.isFinished = try erasing.finish()
    return .success(report)
  }

  /// With everything that was split out of them or that they were split out of: it says the same words.
  private func wholeFamilies(_ numbers: [Int]) throws(StoreFault) -> [Int] {
    try read { session throws(StoreFault) in
      var found = numbers
      for number in numbers {
        for one in try SplitParts.family(of: number, session) where !found.contains(one) {
          if try !ErasedRows.isErased(one, session) { found.append(one) }
        }
      }
      return found
    }
  }

  private enum Standing {
    case unknown, erased, whole
  }

  private func standing(of number: Int) throws(StoreFault) -> Standing {
    try read { session throws(StoreFault) in
      let count = try session.integer("SELECT count(*) FROM submission WHERE number = $1", [.integer(number)])
      if count == 0 { return .unknown }
      return try ErasedRows.isErased(number, session) ? .erased : .whole
    }
  }
}

/// One erasure, or the replaying of those a copy of the store knows nothing of.
struct Erasing {
  /// What is to be erased, in one transaction with others.
  struct Subject {
    /// Nil where the store does not hold it.
    var number: Int?
    var entry: ErasureJournal.Submission
    /// Numbers of the set-aside records it came from.
    var records: [Int]
  }

  private let store: SuggestionStore
  private let marks: ErasureMarks
  private var journal: ErasureJournal
  /// Segments written anew so far.
  private(set) var segments = 0
  /// How often somebody may put a text back into the same-matter index meanwhile.
  private static let attempts = 8

  init(_ store: SuggestionStore) throws(StoreFault) {
    self.store = store
    // Read anew: the store's own ring may be older than the last segment.
    marks = try ErasureMarks(try KeyRing(path: store.home + ".keys", create: false))
    journal = try ErasureJournal(path: store.home + ".erased", withSealed: true)
  }

  /// What there is of submissions to be erased.
  func subjects(_ numbers: [Int], by act: StaffAct) throws(StoreFault) -> [Subject] {
    try store.read { session throws(StoreFault) in
      var subjects: [Subject] = []
      for number in numbers {
        let identity = try session.first(
          "SELECT identity FROM submission WHERE number = $1", [.integer(number)]) { $0.bytes(0) }
        let records = try session.all(
          "SELECT id, digest FROM quarantine WHERE submission = $1 ORDER BY id", [.integer(number)]
        ) { (id: Int($0.integer(0)), digest: $0.bytes(1)) }
        subjects.append(
          Subject(
            number: number,
            entry: ErasureJournal.Submission(
              number: number, mark: marks.identity(identity ?? []), records: records.map { marks.record($0.digest) },
              at: act.at, actor: act.actor, reason: act.reason),
            records: records.map(\.id)))
      }
      return subjects
    }
  }

  /// Erases what the journal says was erased and this store still has.
  ///
  /// - Parameter act: what makes it necessary; tells of entries whose time was over in another copy of the store.
  mutating func replay(
    by act: StaffAct, forgetting: (Int) throws(StoreFault) -> Void
  ) throws(StoreFault) -> [ErasureReport.Erased] {
    let subjects = try missing()
    let dead = try deadSegments()
    guard !subjects.isEmpty || !dead.isEmpty else { return [] }
    return try erase(subjects, replaying: act, forgetting: forgetting)
  }

  private func missing() throws(StoreFault) -> [Subject] {
    let known = try store.read { session throws(StoreFault) in try Tombstones.marks(.identity, session) }
    var wanted: [[UInt8]: ErasureJournal.Submission] = [:]
    for entry in journal.submissions where !known.contains(entry.mark) { wanted[entry.mark] = entry }
    guard !wanted.isEmpty else { return [] }
    let records = Set(wanted.values.flatMap(\.records))
    var numbers: [[UInt8]: Int] = [:]
    var ids: [[UInt8]: [Int]] = [:]
    // By who they are, not by number: a store that was restored may have given a number to another since.
    try store.read { session throws(StoreFault) in
      try session.each("SELECT number, identity FROM submission WHERE length(identity) > 0", []) { row in
        let mark = marks.identity(row.bytes(1))
        if wanted[mark] != nil { numbers[mark] = Int(row.integer(0)) }
      }
      try session.each("SELECT id, digest FROM quarantine", []) { row in
        let mark = marks.record(row.bytes(1))
        if records.contains(mark) { ids[mark, default: []].append(Int(row.integer(0))) }
      }
    }
    return journal.submissions.compactMap { entry in
      guard wanted.removeValue(forKey: entry.mark) != nil else { return nil }
      return Subject(number: numbers[entry.mark], entry: entry, records: entry.records.flatMap { ids[$0] ?? [] })
    }
  }

  /// Seals of segments whose key is gone while the journal has their other entries.
  private func deadSegments() throws(StoreFault) -> [Int] {
    let ring = try KeyRing(path: store.home + ".keys", create: false)
    return try store.read { session throws(StoreFault) in
      try session.all("SELECT first, key FROM segment ORDER BY first") { (Int($0.integer(0)), Int($0.integer(1))) }
    }.filter { ring.isDestroyed($0.1) && journal.newest(first: $0.0, key: $0.1) != nil }.map(\.0)
  }

  /// All of them in one transaction.
  mutating func erase(
    _ subjects: [Subject], replaying act: StaffAct? = nil, forgetting: (Int) throws(StoreFault) -> Void
  ) throws(StoreFault) -> [ErasureReport.Erased] {
    let dead = act == nil ? [] : try deadSegments()
    try beginRewriting()
    defer { endRewriting() }
    for _ in 0..<Erasing.attempts {
      for number in subjects.compactMap(\.number) { try forgetting(number) }
      var done: [ErasureReport.Erased]?
      var written = journal
      var segments = 0
      try store.write { session throws(StoreFault) in
        for number in subjects.compactMap(\.number) where try ErasedRows.isIndexed(number, session) { return }
        let rows = ErasedRows(session, marks)
        var seals: [Int] = []
        for subject in subjects { seals += try rows.seals(of: subject.number, records: subject.records) }
        var rewriting = try SegmentRewriting(store, session)
        try rewriting.revive(dead, journal)
        try rewriting.empty(Array(Set(seals)), journal)
        var erased: [ErasureReport.Erased] = []
        for subject in subjects { erased.append(try rows.erase(subject)) }
        if let act { try RetentionRows(session).noteEmptied(in: dead, of: store, by: act) }
        try rows.note(keys: act == nil ? nil : try KeyRing(path: store.home + ".keys", create: false).count)
        segments = rewriting.written.count
        // The last thing before the commit. What is replayed is in the journal, but for segments written anew.
        if act == nil || !rewriting.written.isEmpty {
          try written.append(act == nil ? subjects.map(\.entry) : [], rewriting.written)
        }
        done = erased
      }
      guard let done else { continue }
      journal = written
      self.segments += segments
      return done
    }
    throw .locked(path: store.path)
  }

  /// Empties sealed entries of which nobody is to be erased, in one transaction with what the caller notes of it.
  ///
  /// - Parameter body: the rows, before the segments; its result are the seals to be emptied.
  mutating func empty(_ body: (any SQLSession) throws(StoreFault) -> [Int]) throws(StoreFault) {
    try beginRewriting()
    defer { endRewriting() }
    var written = journal
    var segments = 0
    try store.write { session throws(StoreFault) in
      let seals = try body(session)
      guard !seals.isEmpty else { return }
      var rewriting = try SegmentRewriting(store, session)
      try rewriting.empty(seals, journal)
      try ErasedRows(session, marks).note(keys: nil)
      segments = rewriting.written.count
      // The last thing before the commit, as of an erasure.
      try written.append([], rewriting.written)
    }
    journal = written
    self.segments += segments
  }

  private func beginRewriting() throws(StoreFault) {
    // What is committed must be on the disk before the keys are destroyed.
    try pragma("synchronous = FULL")
    try pragma("secure_delete = ON")
  }

  private func endRewriting() { try? pragma("synchronous = NORMAL") }

  /// Destroys the keys of what was replaced and writes the file anew.
  ///
  /// - Returns: false when somebody reads the pages of before, or writes: the next call does the rest.
  func finish() throws(StoreFault) -> Bool {
    try destroyKeys()
    return try writeAnew()
  }

  private func destroyKeys() throws(StoreFault) {
    let used = try store.read { session throws(StoreFault) in
      Set(try session.all("SELECT key FROM segment") { Int($0.integer(0)) })
    }
    // A key still in use is that of an erasure that was cut off before its commit.
    let ring = try KeyRing(path: store.home + ".keys", create: false)
    try ring.destroy(journal.segments.map(\.from).filter { !used.contains($0) })
  }

  /// Writes the file anew without its free pages and cuts the log, where an erasure was committed since that was last
  /// done.
  ///
  /// - Returns: as ``finish()``.
  private func writeAnew() throws(StoreFault) -> Bool {
    guard try store.read({ session throws(StoreFault) in try ErasedRows.isPending(session) }) else { return true }
    do throws(StoreFault) {
      // In memory it would take as much of it as the store is large.
      try pragma("temp_store = FILE")
      defer { try? pragma("temp_store = MEMORY") }
      try store.read { session throws(StoreFault) in try session.execute("VACUUM") }
    } catch .database(let code, let message, let statement) {
      // SQLITE_BUSY and SQLITE_LOCKED.
      guard code & 0xFF == 5 || code & 0xFF == 6 else {
        throw .database(code: code, message: message, statement: statement)
      }
      return false
    }
    guard try isLogCut() else { return false }
    try store.write { session throws(StoreFault) in
      try session.execute("DELETE FROM setting WHERE name = 'erasing'")
    }
    // What is in the log now says nothing of anybody.
    _ = try isLogCut()
    return true
  }

  /// Moves the log into the file and cuts it to nothing.
  private func isLogCut() throws(StoreFault) -> Bool {
    try store.read { session throws(StoreFault) in
      try session.first("PRAGMA wal_checkpoint(TRUNCATE)") { $0.integer(0) == 0 } ?? false
    }
  }

  private func pragma(_ setting: String) throws(StoreFault) {
    try store.read { session throws(StoreFault) in try session.each("PRAGMA \(setting)", []) { _ in } }
  }
}
