package import Casework
package import Suggestions

/// What the overview takes from the program's own `stats`: the words of its indicators and its files.
package struct FigureServices: Sendable {
  /// Areas are districts and topics those of the first level; everything else is the page's to set.
  package var scope: @Sendable () -> CaseStatistics.Scope
  package var name: @Sendable (CaseIndicator, ConsoleLanguage) -> String
  package var definition: @Sendable (CaseIndicator, ConsoleLanguage) -> String
  /// A value as people read it; a dash where there is none.
  package var value: @Sendable (CaseFigure, ConsoleLanguage) -> String
  /// What it was made from, `12/30`; empty for counts.
  package var parts: @Sendable (CaseFigure, ConsoleLanguage) -> String
  package var warning: @Sendable (CaseFigure.Warning, ConsoleLanguage) -> String
  package var group: @Sendable (String?, CaseDimension, ConsoleLanguage) -> String
  /// What `stats --csv` and `stats --json` print.
  package var csv: @Sendable (FigureReport, ConsoleLanguage) -> String
  package var json: @Sendable (FigureReport, ConsoleLanguage) -> String

  package init(
    scope: @escaping @Sendable () -> CaseStatistics.Scope, name: @escaping @Sendable (CaseIndicator, ConsoleLanguage) -> String,
    definition: @escaping @Sendable (CaseIndicator, ConsoleLanguage) -> String,
    value: @escaping @Sendable (CaseFigure, ConsoleLanguage) -> String,
    parts: @escaping @Sendable (CaseFigure, ConsoleLanguage) -> String,
    warning: @escaping @Sendable (CaseFigure.Warning, ConsoleLanguage) -> String,
    group: @escaping @Sendable (String?, CaseDimension, ConsoleLanguage) -> String,
    csv: @escaping @Sendable (FigureReport, ConsoleLanguage) -> String,
    json: @escaping @Sendable (FigureReport, ConsoleLanguage) -> String
  ) {
    self.scope = scope
    self.name = name
    self.definition = definition
    self.value = value
    self.parts = parts
    self.warning = warning
    self.group = group
    self.csv = csv
    self.json = json
  }
}

/// Figures on their way into a file.
package struct FigureReport: Sendable {
  package var statistics: CaseStatistics
  package var tracks: [Track]
  package var dimension: CaseDimension?
  /// Days since 1970-01-01.
  package var days: Range<Int>

  package init(statistics: CaseStatistics, tracks: [Track], dimension: CaseDimension?, days: Range<Int>) {
    self.statistics = statistics
    self.tracks = tracks
    self.dimension = dimension
    self.days = days
  }
}
