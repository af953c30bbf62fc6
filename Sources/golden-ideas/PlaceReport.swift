import Evaluation
import Rules
import Suggestions

/// `eval places` as a page: figures, each level of places, who was taken for whom among the counties, and mistakes.
struct PlaceReport {
  private let evaluation: PlaceEvaluation
  private let labelled: LabelledTexts
  private let book: RuleBook
  private let mistakes: Int
  private let messages: Messages
  private let tables: PlaceTables

  /// - Parameters:
  ///   - labelled: the texts in the order they were evaluated.
  ///   - mistakes: how many are listed.
  init(
    _ evaluation: PlaceEvaluation, _ labelled: LabelledTexts, book: RuleBook, mistakes: Int, _ common: CommonOptions
  ) {
    self.evaluation = evaluation
    self.labelled = labelled
    self.book = book
    self.mistakes = max(0, mistakes)
    messages = common.messages
    tables = PlaceTables(evaluation, book: book, common)
  }

  var markup: String {
    let texts = evaluation.total.texts
    let page = ReportPage(
      language: messages.language, title: messages("地点检验", "Places against people's"),
      facts: [
        labelled.name, messages("\(texts) 条", "\(texts) texts"),
        messages("规则 \(book.version)", "rules \(book.version)"),
      ], figures: figures)
    return page.markup { html in
      html.section(messages("各级地点", "Level by level")) { section in
        section.note(
          messages(
            "按真实地点的级别分。“所在区域对”含全对；“错”是说了一处，而真实地点不在其中；其余为未定。",
            "By the level of the true place. Containing includes right. Wrong: a place is said in which the true one "
              + "does not lie. The rest is left open."))
        tables.levels.write(to: &section, caption: messages("条数", "Number of texts"))
      }
      html.section(messages("区县之间", "Among the counties")) { writeConfusion(to: &$0) }
      html.section(messages("错误", "Mistakes")) { writeMistakes(to: &$0) }
    }
  }

  private var figures: [ReportPage.Figure] {
    let total = evaluation.total
    return [
      .share(
        "accuracy", messages("地点全对", "Right"), total.accuracy,
        messages("说的就是那一处，级别也对", "the very place, at its own level")),
      .share(
        "level_accuracy", messages("所在区域对", "Right as far as it goes"), total.levelAccuracy,
        messages("就是那一处，或者它的上级", "the place itself, or an area it lies in")),
      .share(
        "asked", messages("待问", "Asked"), total.askedShare,
        messages("地名不止一处，要问人", "the name means several places, and people are asked")),
    ]
  }

  private func writeConfusion(to html: inout HTMLWriter) {
    let confusion = evaluation.districtConfusion
    guard confusion.total > 0 else { return html.note(messages("没有规则库认得的地点。", "No place the book knows.")) }
    let names = confusion.labels.map(tables.district)
    let worst = confusion.confusions(5).map { "\(tables.district($0.truth)) → \(tables.district($0.said)) \($0.count)" }
    let description =
      messages(
        "\(confusion.total) 条，各归到区县或功能区；对角线上的区县说对了，占 \(percent(confusion.accuracy))。",
        "\(confusion.total) texts by county or zone; those on the diagonal are right, \(percent(confusion.accuracy)). ")
      + (worst.isEmpty
        ? messages("没有说错的。", "None is wrong.")
        : messages("最多的错误：", "Most frequent mistakes: ") + worst.joined(separator: messages("；", "; ")))
    html.note(description)
    ConfusionPicture(
      frame: PictureFrame(
        id: "districts", title: messages("区县混淆矩阵", "Confusion of counties"), description: description),
      counts: confusion.counts, keys: PlaceTables.keys(confusion), names: names,
      truth: messages("真实区县 ↓", "true county ↓"), said: messages("说成 →", "said →"),
      shade: messages("占本行的比例", "share of the row")
    ).write(to: &html)
    tables.districts(confusion).write(
      to: &html, caption: messages("行：真实区县；列：说成", "Rows: true county; columns: county said"), style: "matrix")
  }

  private func writeMistakes(to html: inout HTMLWriter) {
    guard !evaluation.mistakes.isEmpty else { return html.note(messages("没有。", "None.")) }
    let shown = evaluation.mistakes.prefix(mistakes)
    html.note(
      messages(
        "共 \(evaluation.mistakes.count) 条不是全对，列出 \(shown.count) 条。个人信息已遮盖。",
        "\(evaluation.mistakes.count) are not quite right; \(shown.count) are shown, personal details cut out."))
    html.element("ol", ["class": "mistakes"]) { list in
      for mistake in shown {
        list.element("li") { item in
          item.element("h3") { heading in
            heading.element("span", ["class": "quiet"], mistake.id + " ")
            heading.text("\(tables.name(mistake.truth)) → \(tables.name(mistake.said))")
          }
          let line = labelled.lines[mistake.text]
          ReportExcerpt.write(title: line.text("title") ?? "", text: line.text("text") ?? "", to: &item)
        }
        list.newline()
      }
    }
  }
}
