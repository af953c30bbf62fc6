import ArgumentParser
import Foundation
import Printing
import Rules
import Stages
import Suggestions
import Text

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "当前设置及其来源 / the settings in force and where they come from")

  @OptionGroup var common: CommonOptions

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let profiles = (RuleFolder.yaml(in: common.rulesFolder + "/profiles") ?? []).map { String($0.path.dropLast(5)) }
    let settings: [(String, String)] = [
      ("database", common.database), ("rules", common.rulesFolder), ("language", common.language.rawValue),
      ("profiles", profiles.joined(separator: " ")), ("threads", String(ProcessInfo.processInfo.activeProcessorCount)),
      ("sketch", Sketch.variant), ("folding", String(Folding.version, radix: 16)),
      (
        "environment",
        (["GOLDEN_IDEAS_DATABASE", "GOLDEN_IDEAS_RULES", "GOLDEN_IDEAS_LANGUAGE"] + OutboxSettings.variables
          + Converter.allCases.map(\.variable))
          .filter { environment[$0] != nil }.joined(separator: " ")
      ),
    ]
    if common.json {
      var writer = JSONWriter()
      writer.object { for (name, value) in settings { $0.field(name, value) } }
      writer.newline()
      print(writer.text, terminator: "")
    } else {
      var table = TextTable(columns: [(common.messages("设置", "setting"), .left), (common.messages("值", "value"), .left)])
      for (name, value) in settings { table.add([name, value]) }
      print(table.text)
    }
  }
}
