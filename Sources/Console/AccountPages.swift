internal import Casework
internal import Store

/// 我的账户: what one may, where one is signed in, and one's own password.
enum AccountPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/account", for: .signedIn) { visit in try await page(visit) },
    Endpoint(.post, "/account/password", for: .signedIn, changePassword),
    Endpoint(.post, "/account/sessions", for: .signedIn, endOthers),
  ]

  private static func page(_ visit: Visit, status: Int = 200, fault: String? = nil) async throws -> Reply {
    guard let account = visit.visitor.account else { throw VisitFault.signIn }
    let now = visit.now
    let sessions = try await visit.pool.read { store throws(StoreFault) in
      try store.sessions(of: account.name, at: now) ?? []
    }
    return visit.page(
      "account", title: visit.say("我的账户", "My account"), status: status,
      [
        "name": .text(account.name), "display": .text(account.display),
        "roles": .list(
          account.grants.map { .text(visit.services.administration.scope($0.scope, visit.language)) }),
        "hasRoles": .flag(!account.grants.isEmpty), "sessions": UserPage.sessions(sessions, visit),
        "hasOthers": .flag(sessions.count > 1), "rules": .text(PasswordWords.rules(visit.language)),
        "fault": .optional(fault),
      ])
  }

  private static func endOthers(_ visit: Visit) async throws -> Reply {
    guard let session = visit.visitor.session else { throw VisitFault.signIn }
    let (name, now) = (session.account.name, visit.now)
    try await visit.pool.write { store throws(StoreFault) in
      for other in try store.sessions(of: name, at: now) ?? [] where other.id != session.id {
        _ = try store.revokeSessions(of: name, only: other.id, by: name, at: now)
      }
    }
    return .seeOther("/account?notice=" + Notice.othersEnded.rawValue)
  }

  private static func changePassword(_ visit: Visit) async throws -> Reply {
    guard let account = visit.visitor.account else { throw VisitFault.signIn }
    let form = visit.request.form
    // Not trimmed: a password may begin with a space.
    let (old, new, again) = (text("old", form), text("new", form), text("again", form))
    if old.isEmpty || new.isEmpty {
      return try await page(
        visit, status: 400, fault: visit.say("请填写原口令和新口令。", "Fill in the old password and the new one."))
    }
    if !new.unicodeScalars.elementsEqual(again.unicodeScalars) {
      return try await page(
        visit, status: 400,
        fault: visit.say("两遍新口令不一样，口令没有改。", "The two new passwords differ; nothing was changed."))
    }
    let (name, address, now) = (account.name, visit.visitor.address, visit.now)
    let outcome = try await visit.pool.signIn { store throws(StoreFault) in
      try store.changePassword(of: name, from: Password(old), to: Password(new), at: address, now)
    }
    switch outcome {
    case .success(let signedIn):
      var reply = Reply.seeOther("/account?notice=" + Notice.passwordSet.rawValue)
      reply.headers.append(
        SessionCookie.setting(signedIn.token.text, isSecure: visit.premises.settings.isSecure))
      return reply
    case .failure(let refusal):
      return try await page(visit, status: status(refusal), fault: words(refusal, visit))
    }
  }

  private static func text(_ name: String, _ form: FormFields) -> String { form.all(name).first ?? "" }

  private static func status(_ refusal: PasswordChangeRefusal) -> Int {
    switch refusal {
    case .old(.locked): 429
    case .old: 403
    case .new, .same: 400
    }
  }

  private static func words(_ refusal: PasswordChangeRefusal, _ visit: Visit) -> String {
    switch refusal {
    case .old(.locked(let until)):
      let minutes = (max(1, until - visit.now) + 59) / 60
      return visit.say("失败次数太多，\(minutes) 分钟后再试。", "Too many failures; try again in \(minutes) minutes.")
    case .old: return visit.say("原口令不对，口令没有改。", "The old password is wrong; nothing was changed.")
    case .same: return visit.say("新口令与原口令相同。", "The new password is the old one.")
    case .new(let fault): return visit.services.administration.password(fault, visit.language)
    }
  }
}
