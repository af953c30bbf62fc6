internal import Synchronization

/// A door that anybody may knock at, but not too often: the counting that all requests share.
package final class RequestDoor: Sendable {
  private let throttle: Mutex<RequestThrottle>

  package init(_ limits: RequestLimits) { throttle = Mutex(RequestThrottle(limits)) }

  /// Counts a visit that begins.
  ///
  /// - Throws: ``VisitFault/tooMany(_:)`` with the seconds to wait.
  func begin(_ visit: Visit) throws(VisitFault) {
    let (address, now) = (CallerAddress(visit.visitor.address), visit.now)
    let wait = throttle.withLock { $0.begin(address, at: now) }
    if let wait { throw .tooMany(wait) }
  }

  /// The visit found nothing, as guesses do.
  func fail(_ visit: Visit) {
    let (address, now) = (CallerAddress(visit.visitor.address), visit.now)
    throttle.withLock { $0.fail(address, at: now) }
  }
}
