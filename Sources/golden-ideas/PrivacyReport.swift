import Evaluation
import Suggestions

/// `eval privacy` as a page. It names texts by their ids and kinds by their codes and shows nobody's words: whoever
/// reads it need not be allowed to read them.
struct PrivacyReport {
  private let evaluation: PrivacyEvaluation
  private let file: String
  private let mistakes: Int
  private let messages: Messages

  /// - Parameters:
  ///   - file: name of the labelled file.
  ///   - mistakes: how many ids are listed.
  init(_ evaluation: PrivacyEvaluation, file: String, mistakes: Int, _ common: CommonOptions) {
    self.evaluation = evaluation
    self.file = file
    self.mistakes = max(0, mistakes)
    messages = common.messages
  }

  var markup: String {
    let page = ReportPage(
      language: messages.language, title: messages("个人信息遮盖检验", "Personal details cut out"),
      facts: [
        file, messages("\(evaluation.texts) 条", "\(evaluation.texts) texts"),
        messages("标出 \(evaluation.total.marked) 处", "\(evaluation.total.marked) spans marked"),
      ], figures: figures)
    let tables = PrivacyTables(evaluation, messages)
    return page.markup { html in
      html.section(messages("标出的，遮住了多少", "What was marked, and how much of it is cut out")) { section in
        section.note(messages("盖住一半以上算遮住。", "A span counts as cut out when at least half of it is."))
        tables.marked.write(to: &section, caption: messages("按人标的种类", "By the kind people wrote"))
      }
      html.section(messages("遮了的，有多少该遮", "What is cut out, and how much of it was to be")) { section in
        section.note(messages("碰不到任何标注的算误遮。", "What touches nothing marked is a false alarm."))
        tables.cut.write(to: &section, caption: messages("按程序当成的种类", "By the kind it was taken for"))
      }
      write(evaluation.missed, under: messages("有漏遮的", "Texts with something missed"), to: &html)
      write(evaluation.alarmed, under: messages("有误遮的", "Texts with a false alarm"), to: &html)
    }
  }

  private var figures: [ReportPage.Figure] {
    [
      .share(
        "found", messages("遮住", "Cut out"), evaluation.found,
        messages("标出的里面，遮住的比例", "share of what was marked")),
      .share(
        "on_target", messages("遮得对", "On target"), evaluation.totalCut.onTarget,
        messages("遮了的里面，碰到标注的比例", "share of what is cut out that was marked")),
      ReportPage.Figure(
        key: "false_alarms", name: messages("每条误遮", "False alarms a text"),
        words: decimal(evaluation.falseAlarmsPerText, 3), value: decimal(evaluation.falseAlarmsPerText, 4),
        definition: messages(
          "误遮 \(evaluation.falseAlarms) 处，除以条数", "\(evaluation.falseAlarms) in all, by the number of texts")),
    ]
  }

  private func write(_ ids: [String], under heading: String, to html: inout HTMLWriter) {
    html.section(heading) { section in
      guard !ids.isEmpty else { return section.note(messages("没有。", "None.")) }
      let shown = ids.prefix(mistakes)
      section.note(messages("共 \(ids.count) 条，列出 \(shown.count) 条的编号。", "\(ids.count) texts; ids of \(shown.count)."))
      section.element("ul", ["class": "ids"]) { list in for id in shown { list.element("li", id) } }
    }
  }
}
