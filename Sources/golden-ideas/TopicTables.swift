import Evaluation
import Rules

/// The tables of `eval topics`, the same on the screen and in the report.
struct TopicTables {
  private let evaluation: TopicEvaluation
  private let book: RuleBook
  private let common: CommonOptions
  let confusion: ConfusionTable

  init(_ evaluation: TopicEvaluation, book: RuleBook, _ common: CommonOptions) {
    self.evaluation = evaluation
    self.book = book
    self.common = common
    confusion = evaluation.confusion
  }

  func name(_ topic: Int) -> String {
    BookNames(book: book, language: common.language).topic(book.topics[topic].code) ?? ""
  }

  /// Precision, recall and F1 of each topic, and who was taken for whom behind them on the same lines.
  ///
  /// - Parameter isWide: with the confusion, for a screen of its own.
  func perTopic(isWide: Bool) -> TextTable {
    let messages = common.messages
    let heads = [messages("条", "n"), messages("精确", "prec"), messages("召回", "recall"), "F1"]
    var table = TextTable(columns: columns(heads + (isWide ? codes : [])))
    for (row, label) in evaluation.labels.enumerated() {
      let measures = confusion.measures(label)
      table.add(
        [
          head(label), "\(measures.support)", percent(measures.precision), percent(measures.recall),
          percent(measures.f1),
        ] + (isWide ? counts(row) : []))
    }
    return table
  }

  var confused: TextTable {
    var table = TextTable(columns: columns(codes))
    for (row, label) in evaluation.labels.enumerated() { table.add([head(label)] + counts(row)) }
    return table
  }

  var reliability: TextTable {
    let messages = common.messages
    var table = TextTable(
      columns: [messages("把握", "stated"), messages("条", "n"), messages("平均把握", "mean"), messages("实际正确", "right")]
        .map { ($0, .right) })
    for bin in evaluation.reliability {
      table.add([Self.range(bin) + " %", "\(bin.count)", percent(bin.stated), percent(bin.right)])
    }
    return table
  }

  /// What other thresholds would decide.
  var thresholds: TextTable {
    let messages = common.messages
    var table = TextTable(
      columns: [messages("至少领先", "lead"), messages("判了", "decided"), messages("其中正确", "right")].map { ($0, .right) })
    for point in evaluation.riskCoverage.milestones {
      table.add(["\(point.lead)", percent(point.share), percent(point.accuracy)])
    }
    return table
  }

  /// Hundredths: 90–95.
  static func range(_ bin: TopicEvaluation.ReliabilityBin) -> String { "\(bin.from / 10)–\(bin.to / 10)" }

  private var codes: [String] { evaluation.labels.map { book.topics[$0].code } }

  private func columns(_ heads: [String]) -> [(String, TextTable.Side)] {
    [(common.messages("主题", "topic"), .left)] + heads.map { ($0, .right) }
  }

  private func head(_ label: Int) -> String { book.topics[label].code + " " + name(label) }

  private func counts(_ row: Int) -> [String] { confusion.counts[row].map { $0 == 0 ? "·" : "\($0)" } }
}
