/// 接口说明: what the console answers in JSON, for programs (OpenAPI 3.1). Written by hand, held by the tests against the
/// table of routes and against real answers.
enum InterfaceDescription {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/api/openapi.json", for: .everybody) { _ in
      Reply(type: "application/json", body: PackageResources.openapi_json)
    }
  ]
}
