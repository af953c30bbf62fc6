import ArgumentParser
import Store
import Suggestions

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "备份到一个新文件，收件时也可以 / copies the store into a new file, also while files are taken in",
    discussion: """
      备份里没有密钥，也没有删除记录：请把 PATH.keys 与 PATH.erased 另行保存在别处，恢复时放回。
      Keys and the journal of erasures are not in it: keep PATH.keys and PATH.erased apart from it, and put them back \
      before restoring.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "备份文件，不能已存在 / the file; it must not exist") var file: String

  func run() throws {
    let store = try common.openStore(.existing)
    let messages = common.messages
    let outcome = try common.onStore { () throws(StoreFault) in try store.backup(to: file) }
    switch outcome {
    case .failure(let refusal): throw messages.outcome(refusal)
    case .success(let report):
      // For the console to show; a store that cannot be written to was copied all the same.
      try? store.note(BackupNote(at: LocalTime.now, event: report.head.event, bytes: report.bytes))
      if common.json {
        common.printJSON {
          $0.field("file", file)
          $0.field("bytes", report.bytes)
          $0.field("submissions", report.submissions)
          $0.object("head") { $0.write(report.head) }
        }
      } else {
        print(
          messages(
            "已备份到 \(file)：来件 \(messages.grouped(report.submissions))，\(messages.grouped(report.bytes)) 字节，历史末端 \(report.head.event) \(report.head.hash)。密钥另存。",
            "backed up to \(file): \(messages.grouped(report.submissions)) submissions, \(messages.grouped(report.bytes)) bytes, head of history \(report.head.event) \(report.head.hash). Keep the keys apart."))
      }
    }
  }
}

extension JSONWriter {
  mutating func write(_ head: HistoryHead) {
    field("event", head.event)
    field("hash", head.hash)
  }
}

extension Messages {
  func outcome(_ refusal: BackupRefusal) -> Outcome {
    switch refusal {
    case .exists(let path):
      .notStarted(self("\(path) 已存在；备份从不覆盖文件。", "\(path) exists; a backup never writes over a file."))
    case .unwritable(let path): .notStarted(self("\(path) 写不了。", "cannot write \(path)."))
    case .damaged(let damage): .findings(self("副本不完好，没有留下：", "the copy is not sound and was not kept: ") + damaged(damage))
    }
  }

  func damaged(_ damage: DamagedCopy) -> String {
    switch damage {
    case .notAStore: self("不是金点子的存储", "not a store of golden-ideas")
    case .pages(let count): self("数据库文件损坏（\(count) 处）", "the database file is damaged (\(count) findings)")
    case .history(let event): self("历史链在事件 \(event) 处断裂", "the history breaks at event \(event)")
    }
  }
}
