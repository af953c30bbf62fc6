import Suggestions
import TestSupport
import Testing

import Casework

/// Every day of 2007 to 2026 against a count of all minutes, for every clock of every shipped set.
struct DueOracleTests {
  /// Whether each minute from 2006-12-01 to 2027-12-31 counts, summed up; built from the notices day by day and from
  /// nothing else of the calendar.
  struct MinuteCount {
    let first: Int
    private var sums: [CountedTime: [Int32]] = [:]
    private(set) var works: [Bool] = []

    init(_ book: CalendarBook) throws {
      first = try #require(CivilTime.dayNumber("2006-12-01"))
      let last = try #require(CivilTime.dayNumber("2027-12-31"))
      var off: Set<Int> = []
      var worked: Set<Int> = []
      for holiday in book.notices.flatMap(\.holidays) {
        off.formUnion(holiday.off)
        worked.formUnion(holiday.worked)
      }
      works = (first...last).map { day in
        // 2006-12-01 was a Friday.
        let isWeekend = [1, 2].contains((day - first) % 7)
        return worked.contains(day) || (!isWeekend && !off.contains(day))
      }
      var days: [Int32] = [0]
      var hours: [Int32] = [0]
      days.reserveCapacity(works.count * 1440 + 1)
      hours.reserveCapacity(works.count * 1440 + 1)
      for isWorked in works {
        for minute in 0..<1440 {
          let isOpen = isWorked && ((510..<720).contains(minute) || (870..<1050).contains(minute))
          days.append(days[days.count - 1] + (isWorked ? 1 : 0))
          hours.append(hours[hours.count - 1] + (isOpen ? 1 : 0))
        }
      }
      sums = [.workingDays: days, .workingHours: hours]
    }

    /// The minute after the one in which so many counted minutes are full.
    func minute(after count: Int, from minute: Int, _ counting: CountedTime) -> Int {
      guard count > 0, let sums = sums[counting] else { return minute + count }
      let goal = sums[minute] + Int32(count)
      var (low, high) = (minute, sums.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] >= goal { high = middle } else { low = middle + 1 }
      }
      return low
    }

    func due(_ rule: ClockRule, from start: Int) -> Int {
      var begin = start
      switch rule.begins {
      case .moment: break
      case .workingMoment: begin = minute(after: 1, from: start, .workingHours) - 1
      case .nextDay: begin = (start / 1440 + 1) * 1440
      case .nextWorkingDay: begin = minute(after: 1, from: (start / 1440 + 1) * 1440, .workingDays) - 1
      }
      let unit = Int(rule.within.unit.seconds / 60)
      var due = minute(after: rule.within.amount * unit, from: begin, rule.within.unit.counting)
      let day = (due > begin ? due - 1 : due) / 1440
      if rule.ends == .close, works[day] { due = max(begin, min(due, day * 1440 + 1050)) }
      if rule.ends == .workingDay { while !works[(due - 1) / 1440] { due += 1440 } }
      return due
    }
  }

  @Test func everyDayOfTwentyYears() throws {
    let book = try ClockSample.book()
    let calendar = WorkingCalendar(book)
    let oracle = try MinuteCount(book)
    var rules: [ClockRule] = []
    for rule in try ClockSample.clocks().sets.flatMap(\.rules) {
      var bare = rule
      (bare.kind, bare.start, bare.stops, bare.pauses, bare.extra) = (.answer, .dispatched, [.answered], [:], nil)
      if !rules.contains(bare) { rules.append(bare) }
    }
    #expect(rules.count >= 15)
    var file = CaseFile(CaseSample.opening())
    let from = try #require(CivilTime.dayNumber("2007-01-01"))
    let until = try #require(CivilTime.dayNumber("2026-12-31"))
    // Another time each day: all hours come by.
    var minute = 7
    for day in from...until {
      minute = (minute + 487) % 1440
      let start = WorkingCalendar.start(of: day) + Int64(minute) * 60
      file.moments = [.dispatched: start]
      for rule in rules {
        let reading = ClockReading(of: rule, set: "", in: file, on: calendar, asOf: start)
        let expected = oracle.due(rule, from: (day - oracle.first) * 1440 + minute)
        let due = WorkingCalendar.start(of: oracle.first) + Int64(expected) * 60
        if reading.due != due {
          let said = "\(ClockSample.text(reading.due)), not \(ClockSample.text(due))"
          Issue.record("\(ClockSample.text(start)) \(rule.within.text) \(rule.begins): \(said)")
          return
        }
      }
    }
  }
}
