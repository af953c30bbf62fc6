package import Casework
package import Publishing
internal import Suggestions

/// Issues of the digest on their way into print. Every act is an event about the issue's number, in the transaction of
/// the act.
extension SuggestionStore {
  /// Bytes of what an editor changed, at most.
  package static let longestEditing = 1 << 20

  /// Opens an issue as a draft. A month has one issue of a template; what is wrong in a published one is corrected by
  /// another, with the month and the template of the first.
  ///
  /// - Parameters:
  ///   - month: `2025-07`.
  ///   - template: name of the template's folder.
  ///   - corrected: number of the published issue this one corrects.
  ///   - editing: what the editor changes, canonical JSON.
  ///   - content: what the issue says with it; the digest of the editing is put in here.
  ///   - name: of the account that does it, which must have the role.
  ///   - moment: seconds since 1970.
  /// - Returns: the issue's number.
  package func openIssue(
    _ month: String, template: String, correcting corrected: Int? = nil, editing: [UInt8],
    saying content: SignOffContent, by name: String, as role: CaseRole, under duties: SignOffDuties, at moment: Int64
  ) throws(StoreFault) -> Result<Int, IssueRefusal> {
    guard CivilTime.dayNumber(month + "-01") != nil else { return .failure(.month) }
    guard !template.isEmpty else { return .failure(.template) }
    guard SuggestionStore.isEditing(editing) else { return .failure(.editing) }
    return try write { session throws(StoreFault) in
      let actor: SignOffActor
      switch try SuggestionStore.signer(name, role, session) {
      case .success(let found): actor = found
      case .failure(let refusal): return .failure(refusal)
      }
      var content = content
      content.editing = IssueEventRecord.digest(editing)
      let opening = SignOffOpening(
        month: month, template: template, corrects: corrected, actor: actor.name, at: moment, content: content)
      // To open an issue is to change it for the first time.
      let request = SignOffRequest(.revise, at: moment, content: content)
      if case .failure(let refusal) = SignOffLifecycle.outcome(
        of: request, on: SignOffFile(opening), by: actor, under: duties)
      {
        return .failure(.refused(refusal))
      }
      if let refusal = try SuggestionStore.objection(to: opening, session) { return .failure(refusal) }
      let id = try History.next(session)
      try IssueRows.insert(id, opening, session)
      try IssueRows.keep(editing, of: id, 0, session)
      try History.append(
        History.Event(
          at: moment, actor: actor.name, action: IssueEventRecord.opening, subject: id,
          payload: IssueEventRecord.payload(IssueEventRecord.Opening(opening))), to: session)
      return .success(id)
    }
  }

  /// Does something to an issue: the act, its event and every row that shows it in one transaction, or nothing.
  ///
  /// - Parameters:
  ///   - seen: version of the issue as the person saw it.
  ///   - editing: what the editor changed, canonical JSON; with a revision, and ignored with all else.
  ///   - print: what goes out; with the publishing.
  ///   - name: of the account that acts, which must have the role. People are told apart by it, and the colophon prints
  ///     the account's display name as it is now.
  package func act(
    _ request: SignOffRequest, onIssue id: Int, seen: Int, editing: [UInt8]? = nil, print: IssuePrint? = nil,
    by name: String, as role: CaseRole, under duties: SignOffDuties
  ) throws(StoreFault) -> Result<IssueDone, IssueRefusal> {
    if request.action == .revise, !(editing.map(SuggestionStore.isEditing) ?? false) { return .failure(.editing) }
    return try write { session throws(StoreFault) in
      guard var history = try IssueRows.told(of: id, session)?.history else { return .failure(.unknown(id)) }
      guard seen == history.events.count else {
        return .failure(.changed(Array(history.events.dropFirst(max(0, seen)))))
      }
      let actor: SignOffActor
      switch try SuggestionStore.signer(name, role, session) {
      case .success(let found): actor = found
      case .failure(let refusal): return .failure(refusal)
      }
      var request = request
      // A clock that was set back makes nothing happen before what it follows.
      request.at = max(request.at, history.events.last?.at ?? history.opening.at)
      if let editing, request.action == .revise { request.content.editing = IssueEventRecord.digest(editing) }
      let file = try IssueRows.file(history, id)
      let event: SignOffEvent
      switch SignOffLifecycle.outcome(of: request, on: file, by: actor, under: duties) {
      case .success(let found): event = found
      case .failure(let refusal): return .failure(.refused(refusal))
      }
      var record = IssueEventRecord(event)
      if event.action == .publish {
        guard let print else { return .failure(.printMissing) }
        record.print = IssueEventRecord.Print(print)
        try IssueRows.keep(print, of: id, session)
      }
      if let editing, event.action == .revise { try IssueRows.keep(editing, of: id, event.number, session) }
      history.append(event)
      let after = try IssueRows.file(history, id)
      try IssueRows.update(id, after, after: event, session)
      let sequence = try SuggestionStore.tell(event, record, of: id, session)
      return .success(IssueDone(id: id, file: after, event: event, sequence: sequence))
    }
  }

  /// - Returns: number of the event.
  static func tell(
    _ event: SignOffEvent, _ record: IssueEventRecord, of id: Int, _ session: any SQLSession
  ) throws(StoreFault) -> Int {
    let sequence = try History.next(session)
    try History.append(
      History.Event(
        at: event.at, actor: event.actor, action: IssueEventRecord.prefix + event.action.code, subject: id,
        payload: IssueEventRecord.payload(record)), to: session)
    return sequence
  }

  private static func isEditing(_ bytes: [UInt8]) -> Bool {
    bytes.count <= longestEditing && SignOffEditing(bytes) != nil
  }

  /// Somebody who has an account and the role, now.
  private static func signer(
    _ name: String, _ role: CaseRole, _ session: any SQLSession
  ) throws(StoreFault) -> Result<SignOffActor, IssueRefusal> {
    guard let account = try AccountRows.named(name, session)?.account, !account.isDisabled else {
      return .failure(.noAccount)
    }
    let scopes = account.grants.map(\.scope).filter { $0.role == role }
    guard !scopes.isEmpty else { return .failure(.notHeld(role)) }
    return .success(
      SignOffActor(
        name: account.name, display: account.display, role: role.code,
        isCityWide: scopes.contains { $0.regions.isEmpty }))
  }

  private static func objection(
    to opening: SignOffOpening, _ session: any SQLSession
  ) throws(StoreFault) -> IssueRefusal? {
    guard let corrected = opening.corrects else {
      let other = try session.first(
        "SELECT id FROM digest_issue WHERE month = $1 AND template = $2 AND corrects IS NULL",
        [.text(opening.month), .text(opening.template)]) { Int($0.integer(0)) }
      return other.map(IssueRefusal.exists)
    }
    let found = try session.first("\(IssueRows.columns) WHERE id = $1", [.integer(corrected)]) {
      IssueRows.record($0)
    }
    guard let issue = found ?? nil else { return .unknown(corrected) }
    guard issue.state == .published, issue.corrects == nil else { return .notCorrectable(corrected) }
    return issue.month == opening.month && issue.template == opening.template ? nil : .otherIssue(corrected)
  }
}
