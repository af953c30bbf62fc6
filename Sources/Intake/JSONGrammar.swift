package import Suggestions

/// The scanner as a judge of whole JSON texts, for tests against conformance suites.
package enum JSONGrammar {
  package struct Fault: Error, Hashable {
    package var offset: Int
    package var reason: SetAsideReason
  }

  /// The first fault of a JSON text, or nil. A key twice counts as a fault.
  package static func validate(_ bytes: [UInt8], limits: IntakeLimits = .standard) -> Fault? {
    let block = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + 16)
    let spill = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count * 3 + 64)
    let seen = UnsafeMutablePointer<JSONScanner.SeenKey>.allocate(
      capacity: limits.depth * limits.fieldsPerRecord + 1)
    defer {
      block.deallocate()
      spill.deallocate()
      seen.deallocate()
    }
    block.initialize(repeating: 0, count: bytes.count + 16)
    block.update(from: bytes, count: bytes.count)
    var scanner = JSONScanner(
      start: UnsafePointer(block), count: bytes.count, spill: spill, spanBase: 0, keys: nil, slots: nil, seen: seen,
      limits: limits)
    if !scanner.document(), let fault = scanner.fault {
      return Fault(offset: scanner.faultAt - scanner.start, reason: fault)
    }
    if let blemish = scanner.blemish {
      return Fault(offset: scanner.blemishAt - scanner.start, reason: blemish)
    }
    return nil
  }
}
