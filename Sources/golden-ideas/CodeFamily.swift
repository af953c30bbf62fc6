import Casework
import Store
import Suggestions

/// 代码表: the stable codes of the casework by what they name. One code may mean different things in two families:
/// `answer` is an act and a clock.
enum CodeFamily: String, CaseIterable {
  case action, history, role, need, condition, rejection, outcome, escalation, refusal
  case clock, status, span, moment, pause, begin, end, unit, recipient, reminder

  func title(_ messages: Messages) -> String {
    switch self {
    case .action: messages("办理动作", "acts")
    case .history: messages("历史里的其他事", "what else the history tells")
    case .role: messages("角色", "roles")
    case .need: messages("动作需要的内容", "what acts need")
    case .condition: messages("动作的条件", "what has to hold")
    case .rejection: messages("不予受理的理由", "grounds for rejection")
    case .outcome: messages("办理结果", "outcomes")
    case .escalation: messages("退单过多由谁定", "who decides after too many returns")
    case .refusal: messages("不能做的原因", "refusals")
    case .clock: messages("时限", "clocks")
    case .status: messages("时限的状况", "where a clock stands")
    case .span: messages("时段", "spans of a clock")
    case .moment: messages("时点", "moments clocks start and stop at")
    case .pause: messages("暂停的原因", "why a clock stands still")
    case .begin: messages("起算", "how a clock begins")
    case .end: messages("届满", "how a clock ends")
    case .unit: messages("时间单位", "units of time")
    case .recipient: messages("催办发给谁", "whom reminders go to")
    case .reminder: messages("催办做什么", "what a reminder does")
    }
  }

  /// Every code of the family with its word.
  func words(_ messages: Messages) -> [(code: String, word: String)] {
    switch self {
    case .action: CaseAction.allCases.map { ($0.code, messages.word($0)) }
    case .history: HistoryAction.allCases.map { ($0.rawValue, messages.word($0.rawValue)) }
    case .role: CaseRole.allCases.map { ($0.code, messages.word($0)) }
    case .need: CaseNeed.allCases.map { ($0.code, messages.word($0)) }
    case .condition: CaseCondition.allCases.map { ($0.code, messages.word($0)) }
    case .rejection: RejectionReason.allCases.map { ($0.code, messages.word($0)) }
    case .outcome: CaseOutcome.allCases.map { ($0.code, messages.word($0)) }
    case .escalation: CaseEscalation.allCases.map { ($0.code, messages.word($0)) }
    case .refusal: CodeFamily.refusals.map { ($0.code, messages.kind(of: $0)) }
    case .clock: ClockKind.allCases.map { ($0.code, messages.word($0)) }
    case .status: ClockReading.Status.allCases.map { ($0.code, messages.word($0)) }
    case .span: CodeFamily.spans.map { ($0.code, messages.word($0)) }
    case .moment: ClockMoment.allCases.map { ($0.code, messages.word($0)) }
    case .pause: PauseCause.allCases.map { ($0.code, messages.word($0)) }
    case .begin: ClockBegin.allCases.map { ($0.code, messages.word($0)) }
    case .end: ClockEnd.allCases.map { ($0.code, messages.word($0)) }
    case .unit: Allowance.Unit.allCases.map { ($0.code, messages.word($0)) }
    case .recipient: ReminderRecipient.allCases.map { ($0.code, messages.word($0)) }
    case .reminder: ReminderRung.Act.allCases.map { ($0.code, messages.word($0)) }
    }
  }

  private static let spans: [ClockSpan.What] =
    [.counted, .countedMadeUp(""), .notBegun, .night, .weekend, .holiday(""), .local("")]
    + PauseCause.allCases.map(ClockSpan.What.paused)

  private static let refusals: [CaseRefusal] = [
    .noEdge(.note, from: .pending, to: [], allowedFrom: []), .kind(.note, .other), .track(.note, .ordinary),
    .role(.note, .system, allowed: []), .trackOutOfReach(.sensitive), .regionOutOfReach([]), .missing([]), .unmet([]),
  ]
}

extension Messages {
  /// The word of a stored code. A code of a newer program is shown as it is.
  func word(_ code: String, of family: CodeFamily) -> String {
    family.words(self).first { $0.code == code }?.word ?? code
  }

  /// Chinese for the acts of the history and who acts by itself. The other families are asked by name: what stands in a
  /// form must not be taken for an outcome because it is an `A`.
  static let acts: [String: String] = {
    let messages = Messages(language: .zh)
    let all = CodeFamily.action.words(messages) + [(CaseRole.system.code, messages.word(CaseRole.system))]
    return Dictionary(all.map { ($0.code, $0.word) }, uniquingKeysWith: { first, _ in first })
  }()
}
