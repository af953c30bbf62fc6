internal import Casework
internal import Store

/// 发件箱: messages to the outside by where they stand, and those that failed once more.
enum OutboxPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/administration/outbox", for: .roles([.administrator]), show),
    Endpoint(.post, "/administration/outbox/retry", for: .roles([.administrator]), retry),
  ]

  private static let pageLength = 50

  private static func show(_ visit: Visit) async throws -> Reply {
    let fields = visit.request.query
    let state = try fields["state"].map { code throws(VisitFault) in
      guard let state = OutboxState.allCases.first(where: { $0.code == code }) else { throw .field("state") }
      return state
    }
    let before = fields.number("before")
    let (items, counts, receivers) = try await visit.pool.read { store throws(StoreFault) in
      (
        try store.outbox(state.map { [$0] } ?? [], limit: pageLength, before: before), try store.outboxCounts(),
        try store.receivers()
      )
    }
    let last = items.count == pageLength ? items.last?.id : nil
    let next = last.map { "/administration/outbox?" + fields.with("before", String($0)).with("notice", nil).encoded }
    return AdministrationMenu.outbox.page(
      "administration-outbox", visit,
      [
        "states": .objects([nil] + OutboxState.allCases.map(Optional.some)) { other in
          [
            "address": .text("/administration/outbox" + (other.map { "?state=" + $0.code } ?? "")),
            "name": .text(other.map { words($0, visit) } ?? visit.say("全部", "all")),
            "count": other.map { .number(counts[$0] ?? 0) } ?? false, "isCurrent": .flag(other == state),
          ]
        },
        "messages": .objects(items) { message($0, receivers, visit) }, "isEmpty": .flag(items.isEmpty),
        "next": .optional(next), "hasFailed": .flag((counts[.failed] ?? 0) > 0),
        "hasNoMail": .flag(
          !visit.services.administration.outbox.hasMail
            && receivers.contains { $0.medium == .mail && $0.ending == nil }),
        "receivers": .number(receivers.count { $0.ending == nil }),
      ])
  }

  static func words(_ state: OutboxState, _ visit: Visit) -> String {
    switch state {
    case .waiting: visit.say("待发", "waiting")
    case .sent: visit.say("已送达", "sent")
    case .cancelled: visit.say("已撤销", "cancelled")
    case .failed: visit.say("未送达", "failed")
    }
  }

  private static func message(_ item: OutboxItem, _ receivers: [Receiver], _ visit: Visit) -> [String: PageValue] {
    let words = visit.services.administration.outbox
    let moment = visit.names.moment
    let canRetry = item.deliveries.contains { $0.state == .failed || $0.state == .sent }
    return [
      "id": .number(item.id), "kind": .text(words.kind(item.kind, visit.language)),
      "case": .optional(item.subject > 0 ? "/cases/\(item.subject)" : nil), "subject": .number(item.subject),
      "notBefore": .text(moment(item.notBefore)), "state": .text(self.words(item.state, visit)),
      "style": .text(item.state == .failed ? "hot" : item.state == .sent ? "ok" : ""),
      "canRetry": .flag(canRetry), "wasSent": .flag(item.state == .sent),
      "deliveries": .objects(item.deliveries) { delivery in
        let receiver = receivers.first { $0.id == delivery.receiver }
        return [
          "to": .text(receiver.map { $0.address.isEmpty ? "" : words.address($0) } ?? ""),
          "receiver": .number(delivery.receiver), "state": .text(self.words(delivery.state, visit)),
          "attempts": .number(delivery.attempts),
          "when": .optional((delivery.nextAt ?? delivery.settledAt).map(moment)),
          "isNext": .flag(delivery.nextAt != nil),
          "why": .optional(delivery.fault.map { words.fault($0, visit.language) }),
          "status": .optional(delivery.status.map(String.init)),
        ]
      },
    ]
  }

  private static func retry(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    let ids = form.all("message").compactMap { Int($0) }
    let act = try ReceiverPages.act(visit)
    // Sent ones are named one by one: none is sent to everybody again by mistake.
    let again = form.has("again") && !ids.isEmpty
    _ = try await visit.pool.write { store throws(StoreFault) in try store.retryOutbox(ids, again: again, by: act) }
    return .seeOther("/administration/outbox?notice=" + Notice.queued.rawValue)
  }
}
