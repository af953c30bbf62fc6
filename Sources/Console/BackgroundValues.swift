internal import Synchronization

/// Values that take longer to make than a page may wait: made behind the requests' back, kept, and handed out a little
/// old while a newer one is under way.
///
/// A value that was made in no time is waited for when it is old, so that whoever has just done something sees it; one
/// that took long is handed out old, and making takes at most a twentieth of the time.
package final class BackgroundValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Held {
    var value: Value
    var stamp: ValueStamp
    var cost: Duration
    var madeAt: ContinuousClock.Instant
    var askedAt: ContinuousClock.Instant

    /// Whether a newer one may be begun.
    func isRested(_ now: ContinuousClock.Instant) -> Bool { now - madeAt >= cost * 19 }
  }

  private struct State {
    var held: [Key: Held] = [:]
    var making: Set<Key> = []
    var faults: [Key: any Error] = [:]
  }

  private let state = Mutex(State())
  private let most: Int
  private let quick: Duration

  /// - Parameters:
  ///   - most: how many are kept; the one not asked for longest goes first.
  ///   - quick: what takes no longer is made anew while the request waits.
  package init(most: Int, quick: Duration = .milliseconds(60)) {
    self.most = max(1, most)
    self.quick = quick
  }

  /// What there is.
  package enum Found: Sendable {
    case now(Value)
    /// A newer one is under way, or will be.
    case earlier(Value)
    /// The first is still being made.
    case notYet
  }

  /// - Parameters:
  ///   - stamp: of the moment; an equal one means that nothing changed.
  ///   - patience: how long to wait for a first value.
  ///   - make: told whether somebody waits for it.
  /// - Throws: what the making threw, once; the next request tries again.
  package func value(
    _ key: Key, _ stamp: ValueStamp, patience: Duration,
    make: @escaping @Sendable (_ isAwaited: Bool) async throws -> Value
  ) async throws -> Found {
    let now = ContinuousClock.now
    let (held, mayBegin) = state.withLock { state -> (Held?, Bool) in
      state.held[key]?.askedAt = now
      let held = state.held[key]
      if let held, held.stamp.isCurrent(at: stamp) { return (held, false) }
      let isDue = held.map { $0.cost < quick || $0.isRested(now) } ?? true
      guard isDue, !state.making.contains(key) else { return (held, false) }
      state.making.insert(key)
      return (held, true)
    }
    if let held, held.stamp.isCurrent(at: stamp) { return .now(held.value) }
    let waits = held.map { $0.cost < quick } ?? true
    if mayBegin { begin(key, stamp, isAwaited: waits, make) }
    if let held, !waits { return .earlier(held.value) }
    await wait(for: key, until: now + patience)
    let (found, fault) = state.withLock { state -> (Held?, (any Error)?) in
      (state.held[key], state.faults.removeValue(forKey: key))
    }
    if let fault { throw fault }
    guard let found else { return .notYet }
    return found.stamp.isCurrent(at: stamp) ? .now(found.value) : .earlier(found.value)
  }

  private func begin(
    _ key: Key, _ stamp: ValueStamp, isAwaited: Bool, _ make: @escaping @Sendable (Bool) async throws -> Value
  ) {
    Task {
      let begun = ContinuousClock.now
      do {
        let value = try await make(isAwaited)
        let now = ContinuousClock.now
        keep(Held(value: value, stamp: stamp, cost: now - begun, madeAt: now, askedAt: now), for: key)
      } catch {
        state.withLock { state in
          state.making.remove(key)
          state.faults[key] = error
        }
      }
    }
  }

  private func keep(_ held: Held, for key: Key) {
    state.withLock { state in
      state.making.remove(key)
      state.faults[key] = nil
      state.held[key] = held
      while state.held.count > most, let oldest = state.held.min(by: { $0.value.askedAt < $1.value.askedAt })?.key {
        state.held[oldest] = nil
      }
    }
  }

  private func wait(for key: Key, until end: ContinuousClock.Instant) async {
    var pause = Duration.milliseconds(1)
    while state.withLock({ $0.making.contains(key) }), ContinuousClock.now < end {
      // A request that was given up waits no longer.
      do { try await Task.sleep(for: pause) } catch { return }
      pause = min(pause * 2, .milliseconds(50))
    }
  }
}

/// What a kept value was made of.
package struct ValueStamp: Sendable, Hashable {
  /// Number of the last event of the history.
  package var event: Int
  /// Seconds since 1970.
  package var moment: Int64

  package init(event: Int, moment: Int64) {
    self.event = event
    self.moment = moment
  }

  /// Clocks run out without anybody doing anything: after a quarter of an hour, and on another day, it is old.
  package func isCurrent(at now: ValueStamp) -> Bool {
    event == now.event && now.moment - moment < 900 && moment <= now.moment
      && FiguresMonth.day(of: moment) == FiguresMonth.day(of: now.moment)
  }
}
