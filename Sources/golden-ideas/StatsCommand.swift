import ArgumentParser
import Casework
import Rules
import Store
import Suggestions

extension CaseDimension: ExpressibleByArgument {}
extension CaseMoment: ExpressibleByArgument {}

/// Figures with their definitions, made anew from the records of the cases each time.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "统计：办结、解决、满意、按期、退单、重办等，各附分子、分母、定义 / figures, each with numerator, denominator and definition")
  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("只算这个月的事项 / cases of a month", valueName: "YYYY-MM")) var month: String?
  @Option(help: ArgumentHelp("从哪一天起 / from this day", valueName: "date")) var from: String?
  @Option(help: ArgumentHelp("到哪一天为止（含）/ to this day, included", valueName: "date")) var until: String?
  @Option(help: "按什么分组 / by what: month area department topic station channel") var by: CaseDimension?
  @Option(name: .customLong("on"), help: "按收到还是提交的时间归期 / what puts a case into a period: received or submitted")
  var moment: CaseMoment = .received
  @Option(help: "分到第几级：主题 1–3；地区 1 区县、2 街道、3 社区 / level of topics, or of areas: district, street, community")
  var level = 1
  @Option(name: .customLong("as-of"), help: "算到什么时候，默认现在 / as it stood then: 2026-03-02 or 2026-03-02T09:30")
  var asOf: String?
  @Flag(help: "CSV：group,indicator,numerator,denominator,value,warning / as CSV") var csv = false
  @Flag(help: "另列敏感通道（受限）/ the sensitive track too, restricted") var sensitive = false

  func validate() throws {
    if csv && common.json { throw ValidationError("--csv 与 --json 只能给一个 / give --csv or --json, not both") }
    if month != nil && (from != nil || until != nil) {
      throw ValidationError("--month 与 --from、--until 只能给一种 / give --month, or --from and --until")
    }
    if let month, StatsCommand.days(of: month) == nil {
      throw ValidationError("--month 要写成 2025-07 / a month such as 2025-07")
    }
    for (name, day) in [("--from", from), ("--until", until)] {
      if let day, CivilTime.dayNumber(day) == nil {
        throw ValidationError("\(name) 要写成 2025-07-31 / a date such as 2025-07-31")
      }
    }
    if let days, days.isEmpty { throw ValidationError("--from 晚于 --until / --from is after --until") }
    guard (1...3).contains(level) else { throw ValidationError("--level 1–3 / 1 to 3") }
  }

  func run() throws {
    let book = try common.loadBook()
    let settings = try common.loadCasework()
    let store = try common.openStore(.existing)
    var scope = StatsCommand.scope(book, level, asOf: try asOfMoment())
    scope.period = days.map { WorkingCalendar.start(of: $0.lowerBound)..<WorkingCalendar.start(of: $0.upperBound) }
    scope.moment = moment
    scope.dimensions = by.map { [$0] } ?? []
    scope.listsSensitive = sensitive
    var statistics = CaseStatistics(scope, clocks: settings.clocks, calendar: settings.calendar)
    try common.onStore { () throws(StoreFault) in
      try store.caseRecords { record in statistics.add(record) }
    }
    let screen = StatsScreen(
      statistics: statistics, tracks: sensitive ? Track.allCases : [.ordinary], dimension: by, days: days,
      names: BookNames(book: book, language: common.language), messages: common.messages)
    if common.json {
      common.printJSON(screen.write)
    } else {
      print(csv ? screen.csv : screen.text, terminator: csv ? "" : "\n")
    }
    if statistics.unreadable > 0 {
      throw Outcome.findings(
        common.messages(
          "有 \(statistics.unreadable) 件的办理历史读不通，未计入（第一件：\(statistics.firstUnreadable ?? 0)）。请运行 golden-ideas verify。",
          "\(statistics.unreadable) histories cannot be read and are not counted "
            + "(first: \(statistics.firstUnreadable ?? 0)). Run golden-ideas verify."))
    }
  }

  /// A bare date means that whole day.
  private func asOfMoment() throws -> Int64 {
    guard let asOf else { return LocalTime.now }
    if let day = CivilTime.dayNumber(asOf) { return WorkingCalendar.start(of: day + 1) - 1 }
    return try common.moment(asOf, "--as-of")
  }

  // MARK: days

  /// Days since 1970-01-01, the end not included; nil for all time.
  private var days: Range<Int>? {
    if let month { return StatsCommand.days(of: month) }
    guard from != nil || until != nil else { return nil }
    let first = from.flatMap { CivilTime.dayNumber($0) } ?? -719_528
    let last = until.flatMap { CivilTime.dayNumber($0) } ?? 2_932_896
    return first..<max(first, last + 1)
  }

  /// Reads `2025-07`.
  static func days(of month: String) -> Range<Int>? {
    guard let first = CivilTime.dayNumber(month + "-01") else { return nil }
    let next = CivilTime(WorkingCalendar.start(of: first + 31))
    return first..<(first + 32 - next.day)
  }

  // MARK: levels

  /// All cases, with areas and topics counted on a level of the book.
  static func scope(_ book: RuleBook, _ level: Int, asOf moment: Int64) -> CaseStatistics.Scope {
    let (areas, topics) = (areas(book, level), topics(book, level))
    return CaseStatistics.Scope(
      asOf: moment, area: { areas[$0] ?? $0 }, topic: { topics[$0] ?? $0 },
      stationTier: Tier.allCases.firstIndex(of: .station))
  }

  /// The region each region is counted in: its district (or the zone that is one), its street, or itself.
  static func areas(_ book: RuleBook, _ level: Int) -> [String: String] {
    var areas: [String: String] = [:]
    for (index, region) in book.regions.enumerated() {
      var place = index
      if level == 1 { place = book.district(ofRegion: index) ?? index }
      if level == 2, region.level == .community { place = region.parent ?? index }
      areas[region.code] = book.regions[place].code
    }
    return areas
  }

  /// The topic each topic is counted in: the one of the level above it, or itself.
  static func topics(_ book: RuleBook, _ level: Int) -> [String: String] {
    var topics: [String: String] = [:]
    for (index, topic) in book.topics.enumerated() {
      let path = book.path(ofTopic: index)
      topics[topic.code] = book.topics[path[min(level, path.count) - 1]].code
    }
    return topics
  }
}
