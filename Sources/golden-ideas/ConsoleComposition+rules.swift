import Console
import Rules
import Store
import Suggestions
import Text

extension ConsoleComposition {
  /// What the rules pages are given.
  func rules() -> RuleServices {
    let book = book
    let database = common.database
    let open: @Sendable () throws(StoreFault) -> SuggestionStore = { () throws(StoreFault) in
      try SuggestionStore(url: database, access: .existing, folding: Folding.version)
    }
    let counting = RuleCounting(book, open: open)
    let workshop = RuleWorkshop()
    let enforcing = RuleEnforcing(folder: common.rulesFolder, book: book, open: open)
    let errands = RuleErrands(book: book, enforcing: enforcing, open: open) { counting.beginAnew() }
    return RuleServices(
      overview: { search, language in RuleSheets(book.book, Language(language)).overview(search) },
      sheet: { id, language in RuleSheets(book.book, Language(language)).sheet(id) },
      figures: { counting.figures },
      attempt: { attempt, language in AttemptReading(attempt, by: book.book, Messages(language: Language(language))) },
      warnings: { language in
        let book = book.book
        return RuleRemark.remarks(
          book.warnings + book.expired(on: LocalTime.today), Messages(language: Language(language)))
      },
      file: { name in await workshop.workOut { enforcing.file(name) } },
      check: { draft, language in
        await workshop.workOut { enforcing.check(draft, Messages(language: Language(language))) }
      },
      begin: { work, actor in
        workshop.begin(work, by: actor, book: book.book.version) { try errands.carryOut(work, $0) }
      },
      errand: { workshop.errand($0) }, coverage: { workshop.latest { $0 == .coverage } },
      enforce: { draft, act, language throws(StoreFault) in
        let outcome: Result<RuleEnforcement, StoreFault> = await workshop.workOut {
          do throws(StoreFault) {
            return .success(try enforcing.enforce(draft, act, Messages(language: Language(language))))
          } catch {
            return .failure(error)
          }
        }
        return try outcome.get()
      })
  }
}

extension AttemptReading {
  init(_ attempt: RuleAttempt, by book: RuleBook, _ messages: Messages) {
    let screen = ExplainScreen(
      book, title: attempt.title, body: attempt.body, RuleContext(channel: attempt.channel),
      on: attempt.day ?? LocalTime.today, messages: messages)
    func runs(_ part: ExplainedSpan.Part, _ text: String) -> [MarkedRun] {
      let found = screen.explanation.evidence.filter { $0.part == part }
      return MarkedRun.runs(of: text, found.map { (range: $0.scalars, rule: book.rules[$0.rule].id) })
    }
    self.init(
      book: book.version, title: runs(.title, attempt.title), body: runs(.body, attempt.body),
      facts: screen.facts.map { RuleSheet.Fact($0.name, $0.text) }, places: screen.places.lines,
      evidence: screen.byRule.map { rule, spans in
        Evidence(
          rule: rule.id, points: rule.weight, words: screen.words(spans), rationale: rule.rationale,
          place: "\(rule.file):\(rule.line)")
      },
      reasons: screen.reasons.lines)
  }
}
