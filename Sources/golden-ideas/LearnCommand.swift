import ArgumentParser
import Evaluation
import Foundation
import Rules
import Store
import Suggestions

extension RulesCommand {
  struct Learn: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "learn", abstract: "从有主题的来件或人工判定里学关键词 / mine keywords from labelled texts or from decisions")
    @OptionGroup var common: CommonOptions
    @Option(help: "JSON Lines：id title text topic；或 decisions，从人工判定学 / a labelled file, or decisions: what reviewers decided") var from: String
    @Option(help: "写到哪里，- 为标准输出（默认规则目录的 learned/topics.yaml，人工判定为 keywords/90-decisions.yaml）/ where to; - is standard output") var output: String?
    @Option(help: "关键词最多多少个 / keywords at most") var keywords: Int?

    func run() throws {
      guard keywords.map({ $0 > 0 }) ?? true else { throw ValidationError("--keywords 应大于 0 / above 0") }
      try from == "decisions" ? learnFromDecisions() : learnLayer()
    }

    private func learnLayer() throws {
      let book = try common.loadBook(learned: false)
      var learning = TopicLearning(try LabelledTexts(from, common).texts(book), book: book)
      if let keywords { learning.keywordLimit = keywords }
      let layer = learning.learn()
      guard let path = try write(layer.yaml, "learned/topics.yaml") else { return }
      common.note(
        common.messages(
          "从 \(layer.texts) 条来件学得 \(layer.keywords.count) 个词，写入 \(path)。请过目，删去不认可的行，再运行 rules check 和 eval topics。",
          "\(layer.keywords.count) keywords from \(layer.texts) texts, written to \(path). Read it, strike what you do not accept, then run rules check and eval topics."))
    }

    private func learnFromDecisions() throws {
      let store = try common.openStore(.existing)
      let decided = try common.onStore { () throws(StoreFault) in try store.decidedTopics() }
      let files = try common.ruleFiles()
      var learning = try onBook { () throws(RuleBookFault) in
        try DecisionLearning(decided, files: files, asOf: LocalTime.now)
      }
      try common.eachStoredPage { learning.addBackground($0) }
      let mining = learning.mining
      let proposals = mining.proposals()
      let path = try write(mining.yaml(proposals), DecisionLearning.file)
      let words = proposals.reduce(0) { $0 + $1.words.count }
      let learned = learning
      let right = try onBook { () throws(RuleBookFault) in try learned.right(with: proposals) }
      let unseen = try onBook { () throws(RuleBookFault) in try learned.rightUnseen() }
      if common.json, path != nil {
        common.printJSON {
          $0.field("decided", mining.decidedCount)
          $0.field("right_before", mining.rightCount)
          $0.field("right_after", right)
          if let unseen { $0.field("right_unseen", unseen) } else { $0.null("right_unseen") }
          $0.field("rules", proposals.count)
          $0.field("keywords", words)
        }
      }
      let messages = common.messages
      common.note(
        messages(
          "人工判定 \(mining.decidedCount) 件，现有规则判对 \(mining.rightCount) 件；提议 \(proposals.count) 条规则、\(words) 个词，采纳后判对 \(right) 件\(unseen.map { "（各折里没见过的判对 \($0) 件）" } ?? "")。\(path.map { "写入 \($0)，" } ?? "")请过目，再运行 rules check 和 rules diff。",
          "\(mining.decidedCount) decisions, \(mining.rightCount) as the rules have it; \(proposals.count) rules with \(words) words proposed, with them \(right)\(unseen.map { " (\($0) in folds that did not see them)" } ?? ""). \(path.map { "Written to \($0); read" } ?? "Read") them, then run rules check and rules diff."))
    }

    private func onBook<Value>(_ body: () throws(RuleBookFault) -> Value) throws -> Value {
      do throws(RuleBookFault) {
        return try body()
      } catch {
        throw Outcome.notStarted(common.messages.ruleBookFault(error, folder: common.rulesFolder))
      }
    }

    /// - Returns: where it was written; nil for standard output.
    private func write(_ text: String, _ standard: String) throws -> String? {
      if output == "-" {
        print(text, terminator: "")
        return nil
      }
      let path = output ?? common.rulesFolder + "/" + standard
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      } catch {
        throw Outcome.notStarted(common.messages("写不了 \(path)", "cannot write \(path)"))
      }
      return path
    }
  }
}
