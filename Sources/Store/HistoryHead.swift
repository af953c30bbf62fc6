/// The end of the history as it was at a moment. Kept where nobody who can write to the store can write, it shows whether
/// the history it ended was cut off or written anew since.
package struct HistoryHead: Sendable, Hashable {
  /// Number of the last event, 0 before the first.
  package var event: Int
  /// Its hash, in hexadecimal digits; empty before the first.
  package var hash: String

  package init(event: Int, hash: String) {
    self.event = event
    self.hash = hash
  }
}

extension VerificationReport {
  /// The end of the history that was verified.
  package var historyHead: HistoryHead { HistoryHead(event: tail.event, hash: head) }
}

extension Verification {
  /// The history goes on from a head that was written down earlier; else the first event that is missing or another.
  func check(_ head: HistoryHead) throws(StoreFault) {
    guard head.event > 0 else { return }
    let hash = try session.first("SELECT hash FROM event WHERE seq = $1", [.integer(head.event)]) {
      Hexadecimal.text($0.bytes(0))
    }
    if hash == head.hash { return }
    faults.add(.head, hash == nil && report.tail.event < head.event ? report.tail.event + 1 : head.event)
  }
}
