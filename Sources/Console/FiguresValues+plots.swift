internal import Casework
internal import Suggestions

/// Every plot stands with its numbers as a table, each of which leads to its list.
extension FiguresValues {
  // MARK: flow

  var flow: PageValue {
    let days = view.flow
    let (received, closed) = (days.reduce(0) { $0 + $1.received }, days.reduce(0) { $0 + $1.closed })
    guard received + closed > 0 else { return ["isKnown": false] }
    let busiest = days.max { $0.received < $1.received }
    var description = say("共收到 \(received) 件，办结 \(closed) 件。", "\(received) received, \(closed) closed.")
    if let busiest, busiest.received > 0 {
      let name = FiguresMonth.name(ofDay: busiest.day, language)
      description += say("收到最多的是\(name)，\(busiest.received) 件。", " Most came on \(name): \(busiest.received).")
    }
    let plot = SVGPlot(
      id: "flow", title: say("每天收到与办结的件数", "Cases received and closed a day"), description: description,
      legend: [(.first, say("收到", "received")), (.second, say("办结", "closed"))],
      shape: .columns(
        labels: days.map { "\(FiguresMonth.numberInMonth($0.day))" },
        series: [(.first, days.map(\.received)), (.second, days.map(\.closed))]))
    return [
      "isKnown": true, "plot": .text(plot.markup), "summary": .text(description),
      "definition": .text(FiguresQuery.definition("flow")),
      "rows": .objects(days) { day in
        let text = FiguresMonth.text(ofDay: day.day)
        return [
          "day": .text(text), "received": .number(day.received), "hasReceived": .flag(day.received > 0),
          "receivedList": .text(query.list([("day", text)])), "closed": .number(day.closed),
          "hasClosed": .flag(day.closed > 0), "closedList": .text(query.list([("closed", text)])),
        ]
      },
    ]
  }

  // MARK: backlog

  var backlog: PageValue {
    guard let day = view.backlogDay else { return ["isKnown": false] }
    let total = view.backlog.reduce(0, +)
    let names = FiguresValues.ageNames(language)
    let old = view.backlog.suffix(2).reduce(0, +)
    let date = FiguresMonth.name(ofDay: day, language)
    let description = say(
      "\(date)终了时在办 \(total) 件，其中超过 30 天的 \(old) 件。",
      "\(total) open at the end of \(date), \(old) of them for more than 30 days.")
    let plot = SVGPlot(
      id: "backlog", title: say("在办的已有多久", "How long open cases have been open"), description: description,
      shape: .columns(labels: names, series: [(.first, view.backlog.map { $0 })]))
    let text = FiguresMonth.text(ofDay: day)
    return [
      "isKnown": true, "isNone": .flag(total == 0), "hasPlot": .flag(total > 0), "plot": .text(plot.markup),
      "summary": .text(description), "definition": .text(FiguresQuery.definition("backlog")),
      "list": .text(query.list([("open", text)])), "total": .number(total),
      "rows": .objects(names.indices) { band in
        [
          "name": .text(names[band]), "count": .number(view.backlog[band]),
          "list": .text(query.list([("open", text), ("age", String(band))])),
        ]
      },
    ]
  }

  /// `0–1 天` … `> 90 天`, for ``CaseSheet/ages``.
  static func ageNames(_ say: ConsoleLanguage) -> [String] {
    CaseSheet.ages.enumerated().map { band, days in
      band == CaseSheet.ages.count - 1
        ? say("> \(days.lowerBound - 1) 天", "> \(days.lowerBound - 1) d")
        : say("\(days.lowerBound)–\(days.upperBound) 天", "\(days.lowerBound)–\(days.upperBound) d")
    }
  }

  // MARK: clocks

  func clocks(_ figures: [CaseFigure]) -> PageValue {
    let kinds = ClockKind.allCases.filter { !$0.isWindow }
    func find(_ indicator: CaseIndicator) -> CaseFigure? { figures.first { $0.indicator == indicator } }
    let stopped = kinds.compactMap { kind in find(.onTime(kind)).map { (kind, $0) } }
    let known = stopped.filter { $0.1.warning != .empty }
    let unknown = stopped.filter { $0.1.warning == .empty }.map { visit.names.clock($0.0) }
    let never = unknown.isEmpty
      ? nil
      : say("还没有停表的：", "Never stopped yet: ") + unknown.joined(separator: say("、", ", ")) + say("。", ".")
    let plot = SVGPlot(
      id: "clocks", title: say("各时限按期的比例", "Share of each clock that was stopped in time"),
      description: known.map { kind, figure in
        "\(visit.names.clock(kind)) \(words.parts(figure, language))，\(words.value(figure, language))"
      }.joined(separator: say("；", "; ")),
      legend: [(.first, say("按期", "in time")), (.late, say("逾期", "late"))],
      shape: .bars(
        known.map { kind, figure in
          let whole = figure.denominator ?? 0
          return SVGPlot.Bar(
            label: visit.names.clock(kind), note: note(figure),
            parts: [(.first, figure.numerator), (.late, whole - figure.numerator)], whole: whole)
        }))
    return [
      "isKnown": .flag(!known.isEmpty), "plot": .text(plot.markup), "never": .optional(never),
      "rows": .objects(kinds.filter { kind in
        [find(.onTime(kind)), find(.overdue(kind))].contains { $0.map { $0.warning != .empty } ?? false }
      }) { kind in
        var row: [String: PageValue] = ["name": .text(visit.names.clock(kind))]
        for (name, indicator) in [
          ("onTime", CaseIndicator.onTime(kind)), ("overdue", .overdue(kind)), ("median", .usedMedian(kind)),
          ("p90", .usedP90(kind)),
        ] {
          row[name] = find(indicator).map { .object(figure($0)) } ?? false
        }
        return row
      },
    ]
  }

  /// `41/50 82.0 % 样本少`
  private func note(_ figure: CaseFigure) -> String {
    [words.parts(figure, language), words.value(figure, language)].joined(separator: "　")
      + (figure.warning == .small ? " " + words.warning(.small, language) : "")
  }

  // MARK: departments

  var departments: PageValue {
    func find(_ group: CaseGroup, _ indicator: CaseIndicator) -> CaseFigure? {
      group.figures.first { $0.indicator == indicator }
    }
    let all = view.statistics.groups(by: .department)
    // What was never ordered is the platform's, and no unit's clock.
    let groups = all.filter { $0.key != nil }.sorted { left, right in
      let (first, second) = (find(left, .received)?.numerator ?? 0, find(right, .received)?.numerator ?? 0)
      return first == second ? left.key ?? "" < right.key ?? "" : first > second
    }
    let measured = groups.filter { find($0, .usedMedian(.answer))?.value != nil }.prefix(FiguresValues.mostSpans)
    let spans = measured.map { group in
      let median = find(group, .usedMedian(.answer))
      let high = find(group, .usedP90(.answer))
      return SVGPlot.Span(
        label: words.group(group.key, .department, language),
        note: [median, high].compactMap { $0.map { words.value($0, language) } }.joined(separator: " – ")
          + (median?.warning == .small ? " " + words.warning(.small, language) : ""),
        middle: (median?.value ?? 0) / 3_600, high: (high?.value ?? 0) / 3_600)
    }
    let plot = SVGPlot(
      id: "units", title: say("各承办单位答复用时：中位到九成", "Time each unit took to answer: from the median to nine in ten"),
      description: spans.map { "\($0.label) \($0.note)" }.joined(separator: say("；", "; ")),
      shape: .spans(spans, axis: say("小时（各按时限的计时方式）", "hours, as the clock counts them")))
    return [
      "isKnown": .flag(!groups.isEmpty), "hasPlot": .flag(!spans.isEmpty), "plot": .text(plot.markup),
      "isCut": .flag(groups.count > FiguresValues.mostSpans), "most": .number(FiguresValues.mostSpans),
      "rows": .objects(groups) { group in
        [
          "name": .text(words.group(group.key, .department, language)), "received": cell(group, .received, "unit"),
          "onTime": cell(group, .onTime(.answer), "unit"), "median": cell(group, .usedMedian(.answer), "unit"),
          "p90": cell(group, .usedP90(.answer), "unit"), "overdue": cell(group, .overdue(.answer), "unit"),
          "returned": cell(group, .returned, "unit"),
        ]
      },
    ]
  }

  static let mostSpans = 12

  // MARK: where it came from

  /// Channels or stations, the busiest first.
  func groups(_ dimension: CaseDimension) -> PageValue {
    func count(_ group: CaseGroup, _ indicator: CaseIndicator = .received) -> Int {
      group.figures.first { $0.indicator == indicator }?.numerator ?? 0
    }
    let groups = view.statistics.groups(by: dimension).filter { dimension == .channel || $0.key != nil }
      .sorted { count($0) == count($1) ? $0.key ?? "" < $1.key ?? "" : count($0) > count($1) }
    let total = groups.reduce(0) { $0 + count($1) }
    let shown = groups.prefix(FiguresValues.mostSpans)
    let most = shown.map { count($0) }.max() ?? 0
    func share(_ group: CaseGroup) -> String { FiguresValues.percent(count(group), of: total) }
    let bars = shown.map { group in
      SVGPlot.Bar(
        label: words.group(group.key, dimension, language),
        note: "\(count(group))　\(share(group))", parts: [(.first, count(group))], whole: most)
    }
    let plot = SVGPlot(
      id: dimension.rawValue,
      title: say("各\(dimensionName(dimension))收到的件数", "Cases received by \(dimensionName(dimension))"),
      description: bars.map { "\($0.label) \($0.note)" }.joined(separator: say("；", "; ")), shape: .bars(bars))
    return [
      "isKnown": .flag(!groups.isEmpty), "plot": .text(plot.markup), "total": .number(total),
      "rows": .objects(groups) { group in
        [
          "name": .text(words.group(group.key, dimension, language)),
          "received": cell(group, .received, dimension.rawValue), "share": .text(share(group)),
          "whole": .number(total), "submissions": cell(group, .submissions, dimension.rawValue),
          "closed": cell(group, .closed, dimension.rawValue),
        ]
      },
    ]
  }

  /// `41.2 %`; a dash of nothing.
  static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "—" }
    let tenths = Int((Double(part) / Double(whole) * 1_000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
