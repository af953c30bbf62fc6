internal import Dispatch
package import Store
internal import Synchronization

/// Connections to the store with a thread each. SQLite blocks; two cores have two cooperative threads, which must not
/// wait for it. Reading goes to the least busy of several; writing has one of its own, so that a writer that waits for
/// an import's lock holds no page back; signing in has one too (a third of a second and 128 MiB each).
package final class StorePool: Sendable {
  private let readers: [Desk]
  private let writer: Desk
  private let doorkeeper: Desk

  private final class Desk: Sendable {
    let store: SuggestionStore
    let queue: DispatchQueue
    let waiting = Atomic<Int>(0)

    init(_ store: SuggestionStore, _ name: String) {
      self.store = store
      queue = DispatchQueue(label: name)
    }

    func run<Value: Sendable>(
      _ body: @escaping @Sendable (SuggestionStore) throws(StoreFault) -> Value
    ) async throws(StoreFault) -> Value {
      waiting.add(1, ordering: .relaxed)
      let result: Result<Value, StoreFault> = await withCheckedContinuation { continuation in
        queue.async { [store] in
          do throws(StoreFault) {
            continuation.resume(returning: .success(try body(store)))
          } catch {
            continuation.resume(returning: .failure(error))
          }
        }
      }
      waiting.subtract(1, ordering: .relaxed)
      return try result.get()
    }
  }

  /// - Parameters:
  ///   - readers: how many connections read at the same time.
  ///   - open: opens one more connection.
  package init(readers: Int, open: () throws(StoreFault) -> SuggestionStore) throws(StoreFault) {
    var desks: [Desk] = []
    for number in 0..<max(1, readers) { desks.append(Desk(try open(), "console-reader-\(number)")) }
    self.readers = desks
    writer = Desk(try open(), "console-writer")
    doorkeeper = Desk(try open(), "console-sign-in")
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (SuggestionStore) throws(StoreFault) -> Value
  ) async throws(StoreFault) -> Value {
    let desk = readers.min { $0.waiting.load(ordering: .relaxed) < $1.waiting.load(ordering: .relaxed) }
    return try await (desk ?? writer).run(body)
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (SuggestionStore) throws(StoreFault) -> Value
  ) async throws(StoreFault) -> Value { try await writer.run(body) }

  package func signIn<Value: Sendable>(
    _ body: @escaping @Sendable (SuggestionStore) throws(StoreFault) -> Value
  ) async throws(StoreFault) -> Value { try await doorkeeper.run(body) }
}
