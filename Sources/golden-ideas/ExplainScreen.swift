import Rules
import Suggestions

/// A text with its evidence, and what follows from it.
struct ExplainScreen {
  private let book: RuleBook
  private let text: MarkedText
  private let common: CommonOptions
  private let explanation: Explanation
  private let decision: RoutingDecision

  /// - Parameter day: the day it is judged on, days since 1970-01-01.
  init(_ book: RuleBook, title: String, body: String, _ context: RuleContext, on day: Int, _ common: CommonOptions) {
    self.book = book
    text = MarkedText(title: title, body: body)
    self.common = common
    var scratch = RuleScratch(book, on: day)
    let explanation = book.explain(title: title, body: body, context: context, scratch: &scratch)
    self.explanation = explanation
    decision = book.route(
      topic: explanation.judgement.topic, region: explanation.judgement.region,
      kind: context.kind ?? explanation.judgement.kind ?? .other)
  }

  var output: String { common.json ? json : words }

  private var places: NamedPlaceScreen { NamedPlaceScreen(book: book, text: text, places: explanation.places, common: common) }

  private var coHandlers: [Int] {
    var departments = decision.coHandlers
    for department in explanation.judgement.coHandlers where !departments.contains(department) {
      departments.append(department)
    }
    return departments.filter { $0 != decision.lead }
  }

  private var words: String {
    let messages = common.messages
    let names = BookNames(book: book, language: common.language)
    let judgement = explanation.judgement
    var lines: [String] = []
    let region = judgement.region.map { book.regions[$0].code }
    func department(_ index: Int) -> String {
      names.department(book.departments[index].code, tier: decision.tier.rawValue, region: region) ?? ""
    }
    lines.append(
      messages("主题  ", "topic  ")
        + (names.topicPath(judgement.topic.map { book.topics[$0].code }).map {
          $0 + messages.certainty(Certainty(confidence: judgement.confidence, isSure: judgement.isSure))
        } ?? messages("未识别，请人工判定", "none: staff decide")))
    let further = judgement.furtherTopics.compactMap { names.topicPath(book.topics[$0].code) }
    if !further.isEmpty { lines.append(messages("还涉及  ", "further  ") + further.joined(separator: messages("；", "; "))) }
    lines.append(messages("类别  ", "kind   ") + messages.word((judgement.kind ?? .other).code))
    if let urgency = judgement.urgency { lines.append(messages("紧急  ", "urgency ") + messages.word(urgency.code)) }
    if judgement.track == .sensitive { lines.append(messages("通道  敏感", "track  sensitive")) }
    let flags = ModerationFlag.allCases.filter { judgement.flags >> UInt16($0.rawValue) & 1 == 1 }
    if !flags.isEmpty { lines.append(messages("提示  ", "flags  ") + flags.map { messages.word($0.code) }.joined(separator: " ")) }
    var place = [judgement.region.map { book.regions[$0].name }, judgement.station.map { book.stations[$0].name }]
      .compactMap(\.self).joined(separator: " · ")
    if let asked = judgement.asked {
      let ambiguous = book.ambiguous[asked]
      place += messages("待问：“\(ambiguous.name)”——\(ambiguous.question)", "to ask: \"\(ambiguous.name)\": \(ambiguous.englishQuestion)")
    }
    lines.append(messages("地点  ", "place  ") + (place.isEmpty ? messages("未定", "open") : place))
    lines += places.lines.map { "      " + $0 }
    let others = coHandlers.map(department)
    lines.append(
      messages("承办  ", "lead   ") + department(decision.lead)
        + (others.isEmpty ? "" : messages("（协办：\(others.joined(separator: "、"))）", " (with \(others.joined(separator: ", ")))"))
        + messages("，依据 ", ", by ") + (decision.route.map { book.routes[$0].id } ?? messages("兜底", "fallback")))
    lines.append(messages("依据", "evidence") + (explanation.evidence.isEmpty ? messages("：无", ": none") : ""))
    var byRule: [(rule: Int, spans: [ExplainedSpan])] = []
    for span in explanation.evidence {
      if let index = byRule.firstIndex(where: { $0.rule == span.rule }) {
        byRule[index].spans.append(span)
      } else {
        byRule.append((span.rule, [span]))
      }
    }
    for entry in byRule {
      let rule = book.rules[entry.rule]
      let words = entry.spans.map { "⟦\(text.excerpt($0.part, $0.scalars))⟧\($0.part == .title ? messages("标题", "title") : "")\($0.scalars.lowerBound)" }
      lines.append("  \(rule.id)  +\(rule.weight)  \(words.joined(separator: " "))  \(rule.file):\(rule.line)")
      if !rule.rationale.isEmpty { lines.append("      " + rule.rationale) }
    }
    lines += ReasonScreen(explanation, by: book, messages: messages).lines
    return lines.joined(separator: "\n") + "\n"
  }

  private var json: String {
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
      ReasonScreen(explanation, by: book, messages: common.messages).write(to: &root)
    }
    writer.newline()
    return writer.text
  }
}
