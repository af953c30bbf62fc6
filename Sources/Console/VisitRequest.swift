/// A request as pages see it: HTTP's parts that matter, none of its machinery.
package struct VisitRequest: Sendable {
  package enum Method: String, Sendable, Hashable, CaseIterable {
    case get = "GET"
    case post = "POST"
  }

  package var method: Method
  /// Without the query.
  package var path: String
  package var query: FormFields
  /// Of a form that was sent.
  package var form: FormFields
  /// What a file upload brought.
  package var files: [UploadedFile]
  /// Whether the form came to its end; a file that broke off is not among the files.
  package var isWhole = true
  /// By lower-cased name.
  package var headers: [String: String]
  package var cookies: [String: String]
  package var address: String?

  package init(
    _ method: Method, _ path: String, query: FormFields = FormFields(), form: FormFields = FormFields(),
    files: [UploadedFile] = [], headers: [String: String] = [:], address: String? = nil
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.form = form
    self.files = files
    self.headers = headers
    self.address = address
    cookies = VisitRequest.cookies(headers["cookie"] ?? "")
  }

  /// RFC 6265 §4.2; of two with one name the first, which is the one with the longer path.
  static func cookies(_ header: String) -> [String: String] {
    var cookies: [String: String] = [:]
    for part in header.split(separator: ";") {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2 else { continue }
      let name = String(halves[0].drop { $0 == " " })
      if cookies[name] == nil { cookies[name] = String(halves[1]) }
    }
    return cookies
  }

  /// Whether the request was made by one of our own pages, or by hand: what a page elsewhere makes a browser send is
  /// refused (OWASP CSRF cheat sheet, Fetch metadata; the Origin header where a browser does not send that).
  package var isOwn: Bool {
    if let site = headers["sec-fetch-site"] { return site == "same-origin" || site == "none" }
    guard let origin = headers["origin"] else { return headers["referer"] == nil || refererIsOwn }
    return host(of: origin) == headers["host"]
  }

  private var refererIsOwn: Bool { headers["referer"].map { host(of: $0) == headers["host"] } ?? true }

  private func host(of address: String) -> String? {
    guard let start = address.firstRange(of: "://")?.upperBound else { return nil }
    return String(address[start...].prefix { $0 != "/" })
  }

  package var wantsJSON: Bool { headers["accept"]?.hasPrefix("application/json") ?? false }
}

/// A file somebody chose.
package struct UploadedFile: Sendable, Hashable {
  /// Of the form's field.
  package var field: String
  /// As the browser calls it: for showing, never for a path.
  package var name: String
  package var bytes: [UInt8]

  package init(field: String, name: String, bytes: [UInt8]) {
    self.field = field
    self.name = name
    self.bytes = bytes
  }
}
