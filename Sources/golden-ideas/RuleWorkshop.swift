import Console
import Dispatch
import Rules
import Store
import Suggestions
import Synchronization

/// Work on the rules that takes longer than a page may: one after another on a thread of its own. Kept in memory:
/// whoever restarts the server begins anew.
final class RuleWorkshop: Sendable {
  typealias Outcomes = [ConsoleLanguage: RuleErrand.Outcome]

  /// Tells how far the work is, in texts; of how many where that is known.
  typealias Progress = @Sendable (_ done: Int, _ total: Int?) -> Void

  private let queue = DispatchQueue(label: "rules-work", qos: .utility)
  /// Where what a page waits for is worked out: compiling takes a third of a second, which the threads that answer
  /// requests do not have.
  private let desk = DispatchQueue(label: "rules-desk")
  private let errands = Mutex<[RuleErrand]>([])

  /// Of these that are not done, no more are begun; of all, no more are kept.
  private static let mostWaiting = 4
  private static let mostKept = 16

  /// - Parameter work: what is done; what it throws ends as words.
  /// - Returns: its id; nil where too much waits already.
  func begin(
    _ work: RuleErrand.Work, by actor: String, book: String, _ body: @escaping @Sendable (Progress) throws -> Outcomes
  ) -> String? {
    var generator = SystemRandomNumberGenerator()
    let id = String(UInt64.random(in: 0...UInt64.max, using: &generator), radix: 36)
    let errand = RuleErrand(id: id, work: work, actor: actor, book: book, changedAt: LocalTime.now)
    let isBegun = errands.withLock { errands in
      guard errands.count(where: { !$0.isEnded }) < RuleWorkshop.mostWaiting else { return false }
      errands.append(errand)
      while errands.count > RuleWorkshop.mostKept, let oldest = errands.firstIndex(where: \.isEnded) {
        errands.remove(at: oldest)
      }
      return true
    }
    guard isBegun else { return nil }
    queue.async { self.carryOut(id, body) }
    return id
  }

  private func carryOut(_ id: String, _ body: @Sendable (Progress) throws -> Outcomes) {
    change(id) { $0.state = .running }
    do {
      let outcomes = try body { done, total in
        self.change(id) {
          $0.done = done
          $0.total = total ?? $0.total
        }
      }
      change(id) { $0.state = .ended(outcomes) }
    } catch {
      let words = ConsoleLanguage.allCases.map { ($0, Messages(language: Language($0)).errand(error)) }
      change(id) { $0.state = .failed(Dictionary(uniqueKeysWithValues: words)) }
    }
  }

  private func change(_ id: String, _ body: (inout RuleErrand) -> Void) {
    errands.withLock { errands in
      guard let place = errands.firstIndex(where: { $0.id == id }) else { return }
      body(&errands[place])
      errands[place].changedAt = LocalTime.now
    }
  }

  func errand(_ id: String) -> RuleErrand? { errands.withLock { errands in errands.first { $0.id == id } } }

  /// The newest of a kind.
  func latest(_ fits: (RuleErrand.Work) -> Bool) -> RuleErrand? {
    errands.withLock { errands in errands.last { fits($0.work) } }
  }

  /// Works something out for a page that waits for it.
  func workOut<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in desk.async { continuation.resume(returning: body()) } }
  }
}

extension Messages {
  /// What an errand that failed says; never what a text says.
  func errand(_ error: any Error) -> String {
    switch error {
    case let fault as StoreFault: store(fault)
    case let fault as RuleBookFault: ruleBookFault(fault, folder: "rules")
    default: self("没有算成，请再试一次。", "it did not work out; try again.")
    }
  }
}
