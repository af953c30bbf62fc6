import TestSupport
import Testing

import Casework

/// Moments so much counted time away, against the counting itself.
struct CalendarSteppingTests {
  @Test(arguments: Allowance.Unit.allCases) func thereAndBack(_ unit: Allowance.Unit) throws {
    let calendar = try ClockSample.calendar()
    var generator = SeededGenerator(UInt64(unit.rawValue))
    let first = try ClockSample.at("2024-12-20T00:00")
    for _ in 0..<300 {
      let moment = first + Int64(generator.below(400 * 86_400))
      let allowance = Allowance(1 + generator.below(unit.seconds > 3600 ? 12 : 60), unit)
      let after = calendar.moment(allowance, after: moment)
      #expect(calendar.counted(unit.counting, from: moment, to: after) == allowance.seconds)
      #expect(calendar.counted(unit.counting, from: moment, to: after - 1) == allowance.seconds - 1)
      let before = calendar.moment(allowance, before: moment)
      #expect(calendar.counted(unit.counting, from: before, to: moment) == allowance.seconds)
      #expect(calendar.counted(unit.counting, from: before + 1, to: moment) == allowance.seconds - 1)
    }
  }

  @Test func nothingAndNever() throws {
    let calendar = try ClockSample.calendar()
    let moment = try ClockSample.at("2025-07-01T10:00")
    #expect(calendar.moment(Allowance(0, .workingHours), after: moment) == moment)
    #expect(calendar.moment(Allowance(0, .workingHours), before: moment) == moment)
    let closed = WorkingCalendar(CalendarBook(hours: []))
    #expect(closed.moment(Allowance(1, .workingHours), after: moment) >= moment + 36_525 * 86_400)
    #expect(closed.moment(Allowance(1, .workingHours), before: moment) <= moment - 36_524 * 86_400)
  }
}
