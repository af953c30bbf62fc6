import ArgumentParser
import Foundation
import Pipeline
import Store
import Suggestions

/// What somebody wrote goes for good, on request or because its time is over.
struct EraseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "彻底删除来件：原文、联系方式、各版、依据，无法恢复 / erases submissions for good: texts, contacts, all versions",
    discussion: """
      编号、回执、来源、时间、分类代码和办理状态保留，但不再能看出是谁；附议不再计数；再次导入同一来件也不会回来。拆出的与原件一并删除。不给编号则补完中断的删除。
      Number, receipt, source, times, codes and the state of the case stay; nobody can tell whose they were. The voice no \
      longer counts, and importing the same record again does not bring it back. Parts and \
      what they were split out of go together. Without ids it ends what was interrupted.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "来件编号或回执码 / numbers or receipt codes of submissions") var ids: [String] = []
  @Option(help: "谁 / who") var actor: String = SystemUser.name
  @Option(help: "为什么（请不要写姓名）/ why, without a name") var reason: String

  func run() throws {
    let store = try common.openStore(.existing)
    let messages = common.messages
    let act = try StaffAct.of(actor: actor, reason: reason, messages)
    let lock = try common.onStore { () throws(StoreFault) in try IntakeLock(store: store) }
    defer { withExtendedLifetime(lock) {} }
    let numbers = try ids.map { id in
      let found = try common.onStore { () throws(StoreFault) in try store.submission(id: id) }
      guard let found else { throw Outcome.findings(messages.noSubmission(id)) }
      return found.number
    }
    let outcome = try common.onStore { () throws(StoreFault) in try store.erase(numbers, act: act) }
    switch outcome {
    case .failure(.unknown(let number)): throw Outcome.findings(messages.noSubmission("\(number)"))
    case .success(let report):
      if common.json { printJSON(report) } else { print(messages.erased(report)) }
      if !report.isFinished { throw Outcome.findings(messages.erasureWaits) }
    }
  }

  private func printJSON(_ report: ErasureReport) {
    common.printJSON { root in
      for (key, list) in [("erased", report.erased), ("replayed", report.replayed)] {
        root.array(key) { writer in
          for erased in list {
            writer.object {
              $0.field("submission", erased.number)
              $0.field("event", erased.event)
              $0.field("versions", erased.versions)
              $0.field("quarantined", erased.records)
              $0.field("events", erased.events)
              $0.array("published_issues") { list in for id in erased.publishedIssues { list.field(nil, id) } }
              $0.array("changed_issues") { list in for id in erased.changedIssues { list.field(nil, id) } }
            }
          }
        }
      }
      root.array("already") { list in for number in report.already { list.field(nil, number) } }
      root.field("segments", report.segments)
      root.field("finished", report.isFinished)
    }
  }
}

extension Messages {
  func noSubmission(_ id: String) -> String {
    self("没有编号或回执为 \(id) 的来件，什么也没有删除。", "no submission has the number or receipt \(id); nothing was erased.")
  }

  func erased(_ report: ErasureReport) -> String {
    var lines = report.erased.map { erased in
      self(
        "来件 \(erased.number) 已删除：\(erased.versions) 版，隔离记录 \(erased.records) 条，历史 \(erased.events) 条去掉文字。",
        "submission \(erased.number) erased: \(erased.versions) versions, \(erased.records) quarantined records, texts of \(erased.events) events.")
    }
    if !report.replayed.isEmpty {
      lines.append(self("补完以前的删除 \(report.replayed.count) 件。", "\(report.replayed.count) erasures of before were taken up again."))
    }
    for erased in report.erased + report.replayed {
      for id in erased.publishedIssues {
        lines.append(
          self(
            "已发布的月报 \(id) 里有来件 \(erased.number)：发出去的收不回来，也没有改；需要时另出勘误。",
            "the published issue \(id) shows submission \(erased.number): what went out stays as it is; an errata issue can say so."))
      }
      for id in erased.changedIssues {
        lines.append(
          self(
            "未发布的月报 \(id) 里对来件 \(erased.number) 的改写已删去，签署作废，重新编审。",
            "the rewriting of submission \(erased.number) is out of the unpublished issue \(id); its signatures are void."))
      }
    }
    for number in report.already { lines.append(self("来件 \(number) 早已删除。", "submission \(number) was erased before.")) }
    if lines.isEmpty { lines.append(self("没有要补完的删除。", "no erasure waited.")) }
    return lines.joined(separator: "\n")
  }

  var erasureWaits: String {
    self(
      "文字已删除，但另一个程序正在读旧数据页；请在它结束后再运行 golden-ideas erase --reason … 补完。",
      "the texts are gone, but another program reads the pages of before; when it has ended, run golden-ideas erase --reason … again.")
  }
}
