import ArgumentParser
import Casework
import Rules
import Store
import Suggestions

struct SlipsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slips",
    abstract: "一个驿站的回执条，A4 打印剪开；加 --answers 只印有结果要带回的 / a station's receipt slips to print and cut; with --answers those with something to bring back")

  @OptionGroup var common: CommonOptions

  @Option(help: "驿站编码或名称 / the station, by code or name")
  var station: String

  @Option(help: ArgumentHelp("这天起收到的；与 --answers 同用，这天起有结果的 / taken in, or with --answers told, from this day on", valueName: "yyyy-MM-dd"))
  var since: String?

  @Flag(help: "带进度和答复；没有可带回的不印 / with progress and answer; slips without any are left out")
  var answers = false

  @Option(help: ArgumentHelp("写到网页文件，不给则写到标准输出 / write to this page; else to standard output", valueName: "file.html"))
  var output: String?

  @Option(help: ArgumentHelp("二维码里放在回执码前面的网址 / address before the code in the QR code", valueName: "prefix"))
  var url: String?

  @Option(help: "进度截至什么时候，默认现在 / progress as of when: 2026-03-02T09:30") var at: String?

  func validate() throws {
    if let url, !SlipsCommand.isAddress(url) { throw ValidationError("--url https://…") }
  }

  /// The beginning of an address that telephones open.
  static func isAddress(_ url: String) -> Bool {
    ["https://", "http://"].contains { url.lowercased().hasPrefix($0) && url.count > $0.count } && url.utf8.count <= 200
      && url.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  func run() throws {
    let messages = common.messages
    let book = try common.loadBook()
    guard let index = book.stationNamed(station) else {
      let known = book.stations.map(\.code).joined(separator: " ")
      throw Outcome.notStarted(
        messages("没有这个驿站：\(station)。已有：\(known)", "no such station: \(station). Known: \(known)"))
    }
    let place = book.stations[index]
    let store = try common.openStore(.existing)
    let page = try output.map { try ReportFile($0, common, noun: ("回执条", "sheet of slips")) }
    let start = try since.map { try common.moment($0, "--since") }
    let words = common.writerWords(book)
    let moment = try at.map { try common.moment($0, "--at") } ?? LocalTime.now
    let rules = answers ? try common.caseworkRules(book) : nil
    let slips = try common.onStore { () throws(StoreFault) in
      let assembly = SlipAssembly(words: words, rules: rules)
      return try assembly.slips(of: place, since: start, asOf: moment, in: store)
    }
    if common.json {
      common.printJSON { root in
        root.object("station") {
          $0.field("code", place.code)
          $0.field("name", place.name)
          $0.field("address", place.address)
        }
        root.array("slips") { list in
          for (slip, status) in slips { list.object { SlipsCommand.write(slip, status, words, to: &$0) } }
        }
      }
    }
    let sheet = SlipPage(station: place.name, address: place.address, prefix: url, words: words)
    if let page {
      try page.write(sheet.markup(slips.map(\.slip)))
    } else if !common.json {
      print(sheet.markup(slips.map(\.slip)), terminator: "")
    }
    if slips.isEmpty { common.note(messages("没有要印的。", "nothing to print.")) }
  }

  /// One slip as documented for `slips --json`.
  private static func write(_ slip: Slip, _ status: WriterStatus?, _ words: WriterWords, to root: inout JSONWriter) {
    let submission = slip.submission
    root.field("receipt", slip.receipt)
    root.field("spoken", ReceiptCode.spoken(slip.receipt, inChinese: words.language == .zh))
    root.field("submission", submission.holding.number)
    root.field("suggestion", submission.holding.root)
    root.field("channel", submission.channel)
    root.field("book", submission.book)
    root.field("page", submission.page)
    root.field("line", submission.line)
    root.field("submitted_at", submission.holding.submittedAt.map(LocalTime.rfc3339))
    root.field("received_at", LocalTime.rfc3339(submission.holding.receivedAt))
    root.field("excerpt", submission.excerpt)
    if let status {
      root.object("status") { words.write(status, receipt: slip.receipt, to: &$0) }
    } else {
      root.null("status")
    }
  }
}

extension WriterStatus {
  /// Since when there is something to bring to a person who has no account: a result, or a question. Nil for none.
  var broughtBack: Int64? {
    switch stage {
    case .answered, .closed, .notTakenUp, .waiting: steps.last { $0.what != .extended }?.at
    case .received, .considered, .assigned, .restricted: nil
    }
  }
}
