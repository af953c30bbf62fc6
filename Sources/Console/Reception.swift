internal import Casework
internal import Store
internal import Suggestions

/// Takes every request to the page that answers it, after asking who comes and whether they may.
///
/// The one place where it is decided who sees what: an endpoint says in the table who may, nothing else asks again.
package struct Reception: Sendable {
  private let premises: Premises
  package let endpoints: [Endpoint]

  package init(_ premises: Premises, endpoints: [Endpoint] = Endpoint.all) {
    self.premises = premises
    self.endpoints = endpoints
  }

  /// The endpoint of a path and the values in it; nil where there is none.
  package func endpoint(_ method: VisitRequest.Method, _ path: String) -> (Endpoint, [String: String])? {
    for endpoint in endpoints where endpoint.method == method {
      if let parameters = endpoint.parameters(in: path) { return (endpoint, parameters) }
    }
    return nil
  }

  package func answer(_ request: VisitRequest) async -> Reply {
    var visit = arriving(request)
    do {
      let endpoint = try await enter(&visit)
      return sent(try await endpoint.answer(visit), to: request)
    } catch {
      return sent(refusal(error, visit), to: request)
    }
  }

  /// What somebody is told who may not send what is large, before any of it is read; nil where it is to be read. A
  /// stranger could fill the memory otherwise.
  package func turnedAway(_ request: VisitRequest) async -> Reply? {
    guard let (endpoint, _) = endpoint(request.method, request.path), endpoint.mostBytes > Endpoint.ordinaryBytes else {
      return nil
    }
    var visit = arriving(request)
    do {
      _ = try await enter(&visit)
      return nil
    } catch {
      return sent(refusal(error, visit), to: request)
    }
  }

  private func arriving(_ request: VisitRequest) -> Visit {
    Visit(
      request: request, visitor: Visitor(language: language(of: request), address: request.address), parameters: [:],
      now: premises.services.now(), history: nil, premises: premises)
  }

  private func enter(_ visit: inout Visit) async throws -> Endpoint {
    guard let (endpoint, parameters) = endpoint(visit.request.method, visit.request.path) else {
      throw VisitFault.notFound
    }
    if visit.request.method == .post, !visit.request.isOwn { throw VisitFault.foreign }
    visit.parameters = parameters
    try await identify(&visit)
    try await admit(&visit, to: endpoint)
    return endpoint
  }

  /// The refusal of a request that could not be read to its end.
  package func refuse(_ fault: VisitFault, _ request: VisitRequest) async -> Reply {
    sent(refusal(fault, arriving(request)), to: request)
  }

  private func language(of request: VisitRequest) -> ConsoleLanguage {
    request.query["language"].flatMap(ConsoleLanguage.init(rawValue:))
      ?? request.cookies["language"].flatMap(ConsoleLanguage.init(rawValue:))
      ?? ConsoleLanguage(acceptLanguage: request.headers["accept-language"] ?? "")
  }

  private func identify(_ visit: inout Visit) async throws(StoreFault) {
    let cookie = visit.request.cookies[SessionCookie.name(isSecure: premises.settings.isSecure)]
    guard let token = cookie.flatMap({ SessionToken($0) }) else { return }
    let now = visit.now
    // Looking is all a page waits for; that the session was used is written down behind it, or an import would hold
    // back whoever clicks.
    var looking = SignInLimits.standard
    looking.seenEvery = 1 << 40
    let limits = looking
    let session = try await premises.pool.read { store throws(StoreFault) in
      try store.session(token, at: now, limits: limits)
    }
    guard let session else { return }
    if now >= session.seenAt + SignInLimits.standard.seenEvery {
      let pool = premises.pool
      Task { _ = try? await pool.write { store throws(StoreFault) in try store.session(token, at: now) } }
    }
    visit.visitor = Visitor(
      session: session, token: token, language: visit.language, address: visit.visitor.address)
  }

  private func admit(_ visit: inout Visit, to endpoint: Endpoint) async throws {
    if endpoint.access == .everybody { return }
    guard visit.visitor.session != nil else { throw VisitFault.signIn }
    switch endpoint.access {
    case .everybody, .signedIn: return
    case .roles(let roles): if !visit.visitor.hasRole(among: roles) { throw VisitFault.forbidden }
    case .theCase:
      let id = visit.caseID
      let path = premises.services.casework().regionPath
      let history = try await premises.pool.read { store throws(StoreFault) in
        try store.caseHistory(of: id, regionPath: path)
      }
      guard let history, visit.visitor.actors.maySee(try history.outline()) else { throw VisitFault.notFound }
      visit.history = history
    }
  }

  // MARK: What is said when it fails

  private func refusal(_ error: any Error, _ visit: Visit) -> Reply {
    let fault = error as? VisitFault
    if fault == .signIn, visit.request.method == .get, !visit.request.wantsJSON {
      let here = visit.request.path + (visit.request.query.fields.isEmpty ? "" : "?" + visit.request.query.encoded)
      return .seeOther("/sign-in?next=" + FormFields.encoded(here))
    }
    let (status, title, advice) = words(for: error, visit)
    var reply =
      visit.request.wantsJSON
      ? Reply.problem(status, title: title)
      : visit.page(
        "fault", title: title, status: status,
        ["status": .number(status), "heading": .text(title), "advice": .text(advice)])
    if case .tooMany(let seconds) = fault { reply.headers.append(("Retry-After", String(seconds))) }
    return reply
  }

  private func words(for error: any Error, _ visit: Visit) -> (Int, String, String) {
    let say = visit.language
    switch error {
    case VisitFault.notFound:
      return (
        404, say("没有这一页", "No such page"),
        say("地址可能有误，或者您不能查看它。请从首页重新进入。", "The address may be mistyped, or the page is not yours to see. Start again from the first page.")
      )
    case VisitFault.signIn:
      return (401, say("请先登录", "Please sign in"), say("登录已过期或尚未登录。", "You are not signed in, or no longer."))
    case VisitFault.forbidden:
      return (
        403, say("您的身份没有这一页", "Not a page of your role"),
        say("需要时请管理员给您相应的角色。", "If you need it, ask the administrator for the role.")
      )
    case VisitFault.foreign:
      return (
        403, say("已拒绝", "Refused"),
        say("这次提交不是从本平台的页面发出的，没有写入。", "This was not sent from a page of ours. Nothing was written.")
      )
    case VisitFault.field(let name):
      return (400, say("缺少或看不懂：\(name)", "Missing or unreadable: \(name)"), say("请返回补上再提交，没有写入。", "Go back and fill it in; nothing was written."))
    case VisitFault.tooLarge:
      return (413, say("太大了", "Too large"), say("请分成几次提交。", "Send it in parts."))
    case VisitFault.tooMany(let seconds):
      return (429, say("请稍后再试", "Please wait"), say("请求太频繁，\(seconds) 秒后再试。", "Too many requests; try again in \(seconds) seconds."))
    case VisitFault.conflict:
      return (409, say("刚被别人改过", "Somebody was faster"), say("没有写入，请返回再看一眼。", "Nothing was written; go back and look again."))
    case let fault as StoreFault:
      return (503, say("暂时不能读写", "The store cannot be used now"), visit.names.fault(fault))
    default:
      return (500, say("出了问题", "Something went wrong"), say("没有写入。请稍后再试，或告诉管理员。", "Nothing was written. Try again later, or tell the administrator."))
    }
  }

  // MARK: Headers of every answer, refusals too

  private func sent(_ reply: Reply, to request: VisitRequest) -> Reply {
    ContentCoding.apply(to: guarded(reply), for: request)
  }

  private func guarded(_ reply: Reply) -> Reply {
    var reply = reply
    reply.headers += [
      ("Content-Security-Policy", Reception.contentPolicy), ("X-Content-Type-Options", "nosniff"),
      ("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY"), ("Cross-Origin-Opener-Policy", "same-origin"),
      ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ]
    if premises.settings.isSecure {
      reply.headers.append(("Strict-Transport-Security", "max-age=31536000"))
    }
    if !reply.headers.contains(where: { $0.name == "Cache-Control" }) {
      reply.headers.append(("Cache-Control", "no-store"))
    }
    return reply
  }

  /// No inline script or style, nothing from elsewhere, no frame around it (CSP Level 3).
  static let contentPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
