internal import Suggestions

/// 选题规则: which cases stand in an issue, by points everybody can add up. What speaks for a case is shown with it.
package struct DigestSelection: Sendable, Hashable {
  /// How many cases a section has at most.
  package var places: [DigestSection: Int] = [.ideas: 10, .stories: 5, .contributions: 5, .answers: 5]
  /// 地区均衡: points a case loses for each of its area that was chosen before it.
  package var crowding = 15

  package init() {}

  /// Points of one thing that speaks for a case, or against it.
  package struct Reason: Sendable, Hashable {
    package var name: DigestLabel
    package var points: Int

    package init(_ name: DigestLabel, _ points: Int) {
      self.name = name
      self.points = points
    }
  }

  package struct Choice: Sendable, Hashable {
    package var matter: PublishableMatter
    /// Empty for what an editor pinned.
    package var reasons: [Reason]
    package var isPinned = false

    package var points: Int { reasons.reduce(0) { $0 + $1.points } }
  }

  /// The cases of a section, best first: those with most points, each area's next one losing some; equal ones by number.
  package func choose(_ section: DigestSection, from matters: [PublishableMatter]) -> [Choice] {
    var rest = matters.filter(section.admits).map { Choice(matter: $0, reasons: reasons(for: $0, in: section)) }
      .sorted { ($1.points, $0.matter.id) < ($0.points, $1.matter.id) }
    var chosen: [Choice] = []
    var areas: [String?: Int] = [:]
    func loss(_ choice: Choice) -> Int { crowding * areas[choice.matter.facts.area?.code, default: 0] }
    while chosen.count < places[section, default: 0], !rest.isEmpty {
      var best = 0
      for index in rest.indices where rest[index].points - loss(rest[index]) > rest[best].points - loss(rest[best]) {
        best = index
      }
      var choice = rest.remove(at: best)
      if loss(choice) > 0 { choice.reasons.append(Reason(DigestLabel("spread", "地区均衡", "spread over areas"), -loss(choice))) }
      areas[choice.matter.facts.area?.code, default: 0] += 1
      chosen.append(choice)
    }
    return chosen
  }

  /// What speaks for a case in a section; nothing with no points.
  package func reasons(for matter: PublishableMatter, in section: DigestSection) -> [Reason] {
    var reasons: [Reason] = []
    func add(_ code: String, _ zh: String, _ en: String, _ points: Int) {
      if points != 0 { reasons.append(Reason(DigestLabel(code, zh, en), points)) }
    }
    let facts = matter.facts
    if facts.isCleared { add("cleared", "准予刊用", "cleared for print", 15) }
    // A support below the threshold is hidden in the issue and so must not be read from the points either.
    if facts.support >= SmallCells.least {
      add("support", "附议 \(facts.support) 人", "\(facts.support) people support it", 2 * min(20, facts.support))
    }
    switch section {
    case .ideas:
      if facts.judges > 0 {
        let tenths = (facts.score * 10 + facts.judges / 2) / facts.judges
        let mean = "\(tenths / 10).\(tenths % 10)"
        add("score", "评分 \(mean)（满分 25）", "scored \(mean) of 25", tenths * 4 / 10)
      }
      if facts.isAdopted { add("adopted", "已采纳", "adopted", 30) }
      if facts.isShortlisted { add("shortlisted", "入围", "short-listed", 10) }
      if !facts.awards.isEmpty { add("award", "获奖励", "awarded", 10) }
      if facts.outcome?.code == "A" { add("outcome", "已解决", "done", 20) }
      if facts.outcome?.code == "B" { add("outcome", "列入计划", "planned", 10) }
    case .stories:
      let steps = ["dispatched", "arrived", "resolved", "told"].count { matter.moment($0) != nil }
      add("clock", "过程完整：\(steps) 个时点", "\(steps) moments on record", 5 * steps)
      if let elapsed = matter.elapsed {
        add("swift", "从反映到办好用时短", "mended soon", elapsed <= 3 * 3_600 ? 30 : elapsed <= 86_400 ? 20 : elapsed <= 259_200 ? 10 : 0)
      }
      if facts.urgency >= .outage { add("urgent", "紧急", "urgent", 10) }
      add("satisfied", facts.isSatisfied == true ? "来件人满意" : "来件人不满意", facts.isSatisfied == true ? "its writer is satisfied" : "its writer is not satisfied", facts.isSatisfied.map { $0 ? 15 : -30 } ?? 0)
      if facts.reopened > 0 { add("reopened", "重办过", "reopened", -30) }
    case .contributions:
      if facts.act == .help { add("help", "随手帮", "helped on the spot", 15) }
      if facts.act != .none, facts.act != .help { add("act", "四随有记录", "one of the four acts", 5) }
    case .answers:
      add("quality", "答复质量检查 \(facts.answerQuality ?? 0) 分", "answer check: \(facts.answerQuality ?? 0)", facts.answerQuality ?? 0)
      if facts.outcome != nil { add("outcome", "有办理结果", "with an outcome", 10) }
      add("satisfied", facts.isSatisfied == true ? "来件人满意" : "来件人不满意", facts.isSatisfied == true ? "its writer is satisfied" : "its writer is not satisfied", facts.isSatisfied.map { $0 ? 15 : -30 } ?? 0)
      if facts.reopened > 0 { add("reopened", "重办过", "reopened", -30) }
    }
    return reasons
  }
}
