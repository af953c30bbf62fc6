/// A clock followed from one change to the next: the calendar's, a pause's, a cap's, or the time running out.
struct ClockWalk {
  private let calendar: WorkingCalendar
  private let pauses: [ClockPause]
  private let caps: [PauseCause: Allowance]
  /// The rule's time and what was granted on top, each in its own unit.
  private let amounts: [Allowance]

  init(rule: ClockRule, file: CaseFile, calendar: WorkingCalendar) {
    self.calendar = calendar
    caps = rule.pauses
    pauses = file.pauses.filter { rule.pauses[$0.cause] != nil }
    var amounts = [rule.within]
    if let extra = rule.extra {
      var left = extra.most.seconds
      let start = file.moments[rule.start] ?? Int64.min
      for grant in file.grants.filter({ $0.at >= start }).prefix(extra.times) {
        var granted = grant.extra
        // Amounts in one kind of time are capped together; another unit is the granting person's word.
        if granted.unit.counting == extra.most.unit.counting {
          let seconds = min(granted.seconds, max(0, left))
          left -= seconds
          granted = Allowance(Int(seconds / granted.unit.seconds), granted.unit)
        }
        amounts.append(granted)
      }
    }
    self.amounts = amounts
  }

  /// One step of the way.
  private struct Step {
    var until: Int64
    var what: ClockSpan.What
    var isCounted: Bool { ClockSpan(from: 0, until: 0, what: what, isProjected: false).isCounted }
  }

  /// How far a walk has come.
  private struct Progress {
    var moment: Int64
    var amount = 0
    /// Counted seconds of the amount that runs.
    var used: Int64 = 0
    /// Seconds of each pause used up, in its own time.
    var paused: [PauseCause: Int64] = [:]
  }

  /// When the last amount runs out. A calendar on which offices never open has no such moment: then the horizon.
  func due(from begins: Int64) -> Int64 {
    var progress = Progress(moment: begins)
    skipSpent(&progress)
    let horizon = begins + ClockWalk.longest
    while progress.amount < amounts.count, progress.moment < horizon { _ = advance(&progress, to: horizon) }
    return progress.moment
  }

  /// A century, longer than the longest allowance (ten thousand working days).
  private static let longest: Int64 = 36_525 * 86_400

  /// Every span from the beginning to a moment, cut where the due moment and the moment of reading lie.
  func spans(from begins: Int64, to end: Int64, parting: [Int64]) -> [ClockSpan] {
    var progress = Progress(moment: begins)
    var spans: [ClockSpan] = []
    skipSpent(&progress)
    while progress.moment < end {
      let from = progress.moment
      let limit = parting.filter { $0 > from }.min() ?? end
      let what = advance(&progress, to: min(limit, end))
      spans.append(ClockSpan(from: from, until: progress.moment, what: what, isProjected: false))
    }
    return spans
  }

  private func skipSpent(_ progress: inout Progress) {
    while progress.amount < amounts.count, progress.used >= amounts[progress.amount].seconds {
      progress.amount += 1
      progress.used = 0
    }
  }

  private func advance(_ progress: inout Progress, to limit: Int64) -> ClockSpan.What {
    let from = progress.moment
    // When all has run out, what is over is counted in the last amount's time.
    let amount = amounts[min(progress.amount, amounts.count - 1)]
    if let (pause, cap) = pause(at: from, progress) {
      var next = min(limit, pause.until ?? Int64.max)
      let stretch = calendar.stretch(from: from, counting: cap.unit.counting)
      next = min(next, stretch.until)
      if stretch.isCounted {
        let spent = progress.paused[pause.cause] ?? 0
        next = min(next, from + cap.seconds - spent)
        progress.paused[pause.cause] = spent + next - from
      }
      progress.moment = next
      return .paused(pause.cause)
    }
    let stretch = calendar.stretch(from: from, counting: amount.unit.counting)
    var next = min(limit, stretch.until)
    if let pauseStart = pauses.filter({ $0.from > from && hasRoom($0, progress) }).map(\.from).min() {
      next = min(next, pauseStart)
    }
    guard stretch.isCounted else {
      progress.moment = next
      return ClockWalk.why(stretch.day)
    }
    if progress.amount < amounts.count {
      next = min(next, from + amount.seconds - progress.used)
      progress.used += next - from
    }
    progress.moment = next
    skipSpent(&progress)
    if case .madeUp(let name) = stretch.day, amount.unit.counting != .always { return .countedMadeUp(name) }
    return .counted
  }

  /// The pause that holds the clock at a moment; none once its cap is used up.
  private func pause(at moment: Int64, _ progress: Progress) -> (ClockPause, Allowance)? {
    for pause in pauses where pause.from <= moment && moment < pause.until ?? Int64.max && hasRoom(pause, progress) {
      if let cap = caps[pause.cause] { return (pause, cap) }
    }
    return nil
  }

  private func hasRoom(_ pause: ClockPause, _ progress: Progress) -> Bool {
    guard let cap = caps[pause.cause] else { return false }
    return progress.paused[pause.cause] ?? 0 < cap.seconds
  }

  private static func why(_ day: WorkingCalendar.Day) -> ClockSpan.What {
    switch day {
    case .working, .madeUp: .night
    case .weekend: .weekend
    case .holiday(let name): .holiday(name)
    case .local(let name): .local(name)
    }
  }
}
