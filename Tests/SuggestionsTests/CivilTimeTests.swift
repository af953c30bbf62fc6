import Suggestions
import Testing

/// Dates and clocks of the wall.
struct CivilTimeTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1970-01-02", 1), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2025-07-05", 20_274),
    ("2100-03-01", 47_541), ("1900-02-28", -25_509),
  ]) func numbersDays(_ text: String, _ number: Int) {
    #expect(CivilTime.dayNumber(text) == number)
    let time = CivilTime(Int64(number) * 86_400, offset: 0)
    #expect(time.dayNumber == number)
    let parts = text.split(separator: "-").map { Int($0) }
    #expect([time.year, time.month, time.day] == parts)
  }

  @Test(arguments: ["2025-02-29", "2025-13-01", "2025-00-10", "2025-1-1", "20250101", "2025-06-31", "+025-01-01", ""])
  func refusesWhatIsNoDay(_ text: String) { #expect(CivilTime.dayNumber(text) == nil) }

  @Test func clocksAreEightHoursAhead() {
    let time = CivilTime(1_751_385_599)
    #expect((time.year, time.month, time.day) == (2025, 7, 1))
    #expect((time.hour, time.minute, time.second) == (23, 59, 59))
    #expect(CivilTime.instant("2025-07-01T23:59:59") == 1_751_385_599)
    #expect(CivilTime.instant("2025-07-01") == 1_751_299_200)
    #expect(CivilTime.instant("2025-07-01T24:00") == nil)
    #expect(CivilTime.instant("yesterday") == nil)
  }

  @Test(arguments: [("2025-07-05", 6), ("2025-07-06", 7), ("2025-07-07", 1), ("1969-12-31", 3), ("1970-01-01", 4)])
  func namesTheDayOfTheWeek(_ text: String, _ weekday: Int) {
    let day = CivilTime.dayNumber(text) ?? 0
    #expect(CivilTime(Int64(day) * 86_400, offset: 0).weekday == weekday)
  }

  @Test(arguments: [Int64.min, Int64.max, -1, 0]) func anyInstantIsTaken(_ instant: Int64) {
    #expect((0...23).contains(CivilTime(instant).hour))
  }
}
