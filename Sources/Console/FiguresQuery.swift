internal import Casework
internal import Suggestions

/// What the overview is asked for, and how its addresses say it.
struct FiguresQuery: Sendable, Hashable {
  var month: FiguresMonth
  var moment: CaseMoment

  /// - Parameter fallback: where the address names no month or no moment.
  /// - Throws: ``VisitFault/field(_:)``
  init(_ fields: FormFields, or fallback: FiguresQuery) throws(VisitFault) {
    self = fallback
    if let text = fields["on"] {
      guard let moment = CaseMoment(rawValue: text) else { throw .field("on") }
      self.moment = moment
    }
    if let text = fields["month"] {
      guard let month = FiguresMonth(text) else { throw .field("month") }
      self.month = month
    }
  }

  init(month: FiguresMonth, moment: CaseMoment) {
    self.month = month
    self.moment = moment
  }

  /// The latest month with cases, by when they were received; where all were taken in on one day, as old ones are, by
  /// when they were written.
  init(latestIn sheet: CaseSheet, reach: CaseReach) {
    let received = sheet.span(.received, reach: reach)
    if received?.count == 1, let written = sheet.lastWritten(reach: reach) {
      self.init(month: FiguresMonth(day: written), moment: .submitted)
    } else {
      self.init(month: FiguresMonth(day: received?.upperBound ?? FiguresMonth.day(of: sheet.asOf)), moment: .received)
    }
  }

  func address(_ path: String, _ more: [(name: String, value: String)] = []) -> String {
    path + "?" + FormFields([("month", month.text), ("on", moment.rawValue)] + more).encoded
  }

  /// Of the list behind a figure.
  func list(_ more: [(name: String, value: String)]) -> String { address("/figures/list", more) }

  func list(_ figure: CaseIndicator, part: Bool = false, _ more: [(name: String, value: String)] = []) -> String {
    list([("figure", figure.code)] + (part ? [("part", "yes")] : []) + more)
  }

  /// Where the word for "none" would be a code.
  static let none = "-"

  static func definition(_ name: String) -> String { "/figures/definitions#" + name }
}

extension CaseSheetFilter {
  /// Reads what an address says beside month and moment.
  init(_ query: FiguresQuery, _ fields: FormFields) throws(VisitFault) {
    self.init()
    moment = query.moment
    days = query.month.days
    if let code = fields["track"] {
      guard let track = Track.allCases.first(where: { $0.code == code }) else { throw .field("track") }
      self.track = track
    }
    topic = CaseSheetFilter.code(fields["topic"])
    area = CaseSheetFilter.code(fields["area"])
    station = CaseSheetFilter.code(fields["station"])
    channel = CaseSheetFilter.code(fields["channel"])
    unit = CaseSheetFilter.code(fields["unit"])
    if let code = fields["figure"] {
      guard let indicator = CaseIndicator.all.first(where: { $0.code == code }) else { throw .field("figure") }
      self.indicator = indicator
    }
    if let part = fields["part"] {
      guard ["yes", "no"].contains(part) else { throw .field("part") }
      isPart = part == "yes"
    }
    if let text = fields["day"] {
      let day = try CaseSheetFilter.day(text, "day")
      days = day..<day + 1
    }
    closedOn = try fields["closed"].map { text throws(VisitFault) in try CaseSheetFilter.day(text, "closed") }
    openOn = try fields["open"].map { text throws(VisitFault) in try CaseSheetFilter.day(text, "open") }
    if let text = fields["age"] {
      guard let band = Int(text), CaseSheet.ages.indices.contains(band), openOn != nil else { throw .field("age") }
      age = CaseSheet.ages[band]
    }
  }

  private static func code(_ text: String?) -> String? { text == FiguresQuery.none ? "" : text }

  private static func day(_ text: String, _ name: String) throws(VisitFault) -> Int {
    guard let day = CivilTime.dayNumber(text) else { throw .field(name) }
    return day
  }

  /// Whether it picks cases out by what could point to a person.
  var isNarrow: Bool { topic != nil || area != nil || station != nil || unit != nil || channel != nil }
}
