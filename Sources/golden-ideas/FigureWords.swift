import Casework
import Suggestions

/// 指标值怎么写: figures and groups as people read them, on a terminal and on a page.
struct FigureWords {
  let names: BookNames
  let messages: Messages

  /// `1,204`, `41.2 %`, `3 小时 20 分钟`; a dash where there is nothing to make it from.
  func value(_ figure: CaseFigure) -> String {
    guard let value = figure.value else { return "—" }
    return switch figure.indicator.unit {
    case .count: messages.grouped(figure.numerator)
    case .share: percent(value)
    // Counted time has days of its own length: hours are the same everywhere.
    case .seconds: messages.duration(Int64(value.rounded()), counting: .workingHours)
    }
  }

  /// `12/30` of a share, `n=30` of a time; empty for counts.
  func parts(_ figure: CaseFigure) -> String {
    guard let whole = figure.denominator else { return "" }
    return figure.indicator.unit == .share ? "\(figure.numerator)/\(whole)" : "n=\(whole)"
  }

  /// What a group is called; nil for what has none.
  func name(of key: String?, by dimension: CaseDimension?) -> String {
    guard let key else {
      return dimension == .department ? messages("平台（未派单）", "the platform (no order)") : messages("未识别", "unknown")
    }
    return switch dimension {
    case .area: names.region(key) ?? key
    case .department: names.unit(key)
    case .topic: names.topicPath(key) ?? key
    case .station: names.station(key) ?? key
    case .channel: messages.word(key)
    case .month, nil: key
    }
  }
}
