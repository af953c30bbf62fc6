/// Where a message, or one delivery of it, stands.
package enum OutboxState: Int, CaseIterable, Sendable {
  case waiting, sent, cancelled, failed

  package var code: String { String(describing: self) }
}
