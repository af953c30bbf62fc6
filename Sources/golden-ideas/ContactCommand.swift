import ArgumentParser
import Store
import Suggestions

/// How to reach a writer. Opening it is an act with a reason, part of the history before anything is shown.
struct ContactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contact", abstract: "查看来件人的联系方式（记入历史）/ a writer's contacts; the look is logged")
  @OptionGroup var common: CommonOptions
  @Argument(help: "来件编号或回执码 / number or receipt code of a submission") var id: String
  @Option(help: "第几版，从 0 起，默认当前 / version, from 0; the current one if not given") var revision: Int?
  @Option(help: "谁在看 / who looks") var actor: String = SystemUser.name
  @Option(help: "为什么 / why") var reason: String

  func run() throws {
    let store = try common.openStore(.existing)
    let messages = common.messages
    let act = try StaffAct.of(actor: actor, reason: reason, messages)
    let found = try common.onStore { () throws(StoreFault) in try store.submission(id: id) }
    guard let found else {
      throw Outcome.findings(messages("没有编号或回执为 \(id) 的来件。", "no submission has the number or receipt \(id)."))
    }
    let opened = try common.onStore { () throws(StoreFault) in
      try store.received(submission: found.number, revision: revision, by: act)
    }
    guard let opened else {
      throw Outcome.findings(messages("来件 \(found.number) 没有这一版，或已删除，或保存期限已过。", "submission \(found.number) has no such version, was erased, or its time was over."))
    }
    if common.json {
      common.printJSON { root in
        root.field("number", found.number)
        root.field("receipt", found.receipt)
        root.field("revision", opened.revision)
        root.array("contacts") { list in
          for contact in opened.contacts {
            list.object {
              $0.field("field", contact.field.name)
              $0.field("text", contact.text)
            }
          }
        }
      }
    } else if opened.contacts.isEmpty {
      print(messages("来件 \(found.number) 没有留联系方式。", "submission \(found.number) has no contacts."))
    } else {
      for contact in opened.contacts { print("\(messages.contact(contact.field))  \(shown(contact.text))") }
    }
  }

  /// What somebody wrote into a form must not steer a terminal.
  private func shown(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "␀" : $0 }))
  }
}
