/// The cookie that carries a session. `__Host-` ties it to this host and to HTTPS (RFC 6265bis §4.1.3.2); over plain HTTP
/// on loopback no such cookie would be taken.
enum SessionCookie {
  static func name(isSecure: Bool) -> String { isSecure ? "__Host-session" : "session" }

  static func setting(_ token: String, isSecure: Bool) -> (name: String, value: String) {
    ("Set-Cookie", "\(name(isSecure: isSecure))=\(token); Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : ""))
  }

  static func removing(isSecure: Bool) -> (name: String, value: String) {
    (
      "Set-Cookie",
      "\(name(isSecure: isSecure))=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0" + (isSecure ? "; Secure" : "")
    )
  }
}
