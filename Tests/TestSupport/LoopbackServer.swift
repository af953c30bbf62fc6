import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A server on a port of this machine; each caller is served by a script on a thread of its own. Open until it is
/// closed or the tests end, as nobody can tell when its last caller has called.
package final class LoopbackServer: Sendable {
  package let port: UInt16
  private let descriptor: Int32

  package struct Fault: Error { var number: Int32 }

  package init(_ serve: @escaping @Sendable (LoopbackCaller) -> Void) throws {
    #if canImport(Darwin)
      let stream = SOCK_STREAM
    #else
      let stream = Int32(SOCK_STREAM.rawValue)
    #endif
    let opened = socket(AF_INET, stream, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(opened, address, length) == 0 && listen(opened, 64) == 0 && getsockname(opened, address, &length) == 0
      }
    }
    guard opened >= 0, isOpen else { throw Fault(number: errno) }
    descriptor = opened
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread {
      while true {
        let caller = accept(opened, nil, nil)
        if caller < 0 {
          if errno == EINTR { continue }
          return
        }
        Thread.detachNewThread { serve(LoopbackCaller(caller)) }
      }
    }
  }

  package func end() {
    // Wakes the thread that accepts.
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }
}

/// One caller, read line by line.
package final class LoopbackCaller {
  private let descriptor: Int32
  private var buffer: [UInt8] = []

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Without its line end; nil at the end.
  package func line() -> String? {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        let line = buffer[..<end]
        buffer.removeSubrange(...end)
        return String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
      }
      guard fill() else { return nil }
    }
  }

  package func bytes(_ count: Int) -> [UInt8] {
    while buffer.count < count, fill() {}
    let taken = Array(buffer.prefix(count))
    buffer.removeFirst(taken.count)
    return taken
  }

  package func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      #if canImport(Darwin)
        let quiet: Int32 = 0
      #else
        let quiet = Int32(MSG_NOSIGNAL)
      #endif
      let sent = rest.withUnsafeBytes { sendBytes(descriptor, $0.baseAddress, $0.count, quiet) }
      guard sent > 0 else { return }
      rest = rest.dropFirst(sent)
    }
  }

  private func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return false }
    buffer += chunk.prefix(count)
    return true
  }
}

/// The system's `send`, out of reach where a method has its name.
private func sendBytes(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
  send(descriptor, start, count, flags)
}

package enum LoopbackPause {
  /// Keeps a caller waiting.
  package static func briefly(seconds: Double) { Thread.sleep(forTimeInterval: seconds) }
}
