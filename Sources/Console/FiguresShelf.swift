internal import Casework
internal import Dispatch
internal import Store
internal import Suggestions
internal import Synchronization

/// What the overview is made from, shared by all visits: one sheet of all cases, and the months that were looked at.
///
/// Reading a million cases takes fourteen seconds of a core; a page takes a sheet that may be some minutes old and says
/// so. From a sheet a month of anybody's reach is a matter of milliseconds.
package final class FiguresShelf: Sendable {
  private let sheets: BackgroundValues<Int, CaseSheet>
  private let hot: BackgroundValues<HotKey, [HotMatter]>
  private let views = Mutex<[FiguresView.Key: FiguresView]>([:])
  private let latest = Mutex<(asOf: Int64, queries: [CaseReach: FiguresQuery])>((.min, [:]))
  private let progress = Mutex<(done: Int, end: Int)>((0, 0))
  /// How long a page waits for what is made for the first time: for the sheet, without which there is none, and for hot
  /// matters, without which there is all the rest.
  private let patience: Duration
  private let hotPatience: Duration

  private static let filePatience = Duration.seconds(25)

  private struct HotKey: Hashable, Sendable {
    var end: Int64
    var length: Int64
    var track: Track
  }

  private static let mostViews = 32
  /// Of them a page shows those its visitor may see.
  private static let mostHot = 24

  /// - Parameter quick: see ``BackgroundValues``.
  package init(
    patience: Duration = .milliseconds(90), hotPatience: Duration = .milliseconds(80),
    quick: Duration = .milliseconds(60)
  ) {
    self.patience = patience
    self.hotPatience = hotPatience
    sheets = BackgroundValues(most: 1, quick: quick)
    hot = BackgroundValues(most: 24, quick: quick)
  }

  /// The sheet there is, and whether a newer one is under way.
  struct Standing: Sendable {
    var sheet: CaseSheet
    var isEarlier: Bool
  }

  /// Nil while the first one is being made.
  ///
  /// - Parameter isFile: whether it is for a file, which is worth a wait: nobody looks at a half of one meanwhile.
  func sheet(_ visit: Visit, isFile: Bool = false) async throws -> Standing? {
    let event = try await visit.pool.read { store throws(StoreFault) in try store.lastEvent() }
    let (pool, services, now) = (visit.pool, visit.services, visit.now)
    let patience = isFile ? max(patience, FiguresShelf.filePatience) : patience
    let found = try await sheets.value(0, ValueStamp(event: event, moment: now), patience: patience) { isAwaited in
      try await self.makeSheet(pool, services, at: now, isAwaited: isAwaited)
    }
    return switch found {
    case .now(let sheet): Standing(sheet: sheet, isEarlier: false)
    case .earlier(let sheet): Standing(sheet: sheet, isEarlier: true)
    case .notYet: nil
    }
  }

  /// How far the first sheet is: numbers of suggestions.
  var counted: (done: Int, end: Int) { progress.withLock { $0 } }

  private final class Draft: Sendable {
    let sheet: Mutex<CaseSheet>
    init(_ sheet: CaseSheet) { self.sheet = Mutex(sheet) }
  }

  private func makeSheet(
    _ pool: StorePool, _ services: ConsoleServices, at now: Int64, isAwaited: Bool
  ) async throws -> CaseSheet {
    let rules = services.casework()
    let draft = Draft(
      CaseSheet(
        asOf: now, clocks: rules.clocks, calendar: rules.calendar, stationTier: services.figures.scope().stationTier))
    var tour = try await pool.read { store throws(StoreFault) in try store.beginTour() }
    let most = tour.end
    draft.sheet.withLock { $0.reserve(most) }
    while !tour.isAtEnd {
      let (begun, before) = (ContinuousClock.now, tour)
      tour = try await pool.read { store throws(StoreFault) in
        var tour = before
        try store.read(&tour, regionPath: rules.regionPath) { record in draft.sheet.withLock { $0.add(record) } }
        return tour
      }
      let (done, end) = (tour.done, tour.end)
      progress.withLock { $0 = (done, end) }
      // Nobody waits for a newer one: half of the time is for others.
      if !isAwaited { try await Task.sleep(for: ContinuousClock.now - begun) }
    }
    return draft.sheet.withLock { $0 }
  }

  /// What the overview opens with. Found once for a sheet and a reach: all cases are looked at for it.
  func latest(in sheet: CaseSheet, reach: CaseReach) -> FiguresQuery {
    let known = latest.withLock { $0.asOf == sheet.asOf ? $0.queries[reach] : nil }
    if let known { return known }
    let found = FiguresQuery(latestIn: sheet, reach: reach)
    latest.withLock { latest in
      if latest.asOf != sheet.asOf || latest.queries.count >= FiguresShelf.mostViews { latest = (sheet.asOf, [:]) }
      latest.queries[reach] = found
    }
    return found
  }

  /// What a month looks like to somebody.
  func view(_ key: FiguresView.Key, of sheet: CaseSheet, _ visit: Visit) async throws -> FiguresView {
    if let view = views.withLock({ $0[key] }) { return view }
    let scope = visit.services.figures.scope()
    // On a thread of the store's: the few that all requests share are not for counting.
    let view = try await visit.pool.read { _ throws(StoreFault) in FiguresView(key, sheet, scope) }
    views.withLock { views in
      views = views.filter { $0.key.asOf == key.asOf }
      if views.count >= FiguresShelf.mostViews { views.removeAll() }
      views[key] = view
    }
    return view
  }

  /// Matters many spoke of between two days, by when they were written; nil while they are being looked for.
  func hotMatters(_ days: Range<Int>, _ track: Track, _ visit: Visit) async throws -> [HotMatter]? {
    let (start, end) = (WorkingCalendar.start(of: days.lowerBound), WorkingCalendar.start(of: days.upperBound))
    let event = try await visit.pool.read { store throws(StoreFault) in try store.lastEvent() }
    let key = HotKey(end: end, length: end - start, track: track)
    let pool = visit.pool
    let found = try await hot.value(key, ValueStamp(event: event, moment: visit.now), patience: hotPatience) { _ in
      try await pool.read { store throws(StoreFault) in
        try store.hotMatters(until: end, length: end - start, limit: FiguresShelf.mostHot, track: track)
      }
    }
    return switch found {
    case .now(let matters), .earlier(let matters): matters
    case .notYet: nil
    }
  }
}
