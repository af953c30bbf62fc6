internal import CCurl
internal import Foundation

/// Hands one message over and waits for the answer, by libcurl. May be used on many threads at once.
///
/// No redirects, no proxies, no cookies, no netrc; certificates are checked; time and the size of the answer are
/// limited; webhooks are only called at addresses the rule allows, asked anew for each connection.
package struct CurlTransfer: Sendable {
  package let rule: AddressRule
  /// File of certificates to trust in place of the system's.
  private let certificates: String?
  /// Seconds for the connection and for the whole.
  private let limits: (connection: Int, whole: Int)
  /// Bytes of an answer that are read. What the answer says is of no interest.
  private static let answerLimit = 65_536

  /// - Parameter seconds: for a whole transfer; Standard Webhooks advises 15 to 30.
  package init(rule: AddressRule, certificates: String? = nil, seconds: Int = 20) {
    self.rule = rule
    self.certificates = certificates
    limits = (min(10, seconds), seconds)
  }

  package func post(_ request: WebhookRequest) -> TransferOutcome {
    transfer(Exchange(rule: rule, sending: []), CurlTransfer.webhookOutcome) { handle, exchange in
      handle.set(CURLOPT_URL, request.address.text)
      if rule.allowsPlain {
        handle.setProtocols("http,https", CURLPROTO_HTTP | CURLPROTO_HTTPS)
      } else {
        handle.setProtocols("https", CURLPROTO_HTTPS)
      }
      handle.set(CURLOPT_OPENSOCKETDATA, exchange)
      handle.setOpening { context, _, place in
        guard let context, let place else { return CURL_SOCKET_BAD }
        let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = Int(shim_address(place, &bytes))
        guard exchange.rule.allows(Array(bytes.prefix(count))) else {
          exchange.wasForbidden = true
          return CURL_SOCKET_BAD
        }
        return shim_socket(place)
      }
      handle.setBody(request.body)
      handle.set(CURLOPT_USERAGENT, "golden-ideas")
      // Without "Expect:" the library would ask for leave before a long body.
      handle.set(CURLOPT_HTTPHEADER, request.headers.map { "\($0.name): \($0.value)" } + ["Expect:"])
    }
  }

  package func mail(_ message: MailMessage, through server: MailServer) -> TransferOutcome {
    transfer(Exchange(rule: rule, sending: message.bytes), CurlTransfer.mailOutcome) { handle, exchange in
      // The last part is the name we greet the server by; the machine's own is nobody's business.
      handle.set(CURLOPT_URL, "\(server.address)/\(message.from.address.domain)")
      handle.setProtocols("smtp,smtps", CURLPROTO_SMTP | CURLPROTO_SMTPS)
      let level = rule.allowsPlain ? CURLUSESSL_TRY : CURLUSESSL_ALL
      handle.set(CURLOPT_USE_SSL, Int(level.rawValue))
      if let user = server.user { handle.set(CURLOPT_USERNAME, user) }
      if let password = server.password { handle.set(CURLOPT_PASSWORD, password) }
      handle.set(CURLOPT_MAIL_FROM, "<\(message.from.address.text)>")
      handle.set(CURLOPT_MAIL_RCPT, ["<\(message.to.text)>"])
      handle.set(CURLOPT_UPLOAD, 1)
      handle.set(CURLOPT_READDATA, exchange)
      handle.setReading { buffer, size, count, context in
        guard let buffer, let context else { return 0 }
        let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
        let part = exchange.sending[exchange.sent...].prefix(size * count)
        part.withUnsafeBytes { if let start = $0.baseAddress { memcpy(buffer, start, $0.count) } }
        exchange.sent += part.count
        return part.count
      }
    }
  }

  /// What the library's callbacks look at during one transfer.
  private final class Exchange {
    let rule: AddressRule
    let sending: [UInt8]
    var sent = 0
    var received = 0
    var wasForbidden = false

    init(rule: AddressRule, sending: [UInt8]) {
      self.rule = rule
      self.sending = sending
    }
  }

  private func transfer(
    _ exchange: Exchange, _ judge: (CURLcode, _ status: Int?, _ hasBegun: Bool) -> TransferOutcome,
    _ prepare: (CurlHandle, Exchange) -> Void
  ) -> TransferOutcome {
    guard let handle = CurlHandle() else { return TransferOutcome(fault: .settings, mayHaveLeft: false) }
    for (option, value) in [
      // No signals: the program has threads.
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
      (CURLOPT_CONNECTTIMEOUT, limits.connection), (CURLOPT_TIMEOUT, limits.whole),
    ] { handle.set(option, value) }
    // Not even those the environment names: behind a proxy nobody would see which address is called.
    handle.set(CURLOPT_PROXY, "")
    if let certificates { handle.set(CURLOPT_CAINFO, certificates) }
    handle.set(CURLOPT_WRITEDATA, exchange)
    handle.setWriting { _, size, count, context in
      guard let context else { return 0 }
      let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
      exchange.received += size * count
      return exchange.received > CurlTransfer.answerLimit ? 0 : size * count
    }
    prepare(handle, exchange)
    guard handle.isReady else { return TransferOutcome(fault: .settings, mayHaveLeft: false) }
    let code = withExtendedLifetime(exchange) { curl_easy_perform(handle.pointer) }
    let answered = handle.number(CURLINFO_RESPONSE_CODE)
    // Of a letter, whether the server asked for it; else set when all is ready for the request's first byte.
    let hasBegun = exchange.sent > 0 || exchange.sending.isEmpty && handle.size(CURLINFO_PRETRANSFER_TIME_T) > 0
    if exchange.wasForbidden, code == CURLE_COULDNT_CONNECT {
      return TransferOutcome(fault: .address, mayHaveLeft: false)
    }
    var outcome = judge(code, answered > 0 ? answered : nil, hasBegun)
    let pause = handle.size(CURLINFO_RETRY_AFTER)
    if pause > 0 { outcome.retryAfter = pause }
    return outcome
  }

  private static func webhookOutcome(_ code: CURLcode, _ status: Int?, _ hasBegun: Bool) -> TransferOutcome {
    // With a final status the receiver has spoken; whether its answer came whole is of no interest.
    if let status, status >= 200 {
      let fault: TransferFault? = (200...299).contains(status) ? nil : status == 410 ? .gone : .status
      return TransferOutcome(fault: fault, status: status)
    }
    return TransferOutcome(fault: fault(code), status: status, mayHaveLeft: hasBegun)
  }

  private static func mailOutcome(_ code: CURLcode, _ status: Int?, _ hasBegun: Bool) -> TransferOutcome {
    if code == CURLE_OK { return TransferOutcome(status: status) }
    var found = fault(code)
    // The library says so of a "no" to the sender, the reader or the letter, and of nothing before.
    let isAboutLetter = code == CURLE_SEND_ERROR || hasBegun
    // RFC 5321 §4.2.1: 5yz is for good, 4yz for now; 530 to 538 are about us and not about the letter (RFC 4954).
    if isAboutLetter, let status, (500...599).contains(status), !(530...538).contains(status) {
      found = .mailbox
    } else if isAboutLetter, let status, (400...499).contains(status) {
      found = .status
    }
    return TransferOutcome(fault: found, status: status, mayHaveLeft: hasBegun)
  }

  private static func fault(_ code: CURLcode) -> TransferFault {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: .host
    case CURLE_COULDNT_CONNECT: .connection
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_USE_SSL_FAILED, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
      .security
    case CURLE_OPERATION_TIMEDOUT: .timeout
    case CURLE_LOGIN_DENIED: .login
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_FAILED_INIT, CURLE_OUT_OF_MEMORY: .settings
    default: .broken
    }
  }
}
