import ArgumentParser
import Evaluation
import Rules

struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "用有标注的数据检验质量 / quality on labelled data",
    subcommands: [Topics.self, Duplicates.self, Places.self, Privacy.self, Answers.self])

  struct Topics: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "topics", abstract: "主题判得准不准 / first-level topics against people's")
    @OptionGroup var common: CommonOptions
    @OptionGroup var report: ReportOption
    @Option(help: "JSON Lines：id title text topic（主题名或代码）/ topic by name or code") var labelled: String
    @Flag(help: "只用手写规则 / hand-written rules alone") var withoutLearned = false
    @Option(help: "交叉验证的份数：每条由没见过它的规则来判 / cross-validation: learn anew without each part") var folds: Int?
    @Option(help: "列出最离谱的错误条数 / worst mistakes listed") var mistakes = 10

    func run() throws {
      if let folds, folds < 2 { throw ValidationError("--folds 至少为 2 / at least 2") }
      let file = try report.file(common)
      var book = try common.loadBook()
      let labelled = try LabelledTexts(labelled, common)
      let texts = try labelled.texts(book)
      if withoutLearned { book = book.withLayer(nil) }
      let evaluation =
        folds.map { TopicLearning(texts, book: book).crossValidated($0, mistakeLimit: mistakes) }
        ?? TopicEvaluation(texts, by: book, mistakeLimit: mistakes)
      let screen = TopicScreen(evaluation, texts: texts, book: book, common)
      print(common.json ? screen.json : screen.words, terminator: "")
      try file?.write(
        TopicReport(evaluation, texts: texts, book: book, judgedBy: judges(book), file: labelled.name, common).markup)
    }

    /// What gave the verdicts, for a person who has only the report.
    private func judges(_ book: RuleBook) -> String {
      let messages = common.messages
      if let folds {
        return messages("交叉验证 \(folds) 份，每条由没学过它的规则来判", "\(folds) folds, each text judged by a book learned without it")
      }
      return book.learned == nil
        ? messages("只用手写规则", "hand-written rules alone")
        : messages("手写规则和学来的词", "hand-written rules and learned keywords")
    }
  }

  struct Places: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "places", abstract: "地点认得准不准 / places named in texts against people's")
    @OptionGroup var common: CommonOptions
    @OptionGroup var report: ReportOption
    @Option(help: "JSON Lines：id text region（区划代码）/ region by code") var labelled: String
    @Option(help: "列出的错误条数 / mistakes listed") var mistakes = 10

    func run() throws {
      let file = try report.file(common)
      let book = try common.loadBook()
      let labelled = try LabelledTexts(labelled, common)
      var evaluation = PlaceEvaluation()
      var scratch = RuleScratch(book)
      for line in labelled.lines {
        evaluation.add(
          id: line.id, title: line.text("title") ?? "", text: try labelled.required("text", line),
          code: try labelled.required("region", line), by: book, &scratch)
      }
      let screen = PlaceScreen(evaluation, book: book, mistakes: mistakes, common)
      print(common.json ? screen.json : screen.words, terminator: "")
      try file?.write(PlaceReport(evaluation, labelled, book: book, mistakes: mistakes, common).markup)
    }
  }

  struct Privacy: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "privacy", abstract: "个人信息遮得全不全 / personal details cut out against those people marked")
    @OptionGroup var common: CommonOptions
    @OptionGroup var report: ReportOption
    @Option(help: "JSON Lines：id text spans[[起,止,种类]]，按字符 / [start, end, kind] in Unicode scalars") var labelled: String
    @Option(help: "列出的条数 / texts listed") var mistakes = 10

    func run() throws {
      let file = try report.file(common)
      let labelled = try LabelledTexts(labelled, common)
      var evaluation = PrivacyEvaluation()
      for line in labelled.lines {
        let text = try labelled.required("text", line)
        evaluation.add(id: line.id, text: text, marked: try labelled.spans(line, within: text.unicodeScalars.count))
      }
      let screen = PrivacyScreen(evaluation, mistakes: mistakes, common)
      print(common.json ? screen.json : screen.words, terminator: "")
      try file?.write(PrivacyReport(evaluation, file: labelled.name, mistakes: mistakes, common).markup)
    }
  }
}
