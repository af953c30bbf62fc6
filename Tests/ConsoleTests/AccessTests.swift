import Casework
import Console
import Store
import Suggestions
import Testing

/// Who may see what: every route asked by everybody, from the table of routes itself.
@Suite struct AccessTests {
  private static let roles: [(String, RoleScope)] = [
    ("moderator", RoleScope(.moderator)), ("lead", RoleScope(.lead, tracks: [.ordinary, .sensitive])),
    ("department", RoleScope(.department, handler: CaseHandler(unit: "housing"))),
    ("head", RoleScope(.departmentHead, handler: CaseHandler(unit: "housing"))),
    ("keeper", RoleScope(.stationKeeper, handler: CaseHandler(unit: "anfu", isStation: true))),
    ("reporter", RoleScope(.reporter)), ("supervisor", RoleScope(.supervisor)), ("editor", RoleScope(.publisher)),
    ("admin", RoleScope(.administrator)),
  ]

  private static func address(_ endpoint: Endpoint, case id: Int) -> String {
    endpoint.path.replacing("{id}", with: String(id)).replacing("{action}", with: "dispatch")
      .replacing("{tag}", with: "0").replacing("{name}", with: "console.css").replacing("{code}", with: "en")
  }

  @Test func whoHasNotSignedInSeesOnlyWhatIsForEverybody() async throws {
    let premises = try TestPremises()
    for endpoint in premises.reception.endpoints where endpoint.access != .everybody {
      let address = AccessTests.address(endpoint, case: 1)
      let reply = endpoint.method == .get ? await premises.get(address) : await premises.post(address, [])
      if endpoint.method == .get {
        #expect(reply.status == 303, "\(endpoint.path)")
        #expect(reply.header("Location")?.hasPrefix("/sign-in?next=") == true, "\(endpoint.path)")
      } else {
        #expect(reply.status == 401, "\(endpoint.path)")
      }
    }
  }

  @Test func aRoleThatHasNotThePageIsRefused() async throws {
    let premises = try TestPremises()
    for (name, scope) in AccessTests.roles {
      let cookie = try premises.cookie(name, scope)
      for endpoint in premises.reception.endpoints {
        guard case .roles(let roles) = endpoint.access else { continue }
        let address = AccessTests.address(endpoint, case: 1)
        let reply = endpoint.method == .get ? await premises.get(address, cookie) : await premises.post(address, [], cookie)
        if roles.contains(scope.role) {
          #expect(reply.status != 403 && reply.status != 401, "\(name) \(endpoint.method) \(endpoint.path)")
        } else {
          #expect(reply.status == 403, "\(name) \(endpoint.method) \(endpoint.path)")
        }
      }
    }
  }

  /// Another unit's case, a case of another region and one of the sensitive track are not there, for every such route.
  @Test func aCaseThatIsNotTheirsIsNotThere() async throws {
    let premises = try TestPremises()
    let ordinary = try #require(premises.store.queue(limit: 1, track: .ordinary, names: premises.premises.services.codeNames).first)
    let sensitive = try #require(premises.store.queue(limit: 1, track: .sensitive, names: premises.premises.services.codeNames).first)
    let strangers: [(String, RoleScope, Int)] = [
      ("department", RoleScope(.department, handler: CaseHandler(unit: "housing")), ordinary.id),
      ("reviewer", RoleScope(.moderator), sensitive.id),
      ("admin", RoleScope(.administrator), sensitive.id),
      ("far", RoleScope(.moderator, regions: ["nowhere"]), ordinary.id),
      ("supervisor", RoleScope(.supervisor), sensitive.id),
    ]
    for (name, scope, id) in strangers {
      let cookie = try premises.cookie(name, scope)
      for endpoint in premises.reception.endpoints where endpoint.access == .theCase {
        let address = AccessTests.address(endpoint, case: id)
        let fields = [("reason", "看看"), ("to", "housing")]
        let reply = endpoint.method == .get ? await premises.get(address, cookie) : await premises.post(address, fields, cookie)
        #expect(reply.status == 404, "\(name) \(endpoint.path)")
      }
    }
    // Nor beside the list, whatever number the address names.
    for (name, scope, id) in strangers where scope.role == .moderator {
      let page = await premises.get("/queue?item=\(id)", try premises.cookie(name, scope))
      #expect(page.status == 200 && !page.text.contains("/cases/\(id)/"), "\(name)")
    }
    let seen = try premises.cookie("moderator", RoleScope(.moderator))
    #expect(await premises.get("/cases/\(ordinary.id)", seen).status == 200)
  }

  @Test func whatAnotherSiteSendsIsRefused() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("moderator", RoleScope(.moderator))
    for headers in [["sec-fetch-site": "cross-site"], ["sec-fetch-site": "same-site"], ["origin": "https://evil.example", "host": "city.example"]] {
      let reply = await premises.post("/queue/bulk", [("act", "dispatch"), ("id", "1")], cookie, headers: headers)
      #expect(reply.status == 403, "\(headers)")
    }
    let own = await premises.post("/sign-out", [], cookie, headers: ["origin": "https://city.example", "host": "city.example"])
    #expect(own.status == 303)
  }

  @Test func everyAnswerHasItsHeaders() async throws {
    let premises = try TestPremises(settings: ConsoleSettings(isBehindProxy: true))
    for address in ["/", "/sign-in", "/nowhere", "/queue", "/cases/1", "/assets/0/console.css", "/assets/0/none"] {
      let reply = await premises.get(address)
      #expect(reply.header("Content-Security-Policy")?.contains("default-src 'none'") == true, "\(address)")
      #expect(reply.header("Content-Security-Policy")?.contains("unsafe") == false)
      #expect(reply.header("X-Content-Type-Options") == "nosniff")
      #expect(reply.header("Strict-Transport-Security") != nil)
      if !address.hasPrefix("/assets/0/console") { #expect(reply.header("Cache-Control") == "no-store") }
    }
  }

  @Test func anAddressInTheNextFieldIsOurs() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("moderator", RoleScope(.moderator))
    for next in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: x=1"] {
      let reply = await premises.get("/sign-in?next=" + FormFields.encoded(next), cookie)
      #expect(reply.header("Location") == "/", "\(next)")
      let language = await premises.get("/language/en?next=" + FormFields.encoded(next))
      #expect(language.header("Location") == "/", "\(next)")
    }
  }

  @Test func aDisabledUserIsOutWithTheNextClick() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("moderator", RoleScope(.moderator))
    #expect(await premises.get("/queue", cookie).status == 200)
    _ = try premises.store.disableAccount("moderator", by: "system:test", at: premises.clock.now).get()
    #expect(await premises.get("/queue", cookie).status == 303)
  }
}
