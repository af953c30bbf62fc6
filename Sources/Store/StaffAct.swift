/// Who does something to the store that is to be answered for, why, and when. Ends as an event of the history.
package struct StaffAct: Sendable, Hashable {
  package let actor: String
  package let reason: String
  /// Seconds since 1970.
  package let at: Int64

  /// Nil when nobody is named or no reason is given: such an act is not allowed.
  package init?(actor: String, reason: String, at: Int64) {
    guard actor.contains(where: { !$0.isWhitespace }), reason.contains(where: { !$0.isWhitespace }) else { return nil }
    self.actor = actor
    self.reason = reason
    self.at = at
  }
}
