import ArgumentParser
import Evaluation
import Foundation
import Rules
import Suggestions

struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "用有标注的数据检验质量 / quality on labelled data",
    subcommands: [Topics.self])

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
      guard let body = line.text("text") else { throw fault(.missing(key: "text", line: line.number)) }
      guard let name = line.text("topic") else { throw fault(.missing(key: "topic", line: line.number)) }
      guard let topic = first.first(where: { book.topics[$0].name == name || book.topics[$0].code == name }) else {
        throw fault(.unknownTopic(line: line.number))
      }
      return LabelledText(id: line.id, title: line.text("title") ?? "", body: body, topic: topic)
    }
  }

  private func fault(_ fault: LabelledFault) -> Outcome {
    .notStarted(common.messages.labelled(fault, path: path))
  }
}
