internal import CCurl

/// Where a webhook's messages go, read by the library that will call it, so that both mean the same by it.
package struct WebhookAddress: Sendable, Hashable {
  /// The whole address, without a fragment.
  package let text: String
  /// As the library reads it: numbers in their usual form, IPv6 without brackets.
  package let host: String

  /// - Throws: why nothing can be sent there. A name may still turn out to lead to a forbidden address.
  package init(_ text: String, under rule: AddressRule) throws(AddressFault) {
    guard text.utf8.count <= 2048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .unreadable }
    guard let parts = AddressParts(text, isDecoded: false), let whole = parts.whole else { throw .unreadable }
    guard parts.scheme == "https" || parts.scheme == "http" else { throw .scheme(parts.scheme) }
    guard parts.scheme == "https" || rule.allowsPlain else { throw .plain }
    guard parts.user == nil, parts.password == nil else { throw .credentials }
    host = parts.host
    self.text = whole
    if let address = AddressRule.numeric(host), !rule.allows(address) { throw .forbidden }
  }

  /// Scheme, host and port: what may be shown, as the rest can be as good as a password.
  package static func shown(_ text: String) -> String {
    guard let parts = AddressParts(text, isDecoded: false) else { return "?" }
    let host = parts.host.contains(":") ? "[\(parts.host)]" : parts.host
    return "\(parts.scheme)://\(host)\(parts.port.map { ":\($0)" } ?? "")"
  }
}

/// Why an address cannot be one to send to. Facts only.
package enum AddressFault: Error, Sendable, Hashable {
  case unreadable
  /// A scheme that is none of ours.
  case scheme(String)
  /// Without TLS, which is not allowed.
  case plain
  /// A name or password in a webhook's address.
  case credentials
  /// Not an address of the public internet.
  case forbidden
}

/// An address taken apart by libcurl.
struct AddressParts {
  var whole: String?
  var scheme: String
  var host: String
  var port: Int?
  var user: String?
  var password: String?

  /// - Parameter isDecoded: `%40` in name and password stands for `@`.
  init?(_ text: String, isDecoded: Bool) {
    guard let handle = curl_url() else { return nil }
    defer { curl_url_cleanup(handle) }
    let flags = UInt32(CURLU_NON_SUPPORT_SCHEME)
    guard curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK else { return nil }
    func part(_ part: CURLUPart, _ flags: UInt32 = 0) -> String? {
      var found: UnsafeMutablePointer<CChar>?
      guard curl_url_get(handle, part, &found, flags) == CURLUE_OK, let found else { return nil }
      defer { curl_free(found) }
      return String(cString: found)
    }
    guard let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST), !host.isEmpty else { return nil }
    self.scheme = scheme.lowercased()
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    port = part(CURLUPART_PORT).flatMap { Int($0) }
    user = part(CURLUPART_USER, isDecoded ? UInt32(CURLU_URLDECODE) : 0)
    password = part(CURLUPART_PASSWORD, isDecoded ? UInt32(CURLU_URLDECODE) : 0)
    curl_url_set(handle, CURLUPART_FRAGMENT, nil, 0)
    whole = part(CURLUPART_URL)
  }
}
