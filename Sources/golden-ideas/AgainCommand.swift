import ArgumentParser
import Foundation
import Store
import Suggestions

/// 再次发生: other words, but the same thing that was done with before. The same words the machine knows by itself.
struct AgainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "again",
    abstract: "再次发生：这一件就是办结过的那件事；--take-back 收回 / the same matter again that was done with; --take-back undoes it")
  @OptionGroup var common: CommonOptions
  @Argument(help: "编号或回执码 / a number or a receipt code") var id: String
  @Option(help: "办结过的哪一件 / which one that was done with") var of: String?
  @Flag(help: "不是同一件事，收回 / it is not; take it back") var takeBack = false
  @Option(help: "谁 / who") var actor: String = NSUserName()
  @Option(help: "为什么 / why") var reason: String

  func validate() throws {
    guard takeBack == (of == nil) else {
      throw ValidationError("请给出 --of 或 --take-back 之一 / give one of --of and --take-back")
    }
  }

  func run() throws {
    let messages = common.messages
    let store = try common.openStore(.existing)
    let act = try StaffAct.of(actor: actor, reason: reason, messages)
    let number = try common.suggestion(id, in: store)
    if let of {
      let earlier = try common.suggestion(of, in: store)
      let outcome = try common.onStore { () throws(StoreFault) in try store.again(number, of: earlier, act: act) }
      switch outcome {
      case .failure(let refusal): throw Outcome.findings(messages.refusal(refusal))
      case .success(let found): report(found.suggestion, found)
      }
    } else {
      let outcome = try common.onStore { () throws(StoreFault) in try store.notAgain(number, act: act) }
      if case .failure(let refusal) = outcome { throw Outcome.findings(messages.refusal(refusal)) }
      report(number, nil)
    }
  }

  private func report(_ id: Int, _ recurrence: Recurrence?) {
    let messages = common.messages
    if common.json {
      common.printJSON {
        $0.field("id", id)
        recurrence.write(to: &$0)
      }
    } else if let recurrence {
      common.note(
        messages(
          "事项 \(id) 是第 \(recurrence.times) 次发生，上次是 \(recurrence.previous)。收回用 again \(id) --take-back。",
          "suggestion \(id) is time \(recurrence.times) of its matter, after \(recurrence.previous). again \(id) --take-back undoes it."))
    } else {
      common.note(messages("事项 \(id) 不再算再次发生。", "suggestion \(id) does not count as a matter again any more."))
    }
  }
}

extension Recurrence? {
  /// `again` as documented for `show`, `queue` and `again`.
  func write(to object: inout JSONWriter) {
    guard let self else { return object.null("again") }
    object.object("again") {
      $0.field("previous", self.previous)
      $0.field("times", self.times)
    }
  }
}

extension Messages {
  func refusal(_ refusal: RecurrenceRefusal) -> String {
    switch refusal {
    case .unknown(let id): noSuggestion("\(id)")
    case .same: self("两个编号是同一件事项。", "both numbers are one suggestion.")
    case .taken(let id):
      self("事项 \(id) 已经连着一件反复发生的事；要改，先用 again \(id) --take-back。", "suggestion \(id) is part of a matter that came again already; again \(id) --take-back comes first.")
    case .stillOpen(let id):
      self("事项 \(id) 还没有办结；是同一件事就并案：merge … --into \(id)。", "suggestion \(id) is not done with; if it is the same matter, merge … --into \(id).")
    case .earlier(let id):
      self("它比事项 \(id) 收到得早，不会是那件事的再次发生；请反过来。", "it came in before suggestion \(id) and cannot be that one again; say it the other way round.")
    case .otherTrack:
      self("两件不在同一条通道（普通、敏感），不能连在一起。", "one is ordinary and one sensitive: they are not linked.")
    case .notAgain(let id): self("事项 \(id) 没有算作再次发生。", "suggestion \(id) does not count as a matter again.")
    }
  }
}
