import Casework
import Store
import Suggestions

extension Messages {
  func refusal(_ refusal: CaseActRefusal) -> String {
    switch refusal {
    case .unknown(let id): noSuggestion("\(id)")
    case .changed(let events):
      self("刚被别人改过（", "somebody else was faster (")
        + events.map { "\(LocalTime.short($0.at)) \($0.actor) \(word($0.action))" }.joined(separator: self("；", "; "))
        + self("）。没有写入，请再看一眼。", "). Nothing was written; look again.")
    case .refused(let refusal): self.refusal(refusal)
    case .merge(let refusal): self.refusal(refusal, 0)
    }
  }
}
