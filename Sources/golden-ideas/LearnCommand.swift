import ArgumentParser
import Evaluation
import Foundation
import Rules

extension RulesCommand {
  struct Learn: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "learn", abstract: "从有主题的来件里学关键词 / mine weighted keywords from labelled texts")
    @OptionGroup var common: CommonOptions
    @Option(help: "JSON Lines：id title text topic") var from: String
    @Option(help: "写到哪里（默认规则目录的 learned/topics.yaml，- 为标准输出）/ default: learned/topics.yaml of the rules") var output: String?
    @Option(help: "关键词最多多少个 / keywords at most") var keywords: Int?

    func run() throws {
      guard keywords.map({ $0 > 0 }) ?? true else { throw ValidationError("--keywords 应大于 0 / above 0") }
      let book = try common.loadBook(learned: false)
      var learning = TopicLearning(try LabelledTexts(from, common).texts(book), book: book)
      if let keywords { learning.keywordLimit = keywords }
      let layer = learning.learn()
      if output == "-" {
        print(layer.yaml, terminator: "")
        return
      }
      let path = output ?? common.rulesFolder + "/learned/topics.yaml"
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(layer.yaml.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      } catch {
        throw Outcome.notStarted(common.messages("写不了 \(path)", "cannot write \(path)"))
      }
      common.note(
        common.messages(
          "从 \(layer.texts) 条来件学得 \(layer.keywords.count) 个词，写入 \(path)。请过目，删去不认可的行，再运行 rules check 和 eval topics。",
          "\(layer.keywords.count) keywords from \(layer.texts) texts, written to \(path). Read it, strike what you do not accept, then run rules check and eval topics."))
    }
  }
}
