import ArgumentParser
import Foundation
import Store
import Suggestions

struct QuarantineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine", abstract: "没收进来的记录 / records that could not be taken in",
    subcommands: [List.self, Show.self, Retry.self, Discard.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出 / list them (JSON Lines with --json)")
    @OptionGroup var common: CommonOptions
    @Flag(help: "已处理的也列出 / settled ones too") var all = false

    func run() throws {
      let store = try common.openStore(.existing)
      let items = try common.onStore { () throws(StoreFault) in try store.quarantine(state: all ? nil : .waiting) }
      if common.json {
        var writer = JSONWriter()
        for item in items {
          writer.object { QuarantineScreen.write(item, to: &$0) }
          writer.newline()
        }
        print(writer.text, terminator: "")
      } else {
        print(QuarantineScreen(messages: common.messages).table(items))
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "看一条的原始字节（记入历史）/ the bytes of one; the look is logged")
    @OptionGroup var common: CommonOptions
    @Argument(help: "编号 / number") var id: Int
    @Option(help: "谁在看 / who looks") var actor: String = NSUserName()
    @Option(help: "为什么 / why") var reason: String = "mending a record in quarantine"

    func run() throws {
      let store = try common.openStore(.existing)
      let act = try StaffAct.of(actor: actor, reason: reason, common.messages)
      let found = try common.onStore { () throws(StoreFault) in try store.openQuarantine(id: id, by: act) }
      guard let opened = found else { throw Outcome.findings(common.messages.noQuarantine(id)) }
      if common.json {
        var writer = JSONWriter()
        writer.object {
          QuarantineScreen.write(opened.item, to: &$0)
          $0.field("bytes_base64", Data(opened.bytes).base64EncodedString())
        }
        writer.newline()
        print(writer.text, terminator: "")
      } else {
        print(QuarantineScreen(messages: common.messages).detail(opened))
      }
    }
  }

  struct Retry: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retry", abstract: "再收一次：修好档案或规则后，或用 --with 换上改好的内容 / take in again once the cause is mended")
    @OptionGroup var common: CommonOptions
    @Argument(help: "编号，不给则全部 / numbers; all that wait when none is given") var ids: [Int] = []
    @Option(name: .customLong("with"), help: "改好的文件，只用于一条 / a mended file, for one number") var mended: String?
    @Option(help: "谁 / who") var actor: String = NSUserName()

    func validate() throws {
      if mended != nil && ids.count != 1 { throw ValidationError("--with 只能配一个编号 / --with goes with one number") }
    }

    func run() throws {
      let bytes = try mended.map { path in
        guard let data = FileManager.default.contents(atPath: path) else {
          throw Outcome.notStarted(common.messages.input(.missing(path), known: []))
        }
        return (bytes: Array(data), isFile: true)
      }
      let outcome = try QuarantineRetry(common: common, actor: actor).run(ids, mended: bytes)
      if common.json {
        var writer = JSONWriter()
        writer.object {
          $0.field("tried", outcome.tried)
          $0.field("taken_in", outcome.takenIn)
          $0.field("waiting", outcome.tried - outcome.takenIn)
        }
        writer.newline()
        print(writer.text, terminator: "")
      } else {
        print(
          common.messages(
            "重收 \(outcome.tried) 条，收进 \(outcome.takenIn) 条，仍有 \(outcome.tried - outcome.takenIn) 条在隔离区。",
            "\(outcome.tried) tried, \(outcome.takenIn) taken in, \(outcome.tried - outcome.takenIn) still in quarantine."))
      }
      if outcome.takenIn < outcome.tried { throw Outcome.findings() }
    }
  }

  struct Discard: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "discard", abstract: "放弃一条（记入历史）/ give one up; logged")
    @OptionGroup var common: CommonOptions
    @Argument(help: "编号 / number") var id: Int
    @Option(help: "谁 / who") var actor: String = NSUserName()
    @Option(help: "为什么 / why") var reason: String

    func run() throws {
      let store = try common.openStore(.existing)
      let act = try StaffAct.of(actor: actor, reason: reason, common.messages)
      let isDone = try common.onStore { () throws(StoreFault) in try store.discardQuarantine(id: id, by: act) }
      guard isDone else { throw Outcome.findings(common.messages.noQuarantine(id)) }
      if common.json {
        print("{\"discarded\":\(id)}")
      } else {
        common.note(common.messages("已放弃第 \(id) 条。", "record \(id) discarded."))
      }
    }
  }
}

extension StaffAct {
  static func of(actor: String, reason: String, _ messages: Messages) throws -> StaffAct {
    guard let act = StaffAct(actor: actor, reason: reason, at: Int64(Date().timeIntervalSince1970)) else {
      throw Outcome.notStarted(messages("请写明是谁、为什么。", "say who and why."))
    }
    return act
  }
}

extension Messages {
  func noQuarantine(_ id: Int) -> String {
    self("隔离区没有待处理的第 \(id) 条。", "no waiting record \(id) in quarantine.")
  }
}

/// Quarantine for people and for programs.
struct QuarantineScreen {
  let messages: Messages

  func table(_ items: [QuarantineItem]) -> String {
    guard !items.isEmpty else { return messages("隔离区是空的。", "Quarantine is empty.") }
    var table = TextTable(
      columns: [
        (messages("编号", "id"), .right), (messages("文件", "file"), .left), (messages("第几条", "record"), .right),
        (messages("行:列", "line:col"), .left), (messages("原因", "reason"), .left), (messages("说明", "detail"), .left),
        (messages("字节", "bytes"), .right), (messages("状态", "state"), .left),
      ])
    for item in items {
      table.add([
        String(item.id), item.file, String(item.ordinal), "\(item.faultLine):\(item.faultColumn)",
        messages.word(item.reason), TextTable.cut(item.detail, to: 40), messages.grouped(item.totalBytes),
        messages.word(item.state.code),
      ])
    }
    return table.text
  }

  func detail(_ opened: OpenedQuarantine) -> String {
    let item = opened.item
    let text = String(decoding: opened.bytes.prefix(4096), as: UTF8.self)
    return [
      table([item]),
      messages("在文件第 \(item.byteOffset) 字节起；以下是原始内容", "from byte \(item.byteOffset) of the file; its content")
        + (opened.bytes.count > 4096 ? messages("（前 4096 字节）：", " (first 4096 bytes):") : messages("：", ":")),
      String(text.unicodeScalars.map { $0.value < 32 && $0 != "\n" && $0 != "\t" ? "␀" : Character($0) }),
    ].joined(separator: "\n")
  }

  static func write(_ item: QuarantineItem, to writer: inout JSONWriter) {
    writer.field("id", item.id)
    writer.field("source", item.source)
    writer.field("profile", item.profile)
    writer.field("file", item.file)
    writer.field("record", item.ordinal)
    writer.field("line", item.line)
    writer.field("byte_offset", item.byteOffset)
    writer.field("fault_line", item.faultLine)
    writer.field("fault_column", item.faultColumn)
    writer.field("reason", item.reason)
    writer.field("detail", item.detail)
    writer.field("bytes", item.totalBytes)
    writer.field("state", item.state.code)
    if let submission = item.submission { writer.field("submission", submission) } else { writer.null("submission") }
  }
}
