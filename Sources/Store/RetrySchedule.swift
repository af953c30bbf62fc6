/// When a message is tried again: ever later, and never all at the same moment.
///
/// The delays are those Standard Webhooks 1.0 gives as an example, three days in all. Each is drawn from nothing to
/// the whole of it ("full jitter"; M. Brooker, Exponential Backoff and Jitter, AWS 2015), so that a receiver that
/// comes back is not met by everybody at once.
enum RetrySchedule {
  /// Seconds before each try.
  static let delays: [Int64] = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

  /// After so many a message is given up.
  static var tries: Int { delays.count }

  /// The longest a receiver is left alone because it asked for it, and because it failed.
  static let pauseLimit: Int64 = 86_400
  static let holdLimit: Int64 = 300

  /// - Parameters:
  ///   - failed: how many tries there were, at least 1.
  ///   - jitter: from 0 up to 1.
  static func delay(after failed: Int, jitter: Double) -> Int64 {
    let whole = delays[min(max(failed, 1), delays.count - 1)]
    return max(1, Int64((Double(whole) * min(max(jitter, 0), 1)).rounded(.up)))
  }
}
