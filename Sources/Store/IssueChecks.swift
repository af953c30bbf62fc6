internal import Publishing

extension Verification {
  /// Every issue is the fold of its events: nobody signed twice, each signature names the content that stood, and every
  /// row and byte that shows it is what the history tells.
  func checkIssues() throws(StoreFault) {
    let ids = try session.all(
      """
      SELECT id FROM digest_issue UNION SELECT issue FROM digest_edit UNION SELECT issue FROM digest_print
      UNION SELECT issue FROM digest_case
      UNION SELECT subject FROM event
        WHERE action <> 'intake' AND substr(action, 1, 7) = '\(IssueEventRecord.prefix)'
      ORDER BY 1
      """) { Int($0.integer(0)) }
    for id in ids where try !isSound(id) { faults.add(.issues, id) }
  }

  private func isSound(_ id: Int) throws(StoreFault) -> Bool {
    guard let told = try IssueRows.told(of: id, session), let file = try? told.history.file() else { return false }
    let isShown = try session.first(
      "SELECT month, template, corrects, version, action, was, state, hash, changed_at FROM digest_issue WHERE id = $1",
      [.integer(id)]
    ) { row in
      let last = told.history.events.last
      let numbers: [Int] = [
        file.version, Int(last?.action.rawValue ?? 0), Int(last?.before.rawValue ?? 0), Int(file.state.rawValue),
      ]
      return row.text(0) == file.opening.month && row.text(1) == file.opening.template
        && row.optionalInteger(2) == file.opening.corrects.map { Int64($0) }
        && numbers == (3..<7).map { Int(row.integer($0)) } && row.text(7) == file.content.hash
        && row.integer(8) == last?.at ?? file.opening.at
    }
    guard isShown ?? false, try areEditingsSound(id, told) else { return false }
    guard try isPrintSound(id, told, file) else { return false }
    return try isCorrectionSound(file.opening)
  }

  private func areEditingsSound(_ id: Int, _ told: IssueRows.Told) throws(StoreFault) -> Bool {
    var expected = [0: told.history.opening.content.editing]
    for event in told.history.events { if let content = event.content { expected[event.number] = content.editing } }
    let found = try IssueRows.editings(of: id, session)
    return Set(found.keys) == Set(expected.keys)
      && found.allSatisfy { version, bytes in
        told.emptied.contains(version) ? bytes.isEmpty : IssueEventRecord.digest(bytes) == expected[version]
      }
  }

  private func isPrintSound(_ id: Int, _ told: IssueRows.Told, _ file: SignOffFile) throws(StoreFault) -> Bool {
    do throws(StoreFault) {
      let found = try IssueRows.print(of: id, session).map(IssueEventRecord.Print.init)
      return found == told.print && (found != nil) == (file.state == .published)
    } catch .corrupt {
      return false
    }
  }

  private func isCorrectionSound(_ opening: SignOffOpening) throws(StoreFault) -> Bool {
    guard let corrected = opening.corrects else { return true }
    return try session.integer(
      """
      SELECT count(*) FROM digest_issue
      WHERE id = $1 AND state = $2 AND month = $3 AND template = $4 AND corrects IS NULL
      """,
      [
        .integer(corrected), .integer(Int(SignOffState.published.rawValue)), .text(opening.month),
        .text(opening.template),
      ]) == 1
  }
}
