import ArgumentParser
import Rules
import Store
import Suggestions

struct HotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hot", abstract: "近来说的人多的事：人数、涨势、渠道和地方、办结后又发生几次 / what many speak of lately: people, growth, channels, areas, and how often it came again")
  @OptionGroup var common: CommonOptions
  @Option(help: "看多少天 / days looked at") var days = 30
  @Option(help: "到哪一天为止（含），默认最近一条来件的那天 / last day; default: that of the latest submission") var until: String?
  @Option(help: "最多几件 / at most so many") var limit = 20
  @Flag(help: "敏感通道（受限）/ the sensitive track, restricted") var sensitive = false

  func validate() throws {
    guard days > 0, limit > 0 else { throw ValidationError("--days、--limit 应大于 0 / above 0") }
    if let until, CivilTime.dayNumber(until) == nil {
      throw ValidationError("--until 要写成 2025-07-31 / a date such as 2025-07-31")
    }
  }

  func run() throws {
    let store = try common.openStore(.existing)
    let latest = try common.onStore { () throws(StoreFault) in try store.latestSubmission() }
    let last = until.flatMap { CivilTime.dayNumber($0) } ?? CivilTime(latest ?? LocalTime.now).dayNumber
    let end = Int64(last + 1) * 86_400 - Int64(CivilTime.chinaOffset)
    let matters = try common.onStore { () throws(StoreFault) in
      try store.hotMatters(
        until: end, length: Int64(days) * 86_400, limit: limit, track: sensitive ? .sensitive : .ordinary)
    }
    if common.json { printJSON(matters, end) } else { print(try words(matters)) }
  }

  private func words(_ matters: [HotMatter]) throws -> String {
    let messages = common.messages
    guard !matters.isEmpty else {
      return messages("这 \(days) 天里没有两个人以上说到、或办结后又发生的事。", "nothing that two or more people spoke of, or that came again, in these \(days) days.")
    }
    let names = BookNames(book: try common.loadBook(), language: common.language)
    var table = TextTable(
      columns: [
        (messages("热度", "heat"), .right), (messages("编号", "id"), .right), (messages("人数", "people"), .right),
        (messages("前期", "before"), .right), (messages("次", "cases"), .right),
        (messages("渠道", "doors"), .right), (messages("地方", "areas"), .right),
        (messages("主题", "topic"), .left), (messages("内容", "text"), .left),
      ])
    for matter in matters {
      let text = matter.title.isEmpty ? matter.excerpt : matter.title + "：" + matter.excerpt
      table.add([
        "\(matter.heat / 10).\(matter.heat % 10)", "\(matter.id)", "\(matter.people)", "\(matter.before)",
        "\(max(1, matter.cases.count))", "\(matter.channels.count)", "\(matter.areas.count)",
        TextTable.cut(names.topic(matter.topic) ?? messages("未识别", "none"), to: 14),
        TextTable.cut(text.split(whereSeparator: \.isWhitespace).joined(separator: " "), to: 44) + earlier(matter),
      ])
    }
    return table.text
  }

  /// 〔办过 12、47〕: the cases before the one shown.
  private func earlier(_ matter: HotMatter) -> String {
    let cases = matter.cases.dropLast().map(String.init)
    if cases.isEmpty { return "" }
    return common.messages("  〔办过 \(cases.joined(separator: "、"))〕", "  (before: \(cases.joined(separator: ", ")))")
  }

  private func printJSON(_ matters: [HotMatter], _ end: Int64) {
    common.printJSON { root in
      root.field("until", LocalTime.rfc3339(end))
      root.field("days", days)
      root.array("matters") { list in
        for matter in matters {
          list.object {
            $0.field("id", matter.id)
            $0.field("heat", Double(matter.heat) / 10, decimals: 1)
            $0.field("people", matter.people)
            $0.field("before", matter.before)
            $0.field("submissions", matter.submissions)
            $0.field("times", max(1, matter.cases.count))
            $0.field("again", matter.again)
            $0.array("cases") { numbers in for id in matter.cases { numbers.field(nil, id) } }
            $0.array("channels") { codes in for code in matter.channels { codes.field(nil, code) } }
            $0.array("areas") { codes in for code in matter.areas { codes.field(nil, code) } }
            $0.field("topic", matter.topic)
            $0.field("support", matter.support)
            $0.field("title", matter.title)
            $0.field("excerpt", matter.excerpt)
          }
        }
      }
    }
  }
}
