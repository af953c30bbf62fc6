import Rules
import Suggestions

/// A text with its evidence, and what follows from it.
struct ExplainScreen {
  let book: RuleBook
  let messages: Messages
  let text: MarkedText
  let explanation: Explanation
  private let decision: RoutingDecision

  /// Something that follows, under its name.
  struct Fact {
    var name: String
    var text: String
    /// Said with the places the text names.
    var isPlace = false
  }

  /// - Parameter day: the day it is judged on, days since 1970-01-01.
  init(
    _ book: RuleBook, title: String, body: String, _ context: RuleContext, on day: Int, messages: Messages
  ) {
    self.book = book
    self.messages = messages
    text = MarkedText(title: title, body: body)
    var scratch = RuleScratch(book, on: day)
    let explanation = book.explain(title: title, body: body, context: context, scratch: &scratch)
    self.explanation = explanation
    decision = book.route(
      topic: explanation.judgement.topic, region: explanation.judgement.region,
      kind: context.kind ?? explanation.judgement.kind ?? .other)
  }

  var places: NamedPlaceScreen {
    NamedPlaceScreen(book: book, text: text, places: explanation.places, messages: messages)
  }

  private var coHandlers: [Int] {
    var departments = decision.coHandlers
    for department in explanation.judgement.coHandlers where !departments.contains(department) {
      departments.append(department)
    }
    return departments.filter { $0 != decision.lead }
  }

  var facts: [Fact] {
    let names = BookNames(book: book, language: messages.language)
    let judgement = explanation.judgement
    var facts: [Fact] = []
    func say(_ zh: String, _ en: String, _ text: String) { facts.append(Fact(name: messages(zh, en), text: text)) }
    say(
      "主题", "topic",
      names.topicPath(judgement.topic.map { book.topics[$0].code }).map {
        $0 + messages.certainty(Certainty(confidence: judgement.confidence, isSure: judgement.isSure))
      } ?? messages("未识别，请人工判定", "none: staff decide"))
    let further = judgement.furtherTopics.compactMap { names.topicPath(book.topics[$0].code) }
    if !further.isEmpty { say("还涉及", "further", further.joined(separator: messages("；", "; "))) }
    say("类别", "kind", messages.word((judgement.kind ?? .other).code))
    if let urgency = judgement.urgency { say("紧急", "urgency", messages.word(urgency.code)) }
    if judgement.track == .sensitive { say("通道", "track", messages("敏感", "sensitive")) }
    let flags = ModerationFlag.allCases.filter { judgement.flags >> UInt16($0.rawValue) & 1 == 1 }
    if !flags.isEmpty { say("提示", "flags", flags.map { messages.word($0.code) }.joined(separator: " ")) }
    say("地点", "place", place)
    facts[facts.count - 1].isPlace = true
    say("承办", "lead", lead(names))
    return facts
  }

  private var place: String {
    let judgement = explanation.judgement
    var place = [judgement.region.map { book.regions[$0].name }, judgement.station.map { book.stations[$0].name }]
      .compactMap(\.self).joined(separator: " · ")
    if let asked = judgement.asked {
      let ambiguous = book.ambiguous[asked]
      place += messages("待问：“\(ambiguous.name)”——\(ambiguous.question)", "to ask: \"\(ambiguous.name)\": \(ambiguous.englishQuestion)")
    }
    return place.isEmpty ? messages("未定", "open") : place
  }

  private func lead(_ names: BookNames) -> String {
    let region = explanation.judgement.region.map { book.regions[$0].code }
    func department(_ index: Int) -> String {
      names.department(book.departments[index].code, tier: decision.tier.rawValue, region: region) ?? ""
    }
    let others = coHandlers.map(department)
    return department(decision.lead)
      + (others.isEmpty ? "" : messages("（协办：\(others.joined(separator: "、"))）", " (with \(others.joined(separator: ", ")))"))
      + messages("，依据 ", ", by ") + (decision.route.map { book.routes[$0].id } ?? messages("兜底", "fallback"))
  }

  /// Evidence by rule, in the order of the text.
  var byRule: [(rule: Rule, spans: [ExplainedSpan])] {
    var byRule: [(rule: Rule, spans: [ExplainedSpan])] = []
    for span in explanation.evidence {
      if let index = byRule.firstIndex(where: { $0.rule.number == span.rule }) {
        byRule[index].spans.append(span)
      } else {
        byRule.append((book.rules[span.rule], [span]))
      }
    }
    return byRule
  }

  /// ⟦井盖⟧4: what was found and where it begins.
  func words(_ spans: [ExplainedSpan]) -> String {
    spans.map {
      "⟦\(text.excerpt($0.part, $0.scalars))⟧\($0.part == .title ? messages("标题", "title") : "")\($0.scalars.lowerBound)"
    }.joined(separator: " ")
  }

  /// What makes up the scores, what nearly fired, what would change the topic.
  var reasons: ReasonScreen { ReasonScreen(explanation, by: book, messages: messages) }

  var words: String {
    var lines: [String] = []
    let width = messages.language == .zh ? 0 : 7
    for fact in facts {
      let gap = width == 0 ? 2 : max(1, width - fact.name.count)
      lines.append(fact.name + String(repeating: " ", count: gap) + fact.text)
      if fact.isPlace { lines += places.lines.map { "      " + $0 } }
    }
    lines.append(messages("依据", "evidence") + (explanation.evidence.isEmpty ? messages("：无", ": none") : ""))
    for (rule, spans) in byRule {
      lines.append("  \(rule.id)  +\(rule.weight)  \(words(spans))  \(rule.file):\(rule.line)")
      if !rule.rationale.isEmpty { lines.append("      " + rule.rationale) }
    }
    lines += reasons.lines
    return lines.joined(separator: "\n") + "\n"
  }

  var json: String {
    let judgement = explanation.judgement
    var writer = JSONWriter()
    writer.object { root in
      root.field("book", book.version)
      root.field("topic", judgement.topic.map { book.topics[$0].code })
      root.field("topic_name", judgement.topic.map { book.topics[$0].name })
      root.array("further_topics") { list in for topic in judgement.furtherTopics { list.field(nil, book.topics[topic].code) } }
      root.field("score", judgement.score)
      root.field("runner_up", judgement.runnerUp)
      root.field("confidence", Double(judgement.confidence) / 1000, decimals: 3)
      root.field("sure", judgement.isSure)
      root.field("kind", judgement.kind?.code)
      root.field("urgency", judgement.urgency?.code)
      root.field("track", judgement.track.code)
      root.array("flags") { list in
        for flag in ModerationFlag.allCases where judgement.flags >> UInt16(flag.rawValue) & 1 == 1 { list.field(nil, flag.code) }
      }
      root.field("region", judgement.region.map { book.regions[$0].code })
      root.field("station", judgement.station.map { book.stations[$0].code })
      root.field("asked", judgement.asked.map { book.ambiguous[$0].name })
      root.array("places") { places.write(to: &$0) }
      root.field("lead", book.departments[decision.lead].code)
      root.array("co_handlers") { list in for index in coHandlers { list.field(nil, book.departments[index].code) } }
      root.field("route", decision.route.map { book.routes[$0].id })
      root.array("evidence") { list in
        for span in explanation.evidence {
          list.object {
            $0.field("rule", book.rules[span.rule].id)
            $0.field("weight", book.rules[span.rule].weight)
            $0.field("part", span.part.rawValue)
            $0.field("start", span.scalars.lowerBound)
            $0.field("count", span.scalars.count)
            $0.field("text", text.excerpt(span.part, span.scalars))
          }
        }
      }
      reasons.write(to: &root)
    }
    writer.newline()
    return writer.text
  }
}
