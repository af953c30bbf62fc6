import Casework
import Console
import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// The description that programs are written by, against the routes there are and against what they answer.
@Suite struct InterfaceDescriptionTests {
  /// Every route that answers in JSON. Who adds one adds it here and describes it.
  private static let routes: Set<String> = [
    "GET /health", "GET /api/openapi.json", "GET /queue/news", "GET /intake/runs/{n}", "GET /figures.json",
    "POST /cases/{id}/acts/{action}", "POST /status", "GET /status/{code}", "POST /status/{code}/rating",
    "POST /status/{code}/addition",
  ]
  /// Words of a path that stand beside a method and name none.
  private static let beside: Set<String> = ["parameters", "summary", "description"]
  private static let programs = ["sec-fetch-site": "same-origin", "accept": "application/json"]

  private func document(_ premises: TestPremises) async throws -> JSONValue {
    let reply = await premises.get("/api/openapi.json")
    #expect(reply.status == 200 && reply.type == "application/json")
    return try JSONValue(Data(reply.body))
  }

  /// What is described for a route and a status.
  private func answer(_ document: JSONValue, _ route: String, _ status: Int) -> JSONValue {
    let halves = route.split(separator: " ").map(String.init)
    let answer = document["paths"][halves[1]][halves[0].lowercased()]["responses"][String(status)]
    return answer["$ref"].text.map(SchemaReading(document: document).resolved) ?? answer
  }

  private func check(
    _ reply: Reply, _ document: JSONValue, _ route: String, _ status: Int, at location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(reply.status == status, "\(route)", sourceLocation: location)
    let content = answer(document, route, reply.status)["content"]
    #expect(content.keys == [reply.type], "\(route) \(reply.status)", sourceLocation: location)
    let value = try JSONValue(Data(reply.body))
    let faults = SchemaReading(document: document).faults(of: value, in: content[reply.type]["schema"])
    #expect(faults.isEmpty, "\(route) \(reply.status)", sourceLocation: location)
  }

  @Test func whatIsDescribedIsThere() async throws {
    let premises = try TestPremises()
    let document = try await document(premises)
    #expect(document["openapi"].text == "3.1.0")
    let described = document["paths"].keys.flatMap { path in
      document["paths"][path].keys.subtracting(InterfaceDescriptionTests.beside).map { $0.uppercased() + " " + path }
    }
    #expect(Set(described) == InterfaceDescriptionTests.routes)
    let table = Set(premises.reception.endpoints.map { "\($0.method.rawValue) \($0.path)" })
    #expect(InterfaceDescriptionTests.routes.subtracting(table).isEmpty)
  }

  /// A route that says `json` in its path and is not listed above was forgotten.
  @Test func noJSONIsForgotten() throws {
    let premises = try TestPremises()
    for endpoint in premises.reception.endpoints where endpoint.path.hasSuffix(".json") || endpoint.path.contains("/api/") {
      let route = "\(endpoint.method.rawValue) \(endpoint.path)"
      #expect(InterfaceDescriptionTests.routes.contains(route), "\(route)")
    }
  }

  /// Who may and what is named in the path is said as the table says it.
  @Test func itSaysWhoMayAndWhatThePathNames() async throws {
    let premises = try TestPremises()
    let document = try await document(premises)
    let reading = SchemaReading(document: document)
    for endpoint in premises.reception.endpoints {
      let route = "\(endpoint.method.rawValue) \(endpoint.path)"
      guard InterfaceDescriptionTests.routes.contains(route) else { continue }
      let described = document["paths"][endpoint.path][endpoint.method.rawValue.lowercased()]
      #expect((described["security"] == .array([])) == (endpoint.access == .everybody), "\(route)")
      let parameters = described["parameters"].list.map { $0["$ref"].text.map(reading.resolved) ?? $0 }
      let named = Set(parameters.filter { $0["in"].text == "path" }.compactMap { $0["name"].text })
      let wanted = Set(endpoint.path.matches(of: #/\{([a-z]+)\}/#).map { String($0.output.1) })
      #expect(named == wanted, "\(route)")
      #expect((described["requestBody"] != .null) == (endpoint.method == .post), "\(route)")
      #expect(described["operationId"].text?.isEmpty == false && described["summary"].text?.contains(" / ") == true)
    }
  }

  @Test func codesAreThoseOfTheProgram() async throws {
    let document = try await document(TestPremises())
    let schemas = document["components"]["schemas"]
    func codes(_ schema: JSONValue) -> [String] { schema["enum"].list.compactMap(\.text).sorted() }
    #expect(codes(schemas["Act"]) == CaseAction.allCases.map(\.code).sorted())
    #expect(codes(schemas["State"]) == CaseState.allCases.map(\.code).sorted())
    let progress = schemas["Progress"]["properties"]
    #expect(codes(progress["stage"]) == WriterStatus.Stage.allCases.map(\.code).sorted())
    #expect(codes(progress["steps"]["items"]["properties"]["step"]) == WriterStatus.Step.What.allCases.map(\.code).sorted())
    #expect(codes(progress["reason"]) == RejectionReason.allCases.map(\.code).sorted())
    let workers = schemas["Health"]["properties"]["workers"]["items"]["properties"]["name"]
    #expect(codes(workers) == WorkerBoard.Worker.allCases.map(\.rawValue).sorted())
  }

  @Test func everyReferenceLeadsSomewhere() async throws {
    let document = try await document(TestPremises())
    func references(_ value: JSONValue) -> [String] {
      switch value {
      case .array(let elements): elements.flatMap(references)
      case .object(let members): (members["$ref"]?.text).map { [$0] } ?? members.values.flatMap(references)
      default: []
      }
    }
    let all = Set(references(document))
    #expect(all.count > 10)
    for reference in all { #expect(SchemaReading(document: document).resolved(reference) != .null, "\(reference)") }
  }

  // MARK: Real answers

  @Test func answersAreAsDescribed() async throws {
    let premises = try TestPremises(settings: .patient())
    let document = try await document(premises)
    let programs = InterfaceDescriptionTests.programs
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let test = try TestCase(premises)
    let act = "POST /cases/{id}/acts/{action}"
    func post(_ address: String, _ fields: [(String, String)], _ cookie: String? = nil) async -> Reply {
      await premises.post(address, fields, cookie, headers: programs)
    }
    try check(await premises.get("/health"), document, "GET /health", 200)
    premises.premises.services.administration.workers.begin(.chase)
    _ = premises.premises.services.administration.workers.failed(.outbox, "unreachable")
    let degraded = await premises.get("/health")
    #expect(degraded.text.contains("\"degraded\""))
    try check(degraded, document, "GET /health", 200)

    let address = "/cases/\(test.id)/acts/"
    try check(await post(address + "claim", [("seen", "0")], cookie), document, act, 200)
    let other = try premises.cookie("other", RoleScope(.moderator))
    let news = await premises.get("/queue/news?ids=\(test.id)", other, headers: programs)
    #expect(news.text.contains("\"holder\""))
    try check(news, document, "GET /queue/news", 200)
    try check(await premises.get("/queue/news?ids=1", headers: programs), document, "GET /queue/news", 401)
    try check(await post(address + "reject", [("rejection", "other")], cookie), document, act, 422)
    try check(await post(address + "reject", [("rejection", "boredom")], cookie), document, act, 400)
    try check(await post(address + "note", [("text", "迟了"), ("seen", "0")], cookie), document, act, 409)
    try check(await post("/cases/999999/acts/note", [], cookie), document, act, 404)
    try check(await post(address + "note", []), document, act, 401)
    let foreign = ["sec-fetch-site": "cross-site", "accept": "application/json"]
    try check(await premises.post(address + "note", [], cookie, headers: foreign), document, act, 403)
  }

  @Test func figuresAreAsDescribed() async throws {
    let overview = try FiguresTests.Overview()
    try overview.work()
    let document = try await document(overview.test)
    let cookie = try overview.test.cookie("lead", RoleScope(.lead, tracks: Set(Track.allCases)))
    let (route, month) = ("GET /figures.json", try overview.month().text)
    for query in ["on=received", "on=received&by=department", "on=received&by=area", "on=submitted"] {
      try check(await overview.get("/figures.json?month=\(month)&\(query)", cookie), document, route, 200)
    }
    let programs = InterfaceDescriptionTests.programs
    let test = overview.test
    try check(await test.get("/figures.json?month=soon", cookie, headers: programs), document, route, 400)
    try check(await test.get("/figures.json", headers: programs), document, route, 401)
    let unit = try test.cookie("unit", RoleScope(.department, handler: CaseHandler(unit: "0501")))
    try check(await test.get("/figures.json", unit, headers: programs), document, route, 403)
  }

  @Test func anIntakeIsAsDescribed() async throws {
    let bench = try IntakeBench()
    let document = try await document(bench.premises)
    let programs = InterfaceDescriptionTests.programs
    let route = "GET /intake/runs/{n}"
    let sent = await bench.upload([("x.jsonl", IntakeBench.message("DESC-1", "河堤的护栏缺了一段"))])
    let address = try #require(sent.header("Location"))
    try check(await bench.premises.get(address, bench.reviewer, headers: programs), document, route, 200)
    _ = try await bench.ended(sent)
    let done = await bench.premises.get(address, bench.reviewer, headers: programs)
    try check(done, document, route, 200)
    #expect(try JSONValue(Data(done.body))["new"].int == 1)
    try check(await bench.premises.get("/intake/runs/99", bench.reviewer, headers: programs), document, route, 404)
    try check(await bench.premises.get(address, headers: programs), document, route, 401)
    let supervisor = try bench.premises.cookie("supervisor", RoleScope(.supervisor))
    try check(await bench.premises.get(address, supervisor, headers: programs), document, route, 403)
  }

  @Test func progressIsAsDescribed() async throws {
    let premises = try TestPremises(settings: .patient())
    let document = try await document(premises)
    let programs = InterfaceDescriptionTests.programs
    let test = try TestCase(premises)
    func look() async throws {
      let reply = await premises.get("/status/" + test.receipt, headers: programs)
      try check(reply, document, "GET /status/{code}", 200)
      try check(
        await premises.post("/status", [("code", test.receipt)], headers: programs), document, "POST /status", 200)
    }
    try await look()
    try test.close()
    try await look()
    let route = "POST /status/{code}/rating"
    let address = "/status/\(test.receipt)/rating"
    try check(await premises.post(address, [], headers: programs), document, route, 400)
    try check(await premises.post(address, [("solved", "yes")], headers: programs), document, route, 200)
    try check(await premises.post("/status/1/rating", [("solved", "yes")], headers: programs), document, route, 404)
    let addition = "/status/\(test.receipt)/addition"
    let late = await premises.post(addition, [("text", "补充")], headers: programs)
    try check(late, document, "POST /status/{code}/addition", 409)
    try check(await premises.get("/status/1", headers: programs), document, "GET /status/{code}", 404)
  }

  @Test func faultsAreFound() throws {
    let text = """
      {"type": "object", "required": ["a"], "additionalProperties": false,
       "properties": {"a": {"type": "integer"}, "b": {"type": "array", "items": {"enum": ["x", null]}}, "c": {"odd": 1}}}
      """
    let schema = try JSONValue(Data(text.utf8))
    func faults(_ value: String) throws -> Int {
      SchemaReading(document: schema).faults(of: try JSONValue(Data(value.utf8)), in: schema).count
    }
    #expect(try faults(#"{"a": 1, "b": ["x", null]}"#) == 0)
    #expect(try faults(#"{"a": 1.5, "b": ["y"], "d": 0}"#) == 3)
    #expect(try faults(#"{"c": 0}"#) == 2)
    #expect(try faults("[]") == 1)
  }
}
