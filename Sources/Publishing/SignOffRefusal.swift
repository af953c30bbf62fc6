/// Why an act on an issue does not happen, as facts; the sentences are made where somebody reads them.
package struct SignOffRefusal: Error, Sendable, Hashable {
  package enum Fact: Sendable, Hashable {
    /// The table has no such row; where it has one.
    case noEdge(allowedFrom: [SignOffState])
    case role(String, allowed: [String])
    /// The role reaches a part of the city only.
    case partOfCity
    case missing(SignOffNeed)
    /// The issue says something else now than what was frozen.
    case otherContent(frozen: String, found: String)
    /// A word of the list that is neither mended nor accepted.
    case openWord(SignOffHit)
    /// Nothing of the list stands there.
    case noSuchHit(SignOffHit)
    /// A signature or tick that is not there.
    case unsigned(SignOffStep)
    /// One person took, or would take, two steps that are kept apart.
    case doubled(SignOffStep, with: SignOffStep, by: String)
    /// Ticked already.
    case repeated(SignOffStep, by: String)

    /// Stable code.
    package var code: String {
      switch self {
      case .noEdge: "no-edge"
      case .role: "wrong-role"
      case .partOfCity: "part-of-city"
      case .missing: "missing"
      case .otherContent: "other-content"
      case .openWord: "open-word"
      case .noSuchHit: "no-such-hit"
      case .unsigned: "unsigned"
      case .doubled: "doubled"
      case .repeated: "repeated"
      }
    }
  }

  package var action: SignOffAction
  package var from: SignOffState
  /// Where the act leads; the same state where it leads nowhere.
  package var to: SignOffState
  /// Everything that stands in the way, unless what stands there makes the rest idle.
  package var facts: [Fact]

  package init(_ action: SignOffAction, from: SignOffState, to: SignOffState, _ facts: [Fact]) {
    self.action = action
    self.from = from
    self.to = to
    self.facts = facts
  }
}
