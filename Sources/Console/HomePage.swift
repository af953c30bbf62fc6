internal import Casework
internal import Store
internal import Suggestions

/// 首页: where to start, for whoever comes.
enum HomePage {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/", for: .everybody, show),
    Endpoint(.get, "/health", for: .everybody, health),
  ]

  /// For who watches over the program: whether the store answers, and how what goes on in the background stands.
  private static func health(_ visit: Visit) async throws -> Reply {
    let version = try await visit.pool.read { store throws(StoreFault) in try store.schemaVersion() }
    let workers = visit.services.administration.workers.all
    var json = JSONWriter()
    json.object { root in
      root.field("status", workers.contains { $0.state.fault != nil } ? "degraded" : "ok")
      root.field("schema", version)
      root.array("workers") { list in
        for (worker, state) in workers {
          list.object {
            $0.field("name", worker.rawValue)
            if let last = state.lastAt { $0.field("last_at", last) } else { $0.null("last_at") }
            $0.field("lag", state.lag)
            $0.field("fault", state.fault)
          }
        }
      }
    }
    json.newline()
    return .json(json.text)
  }

  private static func show(_ visit: Visit) async throws -> Reply {
    guard let account = visit.visitor.account else { return .seeOther("/sign-in") }
    let places = MainPlace.places(for: visit.visitor)
    var waiting: String?
    if places.contains(.queue) {
      let filter = QueueQuery(FormFields()).filter(visit)
      let counts = try await visit.pool.read { store throws(StoreFault) in try store.reviewCounts(filter, by: []) }
      waiting = String(counts.total) + (counts.isMore ? "+" : "")
    }
    return visit.page(
      "home", title: visit.say("金点子", "Golden Ideas"),
      [
        "display": .text(account.display),
        "places": .objects(places) { place in
          [
            "address": .text(place.address), "name": .text(place.name(visit.language)),
            "what": .text(place.purpose(visit.language)),
            "count": place == .queue ? .optional(waiting) : false,
          ]
        },
        "isEmpty": .flag(places.isEmpty),
      ])
  }
}
