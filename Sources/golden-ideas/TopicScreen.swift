import Evaluation
import Rules
import Suggestions

/// The figures of `eval topics`, as a screen and as JSON.
struct TopicScreen {
  private let evaluation: TopicEvaluation
  private let texts: [LabelledText]
  private let book: RuleBook
  private let mistakes: Int
  private let common: CommonOptions
  private let confusion: ConfusionTable

  init(_ evaluation: TopicEvaluation, texts: [LabelledText], book: RuleBook, mistakes: Int, _ common: CommonOptions) {
    self.evaluation = evaluation
    self.texts = texts
    self.book = book
    self.mistakes = mistakes
    self.common = common
    confusion = evaluation.confusion
  }

  var json: String {
    var writer = JSONWriter()
    let decided = evaluation.decided
    writer.object { root in
      root.field("book", book.version)
      root.field("messages", evaluation.verdicts.count)
      root.field("macro_f1", confusion.macroF1, decimals: 4)
      root.field("accuracy", confusion.accuracy, decimals: 4)
      root.object("decided") {
        $0.field("share", decided.share, decimals: 4)
        $0.field("accuracy", decided.accuracy, decimals: 4)
      }
      root.array("per_topic") { list in
        for label in evaluation.labels {
          let measures = confusion.measures(label)
          list.object {
            $0.field("topic", book.topics[label].code)
            $0.field("name", book.topics[label].name)
            $0.field("messages", measures.support)
            $0.field("precision", measures.precision, decimals: 4)
            $0.field("recall", measures.recall, decimals: 4)
            $0.field("f1", measures.f1, decimals: 4)
          }
        }
      }
      root.array("confusion") { rows in
        for row in confusion.counts { rows.array { cells in for count in row { cells.field(nil, count) } } }
      }
      root.array("reliability") { list in
        for bin in evaluation.reliability {
          list.object {
            $0.field("from", Double(bin.from) / 1000, decimals: 2)
            $0.field("to", Double(bin.to) / 1000, decimals: 2)
            $0.field("messages", bin.count)
            $0.field("stated", bin.stated, decimals: 3)
            $0.field("right", bin.right, decimals: 3)
          }
        }
      }
      root.array("mistakes") { list in
        for verdict in evaluation.worstMistakes(mistakes) {
          list.object {
            $0.field("id", texts[verdict.text].id)
            $0.field("topic", book.topics[verdict.truth].code)
            $0.field("said", book.topics[verdict.said].code)
            $0.field("confidence", Double(verdict.confidence) / 1000, decimals: 3)
          }
        }
      }
    }
    writer.newline()
    return writer.text
  }

  var words: String {
    let messages = common.messages
    let decided = evaluation.decided
    var lines: [String] = []
    lines.append(
      messages(
        "共 \(evaluation.verdicts.count) 条；强制选择：宏平均 F1 \(percent(confusion.macroF1))，正确 \(percent(confusion.accuracy))。",
        "\(evaluation.verdicts.count) messages; forced choice: macro-F1 \(percent(confusion.macroF1)), right \(percent(confusion.accuracy))."))
    lines.append(
      messages(
        "有把握才判：判了 \(percent(decided.share))，其中正确 \(percent(decided.accuracy))；其余交人工。",
        "where sure: decided \(percent(decided.share)), of these right \(percent(decided.accuracy)); the rest is for staff."))
    lines.append("")
    let heads = [messages("条", "n"), messages("精确", "prec"), messages("召回", "recall"), "F1"]
    var table = TextTable(
      columns: [(messages("主题", "topic"), .left)]
        + (heads + evaluation.labels.map { book.topics[$0].code }).map { ($0, .right) })
    for (row, label) in evaluation.labels.enumerated() {
      let measures = confusion.measures(label)
      table.add(
        [
          book.topics[label].code + " " + (common.language == .zh ? book.topics[label].name : book.topics[label].englishName),
          "\(measures.support)", percent(measures.precision), percent(measures.recall), percent(measures.f1),
        ] + confusion.counts[row].map { $0 == 0 ? "·" : "\($0)" })
    }
    lines.append(table.text)
    lines.append(messages("把握与实际：", "stated against right:"))
    var bins = TextTable(
      columns: [messages("把握", "stated"), messages("条", "n"), messages("平均把握", "mean"), messages("实际正确", "right")]
        .map { ($0, .right) })
    for bin in evaluation.reliability {
      bins.add(["\(bin.from / 10)–\(bin.to / 10) %", "\(bin.count)", percent(bin.stated), percent(bin.right)])
    }
    lines.append(bins.text)
    let worst = evaluation.worstMistakes(mistakes)
    if !worst.isEmpty {
      lines.append(messages("最有把握的错误（用 rules explain 细看）：", "surest mistakes (look closer with rules explain):"))
      for verdict in worst {
        let arrow = "\(book.topics[verdict.truth].name) → \(book.topics[verdict.said].name)"
        lines.append("  \(texts[verdict.text].id)  \(arrow)  \(percent(Double(verdict.confidence) / 1000))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
