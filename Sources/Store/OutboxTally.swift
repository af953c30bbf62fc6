/// What one pass over the outbox did.
package struct OutboxTally: Sendable, Hashable {
  /// Taken by their receivers.
  package var sent = 0
  /// Attempts that failed, to be made again.
  package var failed = 0
  /// Attempts that failed for good.
  package var givenUp = 0
  /// Letters that wait because no mail server is set.
  package var withheld = 0
  /// Old messages thrown away.
  package var forgotten = 0

  package init() {}
}
