/// How the body of an answer goes over the line: as it is, or gzipped for whoever takes that.
///
/// A page that mixes a secret with what an attacker can have it repeat would tell the secret by its compressed length
/// (BREACH), were the attacker able to make the victim's browser ask for it again and again. No page holds a token for
/// forms: a forged one is known by its origin. Secrets that are shown once (of a receiver) come in answer to forms,
/// which pages elsewhere cannot send. But receipts and texts stand beside an address that is repeated in the page, and
/// a link elsewhere brings the session along: so what another site makes a browser ask for is not compressed.
enum ContentCoding {
  /// Below this a packet is sent all the same; bytes.
  static let fewest = 1_024
  /// For pages made for one visit: beyond it the time goes up faster than the size goes down.
  private static let level: Int32 = 4

  static func apply(to reply: Reply, for request: VisitRequest) -> Reply {
    guard isText(reply.type), reply.body.count > fewest, !isDownload(reply) else { return reply }
    var reply = reply
    let isWanted = takesGzip(request.headers["accept-encoding"] ?? "")
    let mayLeak = reply.gzipped == nil && !request.isOwn
    let packed = isWanted && !mayLeak ? reply.gzipped ?? GzippedBytes.pack(reply.body, level: level) : nil
    if let packed {
      reply.body = packed
      reply.headers.append(("Content-Encoding", "gzip"))
    }
    // Nobody keeps the others.
    if packed != nil || !isKeptByNobody(reply) { reply.headers.append(("Vary", "Accept-Encoding")) }
    return reply
  }

  /// Whether gzip is as welcome as the body as it is, or more (RFC 9110 §12.5.3).
  static func takesGzip(_ header: String) -> Bool {
    var weights: [String: Double] = [:]
    for part in header.split(separator: ",") {
      let coding = HeaderParameters(part)
      let weight = coding["q"].map { Double($0) ?? 0 } ?? 1
      weights[coding.value] = (0...1).contains(weight) ? weight : 0
    }
    let gzip = weights["gzip"] ?? weights["x-gzip"] ?? weights["*"] ?? 0
    return gzip > 0 && gzip >= weights["identity"] ?? 0
  }

  private static func isText(_ type: String) -> Bool {
    let type = HeaderParameters(type).value
    return texts.contains(type) || type.hasSuffix("+json")
  }

  private static let texts: Set<String> = [
    "text/html", "text/css", "text/javascript", "text/markdown", "application/json", "image/svg+xml",
  ]

  /// What somebody handed in goes out byte by byte as it came.
  private static func isDownload(_ reply: Reply) -> Bool {
    reply.headers.contains { $0.name == "Content-Disposition" && $0.value.hasPrefix("attachment") }
  }

  private static func isKeptByNobody(_ reply: Reply) -> Bool {
    reply.headers.contains { $0.name == "Cache-Control" && $0.value == "no-store" }
  }
}
