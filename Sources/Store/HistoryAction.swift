/// What the history of a suggestion tells beside the acts on its case, by the name of the event's action.
package enum HistoryAction: String, CaseIterable, Sendable {
  /// A batch that brought one of its submissions or a version of one.
  case intake
  /// A link to answer by was made for the unit that has it.
  case link
  /// Received bytes or contacts were opened.
  case unseal
  case erase
  /// Decisions of before cases had acts.
  case correct, merge, unmerge
  case again
  case notAgain = "not-again"
  case reclassify
}
