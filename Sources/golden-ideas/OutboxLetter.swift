import Casework
import Delivery
import Foundation
import Rules
import Store
import Suggestions

/// A message as a letter: what happened to which case, its topic, by when it is due, and where to go on. Nothing of
/// what the citizen wrote; that is read behind a login.
struct OutboxLetter {
  let names: BookNames
  let messages: Messages
  /// With `{id}` where the case's number goes; nil when no page is set.
  let link: String?
  /// Whose words a reminder is written in.
  let ladder: ReminderLadder

  /// One for each language.
  static func all(by book: RuleBook, _ ladder: ReminderLadder, _ settings: OutboxSettings) -> [String: OutboxLetter] {
    Dictionary(
      uniqueKeysWithValues: Language.allCases.map { language in
        (
          language.rawValue,
          OutboxLetter(
            names: BookNames(book: book, language: language), messages: Messages(language: language),
            link: settings.link, ladder: ladder)
        )
      })
  }

  private func unit(_ text: String) -> String {
    (try? CaseHandler(unit: text, names.book, messages)).map(names.handler) ?? text
  }

  /// Keys of a payload that a letter shows, all optional: codes of the rules, and moments in seconds since 1970.
  private struct Facts: Decodable {
    var topic: String?
    var region: String?
    var handler: String?
    var clock: String?
    var due: Int64?
    // Of a reminder.
    var step: String?
    var state: String?
    var kind: String?
    var urgency: String?
    var track: String?
    var start: Int64?
    var left: Int64?
    var overdue: Int64?
    var counting: UInt8?
    var provisional: Bool?
  }

  func message(
    _ claim: OutboxClaim, from sender: MailSender, to address: MailAddress, at moment: Int64
  ) -> MailMessage {
    let facts = (try? JSONDecoder().decode(Facts.self, from: Data(claim.payload.utf8))) ?? Facts()
    let (head, body) = reminder(claim, facts) ?? told(claim, facts)
    var lines = body
    if claim.subject > 0, let link {
      lines.append(messages("办理", "go on") + messages("：", ": ") + link.replacing("{id}", with: String(claim.subject)))
    }
    lines += [
      "",
      messages(
        "本信由金点子自动发出，请勿回复。信里没有来件人的原话和联系方式，请登录后查看。",
        "Sent by Golden Ideas; please do not reply. What the writer said and how to reach them is shown after logging in."),
    ]
    return MailMessage(
      from: sender, to: address, subject: messages("【金点子】", "[Golden Ideas] ") + head,
      text: lines.joined(separator: "\n") + "\n", id: claim.identifier, date: moment)
  }

  /// What happened, line by line.
  private func told(_ claim: OutboxClaim, _ facts: Facts) -> (head: String, lines: [String]) {
    var head = messages.messageKind(claim.kind)
    if claim.subject > 0 { head += messages("：事项 \(claim.subject)", ": suggestion \(claim.subject)") }
    var lines = [head]
    func add(_ zh: String, _ en: String, _ value: String?) {
      if let value { lines.append(messages("\(zh)：\(value)", "\(en): \(value)")) }
    }
    add("主题", "topic", names.topicPath(facts.topic))
    add("区域", "region", names.region(facts.region))
    add("承办", "unit", facts.handler.map(unit))
    add("时限", "clock", facts.clock.map { messages.word($0, of: .clock) })
    add("到期", "due", facts.due.map(LocalTime.short))
    add("时间", "when", claim.eventAt > 0 ? LocalTime.short(claim.eventAt) : nil)
    return (head, lines)
  }

  /// The ladder's own letter; nil for other messages and for a step the ladder no longer has.
  private func reminder(_ claim: OutboxClaim, _ facts: Facts) -> (head: String, lines: [String])? {
    guard let step = facts.step, let clock = ClockKind.allCases.first(where: { $0.code == facts.clock }),
      let state = CaseState.allCases.first(where: { $0.code == facts.state }),
      let kind = Kind.allCases.first(where: { $0.code == facts.kind }),
      let urgency = Urgency.allCases.first(where: { $0.code == facts.urgency }),
      let track = Track.allCases.first(where: { $0.code == facts.track }), let counting = facts.counting.flatMap(CountedTime.init)
    else { return nil }
    let file = CaseFile(CaseOpening(kind: kind, track: track, urgency: urgency, receivedAt: 0))
    guard let letter = ladder.letter(of: step, clock: clock, in: file) else { return nil }
    let filled = ReminderWords(names: names).letter(
      letter,
      ReminderFacts(
        suggestion: claim.subject, topic: facts.topic, region: facts.region,
        handler: facts.handler.flatMap { try? CaseHandler(unit: $0, names.book, messages) }, clock: clock, state: state,
        start: facts.start, due: facts.due, left: facts.left ?? 0, overdue: facts.overdue ?? 0, counting: counting,
        isProvisional: facts.provisional ?? false))
    return (filled.title, [filled.text])
  }
}
