package import Casework
internal import Suggestions

/// The order that a link lets its holder answer.
package struct LinkedOrder: Sendable {
  package var link: SignedLink
  package var history: CaseHistory
  package var file: CaseFile
  /// The order itself, and which of its case it is, from 1.
  package var event: CaseEvent
  package var ordinal: Int
}

/// Why there is nothing to answer behind a link.
package enum LinkedOrderRefusal: Error, Sendable, Hashable {
  case link(LinkRefusal)
  /// The unit answered this order in another way.
  case answered
}

extension SuggestionStore {
  /// What a link leads to while it is good. Reads only: looking uses nothing up.
  ///
  /// - Parameter moment: seconds since 1970.
  package func order(
    byLink token: String, at moment: Int64, under rules: CaseworkRules
  ) throws(StoreFault) -> Result<LinkedOrder, LinkedOrderRefusal> {
    let link: SignedLink
    switch try self.link(token, for: .answer, at: moment) {
    case .success(let found): link = found
    case .failure(let refusal): return .failure(.link(refusal))
    }
    guard let history = try caseHistory(of: link.suggestion, regionPath: rules.regionPath) else {
      return .failure(.link(.superseded))
    }
    let file = try CaseActing.file(history, link.suggestion)
    // What has become sensitive meanwhile is shown to nobody who has not signed in.
    guard file.track == .ordinary, let standing = try? history.standingEvents(), !link.isSuperseded(in: standing) else {
      return .failure(.link(.superseded))
    }
    guard let order = try? history.standingOrder() else {
      let isAnswered: Set<CaseState> = [.answered, .closed, .archived]
      return .failure(isAnswered.contains(file.state) ? .answered : .link(.superseded))
    }
    return .success(
      LinkedOrder(link: link, history: history, file: file, event: order.event, ordinal: order.ordinal))
  }
}
