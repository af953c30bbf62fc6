import Casework
import Store
import Suggestions
import Text

/// What is said to a writer, looked at before it goes out: doubts are told and have to be confirmed; somebody's details are
/// cut out in any case, as everywhere people read.
struct AnswerChecking {
  let gate: AnswerGate
  let messages: Messages

  /// The acts whose text the writer reads.
  static let spoken: Set<CaseAction> = [.answer, .reply, .tell, .thank, .askWriter]
  /// Those that claim to settle the matter.
  private static let settling: Set<CaseAction> = [.answer, .reply]

  /// - Returns: the text to keep, and what there is to say of it; nothing is doubted of a message that settles nothing.
  func look(
    at text: String, for action: CaseAction, to message: AnswerGateMessage
  ) -> (text: String, doubts: [AnswerGateFinding]) {
    guard AnswerChecking.spoken.contains(action) else { return (text, []) }
    let review = gate.review(text, to: message)
    let doubts = AnswerChecking.settling.contains(action)
      ? review.findings : review.findings.filter { $0.code == .personalData }
    return (AnswerChecking.cut(text, review.findings), doubts)
  }

  /// A sentence for each doubt.
  func lines(_ doubts: [AnswerGateFinding]) -> [String] { doubts.map { AnswerFindingWords(messages: messages).advice($0) } }

  private static func cut(_ text: String, _ findings: [AnswerGateFinding]) -> String {
    var scalars = Array(text.unicodeScalars)
    let spans = findings.filter { $0.code == .officeNumber || $0.code == .personalData && $0.severity > .note }
      .compactMap { finding in finding.span.map { (span: $0, kind: finding.kind) } }
      .sorted { $0.span.lowerBound > $1.span.lowerBound }
    for (span, kind) in spans where span.upperBound <= scalars.count {
      scalars.replaceSubrange(span, with: Array((kind?.placeholder ?? "〔…〕").unicodeScalars))
    }
    var kept = String.UnicodeScalarView()
    kept.append(contentsOf: scalars)
    return String(kept)
  }
}
