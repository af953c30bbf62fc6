import Store
import Suggestions

extension SuggestionDetail {
  /// What it was split out of and what was split out of it, with labels.
  func splitLines(_ messages: Messages) -> [(zh: String, en: String, value: String)] {
    let whole = splitFrom.map { [(zh: "拆自", en: "split from", value: "\($0)")] } ?? []
    return whole + parts.map { part in
      let state = messages("（\(messages.word(part.state))）", " (\(messages.word(part.state))) ")
      return ("已拆出", "split out", "\(part.id)\(state)" + TextTable.cut(SameMatterWords.oneLine(part.text), to: 40))
    }
  }

  /// `split_from` and `parts` as documented for `show`.
  func writeSplit(to root: inout JSONWriter) {
    if let splitFrom { root.field("split_from", splitFrom) } else { root.null("split_from") }
    root.array("parts") { list in
      for part in parts {
        list.object {
          $0.field("id", part.id)
          $0.field("state", part.state)
          $0.field("text", part.text)
        }
      }
    }
  }
}
