import ArgumentParser
import Casework
import Store
import Suggestions

struct ClockCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clock", abstract: "时限：一件事项的每个时限怎么算出来的 / clocks: how each clock of a case came about",
    subcommands: [Explain.self])

  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain", abstract: "每个时限的起止、已用、还剩，逐段说明计不计、为什么 / start, due, used, left, and every span")
    @OptionGroup var common: CommonOptions
    @Argument(help: "编号或回执码 / a number or a receipt code") var id: String
    @Option(help: "按什么时候看，默认现在 / as of when: 2026-03-02T09:30; default: now") var at: String?

    func run() throws {
      let book = try common.loadBook()
      let store = try common.openStore(.existing)
      let settings = try common.loadCasework()
      let moment = try at.map { try common.moment($0, "--at") } ?? LocalTime.now
      let number = try common.suggestion(id, in: store)
      let history = try common.onStore { () throws(StoreFault) in
        try store.caseHistory(of: number, regionPath: book.regionPath)
      }
      guard let history else { throw Outcome.findings(common.messages.noSuggestion(id)) }
      let file: CaseFile
      do throws(CaseHistoryFault) {
        file = try history.file()
      } catch {
        throw Outcome.findings(
          common.messages(
            "第 \(error.number) 步与办理流程不合，算不出时限。请运行 golden-ideas verify。",
            "step \(error.number) does not follow from the steps before it, so no clock can be read. Run golden-ideas verify."))
      }
      let words = CaseWords(names: BookNames(book: book, language: common.language), messages: common.messages)
      let screen = ClockScreen(number, file, settings, at: moment, words: words)
      if common.json { common.printJSON { screen.write(to: &$0) } } else { print(screen.text) }
    }
  }
}
