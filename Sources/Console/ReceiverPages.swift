internal import Casework
internal import Store

/// 接收方: who is told of what happens, by webhook or by e-mail.
enum ReceiverPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/administration/outbox/receivers", for: .roles([.administrator])) { visit in
      try await page(visit, typed: FormFields())
    },
    Endpoint(.post, "/administration/outbox/receivers", for: .roles([.administrator]), add),
    Endpoint(.post, "/administration/outbox/receivers/{id}/test", for: .roles([.administrator])) { visit in
      try await change(visit, .queued) { store, id, act throws(StoreFault) in try store.testReceiver(id, by: act) }
    },
    Endpoint(.post, "/administration/outbox/receivers/{id}/remove", for: .roles([.administrator])) { visit in
      try await change(visit, .done) { store, id, act throws(StoreFault) in try store.removeReceiver(id, by: act) }
    },
    Endpoint(.post, "/administration/outbox/receivers/{id}/renew", for: .roles([.administrator]), renew),
  ]

  private static let address = "/administration/outbox/receivers"

  private static func page(
    _ visit: Visit, typed: FormFields, status: Int = 200, fault: String? = nil
  ) async throws -> Reply {
    let receivers = try await visit.pool.read { store throws(StoreFault) in try store.receivers() }
      .filter { $0.ending != .removed }
    let units = visit.services.catalogue(visit.language).departments
    return AdministrationMenu.outbox.page(
      "administration-receivers", visit, title: visit.say("接收方", "Receivers"), status: status,
      [
        "receivers": .objects(receivers) { shown($0, visit) }, "isEmpty": .flag(receivers.isEmpty),
        "fault": .optional(fault), "typedAddress": .text(typed["address"] ?? ""),
        "typedKinds": .text(typed["kinds"] ?? ""), "isMail": .flag(typed["medium"] == "mail"),
        "isSensitive": .flag(typed.has("sensitive")), "typedReason": .text(typed["reason"] ?? ""),
        "isEnglish": .flag(typed["letters"] == "en"),
        "units": .objects(units) {
          ["code": .text($0.code), "name": .text($0.name), "isChosen": .flag($0.code == typed["unit"])]
        },
      ])
  }

  private static func shown(_ receiver: Receiver, _ visit: Visit) -> [String: PageValue] {
    let state: String =
      if receiver.ending == .gone {
        visit.say("对方已停收", "gone")
      } else if receiver.failures > 0 {
        visit.say("连续失败 \(receiver.failures) 次", "\(receiver.failures) failures in a row")
      } else { visit.say("正常", "in use") }
    return [
      "id": .number(receiver.id), "address": .text(visit.services.administration.outbox.address(receiver)),
      "isWebhook": .flag(receiver.medium == .webhook && receiver.ending == nil),
      "isUsed": .flag(receiver.ending == nil),
      "medium": .text(receiver.medium == .webhook ? visit.say("网络回调", "webhook") : visit.say("邮件", "e-mail")),
      "kinds": .text(
        receiver.kinds.isEmpty ? visit.say("全部", "all") : receiver.kinds.joined(separator: " ")),
      "unit": .optional(receiver.unit), "isSensitive": .flag(receiver.isSensitive), "state": .text(state),
      "style": .text(receiver.ending == nil && receiver.failures == 0 ? "ok" : "hot"),
      "path": .text("\(address)/\(receiver.id)"), "generation": .number(receiver.generation),
    ]
  }

  /// Who does it and why; the page itself is the reason where none is given.
  static func act(_ visit: Visit) throws(VisitFault) -> StaffAct {
    let reason = visit.request.form["reason"] ?? "administration page"
    guard let name = visit.visitor.account?.name, let act = StaffAct(actor: name, reason: reason, at: visit.now) else {
      throw .signIn
    }
    return act
  }

  private static func id(_ visit: Visit) throws(VisitFault) -> Int {
    guard let id = visit.parameters["id"].flatMap({ Int($0) }) else { throw .notFound }
    return id
  }

  private static func change(
    _ visit: Visit, _ notice: Notice,
    _ body: @escaping @Sendable (SuggestionStore, Int, StaffAct) throws(StoreFault) -> Bool
  ) async throws -> Reply {
    let (id, act) = (try id(visit), try act(visit))
    let isDone = try await visit.pool.write { store throws(StoreFault) in try body(store, id, act) }
    guard isDone else { throw VisitFault.notFound }
    return .seeOther(address + "?notice=" + notice.rawValue)
  }

  private static func add(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    let medium: Receiver.Medium = form["medium"] == "mail" ? .mail : .webhook
    let kinds = (form["kinds"] ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
    if let wrong = kinds.first(where: { !Receiver.isKind($0) }) {
      return try await page(
        visit, typed: form, status: 400,
        fault: visit.say(
          "消息代码应写成 case.dispatch 或 case.*，不是 \(wrong)", "kinds are codes like case.dispatch or case.*, not \(wrong)"))
    }
    let unit = form["unit"]
    if let unit, !visit.services.catalogue(visit.language).departments.contains(where: { $0.code == unit }) {
      throw VisitFault.field("unit")
    }
    switch visit.services.administration.outbox.checked(medium, form["address"] ?? "", visit.language) {
    case .failure(let refusal): return try await page(visit, typed: form, status: 400, fault: refusal.words)
    case .success(let checked):
      let receiver = Receiver(
        medium: medium, address: checked, kinds: kinds, unit: unit, isSensitive: form.has("sensitive"),
        language: form["letters"] == "en" ? "en" : "zh")
      let act = try act(visit)
      let outcome = try await visit.pool.write { store throws(StoreFault) in
        try store.addReceiverOnce(receiver, by: act)
      }
      switch outcome {
      case .failure(.exists(let id)):
        return try await page(
          visit, typed: form, status: 409,
          fault: visit.say("已有一样的接收方：\(id) 号。", "There is such a receiver already: number \(id)."))
      case .success(let id):
        if medium == .mail { return .seeOther(address + "?notice=" + Notice.added.rawValue) }
        return try await secret(of: id, visit)
      }
    }
  }

  private static func renew(_ visit: Visit) async throws -> Reply {
    let (id, act, seen) = (try id(visit), try act(visit), visit.request.form.number("seen"))
    let isDone = try await visit.pool.write { store throws(StoreFault) in
      try store.renewSecret(of: id, seen: seen, by: act)
    }
    guard isDone else { throw VisitFault.notFound }
    return try await secret(of: id, visit)
  }

  /// The one time it is shown: made from the store's key whenever it is needed, it is written down nowhere.
  private static func secret(of id: Int, _ visit: Visit) async throws -> Reply {
    let (words, now) = (visit.services.administration.outbox, visit.now)
    let secret = try await visit.pool.read { store throws(StoreFault) -> String? in
      guard let receiver = try store.receivers().first(where: { $0.id == id }) else { return nil }
      return try words.secret(store, receiver, now)
    }
    guard let secret else { throw VisitFault.notFound }
    return AdministrationMenu.outbox.page(
      "administration-secret", visit, title: visit.say("签名密钥", "Signing secret"),
      [
        "heading": .text(visit.say("接收方 \(id) 的签名密钥", "The signing secret of receiver \(id)")),
        "secret": .text(secret), "back": .text(address),
        "advice": .text(
          visit.say(
            "只显示这一次，请交给接收方保存；原有的密钥再用一天。", "Shown this once: hand it to the receiver. One that was there before signs for another day.")),
      ])
  }
}
