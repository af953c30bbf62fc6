/// How often one address may ask for something without an account.
///
/// Two windows hold together: a short one that takes the burst of somebody who mistypes and tries again, and a long one
/// that takes away the patience of a program that guesses.
package struct RequestLimits: Sendable, Hashable {
  package struct Window: Sendable, Hashable {
    /// Requests within ``seconds``.
    package var most: Int
    package var seconds: Int

    package init(_ most: Int, in seconds: Int) {
      self.most = most
      self.seconds = seconds
    }
  }

  package enum Fault: Error, Sendable, Hashable {
    /// A number below one, or so large that it limits nothing.
    case number(Int)
    /// The long window is not longer, does not take more, or is not the stricter one over its length.
    case windows
    /// A failure that costs a whole burst would shut out whoever mistypes once.
    case failureCost(Int)
  }

  package let burst: Window
  package let sustained: Window
  /// What a request that found nothing counts beside the one it is.
  package let failureCost: Int
  /// So many addresses are remembered; of more the longest silent are forgotten.
  package let mostAddresses: Int

  package init(
    burst: Window, sustained: Window, failureCost: Int, mostAddresses: Int = 10_000
  ) throws(Fault) {
    for number in [burst.most, burst.seconds, sustained.most, sustained.seconds, mostAddresses]
    where !(1...10_000_000).contains(number) { throw .number(number) }
    guard burst.seconds < sustained.seconds, burst.most < sustained.most,
      sustained.most * burst.seconds < burst.most * sustained.seconds
    else { throw .windows }
    guard (0..<burst.most).contains(failureCost) else { throw .failureCost(failureCost) }
    self.init(known: burst, sustained, failureCost, mostAddresses)
  }

  private init(known burst: Window, _ sustained: Window, _ failureCost: Int, _ mostAddresses: Int) {
    self.burst = burst
    self.sustained = sustained
    self.failureCost = failureCost
    self.mostAddresses = mostAddresses
  }

  /// Receipts and links to answer. A wrong code counts threefold: six a minute, thirty-three an hour.
  package static let standard = RequestLimits(known: Window(20, in: 60), Window(100, in: 3_600), 2, 10_000)
}
