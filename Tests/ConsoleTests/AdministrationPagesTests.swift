import Casework
import Console
import Foundation
import Store
import Suggestions
import Testing

/// Administration through its pages: users, one's own account, the history, the outbox, the settings.
@Suite struct AdministrationPagesTests {
  private func admin(_ premises: TestPremises) throws -> String {
    try premises.cookie("admin", RoleScope(.administrator))
  }

  @Test func allOfItIsTheAdministratorsAlone() {
    let pages = Endpoint.all.filter { $0.path.hasPrefix("/administration") }
    #expect(pages.count > 15)
    for page in pages { #expect(page.access == .roles([.administrator]), "\(page.path)") }
    for page in Endpoint.all where page.path.hasPrefix("/account") {
      #expect(page.access != .everybody, "\(page.path)")
    }
  }

  @Test func everyPageIsThereInBothLanguages() async throws {
    let premises = try TestPremises()
    let cookie = try admin(premises)
    for path in [
      "/account", "/administration", "/administration/users", "/administration/users/admin",
      "/administration/stations", "/administration/calendar", "/administration/clocks", "/administration/history",
      "/administration/outbox", "/administration/outbox?state=failed", "/administration/outbox/receivers",
      "/administration/retention", "/administration/retention/apply",
    ] {
      for (language, word) in [("zh", "管理员"), ("en", "administrator")] {
        let reply = await premises.get(path + (path.contains("?") ? "&" : "?") + "language=" + language, cookie)
        #expect(reply.status == 200, "\(path)")
        #expect(reply.text.contains("<h1>") && reply.text.contains("</html>"), "\(path)")
        #expect(reply.text.contains(word), "\(path) \(language)")
        #expect(!reply.text.contains("[["), "\(path)")
      }
    }
  }

  // MARK: Users

  private func account(_ premises: TestPremises, _ name: String) throws -> Account {
    try #require(try premises.store.account(named: name))
  }

  @Test func aUserIsAddedAndGivenARole() async throws {
    let premises = try TestPremises()
    let cookie = try admin(premises)
    let users = "/administration/users"
    let refused = await premises.post(users, [("name", "zhou min"), ("display", "周<敏>")], cookie)
    #expect(refused.status == 409)
    #expect(refused.text.contains("value=\"zhou min\"") && refused.text.contains("周&lt;敏&gt;"), "what was typed stays")
    let added = await premises.post(users, [("name", "Zhou.Min"), ("display", "周敏")], cookie)
    #expect(added.status == 303 && added.header("Location")?.hasPrefix("/administration/users/zhou.min") == true)
    #expect(try account(premises, "zhou.min").grants.isEmpty)

    let roles = users + "/zhou.min/roles"
    let missing = await premises.post(roles, [("role", "department"), ("track", "ordinary")], cookie)
    #expect(missing.status == 409 && missing.text.contains("role=\"alert\""))
    let strange = await premises.post(roles, [("role", "moderator"), ("region", "nowhere"), ("track", "ordinary")], cookie)
    #expect(strange.status == 400)
    let unit = try #require(premises.premises.services.catalogue(.zh).departments.first)
    let given = await premises.post(
      roles, [("role", "department"), ("unit", unit.code), ("track", "ordinary"), ("track", "sensitive")], cookie)
    #expect(given.status == 303)
    let grant = try #require(try account(premises, "zhou.min").grants.first)
    #expect(
      grant.scope
        == RoleScope(.department, tracks: [.ordinary, .sensitive], handler: CaseHandler(unit: unit.code)))
    #expect(await premises.get(users, cookie).text.contains(unit.name))
    let taken = await premises.post(roles + "/\(grant.number)/take", [], cookie)
    #expect(taken.status == 303)
    #expect(try account(premises, "zhou.min").grants.isEmpty)
    #expect(await premises.post(roles + "/\(grant.number)/take", [], cookie).status == 409, "taken already")
  }

  @Test func nobodyLocksOutTheLastAdministrator() async throws {
    let premises = try TestPremises()
    let cookie = try admin(premises)
    let address = "/administration/users/admin"
    let number = try #require(try account(premises, "admin").grants.first).number
    for act in ["/disable", "/roles/\(number)/take"] {
      let reply = await premises.post(address + act, [], cookie)
      #expect(reply.status == 409 && reply.text.contains("最后一个"), "\(act)")
    }
    #expect(try account(premises, "admin").actors().map(\.role) == [.administrator])
    _ = try premises.cookie("second", RoleScope(.administrator))
    #expect(await premises.post(address + "/disable", [], cookie).status == 303)
    #expect(await premises.get("/administration", cookie).status == 303, "and is out at once")
  }

  @Test func aPasswordIsMadeUpAndShownOnce() async throws {
    let premises = try TestPremises()
    let cookie = try admin(premises)
    _ = try premises.store.addAccount("min", scope: RoleScope(.moderator), by: "system:test", at: premises.clock.now)
      .get()
    let address = "/administration/users/min"
    #expect(await premises.post(address + "/password", [("password", "short")], cookie).status == 400)
    let reply = await premises.post(address + "/password", [("password", "")], cookie)
    #expect(reply.status == 200 && reply.header("Cache-Control") == "no-store")
    let code = try #require(reply.text.firstRange(of: "<p class=\"secret\"><code>"))
    let secret = String(reply.text[code.upperBound...].prefix { $0 != "<" })
    #expect(!(await premises.get(address, cookie)).text.contains(secret))
    _ = try premises.store.signIn("min", Password(secret), at: premises.clock.now).get()
    #expect(try premises.store.sessions(of: "min", at: premises.clock.now)?.count == 1)
    #expect(await premises.post(address + "/sessions", [], cookie).status == 303)
    #expect(try premises.store.sessions(of: "min", at: premises.clock.now)?.isEmpty == true)
  }

  // MARK: One's own account

  @Test func onesOwnPasswordWantsTheOldOne() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("min", RoleScope(.moderator))
    let elsewhere = try premises.cookie("min", RoleScope(.moderator))
    func change(_ old: String, _ new: String, _ again: String) async -> Reply {
      await premises.post("/account/password", [("old", old), ("new", new), ("again", again)], cookie)
    }
    let new = "seven lamps along the river"
    #expect(await change("wrong horse battery", new, new).status == 403)
    #expect(await change(TestPremises.password, new, new + "!").status == 400)
    #expect(await change(TestPremises.password, "short", "short").status == 400)
    #expect(await premises.get("/account", elsewhere).status == 200)
    let done = await change(TestPremises.password, new, new)
    #expect(done.status == 303)
    #expect(await premises.get("/account", elsewhere).status == 303, "signed out everywhere else")
    let fresh = try #require(done.header("Set-Cookie")?.split(separator: ";").first).description
    let page = await premises.get("/account", fresh)
    #expect(page.status == 200 && page.text.contains("审核员"))
  }

  @Test func oneSignsOutEverywhereElse() async throws {
    let premises = try TestPremises()
    let here = try premises.cookie("min", RoleScope(.moderator))
    let there = try premises.cookie("min", RoleScope(.moderator))
    #expect(await premises.post("/account/sessions", [], here).status == 303)
    #expect(await premises.get("/account", here).status == 200)
    #expect(await premises.get("/account", there).status == 303)
  }

  // MARK: The history

  @Test func theHistoryIsShownWithoutAnybodysWords() async throws {
    let premises = try TestPremises()
    let cookie = try admin(premises)
    let names = premises.premises.services.codeNames
    let item = try #require(try premises.store.queue(limit: 1, track: .ordinary, names: names).first)
    let lead = try premises.cookie("lead", RoleScope(.lead, tracks: [.ordinary, .sensitive]))
    let said = "陈先生住五楼"
    #expect(
      await premises.post("/cases/\(item.id)/acts/note", [("text", said), ("seen", "0")], lead).status == 303)
    let page = await premises.get("/administration/history?actor=lead", cookie)
    #expect(page.text.contains("/cases/\(item.id)") && page.text.contains("平台负责人"))
    #expect(!page.text.contains(said))
    let other = await premises.get("/administration/history?actor=lead&action=sign-in", cookie)
    #expect(!other.text.contains("/cases/\(item.id)"))
    #expect(await premises.get("/administration/history?subject=x", cookie).status == 400)
    #expect(await premises.get("/administration/history?from=yesterday", cookie).status == 400)
  }

  @Test func theChainIsVerifiedAndItsHeadShown() async throws {
    let premises = try TestPremises()
    let cookie = try admin(premises)
    let head = try premises.store.standing().head
    let desk = premises.premises.services.administration.verification
    #expect(await premises.post("/administration/history/verify", [], cookie).status == 303)
    for _ in 0..<600 where desk.state.last == nil { try await Task.sleep(for: .milliseconds(100)) }
    let page = await premises.get("/administration/history", cookie)
    #expect(page.text.contains(head.hash) && page.text.contains("完好"))
  }

  // MARK: The outbox

  @Test func aReceiversSecretIsShownOnce() async throws {
    let premises = try TestPremises()
    let cookie = try admin(premises)
    let address = "/administration/outbox/receivers"
    let wrong = await premises.post(address, [("medium", "webhook"), ("address", "ftp://x")], cookie)
    #expect(wrong.status == 400 && wrong.text.contains("ftp://x"))
    #expect(
      await premises.post(address, [("address", "https://hooks.example.org/a"), ("kinds", "Case!")], cookie).status
        == 400)
    let added = await premises.post(
      address, [("medium", "webhook"), ("address", "https://hooks.example.org/a"), ("kinds", "case.*")], cookie)
    #expect(added.status == 200)
    let mark = try #require(added.text.firstRange(of: "<code>whsec_"))
    let secret = String(added.text[mark.upperBound...].prefix { $0 != "<" })
    let list = await premises.get(address, cookie)
    #expect(list.text.contains("hooks.example.org") && !list.text.contains(secret))
    #expect(!list.text.contains("example.org/a"), "the path of a webhook is as good as a password")
    let id = try #require(try premises.store.receivers().last).id
    #expect(await premises.post(address + "/\(id)/test", [], cookie).status == 303)
    #expect(try premises.store.outbox(limit: 1).first?.kind == "outbox.test")
    #expect(await premises.get("/administration/outbox", cookie).text.contains("测试消息"))
    let renewed = await premises.post(address + "/\(id)/renew", [], cookie)
    #expect(renewed.status == 200 && renewed.text.contains("whsec_") && !renewed.text.contains(secret))
    #expect(await premises.post(address + "/\(id)/remove", [], cookie).status == 303)
    #expect(await premises.post(address + "/\(id)/remove", [], cookie).status == 404)
    #expect(try premises.store.receivers().last?.ending == .removed)
  }

  /// Two clicks on a button are one wish.
  @Test func aReceiversFormSentTwiceIsOneReceiver() async throws {
    let premises = try TestPremises()
    let cookie = try admin(premises)
    let address = "/administration/outbox/receivers"
    func secret(_ reply: Reply) throws -> String {
      let mark = try #require(reply.text.firstRange(of: "<code>whsec_"))
      return String(reply.text[mark.upperBound...].prefix { $0 != "<" })
    }
    let form = [("medium", "webhook"), ("address", "https://hooks.example.org/a"), ("kinds", "case.* outbox.test")]
    let first = await premises.post(address, form, cookie)
    let second = await premises.post(address, form, cookie)
    #expect(try secret(first) == secret(second))
    #expect(try premises.store.receivers().count == 1)
    premises.clock.move(120)
    let later = await premises.post(address, form, cookie)
    #expect(later.status == 409 && later.text.contains("1 号"), "there is one; its secret is not shown again")
    #expect(!later.text.contains("whsec_"))
    let other = await premises.post(address, Array(form.dropLast()), cookie)
    #expect(other.status == 200, "one that gets other messages is another")
    #expect(try premises.store.receivers().count == 2)

    let list = await premises.get(address, cookie)
    #expect(list.text.contains("name=\"seen\" value=\"1\""))
    let renewed = await premises.post(address + "/1/renew", [("seen", "1")], cookie)
    let again = await premises.post(address + "/1/renew", [("seen", "1")], cookie)
    #expect(try secret(renewed) == secret(again) && secret(renewed) != secret(first))
    #expect(try premises.store.receivers().first?.generation == 2, "the one of before signs on for a day")
  }

  // MARK: Settings and workers

  @Test func theCalendarTellsDaysOffAndWhatIsNotKnownYet() async throws {
    let premises = try TestPremises()
    let cookie = try admin(premises)
    let known = await premises.get("/administration/calendar?year=2025", cookie)
    #expect(known.text.contains("国庆") && known.text.contains("<small>休</small>"))
    #expect(known.text.contains("<small>班</small>") && !known.text.contains("work maybe"))
    let unknown = await premises.get("/administration/calendar?year=2999", cookie)
    #expect(unknown.text.contains("全年待定") && unknown.text.contains("work maybe"))
    #expect(await premises.get("/administration/calendar?year=12", cookie).status == 400)
  }

  @Test func stationsTellTheirKeepersAndBooks() async throws {
    let premises = try TestPremises()
    let cookie = try admin(premises)
    _ = try premises.cookie("keeper", RoleScope(.stationKeeper, handler: CaseHandler(unit: "anfu", isStation: true)))
    let page = await premises.get("/administration/stations", cookie)
    let tally = try #require(try premises.store.sourceTallies().first { $0.source == "book:安福驿站" })
    #expect(page.text.contains("href=\"/administration/users/keeper\""))
    #expect(page.text.contains("安福驿站的意见簿，来件 \(tally.submissions)\""))
    #expect(page.text.contains("没有保管人"))
    #expect(await premises.get("/intake/book?station=anfu", cookie).status == 200, "and the link leads somewhere")
  }

  @Test func clocksAreShownWithTheirReminders() async throws {
    let premises = try TestPremises()
    let page = await premises.get("/administration/clocks", try admin(premises))
    #expect(page.text.contains("<code>far-overdue</code>") && page.text.contains("提请督办"))
    #expect(page.text.contains("用去 50%") && page.text.contains("一逾期"))
    #expect(page.text.contains("reminders.yaml"))
  }

  @Test func workersAreSeen() async throws {
    let premises = try TestPremises()
    let board = premises.premises.services.administration.workers
    #expect(await premises.get("/health").text.contains("\"workers\":[]"))
    board.begin(.chase)
    board.succeeded(.chase, done: 3, lag: 0, at: premises.clock.now)
    #expect(board.failed(.outbox, "database-10"))
    #expect(!board.failed(.outbox, "database-10"), "told once")
    #expect(board.failed(.outbox, "locked"), "another fault is news")
    let health = await premises.get("/health").text
    #expect(health.contains("\"status\":\"degraded\"") && health.contains("\"fault\":\"locked\""))
    let page = await premises.get("/administration", try admin(premises))
    #expect(page.text.contains("locked") && page.text.contains("催办"))
    board.succeeded(.outbox, done: 0, lag: 0, at: premises.clock.now)
    #expect(await premises.get("/health").text.contains("\"status\":\"ok\""))
  }
}
