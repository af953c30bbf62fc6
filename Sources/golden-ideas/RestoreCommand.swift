import ArgumentParser
import Pipeline
import Store
import Suggestions
import Text

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "用备份重建存储，补做其后的删除并核对 / makes a store of a backup, erases what was erased since, verifies",
    discussion: """
      用的是存储旁边现有的密钥文件（PATH.keys）和删除记录（PATH.erased）。已有的存储加 --force 才会移到 PATH.before-restore；确认后请删掉它，以后的删除管不到它。备份之后停用的用户、改过的口令会回到备份时的样子，请重新核对。
      The key file (PATH.keys) and the journal of erasures (PATH.erased) are those beside the store as they are now. A \
      store that is there is put aside as PATH.before-restore with --force; delete it when all is well, as later erasures \
      do not reach it. Users and passwords are again as they were in the backup: look at them.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "备份文件 / the backup") var file: String
  @Flag(help: "已有的存储移到一旁 / put a store that is there aside") var force = false
  @Option(help: "谁 / who") var actor: String = SystemUser.name
  @Option(help: "为什么 / why") var reason: String = "restored from a backup"

  func run() throws {
    let messages = common.messages
    let act = try StaffAct.of(actor: actor, reason: reason, messages)
    let plan = RestorePlan(
      url: common.database, isForced: force, folding: Folding.version, rules: try common.caseworkRules())
    let outcome = try common.onStore { () throws(StoreFault) in
      try SuggestionStore.restore(file, as: plan, act: act)
    }
    switch outcome {
    case .failure(let refusal): throw messages.outcome(refusal, file: file)
    case .success(let report):
      let counts = report.verification.counts
      if common.json {
        common.printJSON { root in
          root.object("counts") { $0.write(counts) }
          root.field("replayed_erasures", report.replayed.count)
          root.object("backup_head") { $0.write(report.head) }
          root.object("head") { $0.write(report.verification.historyHead) }
          root.field("aside", report.aside)
        }
      } else {
        print(
          messages(
            "已恢复并核对：来件 \(messages.grouped(counts.submissions))，事项 \(messages.grouped(counts.suggestions))，事件 \(counts.events)；补做删除 \(report.replayed.count) 件。备份的历史末端 \(report.head.event) \(report.head.hash)。所有人须重新登录。",
            "restored and verified: \(messages.grouped(counts.submissions)) submissions, \(messages.grouped(counts.suggestions)) suggestions, \(counts.events) events; \(report.replayed.count) erasures replayed. Head of the backup's history \(report.head.event) \(report.head.hash). Everybody signs in anew."))
        if let aside = report.aside {
          common.note(messages("原来的存储在 \(aside)，确认后请删除。", "the store of before lies at \(aside); delete it when all is well."))
        }
      }
    }
  }
}

extension Messages {
  func outcome(_ refusal: RestoreRefusal, file: String) -> Outcome {
    switch refusal {
    case .missing(let path): .notStarted(self("找不到文件：\(path)。", "no such file: \(path)."))
    case .damaged(let damage): .findings(self("备份 \(file) 不能用：", "the backup \(file) is of no use: ") + damaged(damage))
    case .exists(let path):
      .notStarted(self("\(path) 已有存储；加 --force 把它移到一旁。", "there is a store at \(path); --force puts it aside."))
    case .asideExists(let path):
      .notStarted(self("上次移开的存储还在 \(path)；请先移走或删除。", "the store an earlier restore put aside is still at \(path); move or delete it first."))
    case .otherKeys(let path):
      .notStarted(self("密钥文件 \(path) 不属于这个备份。", "the key file \(path) is not this backup's."))
    case .missingJournal(let path):
      .notStarted(
        self("有密钥已销毁，却没有删除记录 \(path)；没有它，删除过的内容会回来。请先放回。",
          "keys were destroyed, but the journal of erasures \(path) is missing; what was erased would come back. Put it back first."))
    case .unwritable(let path): .notStarted(self("\(path) 写不了。", "cannot write \(path)."))
    case .unsound(let faults):
      .findings(
        ([self("恢复出的存储不完好，没有启用：", "the restored store is not sound and was not put in place:")]
          + faults.map { "  " + verification($0) }).joined(separator: "\n"))
    }
  }
}
