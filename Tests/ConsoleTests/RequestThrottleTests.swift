import Console
import TestSupport
import Testing

/// How often an address may ask, by moving the clock.
struct RequestThrottleTests {
  private let one = CallerAddress("192.0.2.1")
  private let start: Int64 = 1_782_000_000

  private func throttle(_ most: Int = 10_000) throws -> RequestThrottle {
    RequestThrottle(
      try RequestLimits(
        burst: .init(20, in: 60), sustained: .init(100, in: 3_600), failureCost: 2, mostAddresses: most))
  }

  @Test func aBurstPassesAndThenItDrips() throws {
    var throttle = try throttle()
    for _ in 0..<20 { #expect(throttle.begin(one, at: start) == nil) }
    #expect(throttle.begin(one, at: start) == 3)
    // Who is refused is not made to wait longer by asking.
    #expect(throttle.begin(one, at: start + 2) == 1)
    #expect(throttle.begin(one, at: start + 3) == nil)
    #expect(throttle.begin(one, at: start + 3) == 3)
    #expect(throttle.begin(CallerAddress("192.0.2.2"), at: start + 3) == nil)
    for _ in 0..<20 { #expect(throttle.begin(one, at: start + 63) == nil) }
  }

  @Test func patienceHasItsLimitToo() throws {
    var throttle = try throttle()
    var passed = 0
    for second in stride(from: Int64(0), to: 3_600, by: 3) where throttle.begin(one, at: start + second) == nil {
      passed += 1
    }
    // A hundred at once, and a hundred drops in the hour.
    #expect(passed > 150 && passed <= 200)
    let refused = throttle.begin(one, at: start + 3_599)
    let wait = try #require(refused)
    #expect((1...36).contains(wait))
    #expect(throttle.begin(one, at: start + 3_599 + Int64(wait)) == nil)
    for _ in 0..<20 { #expect(throttle.begin(one, at: start + 3 * 3_600) == nil) }
  }

  @Test func whatFoundNothingCountsThreefold() throws {
    var throttle = try throttle()
    var passed = 0
    while throttle.begin(one, at: start) == nil {
      passed += 1
      throttle.fail(one, at: start)
    }
    #expect(passed == 7)
    // Many begun at once and failed later keep nobody out for longer than a window.
    var another = try self.throttle()
    for _ in 0..<20 { _ = another.begin(one, at: start) }
    for _ in 0..<10_000 { another.fail(one, at: start) }
    #expect(another.begin(one, at: start + 2 * 3_600) == nil)
  }

  /// Never more than twice the number in a stretch as long as the window, whatever the rhythm.
  @Test func noRhythmGetsAround() throws {
    var generator = SeededGenerator(11)
    for _ in 0..<20 {
      var throttle = try throttle()
      var moment = start
      var passed: [Int64] = []
      for _ in 0..<3_000 {
        moment += Int64(generator.below(6) == 0 ? generator.below(90) : generator.below(2))
        if throttle.begin(one, at: moment) == nil { passed.append(moment) }
      }
      for (window, most) in [(Int64(60), 40), (3_600, 200)] {
        var first = 0
        for (place, last) in passed.enumerated() {
          while passed[first] <= last - window { first += 1 }
          #expect(place - first + 1 <= most)
        }
      }
    }
  }

  @Test func aClockSetBackLocksNobody() throws {
    var throttle = try throttle()
    for _ in 0..<20 { _ = throttle.begin(one, at: start) }
    #expect(throttle.begin(one, at: start - 86_400) == 3)
    #expect(throttle.begin(one, at: start - 86_400 + 3) == nil)
  }

  @Test func memoryIsBoundedAndTheLongestSilentGoes() throws {
    var throttle = try throttle(16)
    for _ in 0..<20 { _ = throttle.begin(one, at: start) }
    for number in 0..<1_000 {
      _ = throttle.begin(CallerAddress("198.51.\(number / 250).\(number % 250)"), at: start + Int64(number % 50))
      // Who goes on asking stays known.
      #expect(throttle.begin(one, at: start) != nil)
      #expect(throttle.count <= 16)
    }
    for number in 0..<20 { _ = throttle.begin(CallerAddress("203.0.113.\(number)"), at: start) }
    #expect(throttle.begin(one, at: start) == nil)
  }

  @Test(arguments: [
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true), ("2001:db8:1:2::1", "2001:db8:1:3::1", false),
    ("::ffff:192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("192.0.2.1:4711", "192.0.2.1", true),
    ("[2001:db8::1]:443", "2001:db8::2", true), ("fe80::1%eth0", "fe80::2", true), ("unknown", "", true),
    ("::", "unknown", false), ("192.0.2.1", "unknown", false), ("::ffff:192.0.2.1", "::ffff:192.0.2.2", false),
  ]) func oneConnectionIsOneCaller(_ left: String, _ right: String, _ isOne: Bool) {
    #expect((CallerAddress(left) == CallerAddress(right)) == isOne)
  }

  @Test func limitsThatLimitNothingAreRefused() throws {
    typealias Window = RequestLimits.Window
    func fault(_ burst: Window, _ sustained: Window, _ failureCost: Int = 0, _ most: Int = 10) -> RequestLimits.Fault? {
      do throws(RequestLimits.Fault) {
        _ = try RequestLimits(burst: burst, sustained: sustained, failureCost: failureCost, mostAddresses: most)
        return nil
      } catch { return error }
    }
    #expect(fault(Window(20, in: 60), Window(100, in: 3_600)) == nil)
    #expect(fault(Window(0, in: 60), Window(100, in: 3_600)) == .number(0))
    #expect(fault(Window(20, in: 60), Window(100, in: -1)) == .number(-1))
    #expect(fault(Window(20, in: 60), Window(100, in: 3_600), 0, 0) == .number(0))
    #expect(fault(Window(20, in: 60), Window(100, in: 60)) == .windows)
    #expect(fault(Window(20, in: 60), Window(20, in: 3_600)) == .windows)
    // As many in an hour as sixty bursts: the long window would never say no.
    #expect(fault(Window(20, in: 60), Window(1_200, in: 3_600)) == .windows)
    #expect(fault(Window(20, in: 60), Window(100, in: 3_600), 20) == .failureCost(20))
    #expect(fault(Window(20, in: 60), Window(100, in: 3_600), -1) == .failureCost(-1))
    let standard = RequestLimits.standard
    #expect(fault(standard.burst, standard.sustained, standard.failureCost, standard.mostAddresses) == nil)
  }
}
