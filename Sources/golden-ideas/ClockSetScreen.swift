import Casework
import Console
import Suggestions

/// Sets of clocks as the rules have them, in words.
struct ClockSetScreen {
  let names: BookNames
  private var messages: Messages { Messages(language: names.language) }

  func words(_ set: ClockSet, isInForce: Bool) -> ClockSetWords {
    ClockSetWords(
      id: set.id, title: names.language == .zh ? set.title : set.titleEnglish, model: set.model, isInForce: isInForce,
      cases: cases(of: set),
      clocks: set.rules.map { rule in
        ClockSetWords.Clock(name: messages.word(rule.kind), rule: messages.rule(rule) + extra(rule))
      })
  }

  private func extra(_ rule: ClockRule) -> String {
    guard let extra = rule.extra else { return "" }
    return messages(
      "；最多延 \(messages.time(extra.most))，\(extra.times) 次",
      "; may be extended by \(messages.time(extra.most)) at most, \(extra.times) times")
  }

  private func cases(of set: ClockSet) -> String {
    var parts: [String] = []
    func add(_ zh: String, _ en: String, _ words: [String]) {
      guard !words.isEmpty else { return }
      parts.append(messages("\(zh)：", "\(en): ") + words.joined(separator: messages("、", ", ")))
    }
    add("紧急程度", "urgency", Urgency.allCases.filter { set.urgencies.contains($0) }.map { messages.word($0.code) })
    add("类别", "kind", Kind.allCases.filter { set.kinds.contains($0) }.map { messages.word($0.code) })
    add("通道", "track", Track.allCases.filter { set.tracks.contains($0) }.map { messages.word($0.code) })
    add("主题", "topic", set.topics.map { names.topicPath($0) ?? $0 })
    add("区划", "region", set.regions.sorted().map { names.region($0) ?? $0 })
    if let from = set.from { parts.append(messages("自 \(LocalTime.date(from))", "from \(LocalTime.date(from))")) }
    if let until = set.until { parts.append(messages("至 \(LocalTime.date(until))", "to \(LocalTime.date(until))")) }
    return parts.isEmpty ? messages("所有事项", "every case") : parts.joined(separator: messages("；", "; "))
  }
}
