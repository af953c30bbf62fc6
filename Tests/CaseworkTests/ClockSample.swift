import Suggestions
import TestSupport
import Testing

import Casework

/// The shipped calendar and clocks, and cases whose clocks run.
enum ClockSample {
  static func book() throws -> CalendarBook {
    try CalendarBook(yaml: PackageRoot.bytes("rules/calendar.yaml"), file: "calendar.yaml")
  }

  static func calendar() throws -> WorkingCalendar { WorkingCalendar(try book()) }

  static func clocks() throws -> ClockBook {
    try ClockBook(yaml: PackageRoot.bytes("rules/clocks.yaml"), file: "clocks.yaml")
  }

  static func at(_ text: String) throws -> Int64 { try #require(CivilTime.instant(text), "\(text)") }

  /// `2025-07-01T10:00`, as the clock on the wall shows it.
  static func text(_ moment: Int64?) -> String {
    guard let moment else { return "none" }
    let time = CivilTime(moment)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(time.year)-\(two(time.month))-\(two(time.day))T\(two(time.hour)):\(two(time.minute))"
      + (time.second == 0 ? "" : ":\(two(time.second))")
  }

  static func file(_ moments: [ClockMoment: String], kind: Kind = .fault, state: CaseState = .signed) throws -> CaseFile
  {
    var file = CaseFile(CaseSample.opening(kind))
    file.state = state
    file.moments = [:]
    for (moment, text) in moments { file.moments[moment] = try at(text) }
    return file
  }

  /// One line a span: from, until, what, and whether it is still to come.
  static func lines(_ reading: ClockReading) -> [String] {
    reading.spans.map {
      let name =
        switch $0.what {
        case .holiday(let name), .local(let name), .countedMadeUp(let name): " \(name)"
        default: ""
        }
      return "\(text($0.from)) \(text($0.until)) \($0.what.code)\(name)\($0.isProjected ? " …" : "")"
    }
  }
}
