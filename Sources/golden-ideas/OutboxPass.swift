import Casework
import Delivery
import Dispatch
import Foundation
import Store
import Synchronization

/// One pass over everything due: each message is claimed, handed over and its result written down, one after the
/// other for a receiver, several receivers at a time. One that does not answer costs its own lane one time limit, and
/// nobody else.
struct OutboxPass {
  let store: SuggestionStore
  let settings: OutboxSettings
  /// By language; only looked at where a letter is due.
  let letters: [String: OutboxLetter]
  /// For tests and catching up; the clock's time when nil.
  let moment: Int64?
  /// For how long messages are kept once they are settled.
  var retention = RetentionPolicy()
  /// Asked before each message; what is not handed over waits for the next pass.
  var goesOn: @Sendable () -> Bool = { true }

  /// Receivers served at the same time: more than the processors, as they wait and do not work.
  static let lanes = 8

  private final class Progress: Sendable {
    struct State {
      var receivers: [Receiver]
      var tally: OutboxTally
      var fault: StoreFault?
    }

    let state: Mutex<State>

    init(_ receivers: [Receiver], _ tally: OutboxTally) { state = Mutex(State(receivers: receivers, tally: tally)) }

    /// Nothing more after a fault of the store.
    func next() -> Receiver? {
      state.withLock { $0.fault == nil && !$0.receivers.isEmpty ? $0.receivers.removeFirst() : nil }
    }
  }

  func run() throws(StoreFault) -> OutboxTally {
    let start = now
    var tally = OutboxTally()
    var receivers: [Receiver] = []
    for (receiver, messages) in try store.dueReceivers(at: start) {
      if receiver.medium == .mail, settings.mail == nil {
        tally.withheld += messages
      } else {
        receivers.append(receiver)
      }
    }
    let progress = Progress(receivers, tally)
    let group = DispatchGroup()
    let pass = Lane(pass: self, start: start)
    for _ in 0..<min(OutboxPass.lanes, receivers.count) {
      group.enter()
      Thread.detachNewThread {
        while let receiver = progress.next() {
          do throws(StoreFault) {
            try pass.serve(receiver) { change in progress.state.withLock { change(&$0.tally) } }
          } catch {
            progress.state.withLock { $0.fault = error }
          }
        }
        group.leave()
      }
    }
    group.wait()
    tally = progress.state.withLock { $0.tally }
    if let fault = progress.state.withLock({ $0.fault }) { throw fault }
    try store.recordPass(tally, at: now)
    tally.forgotten = try store.forgetOutbox(at: now, after: retention)
    return tally
  }

  fileprivate var now: Int64 { moment ?? LocalTime.now }

  private struct Lane: Sendable {
    let pass: OutboxPass
    let start: Int64

    func serve(_ receiver: Receiver, _ count: ((inout OutboxTally) -> Void) -> Void) throws(StoreFault) {
      while pass.goesOn(), let claim = try pass.store.claim(for: receiver.id, due: start, at: pass.now) {
        let outcome = try pass.send(claim)
        var result = DeliveryResult(fault: outcome.fault?.rawValue, status: outcome.status)
        result.retryAfter = outcome.retryAfter
        result.mayHaveLeft = outcome.mayHaveLeft
        result.isFinal = outcome.isFinal
        result.isReceiverDown = outcome.isReceiverDown
        result.isGone = outcome.isGone
        let state = try pass.store.record(result, of: claim, at: pass.now, jitter: .random(in: 0..<1))
        count { tally in
          switch state {
          case .sent: tally.sent += 1
          case .failed: tally.givenUp += 1
          case .waiting: tally.failed += 1
          case .cancelled, nil: break
          }
        }
      }
    }
  }

  private func send(_ claim: OutboxClaim) throws(StoreFault) -> TransferOutcome {
    switch claim.receiver.medium {
    case .webhook: return try call(claim)
    case .mail:
      guard let mail = settings.mail, let address = MailAddress(claim.receiver.address),
        let letter = letters[claim.receiver.language]
      else { return TransferOutcome(fault: .settings, mayHaveLeft: false) }
      return settings.transfer.mail(
        letter.message(claim, from: mail.sender, to: address, at: now), through: mail.server)
    }
  }

  private func call(_ claim: OutboxClaim) throws(StoreFault) -> TransferOutcome {
    let address: WebhookAddress
    do throws(AddressFault) {
      address = try WebhookAddress(claim.receiver.address, under: settings.rule)
    } catch {
      return TransferOutcome(fault: error == .forbidden ? .address : .settings, mayHaveLeft: false)
    }
    let body = WebhookRequest.body(
      kind: claim.kind, timestamp: LocalTime.rfc3339(claim.eventAt), sequence: claim.event, subject: claim.subject,
      data: claim.payload)
    let secrets = try store.secrets(of: claim.receiver, at: now).compactMap { WebhookSecret($0) }
    guard
      let request = WebhookRequest(
        to: address, id: claim.identifier, timestamp: now, body: body, secrets: secrets)
    else { return TransferOutcome(fault: .settings, mayHaveLeft: false) }
    return settings.transfer.post(request)
  }
}
