/// 分派规则: what proposes a department.
package enum CaseRoute: Sendable, Hashable {
  /// Id of the rule.
  case rule(String)
  /// Where no rule is known: the topic and the department it went to.
  case pair(topic: String, department: String)

  /// `rule/bins-to-city`, `010301>housing`.
  package var code: String {
    switch self {
    case .rule(let id): "rule/\(id)"
    case .pair(let topic, let department): "\(topic)>\(department)"
    }
  }
}

/// 分派规则的退单: how good a rule's proposals were, so that bad ones are found. Each case counts once, with its first
/// order; later orders correct it and say nothing of the rule.
package struct CaseRouteFigure: Sendable, Hashable {
  package var route: CaseRoute
  /// First orders of cases it had proposed a department for.
  package var ordered = 0
  /// Of these: went to the proposed department.
  package var followed = 0
  /// Of those that followed: came back.
  package var returned = 0

  /// 改派: somebody knew better before it was ordered.
  package var overruled: Int { ordered - followed }
  /// 0 to 1; nil where nobody followed it.
  package var returnRate: Double? { followed == 0 ? nil : Double(returned) / Double(followed) }
  package var warning: CaseFigure.Warning? { CaseFigure.warning(followed) }
  /// Proposals that turned out wrong, before the order or after.
  package var misses: Int { overruled + returned }
}
