import ArgumentParser
import Evaluation
import Foundation
import Rules
import Suggestions

struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "用有标注的数据检验质量 / quality on labelled data",
    subcommands: [Topics.self, Places.self, Privacy.self])

  struct Topics: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "topics", abstract: "主题判得准不准 / first-level topics against people's")
    @OptionGroup var common: CommonOptions
    @Option(help: "JSON Lines：id title text topic（主题名或代码）/ topic by name or code") var labelled: String
    @Flag(help: "只用手写规则 / hand-written rules alone") var withoutLearned = false
    @Option(help: "交叉验证的份数：每条由没见过它的规则来判 / cross-validation: learn anew without each part") var folds: Int?
    @Option(help: "列出最离谱的错误条数 / worst mistakes listed") var mistakes = 10

    func run() throws {
      if let folds, folds < 2 { throw ValidationError("--folds 至少为 2 / at least 2") }
      var book = try common.loadBook()
      let texts = try LabelledTexts(labelled, common).texts(book)
      if withoutLearned { book = book.withLayer(nil) }
      let evaluation =
        folds.map { TopicLearning(texts, book: book).crossValidated($0) } ?? TopicEvaluation(texts, by: book)
      let screen = TopicScreen(evaluation, texts: texts, book: book, mistakes: mistakes, common)
      print(common.json ? screen.json : screen.words, terminator: "")
    }
  }
}

extension EvalCommand {
  struct Places: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "places", abstract: "地点认得准不准 / places named in texts against people's")
    @OptionGroup var common: CommonOptions
    @Option(help: "JSON Lines：id text region（区划代码）/ region by code") var labelled: String
    @Option(help: "列出的错误条数 / mistakes listed") var mistakes = 10

    func run() throws {
      let book = try common.loadBook()
      let file = try LabelledTexts(labelled, common)
      var evaluation = PlaceEvaluation()
      var scratch = RuleScratch(book)
      for line in file.lines {
        evaluation.add(
          id: line.id, title: line.text("title") ?? "", text: try file.required("text", line),
          code: try file.required("region", line), by: book, &scratch)
      }
      if common.json {
        common.printJSON { root in
          root.field("book", book.version)
          root.field("texts", evaluation.texts)
          root.field("accuracy", evaluation.accuracy, decimals: 4)
          root.field("level_accuracy", evaluation.levelAccuracy, decimals: 4)
          root.field("asked", evaluation.askedShare, decimals: 4)
          root.array("mistakes") { list in
            for mistake in evaluation.mistakes.prefix(mistakes) {
              list.object {
                $0.field("id", mistake.id)
                $0.field("region", mistake.truth)
                $0.field("said", mistake.said)
              }
            }
          }
        }
        return
      }
      let messages = common.messages
      print(
        messages(
          "共 \(evaluation.texts) 条；地点全对 \(percent(evaluation.accuracy))，所在区域对 \(percent(evaluation.levelAccuracy))，待问 \(percent(evaluation.askedShare))。",
          "\(evaluation.texts) texts; right \(percent(evaluation.accuracy)), right as far as it goes \(percent(evaluation.levelAccuracy)), asked \(percent(evaluation.askedShare))."))
      for mistake in evaluation.mistakes.prefix(mistakes) {
        print("  \(mistake.id)  \(mistake.truth) → \(mistake.said ?? messages("未定", "open"))")
      }
    }
  }

  struct Privacy: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "privacy", abstract: "个人信息遮得全不全 / personal details cut out against those people marked")
    @OptionGroup var common: CommonOptions
    @Option(help: "JSON Lines：id text spans[[起,止,种类]]，按字符 / [start, end, kind] in Unicode scalars") var labelled: String
    @Option(help: "列出的条数 / texts listed") var mistakes = 10

    func run() throws {
      let file = try LabelledTexts(labelled, common)
      var evaluation = PrivacyEvaluation()
      for line in file.lines {
        let text = try file.required("text", line)
        evaluation.add(id: line.id, text: text, marked: try file.spans(line, within: text.unicodeScalars.count))
      }
      let kinds = evaluation.kinds.sorted { $0.key < $1.key }
      if common.json {
        common.printJSON { root in
          root.field("texts", evaluation.texts)
          root.field("spans", evaluation.total.marked)
          root.field("found", evaluation.found, decimals: 4)
          root.field("false_alarms", evaluation.falseAlarmsPerText, decimals: 4)
          root.array("per_kind") { list in
            for (kind, tally) in kinds {
              list.object {
                $0.field("kind", kind)
                $0.field("spans", tally.marked)
                $0.field("found", tally.found)
              }
            }
          }
          root.array("missed") { list in for id in evaluation.missed.prefix(mistakes) { list.field(nil, id) } }
          root.array("alarmed") { list in for id in evaluation.alarmed.prefix(mistakes) { list.field(nil, id) } }
        }
        return
      }
      let messages = common.messages
      print(
        messages(
          "共 \(evaluation.texts) 条，标出 \(evaluation.total.marked) 处；遮住 \(percent(evaluation.found))，误遮每条 \(percent(evaluation.falseAlarmsPerText))。",
          "\(evaluation.texts) texts, \(evaluation.total.marked) spans; cut out \(percent(evaluation.found)), false alarms \(percent(evaluation.falseAlarmsPerText)) a text."))
      var table = TextTable(columns: [(messages("种类", "kind"), .left), (messages("处", "n"), .right), (messages("遮住", "cut"), .right)])
      for (kind, tally) in kinds { table.add([kind, "\(tally.marked)", "\(tally.found)"]) }
      print(table.text)
      // Ids only: the texts are what is to be kept private.
      for (words, ids) in [
        (messages("漏遮：", "missed: "), evaluation.missed), (messages("误遮：", "false alarm: "), evaluation.alarmed),
      ] where !ids.isEmpty { print(words + ids.prefix(mistakes).joined(separator: " ")) }
    }
  }
}

/// A labelled file, with faults said in words.
struct LabelledTexts {
  private let path: String
  private let common: CommonOptions
  let lines: [LabelledLine]

  init(_ path: String, _ common: CommonOptions) throws {
    self.path = path
    self.common = common
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Outcome.notStarted(common.messages("读不到文件：\(path)", "cannot read \(path)"))
    }
    do throws(LabelledFault) {
      lines = try LabelledFile.lines(Array(bytes))
    } catch {
      throw Outcome.notStarted(common.messages.labelled(error, path: path))
    }
  }

  func texts(_ book: RuleBook) throws -> [LabelledText] {
    let first = book.topics.indices.filter { book.topics[$0].level == 1 }
    return try lines.map { line in
      let body = try required("text", line)
      let name = try required("topic", line)
      guard let topic = first.first(where: { book.topics[$0].name == name || book.topics[$0].code == name }) else {
        throw fault(.unknownTopic(line: line.number))
      }
      return LabelledText(id: line.id, title: line.text("title") ?? "", body: body, topic: topic)
    }
  }

  func required(_ key: String, _ line: LabelledLine) throws -> String {
    guard let text = line.text(key) else { throw fault(.missing(key: key, line: line.number)) }
    return text
  }

  func spans(_ line: LabelledLine, within count: Int) throws -> [(start: Int, end: Int, kind: String)] {
    guard case .spans(let spans)? = line.fields["spans"] else { throw fault(.missing(key: "spans", line: line.number)) }
    guard spans.allSatisfy({ $0.end <= count }) else { throw fault(.badSpan(line: line.number)) }
    return spans
  }

  private func fault(_ fault: LabelledFault) -> Outcome {
    .notStarted(common.messages.labelled(fault, path: path))
  }
}
