import Casework
import Dispatch
import Publishing
import Rules
import Store
import Suggestions
import Synchronization
import Text

/// 组稿: the material of a month, read from a store. Two connections share the cases, others count submissions and find
/// what is hot; nothing is kept that does not go into the issue.
struct DigestAssembly {
  let month: DigestMonth
  let moment: CaseMoment
  /// Seconds since 1970; nil for the moment of the store's last event.
  let asOf: Int64?
  /// Numbers of cases an editor names.
  let named: Set<Int>
  let book: RuleBook
  let settings: CaseworkSettings
  /// Opens the store once more; each thread has its own connection.
  let open: @Sendable () throws(StoreFault) -> SuggestionStore

  /// What keeps an issue from being made.
  enum Fault: Error {
    case store(StoreFault)
    /// Somebody went on writing into the store while it was read.
    case changing
    /// Histories that cannot be read, and the number of the first such case.
    case unreadable(Int, first: Int)
  }

  private static let slices = 2
  private static let attempts = 3
  private static let hotPlaces = 10

  func material() throws(Fault) -> DigestMaterial {
    for _ in 0..<DigestAssembly.attempts {
      let made: (parts: Parts, material: DigestMaterial)?
      do throws(StoreFault) {
        made = try attempt()
      } catch {
        throw .store(error)
      }
      guard let made else { continue }
      if let first = made.parts.statistics.compactMap(\.firstUnreadable).min() {
        throw .unreadable(made.parts.statistics.reduce(0) { $0 + $1.unreadable }, first: first)
      }
      return made.material
    }
    throw .changing
  }

  /// Nil where somebody wrote between one connection's beginning and another's.
  private func attempt() throws(StoreFault) -> (parts: Parts, material: DigestMaterial)? {
    let store = try open()
    let state = try store.digestState()
    guard let parts = try read(state),
      let texts = try store.digestTexts(of: state, parts.candidates.all.map(\.matter.id) + parts.hot.map(\.id))
    else { return nil }
    return (parts, material(of: parts, texts, state))
  }

  // MARK: reading

  /// What the threads bring home.
  struct Parts: Sendable {
    /// Of the month, the month before and the same month of the year before.
    var statistics: [CaseStatistics]
    var candidates: DigestCandidates
    var tallies = DigestTallies()
    var hot: [HotMatter] = []
  }

  var months: [DigestMonth] { [month, month.previous, month.yearEarlier] }

  var periods: DigestPeriods {
    DigestPeriods(month: month.moments, others: [month.previous.moments, month.yearEarlier.moments], moment: moment)
  }

  private func fresh(asOf: Int64) -> Parts {
    let statistics = months.map { month -> CaseStatistics in
      var scope = StatsCommand.scope(book, 1, asOf: asOf)
      scope.period = month.moments
      scope.moment = moment
      scope.dimensions = Set(DigestAssembly.dimensions)
      return CaseStatistics(scope, clocks: settings.clocks, calendar: settings.calendar)
    }
    let areas = StatsCommand.areas(book, 1)
    return Parts(
      statistics: statistics,
      candidates: DigestCandidates(
        periods, asOf: asOf, pins: named, labels: DigestLabels(book), area: { areas[$0] ?? $0 }))
  }

  static let dimensions: [CaseDimension] = [.area, .department, .topic, .station, .channel]

  private func read(_ state: DigestState) throws(StoreFault) -> Parts? {
    let empty = fresh(asOf: asOf ?? state.at)
    let whole = Mutex<Result<Parts?, StoreFault>>(.success(empty))
    let (open, periods, named, path) = (open, periods, named, book.regionPath)
    let size = state.last / DigestAssembly.slices + 1
    let slices = (0..<DigestAssembly.slices).map { $0 * size + 1...($0 + 1) * size }
    DispatchQueue.concurrentPerform(iterations: slices.count + 2) { job in
      var part: Parts? = empty
      do throws(StoreFault) {
        let store = try open()
        if job < slices.count {
          var own = empty
          let isDone = try store.digestRecords(
            of: state, periods, numbers: slices[job], named: named, regionPath: path
          ) { own.take($0) }
          part = isDone ? own : nil
        } else if job == slices.count {
          let tallies = try store.digestTallies(of: state, periods)
          part = tallies.map { empty.with(tallies: $0) }
        } else {
          let hot = try store.digestHotMatters(of: state, periods, limit: DigestAssembly.hotPlaces)
          part = hot.map { empty.with(hot: $0) }
        }
      } catch {
        return whole.withLock { $0 = .failure(error) }
      }
      whole.withLock { result in
        guard case .success(let all) = result else { return }
        result = .success(part.flatMap { part in all?.adding(part) })
      }
    }
    return try whole.withLock { $0 }.get()
  }
}

extension DigestAssembly.Parts {
  fileprivate mutating func take(_ record: CaseRecord) {
    for index in statistics.indices { statistics[index].add(record) }
    candidates.take(record)
  }

  fileprivate func with(tallies: DigestTallies = DigestTallies(), hot: [HotMatter] = []) -> DigestAssembly.Parts {
    var parts = self
    parts.tallies = tallies
    parts.hot = hot
    return parts
  }

  /// What several threads found of different things, together.
  fileprivate func adding(_ other: DigestAssembly.Parts) -> DigestAssembly.Parts {
    var parts = self
    for index in parts.statistics.indices { parts.statistics[index].add(other.statistics[index]) }
    parts.candidates.add(other.candidates)
    parts.tallies.counts.merge(other.tallies.counts, uniquingKeysWith: +)
    parts.tallies.books += other.tallies.books
    parts.hot += other.hot
    return parts
  }
}
