internal import Casework
internal import Store

/// 管理首页: how everything stands, and where each part of it is looked after.
enum AdministrationHome {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/administration", for: .roles([.administrator]), show)
  ]

  private static func show(_ visit: Visit) async throws -> Reply {
    let (standing, outbox, people, applied) = try await visit.pool.read { store throws(StoreFault) in
      (try store.standing(), try store.outboxCounts(), try store.accounts(), try store.retentionNotes(limit: 1).first)
    }
    let services = visit.services.administration
    let year = CalendarYear.year(of: visit.now)
    let board = services.workers.all
    return AdministrationMenu.home.page(
      "administration", visit,
      [
        "event": .number(standing.head.event), "hash": .text(standing.head.hash),
        "verified": verified(visit), "size": .text(size(standing.bytes)), "logSize": .text(size(standing.logBytes)),
        "schema": .number(standing.schema),
        "backup": .optional(
          standing.backup.map { note in
            visit.say(
              "\(visit.names.moment(note.at))，到第 \(note.event) 号事件，\(size(note.bytes))",
              "\(visit.names.moment(note.at)), to event \(note.event), \(size(note.bytes))")
          }),
        "waiting": .number(outbox[.waiting] ?? 0), "failed": .number(outbox[.failed] ?? 0),
        "hasFailed": .flag((outbox[.failed] ?? 0) > 0), "quarantined": .number(standing.quarantined),
        "applied": .optional(applied.map { visit.names.moment($0.at) }), "book": .text(services.bookVersion()),
        "calendar": .text(services.settings.calendar(year, visit.language)?.provisional ?? ""),
        "users": .number(people.count { !$0.isDisabled }), "disabled": .number(people.count { $0.isDisabled }),
        "workers": .objects(board) { worker(visit, $0.worker, $0.state) }, "hasWorkers": .flag(!board.isEmpty),
      ])
  }

  /// What the last look through the store found, in one line.
  static func verified(_ visit: Visit) -> PageValue {
    let state = visit.services.administration.verification.state
    var value: [String: PageValue] = ["isRunning": .flag(state.since != nil), "isSound": false, "isBad": false]
    if let since = state.since { value["since"] = .text(visit.names.moment(since)) }
    if let last = state.last {
      value["at"] = .text(visit.names.moment(last.at))
      switch last.outcome {
      case .success(let report):
        value[report.isSound ? "isSound" : "isBad"] = true
        value["head"] = .number(report.historyHead.event)
        value["hash"] = .text(report.historyHead.hash)
        value["findings"] = .list(
          report.faults.map { .text(visit.services.administration.finding($0, visit.language)) })
      case .failure(let fault):
        value["isBad"] = true
        value["findings"] = [.text(visit.names.fault(fault))]
      }
    }
    return .object(value)
  }

  private static func worker(
    _ visit: Visit, _ worker: WorkerBoard.Worker, _ state: WorkerBoard.State
  ) -> [String: PageValue] {
    [
      "name": .text(worker.name(visit.language)),
      "last": .text(state.lastAt.map(visit.names.moment) ?? visit.say("还没有", "not yet")),
      "done": .number(state.done), "lag": .text(worker.lag(state.lag, visit.language)),
      "hasLag": .flag(state.lag > 0), "fault": .optional(state.fault), "failures": .number(state.failures),
    ]
  }

  /// `12.4 MB`, in powers of 1000.
  static func size(_ bytes: Int) -> String {
    for (unit, power) in [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)] where bytes >= power {
      let tenths = bytes / (power / 10)
      return "\(tenths / 10).\(tenths % 10) \(unit)"
    }
    return "\(bytes) B"
  }
}
