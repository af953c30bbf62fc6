import ArgumentParser
import Casework
import Delivery
import Foundation
import Rules
import Store
import Suggestions

/// Who is told.
enum OutboxReceiverCommands {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "receivers", abstract: "列出接收方 / who receives messages")
    @OptionGroup var common: CommonOptions
    @Flag(help: "已移除的也列出 / those removed too") var all = false

    func run() throws {
      let store = try common.openStore(.existing)
      let receivers = try common.onStore { () throws(StoreFault) in try store.receivers() }
        .filter { all || $0.ending != .removed }
      if common.json {
        common.printJSON { root in
          root.array("receivers") { list in
            for receiver in receivers { list.object { OutboxScreen.write(receiver, to: &$0) } }
          }
        }
      } else {
        print(OutboxScreen(messages: common.messages).table(receivers))
      }
    }
  }

  /// What both kinds of receiver are asked.
  struct Wishes: ParsableArguments {
    @Option(parsing: .upToNextOption, help: "要哪些消息，默认全部 / which kinds, all by default: case.dispatch case.*")
    var kinds: [String] = []
    @Option(help: "只要发给这个单位的 / only what is for this unit: CODE, CODE@REGION or station:CODE") var unit: String?
    @Flag(help: "敏感通道的也告知（受限）/ let in on the sensitive track, restricted") var sensitive = false
    @Option(help: "谁 / who") var actor: String = NSUserName()
    @Option(help: "为什么 / why") var reason = "asked for"

    func receiver(_ medium: Receiver.Medium, _ address: String, _ common: CommonOptions) throws -> Receiver {
      let messages = common.messages
      if let wrong = kinds.first(where: { !Receiver.isKind($0) }) {
        throw Outcome.notStarted(messages.messageKindWanted(wrong))
      }
      return Receiver(
        medium: medium, address: address, kinds: kinds,
        unit: try unit.map { try CaseHandler(unit: $0, try common.loadBook(), messages).text }, isSensitive: sensitive,
        language: common.language.rawValue)
    }
  }

  struct AddWebhook: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add-webhook",
      abstract: "添加网络回调；签名密钥只显示这一次 / add a webhook; its secret is shown this once (Standard Webhooks)")
    @OptionGroup var common: CommonOptions
    @Argument(help: "网址 / address: https://host/path") var url: String
    @OptionGroup var wishes: Wishes

    func run() throws {
      let rule = try OutboxSettings(common.messages).rule
      let address: WebhookAddress
      do throws(AddressFault) {
        address = try WebhookAddress(url, under: rule)
      } catch {
        throw Outcome.notStarted(common.messages.webhookAddress(error))
      }
      let store = try common.openStore(.existing)
      let act = try StaffAct.of(actor: wishes.actor, reason: wishes.reason, common.messages)
      let receiver = try wishes.receiver(.webhook, address.text, common)
      let id = try common.onStore { () throws(StoreFault) in try store.addReceiver(receiver, by: act) }
      try OutboxReceiverCommands.showSecret(of: id, store, common)
    }
  }

  struct AddMail: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add-mail", abstract: "添加收信人；信用 --language 的语言写 / add a reader by e-mail, in the language of --language")
    @OptionGroup var common: CommonOptions
    @Argument(help: "邮箱 / address: name@domain") var address: String
    @OptionGroup var wishes: Wishes

    func run() throws {
      guard let reader = MailAddress(address) else { throw Outcome.notStarted(common.messages.mailAddress(address)) }
      let store = try common.openStore(.existing)
      let act = try StaffAct.of(actor: wishes.actor, reason: wishes.reason, common.messages)
      let receiver = try wishes.receiver(.mail, reader.text, common)
      let id = try common.onStore { () throws(StoreFault) in try store.addReceiver(receiver, by: act) }
      if common.json {
        common.printJSON { $0.field("id", id) }
      } else {
        common.note(common.messages("已添加接收方 \(id)。", "receiver \(id) added."))
      }
    }
  }

  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "给一个接收方排一条测试消息 / put a test message in line for one receiver")
    @OptionGroup var common: CommonOptions
    @OptionGroup var which: Which

    func run() throws {
      try which.change(common) { store, id, act throws(StoreFault) in try store.testReceiver(id, by: act) }
      common.note(common.messages("已排队；outbox send 时发出。", "in line; outbox send hands it over."))
      if common.json { common.printJSON { $0.field("id", which.id) } }
    }
  }

  struct Renew: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "renew",
      abstract: "换签名密钥，旧的再用一天 / another secret for a webhook; the old one signs beside it for a day")
    @OptionGroup var common: CommonOptions
    @OptionGroup var which: Which

    func run() throws {
      let store = try which.change(common) { store, id, act throws(StoreFault) in
        try store.renewSecret(of: id, by: act)
      }
      try OutboxReceiverCommands.showSecret(of: which.id, store, common)
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "移除接收方，排队给它的撤销 / remove a receiver; what waits for it is cancelled")
    @OptionGroup var common: CommonOptions
    @OptionGroup var which: Which

    func run() throws {
      try which.change(common) { store, id, act throws(StoreFault) in try store.removeReceiver(id, by: act) }
      if common.json {
        common.printJSON { $0.field("removed", which.id) }
      } else {
        common.note(common.messages("已移除接收方 \(which.id)。", "receiver \(which.id) removed."))
      }
    }
  }

  /// One receiver, and who changes it why.
  struct Which: ParsableArguments {
    @Argument(help: "接收方编号 / number of the receiver") var id: Int
    @Option(help: "谁 / who") var actor: String = NSUserName()
    @Option(help: "为什么 / why") var reason = "asked for"

    @discardableResult
    func change(
      _ common: CommonOptions, _ body: (SuggestionStore, Int, StaffAct) throws(StoreFault) -> Bool
    ) throws -> SuggestionStore {
      let store = try common.openStore(.existing)
      let act = try StaffAct.of(actor: actor, reason: reason, common.messages)
      let isDone = try common.onStore { () throws(StoreFault) in try body(store, id, act) }
      guard isDone else { throw Outcome.findings(common.messages.noReceiver(id)) }
      return store
    }
  }

  /// The one time a secret is shown: made from the store's key whenever it is needed, it is written down nowhere.
  private static func showSecret(of id: Int, _ store: SuggestionStore, _ common: CommonOptions) throws {
    let secret = try common.onStore { () throws(StoreFault) -> String? in
      guard let receiver = try store.receivers().first(where: { $0.id == id }) else { return nil }
      return try WebhookSecret.shown(of: receiver, store, at: LocalTime.now)
    }
    guard let secret else { throw Outcome.findings(common.messages.noReceiver(id)) }
    if common.json {
      common.printJSON {
        $0.field("id", id)
        $0.field("secret", secret)
      }
    } else {
      print(secret)
      common.note(
        common.messages(
          "接收方 \(id) 的签名密钥如上，只显示这一次；请交给接收方保存。", "the secret of receiver \(id) is above, shown this once; hand it to the receiver."))
    }
  }
}

extension WebhookSecret {
  /// The secret in force, as a receiver is told it.
  static func shown(of receiver: Receiver, _ store: SuggestionStore, at moment: Int64) throws(StoreFault) -> String? {
    try store.secrets(of: receiver, at: moment).first.flatMap { WebhookSecret($0)?.text }
  }
}
