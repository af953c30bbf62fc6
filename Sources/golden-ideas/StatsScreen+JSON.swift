import Casework
import Suggestions

/// What `stats --json` and `stats --csv` say: the same figures, all of them, in the same order.
extension StatsScreen {
  /// The document of `stats --json`: the scope, every indicator's definition, then the tracks, each with the figures of
  /// all its cases, those of each group where `--by` asks for groups, and how good each rule's proposals were.
  func write(_ root: inout JSONWriter) {
    root.field("from", days.map { StatsScreen.date($0.lowerBound) })
    root.field("until", days.map { StatsScreen.date($0.upperBound - 1) })
    root.field("on", statistics.scope.moment.rawValue)
    root.field("as_of", LocalTime.rfc3339(statistics.scope.asOf))
    root.field("by", dimension?.rawValue)
    root.field("enough", CaseFigure.enough)
    root.field("unreadable", statistics.unreadable)
    root.array("definitions") { list in
      for indicator in CaseIndicator.all {
        list.object {
          $0.field("indicator", indicator.code)
          $0.field("name", messages.word(indicator))
          $0.field("unit", indicator.unit.code)
          $0.field("definition", messages.definition(indicator))
        }
      }
    }
    root.array("tracks") { list in
      for track in tracks {
        list.object {
          $0.field("track", track.code)
          StatsScreen.write(statistics.whole(track), to: &$0)
          if let dimension { write(statistics.groups(by: dimension, track), to: &$0) }
          write(statistics.routes(track), to: &$0)
        }
      }
    }
  }

  private static func write(_ figures: [CaseFigure], to json: inout JSONWriter) {
    json.array("figures") { list in
      for figure in figures {
        list.object {
          $0.field("indicator", figure.indicator.code)
          $0.field("numerator", figure.numerator)
          if let whole = figure.denominator { $0.field("denominator", whole) } else { $0.null("denominator") }
          write(figure.value, figure.indicator.unit, to: &$0)
          $0.field("warning", figure.warning?.code)
        }
      }
    }
  }

  private static func write(
    _ value: Double?, _ unit: CaseIndicator.Unit, as key: String = "value", to json: inout JSONWriter
  ) {
    guard let value else { return json.null(key) }
    json.field(key, value, decimals: decimals(unit))
  }

  private static func decimals(_ unit: CaseIndicator.Unit) -> Int {
    switch unit {
    case .count: 0
    case .share: 4
    case .seconds: 1
    }
  }

  private func write(_ groups: [CaseGroup], to json: inout JSONWriter) {
    json.array("groups") { list in
      for group in groups {
        list.object {
          $0.field("group", group.key)
          $0.field("name", name(of: group.key))
          StatsScreen.write(group.figures, to: &$0)
        }
      }
    }
  }

  private func write(_ routes: [CaseRouteFigure], to json: inout JSONWriter) {
    json.array("routes") { list in
      for route in routes {
        list.object {
          $0.field("route", route.route.code)
          $0.field("name", name(of: route.route))
          $0.field("ordered", route.ordered)
          $0.field("followed", route.followed)
          $0.field("returned", route.returned)
          $0.field("overruled", route.overruled)
          StatsScreen.write(route.returnRate, .share, as: "return_rate", to: &$0)
          $0.field("warning", route.warning?.code)
        }
      }
    }
  }

  // MARK: CSV

  /// `group,indicator,numerator,denominator,value,warning`: group `all`, the group's code, or `none` for what has none;
  /// `route/` and the rule for how good its proposals were (`route-followed`, `route-returned`). Those of the sensitive
  /// track have `sensitive/` before them. What a count or an empty figure has not is left empty. Shares have four
  /// decimals, times are seconds with one.
  var csv: String {
    var lines = ["group,indicator,numerator,denominator,value,warning"]
    for track in tracks {
      let prefix = track == .sensitive ? "sensitive/" : ""
      lines += statistics.whole(track).map { StatsScreen.line(prefix + "all", $0) }
      for group in dimension.map({ statistics.groups(by: $0, track) }) ?? [] {
        lines += group.figures.map { StatsScreen.line(prefix + (group.key ?? "none"), $0) }
      }
      for route in statistics.routes(track) {
        let (group, share) = (prefix + "route/" + route.route.code, Double(route.followed) / Double(route.ordered))
        lines.append(
          StatsScreen.line(
            group, "route-followed", route.followed, route.ordered, share, .share, CaseFigure.warning(route.ordered)))
        lines.append(
          StatsScreen.line(
            group, "route-returned", route.returned, route.followed, route.returnRate, .share, route.warning))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ group: String, _ figure: CaseFigure) -> String {
    line(
      group, figure.indicator.code, figure.numerator, figure.denominator, figure.value, figure.indicator.unit,
      figure.warning)
  }

  private static func line(
    _ group: String, _ indicator: String, _ part: Int, _ whole: Int?, _ value: Double?, _ unit: CaseIndicator.Unit,
    _ warning: CaseFigure.Warning?
  ) -> String {
    var number = JSONWriter()
    if let value { number.field(nil, value, decimals: decimals(unit)) }
    let cells = [group, indicator, String(part), whole.map { "\($0)" } ?? "", number.text, warning?.code ?? ""]
    return cells.map(CSVCell.of).joined(separator: ",")
  }
}
