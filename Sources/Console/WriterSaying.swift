internal import Casework
internal import Suggestions

/// What a writer says back to the case behind a receipt: a rating, that it is to be taken up again, or what the writer
/// was asked for.
struct WriterSaying: Sendable {
  enum Kind: String, Sendable {
    case rating, addition
  }

  /// Longer than anybody types on a telephone.
  static let mostCharacters = 2_000

  private let kind: Kind
  private let callBack: CallBackResult?
  private let reopens: Bool
  /// The reason of a rating, or the addition.
  private let text: String?

  /// - Throws: ``VisitFault/field(_:)`` for a choice that no form of ours offers.
  init(_ kind: Kind, _ form: FormFields, _ visit: Visit) throws(VisitFault) {
    self.kind = kind
    text = form[kind == .rating ? "reason" : "text"]
    reopens = kind == .rating && form.has("reopen")
    let choices = FormFields(form.fields.filter { kind == .rating && ["solved", "satisfied"].contains($0.name) })
    callBack = try ActFields(choices, visit).details().callBack
  }

  /// What is missing, or too much.
  func lack(_ say: ConsoleLanguage) -> String? {
    if (text?.count ?? 0) > WriterSaying.mostCharacters {
      let most = WriterSaying.mostCharacters
      return say("太长了，请写在 \(most) 字以内。", "Too long: \(most) characters at most.")
    }
    switch kind {
    case .addition where text == nil: return say("请写上要补充的内容。", "Write what you were asked for.")
    case .rating where reopens && text == nil: return say("要求重新办理，请写上为什么。", "Say why it is to be taken up again.")
    case .rating where !reopens && callBack == nil: return say("请至少选一项。", "Choose at least one.")
    default: return nil
    }
  }

  /// Whether what the writer was shown asks for it.
  func isInvited(by status: WriterStatus) -> Bool {
    switch kind {
    case .addition: return status.question != nil
    case .rating:
      guard let followUp = status.followUp else { return false }
      return (callBack == nil || !followUp.isRated) && (!reopens || followUp.mayReopen)
    }
  }

  /// The acts it comes to, which happen together.
  func requests(at moment: Int64) -> [CaseRequest] {
    switch kind {
    case .addition: return [CaseRequest(.resume, at: moment, details: CaseDetails { $0.text = text })]
    case .rating:
      let rating = callBack.map { result in
        CaseRequest(
          .callBack, at: moment,
          details: CaseDetails {
            $0.callBack = result
            $0.reason = text
          })
      }
      let reopening = reopens ? CaseRequest(.reopen, at: moment, details: CaseDetails { $0.reason = text }) : nil
      return [rating, reopening].compactMap(\.self)
    }
  }
}
