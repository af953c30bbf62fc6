import Casework
import Rules
import Store
import Suggestions

extension CommonOptions {
  /// What somebody writes for an act, with personal details cut out. What would be doubted goes out only when it is
  /// confirmed; else the command ends and nothing is recorded.
  func checked(
    _ text: String, for action: CaseAction, on number: Int, in store: SuggestionStore, _ book: RuleBook,
    isConfirmed: Bool
  ) throws -> String {
    let found = try onStore { () throws(StoreFault) in
      try store.suggestion(id: "\(number)", members: 1, names: .standard)
    }
    guard let detail = found, let first = detail.members.first else { return text }
    let names = BookNames(book: book, language: .zh)
    let places = [names.region(detail.region), names.station(detail.station)].compactMap(\.self)
    let checking = AnswerChecking(gate: try loadCasework().gate, messages: messages)
    let (kept, doubts) = checking.look(
      at: text, for: action, to: AnswerGateMessage(title: first.title, body: first.body, places: places))
    let lines = checking.lines(doubts)
    if !isConfirmed, doubts.contains(where: { $0.severity > .note }) {
      let advice = messages(
        "没有记下。改一改，或加 --confirm 仍要这样答。", "nothing was recorded. Mend it, or say --confirm to answer like this.")
      throw Outcome.findings((lines + [advice]).joined(separator: "\n"))
    }
    for line in lines { note(line) }
    return kept
  }
}
