import Rules
import Suggestions

/// A text with its evidence, and what follows from it.
struct ExplainScreen {
  private let book: RuleBook
  private let title: String
  private let body: String
  private let common: CommonOptions
  private let explanation: Explanation
  private let decision: RoutingDecision

  /// - Parameter day: the day it is judged on, days since 1970-01-01.
  init(_ book: RuleBook, title: String, body: String, _ context: RuleContext, on day: Int, _ common: CommonOptions) {
    self.book = book
    self.title = title
    self.body = body
    self.common = common
    var scratch = RuleScratch(book, on: day)
    let explanation = book.explain(title: title, body: body, context: context, scratch: &scratch)
    self.explanation = explanation
    decision = book.route(
      topic: explanation.judgement.topic, region: explanation.judgement.region,
      kind: context.kind ?? explanation.judgement.kind ?? .other)
  }

  var text: String { common.json ? json : words }

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
      let words = entry.spans.map { "⟦\(excerpt($0))⟧\($0.part == .title ? messages("标题", "title") : "")\($0.scalars.lowerBound)" }
      lines.append("  \(rule.id)  +\(rule.weight)  \(words.joined(separator: " "))  \(rule.file):\(rule.line)")
      if !rule.rationale.isEmpty { lines.append("      " + rule.rationale) }
    }
    lines += reasons(names)
    return lines.joined(separator: "\n") + "\n"
  }

  /// What makes up the scores, what nearly fired, what would change the topic.
  private func reasons(_ names: BookNames) -> [String] {
    let messages = common.messages
    var lines: [String] = []
    for (contender, parts) in explanation.contenders.prefix(2) {
      let shown = parts.prefix(8)
      let rest = parts.dropFirst(8)
      var words = shown.map { "\(source($0.source)) \(signed($0.amount))" }
      if !rest.isEmpty {
        let sum = rest.reduce(0) { $0 + $1.amount }
        words.append(messages("其余 \(rest.count) 项 \(signed(sum))", "\(rest.count) more \(signed(sum))"))
      }
      lines.append(
        messages("得分  ", "score  ") + (names.topic(book.topics[contender.topic].code) ?? "")
          + " \(contender.score) = " + words.joined(separator: "  "))
    }
    if let reversal = explanation.reversal, !reversal.without.isEmpty {
      let without = reversal.without.prefix(6).map(source).joined(separator: messages("、", ", "))
      let more = reversal.without.count > 6 ? messages("等 \(reversal.without.count) 项", " and \(reversal.without.count - 6) more") : ""
      let other = names.topic(book.topics[reversal.runnerUp].code) ?? ""
      lines.append(messages("若没有  ", "without  ") + without + more + messages("，就会判为 ", ": ") + other)
    }
    for miss in explanation.nearMisses.prefix(6) {
      lines.append(messages("差一点  ", "nearly  ") + "\(book.rules[miss.rule].id)  " + words(miss.reason))
    }
    return lines
  }

  private func signed(_ amount: Int) -> String { amount < 0 ? "\(amount)" : "+\(amount)" }

  private func source(_ source: Contribution.Source) -> String {
    switch source {
    case .start: common.messages("起点", "start")
    case .rule(let rule): book.rules[rule].id
    case .word(let word): "⟦\(word)⟧"
    }
  }

  private func words(_ reason: NearMiss.Reason) -> String {
    let messages = common.messages
    switch reason {
    case .blocked(let keyword):
      return messages("有排除词 ⟦\(book.word(keyword))⟧", "kept off by ⟦\(book.word(keyword))⟧")
    case .missing(let keywords):
      let some = keywords.prefix(5).map(book.word).joined(separator: messages("、", ", "))
      return messages("还缺其一：", "lacks one of: ") + some + (keywords.count > 5 ? "…" : "")
    case .tooFar(let distance, let within):
      return messages("两词相距 \(distance) 字，须在 \(within) 字内", "its words stand \(distance) apart, at most \(within) allowed")
    case .otherSentence: return messages("两词不在同一句", "its words stand in different sentences")
    case .otherOrder: return messages("两词先后不对", "its words stand in the other order")
    case .tooFew(let count, let least):
      return messages("有 \(count) 个词，须有 \(least) 个", "\(count) of its words, \(least) needed")
    case .notAtStart: return messages("不在开头", "not at the start")
    case .inside(let keyword):
      return messages("只在 ⟦\(book.word(keyword))⟧ 里面", "only inside ⟦\(book.word(keyword))⟧")
    case .negated(let keyword):
      return messages("⟦\(book.word(keyword))⟧ 被否定了", "⟦\(book.word(keyword))⟧ is denied")
    case .otherCircumstances: return messages("渠道、地点、类别或时间不合", "another channel, place, kind or time")
    case .notInForce: return messages("规则不在有效期内", "the rule is not in force")
    }
  }

  private func excerpt(_ span: ExplainedSpan) -> String {
    let scalars = Array((span.part == .title ? title : body).unicodeScalars)
    var text = String.UnicodeScalarView()
    for position in span.scalars { text.append(scalars[position]) }
    return String(text)
  }

  private func write(_ entry: (contender: TopicContender, parts: [Contribution]), to list: inout JSONWriter) {
    list.object { root in
      root.field("topic", book.topics[entry.contender.topic].code)
      root.field("score", entry.contender.score)
      root.array("contributions") { parts in
        for part in entry.parts {
          parts.object {
            write(part.source, to: &$0)
            $0.field("amount", part.amount)
          }
        }
      }
    }
  }

  private func write(_ source: Contribution.Source, to object: inout JSONWriter) {
    switch source {
    case .start: object.field("start", true)
    case .rule(let rule): object.field("rule", book.rules[rule].id)
    case .word(let word): object.field("word", word)
    }
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
            $0.field("text", excerpt(span))
          }
        }
      }
      root.array("contenders") { list in for entry in explanation.contenders { write(entry, to: &list) } }
      if let reversal = explanation.reversal, !reversal.without.isEmpty {
        root.object("reversal") {
          $0.field("topic", book.topics[reversal.runnerUp].code)
          $0.array("without") { list in for source in reversal.without { list.object { write(source, to: &$0) } } }
        }
      } else {
        root.null("reversal")
      }
      root.array("nearly") { list in
        for miss in explanation.nearMisses {
          list.object {
            $0.field("rule", book.rules[miss.rule].id)
            $0.field("reason", words(miss.reason))
          }
        }
      }
    }
    writer.newline()
    return writer.text
  }
}
