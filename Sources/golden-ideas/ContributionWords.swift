import Rules
import Suggestions

/// What makes up a topic's score, in words and as JSON.
struct ContributionWords {
  private let book: RuleBook
  private let messages: Messages

  init(_ book: RuleBook, _ messages: Messages) {
    self.book = book
    self.messages = messages
  }

  /// Topic, score, and the sum that it is.
  func sum(_ topic: Int, _ topicCase: TopicCase) -> String {
    let name = BookNames(book: book, language: messages.language).topic(book.topics[topic].code) ?? ""
    var words = topicCase.parts.map { "\(source($0.source)) \(signed($0.amount))" }
    if let rest = rest(topicCase) { words.append(rest.name + " " + rest.amount) }
    return "\(name) \(topicCase.score) = " + words.joined(separator: "  ")
  }

  /// Those that are not named one by one; nil where all are.
  func rest(_ topicCase: TopicCase) -> (name: String, amount: String)? {
    guard topicCase.restCount > 0 else { return nil }
    return (messages("其余 \(topicCase.restCount) 项", "\(topicCase.restCount) more"), signed(topicCase.restAmount))
  }

  func source(_ source: Contribution.Source) -> String {
    switch source {
    case .start: messages("起点", "start")
    case .rule(let rule): book.rules[rule].id
    case .word(let word): "⟦\(word)⟧"
    }
  }

  func signed(_ amount: Int) -> String { amount < 0 ? "\(amount)" : "+\(amount)" }

  func write(_ parts: [Contribution], to object: inout JSONWriter) {
    object.array("contributions") { list in
      for part in parts {
        list.object {
          write(part.source, to: &$0)
          $0.field("amount", part.amount)
        }
      }
    }
  }

  func write(_ source: Contribution.Source, to object: inout JSONWriter) {
    switch source {
    case .start: object.field("start", true)
    case .rule(let rule): object.field("rule", book.rules[rule].id)
    case .word(let word): object.field("word", word)
    }
  }
}
