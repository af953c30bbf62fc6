internal import Foundation

/// A first-in first-out queue between threads that blocks the taker until something is there or the channel is closed.
///
/// It needs no bound of its own: ``Permits`` bound how many parcels are under way in the whole pipeline.
final class HandOff<Element: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var elements: [Element] = []
  private var head = 0
  private var isClosed = false

  func send(_ element: Element) {
    condition.lock()
    elements.append(element)
    condition.signal()
    condition.unlock()
  }

  func close() {
    condition.lock()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }

  /// The next element and those that wait behind it already, at most `limit` in all; none when the channel is closed
  /// and empty.
  func receive(upTo limit: Int) -> [Element] {
    condition.lock()
    defer { condition.unlock() }
    waitForElement()
    var received: [Element] = []
    while received.count < limit, let element = takeFirst() { received.append(element) }
    return received
  }

  /// The next element; nil when the channel is closed and empty.
  func receive() -> Element? {
    condition.lock()
    defer { condition.unlock() }
    waitForElement()
    return takeFirst()
  }

  private func waitForElement() {
    while head == elements.count && !isClosed { condition.wait() }
  }

  private func takeFirst() -> Element? {
    guard head < elements.count else { return nil }
    let element = elements[head]
    head += 1
    if head == elements.count || head > 64 {
      elements.removeFirst(head)
      head = 0
    }
    return element
  }
}

/// Puts what several workers finish out of order back into the order it was numbered in.
final class OrderedHandOff<Element: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var waiting: [Int: Element] = [:]
  private var next = 0
  private var senders: Int

  init(senders: Int) { self.senders = senders }

  func send(_ element: Element, number: Int) {
    condition.lock()
    waiting[number] = element
    if number == next { condition.signal() }
    condition.unlock()
  }

  /// One sender is done; the last one ends the channel.
  func close() {
    condition.lock()
    senders -= 1
    condition.broadcast()
    condition.unlock()
  }

  func receive() -> Element? {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let element = waiting.removeValue(forKey: next) {
        next += 1
        return element
      }
      if senders == 0 { return nil }
      condition.wait()
    }
  }
}

/// Bounds how many batches are between the reader and the store, and with them the memory in flight.
final class Permits: @unchecked Sendable {
  private let condition = NSCondition()
  private var free: Int
  private var isCancelled = false

  init(_ count: Int) { free = count }

  /// False when the pipeline has been cancelled.
  func acquire() -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while free == 0 && !isCancelled { condition.wait() }
    if isCancelled { return false }
    free -= 1
    return true
  }

  func release() {
    condition.lock()
    free += 1
    condition.signal()
    condition.unlock()
  }

  func cancel() {
    condition.lock()
    isCancelled = true
    condition.broadcast()
    condition.unlock()
  }

  var isStopped: Bool {
    condition.lock()
    defer { condition.unlock() }
    return isCancelled
  }
}
