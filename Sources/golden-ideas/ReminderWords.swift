import Casework
import Suggestions

/// What a reminder's letter tells of: where the case and its clock stood when the step was taken.
struct ReminderFacts {
  var suggestion: Int
  var topic: String?
  var region: String?
  var handler: CaseHandler?
  var clock: ClockKind
  var state: CaseState
  /// Seconds since 1970.
  var start: Int64?
  var due: Int64?
  /// Counted seconds.
  var left: Int64
  var overdue: Int64
  var counting: CountedTime
  var isProvisional: Bool
}

extension ReminderFacts {
  init(_ step: ReminderStep, _ file: CaseFile) {
    let reading = step.reading
    self.init(
      suggestion: step.key.suggestion, topic: file.topic.isEmpty ? nil : file.topic, region: file.regions.first,
      handler: file.handler, clock: reading.rule.kind, state: file.state, start: reading.start, due: reading.due,
      left: reading.left, overdue: reading.overdue, counting: reading.rule.within.unit.counting,
      isProvisional: reading.isProvisional)
  }
}

/// A reminder's letter, with names and times people read in the places of its placeholders.
struct ReminderWords {
  let names: BookNames
  private var messages: Messages { Messages(language: names.language) }

  init(names: BookNames) { self.names = names }

  func letter(_ letter: ReminderLetter, _ facts: ReminderFacts) -> (title: String, text: String) {
    let values = values(facts)
    let (title, text) = names.language == .zh ? (letter.title, letter.text) : (letter.titleEnglish, letter.textEnglish)
    return (ReminderLetter.filled(title, values), ReminderLetter.filled(text, values))
  }

  private func values(_ facts: ReminderFacts) -> [ReminderLetter.Placeholder: String] {
    let provisional = facts.isProvisional ? messages("（待定）", " (provisional)") : ""
    return [
      .number: String(facts.suggestion),
      .topic: names.topic(facts.topic) ?? messages("主题未定", "no topic yet"),
      .place: names.region(facts.region) ?? messages("地点未定", "no place yet"),
      .unit: facts.handler.map(names.handler) ?? messages("平台", "the platform"),
      .clock: messages.word(facts.clock),
      .state: messages.word(facts.state.code),
      .start: facts.start.map(LocalTime.short) ?? "",
      .due: (facts.due.map(LocalTime.end) ?? "") + provisional,
      .left: messages.duration(facts.left, counting: facts.counting),
      .overdue: messages.duration(facts.overdue, counting: facts.counting),
    ]
  }
}
