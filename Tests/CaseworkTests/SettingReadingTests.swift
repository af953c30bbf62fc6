import Suggestions
import TestSupport
import Testing

import Casework

/// Data files that are wrong, with every fault named at its line.
struct SettingReadingTests {
  private func problems(_ read: () throws(SettingFault) -> Void) -> [String] {
    do {
      try read()
      return []
    } catch { return error.problems.map { "\($0.line) \($0.code) \($0.detail)" } }
  }

  private func calendar(_ text: String) -> [String] {
    problems { () throws(SettingFault) in _ = try CalendarBook(yaml: Array(text.utf8), file: "calendar.yaml") }
  }

  private func clocks(_ text: String) -> [String] {
    problems { () throws(SettingFault) in _ = try ClockBook(yaml: Array(text.utf8), file: "clocks.yaml") }
  }

  private func limits(_ text: String) -> [String] {
    problems { () throws(SettingFault) in _ = try CaseLimits(yaml: Array(text.utf8), file: "casework.yaml") }
  }

  private func published(_ text: String) -> [String] {
    problems { () throws(SettingFault) in _ = try CalendarNotice(publishedJSON: Array(text.utf8), file: "2025.json") }
  }

  @Test func theShippedFilesAreRight() throws {
    let clocks = try ClockSample.clocks()
    #expect(clocks.inForce == ["changde", "ideas"])
    #expect(Set(clocks.sets.map(\.model)) == ["changde", "ideas", "beijing", "shandong"])
    let limits = try CaseLimits(yaml: PackageRoot.bytes("rules/casework.yaml"), file: "casework.yaml")
    #expect(limits.mostReturns == 2 && limits.escalation == .lead && limits.approval == .none)
    #expect(limits.undoWindow == 600 && limits.undoWindows[.reject] == 1800 && limits.undoWindows[.merge] == 604_800)
    #expect(limits.reopenWindow == 30 * 86_400 && limits.claimDuration == 1200)
  }

  @Test func wholeFilesThatCannotBeRead() {
    #expect(calendar("- a").map { $0.prefix(12) } == ["1 wrong-type"])
    #expect(calendar("").map { $0.prefix(12) } == ["1 wrong-type"])
    #expect(calendar("hours: []") == ["1 missing-key open"])
    #expect(calendar("hours: [{open: []}]") == ["1 missing-key open"])
    #expect(calendar("hours: [").first?.contains("not-yaml") ?? false)
    #expect(calendar("hours: []\nhours: []").first?.contains("repeated-key hours") ?? false)
    let bytes: [UInt8] = [0x61, 0x3A, 0xFF]
    #expect(problems { () throws(SettingFault) in _ = try ClockBook(yaml: bytes, file: "c") } == ["1 not-utf8 "])
  }

  @Test func everyFaultOfACalendarAtOnce() {
    let text = """
      hours:
        - {open: ["08:30-12:00", "11:00-17:00"]}
        - {open: ["8-12", "18:00-17:00"], from: "05-01"}
        - {from: "13-01", until: "09-30", open: ["09:00-24:00"]}
      holidays: []
      overrides:
        - {days: 2025-07-32, off: true, name: 停工}
        - {days: 2025-07-02..2025-07-01, off: maybe, name: 停工}
      years:
        - year: 2025
          holidays:
            - {name: 元旦, off: [2025-01-01, 2023-01-01], work: [2025-01-01]}
            - {off: 2025-05-01, works: 2025-05-04}
        - {year: 2025, holidays: []}
        - {year: soon, holidays: []}
      """
    #expect(
      calendar(text) == [
        "2 disordered-hours 11:00-17:00", "3 missing-key until", "3 unreadable-hours 8-12",
        "3 disordered-hours 18:00-17:00", "4 unreadable-date from: 13-01", "4 missing-key from",
        "5 unknown-key holidays",
        "7 unreadable-date days: 2025-07-32", "8 out-of-range days: 2025-07-02..2025-07-01",
        "8 wrong-type off: true or false", "12 stray-day 2023-01-01", "12 contradictory-day 2025-01-01",
        "13 unknown-key works", "13 missing-key name", "14 repeated-name year: 2025",
        "15 wrong-type year: whole number",
      ])
  }

  @Test func everyFaultOfAClockBookAtOnce() {
    let text = """
      in_force: [changde, mars]
      sets:
        - id: a
          model: changde
          title: 甲
          title_en: A
          when: {kind: [fault, flaw], urgency: soon, colour: red}
          from: 2025-02-01
          until: 2025-01-01
          clocks:
            answer: {within: 5 workdays, start: dispatched, stop: answered}
            sign: {within: 1 hour, start: assigned, stop: [assigned, signed], begins: later}
            lunch: {within: 1 hour, start: received, stop: closed}
            resolve: {within: 2 hours, start: nowhere, pauses: {writer: 3, rain: 1 day}, extension: {times: 0}}
            arrive: 30 minutes
        - {id: a, model: ideas, title: 乙, title_en: B, clocks: {}}
        - {model: ideas}
      """
    #expect(
      clocks(text) == [
        "1 unknown-model mars", "7 unknown-key colour", "7 unknown-code kind: flaw", "7 unknown-code urgency: soon",
        "9 ends-before-it-begins ", "11 unreadable-time within: 5 workdays", "12 stands-still assigned",
        "12 unknown-code begins: later", "13 unknown-code clocks: lunch", "14 unknown-code start: nowhere",
        "14 missing-key stop", "14 unreadable-time writer: 3", "14 unknown-code pauses: rain", "14 missing-key most",
        "14 out-of-range times: 0", "15 wrong-type arrive: mapping", "16 repeated-name id: a", "17 missing-key id",
        "17 missing-key title", "17 missing-key title_en", "17 missing-key clocks",
      ])
  }

  @Test func everyFaultOfTheLimitsAtOnce() {
    let text = """
      returns: {most: 99, then: mayor}
      undo: {default: 10 working minutes, tell: 5 minutes, shout: 5 minutes, merge: soon}
      reopen: 30 days
      patience: 1 hour
      """
    #expect(
      limits(text) == [
        "1 out-of-range most: 99", "1 unknown-code then: mayor", "1 missing-key claim",
        "2 unreadable-time default: 10 working minutes", "2 unknown-code undo: tell", "2 unknown-code undo: shout",
        "2 unreadable-time merge: soon", "4 unknown-key patience",
      ])
  }

  @Test func publishedNoticesAreRead() throws {
    let text = """
      {"$schema": "s", "year": 2025, "papers": ["https://www.gov.cn/a\\u002fb"], "days": [
        {"name": "元旦", "date": "2025-01-01", "isOffDay": true},
        {"name": "春节", "date": "2025-01-26", "isOffDay": false},
        {"name": "春节", "date": "2025-01-29", "isOffDay": true},
        {"name": "春节", "date": "2025-01-28", "isOffDay": true}]}
      """
    let notice = try CalendarNotice(publishedJSON: Array(text.utf8), file: "2025.json")
    #expect(notice.sources == ["https://www.gov.cn/a/b"])
    #expect(notice.holidays.map(\.name) == ["元旦", "春节"])
    let day = try #require(CivilTime.dayNumber("2025-01-28"))
    #expect(notice.holidays[1].off == [day, day + 1] && notice.holidays[1].worked == [day - 2])
  }

  @Test func everyFaultOfAPublishedNoticeAtOnce() {
    let text = """
      {"year": 2025, "days": [
        {"name": "元旦", "date": "2025-01-01", "isOffDay": true},
        {"name": "元旦", "date": "2025-01-01", "isOffDay": false},
        {"name": "元旦", "date": "2025/01/02", "isOffDay": 1},
        {"date": "2021-01-02", "isOffDay": true},
        {"name": "旧", "date": "2021-01-02", "isOffDay": true}]}
      """
    #expect(
      published(text) == [
        "3 contradictory-day 2025-01-01", "4 unreadable-date date: 2025/01/02", "4 wrong-type isOffDay: true or false",
        "5 missing-key name", "6 stray-day 2021-01-02",
      ])
    #expect(published("{\"year\": 2025}") == ["1 missing-key days"])
    #expect(published("{\"year\": 2025, \"days\": [").count == 1)
  }

  @Test func allowancesAreReadAndWritten() {
    for text in ["1 minute", "30 minutes", "2 hours", "1 day", "5 working days", "1 working day", "4 working hours"] {
      #expect(Allowance(text)?.text == text)
    }
    #expect(Allowance("1 working days")?.text == "1 working day")
    for text in ["", "5", "days", "5 fortnights", "-1 days", "+1 days", "1.5 hours", "99999 days", "5  working  day x"]
    {
      #expect(Allowance(text) == nil, "\(text)")
    }
  }
}
