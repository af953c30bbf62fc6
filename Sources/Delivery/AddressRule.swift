internal import CCurl

/// Which addresses messages may be sent to: those of the public internet, so that nobody who names a receiver reaches
/// a service inside the house with it (server-side request forgery).
///
/// The rule is asked for the very address a connection is about to be made to, after all names were resolved: a name
/// that leads elsewhere at the second look, or a number written as 0x7f000001, gains nothing.
package struct AddressRule: Sendable, Hashable {
  /// Receivers inside the house: loopback, private networks and the like.
  package var allowsPrivate: Bool
  /// `http://`, and mail servers without TLS.
  package var allowsPlain: Bool

  package init(allowsPrivate: Bool = false, allowsPlain: Bool = false) {
    self.allowsPrivate = allowsPrivate
    self.allowsPlain = allowsPlain
  }

  /// - Parameter address: 4 or 16 bytes in network order.
  package func allows(_ address: [UInt8]) -> Bool {
    switch address.count {
    case 4: AddressRule.isUnicast(version4: address) && (allowsPrivate || !AddressRule.isSpecial(version4: address))
    case 16: AddressRule.isUnicast(version6: address) && (allowsPrivate || AddressRule.isGlobal(version6: address))
    default: false
    }
  }

  /// The address a host is written as, in any of the forms the system's resolver reads: `127.0.0.1`, `2130706433`,
  /// `0x7f.1`, `0177.0.0.1`, `::1`; nil for a name.
  package static func numeric(_ host: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = Int(shim_numeric(host, &bytes))
    return count > 0 ? Array(bytes.prefix(count)) : nil
  }

  /// IANA's special-purpose addresses (RFC 6890 and its registry): first bytes, and how many bits of them count.
  private static let special4: [(prefix: [UInt8], bits: Int)] = [
    ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24),
    ([192, 0, 2], 24), ([192, 31, 196], 24), ([192, 52, 193], 24), ([192, 88, 99], 24), ([192, 168], 16),
    ([192, 175, 48], 24), ([198, 18], 15), ([198, 51, 100], 24), ([203, 0, 113], 24),
  ]

  /// Parts of 2000::/3 that lead elsewhere or nowhere: protocol assignments with Teredo, documentation, 6to4, AS112.
  private static let special6: [(prefix: [UInt8], bits: Int)] = [
    ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x20, 0x02], 16),
    ([0x26, 0x20, 0x00, 0x4F, 0x80, 0x00], 48), ([0x3F, 0xFF, 0x00], 20),
  ]

  private static func isSpecial(version4 address: [UInt8]) -> Bool {
    special4.contains { starts(address, with: $0.prefix, bits: $0.bits) }
  }

  /// Only 2000::/3 is given out; that leaves out ::1, fc00::/7, fe80::/10 and IPv4 addresses written in IPv6, as
  /// mapped or as translated ones, which a gateway would lead back into the house.
  private static func isGlobal(version6 address: [UInt8]) -> Bool {
    starts(address, with: [0x20], bits: 3) && !special6.contains { starts(address, with: $0.prefix, bits: $0.bits) }
  }

  /// Neither nobody, nor many: 0.0.0.0 is the own machine to Linux, 224.0.0.0 and above are multicast and reserved.
  private static func isUnicast(version4 address: [UInt8]) -> Bool { address[0] < 224 && address != [0, 0, 0, 0] }

  private static func isUnicast(version6 address: [UInt8]) -> Bool {
    if starts(address, with: [0xFF], bits: 8) || address == [UInt8](repeating: 0, count: 16) { return false }
    let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
    return !starts(address, with: mapped, bits: 96) || isUnicast(version4: Array(address[12...]))
  }

  private static func starts(_ address: [UInt8], with prefix: [UInt8], bits: Int) -> Bool {
    let whole = bits / 8
    guard address.prefix(whole) == prefix.prefix(whole) else { return false }
    let mask = ~(UInt8(0xFF) >> UInt8(bits % 8))
    return bits % 8 == 0 || address[whole] & mask == prefix[whole] & mask
  }
}
