import Casework
import Rules
import Store
import Suggestions

/// Where a case stands, in words and as JSON.
struct CaseWords {
  let names: BookNames
  let messages: Messages

  func act(_ action: CaseAction) -> String { messages.word(action) }
  func need(_ need: CaseNeed) -> String { messages.word(need) }

  /// One line: number, state, who has it, what lies over it.
  func standing(_ id: Int, _ file: CaseFile) -> String {
    var parts = [messages("事项 \(id)", "Suggestion \(id)"), messages.word(file.state.code)]
    if let handler = file.handler { parts.append(names.handler(handler)) }
    if !file.coHandlers.isEmpty {
      let list = file.coHandlers.map(names.handler).joined(separator: messages("、", ", "))
      parts.append(messages("协办 \(list)", "with \(list)"))
    }
    if file.round > 0 { parts.append(messages("第 \(file.round) 次重办", "reopened \(file.round) ×")) }
    if file.hops > 0 { parts.append(messages("退单 \(file.hops) 次", "returned \(file.hops) ×")) }
    if file.isSupervised { parts.append(messages("督办", "supervised")) }
    if file.isWaitingForWriter { parts.append(messages("等来件人补充", "waiting for the writer")) }
    if let extra = file.askedExtension { parts.append(messages("申请延期 \(messages.time(extra))", "asks for \(messages.time(extra)) more")) }
    if let outcome = file.outcome { parts.append(messages("结果 \(outcome.code) ", "outcome \(outcome.code), ") + messages.word(outcome)) }
    return parts.joined(separator: " · ")
  }

  func done(_ done: CaseDone, _ id: Int) -> String {
    var text = messages("已记下：", "recorded: ") + act(done.event.action) + messages("。", ". ") + standing(id, done.file)
    if done.escalation != nil {
      text += messages(
        "。退单次数到了上限，" + (owner(done).map { "建议由\(names.handler($0))办，" } ?? "") + "由平台负责人审定（adjudicate）。",
        ". Returned as often as may be: " + (owner(done).map { "\(names.handler($0)) is proposed; " } ?? "") + "a lead decides (adjudicate).")
    }
    return text
  }

  /// 兜底单位: who is proposed after the return that is one too many, where the limits say so: the fallback of the routes,
  /// the district's own where the place is known.
  func owner(_ done: CaseDone) -> CaseHandler? {
    guard done.escalation == .fallback else { return nil }
    let book = names.book
    let district = done.file.regions.first.flatMap { book.region(code: $0) }.flatMap { book.district(ofRegion: $0) }
    let lead = district == nil ? book.fallback.cityLead : book.fallback.lead
    return CaseHandler(unit: book.departments[lead].code, district: district.map { book.regions[$0].code })
  }

  static func write(_ done: CaseDone, _ id: Int, to json: inout JSONWriter) {
    json.field("id", id)
    json.field("act", done.event.action.code)
    json.field("before", done.event.before.code)
    json.field("state", done.file.state.code)
    json.field("version", done.file.version)
    json.field("event", done.sequence)
    json.field("handler", done.file.handler?.text)
    json.field("escalation", done.escalation?.code)
  }
}
