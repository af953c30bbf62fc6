/// How the console is run.
package struct ConsoleSettings: Sendable {
  package var host: String
  /// 0 for any that is free.
  package var port: Int
  /// PEM files; nil for plain HTTP, which is for loopback and for standing behind a proxy.
  package var tls: (certificates: String, key: String)?
  /// Whether a proxy in front speaks TLS and says who calls (`X-Forwarded-For`, the last entry; `X-Forwarded-Proto`).
  package var isBehindProxy: Bool
  /// Users the sign-in page offers with their password; empty but in a demonstration.
  package var demoUsers: [DemoUser]
  /// Where the photographs lie that forms name; nil where they are kept elsewhere.
  package var photos: PhotoFolder?
  /// How often an address may ask for receipts, and for links to answer.
  package var receiptLimits = RequestLimits.standard
  package var linkLimits = RequestLimits.standard

  /// Somebody to look around as.
  package struct DemoUser: Sendable, Hashable {
    package var name: String
    package var display: String
    package var password: String
    /// What there is to see, in both languages.
    package var zh: String
    package var en: String

    package init(name: String, display: String, password: String, zh: String, en: String) {
      self.name = name
      self.display = display
      self.password = password
      self.zh = zh
      self.en = en
    }
  }

  package init(
    host: String = "127.0.0.1", port: Int = 8080, tls: (certificates: String, key: String)? = nil,
    isBehindProxy: Bool = false, demoUsers: [DemoUser] = []
  ) {
    self.host = host
    self.port = port
    self.tls = tls
    self.isBehindProxy = isBehindProxy
    self.demoUsers = demoUsers
  }

  /// Whether browsers reach it by HTTPS, so that cookies may say so. Loopback counts as secure for browsers, not for
  /// every tool.
  package var isSecure: Bool { tls != nil || isBehindProxy }

  package var isLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }
}
