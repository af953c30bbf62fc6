import Foundation
import Suggestions
import TestSupport
import Testing

import Casework

/// The shipped calendar, the published facts, and counting on them.
struct WorkingCalendarTests {
  static func day(_ text: String) throws -> Int { try #require(CivilTime.dayNumber(text), "\(text)") }

  static func shared(_ year: Int) throws -> [UInt8]? {
    guard let folder = PackageRoot.shared else { return nil }
    return try PackageRoot.bytes("\(folder)/data/holiday_cn/\(year).json")
  }

  @Test func theShippedCalendarHasTwentyYears() throws {
    let book = try ClockSample.book()
    #expect(book.notices.map(\.year) == Array(2007...2026))
    #expect(book.notices.allSatisfy { !$0.sources.isEmpty && $0.sources.allSatisfy { $0.contains("gov.cn") } })
    let holidays = book.notices.flatMap(\.holidays)
    #expect(holidays.flatMap(\.off).count == 545 && holidays.flatMap(\.worked).count == 133)
    #expect(book.yaml == String(decoding: try PackageRoot.bytes("rules/calendar.yaml"), as: UTF8.self))
  }

  @Test(.enabled(if: PackageRoot.shared != nil, "the published files are not here"))
  func theShippedCalendarIsWhatWasPublished() throws {
    let book = try ClockSample.book()
    let calendar = WorkingCalendar(book)
    for notice in book.notices {
      let bytes = try #require(try Self.shared(notice.year))
      #expect(try CalendarNotice(publishedJSON: bytes, file: "\(notice.year).json") == notice)
      // Read once more by somebody else's reader.
      for published in try JSONValue(Data(bytes))["days"].list {
        let day = try Self.day(try #require(published["date"].text))
        #expect(calendar.isWorking(day) != published["isOffDay"].isTrue)
      }
    }
    let coming = try CalendarNotice(publishedJSON: try #require(try Self.shared(2027)), file: "2027.json")
    #expect(coming.holidays.isEmpty && book.adding(coming) == book)
  }

  @Test func makeUpDaysAreWorked() throws {
    let calendar = try ClockSample.calendar()
    for text in [
      "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10", "2025-01-26",
      "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
    ] {
      let day = try Self.day(text)
      guard case .madeUp = calendar.day(day) else {
        Issue.record("\(text) is \(calendar.day(day))")
        continue
      }
    }
    #expect(calendar.day(try Self.day("2026-02-17")) == .holiday("春节"))
    #expect(calendar.day(try Self.day("2025-07-05")) == .weekend)
    #expect(calendar.day(try Self.day("2025-07-07")) == .working)
  }

  @Test func addsAndCounts() throws {
    let calendar = try ClockSample.calendar()
    let friday = try Self.day("2025-07-04")
    #expect(calendar.addingWorkingDays(1, to: friday) == friday + 3)
    #expect(calendar.addingWorkingDays(-1, to: friday + 3) == friday)
    #expect(calendar.addingWorkingDays(0, to: friday + 1) == friday + 1)
    #expect(calendar.workingDays(in: friday..<friday + 7) == 5)
    // 2025 had 248 working days.
    #expect(calendar.workingDays(in: try Self.day("2025-01-01")..<(try Self.day("2026-01-01"))) == 248)
    let start = try ClockSample.at("2025-07-04T16:00")
    let end = try ClockSample.at("2025-07-07T09:30")
    #expect(calendar.counted(.always, from: start, to: end) == end - start)
    #expect(calendar.counted(.workingDays, from: start, to: end) == (8 + 9) * 3600 + 1800)
    #expect(calendar.counted(.workingHours, from: start, to: end) == 5400 + 3600)
    #expect(calendar.counted(.workingHours, from: end, to: start) == 0)
  }

  @Test func nextWorkingMoments() throws {
    let calendar = try ClockSample.calendar()
    for (from, to) in [
      ("2025-07-01T10:00", "2025-07-01T10:00"), ("2025-07-01T12:00", "2025-07-01T14:30"),
      ("2025-07-01T17:30", "2025-07-02T08:30"), ("2025-07-04T18:00", "2025-07-07T08:30"),
      ("2025-09-30T18:00", "2025-10-09T08:30"), ("2025-10-10T18:00", "2025-10-11T08:30"),
    ] { #expect(ClockSample.text(calendar.nextWorkingMoment(try ClockSample.at(from))) == to) }
  }

  @Test func countingAndAddingAgree() throws {
    let calendar = try ClockSample.calendar()
    var generator = SeededGenerator(5)
    let first = try ClockSample.at("2007-01-01T00:00")
    for _ in 0..<300 {
      let a = first + Int64(generator.below(20 * 365 * 86_400))
      let b = a + Int64(generator.below(40 * 86_400))
      let c = b + Int64(generator.below(40 * 86_400))
      for counting in CountedTime.allCases {
        #expect(
          calendar.counted(counting, from: a, to: c)
            == calendar.counted(counting, from: a, to: b) + calendar.counted(counting, from: b, to: c))
      }
    }
  }

  @Test func yearsWithoutANoticeAreProvisional() throws {
    let calendar = try ClockSample.calendar()
    for (text, isProvisional) in [
      ("2026-12-25", false), ("2026-12-26", true), ("2027-01-01", true), ("2006-12-29", true), ("2007-01-01", false),
      ("2025-12-31", false),
    ] { #expect(calendar.isProvisional(try Self.day(text)) == isProvisional, "\(text)") }
  }

  /// A notice that comes late moves what was provisional.
  @Test func aLateNoticeMovesTheDueMoment() throws {
    let rule = ClockRule(
      .answer, within: Allowance(5, .workingDays), start: .dispatched, stops: [.answered], begins: .nextWorkingDay)
    let file = try ClockSample.file([.dispatched: "2026-12-29T10:00"])
    let book = try ClockSample.book()
    func reading(_ book: CalendarBook) -> ClockReading {
      ClockReading(of: rule, set: "", in: file, on: WorkingCalendar(book), asOf: file.moments[.dispatched] ?? 0)
    }
    #expect(ClockSample.text(reading(book).due) == "2027-01-06T00:00" && reading(book).isProvisional)
    let newYear = try Self.day("2027-01-01")
    let notice = CalendarNotice(
      year: 2027, holidays: [.init(name: "元旦", off: [newYear, newYear + 1, newYear + 2], worked: [newYear + 3 - 8])])
    let later = reading(book.adding(notice))
    #expect(ClockSample.text(later.due) == "2027-01-07T00:00" && !later.isProvisional)
  }

  @Test func districtsHaveDaysOfTheirOwn() throws {
    var book = try ClockSample.book()
    let typhoon = try Self.day("2025-07-02")
    book.overrides = [
      CalendarOverride(days: typhoon...typhoon, isOff: true, name: "暴雨停工", region: "430703"),
      CalendarOverride(days: typhoon...typhoon, isOff: false, name: "抢险", region: "430703003"),
      CalendarOverride(days: typhoon + 3...typhoon + 3, isOff: false, name: "全市加班"),
    ]
    let calendar = WorkingCalendar(book)
    #expect(calendar.isWorking(typhoon) && calendar.day(typhoon + 3) == .madeUp("全市加班"))
    #expect(calendar.inside(["430703", "4307"]).day(typhoon) == .local("暴雨停工"))
    #expect(calendar.inside(["430703003", "430703", "4307"]).day(typhoon) == .madeUp("抢险"))
    #expect(calendar.inside(["430724", "4307"]).isWorking(typhoon))
    #expect(try CalendarBook(yaml: Array(book.yaml.utf8), file: "c") == book)
  }

  @Test func seasonsChangeTheHours() throws {
    var book = try ClockSample.book()
    book.hours = [
      OfficeHours(open: [480..<720, 900..<1080], season: (501, 930)),
      OfficeHours(open: [540..<720], season: (1201, 228)),
      OfficeHours(),
    ]
    let calendar = WorkingCalendar(book)
    func opens(_ text: String) throws -> String {
      String(ClockSample.text(calendar.openings(on: try Self.day(text)).first?.lowerBound).suffix(5))
    }
    #expect(try opens("2025-07-01") == "08:00" && opens("2025-04-30") == "08:30" && opens("2025-10-09") == "08:30")
    #expect(try opens("2025-12-01") == "09:00" && opens("2025-01-02") == "09:00" && opens("2025-09-30") == "08:00")
    #expect(try CalendarBook(yaml: Array(book.yaml.utf8), file: "c") == book)
  }

  /// `calendar.local.yaml`: the city's own days and hours go first, and a year it knows replaces that year.
  @Test func aLocalFileIsLaidOverTheCalendar() throws {
    let local = try CalendarBook(
      yaml: Array(
        """
        hours: [{from: 06-15, until: 08-31, open: ["08:00-12:00"]}]
        overrides: [{days: 2025-07-02, off: true, name: 龙舟赛}]
        years: [{year: 2027, holidays: [{name: 元旦, off: 2027-01-01}]}]
        """.utf8), file: "calendar.local.yaml", isLocal: true)
    let book = try ClockSample.book()
    let calendar = WorkingCalendar(book.overlaid(by: local))
    func day(_ text: String) throws -> Int { try #require(CivilTime.dayNumber(text)) }
    #expect(calendar.day(try day("2025-07-02")) == .local("龙舟赛"))
    #expect(calendar.openings(on: try day("2025-07-01")).count == 1)
    #expect(calendar.openings(on: try day("2025-09-01")).count == 2)
    #expect(calendar.day(try day("2027-01-01")) == .holiday("元旦"))
    #expect(!calendar.isProvisional(try day("2027-05-01")))
    #expect(WorkingCalendar(book).isProvisional(try day("2027-05-01")))
    // One that says nothing changes nothing; one that stands alone has to say when offices are open.
    let empty = try CalendarBook(yaml: Array("overrides: []".utf8), file: "calendar.local.yaml", isLocal: true)
    #expect(book.overlaid(by: empty) == book)
    #expect(throws: SettingFault.self) { try CalendarBook(yaml: Array("overrides: []".utf8), file: "calendar.yaml") }
  }
}
