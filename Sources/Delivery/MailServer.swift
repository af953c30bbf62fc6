/// The server letters are handed to: `smtp://user:password@host:port` with STARTTLS, or `smtps://…`. Named by whoever
/// runs the program, so it may stand inside the house.
package struct MailServer: Sendable, Hashable {
  package let host: String
  let address: String
  let user: String?
  let password: String?
  let isTLS: Bool

  package init(_ text: String) throws(AddressFault) {
    guard text.utf8.count <= 2048, let parts = AddressParts(text, isDecoded: true) else { throw .unreadable }
    guard parts.scheme == "smtp" || parts.scheme == "smtps" else { throw .scheme(parts.scheme) }
    let shown = parts.host.contains(":") ? "[\(parts.host)]" : parts.host
    isTLS = parts.scheme == "smtps"
    host = parts.host
    address = "\(parts.scheme)://\(shown):\(parts.port ?? (isTLS ? 465 : 587))"
    (user, password) = (parts.user, parts.password)
  }
}
