internal import Suggestions

/// 工作日历, ready to count with. All days and hours are China's (UTC+8, no summer time).
package struct WorkingCalendar: Sendable {
  /// What a day is, and why.
  package enum Day: Sendable, Hashable {
    case working
    /// A Saturday or Sunday worked for a holiday, or a day the city works: what for.
    case madeUp(String)
    case weekend
    case holiday(String)
    /// 本地停工.
    case local(String)

    package var isWorking: Bool {
      switch self {
      case .working, .madeUp: true
      case .weekend, .holiday, .local: false
      }
    }
  }

  private let book: CalendarBook
  private var exceptions: [Int: Day] = [:]
  private let announced: Set<Int>

  package init(_ book: CalendarBook) {
    self.book = book
    announced = Set(book.notices.map(\.year))
    for notice in book.notices {
      for holiday in notice.holidays {
        for day in holiday.off { exceptions[day] = .holiday(holiday.name) }
        for day in holiday.worked { exceptions[day] = .madeUp(holiday.name) }
      }
    }
    add(book.overrides.filter { $0.region == nil })
  }

  /// With the days of the regions a case lies in.
  package func inside(_ regions: [String]) -> WorkingCalendar {
    let own = book.overrides.filter { $0.region.map(regions.contains) ?? false }
    guard !own.isEmpty else { return self }
    var calendar = self
    // The smallest region has the last word.
    calendar.add(
      own.sorted {
        (regions.lastIndex(of: $0.region ?? "") ?? 0) > (regions.lastIndex(of: $1.region ?? "") ?? 0)
      })
    return calendar
  }

  private mutating func add(_ overrides: [CalendarOverride]) {
    for override in overrides {
      for day in override.days { exceptions[day] = override.isOff ? .local(override.name) : .madeUp(override.name) }
    }
  }

  // MARK: days

  /// - Parameter day: days since 1970-01-01.
  package func day(_ day: Int) -> Day {
    if let exception = exceptions[day] { return exception }
    // 1970-01-01 was a Thursday.
    return ((day + 3) % 7 + 7) % 7 >= 5 ? .weekend : .working
  }

  package func isWorking(_ day: Int) -> Bool { self.day(day).isWorking }

  /// 待定: whether a notice that has not come yet may still change the day. The last days of December may stand in the
  /// notice of the year after.
  package func isProvisional(_ day: Int) -> Bool {
    let date = WorkingCalendar.date(day)
    if !announced.contains(date.year) { return true }
    return date.month == 12 && date.day >= WorkingCalendar.firstDecemberDayInDoubt
      && !announced.contains(date.year + 1)
  }

  /// Of twenty notices (2007 to 2026), five reach back into December, the earliest to the 29th; some days to spare.
  private static let firstDecemberDayInDoubt = 26

  /// The nth working day after a day (before it, where n is negative); the day itself for 0.
  package func addingWorkingDays(_ count: Int, to day: Int) -> Int {
    var day = day
    var left = count
    while left != 0 {
      day += count.signum()
      if isWorking(day) { left -= count.signum() }
    }
    return day
  }

  /// How many of the days are worked.
  package func workingDays(in days: Range<Int>) -> Int { days.count(where: isWorking) }

  private func nextWorkingDay(after day: Int) -> Int { addingWorkingDays(1, to: day) }

  // MARK: moments

  /// Days since 1970-01-01 at a moment.
  package static func dayNumber(at moment: Int64) -> Int {
    let local = Int(moment) + CivilTime.chinaOffset
    return (local >= 0 ? local : local - 86_399) / 86_400
  }

  /// Midnight at the day's beginning.
  package static func start(of day: Int) -> Int64 { Int64(day) * 86_400 - Int64(CivilTime.chinaOffset) }

  private static func date(_ day: Int) -> CivilTime { CivilTime(start(of: day)) }

  /// When offices are open on a day; none on a day off.
  package func openings(on day: Int) -> [Range<Int64>] {
    guard isWorking(day) else { return [] }
    let date = WorkingCalendar.date(day)
    let start = WorkingCalendar.start(of: day)
    let hours = book.hours.first { $0.covers(month: date.month, day: date.day) }
    return (hours?.open ?? []).map { start + Int64($0.lowerBound) * 60..<start + Int64($0.upperBound) * 60 }
  }

  /// The moment itself while offices are open, else when they open next.
  package func nextWorkingMoment(_ moment: Int64) -> Int64 {
    var day = WorkingCalendar.dayNumber(at: moment)
    // A book without office hours would have none for ever: then whole days are worked.
    guard book.hours.contains(where: { !$0.open.isEmpty }) else {
      return isWorking(day) ? moment : WorkingCalendar.start(of: nextWorkingDay(after: day))
    }
    for _ in 0..<800 {
      for opening in openings(on: day) where moment < opening.upperBound { return max(moment, opening.lowerBound) }
      day += 1
    }
    return moment
  }

  /// Close of business; nil on a day off.
  package func close(of day: Int) -> Int64? { openings(on: day).last?.upperBound }

  /// The next day that is worked, that day included.
  package func workingDay(onOrAfter day: Int) -> Int { isWorking(day) ? day : nextWorkingDay(after: day) }

  package func workingDay(after day: Int) -> Int { nextWorkingDay(after: day) }

  // MARK: counting

  /// From a moment on as long as nothing changes: until when, whether it counts, and why not.
  package struct Stretch: Sendable, Hashable {
    package var until: Int64
    package var isCounted: Bool
    /// What the day is; office hours are over where a working day does not count.
    package var day: Day
  }

  package func stretch(from moment: Int64, counting: CountedTime) -> Stretch {
    let day = WorkingCalendar.dayNumber(at: moment)
    let midnight = WorkingCalendar.start(of: day + 1)
    let what = self.day(day)
    switch counting {
    case .always: return Stretch(until: midnight, isCounted: true, day: what)
    case .workingDays: return Stretch(until: midnight, isCounted: what.isWorking, day: what)
    case .workingHours:
      for opening in openings(on: day) where moment < opening.upperBound {
        return moment < opening.lowerBound
          ? Stretch(until: opening.lowerBound, isCounted: false, day: what)
          : Stretch(until: opening.upperBound, isCounted: true, day: what)
      }
      return Stretch(until: midnight, isCounted: false, day: what)
    }
  }

  /// Counted seconds between two moments; 0 where the second is not later.
  package func counted(_ counting: CountedTime, from start: Int64, to end: Int64) -> Int64 {
    guard start < end else { return 0 }
    if counting == .always { return end - start }
    var seconds: Int64 = 0
    var moment = start
    while moment < end {
      let stretch = stretch(from: moment, counting: counting)
      let next = min(stretch.until, end)
      if stretch.isCounted { seconds += next - moment }
      moment = next
    }
    return seconds
  }
}
