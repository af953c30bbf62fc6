import Casework
import Suggestions

/// Why an act was not allowed, in a sentence that says what would help.
extension Messages {
  func refusal(_ refusal: CaseRefusal) -> String {
    switch refusal {
    case .noEdge(let action, let from, let to, let allowedFrom):
      let states = list(allowedFrom.map { word($0.code) })
      let leads = to.isEmpty ? "" : self("（转为“\(list(to.map { word($0.code) }))”）", " (to \(list(to.map(\.code))))")
      return self(
        "事项现为“\(word(from.code))”，不能“\(word(action))”\(leads)；只在这些状态下可以：\(states)。",
        "the case is \(from.code): \"\(word(action))\"\(leads) is not possible here, only when it is \(states).")
    case .kind(let action, let kind):
      return self(
        "类别为“\(word(kind.code))”的事项不能“\(word(action))”。类别不对的，请先更正。",
        "\"\(word(action))\" is not for a case of the kind \(kind.code). If the kind is wrong, correct it first.")
    case .track(let action, let track):
      return self(
        "\(word(track.code))通道的事项不能“\(word(action))”。", "\"\(word(action))\" is not for the \(track.code) track.")
    case .role(let action, let role, let allowed):
      return self(
        "\(word(role))不能“\(word(action))”；可以的是\(list(allowed.map { word($0) }))。",
        "\"\(word(action))\" is not for the role \(word(role)); it is for \(list(allowed.map { word($0) })).")
    case .trackOutOfReach(let track):
      return self("你不办理\(word(track.code))通道的事项。", "the \(track.code) track is not in your reach.")
    case .regionOutOfReach(let regions):
      return regions.isEmpty
        ? self("事项没有定区划，只有管全市的人可以办。", "the case has no region; only who has the whole city may act.")
        : self("事项在区划 \(list(regions))，不在你的管辖之内。", "the case lies in \(list(regions)), which is not in your reach.")
    case .missing(let needs):
      return self("还缺：\(list(needs.map { word($0) }))。", "missing: \(list(needs.map { word($0) })).")
    case .unmet(let conditions):
      let words = conditions.map { word($0) }.joined(separator: self("；", "; "))
      return self("现在不行：\(words)。", "not now: \(words).")
    }
  }

  /// What sort of refusal it is.
  func kind(of refusal: CaseRefusal) -> String {
    switch refusal {
    case .noEdge: self("状态不对", "wrong state")
    case .kind: self("类别不对", "wrong kind")
    case .track: self("通道不对", "wrong track")
    case .role: self("角色不对", "wrong role")
    case .trackOutOfReach: self("看不到这个通道", "track out of reach")
    case .regionOutOfReach: self("不在管辖区划", "region out of reach")
    case .missing: self("缺内容", "something is missing")
    case .unmet: self("条件不满足", "a condition does not hold")
    }
  }

  private func list(_ words: [String]) -> String { words.joined(separator: self("、", ", ")) }
}
