import Casework
import Foundation

extension CommonOptions {
  /// The gate with the words of the rules folder; faults end the command.
  func loadAnswerGate() throws -> AnswerGate {
    let path = rulesFolder + "/answers.yaml"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Outcome.notStarted(messages("缺少 \(path)", "\(path) is missing"))
    }
    do throws(SettingFault) {
      return AnswerGate(try AnswerGateWords(yaml: Array(data), file: "answers.yaml"))
    } catch {
      throw Outcome.notStarted(
        error.problems.map { "\(error.file):\($0.line): \($0.code) \($0.detail)" }.joined(separator: "\n"))
    }
  }
}
