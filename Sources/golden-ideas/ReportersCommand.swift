import ArgumentParser
import Foundation
import Rules
import Store
import Suggestions

/// 移动信息员: who reports from the road, and what came of it. Nothing of it is part of an export or a digest.
struct ReportersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reporters",
    abstract: "移动信息员：登记、贡献、退出；不公开 / mobile reporters: the register and what they brought in; never public",
    subcommands: [Add.self, List.self, Change.self, Retire.self, Reinstate.self], defaultSubcommand: List.self)

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "登记 / add a reporter")
    @OptionGroup var common: CommonOptions
    @Argument(help: "工牌号 / badge number") var badge: String
    @Option(help: "姓名（封存，不外传）/ name; kept sealed") var name: String
    @Option(help: "活动区域，区划编码 / area, by region code") var area: String
    @Option(help: "谁登记 / who adds") var actor: String = SystemUser.name

    func run() throws {
      let book = try common.loadBook()
      let area = try common.area(area, book)
      let store = try common.openStore(.existing)
      let reporter = try common.changed { () throws(StoreFault) in
        try store.addReporter(badge, name: name, area: area, by: actor, at: LocalTime.now)
      }
      common.show(reporter, book, common.messages("已登记 \(reporter.badge)。", "\(reporter.badge) added."))
    }
  }

  struct Change: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "change", abstract: "更正姓名或区域 / correct a name or an area")
    @OptionGroup var common: CommonOptions
    @Argument(help: "工牌号 / badge number") var badge: String
    @Option(help: "姓名 / name") var name: String?
    @Option(help: "活动区域，区划编码 / area, by region code") var area: String?
    @Option(help: "谁更正 / who corrects") var actor: String = SystemUser.name

    func validate() throws {
      if name == nil, area == nil { throw ValidationError("--name 或 --area / give --name or --area") }
    }

    func run() throws {
      let book = try common.loadBook()
      let area = try area.map { try common.area($0, book) }
      let store = try common.openStore(.existing)
      let reporter = try common.changed { () throws(StoreFault) in
        try store.changeReporter(badge, name: name, area: area, by: actor, at: LocalTime.now)
      }
      common.show(reporter, book, common.messages("已更正 \(reporter.badge)。", "\(reporter.badge) corrected."))
    }
  }

  struct Retire: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retire", abstract: "退出：以前的贡献照算；--forget 连姓名一起删，不能恢复 / retire; what was brought in stays counted")
    @OptionGroup var common: CommonOptions
    @Argument(help: "工牌号 / badge number") var badge: String
    @Flag(help: "删去姓名 / forget the name as well") var forget = false
    @Option(help: "谁办的 / who does it") var actor: String = SystemUser.name

    func run() throws {
      let book = try common.loadBook()
      let store = try common.openStore(.existing)
      let reporter = try common.changed { () throws(StoreFault) in
        try store.retireReporter(badge, isForgotten: forget, by: actor, at: LocalTime.now)
      }
      common.show(reporter, book, common.messages("\(reporter.badge) 已退出。", "\(reporter.badge) retired."))
    }
  }

  struct Reinstate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reinstate", abstract: "恢复退出的信息员 / take a retired reporter back")
    @OptionGroup var common: CommonOptions
    @Argument(help: "工牌号 / badge number") var badge: String
    @Option(help: "谁办的 / who does it") var actor: String = SystemUser.name

    func run() throws {
      let book = try common.loadBook()
      let store = try common.openStore(.existing)
      let reporter = try common.changed { () throws(StoreFault) in
        try store.reinstateReporter(badge, by: actor, at: LocalTime.now)
      }
      common.show(reporter, book, common.messages("\(reporter.badge) 已恢复。", "\(reporter.badge) is back."))
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "登记册，连同随手拍、随手帮、随口宣、随时报各几件 / the register with contributions by the four acts")
    @OptionGroup var common: CommonOptions
    @Option(help: ArgumentHelp("这天起写的 / written from this day on", valueName: "yyyy-MM-dd")) var since: String?
    @Option(help: ArgumentHelp("这天以前写的 / written before this day", valueName: "yyyy-MM-dd")) var before: String?

    func run() throws {
      let book = try common.loadBook()
      let store = try common.openStore(.existing)
      let start = try since.map { try common.moment($0, "--since") }
      let end = try before.map { try common.moment($0, "--before") }
      let (reporters, contributions) = try common.onStore { () throws(StoreFault) in
        (try store.reporters(), try store.reporterContributions(since: start, before: end))
      }
      var counts = Dictionary(uniqueKeysWithValues: contributions.map { ($0.badge, $0) })
      let entries = reporters.map { ($0, counts.removeValue(forKey: $0.badge)) }
      let others = contributions.filter { counts[$0.badge] != nil }
      let screen = ReporterScreen(names: BookNames(book: book, language: common.language), messages: common.messages)
      guard common.json else { return print(screen.text(entries, others)) }
      common.printJSON { root in
        root.array("reporters") { list in
          for (reporter, count) in entries {
            list.object {
              ReporterScreen.write(reporter, to: &$0)
              ReporterScreen.write(count ?? ReporterContributions(badge: reporter.badge), to: &$0)
            }
          }
        }
        root.array("unregistered") { list in
          for count in others {
            list.object {
              $0.field("badge", count.badge)
              ReporterScreen.write(count, to: &$0)
            }
          }
        }
      }
    }
  }
}

extension CommonOptions {
  fileprivate func area(_ code: String, _ book: RuleBook) throws -> String {
    guard let index = book.region(code: code) else {
      throw Outcome.notStarted(messages("没有区划 \(code)", "there is no region \(code)"))
    }
    return book.regions[index].code
  }

  /// Runs what changes the register; a refusal ends the command.
  fileprivate func changed(_ body: () throws(StoreFault) -> Result<Reporter, ReporterRefusal>) throws -> Reporter {
    switch try onStore(body) {
    case .success(let reporter): return reporter
    case .failure(let refusal): throw Outcome.findings(messages.reporter(refusal))
    }
  }

  fileprivate func show(_ reporter: Reporter, _ book: RuleBook, _ remark: String) {
    if json { printJSON { ReporterScreen.write(reporter, to: &$0) } } else { note(remark) }
  }
}

/// The register for people and for programs.
struct ReporterScreen {
  let names: BookNames
  let messages: Messages
  private static let acts: [Act] = [.photo, .help, .spread, .report]

  func text(
    _ entries: [(Reporter, ReporterContributions?)], _ others: [ReporterContributions]
  ) -> String {
    guard !entries.isEmpty || !others.isEmpty else { return messages("还没有信息员。", "No reporters yet.") }
    var table = TextTable(
      columns: [
        (messages("工牌", "badge"), .left), (messages("姓名", "name"), .left), (messages("区域", "area"), .left),
        (messages("状态", "state"), .left),
      ] + ReporterScreen.acts.map { (messages.word($0.code), .right) } + [
        (messages("其他", "other"), .right), (messages("共", "total"), .right), (messages("首报", "first"), .right),
      ])
    for (reporter, count) in entries {
      table.add(
        [
          reporter.badge, TextTable.cut(reporter.name ?? messages("（已删）", "(forgotten)"), to: 20),
          names.region(reporter.area) ?? reporter.area,
          reporter.retiredAt == nil ? messages("在册", "active") : messages("已退出", "retired"),
        ] + numbers(count))
    }
    for count in others { table.add([count.badge, "", "", messages("未登记", "not registered")] + numbers(count)) }
    return table.text
  }

  private func numbers(_ count: ReporterContributions?) -> [String] {
    let acts = ReporterScreen.acts + [Act.none]
    return (acts.map { count?.acts[$0] ?? 0 } + [count?.total ?? 0, count?.firsts ?? 0]).map(String.init)
  }

  /// An entry as documented for `reporters --json`.
  static func write(_ reporter: Reporter, to json: inout JSONWriter) {
    json.field("badge", reporter.badge)
    json.field("name", reporter.name)
    json.field("area", reporter.area)
    json.field("active", reporter.retiredAt == nil)
    json.field("added_at", LocalTime.rfc3339(reporter.addedAt))
    json.field("retired_at", reporter.retiredAt.map(LocalTime.rfc3339))
  }

  static func write(_ count: ReporterContributions, to json: inout JSONWriter) {
    json.object("acts") { acts in
      for act in ReporterScreen.acts { acts.field(act.code, count.acts[act] ?? 0) }
      acts.field("other", count.acts[Act.none] ?? 0)
    }
    json.field("total", count.total)
    json.field("firsts", count.firsts)
    json.field("last_at", count.lastAt.map(LocalTime.rfc3339))
  }
}
