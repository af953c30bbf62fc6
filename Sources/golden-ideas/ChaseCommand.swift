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
    var report = ChaseReport()
    repeat {
      let pass = try common.onStore { () throws(StoreFault) in try store.chase(under: rules, asOf: moment) }
      report.notices += pass.notices
      report.woken += pass.woken
      report.passedOver += pass.passedOver
      report.isMore = pass.isMore
    } while report.isMore
    let letters = ReminderLetters(names: BookNames(book: book, language: common.language), messages: common.messages)
    if common.json {
      common.printJSON { root in
        root.array("steps") { list in
          for notice in report.notices { list.object { letters.write(notice, to: &$0) } }
        }
        root.field("passed_over", report.passedOver)
        root.array("woken") { list in for id in report.woken { list.field(nil, id) } }
        root.field("due_times_changed", refreshed.count)
      }
    } else {
      for notice in report.notices { print(letters.line(notice)) }
      common.note(
        common.messages(
          "提醒 \(report.notices.count) 次，越过 \(report.passedOver) 步，放回 \(report.woken.count) 件，到期时间有变 \(refreshed.count) 件。",
          "\(report.notices.count) reminders, \(report.passedOver) steps passed over, \(report.woken.count) brought back, \(refreshed.count) due times changed."))
    }
  }
}

/// The letters of the ladder with their values in place.
struct ReminderLetters {
  let names: BookNames
  let messages: Messages

  private func values(_ notice: ReminderNotice) -> [ReminderLetter.Placeholder: String] {
    let (file, reading) = (notice.file, notice.step.reading)
    return [
      .number: String(notice.suggestion), .topic: names.topic(file.topic.isEmpty ? nil : file.topic) ?? messages("未识别", "no topic"),
      .place: names.region(file.regions.first) ?? messages("地点未定", "place open"),
      .unit: file.handler.map(names.handler) ?? messages("平台", "the platform"),
      .clock: messages.word(reading.rule.kind), .state: messages.word(file.state.code),
      .start: reading.start.map(LocalTime.short) ?? "", .due: reading.due.map(LocalTime.short) ?? "",
      .left: messages.span(reading.left), .overdue: messages.span(reading.overdue),
    ]
  }

  func title(_ notice: ReminderNotice) -> String {
    let letter = notice.step.letter
    return ReminderLetter.filled(messages(letter.title, letter.titleEnglish), values(notice))
  }

  func text(_ notice: ReminderNotice) -> String {
    let letter = notice.step.letter
    return ReminderLetter.filled(messages(letter.text, letter.textEnglish), values(notice))
  }

  func line(_ notice: ReminderNotice) -> String {
    let to = notice.step.to.map { messages.word($0) }.joined(separator: messages("、", ", "))
    return title(notice) + "  → " + to
  }

  func write(_ notice: ReminderNotice, to json: inout JSONWriter) {
    json.field("suggestion", notice.suggestion)
    json.field("clock", notice.step.key.clock.code)
    json.field("step", notice.step.key.step)
    json.array("to") { list in for recipient in notice.step.to { list.field(nil, recipient.code) } }
    json.field("unit", notice.file.handler?.text)
    json.field("due", notice.step.reading.due.map(LocalTime.rfc3339))
    json.field("event", notice.event == 0 ? nil : String(notice.event))
    json.field("proposal", notice.step.proposal?.code)
    json.field("title", title(notice))
    json.field("text", text(notice))
  }
}
