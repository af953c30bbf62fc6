/// Counts what addresses ask, and says when it was too often.
///
/// For each window an address has a bucket that takes ``RequestLimits/Window/most`` requests and empties evenly within
/// ``RequestLimits/Window/seconds``: a burst passes, what follows it comes drop by drop, and no stretch of time as long
/// as a window sees more than twice its number. A refused request is not counted, or who waits would wait for ever.
package struct RequestThrottle: Sendable {
  private struct Bucket {
    /// Of both windows; a request fills in as many parts as its window has seconds, `most` of them leak in a second.
    var burst = 0
    var sustained = 0
    var at: Int64
    /// Order of the last touch.
    var touched: UInt64
  }

  package let limits: RequestLimits
  private var buckets: [CallerAddress: Bucket] = [:]
  private var touches: UInt64 = 0

  package init(_ limits: RequestLimits) { self.limits = limits }

  /// Addresses that are remembered.
  package var count: Int { buckets.count }

  /// Counts a request that begins.
  ///
  /// - Parameter moment: seconds since 1970.
  /// - Returns: nil where it may; else how many seconds to wait, at least one.
  package mutating func begin(_ address: CallerAddress, at moment: Int64) -> Int? {
    var bucket = bucket(of: address, at: moment)
    defer { buckets[address] = bucket }
    let wait = max(
      RequestThrottle.wait(bucket.burst, limits.burst), RequestThrottle.wait(bucket.sustained, limits.sustained))
    if wait > 0 { return wait }
    bucket.burst += limits.burst.seconds
    bucket.sustained += limits.sustained.seconds
    return nil
  }

  /// The request that began found nothing.
  package mutating func fail(_ address: CallerAddress, at moment: Int64) {
    var bucket = bucket(of: address, at: moment)
    // Many that begin at once and all fail may overfill it, but nobody is kept out for longer than a window.
    func filled(_ level: Int, _ window: RequestLimits.Window) -> Int {
      min(level + limits.failureCost * window.seconds, 2 * window.most * window.seconds)
    }
    bucket.burst = filled(bucket.burst, limits.burst)
    bucket.sustained = filled(bucket.sustained, limits.sustained)
    buckets[address] = bucket
  }

  private static func wait(_ level: Int, _ window: RequestLimits.Window) -> Int {
    let over = level + window.seconds - window.most * window.seconds
    return over > 0 ? (over + window.most - 1) / window.most : 0
  }

  /// As it is by now; made where there is none.
  private mutating func bucket(of address: CallerAddress, at moment: Int64) -> Bucket {
    touches += 1
    guard var bucket = buckets[address] else {
      if buckets.count >= limits.mostAddresses { makeRoom(at: moment) }
      return Bucket(at: moment, touched: touches)
    }
    // A clock that was set back lets nothing leak, and locks nobody for longer.
    let passed = Int(clamping: max(0, moment &- bucket.at))
    bucket.burst = RequestThrottle.leaked(bucket.burst, after: passed, limits.burst)
    bucket.sustained = RequestThrottle.leaked(bucket.sustained, after: passed, limits.sustained)
    bucket.at = moment
    bucket.touched = touches
    return bucket
  }

  private static func leaked(_ level: Int, after seconds: Int, _ window: RequestLimits.Window) -> Int {
    // In twice its window any bucket is empty.
    seconds >= 2 * window.seconds ? 0 : max(0, level - seconds * window.most)
  }

  /// Forgets who has nothing left in the bucket, and of the others the longest silent until an eighth is free.
  private mutating func makeRoom(at moment: Int64) {
    let window = Int64(2 * limits.sustained.seconds)
    buckets = buckets.filter { moment &- $0.value.at < window }
    let most = limits.mostAddresses - max(1, limits.mostAddresses / 8)
    guard buckets.count > most else { return }
    let oldest = buckets.sorted { $0.value.touched < $1.value.touched }.prefix(buckets.count - most)
    for (address, _) in oldest { buckets[address] = nil }
  }
}
