import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A port of this machine that waits for calls and answers none.
final class LocalListener {
  private let descriptor: Int32
  let port: UInt16

  struct Fault: Error { var number: Int32 }

  init() throws {
    #if canImport(Glibc)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    descriptor = socket(AF_INET, stream, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let opened = descriptor
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(opened, address, length) == 0 && listen(opened, 8) == 0 && getsockname(opened, address, &length) == 0
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    guard descriptor >= 0, result, fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw Fault(number: errno) }
  }

  deinit { close(descriptor) }

  var wasCalled: Bool {
    let caller = accept(descriptor, nil, nil)
    if caller >= 0 { close(caller) }
    return caller >= 0
  }
}
