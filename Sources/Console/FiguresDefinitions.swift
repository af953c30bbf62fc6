internal import Casework
internal import Suggestions

/// 指标定义: what each figure of the overview counts of what.
enum FiguresDefinitions {
  static func show(_ visit: Visit) async throws -> Reply {
    let words = visit.services.figures
    return visit.page(
      "figures-definitions", title: visit.say("指标定义", "Definitions"), section: .figures,
      [
        "enough": .number(CaseFigure.enough), "small": .text(words.warning(.small, visit.language)),
        "plots": .objects(plots(visit.language)) { plot in
          ["id": .text(plot.id), "name": .text(plot.name), "definition": .text(plot.definition)]
        },
        "indicators": .objects(CaseIndicator.all) { indicator in
          [
            "id": .text(indicator.code), "name": .text(words.name(indicator, visit.language)),
            "definition": .text(words.definition(indicator, visit.language)),
            "unit": .text(unit(indicator, visit.language)),
          ]
        },
      ])
  }

  /// What is drawn and is no indicator of `stats`.
  static func plots(_ say: ConsoleLanguage) -> [(id: String, name: String, definition: String)] {
    [
      (
        "flow", say("流量", "Flow"),
        say(
          "收到：按这一天算的事项，各类都算，并案的不另算。办结：这一天办结的次数，不论是哪个月的事项；重办后再办结的再算一次。",
          "Received: cases of every kind that count on the day, merged ones not. Closed: closings of that day, of "
            + "whatever month the case is; one that was reopened and closed again counts again.")
      ),
      (
        "backlog", say("在办时长", "Age of the backlog"),
        say(
          "那一天终了时还没有办结、不予受理或并案的事项，按收到（按提交归月时为提交）到那一天过了几天分组；重办的从头算，来件人一直在等。",
          "Cases not closed, rejected or merged at the end of that day, by the days since they were received (or "
            + "written); a reopened one counts from its beginning, as its writer waits since then.")
      ),
      (
        "hot", say("热点", "Hot matters"),
        say(
          "按提交日期，这个月有两人以上说到、或办结后又发生的事。热度：每人 1 分，比上个同样长的时间多出的每人 0.5 分，多一个渠道、多一个地方各 1 分，再发生一次 1 分。",
          "By the day they were written: matters that two or more people spoke of in the month, or that came again. "
            + "Heat: a point a person, half a point for each more than in the time before, a point for each further "
            + "channel, area and recurrence.")
      ),
      (
        "share", say("占比", "Share"), say("这一组收到的件数 / 各组之和", "cases received in the group, of those of all groups")
      ),
    ]
  }

  private static func unit(_ indicator: CaseIndicator, _ say: ConsoleLanguage) -> String {
    switch indicator.unit {
    case .count: say("件数、条数或人数，没有分母", "a number of things, without a denominator")
    case .share: say("分子 / 分母", "numerator / denominator")
    case .seconds: say("时长；n 是个数", "a time; n is how many")
    }
  }
}
