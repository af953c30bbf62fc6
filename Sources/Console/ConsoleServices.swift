package import Casework
package import Store

/// What the console needs from rooms it may not see; the program's composition root fills it in.
package struct ConsoleServices: Sendable {
  /// Seconds since 1970.
  package var now: @Sendable () -> Int64
  package var phrases: @Sendable (ConsoleLanguage) -> Phrasebook
  /// Of the moment: clocks, calendar, limits.
  package var casework: @Sendable () -> CaseworkRules
  package var codeNames: CodeNames
  /// What there is to choose from.
  package var catalogue: @Sendable (ConsoleLanguage) -> Catalogue
  /// Whom the machine proposes to give it to; nil where it proposes nobody.
  package var proposed: @Sendable (SuggestionDetail) -> CaseHandler?
  /// A handler as it is written in forms (``CaseHandler/text``); nil where there is no such unit or station.
  package var handler: @Sendable (String) -> CaseHandler?
  /// Districts a region lies in, or is; the city has none.
  package var district: @Sendable (String) -> String?
  /// A topic and all under it; a region and all inside it, zones too.
  package var topicsUnder: @Sendable (String) -> Set<String>
  package var regionsInside: @Sendable (String) -> Set<String>
  /// How texts are folded for being looked for.
  package var searchFolding: SearchFolding
  /// Points a class of urgency stands for in the queue, by its code.
  package var urgencyPoints: @Sendable (String) -> Int
  /// Why the machine decided as it did on a submission; nil where its text or its book is gone.
  package var explain: @Sendable (SuggestionStore, Int, ConsoleLanguage) throws(StoreFault) -> Reasons?
  /// Suggestions that are likely the same matter, best first.
  package var similar: @Sendable (SuggestionStore, Int, ConsoleLanguage) throws(StoreFault) -> [SimilarMatter]
  /// What somebody writes to a writer, looked at before it goes out.
  package var checked:
    @Sendable (SuggestionStore, Int, CaseAction, String, ConsoleLanguage) throws(StoreFault) -> CheckedWords
  package var writers: WriterServices
  package var administration: AdministrationServices
  package var rules: RuleServices
  package var desks: DeskServices
  package var figures: FigureServices
  package var intake = IntakeServices.none
  /// Takes parts of a suggestion in as suggestions of their own, by whom its order names. Waits for whoever takes in,
  /// but not long.
  package var split: @Sendable (SplitOrder) throws(StoreFault) -> Result<SplitDone, SplitRefusal> = {
    _ throws(StoreFault) in .failure(.busy)
  }

  package init(
    now: @escaping @Sendable () -> Int64, phrases: @escaping @Sendable (ConsoleLanguage) -> Phrasebook,
    casework: @escaping @Sendable () -> CaseworkRules, codeNames: CodeNames,
    catalogue: @escaping @Sendable (ConsoleLanguage) -> Catalogue,
    proposed: @escaping @Sendable (SuggestionDetail) -> CaseHandler?,
    handler: @escaping @Sendable (String) -> CaseHandler?, district: @escaping @Sendable (String) -> String?,
    topicsUnder: @escaping @Sendable (String) -> Set<String>,
    regionsInside: @escaping @Sendable (String) -> Set<String>, searchFolding: SearchFolding,
    urgencyPoints: @escaping @Sendable (String) -> Int,
    explain: @escaping @Sendable (SuggestionStore, Int, ConsoleLanguage) throws(StoreFault) -> Reasons?,
    similar: @escaping @Sendable (SuggestionStore, Int, ConsoleLanguage) throws(StoreFault) -> [SimilarMatter],
    checked: @escaping @Sendable (
      SuggestionStore, Int, CaseAction, String, ConsoleLanguage
    ) throws(StoreFault) -> CheckedWords,
    writers: WriterServices, administration: AdministrationServices, rules: RuleServices, desks: DeskServices,
    figures: FigureServices
  ) {
    self.now = now
    self.phrases = phrases
    self.casework = casework
    self.codeNames = codeNames
    self.catalogue = catalogue
    self.proposed = proposed
    self.handler = handler
    self.district = district
    self.topicsUnder = topicsUnder
    self.regionsInside = regionsInside
    self.searchFolding = searchFolding
    self.urgencyPoints = urgencyPoints
    self.explain = explain
    self.similar = similar
    self.checked = checked
    self.writers = writers
    self.administration = administration
    self.rules = rules
    self.desks = desks
    self.figures = figures
  }
}

/// 主题 单位 区划 驿站: what forms offer, in the order the book has them.
package struct Catalogue: Sendable {
  package struct Entry: Sendable, Hashable {
    package var code: String
    package var name: String
    /// How deep it lies, 0 for the first level.
    package var level: Int

    package init(code: String, name: String, level: Int = 0) {
      self.code = code
      self.name = name
      self.level = level
    }
  }

  package var topics: [Entry]
  /// Code is that of ``CaseHandler/text`` for the city's office.
  package var departments: [Entry]
  package var regions: [Entry]
  package var stations: [Entry]
  /// Districts, whose offices a department may have.
  package var districts: [Entry]

  package init(topics: [Entry], departments: [Entry], regions: [Entry], stations: [Entry], districts: [Entry]) {
    self.topics = topics
    self.departments = departments
    self.regions = regions
    self.stations = stations
    self.districts = districts
  }
}

/// Why a submission was judged so, beside the evidence that is marked in its text.
package struct Reasons: Sendable, Hashable {
  /// What makes up the scores, what nearly fired, what would change the topic: a line each.
  package var lines: [String]

  package init(lines: [String]) { self.lines = lines }
}

/// A suggestion that is likely about the same thing.
package struct SimilarMatter: Sendable, Hashable {
  package var suggestion: Int
  package var title: String
  package var excerpt: String
  /// In thousandths.
  package var score: Int
  /// What the score is made of, in words.
  package var parts: String

  package init(suggestion: Int, title: String, excerpt: String, score: Int, parts: String) {
    self.suggestion = suggestion
    self.title = title
    self.excerpt = excerpt
    self.score = score
    self.parts = parts
  }
}

/// A text to a writer with personal details cut out, and what is doubtful about it.
package struct CheckedWords: Sendable, Hashable {
  package var text: String
  /// A sentence each; not sent before somebody says so.
  package var doubts: [String]

  package init(text: String, doubts: [String]) {
    self.text = text
    self.doubts = doubts
  }
}
