import ArgumentParser
import Casework
import Rules
import Store
import Suggestions

/// What a unit, a station or the whole city has to do, by when it is due.
struct InboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inbox", abstract: "在办事项，按到期先后；给出单位就是它的收件箱 / cases under way by due time; of one unit where it is named")
  @OptionGroup var common: CommonOptions
  @Option(help: "部门编码、编码@区划、station:驿站 / CODE, CODE@REGION or station:CODE") var unit: String?
  @Option(help: "状态，可多次 / state; may be repeated") var state: [String] = []
  @Flag(help: "只看已到期的 / overdue ones only") var overdue = false
  @Option(help: "只看多久以内到期的，已到期的也在内：90m 2h 3d / due within; overdue ones too") var dueWithin: String?
  @Flag(help: "只看督办的 / supervised ones only") var supervised = false
  @Flag(help: "敏感通道（受限）/ the sensitive track, restricted") var sensitive = false
  @Option(help: "最多几件 / at most so many") var limit = 50

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit > 0") }
    if overdue, dueWithin != nil {
      throw ValidationError("--overdue 与 --due-within 给一个 / give either --overdue or --due-within")
    }
  }

  func run() throws {
    let book = try common.loadBook()
    let store = try common.openStore(.existing)
    let states = try state.map { code in
      guard let state = CaseState.allCases.first(where: { $0.code == code }) else {
        throw Outcome.notStarted(
          common.messages(
            "--state 不认识 \(code)；可用：\(CaseState.allCases.map(\.code).joined(separator: " "))",
            "--state does not know \(code); known: \(CaseState.allCases.map(\.code).joined(separator: " "))"))
      }
      return state
    }
    let now = LocalTime.now
    let span = try dueWithin.map { text in
      guard let span = InboxCommand.span(text) else {
        throw Outcome.notStarted(
          common.messages("--due-within 应为 90m、2h 或 3d，不是 \(text)", "--due-within is 90m, 2h or 3d, not \(text)"))
      }
      return span
    }
    let filter = DeskFilter(
      handler: try unit.map { try CaseHandler(unit: $0, book, common.messages) },
      states: states.isEmpty ? DeskFilter.open : Set(states), tracks: [sensitive ? .sensitive : .ordinary],
      dueBy: overdue ? now : span.map { now + $0 }, isSupervised: supervised)
    let items = try common.onStore { () throws(StoreFault) in try store.desk(filter, limit: limit) }
    if common.json {
      var writer = JSONWriter()
      for item in items {
        InboxCommand.write(item, to: &writer)
        writer.newline()
      }
      print(writer.text, terminator: "")
    } else {
      print(table(items, BookNames(book: book, language: common.language), now))
    }
  }

  /// Seconds of `90m`, `2h` or `3d`, up to a year.
  static func span(_ text: String) -> Int64? {
    let units: [Character: Int64] = ["m": 60, "h": 3_600, "d": 86_400]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count > 0,
      text.dropLast().allSatisfy(\.isWholeNumber), count <= 366 * 86_400 / unit
    else { return nil }
    return count * unit
  }

  private func table(_ items: [DeskItem], _ names: BookNames, _ now: Int64) -> String {
    let messages = common.messages
    guard !items.isEmpty else { return messages("没有在办事项。", "No cases under way.") }
    var table = TextTable(
      columns: [
        (messages("到期", "due"), .left), (messages("还剩", "left"), .right), (messages("编号", "id"), .right),
        (messages("状态", "state"), .left), (messages("主题", "topic"), .left), (messages("地点", "place"), .left),
        (messages("承办", "unit"), .left), (messages("内容", "text"), .left),
      ])
    for item in items {
      let text = item.title.isEmpty ? item.excerpt : item.title + "：" + item.excerpt
      var notes: [String] = []
      if item.isSupervised { notes.append(messages("督办", "supervised")) }
      if item.round > 0 { notes.append(messages("重办", "reopened")) }
      if item.returns > 0 { notes.append(messages("退单 \(item.returns)", "returned \(item.returns)")) }
      table.add([
        item.nextDue.map { LocalTime.short($0) + (item.isProvisional ? messages("（待定）", " (provisional)") : "") } ?? "",
        item.nextDue.map { messages.span($0 - now) } ?? "", String(item.id), messages.word(item.state.code),
        TextTable.cut(names.topic(item.topic) ?? "", to: 14), TextTable.cut(names.region(item.region) ?? "", to: 14),
        TextTable.cut(item.handler.map(names.handler) ?? "", to: 24),
        TextTable.cut(text.split(whereSeparator: \.isWhitespace).joined(separator: " "), to: 40)
          + (notes.isEmpty ? "" : "  〔" + notes.joined(separator: messages("，", ", ")) + "〕"),
      ])
    }
    return table.text
  }

  /// One case as documented for `inbox --json`.
  static func write(_ item: DeskItem, to writer: inout JSONWriter) {
    writer.object { root in
      root.field("id", item.id)
      root.field("receipt", item.receipt)
      root.field("state", item.state.code)
      root.field("kind", item.kind)
      root.field("urgency", item.urgency)
      root.field("topic", item.topic)
      root.field("region", item.region)
      root.field("unit", item.handler?.text)
      root.field("version", item.version)
      root.field("round", item.round)
      root.field("returns", item.returns)
      root.field("supervised", item.isSupervised)
      root.field("answer_due", item.answerDue.map(LocalTime.rfc3339))
      root.field("next_due", item.nextDue.map(LocalTime.rfc3339))
      root.field("provisional", item.isProvisional)
      root.field("support", item.support)
      root.field("title", item.title)
      root.field("excerpt", item.excerpt)
    }
  }
}

extension Messages {
  /// A stretch of time as people say it; a minus sign before what is over.
  func span(_ seconds: Int64) -> String {
    let sign = seconds < 0 ? "-" : ""
    let minutes = abs(seconds) / 60
    if minutes < 120 { return sign + self("\(minutes) 分", "\(minutes) min") }
    if minutes < 48 * 60 { return sign + self("\(minutes / 60) 小时", "\(minutes / 60) h") }
    return sign + self("\(minutes / 1440) 天", "\(minutes / 1440) d")
  }
}
