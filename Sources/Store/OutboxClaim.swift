/// One message for one receiver, to be handed over by whoever holds this.
package struct OutboxClaim: Sendable, Hashable {
  package var outbox: Int
  package var receiver: Receiver
  /// Of the attempt; with another one the claim has passed to somebody else.
  package var token: Int
  /// Which try of the schedule this is, from 1.
  package var tries: Int
  /// The same for every attempt.
  package var identifier: String
  package var kind: String
  package var event: Int
  /// When that event happened; of a letter alone, for when it is.
  package var eventAt: Int64
  package var subject: Int
  package var unit: String?
  package var payload: String
}

/// How an attempt went, as the store needs to know it.
package struct DeliveryResult: Sendable, Hashable {
  /// Nil when the receiver took it; else a stable code.
  package var fault: String?
  package var status: Int?
  /// Seconds the receiver asks to be left alone.
  package var retryAfter: Int64?
  package var mayHaveLeft = true
  /// No later attempt can do better.
  package var isFinal = false
  /// The receiver fails, not this message.
  package var isReceiverDown = false
  /// The receiver wants nothing any more.
  package var isGone = false

  package init(fault: String? = nil, status: Int? = nil) {
    self.fault = fault
    self.status = status
  }
}
