import Evaluation
import Suggestions

/// `eval duplicates` as a page: figures, links of each kind, and pairs no link connects, by their ids alone.
struct DuplicateReport {
  private let figures: DuplicateFigures
  private let file: String
  private let messages: Messages

  init(_ figures: DuplicateFigures, file: String, _ common: CommonOptions) {
    self.figures = figures
    self.file = file
    messages = common.messages
  }

  var markup: String {
    let page = ReportPage(
      language: messages.language, title: messages("重复与同一件事检验", "Repetitions and the same matter"),
      facts: [
        file, messages("\(figures.texts.count) 条", "\(figures.texts.count) messages"),
        messages("规则 \(figures.book)", "rules \(figures.book)"),
      ], figures: shares)
    return page.markup { html in
      html.section(messages("连接", "Links")) { section in
        var table = TextTable(columns: [(messages("种类", "kind"), .left), (messages("条", "n"), .right)])
        for (kind, count) in figures.counts { table.add([messages.word(kind.code), String(count)]) }
        table.write(to: &section, caption: messages("跟着较早一条的条数", "Messages that follow an earlier one"))
      }
      if let agreement = figures.agreement {
        html.section(messages("没连上的", "Not connected")) { writeMissed(agreement, to: &$0) }
      }
    }
  }

  private var shares: [ReportPage.Figure] {
    var shares: [ReportPage.Figure] = []
    if let same = figures.sameMatter {
      shares.append(
        .share(
          "hit_at_1", messages("头一个就对", "First right"), same.hitAtOne,
          messages("有同伴的 \(same.messages) 条里，头一个候选是同伴的", "of \(same.messages) with a partner, the first candidate is one")))
      shares.append(
        .share(
          "recall_at_10", messages("前十个里找到", "Found among ten"), same.recallAtTen,
          messages("找到的同伴 ÷ min(10, 同伴数)，各条平均", "partners found over min(10, partners), mean over messages")))
    }
    if let agreement = figures.agreement {
      shares.append(
        .share(
          "recall", messages("相似的连上", "Similar ones connected"), agreement.recall,
          messages("正文相似度过半的 \(agreement.pairs) 对", "of \(agreement.pairs) pairs of bodies at one half or more")))
      shares.append(
        .share(
          "precision", messages("连接对的", "Links right"), agreement.precision,
          messages("\(agreement.links) 个连接里相似度确实过半的", "of \(agreement.links) links, those at one half or more")))
    }
    return shares
  }

  private func writeMissed(_ agreement: DuplicateEvaluation.Agreement, to html: inout HTMLWriter) {
    guard !agreement.missed.isEmpty else { return html.note(messages("没有。", "None.")) }
    html.element("ul", ["class": "ids"]) { list in
      for pair in agreement.missed {
        let (one, other) = (figures.texts[pair.first].id, figures.texts[pair.second].id)
        list.element("li", "\(one) – \(other)  \(decimal(Double(pair.score) / 1000, 3))")
      }
    }
  }
}
