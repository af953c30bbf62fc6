/// 职责分离: which roles may take which act, and which two steps one person may take. `rules/digest/signoff.yaml`.
package struct SignOffDuties: Sendable, Hashable {
  /// Two steps, in whatever order.
  package struct Pair: Sendable, Hashable {
    package let steps: Set<SignOffStep>

    /// Nil for one step twice and for two that are never shared.
    package init?(_ one: SignOffStep, _ other: SignOffStep) {
      guard one != other, !one.isNeverShared(with: other) else { return nil }
      steps = [one, other]
    }
  }

  /// Codes of roles; an act that is not named is nobody's.
  package var roles: [SignOffAction: Set<String>]
  /// Pairs one person may take; all others are kept apart.
  package var shared: Set<Pair>

  package init(roles: [SignOffAction: Set<String>] = [:], shared: Set<Pair> = []) {
    self.roles = roles
    self.shared = shared
  }

  package func allows(_ one: SignOffStep, with other: SignOffStep) -> Bool {
    Pair(one, other).map(shared.contains) ?? false
  }
}

/// Who acts on an issue: a person in one role.
package struct SignOffActor: Sendable, Hashable {
  /// Of the account: by it people are told apart.
  package var name: String
  /// 姓名, as the colophon prints it.
  package var display: String
  /// Code of the role.
  package var role: String
  /// An issue speaks of the whole city: a role that reaches a part of it signs none.
  package var isCityWide: Bool

  package init(name: String, display: String, role: String, isCityWide: Bool = true) {
    self.name = name
    self.display = display
    self.role = role
    self.isCityWide = isCityWide
  }
}
