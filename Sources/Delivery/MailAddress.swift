/// An address for e-mail, ASCII alone: what every server takes.
package struct MailAddress: Sendable, Hashable {
  /// `name@domain`
  package let text: String

  /// Nil for what is no plain address; a line break or an angle bracket could otherwise add lines to a letter's head.
  package init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...64).contains(parts[0].utf8.count), (1...253).contains(parts[1].utf8.count),
      text.utf8.count <= 254, parts[0].utf8.allSatisfy(MailAddress.isLocal),
      parts[1].utf8.allSatisfy(MailAddress.isDomain),
      !parts[0].hasPrefix("."), !parts[0].hasSuffix("."), !parts[0].contains(".."),
      parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy({
        !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix("-")
      })
    else { return nil }
    self.text = text
  }

  package var domain: String { String(text.drop { $0 != "@" }.dropFirst()) }

  private static func isDomain(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// RFC 5322 §3.2.3, atext and the full stop.
  private static func isLocal(_ byte: UInt8) -> Bool { isDomain(byte) || "!#$%&'*+/=?^_`{|}~".utf8.contains(byte) }
}

/// Who a letter is from: `name@domain`, or `金点子 <name@domain>`.
package struct MailSender: Sendable, Hashable {
  package let name: String
  package let address: MailAddress

  package init?(_ text: String) {
    guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
      guard let address = MailAddress(text) else { return nil }
      (name, self.address) = ("", address)
      return
    }
    guard let address = MailAddress(String(text[text.index(after: open)...].dropLast())) else { return nil }
    let words = text[..<open].split { $0 == " " || $0 == "\"" }
    (name, self.address) = (words.joined(separator: " "), address)
  }
}
