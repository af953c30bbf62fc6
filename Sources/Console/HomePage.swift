internal import Casework
internal import Store
internal import Suggestions

/// 首页: where to start, for whoever comes.
enum HomePage {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/", for: .everybody, show),
    Endpoint(.get, "/health", for: .everybody) { visit in
      let version = try await visit.pool.read { store throws(StoreFault) in try store.schemaVersion() }
      return .json("{\"status\":\"ok\",\"schema\":\(version)}\n")
    },
  ]

  private static func show(_ visit: Visit) async throws -> Reply {
    guard let account = visit.visitor.account else { return .seeOther("/sign-in") }
    let counts = try await visit.pool.read { store throws(StoreFault) in try store.queueCounts(track: .ordinary) }
    let places = MainPlace.places(for: visit.visitor)
    return visit.page(
      "home", title: visit.say("金点子", "Golden Ideas"),
      [
        "display": .text(account.display),
        "places": .objects(places) { place in
          [
            "address": .text(place.address), "name": .text(place.name(visit.language)),
            "what": .text(place.purpose(visit.language)),
            "count": place == .queue ? .number(counts.pending) : false,
          ]
        },
        "isEmpty": .flag(places.isEmpty),
      ])
  }
}
