import Casework
import Console
import Rules
import Store
import Suggestions

extension ConsoleComposition {
  /// Words for people without an account.
  func writers() -> WriterServices {
    let book = book
    @Sendable func words(_ language: ConsoleLanguage) -> WriterWords {
      WriterWords(
        language: Language(language), unitName: BookNames(book: book.book, language: Language(language)).handler)
    }
    return WriterServices(
      words: { status, language in
        let words = words(language)
        return WriterStatusWords(
          headline: words.headline(status), lines: Array(words.lines(status).dropFirst()),
          steps: status.steps.map { WriterStatusWords.Step(at: words.moment($0.at), what: words.step($0.what)) })
      },
      json: { status, receipt, parts, language in
        var json = JSONWriter()
        json.object { words(language).write(status, receipt: receipt, parts: parts, to: &$0) }
        json.newline()
        return json.text
      },
      link: { refusal, language in Messages(language: Language(language)).link(refusal) },
      deadline: { moment, language in words(language).deadline(moment) })
  }
}
