import Casework
import Rules
import Store
import Suggestions

/// A station's slips, for the command line as for the console.
struct SlipAssembly {
  let words: WriterWords
  /// For slips that say what has become of it: then those without anything to bring back are left out.
  let rules: CaseworkRules?

  /// Newest first.
  ///
  /// - Parameters:
  ///   - start: only what was taken in, or became known, from then on; seconds since 1970.
  ///   - moment: as of when; the same.
  func slips(
    of station: Station, since start: Int64?, asOf moment: Int64, limit: Int = 10_000, in store: SuggestionStore
  ) throws(StoreFault) -> [(slip: Slip, status: WriterStatus?)] {
    let found = try store.submissions(
      ofStation: station.code, names: [station.name, station.code], since: rules == nil ? start : nil, limit: limit)
    var slips: [(slip: Slip, status: WriterStatus?)] = []
    for submission in found {
      guard let rules else {
        slips.append((Slip(submission: submission), nil))
        continue
      }
      let status = try store.writerStatus(of: submission.holding, under: rules, asOf: moment, isBrought: true)
      guard let told = status.broughtBack, told >= start ?? .min else { continue }
      slips.append((Slip(submission: submission, news: news(status)), status))
    }
    return slips
  }

  private func news(_ status: WriterStatus) -> Slip.News {
    Slip.News(
      lines: words.lines(status), steps: status.steps.map { (day: words.day($0.at), words: words.step($0.what)) })
  }
}
