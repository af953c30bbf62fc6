import Evaluation
import Suggestions

/// The figures of `eval duplicates`, as a screen and as JSON.
struct DuplicateScreen {
  private let figures: DuplicateFigures
  private let messages: Messages

  init(_ figures: DuplicateFigures, _ common: CommonOptions) {
    self.figures = figures
    messages = common.messages
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { root in
      root.field("book", figures.book)
      root.field("messages", figures.texts.count)
      root.object("links") { list in
        for (kind, count) in figures.counts { list.field(kind.code, count) }
      }
      if let same = figures.sameMatter {
        root.object("same_matter") {
          $0.field("hit_at_1", same.hitAtOne, decimals: 4)
          $0.field("recall_at_10", same.recallAtTen, decimals: 4)
          $0.field("messages", same.messages)
          $0.field("pairs", same.pairs)
        }
      } else {
        root.null("same_matter")
      }
      if let agreement = figures.agreement {
        root.object("oracle") { oracle in
          oracle.field("pairs", agreement.pairs)
          oracle.field("connected", agreement.connected)
          oracle.field("recall", agreement.recall, decimals: 4)
          oracle.field("links", agreement.links)
          oracle.field("right", agreement.right)
          oracle.field("precision", agreement.precision, decimals: 4)
          oracle.array("missed") { list in
            for pair in agreement.missed {
              list.object {
                $0.field("id_a", figures.texts[pair.first].id)
                $0.field("id_b", figures.texts[pair.second].id)
                $0.field("score", Double(pair.score) / 1000, decimals: 3)
              }
            }
          }
        }
      } else {
        root.null("oracle")
      }
    }
    writer.newline()
    return writer.text
  }

  var words: String {
    var lines = [
      messages("共 \(figures.texts.count) 条；", "\(figures.texts.count) messages; ")
        + figures.counts.map { "\(messages.word($0.kind.code)) \($0.count)" }.joined(separator: messages("，", ", "))
        + messages("。", ".")
    ]
    if let same = figures.sameMatter {
      let (first, ten) = (percent(same.hitAtOne), percent(same.recallAtTen))
      lines.append(
        messages(
          "同一件事：\(same.messages) 条有同伴（\(same.pairs) 对）；头一个就对 \(first)，前十个里找到 \(ten)。",
          "same matter: \(same.messages) have a partner (\(same.pairs) pairs); first right \(first), found among ten \(ten)."))
    }
    if let agreement = figures.agreement {
      let (recall, precision) = (percent(agreement.recall), percent(agreement.precision))
      lines.append(
        messages(
          "精确核对：\(agreement.pairs) 对相似度过半，连上 \(recall)；\(agreement.links) 个连接，对 \(precision)。",
          "exactly: \(agreement.pairs) pairs at one half or more, \(recall) connected; \(agreement.links) links, \(precision) right."))
      for pair in agreement.missed {
        lines.append(
          messages("  没连上  ", "  missed  ")
            + "\(figures.texts[pair.first].id)  \(figures.texts[pair.second].id)  \(decimal(Double(pair.score) / 1000, 3))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
