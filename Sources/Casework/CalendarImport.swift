internal import Suggestions
internal import Yams

extension CalendarNotice {
  /// Reads the published JSON of a year: `{"year", "papers", "days": [{"name", "date", "isOffDay"}]}` (the shape of
  /// NateScarlet/holiday-cn, MIT). A year that is not announced yet has no days and gives a notice without holidays.
  package init(publishedJSON bytes: [UInt8], file: String) throws(SettingFault) {
    var reading = try SettingReading(bytes, file: file)
    let root = reading.root
    let year = reading.number("year", in: root, 1949...2999)
    let sources = reading.texts("papers", in: root).map(\.text)
    var names: [String] = []
    var facts: [Int: Bool] = [:]
    var days: [String: (off: [Int], worked: [Int])] = [:]
    for node in reading.mappings("days", in: root, isRequired: true) {
      let name = reading.text("name", in: node)
      let day = reading.date("date", in: node, isRequired: true)
      let isOff = reading.flag("isOffDay", in: node)
      guard let name, let day, let isOff else { continue }
      if let year, abs(CivilTime(WorkingCalendar.start(of: day)).year - year) > 1 {
        reading.report(node, .strayDay(CalendarBook.text(of: day)))
      }
      if facts.updateValue(isOff, forKey: day) != nil {
        reading.report(node, .contradictoryDay(CalendarBook.text(of: day)))
      }
      if days[name] == nil { names.append(name) }
      if isOff {
        days[name, default: ([], [])].off.append(day)
      } else {
        days[name, default: ([], [])].worked.append(day)
      }
    }
    let holidays = names.map { Holiday(name: $0, off: days[$0]?.off ?? [], worked: days[$0]?.worked ?? []) }
    self = try reading.finish(
      year.map { CalendarNotice(year: $0, sources: sources, holidays: holidays) }, file: file)
  }
}
