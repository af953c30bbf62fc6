import Casework
import Console
import Store
import Suggestions
import Testing

/// The main routes as whole exchanges in fixtures/console: a change of anything that is sent shows as a difference.
@Suite(.serialized) struct ExchangeTests {
  private static let chinese = ["accept-language": "zh-CN", "host": "127.0.0.1:8080"]
  private static let names: Set<String> = [
    "sign-in-zh.http", "sign-in-en.http", "sign-in-wanted.http", "sign-in-missing.http", "home.http", "queue.http",
    "item.http", "act-form.http", "act-refused.http", "act-conflict.http", "act-done.http", "act-json.http",
    "act-json-refused.http", "not-found.http", "forbidden.http", "foreign.http", "health.http",
  ]

  private func request(
    _ method: VisitRequest.Method, _ address: String, _ cookie: String? = nil, _ form: [(String, String)] = [],
    _ more: [String: String] = [:]
  ) -> VisitRequest {
    let halves = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var headers = ExchangeTests.chinese.merging(more) { $1 }
    if method == .post, headers["sec-fetch-site"] == nil { headers["sec-fetch-site"] = "same-origin" }
    if let cookie { headers["cookie"] = cookie }
    return VisitRequest(
      method, String(halves[0]), query: FormFields(encoded: halves.count > 1 ? halves[1] : ""),
      form: FormFields(form.map { (name: $0.0, value: $0.1) }), headers: headers, address: "192.0.2.7")
  }

  /// No file without an exchange.
  @Test func everyFileIsTaken() { #expect(Exchange.recorded.subtracting(ExchangeTests.names).isEmpty) }

  @Test func beforeSigningIn() async throws {
    let premises = try TestPremises()
    let english = ["accept-language": "en-GB,en;q=0.8"]
    try await Exchange(name: "sign-in-zh.http").take(request(.get, "/sign-in?next=%2Fqueue"), at: premises)
    try await Exchange(name: "sign-in-en.http").take(request(.get, "/sign-in", nil, [], english), at: premises)
    try await Exchange(name: "sign-in-wanted.http").take(request(.get, "/queue?topic=%22%3E&q=路灯"), at: premises)
    let missing = [("name", "\"><b>"), ("next", "//evil.example")]
    try await Exchange(name: "sign-in-missing.http").take(request(.post, "/sign-in", nil, missing), at: premises)
    try await Exchange(name: "not-found.http").take(request(.get, "/nowhere"), at: premises)
    let foreign = ["sec-fetch-site": "cross-site"]
    try await Exchange(name: "foreign.http").take(request(.post, "/sign-out", nil, [], foreign), at: premises)
    try await Exchange(name: "health.http").take(
      request(.get, "/health"), at: premises, settling: [("\"schema\":\(try premises.store.schemaVersion())", "\"schema\":0")])
  }

  /// A reviewer's morning; what a name of a unit or a rule changes in the pages is meant to show here too.
  @Test func aReviewersWork() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let other = try premises.cookie("other", RoleScope(.moderator))
    let names = premises.premises.services.codeNames
    let id = try #require(try premises.store.queue(limit: 1, track: .ordinary, names: names).first).id
    let act = "/cases/\(id)/acts/"
    func take(_ name: String, _ request: VisitRequest) async throws -> Reply {
      try await Exchange(name: name + ".http").take(request, at: premises)
    }
    #expect(try await take("home", request(.get, "/", cookie)).status == 200)
    #expect(try await take("queue", request(.get, "/queue", cookie)).status == 200)
    #expect(try await take("item", request(.get, "/queue?item=\(id)&channel=chat", cookie)).status == 200)
    #expect(try await take("act-form", request(.get, act + "reject?next=%2Fqueue", cookie)).status == 200)
    #expect(try await take("forbidden", request(.get, "/administration", cookie)).status == 403)
    let unfinished = [("rejection", "advertisement"), ("seen", "0"), ("next", "/queue")]
    #expect(try await take("act-refused", request(.post, act + "reject", cookie, unfinished)).status == 422)
    let program = ["accept": "application/json"]
    #expect(try await take("act-json-refused", request(.post, act + "reject", cookie, unfinished, program)).status == 422)
    let note = [("text", "先问问现场"), ("seen", "0")]
    #expect(try await take("act-json", request(.post, act + "note", other, note, program)).status == 200)
    let late = unfinished + [("reason", "像是<广告>")]
    #expect(try await take("act-conflict", request(.post, act + "reject", cookie, late)).status == 409)
    let again = late.map { $0.0 == "seen" ? ("seen", "1") : $0 }
    #expect(try await take("act-done", request(.post, act + "reject", cookie, again)).status == 303)
  }
}
