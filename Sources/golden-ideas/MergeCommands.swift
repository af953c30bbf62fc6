import ArgumentParser
import Foundation
import Store
import Suggestions

/// Two suggestions, one matter: a person says so, and can take it back.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "并案：几件是同一件事；各条来件的回执不变，附议合计 / several suggestions are one matter; receipts stay, support adds up")
  @OptionGroup var common: CommonOptions
  @Argument(help: "要并入的编号或回执码 / numbers or receipt codes") var ids: [String]
  @Option(help: "并入哪一件 / into which") var into: String
  @Flag(help: "并入敏感的或已办结的事项时确认 / confirm going into a sensitive or a closed one") var confirm = false
  @Option(help: "谁 / who") var actor: String = NSUserName()
  @Option(help: "为什么 / why") var reason: String

  func run() throws {
    let store = try common.openStore(.existing)
    let act = try StaffAct.of(actor: actor, reason: reason, common.messages)
    let rules = try common.caseworkRules()
    let target = try common.suggestion(into, in: store)
    var done: [Int] = []
    var result: MergeResult?
    for id in ids {
      let number = try common.suggestion(id, in: store, ownNumber: true)
      let outcome = try common.onStore { () throws(StoreFault) in
        try store.merge(number, into: target, isConfirmed: confirm, act: act, under: rules)
      }
      switch outcome {
      case .success(let merged):
        done.append(number)
        result = merged
      case .failure(let refusal): throw Outcome.findings(common.messages.refusal(refusal, number))
      }
    }
    guard let result else { return }
    if common.json {
      common.printJSON {
        $0.field("id", result.root)
        $0.array("merged") { list in for id in done { list.field(nil, id) } }
        $0.field("support", result.support)
        $0.field("submissions", result.submissions)
      }
    } else {
      common.note(
        common.messages(
          "已并入事项 \(result.root)：来件 \(result.submissions) 条，附议 \(result.support) 人。拆开用 unmerge。",
          "merged into suggestion \(result.root): \(result.submissions) submissions, support \(result.support). unmerge takes it back."))
    }
  }
}

struct UnmergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unmerge", abstract: "拆案：把并进去的一件恢复原样 / takes a merged suggestion out again, as it was")
  @OptionGroup var common: CommonOptions
  @Argument(help: "并进去的那一件 / the merged suggestion") var id: String
  @Option(help: "谁 / who") var actor: String = NSUserName()
  @Option(help: "为什么 / why") var reason: String

  func run() throws {
    let store = try common.openStore(.existing)
    let act = try StaffAct.of(actor: actor, reason: reason, common.messages)
    let rules = try common.caseworkRules()
    let number = try common.suggestion(id, in: store, ownNumber: true)
    let outcome = try common.onStore { () throws(StoreFault) in try store.unmerge(number, act: act, under: rules) }
    switch outcome {
    case .failure(let refusal): throw Outcome.findings(common.messages.refusal(refusal, number))
    case .success(let left):
      if common.json {
        common.printJSON {
          $0.field("id", number)
          $0.field("from", left.root)
          $0.field("support", left.support)
          $0.field("submissions", left.submissions)
        }
      } else {
        common.note(common.messages("事项 \(number) 已从 \(left.root) 拆出。", "suggestion \(number) is parted from \(left.root)."))
      }
    }
  }
}

extension CommonOptions {
  /// The number of a suggestion, given by a number or a receipt of any of its submissions.
  ///
  /// - Parameter ownNumber: the one the submission came to, not the one that is handled with now.
  func suggestion(_ id: String, in store: SuggestionStore, ownNumber: Bool = false) throws -> Int {
    let found = try onStore { () throws(StoreFault) in try store.number(of: id, ownNumber: ownNumber) }
    guard let found else { throw Outcome.findings(messages.noSuggestion(id)) }
    return found
  }
}

extension Messages {
  func refusal(_ refusal: MergeRefusal, _ id: Int) -> String {
    switch refusal {
    case .unknown(let id): noSuggestion("\(id)")
    case .together: self("事项 \(id) 已经在里面了。", "suggestion \(id) is part of it already.")
    case .merged(let other):
      self("事项 \(id) 已并入 \(other)；请并 \(other)，或先用 unmerge 拆开。", "suggestion \(id) is merged into \(other); merge that one, or unmerge it first.")
    case .intoSensitive:
      self("目标在敏感通道，并入后事项 \(id) 离开普通队列；确认请加 --confirm。", "the target is sensitive: suggestion \(id) would leave the ordinary queue; say --confirm.")
    case .sensitive:
      self("事项 \(id) 在敏感通道，不能并入普通事项；可以反过来并。", "suggestion \(id) is sensitive and does not go into an ordinary one; merge the other way round.")
    case .intoClosed(let root):
      self("事项 \(root) 已办结，并入后来件人得到的是以前的答复。确认请加 --confirm；若是同一件事又发生，用 again \(id) --of \(root)。", "suggestion \(root) is done with: the writers would get the answer of before. Say --confirm, or, if it happened again, use again \(id) --of \(root).")
    case .refused(let refusal): self.refusal(refusal)
    case .notMerged: self("事项 \(id) 没有并入别的事项。", "suggestion \(id) is not merged into another.")
    }
  }
}
