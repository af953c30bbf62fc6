/// How one attempt to hand a message over went.
package struct TransferOutcome: Sendable, Hashable {
  /// Nil when the receiver took it.
  package var fault: TransferFault?
  /// What the receiver answered: an HTTP status, or a mail server's reply code; nil when it answered nothing.
  package var status: Int?
  /// Seconds the receiver asks to be left alone (RFC 9110 §10.2.3).
  package var retryAfter: Int64?
  /// Whether the message, or a part of it, may have reached the receiver: all but certain where nobody answered.
  package var mayHaveLeft: Bool

  package init(fault: TransferFault? = nil, status: Int? = nil, retryAfter: Int64? = nil, mayHaveLeft: Bool = true) {
    self.fault = fault
    self.status = status
    self.retryAfter = retryAfter
    self.mayHaveLeft = mayHaveLeft
  }

  /// The receiver wants nothing any more, this message or any other.
  package var isGone: Bool { fault == .gone }

  /// No later attempt can do better: a mail server's "no" to this letter.
  package var isFinal: Bool { fault == .gone || fault == .mailbox }

  /// The receiver, not this message, is what fails: others would fare no better now.
  package var isReceiverDown: Bool {
    switch fault {
    case nil, .mailbox: false
    case .status: status.map { $0 == 408 || $0 == 429 || $0 >= 500 } ?? true
    default: true
    }
  }
}

/// Why a message was not taken, as stable codes.
package enum TransferFault: String, CaseIterable, Sendable {
  /// The host's name leads to an address that is not allowed.
  case address
  /// The host's name leads nowhere.
  case host
  case connection
  /// No TLS, or a certificate nobody vouches for.
  case security
  case timeout
  /// The conversation ended in the middle.
  case broken
  /// An answer that is none of 200 to 299.
  case status
  /// 410: it will never want anything again.
  case gone
  /// The mail server will not take letters for this reader.
  case mailbox
  /// The mail server does not know us.
  case login
  /// The address or the settings make no request.
  case settings
}
