import Casework
import Delivery
import Foundation
import Store

/// A message as a letter: what happened to which case, its topic, by when it is due, and where to go on. Nothing of
/// what the citizen wrote; that is read behind a login.
struct OutboxLetter {
  let names: BookNames
  let messages: Messages
  /// With `{id}` where the case's number goes; nil when no page is set.
  let link: String?

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
  }

  func message(
    _ claim: OutboxClaim, from sender: MailSender, to address: MailAddress, at moment: Int64
  ) -> MailMessage {
    let facts = (try? JSONDecoder().decode(Facts.self, from: Data(claim.payload.utf8))) ?? Facts()
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
    if claim.subject > 0 { add("办理", "go on", link?.replacing("{id}", with: String(claim.subject))) }
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
}
