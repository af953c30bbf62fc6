import ArgumentParser
import Foundation
import Pipeline
import Rules
import Store
import Suggestions

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "把随附样例收进单独的存储，一屏看结果 / the shipped fixtures into a store of their own, on one screen")

  @OptionGroup var common: CommonOptions

  @Option(help: "样例目录 / folder of the fixtures")
  var fixtures: String = "fixtures/inbox"

  @Flag(help: "然后打开网页工作台，各种身份的演示用户都有 / then open the console, with a user of each role")
  var serve = false

  @OptionGroup var door: DoorOptions

  func run() async throws {
    var options = common
    let isDefault = ProcessInfo.processInfo.environment["GOLDEN_IDEAS_DATABASE"] == nil && common.database == "sqlite:golden-ideas.db"
    if isDefault { options.database = "sqlite:golden-ideas-demo.db" }
    let result = try Intaking(common: options, source: nil, profile: nil, threads: 2, isDryRun: false)
      .run([fixtures], command: "demo")
    let store = try options.openStore(.existing)
    let screen = try DemoScreen(result, store: store, options)
    print(common.json ? result.json : screen.text, terminator: "")
    if result.report.wasInterrupted { throw Outcome.interrupted }
    guard serve else { return }
    let users = try DemoUsers(options).make(in: store)
    try store.close()
    try await Serving(common: options, door: door, demoUsers: users).run()
  }
}

/// One screen: what came in from where, what became of it, the top of the queue, and what to type next.
struct DemoScreen {
  private let result: Intaking.Result
  private let options: CommonOptions
  private let sources: [IntakeCount]
  private let counts: QueueCounts
  private let top: [QueueItem]
  private let names: BookNames

  init(_ result: Intaking.Result, store: SuggestionStore, _ options: CommonOptions) throws {
    self.result = result
    self.options = options
    sources = try options.onStore { () throws(StoreFault) in try store.intakeCounts() }
    counts = try options.onStore { () throws(StoreFault) in try store.queueCounts(track: nil) }
    top = try options.onStore { () throws(StoreFault) in try store.queue(limit: 8, track: .ordinary, names: .standard) }
    names = BookNames(book: try options.loadBook(), language: options.language)
  }

  var text: String {
    let messages = options.messages
    var lines = ["", messages("金点子 · 样例收件", "Golden Ideas · the fixtures"), ""]
    lines += [intake, ""]
    let total = result.report.total
    lines.append(
      messages(
        "读入 \(total.read) = 新 \(total.new) + 更正 \(total.revised) + 未变 \(total.unchanged) + 隔离 \(total.quarantined)；相同 \(total.exact) 条已并入，近似 \(total.near) 条待确认；\(TextTable.seconds(result.seconds)) 秒。",
        "read \(total.read) = \(total.new) new + \(total.revised) revised + \(total.unchanged) unchanged + \(total.quarantined) quarantined; \(total.exact) exact duplicates joined, \(total.near) near ones to confirm; \(TextTable.seconds(result.seconds)) s."))
    lines += ["", messages("待审核 \(counts.pending) 件", "\(counts.pending) suggestions wait for review")]
    lines.append(row(messages("类别", "kind"), counts.kinds) { messages.word($0) })
    lines.append(row(messages("主题", "topic"), counts.topics) { names.topic($0) ?? $0 })
    lines.append(row(messages("承办", "lead"), counts.leads) { code in names.department(code, tier: nil, region: nil) ?? code })
    lines.append(row(messages("通道", "track"), counts.tracks) { messages.word($0) })
    lines += ["", messages("队列最前", "Top of the queue"), QueueScreen(top, names: names, messages: messages).text, ""]
    lines.append(messages("接下来可以：", "What to type next:"))
    let database = options.database == "sqlite:golden-ideas.db" ? "" : " --database \(options.database)"
    let tool = ".build/release/golden-ideas"
    if let first = top.first {
      lines.append(next("\(tool) show \(first.id)\(database)", messages("看一件的判定与依据", "one suggestion, and why it was judged so")))
    }
    lines.append(next("\(tool) queue --limit 50\(database)", messages("看整个队列", "the whole queue")))
    if total.quarantined > 0 {
      lines.append(next("\(tool) quarantine list\(database)", messages("看没收进来的 \(total.quarantined) 条", "the \(total.quarantined) records not taken in")))
    }
    lines.append(next("\(tool) rules explain 花溪路口电力井盖破了", messages("试一试规则", "try the rules")))
    lines.append(next("\(tool) ingest 文件或目录", messages("收自己的文件", "take in files of your own")))
    return lines.joined(separator: "\n") + "\n"
  }

  private func next(_ command: String, _ what: String) -> String { "  \(command)\n      \(what)" }

  private var intake: String {
    let messages = options.messages
    var table = TextTable(
      columns: [
        (messages("来源", "source"), .left), (messages("渠道", "channel"), .left), (messages("来件", "submissions"), .right),
        (messages("有更正", "revised"), .right), (messages("隔离", "quarantined"), .right),
      ])
    for source in sources {
      let channels = source.channels.prefix(3).map { messages.word($0.channel) }.joined(separator: messages("、", ", "))
      table.add([
        TextTable.cut(source.source, to: 28), channels, messages.grouped(source.submissions),
        messages.grouped(source.revised), messages.grouped(source.quarantined),
      ])
    }
    return table.text
  }

  private func row(_ label: String, _ counts: [CodeCount], _ name: (String) -> String) -> String {
    let shown = counts.prefix(6).map { entry in
      (entry.code.map(name) ?? options.messages("未识别", "none")) + " \(entry.count)"
    }
    let rest = counts.dropFirst(6).reduce(0) { $0 + $1.count }
    let tail = rest > 0 ? [options.messages("其余 \(rest)", "others \(rest)")] : []
    return "  \(label)  " + (shown + tail).joined(separator: " · ")
  }
}
