import Console
import Dispatch
import Synchronization

/// Samples of forms while somebody makes profiles of them: a few, in memory, each for whoever sent it.
final class SampleShelf: Sendable {
  private struct Sample {
    var number: Int
    var account: String
    var file: UploadedFile
    /// Of the machine's uptime, in nanoseconds.
    var at: UInt64
  }

  private static let most = 8
  private static let nanoseconds: UInt64 = 4 * 3600 * 1_000_000_000

  private let samples = Mutex<(last: Int, all: [Sample])>((0, []))

  func keep(_ file: UploadedFile, for account: String) -> Int {
    let now = DispatchTime.now().uptimeNanoseconds
    return samples.withLock { samples in
      samples.last += 1
      samples.all.removeAll { now - $0.at > SampleShelf.nanoseconds }
      samples.all.append(Sample(number: samples.last, account: account, file: file, at: now))
      if samples.all.count > SampleShelf.most { samples.all.removeFirst() }
      return samples.last
    }
  }

  func sample(_ number: Int, of account: String) -> UploadedFile? {
    samples.withLock { $0.all.first { $0.number == number && $0.account == account }?.file }
  }
}
