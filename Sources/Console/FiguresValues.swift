internal import Casework
internal import Suggestions

/// What the overview's page is filled with.
struct FiguresValues: Sendable {
  let look: FiguresPages.Look
  let view: FiguresView
  let visit: Visit

  var words: FigureServices { visit.services.figures }
  var query: FiguresQuery { look.query }
  var language: ConsoleLanguage { visit.language }
  func say(_ zh: String, _ en: String) -> String { language(zh, en) }

  func page(_ matters: FiguresHotMatters) -> [String: PageValue] {
    let whole = view.statistics.whole()
    let hasOrdinary = look.reach.tracks.contains(.ordinary)
    let received = whole.first { $0.indicator == .received }?.numerator ?? 0
    var page: [String: PageValue] = [
      "name": .text(query.month.name(language)), "month": .text(query.month.text), "on": .text(query.moment.rawValue),
      "previous": .text(FiguresQuery(month: query.month.previous, moment: query.moment).address("/figures")),
      "previousName": .text(query.month.previous.name(language)),
      "isByWriting": .flag(query.moment == .submitted),
      "otherMoment": .text(
        FiguresQuery(month: query.month, moment: query.moment == .received ? .submitted : .received)
          .address("/figures")),
      "asOf": .text(visit.names.moment(look.sheet.asOf)), "isEarlier": .flag(look.standing.isEarlier),
      "reach": .text(reach), "hasOrdinary": .flag(hasOrdinary), "isNone": .flag(received == 0),
      "hasCases": .flag(received > 0), "missing": .optional(missing), "enough": .number(CaseFigure.enough),
      "csv": .text(query.address("/figures.csv")), "json": .text(query.address("/figures.json")),
      "unreadable": view.statistics.unreadable > 0 ? .number(view.statistics.unreadable) : false,
      "cards": .list(FiguresValues.headline.compactMap { wanted in whole.first { $0.indicator == wanted } }.map(card)),
      "rows": .list(rows(whole, .ordinary)), "files": .list(files), "matters": matters.value(visit),
      "sensitive": sensitive, "clocks": clocks(whole), "flow": flow, "backlog": backlog, "heat": heat,
      "departments": departments, "channels": groups(.channel), "stations": groups(.station),
    ]
    let next = FiguresQuery(month: query.month.next, moment: query.moment)
    if query.month.days.upperBound <= FiguresMonth.day(of: visit.now) {
      page["next"] = .text(next.address("/figures"))
      page["nextName"] = .text(query.month.next.name(language))
    }
    return page
  }

  // MARK: whose figures, and what is not known

  private var reach: String {
    if look.reach.isWhole(.ordinary) { return say("全市", "the whole city") }
    let parts = look.reach.parts[.ordinary] ?? look.reach.parts[.sensitive] ?? []
    let names = parts.map { part in
      let regions = part.regions.sorted().compactMap { visit.names.region($0) }.joined(separator: say("、", ", "))
      guard let unit = part.unit else { return regions }
      let own = say("\(visit.names.handler(unit))经手的", "what \(visit.names.handler(unit)) has or had")
      return regions.isEmpty ? own : regions + say("，", ", ") + own
    }
    return names.sorted().joined(separator: say("；", "; "))
  }

  /// Days of the month nothing is known of: not drawn, and said.
  private var missing: String? {
    let (days, known) = (query.month.days, view.known)
    if known.isEmpty {
      return say("这个月还没有任何记录，不是零件。", "There are no records of this month, which is not the same as none.")
    }
    var sentences: [String] = []
    if known.lowerBound > days.lowerBound {
      let first = FiguresMonth.name(ofDay: known.lowerBound, language)
      sentences.append(say("\(first)之前没有记录，图中不画。", "There are no records before \(first); those days are not drawn."))
    }
    if known.upperBound < days.upperBound {
      let last = FiguresMonth.name(ofDay: known.upperBound - 1, language)
      sentences.append(say("只到\(last)，之后的还没到。", "It ends with \(last); the rest is still to come."))
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: say("", " "))
  }

  private var files: [PageValue] {
    [CaseDimension.area, .department, .topic, .channel, .station].map { dimension in
      [
        "name": .text(dimensionName(dimension)),
        "address": .text(query.address("/figures.csv", [("by", dimension.rawValue)])),
      ]
    }
  }

  func dimensionName(_ dimension: CaseDimension) -> String {
    switch dimension {
    case .month: say("月份", "month")
    case .area: say("地区", "area")
    case .department: say("承办", "unit")
    case .topic: say("主题", "topic")
    case .station: say("驿站", "station")
    case .channel: say("渠道", "channel")
    }
  }

  // MARK: figures

  /// What stands at the top.
  static let headline: [CaseIndicator] = [
    .received, .submissions, .dispatched, .closed, .onTime(.answer), .solved, .satisfied, .responseMedian, .returned,
    .reopened, .rejected, .discovered,
  ]

  /// A figure with its value, what it was made from, its warning and its two links.
  func figure(_ figure: CaseFigure, _ more: [(name: String, value: String)] = []) -> [String: PageValue] {
    [
      "name": .text(words.name(figure.indicator, language)), "value": .text(words.value(figure, language)),
      "parts": .optional(figure.denominator == nil ? nil : words.parts(figure, language)),
      "warning": .optional(figure.warning == .small ? words.warning(.small, language) : nil),
      "isEmpty": .flag(figure.warning == .empty), "isKnown": .flag(figure.warning != .empty),
      "list": .text(query.list(figure.indicator, more)),
      "definition": .text(FiguresQuery.definition(figure.indicator.code)),
    ]
  }

  private func card(_ figure: CaseFigure) -> PageValue { .object(self.figure(figure)) }

  /// All of them; clocks that never ran are left out.
  private func rows(_ figures: [CaseFigure], _ track: Track) -> [PageValue] {
    figures.filter { $0.indicator.clock == nil || $0.denominator ?? 0 > 0 }.map {
      .object(figure($0, track == .ordinary ? [] : [("track", track.code)]))
    }
  }

  /// The figure of an indicator as a cell of a table.
  func cell(_ group: CaseGroup, _ indicator: CaseIndicator, _ dimension: String) -> PageValue {
    guard let figure = group.figures.first(where: { $0.indicator == indicator }) else { return false }
    return .object(self.figure(figure, [(dimension, group.key ?? FiguresQuery.none)]))
  }

  // MARK: the sensitive track

  /// Its figures as a whole, and by area where there are enough; no group that could point to a person.
  private var sensitive: PageValue {
    guard look.reach.tracks.contains(.sensitive) else { return false }
    let whole = view.statistics.whole(.sensitive)
    let received = whole.first { $0.indicator == .received }?.numerator ?? 0
    guard received > 0 else { return ["isNone": true, "hasCases": false] }
    let groups = view.statistics.groups(by: .area, .sensitive)
    let counts = groups.map { $0.figures.first { $0.indicator == .received }?.numerator ?? 0 }
    return [
      "isNone": false, "hasCases": true, "rows": .list(rows(whole, .sensitive)),
      "areas": .objects(zip(groups, FewCases.shown(counts))) { group, count in
        [
          "name": .text(words.group(group.key, .area, language)),
          "count": .text(count.map { String($0) } ?? say("不显示", "not shown")),
        ]
      },
      "least": .number(FewCases.leastShown),
    ]
  }
}
