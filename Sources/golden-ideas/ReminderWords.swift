import Casework
import Suggestions

/// A reminder's letter, with names and times people read in the places of its placeholders.
struct ReminderWords {
  let names: BookNames
  private var messages: Messages { Messages(language: names.language) }

  func letter(_ step: ReminderStep, _ file: CaseFile) -> (title: String, text: String) {
    let values = values(step, file)
    let letter = step.letter
    let (title, text) = names.language == .zh ? (letter.title, letter.text) : (letter.titleEnglish, letter.textEnglish)
    return (ReminderLetter.filled(title, values), ReminderLetter.filled(text, values))
  }

  private func values(_ step: ReminderStep, _ file: CaseFile) -> [ReminderLetter.Placeholder: String] {
    let reading = step.reading
    let counting = reading.rule.within.unit.counting
    let provisional = reading.isProvisional ? messages("（待定）", " (provisional)") : ""
    return [
      .number: String(step.key.suggestion),
      .topic: names.topic(file.topic.isEmpty ? nil : file.topic) ?? messages("主题未定", "no topic yet"),
      .place: names.region(file.regions.first) ?? messages("地点未定", "no place yet"),
      .unit: file.handler.map(names.handler) ?? messages("平台", "the platform"),
      .clock: messages.word(reading.rule.kind),
      .state: messages.word(file.state.code),
      .start: reading.start.map(LocalTime.short) ?? "",
      .due: (reading.due.map(LocalTime.end) ?? "") + provisional,
      .left: messages.duration(reading.left, counting: counting),
      .overdue: messages.duration(reading.overdue, counting: counting),
    ]
  }
}
