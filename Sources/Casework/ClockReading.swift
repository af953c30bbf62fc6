internal import Suggestions

/// 时限读数: where a clock of a case stands, computed from the events, with its own explanation.
///
/// ``due`` depends on the events alone, not on the moment of reading: a pause that still lasts is taken to last to its
/// cap, so the due moment can only come earlier when it ends.
package struct ClockReading: Sendable, Hashable {
  package enum Status: UInt8, CaseIterable, Sendable {
    /// Not started.
    case waiting = 0
    case running = 1
    case paused = 2
    case overdue = 3
    /// Stopped in time.
    case met = 4
    /// Stopped late.
    case missed = 5
    /// Over without its stop: rejected, merged, returned, closed by another way. In no on-time rate.
    case ended = 6
    /// A window that has shut.
    case lapsed = 7

    package var code: String {
      switch self {
      case .waiting: "waiting"
      case .running: "running"
      case .paused: "paused"
      case .overdue: "overdue"
      case .met: "met"
      case .missed: "missed"
      case .ended: "ended"
      case .lapsed: "lapsed"
      }
    }
  }

  package var rule: ClockRule
  package var set: String
  package var status: Status
  /// The start; seconds since 1970, as all moments here.
  package var start: Int64?
  /// When it began to count.
  package var begins: Int64?
  /// When the time is up; nil before the start.
  package var due: Int64?
  /// The stop, or the end without one.
  package var stop: Int64?
  /// Counted seconds until the stop or the moment of reading.
  package var used: Int64
  /// Counted seconds from then to the due moment; pauses that are known are taken off.
  package var left: Int64
  /// Counted seconds from the due moment to then.
  package var overdue: Int64
  /// 待定: a day that matters lies in a year whose notice has not come.
  package var isProvisional: Bool
  /// The whole time from the start to the due moment or beyond, in order and without gaps.
  package var spans: [ClockSpan]

  package init(of rule: ClockRule, set: String, in file: CaseFile, on calendar: WorkingCalendar, asOf moment: Int64) {
    self.rule = rule
    self.set = set
    (used, left, overdue, isProvisional, spans) = (0, 0, 0, false, [])
    status = .waiting
    guard let start = file.moments[rule.start] else { return }
    self.start = start
    let begins = ClockReading.beginning(of: rule, start: start, on: calendar)
    self.begins = begins
    let walk = ClockWalk(rule: rule, file: file, calendar: calendar)
    let due = ClockReading.end(of: rule, walk.due(from: begins), begins: begins, on: calendar)
    self.due = due

    let (stopped, ended) = ClockReading.stop(of: rule, in: file, after: start)
    stop = ended
    let end = max(stop ?? moment, start)
    spans = ClockSpan.joined(
      ClockReading.preamble(start, begins, end) + walk.spans(from: begins, to: max(due, end), parting: [end, due]),
      now: end, due: due)
    for span in spans where span.isCounted {
      switch (span.from < end, span.from < due) {
      case (true, let isBeforeDue):
        used += span.seconds
        if !isBeforeDue { overdue += span.seconds }
      case (false, true): left += span.seconds
      case (false, false): break
      }
    }
    if rule.usesCalendar {
      let days = WorkingCalendar.dayNumber(at: start)...WorkingCalendar.dayNumber(at: max(start, due - 1))
      isProvisional = days.contains { calendar.isProvisional($0) }
    }
    status = ClockReading.status(
      rule, stopped: stopped, ended: stop, due: due, at: moment,
      isPaused: spans.contains { $0.from <= moment && moment < $0.until && $0.isPause })
  }

  /// When its stop came, and when it was over by that or without it; nil for what has not come.
  private static func stop(
    of rule: ClockRule, in file: CaseFile, after start: Int64
  ) -> (stopped: Int64?, ended: Int64?) {
    func first(of moments: [ClockMoment]) -> Int64? {
      moments.compactMap { file.moments[$0] }.filter { $0 >= start }.min()
    }
    let stopped = first(of: rule.stops)
    let endings: [ClockMoment] =
      rule.start == .assigned || rule.start == .signed
      ? [.closed, .rejected, .merged, .returned] : [.closed, .rejected, .merged]
    return (stopped, stopped ?? first(of: endings))
  }

  /// When the time of a clock that is not over is up; nil for others. Walks to the due moment and not to the moment of
  /// reading, which for a case that nobody opened may lie years later.
  static func openDue(of rule: ClockRule, in file: CaseFile, on calendar: WorkingCalendar) -> Int64? {
    guard let start = file.moments[rule.start], stop(of: rule, in: file, after: start).ended == nil else { return nil }
    let begins = beginning(of: rule, start: start, on: calendar)
    return end(
      of: rule, ClockWalk(rule: rule, file: file, calendar: calendar).due(from: begins), begins: begins, on: calendar)
  }

  private static func status(
    _ rule: ClockRule, stopped: Int64?, ended: Int64?, due: Int64, at moment: Int64, isPaused: Bool
  ) -> Status {
    if let stopped { return stopped <= due ? .met : .missed }
    if ended != nil { return .ended }
    if moment > due { return rule.kind.isWindow ? .lapsed : .overdue }
    return isPaused ? .paused : .running
  }

  private static func beginning(of rule: ClockRule, start: Int64, on calendar: WorkingCalendar) -> Int64 {
    let day = WorkingCalendar.dayNumber(at: start)
    return switch rule.begins {
    case .moment: start
    case .workingMoment: calendar.nextWorkingMoment(start)
    case .nextDay: WorkingCalendar.start(of: day + 1)
    case .nextWorkingDay: WorkingCalendar.start(of: calendar.workingDay(after: day))
    }
  }

  private static func end(of rule: ClockRule, _ due: Int64, begins: Int64, on calendar: WorkingCalendar) -> Int64 {
    // A moment that is a midnight ends the day before it.
    let day = WorkingCalendar.dayNumber(at: due > begins ? due - 1 : due)
    switch rule.ends {
    case .exact: return due
    case .close: return calendar.close(of: day).map { max(begins, min(due, $0)) } ?? due
    case .workingDay: return due + Int64(calendar.workingDay(onOrAfter: day) - day) * 86_400
    }
  }

  /// What lies between the start and the beginning of the count.
  private static func preamble(_ start: Int64, _ begins: Int64, _ end: Int64) -> [ClockSpan] {
    guard start < begins else { return [] }
    let parts = [start, min(max(end, start), begins), begins]
    return zip(parts, parts.dropFirst()).filter { $0 < $1 }.map {
      ClockSpan(from: $0, until: $1, what: .notBegun, isProjected: false)
    }
  }
}

extension ClockRule {
  /// Whether any of its time is the calendar's and not just the wall clock's.
  var usesCalendar: Bool {
    within.unit.counting != .always || begins == .workingMoment || begins == .nextWorkingDay || ends != .exact
      || pauses.values.contains { $0.unit.counting != .always }
  }
}

/// 时段: a stretch of a clock's time with what it was.
package struct ClockSpan: Sendable, Hashable {
  package enum What: Sendable, Hashable {
    case counted
    /// Counted on a day that is worked for a holiday: which.
    case countedMadeUp(String)
    /// After the start, before the first counted moment.
    case notBegun
    /// 非办公时间.
    case night
    case weekend
    case holiday(String)
    /// 本地停工.
    case local(String)
    case paused(PauseCause)

    package var code: String {
      switch self {
      case .counted: "counted"
      case .countedMadeUp: "counted-made-up"
      case .notBegun: "not-begun"
      case .night: "night"
      case .weekend: "weekend"
      case .holiday: "holiday"
      case .local: "local"
      case .paused(let cause): "paused-\(cause.code)"
      }
    }
  }

  package var from: Int64
  package var until: Int64
  package var what: What
  /// Still to come when it was read.
  package var isProjected: Bool

  package var seconds: Int64 { until - from }

  package var isCounted: Bool {
    switch what {
    case .counted, .countedMadeUp: true
    default: false
    }
  }

  package var isPause: Bool { if case .paused = what { true } else { false } }

  /// Neighbours of the same kind made one, but not over the due moment, and those after `now` marked.
  static func joined(_ spans: [ClockSpan], now: Int64, due: Int64) -> [ClockSpan] {
    spans.reduce(into: []) { joined, span in
      var span = span
      span.isProjected = span.from >= now
      if let last = joined.last, last.what == span.what, last.isProjected == span.isProjected,
        last.until == span.from, span.from != due
      {
        joined[joined.count - 1].until = span.until
      } else {
        joined.append(span)
      }
    }
  }
}
