import Casework
import Console
import Suggestions

extension ConsoleComposition {
  /// The overview says what `stats` says, in its words.
  func figures() -> FigureServices {
    let book = book
    @Sendable func words(_ language: ConsoleLanguage) -> FigureWords {
      FigureWords(
        names: BookNames(book: book.book, language: Language(language)), messages: Messages(language: Language(language)))
    }
    @Sendable func screen(_ report: FigureReport, _ language: ConsoleLanguage) -> StatsScreen {
      let words = words(language)
      return StatsScreen(
        statistics: report.statistics, tracks: report.tracks, dimension: report.dimension, days: report.days,
        names: words.names, messages: words.messages)
    }
    return FigureServices(
      scope: { book.present.figureScope },
      name: { words($1).messages.word($0) }, definition: { words($1).messages.definition($0) },
      value: { words($1).value($0) }, parts: { words($1).parts($0) }, warning: { words($1).messages.word($0) },
      group: { words($2).name(of: $0, by: $1) }, csv: { screen($0, $1).csv },
      json: { report, language in
        var writer = JSONWriter()
        writer.object(nil, screen(report, language).write)
        writer.newline()
        return writer.text
      })
  }
}
