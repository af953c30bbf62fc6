/// 归期: which moment puts a case into a period or a month.
package enum CaseMoment: String, CaseIterable, Sendable {
  /// 收到: when the platform took it in first.
  case received
  /// 提交: when the writer says it was written, where that is known; for stores that old cases were taken into at once.
  case submitted
}

/// 分组: by what figures are told apart.
package enum CaseDimension: String, CaseIterable, Sendable {
  case month
  case area
  /// 承办: the unit that has the case; orders, closings, call-backs and clocks go to the unit that had it then. What was
  /// never ordered, first responses and the dispatch clock are the platform's own and have none.
  case department
  case topic
  case station
  case channel
}

/// One group's figures.
package struct CaseGroup: Sendable, Hashable {
  /// Code of the group, ``CaseHandler/text`` of a unit; nil for what has none.
  package var key: String?
  package var figures: [CaseFigure]
}
