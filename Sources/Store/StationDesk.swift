package import Casework
package import Suggestions

/// A station by all it is called in sources and verdicts.
package struct StationNames: Sendable, Hashable {
  package var code: String
  /// What its books may be named for, the code among them.
  package var all: Set<String>

  package init(code: String, names: [String]) {
    self.code = code
    all = Set(names).union([code])
  }
}

/// What came in at a station, where it stands, and what is to be done about it there.
package struct StationEntry: Sendable, Hashable {
  package var submission: StationSubmission
  /// Of the case it is handled with; nil on the sensitive track, which is nobody's at a counter.
  package var state: CaseState?
  package var isTold: Bool
  /// 带话: what its writer has to be told and who can only be told here.
  package var errand: CaseErrand?
  /// Whether the keeper may record having told it: the case came from this station or went to it. Where it was merged
  /// into another's, the platform does.
  package var isKeepers: Bool
  package var trail: CustodyTrail

  package init(
    _ submission: StationSubmission, state: CaseState?, isTold: Bool, errand: CaseErrand?, isKeepers: Bool,
    trail: CustodyTrail
  ) {
    self.submission = submission
    self.state = state
    self.isTold = isTold
    self.errand = errand
    self.isKeepers = isKeepers
    self.trail = trail
  }
}

extension SuggestionStore {
  /// The desk of a station's keeper: its own submissions, newest first.
  ///
  /// A telephone number or an address for letters makes a writer reachable by others; then nothing is to be carried.
  /// Told is a fact of a case, not of each of its writers: where one was told, nothing is to be carried to another.
  ///
  /// - Parameters:
  ///   - moment: what can still be undone then is not carried; seconds since 1970.
  ///   - newest: so many are there whatever their state; of the rest, those that may have something to be carried.
  package func stationDesk(
    _ station: StationNames, under rules: CaseworkRules, asOf moment: Int64, limit: Int = 10_000, newest: Int = .max
  ) throws(StoreFault) -> [StationEntry] {
    let submissions = try submissions(ofStation: station.code, names: Array(station.all), limit: limit)
    let contacts = try SealedContacts(self)
    return try snapshot { session throws(StoreFault) in
      var desk = StationReading(station, contacts, rules, session, moment)
      try desk.open()
      var entries: [StationEntry] = []
      for submission in submissions.prefix(newest) { entries.append(try desk.entry(submission)) }
      for submission in submissions.dropFirst(newest) where try desk.mayBeCarried(submission) {
        entries.append(try desk.entry(submission))
      }
      return entries
    }
  }
}

/// One reading of a station's desk.
private struct StationReading {
  let station: StationNames
  let rules: CaseworkRules
  let session: any SQLSession
  let moment: Int64
  private var contacts: SealedContacts
  private var rows: CaseRows?
  private var cases: [Int: (file: CaseFile, errand: CaseErrand?)] = [:]
  private var books: [String: BookCustody] = [:]

  init(
    _ station: StationNames, _ contacts: SealedContacts, _ rules: CaseworkRules, _ session: any SQLSession,
    _ moment: Int64
  ) {
    self.station = station
    self.contacts = contacts
    self.rules = rules
    self.session = session
    self.moment = moment
  }

  mutating func open() throws(StoreFault) { rows = try CaseRows(session, regionPath: rules.regionPath) }

  mutating func entry(_ submission: StationSubmission) throws(StoreFault) -> StationEntry {
    let holding = submission.holding
    var moments: [CustodyTrail.Step: Int64] = [.submitted: holding.receivedAt]
    moments[.written] = holding.submittedAt
    if let book = try custody(of: submission) {
      moments[.collected] = book.closed
      moments[.transcribed] = book.transcribed
    }
    guard !submission.isSensitive else {
      return StationEntry(
        submission, state: nil, isTold: false, errand: nil, isKeepers: false, trail: CustodyTrail(moments))
    }
    var (file, errand) = try readCase(holding.root)
    if errand != nil, try !isReachedHereAlone(holding.number) { errand = nil }
    // A contribution is closed with thanks and no other answer.
    moments[.answered] = file.moments[.answered] ?? file.moments[.rejected] ?? file.moments[.closed]
    moments[.told] = file.moments[.told]
    let keeper = CaseHandler(unit: station.code, isStation: true)
    return StationEntry(
      submission, state: file.state, isTold: file.isWriterTold, errand: errand,
      isKeepers: file.station == station.code || file.handler == keeper, trail: CustodyTrail(moments))
  }

  /// Whether its case is in a state with something to be told or asked: cheaper than its history.
  func mayBeCarried(_ submission: StationSubmission) throws(StoreFault) -> Bool {
    guard !submission.isSensitive else { return false }
    let states = [CaseState.pending, .signed, .rejected, .answered].map { String($0.rawValue) }.joined(separator: ", ")
    return try session.integer(
      "SELECT count(*) FROM case_file WHERE suggestion = $1 AND state IN (\(states))",
      [.integer(submission.holding.root)]) > 0
  }

  private mutating func readCase(_ id: Int) throws(StoreFault) -> (file: CaseFile, errand: CaseErrand?) {
    if let known = cases[id] { return known }
    guard let reading = try rows?.reading(of: id) else { throw .corrupt("there is no suggestion \(id)") }
    let file = try CaseActing.file(reading.history, id)
    // What folds to a file folds to an errand.
    let errand = try? reading.history.errand(limits: rules.limits, asOf: moment)
    cases[id] = (file, errand)
    return (file, errand)
  }

  private mutating func isReachedHereAlone(_ number: Int) throws(StoreFault) -> Bool {
    let seal = try session.integer("SELECT seal FROM submission WHERE number = $1", [.integer(number)])
    return try contacts.reach(Int(seal), session) == .none
  }

  private mutating func custody(of submission: StationSubmission) throws(StoreFault) -> BookCustody? {
    guard let book = submission.book else { return nil }
    if let known = books[book] { return known }
    let source = try session.integer(
      "SELECT source FROM submission WHERE number = $1", [.integer(submission.holding.number)])
    let found = try OpinionBooks.find(book, source: Int(source), session)?.custody
    if let found { books[book] = found }
    return found
  }
}
