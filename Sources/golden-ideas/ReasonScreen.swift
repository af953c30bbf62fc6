import Rules
import Suggestions

/// Why a verdict came out as it did: what makes up the scores, what nearly fired, what would change the topic.
struct ReasonScreen {
  private let explanation: Explanation
  private let book: RuleBook
  private let names: BookNames
  private let messages: Messages
  private let contributions: ContributionWords

  init(_ explanation: Explanation, by book: RuleBook, messages: Messages) {
    self.explanation = explanation
    self.book = book
    names = BookNames(book: book, language: messages.language)
    self.messages = messages
    contributions = ContributionWords(book, messages)
  }

  /// What makes up the scores, what nearly fired, what would change the topic.
  var lines: [String] {
    var lines: [String] = []
    for (contender, parts) in explanation.contenders.prefix(2) {
      lines.append(messages("得分  ", "score  ") + contributions.sum(contender.topic, TopicCase(parts, most: 8)))
    }
    if let reversal = explanation.reversal, !reversal.without.isEmpty {
      let without = reversal.without.prefix(6).map(contributions.source).joined(separator: messages("、", ", "))
      let more = reversal.without.count > 6 ? messages("等 \(reversal.without.count) 项", " and \(reversal.without.count - 6) more") : ""
      let other = names.topic(book.topics[reversal.runnerUp].code) ?? ""
      lines.append(messages("若没有  ", "without  ") + without + more + messages("，就会判为 ", ": ") + other)
    }
    for miss in explanation.nearMisses.prefix(6) {
      lines.append(messages("差一点  ", "nearly  ") + "\(book.rules[miss.rule].id)  " + words(miss.reason))
    }
    return lines
  }

  private func words(_ reason: NearMiss.Reason) -> String {
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

  /// `contenders`, `reversal` and `nearly`, as documented for `rules explain --json`.
  func write(to object: inout JSONWriter) {
    object.array("contenders") { list in for entry in explanation.contenders { write(entry, to: &list) } }
    if let reversal = explanation.reversal, !reversal.without.isEmpty {
      object.object("reversal") {
        $0.field("topic", book.topics[reversal.runnerUp].code)
        $0.array("without") { list in for source in reversal.without { list.object { contributions.write(source, to: &$0) } } }
      }
    } else {
      object.null("reversal")
    }
    object.array("nearly") { list in
      for miss in explanation.nearMisses {
        list.object {
          $0.field("rule", book.rules[miss.rule].id)
          $0.field("reason", words(miss.reason))
        }
      }
    }
  }

  private func write(_ entry: (contender: TopicContender, parts: [Contribution]), to list: inout JSONWriter) {
    list.object { root in
      root.field("topic", book.topics[entry.contender.topic].code)
      root.field("score", entry.contender.score)
      contributions.write(entry.parts, to: &root)
    }
  }
}
