import Casework
import Store
import Suggestions

/// The retention rule and what it did, in words.
struct RetentionScreen {
  let messages: Messages

  /// What each part of the rule is called, and for how long it keeps.
  func rules(_ policy: RetentionPolicy) -> [(name: String, rule: String)] {
    var lines = RetentionPolicy.states.map { state in
      (
        name: messages("原件和联系方式：", "originals and contacts: ") + messages.word(state.code),
        rule: policy.originals[state].map(days) ?? forGood
      )
    }
    let exempt = RetentionPolicy.Exemption.allCases.filter(policy.exempt.contains).map(word)
    if !exempt.isEmpty {
      lines.append((messages("不清的", "kept"), exempt.joined(separator: messages("、", ", "))))
    }
    lines += [
      (name(.quarantine), policy.quarantine.map(days) ?? forGood),
      (messages("已送达、已撤销的消息", "messages sent or cancelled"), days(policy.settledMessages)),
      (messages("没有送达的消息", "messages given up"), days(policy.failedMessages)),
      (name(.sessions), days(policy.sessions)),
    ]
    return lines
  }

  func name(_ kind: RetentionKind) -> String {
    switch kind {
    case .originals: messages("原件和联系方式", "originals and contacts")
    case .quarantine: messages("处理完的隔离件的原件", "bytes of settled set-aside records")
    case .messages: messages("发件箱的旧消息", "old messages of the outbox")
    case .sessions: messages("过期的登录记录", "sessions that are over")
    }
  }

  /// What is due, a line for each kind.
  func due(_ due: [RetentionKind: Int]) -> String {
    RetentionKind.allCases.map { "\(name($0))  \(count(due[$0] ?? 0))" }.joined(separator: "\n")
  }

  func count(_ count: Int) -> String {
    count < SuggestionStore.mostRetentionCounted
      ? messages.grouped(count)
      : messages("至少 \(messages.grouped(count))", "\(messages.grouped(count)) at least")
  }

  func applied(_ report: RetentionReport) -> String {
    let gone = RetentionKind.allCases.compactMap { kind in
      report.gone[kind].flatMap { $0 > 0 ? "\(name(kind)) \(messages.grouped($0))" : nil }
    }
    guard let event = report.event else { return messages("没有到期的。", "nothing was due.") }
    return messages(
      "已清空（历史第 \(event) 号）：\(gone.joined(separator: "，"))。", "emptied (event \(event)): \(gone.joined(separator: ", ")).")
  }

  private func days(_ count: Int) -> String { messages("\(count) 天", count == 1 ? "1 day" : "\(count) days") }
  private var forGood: String { messages("一直留", "for good") }

  private func word(_ exemption: RetentionPolicy.Exemption) -> String {
    switch exemption {
    case .sensitive: messages("敏感通道的", "of the sensitive track")
    case .reopened: messages("重办过的", "once reopened")
    }
  }
}
