internal import Foundation

/// Who is counted as one caller: an IPv4 address, or the /64 of an IPv6 address, which is what one connection is given
/// (RFC 6177). Callers whose address is not known or cannot be read are one caller together.
package struct CallerAddress: Sendable, Hashable {
  private let high: UInt64
  private let low: UInt64

  /// - Parameter text: as a socket or a proxy writes it, with or without brackets, zone and port.
  package init(_ text: String?) {
    let host = CallerAddress.host(text ?? "")
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, host, &four) == 1 {
      (high, low) = (0, 0xFFFF << 32 | UInt64(UInt32(bigEndian: four.s_addr)))
    } else if inet_pton(AF_INET6, host, &six) == 1 {
      let (prefix, rest) = withUnsafeBytes(of: six) { bytes in
        (
          UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
          UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
      }
      // An IPv4 address in the clothes of the other (RFC 4291 §2.5.5.2) is itself.
      let isFour = prefix == 0 && rest >> 32 == 0xFFFF
      (high, low) = (prefix, isFour ? rest : 0)
    } else {
      (high, low) = (0, 1)
    }
  }

  /// Without what may stand around an address.
  private static func host(_ text: String) -> String {
    var host = text.prefix(64)
    if host.first == "[" {
      host = host.dropFirst().prefix { $0 != "]" }
    } else if host.contains("."), host.filter({ $0 == ":" }).count == 1 {
      host = host.prefix { $0 != ":" }
    }
    return String(host.prefix { $0 != "%" })
  }
}
