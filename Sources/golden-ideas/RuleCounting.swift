import Console
import Dispatch
import Foundation
import Rules
import Store
import Suggestions
import Synchronization

/// Counts what the rules did, beside the pages: no page waits until a million verdicts are read. Goes on from where it
/// was whenever somebody asks; begins anew with another book, after all was judged anew, and once a day, as texts are
/// revised and erased.
final class RuleCounting: Sendable {
  private struct State {
    var figures: RuleFigures
    var isRunning = false
    var endedAt: Int64 = 0
  }

  private struct Work {
    var store: SuggestionStore?
    var tally: RuleTally?
    var begunAt: Int64 = 0
  }

  private let book: PresentBook
  private let open: @Sendable () throws(StoreFault) -> SuggestionStore
  private let queue = DispatchQueue(label: "rules-count", qos: .utility)
  private let state: Mutex<State>
  /// Used on the queue alone.
  private let work = Mutex(Work())

  /// Seconds between two looks at what came since.
  private static let pause: Int64 = 2
  private static let mostAge: Int64 = 86_400
  /// Pages after which the figures are shown as far as they are.
  private static let pagesShown = 64

  init(_ book: PresentBook, open: @escaping @Sendable () throws(StoreFault) -> SuggestionStore) {
    self.book = book
    self.open = open
    state = Mutex(State(figures: RuleFigures(version: book.book.version)))
  }

  /// As far as it is counted.
  var figures: RuleFigures {
    let version = book.book.version
    let (figures, begins) = state.withLock { state -> (RuleFigures, Bool) in
      let isDue = state.figures.version != version || LocalTime.now >= state.endedAt + RuleCounting.pause
      let begins = !state.isRunning && isDue
      if begins { state.isRunning = true }
      return (state.figures, begins)
    }
    if begins { queue.async { self.round() } }
    return figures
  }

  func beginAnew() {
    queue.async { self.work.withLock { $0.tally = nil } }
    state.withLock { $0.endedAt = 0 }
  }

  private func round() {
    let book = book.book
    // What cannot be read now is counted the next time.
    try? work.withLock { work in
      if work.store == nil { work.store = try open() }
      guard let store = work.store else { return }
      let now = LocalTime.now
      if work.tally?.book != book.version || now >= work.begunAt + RuleCounting.mostAge {
        work.tally = RuleTally(book: book.version)
        work.begunAt = now
      }
      guard var tally = work.tally else { return }
      // The only holder of what it changes.
      work.tally = nil
      defer { work.tally = tally }
      var pages = 0
      while try store.count(into: &tally) {
        pages += 1
        if pages % RuleCounting.pagesShown == 0 { show(tally, book) }
        // Whoever decides or takes in goes first.
        usleep(500)
      }
      show(tally, book)
    }
    state.withLock { state in
      state.isRunning = false
      state.endedAt = LocalTime.now
    }
  }

  private func show(_ tally: RuleTally, _ book: RuleBook) {
    let figures = RuleFigures(tally, by: book, at: LocalTime.now)
    state.withLock { $0.figures = figures }
  }
}

extension RuleFigures {
  /// - Parameter moment: seconds since 1970.
  init(_ tally: RuleTally, by book: RuleBook, at moment: Int64) {
    self.init(
      version: tally.book, countedTo: tally.countedTo, last: tally.last, countedAt: moment,
      rules: tally.hits.mapValues { hits in
        var rule = Rule()
        rule.hits = hits
        return rule
      })
    let topics = Dictionary(uniqueKeysWithValues: book.topics.indices.map { (book.topics[$0].code, $0) })
    var topicOfRule: [String: Int] = [:]
    for rule in book.rules { if case .topic(let topic) = rule.verdict { topicOfRule[rule.id] = topic } }
    /// Whether a rule spoke for something that neither contains what was decided nor is a part of it.
    func opposes(_ rule: String, _ decided: String) -> Bool {
      guard let said = topicOfRule[rule] else { return false }
      guard let decided = topics[decided] else { return true }
      return !book.path(ofTopic: said).contains(decided) && !book.path(ofTopic: decided).contains(said)
    }
    var moves: [[String?]: Move] = [:]
    for decision in tally.decisions.values.sorted(by: { $0.suggestion > $1.suggestion }) {
      decided.add(decision.track)
      if decision.from == decision.to {
        confirmed.add(decision.track)
        continue
      }
      var move = moves[[decision.from, decision.to]] ?? Move(from: decision.from, to: decision.to)
      move.count.add(decision.track)
      if move.suggestions.count < RuleFigures.mostKept { move.suggestions.append(decision.suggestion) }
      for rule in decision.rules where opposes(rule, decision.to) {
        move.rules[rule, default: RuleTally.Count()].add(decision.track)
        rules[rule, default: Rule()].corrections.add(decision.track)
        if rules[rule, default: Rule()].corrected.count < RuleFigures.mostKept {
          rules[rule, default: Rule()].corrected.append(decision)
        }
      }
      moves[[decision.from, decision.to]] = move
    }
    self.moves = moves.values.sorted {
      ($1.count.all, $0.from ?? "", $0.to) < ($0.count.all, $1.from ?? "", $1.to)
    }
  }

  private static let mostKept = 60
}

extension RuleTally.Count {
  fileprivate var all: Int { ordinary + sensitive }
}
