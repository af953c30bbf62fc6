import Delivery
import Testing

/// Where messages may go. The addresses are IANA's special ones and their neighbours, each as people disguise it.
struct AddressRuleTests {
  static let inside = [
    "127.0.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.1",
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "0xA9FEA9FE",
    "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.7",
    "203.0.113.9", "192.88.99.1", "0.1.2.3", "::1", "fe80::1", "fc00::1", "fdff::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001::1", "2001:db8::1", "2001:10::1", "3fff::1", "fec0::1", "100::1", "5f00::1",
  ]

  /// Not even inside the house is anybody there.
  static let nobody = [
    "0.0.0.0", "0", "255.255.255.255", "224.0.0.1", "239.1.1.1", "240.0.0.1", "::", "ff02::1", "::ffff:224.0.0.1",
    "::ffff:0.0.0.0",
  ]

  static let outside = [
    "8.8.8.8", "1.1.1.1", "0x08080808", "134744072", "010.010.010.010", "11.0.0.1", "9.255.255.255", "100.63.255.255",
    "100.128.0.1", "126.255.255.255", "128.0.0.1", "169.253.255.255", "169.255.0.1", "172.15.255.255", "172.32.0.1",
    "192.167.255.255", "192.169.0.1", "198.17.255.255", "198.20.0.1", "223.255.255.254", "114.114.114.114",
    "2400:3200::1", "2606:4700:4700::1111", "2001:200::1", "2003::1", "3ffe:ffff::1",
  ]

  @Test(arguments: inside) func keepsOutOfTheHouse(_ host: String) throws {
    let address = try #require(AddressRule.numeric(host), "\(host) is no number")
    #expect(!AddressRule().allows(address))
    #expect(AddressRule(allowsPrivate: true).allows(address))
  }

  @Test(arguments: nobody) func speaksToNobodyAndToNoCrowd(_ host: String) throws {
    let address = try #require(AddressRule.numeric(host))
    #expect(!AddressRule().allows(address))
    #expect(!AddressRule(allowsPrivate: true).allows(address))
  }

  @Test(arguments: outside) func letsThePublicInternetThrough(_ host: String) throws {
    #expect(AddressRule().allows(try #require(AddressRule.numeric(host))))
  }

  @Test func namesAreNoNumbers() {
    for host in ["example.com", "localhost", "1.2.3.4.5", "256.1.1.1", "0x7g", ""] {
      #expect(AddressRule.numeric(host) == nil, "\(host)")
    }
    #expect(!AddressRule(allowsPrivate: true).allows([1, 2, 3]))
    #expect(!AddressRule(allowsPrivate: true).allows([]))
  }

  // MARK: As part of an address

  @Test(arguments: inside + nobody) func refusesItInAnAddress(_ host: String) {
    let shown = host.contains(":") ? "[\(host)]" : host
    let refusal = #expect(throws: AddressFault.self) {
      try WebhookAddress("https://\(shown)/hook", under: AddressRule())
    }
    // A form the library does not read either is no way in.
    #expect(refusal == .forbidden || refusal == .unreadable, "\(host): \(String(describing: refusal))")
  }

  @Test(arguments: [
    ("http://example.com/", AddressFault.plain), ("ftp://example.com/", .scheme("ftp")),
    ("file:///etc/passwd", .unreadable), ("gopher://example.com/", .scheme("gopher")),
    ("https://user:word@example.com/", .credentials), ("https://user@example.com/", .credentials),
    ("https://", .unreadable), ("", .unreadable), ("https://exa mple.com/", .unreadable),
    ("https://example.com/\r\nX: 1", .unreadable), ("https://例子.com/", .unreadable),
  ]) func saysWhyNot(_ text: String, _ fault: AddressFault) {
    let found = #expect(throws: AddressFault.self) { try WebhookAddress(text, under: AddressRule()) }
    #expect(found == fault || (fault == .unreadable && found == .scheme("file")), "\(String(describing: found))")
  }

  @Test func readsAnAddress() throws {
    let address = try WebhookAddress("https://example.com:8443/a?b=c#d", under: AddressRule())
    #expect(address.text == "https://example.com:8443/a?b=c")
    #expect(address.host == "example.com")
    #expect(WebhookAddress.shown(address.text) == "https://example.com:8443")
    let open = AddressRule(allowsPrivate: true, allowsPlain: true)
    #expect(try WebhookAddress("http://127.0.0.1/", under: open).host == "127.0.0.1")
  }

  @Test func readsAMailServer() throws {
    #expect(try MailServer("smtp://a%40b:p%3Aw@mail.example.com:2525").host == "mail.example.com")
    #expect(try MailServer("smtps://mail.example.com").host == "mail.example.com")
    #expect(throws: AddressFault.scheme("https")) { try MailServer("https://mail.example.com") }
    #expect(throws: AddressFault.unreadable) { try MailServer("") }
  }
}
