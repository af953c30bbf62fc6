internal import Store

/// 常用筛选: filters somebody keeps, for themselves or for everybody who works the queue.
enum SavedViewForms {
  static let endpoints: [Endpoint] = [
    Endpoint(.post, "/queue/views", for: .roles(MainPlace.queue.roles), save),
    Endpoint(.post, "/queue/views/{view}/delete", for: .roles(MainPlace.queue.roles), delete),
    Endpoint(.get, "/queue/filters", for: .roles(MainPlace.queue.roles)) { visit in
      let query = QueueQuery(visit.request.query)
      let value: [String: PageValue] = ["filters": QueueFilters(query, visit).value]
      if visit.request.query["part"] != nil { return visit.fragment("queue-filters", value) }
      return visit.page("queue-filters-page", title: visit.say("筛选", "Filter"), section: .queue, value)
    },
  ]

  static func value(_ query: QueueQuery, _ visit: Visit) async throws -> PageValue {
    guard let name = visit.visitor.account?.name else { return false }
    let views = try await visit.pool.read { store throws(StoreFault) in try store.savedViews(of: name) }
    return [
      "list": .objects(views) { view in
        [
          "name": .text(view.name), "address": .text("/queue?" + view.query), "isMine": .flag(view.owner == name),
          "owner": .text(view.owner), "delete": .text("/queue/views/\(view.id)/delete"),
          "isCurrent": .flag(view.query == query.fields.encoded),
        ]
      },
      "hasList": .flag(!views.isEmpty), "mayKeep": .flag(!query.fields.fields.isEmpty),
      "query": .text(query.fields.encoded),
    ]
  }

  private static func save(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    guard let owner = visit.visitor.account?.name, let name = form["name"] else { throw VisitFault.field("name") }
    // Through the same reading as an address, so that a kept view can say no more than a filter.
    let query = QueueQuery(FormFields(encoded: form["query"] ?? ""))
    let (text, isShared, now) = (query.fields.encoded, form.has("shared"), visit.now)
    let outcome = try await visit.pool.write { store throws(StoreFault) in
      try store.saveView(name, query: text, isShared: isShared, of: owner, at: now)
    }
    switch outcome {
    case .success: return .seeOther(query.address(("notice", Notice.saved.rawValue)))
    case .failure: throw VisitFault.field("name")
    }
  }

  private static func delete(_ visit: Visit) async throws -> Reply {
    guard let owner = visit.visitor.account?.name, let id = visit.parameters["view"].flatMap({ Int($0) }) else {
      throw VisitFault.notFound
    }
    let wasThere = try await visit.pool.write { store throws(StoreFault) in try store.deleteView(id, of: owner) }
    guard wasThere else { throw VisitFault.notFound }
    return .seeOther("/queue?notice=" + Notice.saved.rawValue)
  }
}
