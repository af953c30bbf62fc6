internal import Suggestions

/// The fold of a case as its writer sees it: only what has gone out, and the steps it took.
struct WriterReading {
  /// Kind, track, topic and place as they are now; all else as it was when the last of what is out was done.
  private(set) var file: CaseFile
  private(set) var steps: [WriterStatus.Step]
  private(set) var stage: WriterStatus.Stage = .received
  private(set) var answer: WriterStatus.Answer?
  private(set) var question: WriterStatus.Question?
  private var isTouched = false

  var isSensitive: Bool { file.track == .sensitive }

  init(
    _ history: CaseHistory, limits: CaseLimits, asOf moment: Int64, isBrought: Bool
  ) throws(CaseHistoryFault) {
    let now = try history.file()
    file = CaseFile(history.opening)
    steps = [WriterStatus.Step(.received, at: history.opening.receivedAt)]
    for event in WriterReading.out(try history.standingEvents(), limits, asOf: moment) { take(event) }
    if isBrought, let errand = try history.errand(limits: limits, asOf: moment), errand.what == .answer {
      stage = .answered
      steps.append(WriterStatus.Step(.answered, at: errand.since))
    }
    file.kind = now.kind
    file.track = now.track
    file.urgency = now.urgency
    file.topic = now.topic
    file.regions = now.regions
  }

  /// What says something to the writer, and so waits until it can no longer be undone.
  private static let held: Set<CaseAction> = [
    .reject, .thank, .reply, .answer, .askWriter, .grantExtension, .reopen, .reconsider, .split,
  ]

  /// The acts before the first that is still held. Only the last decision can be undone, then the one before it, so
  /// what may go lies at the end.
  private static func out(_ standing: [CaseEvent], _ limits: CaseLimits, asOf moment: Int64) -> ArraySlice<CaseEvent> {
    var end = standing.endIndex
    for (index, event) in standing.enumerated().reversed() where event.action != .note {
      guard let last = limits.undoEnd(of: event), moment <= last else { break }
      // Writers see what they did themselves at once.
      if held.contains(event.action), event.role != .writer { end = index }
    }
    return standing[..<end]
  }

  private mutating func take(_ event: CaseEvent) {
    guard event.action != .note else { return }
    let before = stage
    file.apply(event)
    isTouched = true
    stage = present
    switch event.action {
    case .answer, .reply, .thank:
      answer = WriterStatus.Answer(
        text: event.details.text ?? "", at: event.at, unit: event.unit, outcome: event.details.outcome)
    case .refuseAnswer, .reopen: answer = nil
    case .askWriter: question = WriterStatus.Question(text: event.details.text ?? "", at: event.at)
    default: break
    }
    if let what = step(event.action, from: before) { steps.append(WriterStatus.Step(what, at: event.at)) }
  }

  private var present: WriterStatus.Stage {
    switch file.state {
    case .rejected: return .notTakenUp
    case .closed: return .closed
    case .archived: return file.rejection == nil ? .closed : .notTakenUp
    // An answer is one when it has been told; before that it may be sent back.
    case .answered where file.isWriterTold: return .answered
    case .merged: return .considered
    default: break
    }
    if file.isWaitingForWriter { return .waiting }
    if file.state != .pending, file.moments[.dispatched] != nil { return .assigned }
    return isTouched ? .considered : .received
  }

  /// What a change of the stage is called; what was taken back is taken out of the steps.
  private mutating func step(_ action: CaseAction, from before: WriterStatus.Stage) -> WriterStatus.Step.What? {
    switch action {
    case .reopen: return .reopened
    case .merge: return .merged
    case .split: return .split
    case .grantExtension: return .extended
    case .recall, .unmerge:
      let gone: WriterStatus.Step.What = action == .recall ? .assigned : .merged
      if stage != before || action == .unmerge, steps.last?.what == gone { steps.removeLast() }
      return nil
    default: break
    }
    guard stage != before else { return nil }
    switch stage {
    case .waiting: return .asked
    case .answered: return .answered
    case .closed: return .closed
    case .notTakenUp: return .notTakenUp
    case .received, .considered, .assigned, .restricted:
      if before.isTold { return .reopened }
      if before == .waiting, action == .resume { return .resumed }
      return stage == .assigned ? .assigned : .considered
    }
  }

  /// Steps of another case that are those of all that are merged into it.
  static let shared: Set<WriterStatus.Step.What> = [
    .assigned, .extended, .answered, .closed, .notTakenUp, .reopened,
  ]

  /// By time; what was at one moment stays as it was.
  static func sort(_ steps: inout [WriterStatus.Step]) {
    steps = steps.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
  }

  func promise(_ clocks: ClockBook, _ calendar: WorkingCalendar, asOf moment: Int64) -> WriterStatus.Promise? {
    let readings = clocks.readings(of: file, on: calendar, asOf: moment)
    guard let reading = readings.first(where: { $0.rule.kind == .answer }), let due = reading.due else { return nil }
    return WriterStatus.Promise(
      by: due, isProvisional: reading.isProvisional, isLate: moment > due, isPaused: file.isWaitingForWriter)
  }

  /// Nil before the end, and when its time is over.
  func followUp(_ limits: CaseLimits, asOf moment: Int64) -> WriterStatus.FollowUp? {
    guard file.state == .closed, let closed = file.moments[.closed] else { return nil }
    let until = closed + limits.reopenWindow
    guard moment <= until else { return nil }
    let mayReopen = CaseLifecycle.edges(of: .reopen).contains {
      $0.fits(.closed, file.kind, file.track) && $0.roles.contains(.writer)
    }
    return WriterStatus.FollowUp(until: until, mayReopen: mayReopen, isRated: file.callBack != nil)
  }
}
