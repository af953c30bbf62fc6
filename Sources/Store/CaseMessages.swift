internal import Casework
internal import Suggestions

/// Who outside hears of an act on a case, written with the act: codes and times alone, behind the undo window.
struct CaseMessages {
  let session: any SQLSession
  let rules: CaseworkRules

  init(_ session: any SQLSession, _ rules: CaseworkRules) {
    self.session = session
    self.rules = rules
  }

  /// What people inside do for themselves.
  private static let quiet: Set<CaseAction> = [
    .note, .claim, .release, .snooze, .wake, .shortlist, .score, .publish, .correct, .divert, .restore, .split,
  ]

  /// - Parameter sequences: numbers of the case's events in the history, the new one last.
  func tell(
    _ event: CaseEvent, of id: Int, before: CaseFile, after: CaseFile, sequences: [Int]
  ) throws(StoreFault) {
    guard let sequence = sequences.last else { return }
    var wasTold = true
    if event.action == .undo, let undone = event.details.undoes, sequences.indices.contains(undone - 1) {
      wasTold = try Outbox.cancel(event: sequences[undone - 1], session) > 0
    } else if event.action == .recall, let order = try lastOrder(id, before: sequence) {
      wasTold = try Outbox.cancel(event: order, session) > 0
    }
    // What nobody heard of need not be taken back.
    guard wasTold, !CaseMessages.quiet.contains(event.action) else { return }
    let handler = [.recall, .undo, .sendBack].contains(event.action) ? before.handler : after.handler ?? before.handler
    let unit = handler?.text
    let dues = CaseProjecting(session, rules).dues(of: after, at: event.at)
    var payload = JSONWriter()
    payload.object {
      $0.field("suggestion", id)
      $0.field("act", event.action.code)
      $0.field("before", event.before.code)
      $0.field("state", event.after.code)
      $0.field("at", event.at)
      $0.field("round", after.round)
      $0.field("topic", after.topic.isEmpty ? nil : after.topic)
      $0.field("region", after.regions.first)
      $0.field("urgency", after.urgency.code)
      $0.field("handler", unit)
      if let due = dues.next { $0.field("due", due) }
    }
    // Who may be falling into the hole cannot wait until nobody changes their mind any more; an undo is told as well.
    let window = after.urgency == .danger ? nil : rules.limits.undoEnd(of: event)
    try Outbox.add(
      OutboxMessage(
        event: sequence, kind: CaseEventRecord.prefix + event.action.code, subject: id, notBefore: window ?? event.at,
        payload: payload.text, unit: unit), to: session)
    for helper in after.coHandlers where [.dispatch, .adjudicate].contains(event.action) {
      try Outbox.add(
        OutboxMessage(
          event: sequence, kind: CaseEventRecord.prefix + event.action.code, subject: id,
          notBefore: window ?? event.at, payload: payload.text, unit: helper.text), to: session)
    }
  }

  /// A step of the ladder.
  func remind(_ notice: ReminderNotice, at moment: Int64) throws(StoreFault) {
    let file = notice.file
    let unit = file.handler?.text
    var payload = JSONWriter()
    payload.object {
      $0.field("suggestion", notice.suggestion)
      $0.field("clock", notice.step.key.clock.code)
      $0.field("step", notice.step.key.step)
      $0.array("to") { list in for recipient in notice.step.to { list.field(nil, recipient.code) } }
      $0.field("state", file.state.code)
      $0.field("at", moment)
      $0.field("topic", file.topic.isEmpty ? nil : file.topic)
      $0.field("region", file.regions.first)
      $0.field("handler", unit)
      $0.field("kind", file.kind.code)
      $0.field("urgency", file.urgency.code)
      $0.field("track", file.track.code)
      let reading = notice.step.reading
      if let start = reading.start { $0.field("start", start) }
      if let due = reading.due { $0.field("due", due) }
      $0.field("left", reading.left)
      $0.field("overdue", reading.overdue)
      $0.field("counting", reading.rule.within.unit.counting.rawValue)
      $0.field("provisional", reading.isProvisional)
    }
    try Outbox.add(
      OutboxMessage(
        event: notice.event, kind: "reminder." + notice.step.key.step, subject: notice.suggestion, notBefore: moment,
        payload: payload.text, unit: notice.step.to.contains { $0 == .unit || $0 == .unitHead } ? unit : nil), to: session)
  }

  private func lastOrder(_ id: Int, before sequence: Int) throws(StoreFault) -> Int? {
    try session.first(
      """
      SELECT seq FROM event WHERE subject = $1 AND action <> 'intake' AND action IN ('case.dispatch', 'case.adjudicate')
        AND seq < $2 ORDER BY seq DESC LIMIT 1
      """, [.integer(id), .integer(sequence)]
    ) { Int($0.integer(0)) }
  }
}
