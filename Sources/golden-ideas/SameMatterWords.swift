import Pipeline
import Rules
import Stages
import Suggestions

/// What a candidate for the same matter has in common, as people read it.
struct SameMatterWords {
  let names: BookNames
  let messages: Messages

  /// 同一道路 花溪路 · 同一主题 井盖 · 相隔 9 天 · 共有 减速带、转弯
  func parts(_ candidate: SameMatterCandidate) -> String {
    var parts = candidate.places.prefix(3).map { "\(same($0.level)) \($0.name)" }
    if let topic = names.topic(candidate.topic) {
      parts.append(
        candidate.isTopicWhole
          ? messages("同一主题 \(topic)", "same topic \(topic)") : messages("主题相近 \(topic)", "both under \(topic)"))
    }
    if let days = candidate.daysApart {
      parts.append(days == 0 ? messages("同一天", "the same day") : messages("相隔 \(days) 天", "\(days) days apart"))
    }
    if !candidate.words.isEmpty {
      let words = candidate.words.prefix(5).map { TextTable.cut($0.text, to: 24) }
      parts.append(messages("共有 ", "shares ") + words.joined(separator: messages("、", ", ")))
    }
    if let through = candidate.through { parts.append(messages("经由 \(through)", "through \(through)")) }
    return parts.joined(separator: " · ")
  }

  private func same(_ level: PlaceLevel) -> String {
    messages("同一" + messages.placeLevel(level), "same " + messages.placeLevel(level))
  }

  /// 很可能 / 可能, or nothing where the score says neither.
  func level(_ candidate: SameMatterCandidate) -> String {
    if candidate.isNear { return messages("近似", "near") }
    switch SameMatterWords.code(candidate.score) {
    case "likely": return messages("很可能", "likely")
    case "possible": return messages("可能", "possible")
    default: return ""
    }
  }

  /// The level's name in JSON.
  static func code(_ score: MatterScore) -> String {
    score.thousandths >= MatterScore.likely ? "likely" : score.thousandths >= MatterScore.possible ? "possible" : "weak"
  }

  static func decimal(_ score: MatterScore) -> String { golden_ideas.decimal(Double(score.thousandths) / 1000, 3) }

  /// One candidate as documented for `similar --json`.
  static func write(_ candidate: SameMatterCandidate, to writer: inout JSONWriter) {
    writer.object { root in
      root.field("suggestion", candidate.suggestion)
      root.field("receipt", candidate.receipt)
      root.field("score", Double(candidate.score.thousandths) / 1000, decimals: 3)
      root.field("title_score", Double(candidate.score.title / 1000) / 1000, decimals: 3)
      root.field("body_score", Double(candidate.score.body / 1000) / 1000, decimals: 3)
      root.field("level", code(candidate.score))
      root.field("near", candidate.isNear)
      if let through = candidate.through { root.field("through", through) } else { root.null("through") }
      root.array("words") { list in
        for word in candidate.words {
          list.object {
            $0.field("text", word.text)
            $0.field("field", word.field == .title ? "title" : "body")
            $0.field("texts", Int(word.count))
          }
        }
      }
      root.array("places") { list in
        for place in candidate.places {
          list.object {
            $0.field("level", place.level.rawValue)
            $0.field("name", place.name)
          }
        }
      }
      root.field("topic", candidate.topic)
      root.field("same_topic", candidate.isTopicWhole)
      if let days = candidate.daysApart { root.field("days_apart", days) } else { root.null("days_apart") }
      root.field("submitted_at", candidate.submittedAt.map(LocalTime.rfc3339))
      root.field("state", candidate.state)
      root.field("support", candidate.support)
      root.field("title", candidate.title)
      root.field("excerpt", TextTable.cut(SameMatterWords.oneLine(candidate.body), to: 240))
    }
  }

  static func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
