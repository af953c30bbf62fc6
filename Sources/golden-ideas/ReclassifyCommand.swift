import ArgumentParser
import Foundation
import Pipeline
import Rules
import Store
import Suggestions

extension RulesCommand {
  struct Reclassify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reclassify",
      abstract: "按现在的规则重判没有人判定过的来件，旧判定留在历史里 / judges anew what nobody has decided on; old verdicts are kept")
    @OptionGroup var common: CommonOptions
    @Option(help: "谁 / who") var actor: String = NSUserName()
    @Option(help: "为什么 / why") var reason: String

    func run() throws {
      let book = try common.loadBook()
      let store = try common.openStore(.existing)
      let act = try StaffAct.of(actor: actor, reason: reason, common.messages)
      let report = try common.onStore { () throws(StoreFault) in
        let lock = try IntakeLock(store: store)
        defer { withExtendedLifetime(lock) {} }
        return try Reclassification(book, store: store, act: act).run()
      }
      if common.json {
        common.printJSON {
          $0.field("book", book.version)
          $0.field("judged", report.judged)
          $0.field("changed", report.changed)
          $0.field("decided", report.decided)
        }
        return
      }
      print(
        common.messages(
          "按规则 \(book.version) 重判 \(report.judged) 条，判定变了 \(report.changed) 条；有人判定过的 \(report.decided) 条没有动。",
          "\(report.judged) judged anew by \(book.version), \(report.changed) with another verdict; \(report.decided) that people have decided on left alone."))
    }
  }
}
