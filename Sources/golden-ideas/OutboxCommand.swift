import ArgumentParser
import Foundation
import Rules
import Store
import Suggestions

struct OutboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outbox", abstract: "发件箱：告知外部的消息与接收方 / messages to the outside, and who receives them",
    subcommands: [
      List.self, Send.self, Retry.self, OutboxReceiverCommands.List.self, OutboxReceiverCommands.AddWebhook.self,
      OutboxReceiverCommands.AddMail.self, OutboxReceiverCommands.Test.self, OutboxReceiverCommands.Renew.self,
      OutboxReceiverCommands.Remove.self,
    ], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "列出消息，新的在前 / the messages, newest first")
    @OptionGroup var common: CommonOptions
    @Flag(help: "只看未送达的 / only those that failed") var failed = false
    @Flag(help: "只看待发的 / only those that wait") var waiting = false
    @Option(help: "最多几条 / at most so many") var limit = 50
    @Option(help: "编号小于此数的，看下一页 / only numbers below this one, for the next page") var before: Int?

    func validate() throws {
      guard limit > 0 else { throw ValidationError("--limit > 0") }
    }

    func run() throws {
      let store = try common.openStore(.existing)
      var states: Set<OutboxState> = []
      if failed { states.insert(.failed) }
      if waiting { states.insert(.waiting) }
      let items = try common.onStore { () throws(StoreFault) in
        try store.outbox(states, limit: limit, before: before)
      }
      if common.json {
        common.printJSON { root in
          root.array("messages") { list in for item in items { list.object { OutboxScreen.write(item, to: &$0) } } }
        }
      } else {
        print(OutboxScreen(messages: common.messages).table(items))
      }
    }
  }

  struct Send: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "send", abstract: "发出到时的消息，一遍 / one pass over all messages that are due; for a scheduler")
    @OptionGroup var common: CommonOptions
    @Option(help: "当作此刻 / as if it were: 2026-03-02T09:30") var at: String?

    func run() throws {
      let store = try common.openStore(.existing)
      let settings = try OutboxSettings(common.messages)
      let moment = try at.map { try common.moment($0, "--at") }
      let hasLetters = try common.onStore { () throws(StoreFault) in
        try store.dueReceivers(at: moment ?? LocalTime.now).contains { $0.receiver.medium == .mail }
      }
      let casework = try common.loadCasework()
      // Names come from the rule book, which takes a moment to read: only where letters are due.
      let pass = OutboxPass(
        store: store, settings: settings,
        letters: hasLetters ? OutboxLetter.all(by: try common.loadBook(), casework.ladder, settings) : [:],
        moment: moment, retention: casework.retention)
      let tally = try common.onStore { () throws(StoreFault) in try pass.run() }
      if common.json {
        common.printJSON {
          $0.field("sent", tally.sent)
          $0.field("failed", tally.failed)
          $0.field("given_up", tally.givenUp)
          $0.field("withheld", tally.withheld)
          $0.field("forgotten", tally.forgotten)
        }
      } else {
        common.note(common.messages.tally(tally))
      }
      if tally.failed + tally.givenUp + tally.withheld > 0 { throw Outcome.findings() }
    }
  }

  struct Retry: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retry", abstract: "未送达的重新排队 / put what failed in line anew")
    @OptionGroup var common: CommonOptions
    @Argument(help: "消息编号，不给则全部未送达的 / messages; all that failed when none is given") var ids: [Int] = []
    @Flag(help: "已送达的也再发一次，编号不变 / send what was sent once more too, under the same webhook-id") var again = false
    @Option(help: "谁 / who") var actor: String = NSUserName()
    @Option(help: "为什么 / why") var reason = "asked for"

    func validate() throws {
      if again && ids.isEmpty { throw ValidationError("--again 要写明编号 / --again wants numbers") }
    }

    func run() throws {
      let store = try common.openStore(.existing)
      let act = try StaffAct.of(actor: actor, reason: reason, common.messages)
      let count = try common.onStore { () throws(StoreFault) in try store.retryOutbox(ids, again: again, by: act) }
      if common.json {
        common.printJSON { $0.field("retried", count) }
      } else {
        common.note(
          common.messages("重新排队 \(count) 份；outbox send 时发出。", "\(count) deliveries in line anew; outbox send hands them over."))
      }
      if count == 0, !ids.isEmpty { throw Outcome.findings() }
    }
  }
}
