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
    case .taken(let part, let state):
      self(
        "拆出的事项 \(part) 已不在待审核（现在是“\(word(state.code))”），拆分不能撤销；要合在一起请用并案。",
        "part \(part) does not wait for review any more (it is \(state.code)); the split cannot be undone. Merge it instead.")
    }
  }
}
