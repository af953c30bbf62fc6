package import Text

/// One thing a reader would miss, or should not find, in an answer.
package struct AnswerGateFinding: Sendable, Hashable {
  package enum Code: UInt8, CaseIterable, Sendable {
    /// 空答复: nothing beyond greeting, receipt and date.
    case empty
    /// 只有套话: with all generic phrases taken out too little is left.
    case template
    /// 只说转办: all it says is who was given the message.
    case handedOn
    /// 没说地点: the message's place is not named.
    case noPlace
    /// 地点不对: a place is named that is not in the message, and none of those that are.
    case otherPlace
    /// 没说到事: shares no words with the message.
    case noMatter
    /// 带出个人信息: something the redactor would cut out.
    case personalData
    /// 办公电话: a landline, announced as an office's. The redactor would cut it out all the same.
    case officeNumber
    /// 许诺没有时间.
    case undatedPromise

    /// Stable code for exports.
    package var code: String {
      switch self {
      case .empty: "empty"
      case .template: "template"
      case .handedOn: "handed-on"
      case .noPlace: "no-place"
      case .otherPlace: "other-place"
      case .noMatter: "no-matter"
      case .personalData: "personal-data"
      case .officeNumber: "office-number"
      case .undatedPromise: "undated-promise"
      }
    }
  }

  package enum Severity: UInt8, CaseIterable, Comparable, Sendable {
    /// Worth a look.
    case note
    /// Likely to be wrong.
    case warning
    /// Should not go out like this.
    case serious

    package var code: String {
      switch self {
      case .note: "note"
      case .warning: "warning"
      case .serious: "serious"
      }
    }

    package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
  }

  package var code: Code
  package var severity: Severity
  /// Unicode scalars of the answer; nil where something is missing from it.
  package var span: Range<Int>?
  /// What the redactor takes the span for.
  package var kind: PersonalDataKind?

  package init(_ code: Code, _ severity: Severity? = nil, span: Range<Int>? = nil, kind: PersonalDataKind? = nil) {
    self.code = code
    self.severity = severity ?? Self.usual(code)
    self.span = span
    self.kind = kind
  }

  private static func usual(_ code: Code) -> Severity {
    switch code {
    case .empty, .personalData, .noMatter: .serious
    case .template, .handedOn, .noPlace, .otherPlace: .warning
    case .officeNumber, .undatedPromise: .note
    }
  }
}
