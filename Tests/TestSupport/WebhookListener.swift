import Synchronization

/// A webhook's receiver: keeps what it is sent, answers as it is told.
package final class WebhookListener: Sendable {
  package struct Request: Sendable {
    package var path: String
    /// Names in small letters.
    package var headers: [String: String]
    package var body: String
  }

  private let state: Ledger
  private let server: LoopbackServer

  private final class Ledger: Sendable {
    let requests = Mutex<[Request]>([])
  }

  /// - Parameter answer: the whole answer to the request with this number, from 0; nil hangs up without one.
  package init(_ answer: @escaping @Sendable (Int) -> String?) throws {
    let ledger = Ledger()
    state = ledger
    server = try LoopbackServer { caller in
      guard let first = caller.line() else { return }
      var headers: [String: String] = [:]
      while let line = caller.line(), !line.isEmpty {
        let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
        headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
      }
      let body = caller.bytes(headers["content-length"].flatMap { Int($0) } ?? 0)
      let path = first.split(separator: " ").dropFirst().first.map(String.init) ?? ""
      let number = ledger.requests.withLock { requests in
        requests.append(Request(path: path, headers: headers, body: String(decoding: body, as: UTF8.self)))
        return requests.count - 1
      }
      if let text = answer(number) { caller.send(text) }
    }
  }

  package convenience init(status: Int = 204, headers: String = "") throws {
    try self.init { _ in WebhookListener.answer(status, headers: headers) }
  }

  package static func answer(_ status: Int, headers: String = "") -> String {
    "HTTP/1.1 \(status) x\r\n\(headers)Content-Length: 0\r\nConnection: close\r\n\r\n"
  }

  package var url: String { "http://127.0.0.1:\(server.port)" }
  package var port: UInt16 { server.port }
  package func end() { server.end() }
  package var requests: [Request] { state.requests.withLock { $0 } }
}
