import ArgumentParser
import Casework
import Rules
import Store
import Suggestions

/// One pass of the scheduler: for cron, a timer, or a person who wants to see what it would say.
struct ChaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chase",
    abstract: "催办：到点的提醒各走一次，搁置到期的放回 / takes every reminder that is due, once, and brings back what was put aside")
  @OptionGroup var common: CommonOptions
  @Option(help: "什么时候，默认现在 / when: 2026-03-02T09:30") var at: String?

  func run() throws {
    let book = try common.loadBook()
    let store = try common.openStore(.existing)
    let rules = try common.caseworkRules(book)
    let moment = try at.map { try common.moment($0, "--at") } ?? LocalTime.now
    let refreshed = try common.onStore { () throws(StoreFault) in try store.refreshDues(under: rules) }
    let report = try common.onStore { () throws(StoreFault) in
      try ChasePass(store: store, rules: rules).run(asOf: moment)
    }
    let words = ReminderWords(names: BookNames(book: book, language: common.language))
    if common.json {
      common.printJSON { root in
        root.array("steps") { list in
          for notice in report.notices { list.object { write(notice, words, to: &$0) } }
        }
        root.field("passed_over", report.passedOver)
        root.array("woken") { list in for id in report.woken { list.field(nil, id) } }
        root.field("due_times_changed", refreshed.count)
      }
    } else {
      for notice in report.notices {
        let to = notice.step.to.map { common.messages.word($0) }.joined(separator: common.messages("、", ", "))
        print(words.letter(notice.step.letter, ReminderFacts(notice.step, notice.file)).title + "  → " + to)
      }
      common.note(
        common.messages(
          "提醒 \(report.notices.count) 次，越过 \(report.passedOver) 步，放回 \(report.woken.count) 件，到期时间有变 \(refreshed.count) 件。",
          "\(report.notices.count) reminders, \(report.passedOver) steps passed over, \(report.woken.count) brought back, \(refreshed.count) due times changed."))
    }
  }

  private func write(_ notice: ReminderNotice, _ words: ReminderWords, to json: inout JSONWriter) {
    let letter = words.letter(notice.step.letter, ReminderFacts(notice.step, notice.file))
    json.field("suggestion", notice.suggestion)
    json.field("clock", notice.step.key.clock.code)
    json.field("step", notice.step.key.step)
    json.array("to") { list in for recipient in notice.step.to { list.field(nil, recipient.code) } }
    json.field("unit", notice.file.handler?.text)
    json.field("due", notice.step.reading.due.map(LocalTime.rfc3339))
    json.field("event", notice.event == 0 ? nil : String(notice.event))
    json.field("proposal", notice.step.proposal?.code)
    json.field("title", letter.title)
    json.field("text", letter.text)
  }
}
