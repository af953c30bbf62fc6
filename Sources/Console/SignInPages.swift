internal import Store

/// 登录, 退出, 语言.
enum SignInPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/sign-in", for: .everybody) { visit in
      if visit.visitor.session != nil { return .seeOther(next(visit.request.query)) }
      return page(visit, status: 200)
    },
    Endpoint(.post, "/sign-in", for: .everybody, mostBytes: 16 * 1024, signIn),
    Endpoint(.post, "/sign-out", for: .everybody) { visit in
      if let token = visit.visitor.token {
        let now = visit.now
        try await visit.pool.write { store throws(StoreFault) in try store.signOut(token, at: now) }
      }
      var reply = Reply.seeOther("/sign-in?notice=signed-out")
      reply.headers.append(SessionCookie.removing(isSecure: visit.premises.settings.isSecure))
      return reply
    },
    Endpoint(.get, "/language/{code}", for: .everybody) { visit in
      guard let code = visit.parameters["code"], ConsoleLanguage(rawValue: code) != nil else {
        throw VisitFault.notFound
      }
      var reply = Reply.seeOther(next(visit.request.query))
      reply.headers.append(("Set-Cookie", "language=\(code); Path=/; SameSite=Lax; Max-Age=31536000"))
      return reply
    },
  ]

  /// Where to go afterwards: an address of ours, or the first page.
  private static func next(_ fields: FormFields) -> String {
    guard let next = fields["next"], next.hasPrefix("/"), !next.hasPrefix("//"), !next.hasPrefix("/sign-in"),
      next.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") })
    else { return "/" }
    return next
  }

  private static func signIn(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    // Not trimmed: a password may begin with a space.
    let typed = form.all("password").first ?? ""
    guard let name = form["name"], !typed.isEmpty else {
      return page(visit, status: 400, visit.say("请填写用户名和口令。", "Fill in the name and the password."))
    }
    let (now, address) = (visit.now, visit.visitor.address)
    let outcome = try await visit.pool.signIn { store throws(StoreFault) in
      try store.signIn(name, Password(typed), from: address, at: now)
    }
    switch outcome {
    case .success(let signedIn):
      var reply = Reply.seeOther(next(form))
      reply.headers.append(
        SessionCookie.setting(signedIn.token.text, isSecure: visit.premises.settings.isSecure))
      return reply
    case .failure(.wrong):
      return page(visit, status: 403, visit.say("用户名或口令不对。", "The name or the password is wrong."))
    case .failure(.disabled):
      return page(visit, status: 403, visit.say("这个用户已停用，请找管理员。", "This user is disabled; ask the administrator."))
    case .failure(.locked(let until)):
      let seconds = Int(max(1, until - now))
      var reply = page(
        visit, status: 429,
        visit.say("失败次数太多，\((seconds + 59) / 60) 分钟后再试。", "Too many failures; try again in \((seconds + 59) / 60) minutes."))
      reply.headers.append(("Retry-After", String(seconds)))
      return reply
    }
  }

  private static func page(_ visit: Visit, status: Int, _ fault: String? = nil) -> Reply {
    let fields = visit.request.method == .post ? visit.request.form : visit.request.query
    return visit.page(
      "sign-in", title: visit.say("登录", "Sign in"), status: status,
      [
        "fault": .optional(fault), "name": .text(fields["name"] ?? ""), "next": .text(next(fields)),
        "hasDemo": .flag(!visit.premises.settings.demoUsers.isEmpty),
        "demo": .objects(visit.premises.settings.demoUsers) { user in
          [
            "name": .text(user.name), "display": .text(user.display), "password": .text(user.password),
            "sees": .text(visit.say(user.zh, user.en)), "next": .text(next(fields)),
          ]
        },
      ])
  }
}
