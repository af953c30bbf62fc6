import Evaluation
import Rules
import Suggestions

/// The figures of `eval topics`, as a screen and as JSON.
struct TopicScreen {
  private let evaluation: TopicEvaluation
  private let texts: [LabelledText]
  private let book: RuleBook
  private let common: CommonOptions
  private let tables: TopicTables
  private let contributions: ContributionWords

  init(_ evaluation: TopicEvaluation, texts: [LabelledText], book: RuleBook, _ common: CommonOptions) {
    self.evaluation = evaluation
    self.texts = texts
    self.book = book
    self.common = common
    tables = TopicTables(evaluation, book: book, common)
    contributions = ContributionWords(book, common.messages)
  }

  var json: String {
    var writer = JSONWriter()
    let confusion = tables.confusion
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
      root.array("risk_coverage") { list in
        for point in evaluation.riskCoverage.milestones {
          list.object {
            $0.field("lead", point.lead)
            $0.field("share", point.share, decimals: 4)
            $0.field("accuracy", point.accuracy, decimals: 4)
          }
        }
      }
      root.array("mistakes") { list in for mistake in evaluation.mistakes { list.object { write(mistake, to: &$0) } } }
    }
    writer.newline()
    return writer.text
  }

  var words: String {
    let messages = common.messages
    let confusion = tables.confusion
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
    lines.append(tables.perTopic(isWide: true).text)
    lines.append(messages("把握与实际：", "stated against right:"))
    lines.append(tables.reliability.text)
    if !evaluation.mistakes.isEmpty {
      lines.append(messages("最有把握的错误（用 rules explain 细看）：", "surest mistakes (look closer with rules explain):"))
      for mistake in evaluation.mistakes { lines += words(mistake) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The wrong verdict, then what spoke for it and what for the right one.
  private func words(_ mistake: TopicEvaluation.Mistake) -> [String] {
    let verdict = mistake.verdict
    let arrow = "\(tables.name(verdict.truth)) → \(tables.name(verdict.said))"
    let head = "  \(texts[verdict.text].id)  \(arrow)  \(percent(Double(verdict.confidence) / 1000))"
    guard let cases = mistake.cases else { return [head] }
    return [head]
      + [(verdict.said, cases.said), (verdict.truth, cases.truth)].map { "      " + contributions.sum($0, $1) }
  }

  private func write(_ mistake: TopicEvaluation.Mistake, to object: inout JSONWriter) {
    let verdict = mistake.verdict
    object.field("id", texts[verdict.text].id)
    object.field("topic", book.topics[verdict.truth].code)
    object.field("said", book.topics[verdict.said].code)
    object.field("confidence", Double(verdict.confidence) / 1000, decimals: 3)
    for (key, topicCase) in [("for_topic", mistake.cases?.truth), ("for_said", mistake.cases?.said)] {
      guard let topicCase else {
        object.null(key)
        continue
      }
      object.object(key) { part in
        part.field("score", topicCase.score)
        contributions.write(topicCase.parts, to: &part)
        part.object("rest") {
          $0.field("count", topicCase.restCount)
          $0.field("amount", topicCase.restAmount)
        }
      }
    }
  }
}
