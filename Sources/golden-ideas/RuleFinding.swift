import Casework
import Rules
import Suggestions

/// One thing wrong in the rules folder, as it is shown.
struct RuleFinding {
  var file: String
  var line: Int
  var isWarning: Bool
  var message: String

  init(_ problem: RuleProblem, _ common: CommonOptions) {
    (file, line, isWarning) = (problem.file, problem.line, problem.isWarning)
    message = common.messages.problem(problem, folder: common.rulesFolder)
  }

  init(_ problem: SettingProblem, of file: String, _ common: CommonOptions) {
    (self.file, line, isWarning) = (file, problem.line, false)
    message = common.messages.problem(problem, of: file, folder: common.rulesFolder)
  }

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("file", file)
      $0.field("line", line)
      $0.field("severity", isWarning ? "warning" : "error")
      $0.field("message", message)
    }
  }
}
