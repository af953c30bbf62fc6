import ArgumentParser
import Casework
import Evaluation

extension EvalCommand {
  struct Answers: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "answers", abstract: "答复质量检查得准不准 / the answer gate against people's scores")
    @OptionGroup var common: CommonOptions
    @Option(help: "JSON Lines：id title text answer，可有 complete explains（人打的分）/ with people's scores where given")
    var labelled: String
    @Option(help: "列出分最低的条数 / lowest-scored answers listed") var lowest = 10

    func run() throws {
      let gate = try common.loadCasework().gate
      let labelled = try LabelledTexts(labelled, common)
      let answers = try labelled.lines.map { line in
        AnswerFigures.Answer(
          id: line.id,
          message: AnswerGateMessage(title: line.text("title") ?? "", body: try labelled.required("text", line)),
          text: try labelled.required("answer", line), complete: line.text("complete").flatMap(Double.init),
          explains: line.text("explains").flatMap(Double.init))
      }
      let screen = AnswerScreen(AnswerFigures(answers, by: gate), lowest: lowest, common)
      print(common.json ? screen.json : screen.words, terminator: "")
    }
  }
}
