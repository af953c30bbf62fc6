import Foundation

/// Told once, heard by all: whoever waits is woken, whoever works is asked to end.
final class StopSignal: @unchecked Sendable {
  // Everything is behind the condition.
  private let condition = NSCondition()
  private var wasTold = false
  private var cancelling: [Int: @Sendable () -> Void] = [:]
  private var next = 0

  var isTold: Bool { condition.withLock { wasTold } }

  func tell() {
    condition.lock()
    wasTold = true
    let cancels = Array(cancelling.values)
    condition.broadcast()
    condition.unlock()
    for cancel in cancels { cancel() }
  }

  /// Waits so long, or until it is told.
  ///
  /// - Returns: whether it is told.
  func wait(_ seconds: Double) -> Bool {
    let limit = Date().addingTimeInterval(seconds)
    return condition.withLock {
      while !wasTold, condition.wait(until: limit) {}
      return wasTold
    }
  }

  /// Runs what takes long and can be cancelled.
  func during<Value, Fault: Error>(
    _ cancel: @escaping @Sendable () -> Void, _ body: () throws(Fault) -> Value
  ) throws(Fault) -> Value {
    let number = condition.withLock {
      next += 1
      cancelling[next] = cancel
      return next
    }
    // Told between the two: nobody else would cancel it.
    if isTold { cancel() }
    defer { condition.withLock { cancelling[number] = nil } }
    return try body()
  }
}
