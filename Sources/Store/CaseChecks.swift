internal import Casework
internal import Suggestions

extension Verification {
  /// Every case that somebody acted on: its acts follow from one another as the table allows, and every row that shows it
  /// agrees with their fold.
  ///
  /// - Parameter rules: what due times are computed by; without them the stored ones are not looked at.
  func checkCases(under rules: CaseworkRules?) throws(StoreFault) {
    let ids = try session.all(
      """
      SELECT suggestion FROM case_file
      UNION SELECT id FROM suggestion WHERE decided <> 0 OR state <> 0 OR merged_into IS NOT NULL
        OR corrected_priority IS NOT NULL
      UNION SELECT subject FROM event
        WHERE action <> 'intake' AND (action IN ('correct', 'merge', 'unmerge') OR substr(action, 1, 5) = 'case.')
      ORDER BY 1
      """) { Int($0.integer(0)) }
    let rows = try CaseRows(session, regionPath: rules?.regionPath ?? { [$0] })
    for id in ids {
      guard let reading = try readable({ () throws(StoreFault) in try rows.reading(of: id) }),
        let file = try readable({ () throws(StoreFault) in try CaseActing.file(reading.history, id) })
      else {
        faults.add(.cases, id)
        continue
      }
      if file.state == .merged { toldMerges[id] = file.mergedInto.map { Int($0) } }
      try compare(id, reading, file, rows.codes, rules)
    }
  }

  /// Nil for what is not there or does not make sense.
  private func readable<Value>(_ body: () throws(StoreFault) -> Value?) throws(StoreFault) -> Value? {
    do throws(StoreFault) {
      return try body()
    } catch .corrupt {
      return nil
    }
  }

  private func compare(
    _ id: Int, _ reading: CaseRows.Reading, _ file: CaseFile, _ codes: StoredCodes, _ rules: CaseworkRules?
  ) throws(StoreFault) {
    let shown = try session.first(
      """
      SELECT state, kind, topic, urgency, track, region, lead, tier, decided, corrected_priority, priority, support
      FROM suggestion WHERE id = $1
      """, [.integer(id)]
    ) { row in (0..<12).map { row.optionalInteger($0) } }
    guard let shown else { return faults.add(.cases, id) }
    func text(_ column: Int) -> String? { codes.text(Int(shown[column] ?? 0)) }
    let isAsDecided =
      shown[1] == Int64(file.kind.rawValue) && text(2) ?? "" == file.topic && shown[3] == Int64(file.urgency.rawValue)
      && shown[4] == Int64(file.track.rawValue) && text(5) == file.regions.first && text(6) == file.lead?.unit
      && shown[7] == Int64(file.lead?.tier ?? 0) && shown[8] == Int64(DecidedAspects(file).rawValue)
    let place = file.corrections.priority.map { Int64($0) }
    let others = min(5, max(0, (shown[11] ?? 0) &- 1))
    let isWhereDecided = shown[9] == place && place.map { shown[10] == min(99, $0 &+ 2 * others) } ?? true
    if !isAsDecided || !isWhereDecided { faults.add(.decisions, id) }
    if shown[0] != Int64(file.state.rawValue) { faults.add(.cases, id) }
    // What was decided before there were case files has none until the next act.
    let kept = try compareFile(id, reading.history, file, codes, rules)
    if kept ?? !reading.isOnFile != true { faults.add(.cases, id) }
  }

  /// Whether the case file agrees; nil where there is none.

  private func compareFile(
    _ id: Int, _ history: CaseHistory, _ file: CaseFile, _ codes: StoredCodes, _ rules: CaseworkRules?
  ) throws(StoreFault) -> Bool? {
    func handler(_ row: any SQLRow, _ column: Int) -> CaseHandler? {
      codes.text(Int(row.integer(column))).map {
        CaseHandler(
          unit: $0, district: codes.text(Int(row.integer(column + 1))), isStation: row.integer(column + 2) != 0)
      }
    }
    let last = history.events.last
    let assistants = try session.all(
      "SELECT unit, district, keeper FROM case_assistant WHERE suggestion = $1", [.integer(id)]
    ) { handler($0, 0) }
    let isKept = try session.first(
      """
      SELECT unit, district, keeper, version, action, was, state, round, hops, supervised, claimed_until, snoozed_until,
        acted_at, answer_due, next_due, provisional
      FROM case_file WHERE suggestion = $1
      """, [.integer(id)]
    ) { row in
      let counts: [Int64] = [
        Int64(history.events.count), Int64(last?.action.rawValue ?? 0), Int64(last?.before.rawValue ?? 0),
        Int64(file.state.rawValue), Int64(file.round), Int64(file.hops), file.isSupervised ? 1 : 0,
      ]
      let isSame =
        handler(row, 0) == file.handler && counts == (3..<10).map { row.integer($0) }
        && row.optionalInteger(10) == file.claim?.until && row.optionalInteger(11) == file.snoozedUntil
        && row.integer(12) == last?.at
      if let rules, let last {
        let dues = CaseProjecting(session, rules).dues(of: file, at: last.at)
        let kept = (row.optionalInteger(13), row.optionalInteger(14), row.integer(15) != 0)
        if kept != (dues.answer, dues.next, dues.isProvisional) { faults.add(.dues, id) }
      }
      return isSame
    }
    return isKept.map { $0 && Set(assistants) == Set(file.coHandlers.map(Optional.some)) }
  }
}

extension Verification {
  /// Who is merged into whom, told by the history; the roots that follow from it; and what the roots count.
  func checkMerged(_ merged: MergedSuggestions) throws(StoreFault) {
    let told = toldMerges
    let expected = MergedSuggestions(parents: told)
    let shown = Set(merged.parents.keys).union(merged.allRoots.flatMap { merged.group(of: $0) })
    for id in shown.union(told.keys).sorted() {
      let isRight = merged.parents[id] == told[id] && merged.root(of: id) == expected.root(of: id)
      if !isRight { faults.add(.merges, id) }
    }
    for root in expected.allRoots {
      let voices = try SupportCounting.voices(of: [root] + expected.group(of: root), session)
      let counts = try session.first("SELECT support, submissions FROM suggestion WHERE id = $1", [.integer(root)]) {
        (Int($0.integer(0)), Int($0.integer(1)))
      }
      if counts?.0 != SupportCounting.people(voices) || counts?.1 != voices.count { faults.add(.support, root) }
    }
  }
}
