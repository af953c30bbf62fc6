internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import NIOCore
internal import NIOSSL

/// The console on a port: turns HTTP into visits and replies into HTTP, and knows nothing of what they say.
package struct ConsoleServer: Sendable {
  private let reception: Reception
  private let settings: ConsoleSettings

  package init(_ reception: Reception, _ settings: ConsoleSettings) {
    self.reception = reception
    self.settings = settings
  }

  /// Why a server does not begin.
  package enum Fault: Error, Sendable {
    /// A certificate or key file that cannot be read.
    case certificate(path: String)
    /// Plain HTTP that others on the network could read.
    case plainOutside(host: String)
  }

  /// Serves until the process is told to end (SIGINT, SIGTERM), then finishes what is under way.
  ///
  /// - Parameter onReady: called with the port once it is open.
  package func run(onReady: @escaping @Sendable (Int) async -> Void) async throws {
    if !settings.isSecure, !settings.isLoopback { throw Fault.plainOutside(host: settings.host) }
    var logger = Logger(label: "golden-ideas")
    logger.logLevel = .error
    let responder = CallbackResponder<ConsoleRequestContext> { request, context in
      await respond(to: request, from: context.address)
    }
    let application = Application(
      responder: responder, server: try server(),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port), serverName: "golden-ideas"),
      onServerRunning: { channel in await onReady(channel.localAddress?.port ?? settings.port) }, logger: logger)
    try await application.runService()
  }

  private func server() throws -> HTTPServerBuilder {
    guard let tls = settings.tls else { return .http1() }
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(tls.certificates)
      let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
      configuration.minimumTLSVersion = .tlsv12
      return try .tls(.http1(), tlsConfiguration: configuration)
    } catch {
      throw Fault.certificate(path: tls.certificates)
    }
  }

  private func respond(to request: Request, from peer: String?) async -> Response {
    guard let method = VisitRequest.Method(rawValue: request.method == .head ? "GET" : request.method.rawValue) else {
      return Response(status: .methodNotAllowed, headers: [.allow: "GET, HEAD, POST"])
    }
    var visit = VisitRequest(
      method, request.uri.path, query: FormFields(encoded: request.uri.query ?? ""), headers: headers(of: request),
      address: address(of: request, peer))
    if method == .post {
      if let refusal = await reception.turnedAway(visit) { return response(refusal) }
      let most = reception.endpoint(method, visit.path)?.0.mostBytes ?? 16 * 1024
      do {
        let body = try await request.body.collect(upTo: most)
        visit.take(Array(body.readableBytesView), type: request.headers[.contentType] ?? "")
      } catch {
        return response(await reception.refuse(.tooLarge, visit))
      }
    }
    let reply = response(await reception.answer(visit))
    return request.method == .head ? reply.createHeadResponse() : reply
  }

  private func response(_ reply: Reply) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = reply.type
    for (name, value) in reply.headers {
      guard let name = HTTPField.Name(name) else { continue }
      headers.append(HTTPField(name: name, value: value))
    }
    return Response(
      status: .init(code: reply.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: reply.body)))
  }

  private func headers(of request: Request) -> [String: String] {
    var headers: [String: String] = [:]
    for field in request.headers {
      let name = field.name.canonicalName
      headers[name] = headers[name].map { $0 + (name == "cookie" ? "; " : ", ") + field.value } ?? field.value
    }
    // The name HTTP gives the host lies apart from the fields.
    if let host = request.head.authority { headers["host"] = host }
    return headers
  }

  /// Behind a proxy only its own entry counts, the last; anything before it may be the caller's invention.
  private func address(of request: Request, _ peer: String?) -> String? {
    guard settings.isBehindProxy, let name = HTTPField.Name("X-Forwarded-For"), let list = request.headers[name] else {
      return peer
    }
    return list.split(separator: ",").last.map { String($0.filter { $0 != " " }) } ?? peer
  }
}

/// What Hummingbird knows of a connection, as much of it as counts.
private struct ConsoleRequestContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let address: String?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    address = source.channel.remoteAddress?.ipAddress
  }
}
