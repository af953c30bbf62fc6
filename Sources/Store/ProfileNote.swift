internal import Suggestions

extension SuggestionStore {
  /// 表单档案: the history knows who put a form into use.
  package func noteProfile(_ name: String, by actor: String, at moment: Int64) throws(StoreFault) {
    try write { session throws(StoreFault) in
      var payload = JSONWriter()
      payload.object { $0.field("name", name) }
      try History.append(
        History.Event(at: moment, actor: actor, action: "profile-save", subject: 0, payload: payload.text),
        to: session)
    }
  }
}
