import Evaluation
import Rules
import Suggestions

/// `eval topics` as a page: figures, who was taken for whom, how much is decided at which risk, whether stated
/// confidence is honest, and the surest mistakes with what spoke for either topic.
struct TopicReport {
  private let evaluation: TopicEvaluation
  private let texts: [LabelledText]
  private let book: RuleBook
  private let judgedBy: String
  private let file: String
  private let messages: Messages
  private let tables: TopicTables

  /// - Parameters:
  ///   - judgedBy: what gave the verdicts, in words.
  ///   - file: name of the labelled file.
  init(
    _ evaluation: TopicEvaluation, texts: [LabelledText], book: RuleBook, judgedBy: String, file: String,
    _ common: CommonOptions
  ) {
    self.evaluation = evaluation
    self.texts = texts
    self.book = book
    self.judgedBy = judgedBy
    self.file = file
    messages = common.messages
    tables = TopicTables(evaluation, book: book, common)
  }

  var markup: String {
    let page = ReportPage(
      language: messages.language, title: messages("主题判定检验", "Topics against people's"),
      facts: [
        file, messages("\(texts.count) 条", "\(texts.count) messages"), judgedBy,
        messages("规则 \(book.version)", "rules \(book.version)"),
      ], figures: figures)
    return page.markup { html in
      html.section(messages("谁被当成了谁", "Who was taken for whom")) { writeConfusion(to: &$0) }
      html.section(messages("各主题", "Topic by topic")) { section in
        section.note(
          messages(
            "精确：判成这个主题的，有多少真是；召回：真是这个主题的，有多少判了出来；F1 是两者的调和平均。",
            "Precision: of those said to be of the topic, the share that is. Recall: of those that are, the share "
              + "found. F1 is their harmonic mean."))
        tables.perTopic(isWide: false).write(to: &section, caption: messages("精确、召回、F1", "Precision, recall, F1"))
      }
      html.section(messages("判多少，对多少", "How much is decided, how much of it right")) { writeCoverage(to: &$0) }
      html.section(messages("说的把握与实际", "Stated confidence against what was right")) { writeReliability(to: &$0) }
      html.section(messages("最有把握的错误", "The surest mistakes")) { writeMistakes(to: &$0) }
    }
  }

  private var figures: [ReportPage.Figure] {
    let confusion = tables.confusion
    let decided = evaluation.decided
    return [
      .share(
        "macro_f1", messages("宏平均 F1", "Macro-F1"), confusion.macroF1,
        messages("各主题 F1 的平均，大小主题一样算", "mean of the topics' F1, each counting the same")),
      .share(
        "accuracy", messages("正确", "Right"), confusion.accuracy,
        messages("每条都必须判时，判对的占全部的比例", "share of all texts, where each has to be decided")),
      .share(
        "decided_share", messages("有把握、判了", "Decided"), decided.share,
        messages("领先够多、由机器判的；其余请人工判定", "leads far enough for the machine; the rest is for staff")),
      .share(
        "decided_accuracy", messages("判了的里面正确", "Right where decided"), decided.accuracy,
        messages("机器判了的里面，判对的比例", "share of the decided that is right")),
    ]
  }

  private func writeConfusion(to html: inout HTMLWriter) {
    let confusion = tables.confusion
    let worst = confusion.confusions(5).map { "\(tables.name($0.truth)) → \(tables.name($0.said)) \($0.count)" }
    let description =
      messages(
        "\(evaluation.labels.count) 个主题，\(confusion.total) 条，对角线上的判对了，占 \(percent(confusion.accuracy))。",
        "\(evaluation.labels.count) topics, \(confusion.total) texts; those on the diagonal are right, "
          + "\(percent(confusion.accuracy)). ")
      + (worst.isEmpty
        ? messages("没有判错的。", "None is wrong.")
        : messages("最多的错误：", "Most frequent mistakes: ") + worst.joined(separator: messages("；", "; ")))
    html.note(description)
    ConfusionPicture(
      frame: PictureFrame(id: "confusion", title: messages("混淆矩阵", "Confusion matrix"), description: description),
      counts: confusion.counts, keys: evaluation.labels.map { book.topics[$0].code },
      names: evaluation.labels.map(tables.name), truth: messages("人给的主题 ↓", "people's topic ↓"),
      said: messages("机器判成 →", "said →"), shade: messages("占本行的比例", "share of the row")
    ).write(to: &html)
    tables.confused.write(
      to: &html, caption: messages("行：人给的主题；列：机器判成", "Rows: people's topic; columns: topic said"), style: "matrix")
  }

  private func writeCoverage(to html: inout HTMLWriter) {
    let curve = evaluation.riskCoverage
    let decided = evaluation.decided
    let percents = (percent(decided.share), percent(decided.accuracy))
    let description = messages(
      "领先（第一名比第二名多的分）够多才判。门槛放低，判的就多，对的比例也跟着变。现在判了 \(percents.0)，其中 \(percents.1) 是对的。",
      "The first topic decides if it leads the second by enough points. The lower that threshold, the more is decided, "
        + "at another risk. Now \(percents.0) is decided, \(percents.1) of it right.")
    html.note(description)
    RiskCoveragePicture(
      frame: PictureFrame(
        id: "coverage", title: messages("判得多少与对得多少", "Risk and coverage"), description: description),
      points: curve.thinned(to: 200).map { .init(share: $0.share, accuracy: $0.accuracy) },
      present: decided.share > 0 ? .init(share: decided.share, accuracy: decided.accuracy) : nil,
      share: messages("判了的占全部", "share decided"), accuracy: messages("判了的里面正确", "right where decided"),
      presentName: messages("现在", "now")
    ).write(to: &html)
    tables.thresholds.write(to: &html, caption: messages("换成别的门槛", "Other thresholds"))
  }

  private func writeReliability(to html: inout HTMLWriter) {
    let bins = evaluation.reliability
    let description = messages(
      "柱高是实际对的比例，横线是当时说的把握；两者相合，把握就可信。柱下是条数，条数少的柱子不作数。",
      "Bars: the share that was right. Marks: the confidence stated. Where they meet, the confidence is honest. "
        + "Below the bars, how many; few prove little.")
    html.note(description)
    ReliabilityPicture(
      frame: PictureFrame(
        id: "reliability", title: messages("可靠度图", "Reliability diagram"), description: description),
      bins: bins.map { .init(range: TopicTables.range($0), count: $0.count, stated: $0.stated, right: $0.right) },
      right: messages("实际正确", "right"), stated: messages("说的把握", "stated"),
      range: messages("说的把握（%），条数", "stated confidence (%), number of texts")
    ).write(to: &html)
    tables.reliability.write(to: &html, caption: messages("把握与实际", "Stated against right"))
  }

  private func writeMistakes(to html: inout HTMLWriter) {
    guard !evaluation.mistakes.isEmpty else { return html.note(messages("没有。", "None.")) }
    html.note(
      messages(
        "先列领先最多的。个人信息已遮盖。分数是下面各项之和；⟦⟧ 里是学来的词，其余是规则的编号。",
        "Those that led furthest first, personal details cut out. A score is the sum of what stands below it; ⟦⟧ "
          + "holds learned keywords, the rest are rules by their ids."))
    html.element("ol", ["class": "mistakes"]) { list in
      for mistake in evaluation.mistakes {
        list.element("li") { write(mistake, to: &$0) }
        list.newline()
      }
    }
  }

  private func write(_ mistake: TopicEvaluation.Mistake, to html: inout HTMLWriter) {
    let verdict = mistake.verdict
    let text = texts[verdict.text]
    let sure = percent(Double(verdict.confidence) / 1000)
    html.element("h3") { heading in
      heading.element("span", ["class": "quiet"], text.id + " ")
      heading.text("\(tables.name(verdict.truth)) → \(tables.name(verdict.said)) ")
      heading.element("span", ["class": "quiet"], messages("把握 \(sure)", "\(sure) sure"))
    }
    ReportExcerpt.write(title: text.title, text: text.body, to: &html)
    guard let cases = mistake.cases else {
      return html.note(messages("没有规则和词说得出主题，只是必须选一个。", "Nothing spoke for any topic; one had to be chosen."))
    }
    html.element("div", ["class": "cases"]) { columns in
      write(cases.said, heading: messages("判成：", "Said: ") + tables.name(verdict.said), to: &columns)
      write(cases.truth, heading: messages("应为：", "Should be: ") + tables.name(verdict.truth), to: &columns)
    }
  }

  private func write(_ topicCase: TopicCase, heading: String, to html: inout HTMLWriter) {
    let words = ContributionWords(book, messages)
    let named = topicCase.parts.map { (name: words.source($0.source), amount: words.signed($0.amount)) }
    html.element("div") { column in
      column.element("strong", "\(heading) \(topicCase.score)")
      column.element("ul") { list in
        for part in named + [words.rest(topicCase)].compactMap(\.self) {
          list.element("li") { item in
            item.element("span", ["class": "name"], part.name)
            item.element("span", ["class": "amount"], part.amount)
          }
        }
      }
    }
  }
}
