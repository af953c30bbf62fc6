internal import Suggestions

/// A case followed from act to act. The file of a case knows its last order and its last round; figures ask for all of
/// them, or a unit's lateness would be gone with the next order, and a bad mark with the reopening it led to.
struct CaseWalk {
  /// An order to a unit, by dispatch or adjudication.
  struct Order {
    var handler: CaseHandler
    var at: Int64
    var isReturned = false
    /// What the machine had proposed.
    var lead: CaseLead?
    var topic: String
    /// Clocks of the order before, which this one wiped out. When this one is recalled, they run on or are read again.
    var earlier: [Stopped]
  }

  struct Closing {
    var handler: CaseHandler?
    var isReopened = false
  }

  struct CallBack {
    var result: CallBackResult
    var handler: CaseHandler?
  }

  /// A clock that was stopped.
  struct Stopped {
    var clock: ClockKind
    var isInTime: Bool
    /// Counted seconds.
    var used: Int64
    var handler: CaseHandler?
  }

  /// Where the case stands in the end.
  private(set) var file: CaseFile
  /// Those that were not recalled.
  private(set) var orders: [Order] = []
  private(set) var closings: [Closing] = []
  /// The last of each round.
  private(set) var callBacks: [CallBack] = []
  private(set) var stopped: [Stopped] = []
  /// Clocks that are not over, and when their time is up.
  private(set) var open: [(clock: ClockKind, due: Int64, handler: CaseHandler?)] = []

  private var firstAnswer: Int64?
  private var callBack: CallBack?

  /// The first order, answer or rejection.
  var firstResponse: Int64? { [orders.first?.at, firstAnswer].compactMap(\.self).min() }

  private let clocks: ClockBook
  private let calendar: WorkingCalendar

  init(
    _ history: CaseHistory, clocks: ClockBook, calendar: WorkingCalendar, asOf moment: Int64
  ) throws(CaseHistoryFault) {
    self.clocks = clocks
    self.calendar = calendar
    file = CaseFile(history.opening)
    if !history.events.isEmpty {
      let last = try history.file()
      for event in try history.standingEvents() { take(event, history.opening) }
      file = last
    }
    if let callBack { callBacks.append(callBack) }
    let rules = clocks.rules(for: file)
    let calendar = calendar.inside(file.regions)
    stopped += orders.flatMap(\.earlier) + read(rules, on: calendar, asOf: moment)
    for (_, rule) in rules where !rule.kind.isWindow {
      if let due = ClockReading.openDue(of: rule, in: file, on: calendar) {
        open.append((rule.kind, due, owner(of: rule.kind)))
      }
    }
  }

  private mutating func take(_ event: CaseEvent, _ opening: CaseOpening) {
    if let given = event.given { file.follow(given) }
    let before = file
    switch event.action {
    case .dispatch, .adjudicate:
      // An order wipes out what the unit before it did; the outer clocks run on.
      let rules = clocks.rules(for: file).filter { CaseWalk.ofOneOrder.contains($0.rule.start) }
      let earlier = read(rules, on: calendar.inside(file.regions), asOf: event.at)
      let verdict = event.given ?? opening
      if let handler = event.details.handler {
        orders.append(
          Order(handler: handler, at: event.at, lead: verdict.lead, topic: verdict.topic, earlier: earlier))
      }
    case .sendBack: if !orders.isEmpty { orders[orders.count - 1].isReturned = true }
    case .reopen:
      stopped += read(clocks.rules(for: file), on: calendar.inside(file.regions), asOf: event.at)
      if let callBack { callBacks.append(callBack) }
      callBack = nil
      if !closings.isEmpty { closings[closings.count - 1].isReopened = true }
    case .close, .thank: closings.append(Closing(handler: before.handler))
    case .callBack: callBack = event.details.callBack.map { CallBack(result: $0, handler: before.handler) }
    case .answer, .reply, .reject: firstAnswer = min(firstAnswer ?? event.at, event.at)
    default: break
    }
    file.apply(event)
    // Recalling goes back to another state, or there was no order to take back.
    if event.action == .recall, event.after != event.before, !orders.isEmpty { orders.removeLast() }
  }

  /// Moments that every order sets anew.
  private static let ofOneOrder: Set<ClockMoment> = [.assigned, .signed, .arrived, .resolved, .returned]

  /// Those of the clocks that were stopped.
  private func read(
    _ rules: [(set: ClockSet, rule: ClockRule)], on calendar: WorkingCalendar, asOf moment: Int64
  ) -> [Stopped] {
    rules.compactMap { set, rule in
      guard !rule.kind.isWindow, let start = file.moments[rule.start],
        rule.stops.contains(where: { file.moments[$0].map { $0 >= start } ?? false })
      else { return nil }
      let reading = ClockReading(of: rule, set: set.id, in: file, on: calendar, asOf: moment)
      guard reading.status == .met || reading.status == .missed else { return nil }
      // A case that is reopened is with its unit at once: nobody had to be quick.
      let isPlatforms = rule.start == .received || rule.start == .submitted
      if isPlatforms, file.round > 0, reading.stop == start { return nil }
      return Stopped(
        clock: rule.kind, isInTime: reading.status == .met, used: reading.used, handler: owner(of: rule.kind))
    }
  }

  /// Whose a clock is: the unit that has the case or had it last; of the dispatch clock the platform.
  private func owner(of clock: ClockKind) -> CaseHandler? {
    clock == .dispatch ? nil : file.handler ?? orders.last?.handler
  }
}
