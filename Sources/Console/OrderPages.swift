internal import Casework
internal import Store
internal import Suggestions

/// 承办通知单: the order that stands on a case, to print.
///
/// As anybody who sees the case may look at it, it carries neither a contact nor a link; who wants those on it says so
/// by a form, and the history tells.
enum OrderPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/cases/{id}/order", for: .theCase) { visit in try await paper(visit) },
    Endpoint(.get, "/cases/{id}/order/options", for: .theCase) { visit in try options(visit, typed: FormFields()) },
    Endpoint(.post, "/cases/{id}/order", for: .theCase, make),
  ]

  /// Days a link is good for, at most and unless somebody says otherwise.
  private static let days = (most: 90, standard: 15)

  private static func paper(
    _ visit: Visit, link: (address: String, until: Int64)? = nil, opening: StaffAct? = nil
  ) async throws -> Reply {
    let (id, services, language) = (visit.caseID, visit.services, visit.language)
    let back = visit.say("← 回到事项 \(id)", "← Back to suggestion \(id)")
    var links = [PaperFrame.Link(words: back, address: "/cases/\(id)")]
    if mayLink(visit) || mayOpen(visit) {
      links.append(
        PaperFrame.Link(
          words: visit.say("带答复二维码或联系方式的…", "With a link to answer, or the contact …"),
          address: "/cases/\(id)/order/options"))
    }
    let wish = OrderWish(
      suggestion: id, rules: services.casework(), at: visit.now, link: link, opening: opening,
      frame: PaperFrame(style: visit.premises.assets.address(of: DeskServices.orderStyle), links: links))
    let page =
      if opening == nil {
        try await visit.pool.read { store throws(StoreFault) in try services.desks.order(store, wish, language) }
      } else {
        // What opens a contact writes that down.
        try await visit.pool.write { store throws(StoreFault) in try services.desks.order(store, wish, language) }
      }
    guard let page else { return noOrder(visit) }
    return .page(page)
  }

  private static func noOrder(_ visit: Visit) -> Reply {
    let state = (try? visit.history?.file())?.state ?? .pending
    return visit.page(
      "fault", title: visit.say("没有通知单", "No order"), section: .desk, status: 404,
      [
        "status": .number(404), "heading": .text(visit.say("没有通知单", "No order")),
        "advice": .text(visit.services.desks.words(visit.language).link(.noOrder(state))),
      ])
  }

  // MARK: With more on it

  /// Who gives orders may hand the unit a link; who has signed in needs none.
  private static func mayLink(_ visit: Visit) -> Bool {
    guard let outline = try? visit.history?.outline(), outline.track == .ordinary else { return false }
    return visit.actors(as: [.moderator, .lead]).maySee(outline)
  }

  /// The contact was released for this order: the unit that has it may see it, and who may open contacts anyway.
  private static func mayOpen(_ visit: Visit) -> Bool {
    guard let history = visit.history, (try? history.isContactReleased()) == true,
      let outline = try? history.outline(), let unit = try? history.standingOrder()?.unit
    else { return false }
    return visit.visitor.actors.mayOpenContacts(of: outline)
      || visit.visitor.actors.filter { $0.handler == unit }.maySee(outline)
  }

  private static func options(
    _ visit: Visit, typed: FormFields, status: Int = 200, fault: String? = nil
  ) throws -> Reply {
    guard (try? visit.history?.standingOrder()) != nil else { return noOrder(visit) }
    guard mayLink(visit) || mayOpen(visit) else { throw VisitFault.forbidden }
    return visit.page(
      "order-options", title: visit.say("通知单 \(visit.caseID)", "Order \(visit.caseID)"), section: .desk, status: status,
      [
        "id": .number(visit.caseID), "address": .text("/cases/\(visit.caseID)/order"), "fault": .optional(fault),
        "mayLink": .flag(mayLink(visit)), "mayOpen": .flag(mayOpen(visit)), "wantsLink": .flag(typed.has("link")),
        "wantsContact": .flag(typed.has("contact")), "days": .text(typed["days"] ?? String(days.standard)),
        "most": .number(days.most), "reason": .text(typed["reason"] ?? ""),
      ])
  }

  private static func make(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    let (wantsLink, wantsContact) = (form.has("link"), form.has("contact"))
    guard wantsLink || wantsContact else { return .seeOther("/cases/\(visit.caseID)/order") }
    guard (try? visit.history?.standingOrder()) != nil else { return noOrder(visit) }
    guard !wantsLink || mayLink(visit), !wantsContact || mayOpen(visit), let name = visit.visitor.account?.name else {
      throw VisitFault.forbidden
    }
    let opening = wantsContact ? form["reason"].flatMap { StaffAct(actor: name, reason: $0, at: visit.now) } : nil
    if wantsContact, opening == nil {
      return try options(
        visit, typed: form, status: 400,
        fault: visit.say("看联系方式要写明为什么，会记入历史。", "Say why the contact is needed; it is logged."))
    }
    guard wantsLink else { return try await paper(visit, opening: opening) }
    guard let count = form.number("days"), (1...days.most).contains(count) else {
      return try options(
        visit, typed: form, status: 400,
        fault: visit.say("有效天数应为 1 到 \(days.most)。", "A link is good for 1 to \(days.most) days."))
    }
    let (id, now, rules) = (visit.caseID, visit.now, visit.services.casework())
    let until = now + Int64(count) * 86_400
    let made = try await visit.pool.write { store throws(StoreFault) in
      try store.answerLink(on: id, until: until, by: name, at: now, under: rules)
    }
    switch made {
    case .success(let made):
      return try await paper(visit, link: (PublicAddress(visit).answers + made.token, until), opening: opening)
    case .failure(let refusal):
      return try options(
        visit, typed: form, status: 409, fault: visit.services.desks.words(visit.language).link(refusal))
    }
  }
}
