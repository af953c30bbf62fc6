import Console
import Evaluation
import Pipeline
import Rules
import Store
import Suggestions

/// What the workshop does: replays, coverage, learning, judging anew. Each with a connection of its own.
struct RuleErrands: Sendable {
  let book: PresentBook
  let enforcing: RuleEnforcing
  let open: @Sendable () throws(StoreFault) -> SuggestionStore
  /// Called once verdicts were changed.
  let onRejudged: @Sendable () -> Void

  /// A replay looks at so many of the newest suggestions.
  static let mostTexts = 20_000
  private static let together = 512

  func carryOut(_ work: RuleErrand.Work, _ progress: RuleWorkshop.Progress) throws -> RuleWorkshop.Outcomes {
    switch work {
    case .trial(let draft): try trial(draft, progress)
    case .coverage: try coverage(progress)
    case .learning: try learning(progress)
    case .reclassification(let act): try reclassification(act, progress)
    }
  }

  private func both(_ body: (Messages) -> RuleErrand.Outcome) -> RuleWorkshop.Outcomes {
    Dictionary(
      uniqueKeysWithValues: ConsoleLanguage.allCases.map { ($0, body(Messages(language: Language($0)))) })
  }

  /// The newest texts, oldest of them first, some hundred at a time.
  private func eachRecent(
    _ store: SuggestionStore, tracks: Set<Track>, _ progress: RuleWorkshop.Progress, _ body: ([StoredText]) -> Void
  ) throws(StoreFault) {
    let newest = try store.lastSuggestions(RuleErrands.mostTexts)
    var last = newest.after
    var done = 0
    progress(0, newest.count)
    while true {
      let page = try store.openingTexts(after: last, limit: RuleErrands.together, tracks: tracks)
      guard let end = page.last else { return }
      body(page)
      last = Int(end.number)
      done += page.count
      progress(done, nil)
    }
  }

  // MARK: Another book

  private func trial(_ draft: RuleDraft, _ progress: RuleWorkshop.Progress) throws -> RuleWorkshop.Outcomes {
    guard let files = enforcing.files(with: draft) else { throw RuleBookFault(problems: []) }
    let (old, new) = (book.book, try RuleBook(files: files))
    let store = try open()
    defer { try? store.close() }
    var comparison = BookComparison(old: old, new: new, asOf: LocalTime.now)
    try eachRecent(store, tracks: Set(Track.allCases), progress) { comparison.add($0) }
    let found = comparison
    return both { messages in
      .trial(
        RuleTrial(
          version: new.version, texts: found.texts, changed: found.changed,
          aspects: BookComparison.Aspect.allCases.filter { found.count($0) > 0 }.map { aspect in
            RuleTrial.Aspect(
              name: messages.aspect(aspect), count: found.count(aspect),
              moves: found.moves(aspect).map { move in
                RuleTrial.Move(
                  from: RuleErrands.word(move.old, aspect, old, messages),
                  to: RuleErrands.word(move.new, aspect, new, messages), count: move.count, samples: move.samples)
              })
          }))
    }
  }

  private static func word(
    _ code: String?, _ aspect: BookComparison.Aspect, _ book: RuleBook, _ messages: Messages
  ) -> String {
    guard let code else { return messages("无", "none") }
    let names = BookNames(book: book, language: messages.language)
    switch aspect {
    case .topic: return names.topicPath(code) ?? code
    case .department: return names.department(code, tier: nil, region: nil) ?? code
    case .sure: return code == "yes" ? messages("有把握", "sure") : messages("没有把握", "unsure")
    case .kind, .urgency, .track: return messages.word(code)
    }
  }

  // MARK: Blind spots

  /// Words of texts are shown to everybody who sees the page: none of the sensitive track.
  private func coverage(_ progress: RuleWorkshop.Progress) throws -> RuleWorkshop.Outcomes {
    let book = book.book
    let store = try open()
    defer { try? store.close() }
    var coverage = Coverage()
    try eachRecent(store, tracks: [.ordinary], progress) { page in
      coverage.add(page.map { (id: Int($0.number), title: $0.display.title, body: $0.display.body) }, by: book)
    }
    let found = RuleCoverage(
      texts: coverage.texts, without: coverage.without.reversed(), unsure: coverage.unsure.reversed(),
      terms: coverage.terms(30).map { RuleCoverage.Term(word: $0.word, open: $0.open, understood: $0.understood) },
      silent: coverage.silentWords(of: book).map { rule, words in
        RuleCoverage.Silent(rule: rule.id, words: words, isWhole: words.count == rule.words.vocabulary.count)
      })
    return both { _ in .coverage(found) }
  }

  // MARK: Learning

  private func learning(_ progress: RuleWorkshop.Progress) throws -> RuleWorkshop.Outcomes {
    let book = book.book
    let store = try open()
    defer { try? store.close() }
    let decided = try store.decidedTopics(tracks: [.ordinary])
    var learning = try DecisionLearning(decided, files: book.files, asOf: LocalTime.now)
    try eachRecent(store, tracks: [.ordinary], progress) { learning.addBackground($0) }
    let mining = learning.mining
    let proposals = mining.proposals()
    let name = String(DecisionLearning.file.dropFirst("keywords/".count))
    let found = RuleLearning(
      decided: mining.decidedCount, rightBefore: mining.rightCount, rightAfter: try learning.right(with: proposals),
      heldRightAfter: try learning.rightUnseen(), rules: proposals.count,
      words: proposals.reduce(0) { $0 + $1.words.count },
      draft: RuleDraft(
        name: name, text: mining.yaml(proposals), base: enforcing.file(name)?.fingerprint ?? ""))
    return both { _ in .learning(found) }
  }

  // MARK: Judging anew

  private func reclassification(
    _ act: StaffAct, _ progress: RuleWorkshop.Progress
  ) throws -> RuleWorkshop.Outcomes {
    let store = try open()
    defer { try? store.close() }
    let lock = try IntakeLock(store: store)
    defer { withExtendedLifetime(lock) {} }
    let report = try Reclassification(book.book, store: store, act: act).run { progress($0, nil) }
    onRejudged()
    return both { _ in
      .reclassification(judged: report.judged, changed: report.changed, decided: report.decided)
    }
  }
}
