/// Moments a stretch of counted time away from another.
extension WorkingCalendar {
  /// When so much counted time has gone by since a moment. On a calendar that never counts, a century later.
  package func moment(_ allowance: Allowance, after moment: Int64) -> Int64 {
    var left = allowance.seconds
    var now = moment
    let horizon = moment + WorkingCalendar.horizon
    while left > 0, now < horizon {
      let stretch = stretch(from: now, counting: allowance.unit.counting)
      let next = stretch.isCounted ? min(stretch.until, now + left) : stretch.until
      if stretch.isCounted { left -= next - now }
      now = next
    }
    return now
  }

  /// The last moment from which so much counted time lies before another. On a calendar that never counts, a century
  /// earlier.
  package func moment(_ allowance: Allowance, before moment: Int64) -> Int64 {
    var left = allowance.seconds
    var day = WorkingCalendar.dayNumber(at: moment)
    let horizon = moment - WorkingCalendar.horizon
    guard left > 0 else { return moment }
    while WorkingCalendar.start(of: day) > horizon {
      for counted in self.counted(allowance.unit.counting, on: day).reversed() where counted.lowerBound < moment {
        let end = min(counted.upperBound, moment)
        if end - counted.lowerBound >= left { return end - left }
        left -= end - counted.lowerBound
      }
      day -= 1
    }
    return horizon
  }

  private static let horizon: Int64 = 36_525 * 86_400

  /// What counts of a day, in order.
  private func counted(_ counting: CountedTime, on day: Int) -> [Range<Int64>] {
    let whole = WorkingCalendar.start(of: day)..<WorkingCalendar.start(of: day + 1)
    return switch counting {
    case .always: [whole]
    case .workingDays: isWorking(day) ? [whole] : []
    case .workingHours: openings(on: day)
    }
  }
}
