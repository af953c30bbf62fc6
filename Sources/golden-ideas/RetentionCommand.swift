import ArgumentParser
import Casework
import Foundation
import Store
import Suggestions

/// 保存期限: what the rule is, what is due by it, and on demand its application.
struct RetentionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retention",
    abstract: "保存期限：规定是什么、哪些到期；--apply 清空到期的 / what is kept for how long, and what is due; --apply empties it",
    discussion: """
      规定写在规则目录的 retention.yaml。清空后无法恢复：原件和联系方式不在了，旧备份恢复时也再次清空；遮盖过的正文、判定和历史都在。
      The rule is retention.yaml of the rules folder. What is emptied does not come back, from older backups neither; \
      the redacted texts, verdicts and the history stay.
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "清空到期的 / empty what is due") var apply = false
  @Option(help: "谁 / who") var actor: String = SystemUser.name
  @Option(help: "为什么（请不要写姓名）/ why, without a name") var reason: String = "保存期限已过"
  @Option(help: "看某一天会有哪些到期 / what will be due then: 2026-03-02") var at: String?

  func validate() throws {
    if apply && at != nil { throw ValidationError("--apply 只清空现在到期的 / --apply empties what is due now, without --at") }
  }

  func run() throws {
    let store = try common.openStore(.existing)
    let rules = try common.caseworkRules()
    let moment = try at.map { try common.moment($0, "--at") } ?? LocalTime.now
    let screen = RetentionScreen(messages: common.messages)
    if !common.json { printRules(rules.retention, screen) }
    let reports = apply ? try apply(rules, to: store) : []
    let due = try common.onStore { () throws(StoreFault) in try store.retentionDue(under: rules, at: moment) }
    if common.json {
      printJSON(rules.retention, due, reports)
    } else {
      for report in reports where report.event != nil || reports.count == 1 { print(screen.applied(report)) }
      print(common.messages("到期：", "due:"))
      print(screen.due(due))
    }
    if reports.contains(where: { !$0.isFinished }) { throw Outcome.findings(common.messages.retentionWaits) }
  }

  /// One application after the other, until nothing is left that is due.
  private func apply(_ rules: CaseworkRules, to store: SuggestionStore) throws -> [RetentionReport] {
    let act = try StaffAct.of(actor: actor, reason: reason, common.messages)
    let lock = try common.onStore { () throws(StoreFault) in try IntakeLock(store: store) }
    defer { withExtendedLifetime(lock) {} }
    var reports: [RetentionReport] = []
    repeat {
      reports.append(try common.onStore { () throws(StoreFault) in try store.applyRetention(under: rules, act: act) })
    } while reports.last?.isMore ?? false
    return reports
  }

  private func printRules(_ policy: RetentionPolicy, _ screen: RetentionScreen) {
    print(common.messages("保存期限（retention.yaml）：", "retention (retention.yaml):"))
    for (name, rule) in screen.rules(policy) { print("\(name)  \(rule)") }
  }

  private func printJSON(
    _ policy: RetentionPolicy, _ due: [RetentionKind: Int], _ reports: [RetentionReport]
  ) {
    common.printJSON { root in
      root.object("policy") { object in
        object.object("originals") { kept in
          for state in RetentionPolicy.states { RetentionCommand.days(state.code, policy.originals[state], &kept) }
        }
        object.array("except") { list in
          for exemption in RetentionPolicy.Exemption.allCases where policy.exempt.contains(exemption) {
            list.field(nil, exemption.code)
          }
        }
        RetentionCommand.days("quarantine", policy.quarantine, &object)
        object.object("messages") {
          $0.field("settled", policy.settledMessages)
          $0.field("failed", policy.failedMessages)
        }
        object.field("sessions", policy.sessions)
      }
      root.object("due") { RetentionCommand.write(due, &$0) }
      root.array("applied") { list in
        for report in reports {
          list.object {
            RetentionCommand.days("event", report.event, &$0)
            RetentionCommand.write(report.gone, &$0)
            $0.field("segments", report.segments)
            $0.field("finished", report.isFinished)
          }
        }
      }
    }
  }

  /// A number, or null for what is kept for good.
  private static func days(_ key: String, _ number: Int?, _ json: inout JSONWriter) {
    if let number { json.field(key, number) } else { json.null(key) }
  }

  private static func write(_ counts: [RetentionKind: Int], _ json: inout JSONWriter) {
    for kind in RetentionKind.allCases { json.field(kind.rawValue, counts[kind] ?? 0) }
  }
}

extension Messages {
  var retentionWaits: String {
    self(
      "到期的已清空，但另一个程序正在读旧数据页；请在它结束后再运行 golden-ideas retention --apply 补完。",
      "what was due is empty, but another program reads the pages of before; when it has ended, run golden-ideas retention --apply again.")
  }
}
