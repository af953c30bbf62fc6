internal import Casework
package import Suggestions

/// 待回访: a writer whom nobody can reach but somebody who knows the person, and who has not said yet whether it was
/// solved.
package struct CallBack: Sendable, Hashable {
  package var submission: StationSubmission
  /// Code of the station it came through; nil where none is known.
  package var station: String?
  package var state: CaseState
  /// When it was closed, or told where it is not closed yet; seconds since 1970.
  package var since: Int64
  /// Whether the act can be recorded already: a case is rated when it is closed.
  package var isRecordable: Bool
  /// Whether the station's keeper may record it; else the platform does.
  package var isKeepers: Bool

  package init(
    _ submission: StationSubmission, station: String?, state: CaseState, since: Int64, isRecordable: Bool,
    isKeepers: Bool
  ) {
    self.submission = submission
    self.station = station
    self.state = state
    self.since = since
    self.isRecordable = isRecordable
    self.isKeepers = isKeepers
  }
}

extension SuggestionStore {
  /// Whom keepers have to ask, oldest first: cases closed, or answered and told, without a rating, as far as their
  /// writers left neither a telephone number nor an address for letters and came through a station, an opinion book or
  /// a visit. Contributions and praise are thanked for, not rated; the sensitive track has designated staff.
  ///
  /// - Parameters:
  ///   - stations: all there are.
  ///   - station: code of the only one that is asked for.
  package func callBacks(
    among stations: [StationNames], of station: String? = nil, under rules: CaseworkRules
  ) throws(StoreFault) -> [CallBack] {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    let contacts = try SealedContacts(self)
    return try snapshot { session throws(StoreFault) in
      var reading = CallBackReading(session: session, contacts: contacts, receipts: receipts, rules: rules)
      for station in stations { for name in station.all { reading.stations["book:" + name] = station.code } }
      return try reading.all(of: station)
    }
  }
}

/// One making of the list.
private struct CallBackReading {
  let session: any SQLSession
  var contacts: SealedContacts
  let receipts: ReceiptCode
  let rules: CaseworkRules
  /// Codes of stations by the sources their books are.
  var stations: [String: String] = [:]

  mutating func all(of station: String?) throws(StoreFault) -> [CallBack] {
    let batches = try IntakeMoments(session)
    let codes = try StoredCodes(session)
    var found: [(seal: Int, entry: CallBack)] = []
    for (id, rows, file) in try candidates(of: station, codes) {
      let isClosed = file.state == .closed
      guard let since = file.moments[isClosed ? .closed : .told] else { continue }
      for row in rows {
        let own = self.station(of: row, codes)
        guard own != nil || row.channel == .opinionBook || row.channel == .visit, station == nil || station == own
        else { continue }
        guard let submission = row.submission(received: batches.moment(of: row.seal), receipts) else {
          throw .corrupt("submission \(row.number): its attributes cannot be read")
        }
        guard !submission.isSensitive, submission.holding.root == id else { continue }
        let keeper = own.map { CaseHandler(unit: $0, isStation: true) }
        found.append((
          row.newestSeal,
          CallBack(
            submission, station: own, state: file.state, since: since, isRecordable: isClosed,
            isKeepers: own != nil && (file.station == own || file.handler == keeper))
        ))
      }
    }
    // In the order of the seals each segment is opened once.
    var kept: [CallBack] = []
    for (seal, entry) in found.sorted(by: { $0.seal < $1.seal }) where try contacts.reach(seal, session) == .none {
      kept.append(entry)
    }
    return kept.sorted { ($0.since, $0.submission.holding.number) < ($1.since, $1.submission.holding.number) }
  }

  private func station(of row: StationRow, _ codes: StoredCodes) -> String? {
    stations[codes.source(row.source)] ?? codes.text(row.station)
  }

  /// Cases that may have to be asked after, with what came over a counter. What was surely rated is passed over without
  /// its fold: a rating is never undone, and only a reopening takes it away.
  private func candidates(
    of station: String?, _ codes: StoredCodes
  ) throws(StoreFault) -> [(id: Int, rows: [StationRow], file: CaseFile)] {
    let ids = try session.all(
      """
      SELECT c.suggestion FROM case_file c JOIN suggestion g ON g.id = c.suggestion
      WHERE c.state IN (\(CaseState.answered.rawValue), \(CaseState.closed.rawValue))
        AND g.track = \(Track.ordinary.rawValue)
        AND g.kind NOT IN (\(Kind.contribution.rawValue), \(Kind.praise.rawValue))
        AND coalesce((
          SELECT max(e.seq) FROM event e
          WHERE e.subject = c.suggestion AND e.action <> 'intake' AND e.action = 'case.call-back'), 0)
        <= coalesce((
          SELECT max(e.seq) FROM event e
          WHERE e.subject = c.suggestion AND e.action <> 'intake' AND e.action = 'case.reopen'), 0)
      ORDER BY c.suggestion
      """) { Int($0.integer(0)) }
    let channels = SuggestionStore.counters.map(\.rawValue).sorted().map(String.init).joined(separator: ", ")
    let cases = try CaseRows(session, regionPath: rules.regionPath)
    var found: [(id: Int, rows: [StationRow], file: CaseFile)] = []
    for id in ids {
      let rows = try session.all(
        StationRow.selection + """
           WHERE s.channel IN (\(channels)) AND \(ErasedRows.isLiving) AND s.number IN (
            SELECT id FROM suggestion WHERE id = $1 OR root = $1
            UNION SELECT submission FROM member WHERE suggestion IN (
              SELECT id FROM suggestion WHERE id = $1 OR root = $1))
          """, [.integer(id)]) { StationRow($0) }
      // What is not the station's is passed over before its history is read.
      guard rows.contains(where: { station == nil || self.station(of: $0, codes) == station }),
        let reading = try cases.reading(of: id)
      else { continue }
      let file = try CaseActing.file(reading.history, id)
      let isDone = file.state == .closed || (file.state == .answered && file.isWriterTold)
      if isDone, file.callBack == nil { found.append((id, rows, file)) }
    }
    return found
  }
}
