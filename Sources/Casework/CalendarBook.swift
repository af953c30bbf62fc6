/// 工作日历: what `rules/calendar.yaml` says, as written: office hours, the yearly notices, and what the city adds.
package struct CalendarBook: Sendable, Hashable {
  package var hours: [OfficeHours]
  /// By year.
  package var notices: [CalendarNotice]
  package var overrides: [CalendarOverride]

  package init(
    hours: [OfficeHours] = [OfficeHours()], notices: [CalendarNotice] = [], overrides: [CalendarOverride] = []
  ) {
    self.hours = hours
    self.notices = notices.sorted { $0.year < $1.year }
    self.overrides = overrides
  }

  /// With a notice in place of the one the year had; unchanged by a notice that announces nothing yet.
  package func adding(_ notice: CalendarNotice) -> CalendarBook {
    guard !notice.holidays.isEmpty else { return self }
    return CalendarBook(
      hours: hours, notices: notices.filter { $0.year != notice.year } + [notice], overrides: overrides)
  }

  /// With what a city keeps in a file of its own, so that a new release's calendar can take the place of the old one.
  /// Its office hours are asked first and the others where it has none; a year it knows replaces that year; its days
  /// off and days worked go before all others.
  package func overlaid(by local: CalendarBook) -> CalendarBook {
    var book = local.notices.reduce(self) { $0.adding($1) }
    book.hours = local.hours + hours
    book.overrides = overrides + local.overrides
    return book
  }
}

/// 国务院办公厅关于某年部分节假日安排的通知: the holidays of a year and the days worked for them. Weekends that merely
/// touch a holiday are not in it. Days of the neighbouring years may be: a New Year begins in December.
package struct CalendarNotice: Sendable, Hashable {
  package struct Holiday: Sendable, Hashable {
    package var name: String
    /// Days since 1970-01-01, ascending.
    package var off: [Int]
    /// 调休上班: days that are worked although they are a Saturday or Sunday.
    package var worked: [Int]

    package init(name: String, off: [Int], worked: [Int] = []) {
      self.name = name
      self.off = off.sorted()
      self.worked = worked.sorted()
    }
  }

  package var year: Int
  /// Where the notice can be read.
  package var sources: [String]
  package var holidays: [Holiday]

  package init(year: Int, sources: [String] = [], holidays: [Holiday]) {
    self.year = year
    self.sources = sources
    self.holidays = holidays
  }
}

/// A day the city or a district takes off or works by itself: a typhoon, a municipal shutdown. Goes before the notices.
package struct CalendarOverride: Sendable, Hashable {
  /// Days since 1970-01-01.
  package var days: ClosedRange<Int>
  package var isOff: Bool
  package var name: String
  /// Code of the region it holds for, with everything inside it; nil for the whole city.
  package var region: String?

  package init(days: ClosedRange<Int>, isOff: Bool, name: String, region: String? = nil) {
    self.days = days
    self.isOff = isOff
    self.name = name
    self.region = region
  }
}

/// 办公时间: when offices are open on a working day of a season.
package struct OfficeHours: Sendable, Hashable {
  /// First and last day of the season as month × 100 + day; a season may run over the New Year. Nil for all year.
  package var season: (from: Int, until: Int)? {
    get { first.map { ($0, last ?? $0) } }
    set { (first, last) = (newValue?.from, newValue?.until) }
  }
  private var first: Int?
  private var last: Int?
  /// Minutes of the day, ascending and apart.
  package var open: [Range<Int>]

  /// Half past eight to noon, half past two to half past five.
  package init(open: [Range<Int>] = [510..<720, 870..<1050], season: (from: Int, until: Int)? = nil) {
    self.open = open
    first = season?.from
    last = season?.until
  }

  func covers(month: Int, day: Int) -> Bool {
    guard let season else { return true }
    let date = month * 100 + day
    return season.from <= season.until
      ? season.from <= date && date <= season.until : date >= season.from || date <= season.until
  }
}
