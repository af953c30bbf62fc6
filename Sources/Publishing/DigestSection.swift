internal import Suggestions

/// 栏目: where an issue shows single cases.
package enum DigestSection: String, CaseIterable, Sendable {
  /// 金点子
  case ideas
  /// 前后: faults and how they were mended.
  case stories
  /// 四随贡献
  case contributions
  /// 答复选登
  case answers

  package var name: DigestLabel {
    switch self {
    case .ideas: DigestLabel(rawValue, "金点子", "Ideas")
    case .stories: DigestLabel(rawValue, "从反映到办好", "From report to repair")
    case .contributions: DigestLabel(rawValue, "骑手的“四随”", "What riders did themselves")
    case .answers: DigestLabel(rawValue, "答复选登", "Answers worth reading")
    }
  }

  /// Where an editor's pin puts a case.
  package init(of matter: PublishableMatter) {
    self =
      switch matter.kind {
      case .idea: .ideas
      case .fault: .stories
      case .contribution: .contributions
      case .other, .praise, .enquiry: matter.facts.isAnswered ? .answers : .ideas
      }
  }

  /// Whether the rule may choose a case for it. Editors may pin what it may not.
  package func admits(_ matter: PublishableMatter) -> Bool {
    let facts = matter.facts
    guard facts.isReviewed, !facts.isRejected else { return false }
    return switch self {
    case .ideas: matter.kind == .idea
    case .stories: matter.kind == .fault && matter.moment("resolved") != nil
    case .contributions: matter.kind == .contribution
    case .answers: facts.isAnswered
    }
  }
}
