import ArgumentParser
import Casework
import Rules
import Store
import Suggestions

/// What the status page shows, on the command line.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "凭回执码查进度：来件人看得到的，别的没有 / progress by receipt code: what its writer may see and no more")

  @OptionGroup var common: CommonOptions

  @Argument(help: "回执码，怎么写都行 / a receipt code, written any way")
  var receipt: String

  @Option(help: "什么时候看，默认现在 / as of when: 2026-03-02T09:30") var at: String?

  func run() throws {
    let store = try common.openStore(.existing)
    let found = try common.onStore { () throws(StoreFault) in try store.holding(ofReceipt: receipt) }
    guard let holding = found else {
      throw Outcome.findings(
        common.messages("没有这个回执码：\(receipt)。请核对每一位。", "no such receipt code: \(receipt). Check each symbol."))
    }
    let book = try common.loadBook()
    let rules = try common.caseworkRules(book)
    let moment = try at.map { try common.moment($0, "--at") } ?? LocalTime.now
    let status = try common.writerStatus(of: holding, in: store, rules, asOf: moment)
    let parts = try common.onStore { () throws(StoreFault) in
      try store.writerParts(of: status, under: rules, asOf: moment)
    }
    let words = common.writerWords(book)
    if common.json {
      common.printJSON { words.write(status, receipt: holding.receipt, parts: parts, to: &$0) }
      return
    }
    var lines = [holding.receipt, ""] + words.lines(status) + [""]
    lines += status.steps.map { "  \(LocalTime.short($0.at))  \(words.step($0.what))" }
    for part in parts { lines += ["", part.receipt] + words.lines(part.status).map { "  " + $0 } }
    print(lines.joined(separator: "\n"))
  }
}

extension CommonOptions {
  func writerWords(_ book: RuleBook) -> WriterWords {
    WriterWords(language: language, unitName: BookNames(book: book, language: language).handler)
  }

  /// What the writer of a submission may know at a moment.
  func writerStatus(
    of holding: ReceiptHolding, in store: SuggestionStore, _ rules: CaseworkRules, asOf moment: Int64
  ) throws -> WriterStatus {
    try onStore { () throws(StoreFault) in try store.writerStatus(of: holding, under: rules, asOf: moment) }
  }
}
