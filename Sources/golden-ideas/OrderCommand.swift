import ArgumentParser
import Casework
import Rules
import Store
import Suggestions

/// 承办通知单, for a unit that has no account or wants paper.
struct OrderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order",
    abstract: "承办通知单：一页 A4；给出 --url 就带免登录答复的二维码 / an order on one page to print; with --url it carries a link to answer without an account")

  @OptionGroup var common: CommonOptions

  @Argument(help: "编号或回执码 / a number or a receipt code")
  var id: String

  @Option(help: ArgumentHelp("写到网页文件，不给则写到标准输出 / write to this page; else to standard output", valueName: "file.html"))
  var output: String?

  @Option(
    name: [.customLong("url"), .customLong("link")],
    help: ArgumentHelp("答复链接里令牌前面的网址 / address before the token of the link", valueName: "prefix"))
  var url: String?

  @Option(help: "链接几天内有效 / days the link is good for")
  var days = 15

  @Flag(help: "印上来件人的联系方式和门牌号；须先有 act release-contact，查看记入历史 / with contact and door number, where they were released for this order; the look is logged")
  var releaseContact = false

  @Option(help: "谁在打印 / who prints") var actor: String = SystemUser.name

  func validate() throws {
    guard (1...90).contains(days) else { throw ValidationError("--days 1…90") }
    if let url, !SlipsCommand.isAddress(url) { throw ValidationError("--url https://…") }
  }

  func run() throws {
    let messages = common.messages
    let book = try common.loadBook()
    let rules = try common.caseworkRules(book)
    let store = try common.openStore(.existing)
    let number = try common.suggestion(id, in: store)
    let (detail, history) = try common.onStore { () throws(StoreFault) in
      (
        try store.suggestion(id: "\(number)", members: 1, names: .standard),
        try store.caseHistory(of: number, regionPath: rules.regionPath)
      )
    }
    guard let detail, let history, let file = try? history.file() else {
      throw Outcome.findings(messages.noSuggestion(id))
    }
    let assembly = OrderAssembly(book: book, language: common.language, rules: rules)
    guard let (event, _, unit) = try? history.standingOrder(),
      var order = assembly.order(on: detail, history, asOf: LocalTime.now)
    else {
      throw Outcome.findings(messages.answerLink(.noOrder(file.state), id))
    }
    if releaseContact, (try? history.isContactReleased()) != true {
      throw Outcome.findings(messages.notReleased(number))
    }
    var link: (token: String, until: Int64)?
    if let url {
      let until = LocalTime.now + Int64(days) * 86_400
      let token = try common.answerLink(on: number, named: id, until: until, by: actor, store, rules).token
      link = (token, until)
      order.link = (url + token, until)
    }
    if releaseContact { order.contact = try contact(number, order, assembly, store) }
    let page = OrderPage(order, words: common.writerWords(book)).markup()
    if let output { try ReportFile(output, common, noun: ("通知单", "order")).write(page) }
    if common.json {
      common.printJSON {
        $0.field("id", number)
        $0.field("order", order.ordinal)
        $0.field("unit", unit.text)
        $0.field("ordered_at", LocalTime.rfc3339(event.at))
        $0.field("link", order.link?.address)
        $0.field("link_until", link.map { LocalTime.rfc3339($0.until) })
      }
    } else if output == nil {
      print(page, terminator: "")
    }
  }

  private func contact(
    _ number: Int, _ order: DispatchOrder, _ assembly: OrderAssembly, _ store: SuggestionStore
  ) throws -> String? {
    let reason = common.messages("派单", "order") + " \(order.number)-\(order.ordinal)"
    let act = try StaffAct.of(actor: actor, reason: reason, common.messages)
    return try common.onStore { () throws(StoreFault) in try assembly.contact(of: number, by: act, in: store) }
  }
}
