/// 格: a figure as an issue shows it.
package enum DigestCell: Sendable, Hashable {
  case shown(DigestFigure)
  /// Small, or hidden with a small one.
  case hidden
  /// 无数据: the store has nothing of that month.
  case missing

  package var figure: DigestFigure? {
    if case .shown(let figure) = self { return figure }
    return nil
  }

  /// A figure that stands in no table: hidden where what it counts, or what it is a share of, is a small number.
  init(alone figure: DigestFigure?) {
    guard let figure else {
      self = .missing
      return
    }
    switch figure {
    case .count(let count): self = SmallCells.isSmall(count) ? .hidden : .shown(figure)
    case .share(_, let whole), .seconds(_, let whole): self = SmallCells.isSmall(whole) ? .hidden : .shown(figure)
    }
  }

  /// What is added up in a column: the count, or what the share or the time is made from.
  static func weight(_ figure: DigestFigure?) -> Int {
    switch figure {
    case .count(let count): count
    case .share(_, let whole), .seconds(_, let whole): whole
    case nil: 0
    }
  }
}

/// 增减: how far a figure moved; nil in ``DigestCell`` terms where one of the two is hidden or missing.
package enum DigestChange: Sendable, Hashable {
  /// By how many, and by how many tenths of a per cent of what it was; nil where it was nothing.
  case count(Int, perMille: Int?)
  /// 百分点: tenths of a point.
  case points(Int)
  case seconds(Int)

  /// Nil where there is nothing to compare.
  init?(_ now: DigestCell, from before: DigestCell?) {
    switch (now.figure, before?.figure) {
    case (.count(let now), .count(let before)):
      let perMille = before == 0 ? nil : (Double(now - before) * 1_000 / Double(before)).rounded()
      self = .count(now - before, perMille: perMille.map { Int($0) })
    case (.share(let part, let whole), .share(let partBefore, let wholeBefore)):
      guard whole > 0, wholeBefore > 0 else { return nil }
      let share = (Double(part) / Double(whole), Double(partBefore) / Double(wholeBefore))
      self = .points(Int(((share.0 - share.1) * 1_000).rounded()))
    case (.seconds(let now?, _), .seconds(let before?, _)): self = .seconds(now - before)
    default: return nil
    }
  }
}
