import Casework
import Console
import Suggestions

/// Sets of clocks and the reminders by them, as the rules have them, in words.
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

  func words(_ rung: ReminderRung) -> ReminderStepWords {
    let and = messages("、", ", ")
    return ReminderStepWords(
      code: rung.code,
      clocks: ClockKind.allCases.filter(rung.clocks.contains).map { messages.word($0) }.joined(separator: and),
      cases: cases(
        urgencies: rung.urgencies, kinds: rung.kinds, tracks: rung.tracks, further: []),
      when: when(rung.when), to: rung.to.map { messages.word($0) }.joined(separator: and),
      act: rung.act == .letter ? "" : messages.word(rung.act))
  }

  private func when(_ when: ReminderRung.When) -> String {
    switch when {
    case .share(let share): messages("用去 \(share)%", "\(share) % of the time used")
    case .before(let time): messages("到期前 \(messages.time(time))", "\(messages.time(time)) before it is due")
    case .after(let time) where time.amount == 0: messages("一逾期", "as soon as it is overdue")
    case .after(let time): messages("逾期 \(messages.time(time))", "\(messages.time(time)) overdue")
    }
  }

  private func extra(_ rule: ClockRule) -> String {
    guard let extra = rule.extra else { return "" }
    return messages(
      "；最多延 \(messages.time(extra.most))，\(extra.times) 次",
      "; may be extended by \(messages.time(extra.most)) at most, \(extra.times) times")
  }

  private func cases(of set: ClockSet) -> String {
    var further = [
      part("主题", "topic", set.topics.map { names.topicPath($0) ?? $0 }),
      part("区划", "region", set.regions.sorted().map { names.region($0) ?? $0 }),
    ]
    if let from = set.from { further.append(messages("自 \(LocalTime.date(from))", "from \(LocalTime.date(from))")) }
    if let until = set.until { further.append(messages("至 \(LocalTime.date(until))", "to \(LocalTime.date(until))")) }
    return cases(urgencies: set.urgencies, kinds: set.kinds, tracks: set.tracks, further: further)
  }

  private func cases(
    urgencies: Set<Urgency>, kinds: Set<Kind>, tracks: Set<Track>, further: [String?]
  ) -> String {
    let parts = [
      part("紧急程度", "urgency", Urgency.allCases.filter(urgencies.contains).map { messages.word($0.code) }),
      part("类别", "kind", Kind.allCases.filter(kinds.contains).map { messages.word($0.code) }),
      part("通道", "track", Track.allCases.filter(tracks.contains).map { messages.word($0.code) }),
    ] + further
    let said = parts.compactMap(\.self)
    return said.isEmpty ? messages("所有事项", "every case") : said.joined(separator: messages("；", "; "))
  }

  private func part(_ zh: String, _ en: String, _ words: [String]) -> String? {
    words.isEmpty ? nil : messages("\(zh)：", "\(en): ") + words.joined(separator: messages("、", ", "))
  }
}
