import Console
import Synchronization
import Testing

/// Values made behind the requests' back.
struct BackgroundValuesTests {
  private struct Fault: Error {}

  private final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
  }

  private static let patience = Duration.seconds(300)

  private func text(_ found: BackgroundValues<Int, Int>.Found) -> String {
    switch found {
    case .now(let value): "now \(value)"
    case .earlier(let value): "earlier \(value)"
    case .notYet: "not yet"
    }
  }

  private func ask(
    _ values: BackgroundValues<Int, Int>, _ key: Int = 1, event: Int, at moment: Int64 = 1_000_000_000,
    patience: Duration = patience, _ make: @escaping @Sendable () async throws -> Int
  ) async throws -> String {
    let stamp = ValueStamp(event: event, moment: moment)
    return text(try await values.value(key, stamp, patience: patience) { _ in try await make() })
  }

  @Test func whatIsCurrentIsNotMadeAgain() async throws {
    let (values, counter) = (BackgroundValues<Int, Int>(most: 2, quick: Self.patience), Counter())
    for _ in 0..<3 { #expect(try await ask(values, event: 1) { counter.next() } == "now 1") }
    #expect(try await ask(values, event: 2) { counter.next() } == "now 2")
    // A quarter of an hour later clocks have run out.
    #expect(try await ask(values, event: 2, at: 1_000_000_899) { counter.next() } == "now 2")
    #expect(try await ask(values, event: 2, at: 1_000_000_900) { counter.next() } == "now 3")
    #expect(try await ask(values, event: 2, at: 1_000_000_000) { counter.next() } == "now 4", "a clock set back")
  }

  @Test func whatTakesLongIsHandedOutOld() async throws {
    let (values, counter) = (BackgroundValues<Int, Int>(most: 2, quick: .zero), Counter())
    #expect(try await ask(values, event: 1) { counter.next() } == "now 1")
    #expect(try await ask(values, event: 2) { counter.next() } == "earlier 1")
  }

  @Test func theFirstIsWaitedForSoLong() async throws {
    let values = BackgroundValues<Int, Int>(most: 2)
    let (signals, signal) = AsyncStream<Int>.makeStream()
    let make: @Sendable () async throws -> Int = {
      for await value in signals { return value }
      return 0
    }
    #expect(try await ask(values, event: 1, patience: .zero, make) == "not yet")
    signal.yield(7)
    #expect(try await ask(values, event: 1, make) == "now 7")
  }

  @Test func aFailureIsToldOnceAndTriedAgain() async throws {
    let values = BackgroundValues<Int, Int>(most: 2)
    await #expect(throws: Fault.self) { try await ask(values, event: 1) { throw Fault() } }
    #expect(try await ask(values, event: 1) { 5 } == "now 5")
  }

  @Test func theOneNotAskedForLongestGoes() async throws {
    let (values, counter) = (BackgroundValues<Int, Int>(most: 2, quick: Self.patience), Counter())
    for key in [1, 2, 1, 3] { _ = try await ask(values, key, event: 1) { counter.next() } }
    #expect(try await ask(values, 1, event: 1) { counter.next() } == "now 1")
    #expect(try await ask(values, 2, event: 1) { counter.next() } == "now 4")
  }
}
