import Casework
import Suggestions

/// Figures for people; as JSON and CSV elsewhere.
struct StatsScreen {
  let statistics: CaseStatistics
  let tracks: [Track]
  let dimension: CaseDimension?
  /// Days since 1970-01-01; nil for all time.
  let days: Range<Int>?
  let names: BookNames
  let messages: Messages

  private var words: FigureWords { FigureWords(names: names, messages: messages) }

  // MARK: text

  var text: String {
    let parts = tracks.flatMap { track -> [String] in
      let whole = statistics.whole(track)
      let groups = dimension.map { statistics.groups(by: $0, track) } ?? []
      return [heading(track), dimension == nil ? table(of: whole) : table(of: groups, whole), routes(track)]
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func heading(_ track: Track) -> String {
    let isSubmitted = statistics.scope.moment == .submitted
    let period =
      days.map { days in
        let (first, last) = (StatsScreen.date(days.lowerBound), StatsScreen.date(days.upperBound - 1))
        return isSubmitted
          ? messages("\(first) 至 \(last) 提交的事项", "cases submitted from \(first) to \(last)")
          : messages("\(first) 至 \(last) 收到的事项", "cases received from \(first) to \(last)")
      } ?? messages("全部事项", "all cases")
    let moment = LocalTime.short(statistics.scope.asOf)
    let name = messages.word(track.code) + messages("通道", " track")
    return messages("\(period)，截至 \(moment)，\(name)", "\(period), as of \(moment), \(name)")
  }

  static func date(_ day: Int) -> String { String(LocalTime.short(WorkingCalendar.start(of: day)).prefix(10)) }

  /// One indicator a line, with its definition; clocks that never ran are left out.
  private func table(of figures: [CaseFigure]) -> String {
    var table = TextTable(columns: [
      (messages("指标", "indicator"), .left), (messages("值", "value"), .right),
      (messages("分子/分母", "part/whole"), .right), ("", .left), (messages("定义", "definition"), .left),
    ])
    for figure in figures where figure.indicator.clock == nil || figure.denominator ?? 0 > 0 {
      table.add([
        messages.word(figure.indicator), words.value(figure), words.parts(figure),
        figure.warning.map(messages.word) ?? "", messages.definition(figure.indicator),
      ])
    }
    return table.text
  }

  /// What stands side by side for each group.
  private static let columns: [CaseIndicator] = [
    .received, .closed, .solved, .satisfied, .onTime(.answer), .responseMedian, .returned, .reopened, .discovered,
  ]

  private func table(of groups: [CaseGroup], _ whole: [CaseFigure]) -> String {
    var table = TextTable(
      columns: [(dimension.map(messages.word) ?? "", .left)]
        + StatsScreen.columns.map { (messages.word($0), .right) })
    let rows = groups.map { (name: name(of: $0.key), figures: $0.figures) }
    for row in rows + [(name: messages("合计", "all"), figures: whole)] {
      table.add(
        [TextTable.cut(row.name, to: 30)]
          + StatsScreen.columns.map { column in row.figures.first { $0.indicator == column }.map(cell) ?? "" })
    }
    let definitions = StatsScreen.columns.map { "  \(messages.word($0))  \(messages.definition($0))" }
    let legend = messages(
      "* 分母不到 \(CaseFigure.enough)，看数不看率。", "* fewer than \(CaseFigure.enough): look at the numbers, not at the rate.")
    return ([table.text, legend] + definitions).joined(separator: "\n")
  }

  private func cell(_ figure: CaseFigure) -> String {
    guard figure.denominator != nil else { return words.value(figure) }
    guard figure.value != nil else { return "—" }
    let mark = figure.warning == .small ? "*" : ""
    let value = words.value(figure) + mark
    return figure.indicator.unit == .share ? "\(words.parts(figure)) \(value)" : value
  }

  /// Proposals that were wrong, the worst first.
  private func routes(_ track: Track) -> String {
    let wrong = statistics.routes(track).filter { $0.misses > 0 }
    guard !wrong.isEmpty else { return "" }
    var table = TextTable(columns: [
      (messages("分派规则", "routing rule"), .left), (messages("首次派单", "first orders"), .right),
      (messages("照办", "followed"), .right), (messages("退单", "returned"), .right),
      (messages("退单率", "return rate"), .right), (messages("派前改", "overruled"), .right),
    ])
    for route in wrong.prefix(10) {
      table.add([
        TextTable.cut(name(of: route.route), to: 48), "\(route.ordered)", "\(route.followed)", "\(route.returned)",
        route.returnRate.map { percent($0) + (route.warning == .small ? "*" : "") } ?? "—", "\(route.overruled)",
      ])
    }
    return [
      messages("常派错的规则（只看每件的首次派单）：", "Rules that are often wrong, by the first order of each case:"), table.text,
    ].joined(separator: "\n")
  }

  // MARK: names

  func name(of route: CaseRoute) -> String {
    switch route {
    case .rule(let id): id
    case .pair(let topic, let department):
      "\(names.topic(topic) ?? topic) → \(names.department(department, tier: nil, region: nil) ?? department)"
    }
  }

  func name(of key: String?) -> String { words.name(of: key, by: dimension) }
}

extension BookNames {
  /// A unit by ``CaseHandler/text``, as people call it.
  func unit(_ text: String) -> String {
    if text.hasPrefix("station:") { return handler(CaseHandler(unit: String(text.dropFirst(8)), isStation: true)) }
    let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
    return handler(CaseHandler(unit: parts.first ?? text, district: parts.count == 2 ? parts[1] : nil))
  }
}
