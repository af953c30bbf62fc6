package import Casework
internal import Suggestions

extension SuggestionStore {
  /// What the writer who holds a receipt says to the case: several acts in one transaction, all of them or none. Not
  /// for merging and undoing, which writers never do.
  ///
  /// - Parameters:
  ///   - holding: of the receipt; the actor is `receipt:` and the number of its submission.
  ///   - seen: version of the case that is handled, as the writer was shown it; nil where nobody looked.
  package func say(
    _ requests: [CaseRequest], by holding: ReceiptHolding, seen: Int?, under rules: CaseworkRules
  ) throws(StoreFault) -> Result<[CaseDone], CaseActRefusal> {
    let actor = CaseActor(name: "receipt:\(holding.number)", role: .writer, tracks: Set(Track.allCases))
    return try write { session throws(StoreFault) in
      try session.attempt { () throws(StoreFault) -> Result<[CaseDone], CaseActRefusal> in
        let acting = CaseActing(session, rules)
        var done: [CaseDone] = []
        for request in requests {
          let outcome = try acting.act(
            request, on: holding.root, seen: done.isEmpty ? seen : nil, by: actor, isConfirmed: false)
          switch outcome {
          case .success(let one): done.append(one)
          case .failure(let refusal): return .failure(refusal)
          }
        }
        return .success(done)
      }
    }
  }
}
