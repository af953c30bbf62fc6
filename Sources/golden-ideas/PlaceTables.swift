import Evaluation
import Rules

/// The tables of `eval places`, the same on the screen and in the report.
struct PlaceTables {
  private let evaluation: PlaceEvaluation
  private let book: RuleBook
  private let common: CommonOptions

  init(_ evaluation: PlaceEvaluation, book: RuleBook, _ common: CommonOptions) {
    self.evaluation = evaluation
    self.book = book
    self.common = common
  }

  /// A place by its name, or by its code where the book does not know it.
  func name(_ code: String?) -> String {
    BookNames(book: book, language: common.language).region(code) ?? common.messages("未定", "open")
  }

  var levels: TextTable {
    let messages = common.messages
    let heads = [
      messages("条", "n"), messages("全对", "right"), messages("所在区域对", "containing"), messages("待问", "asked"),
      messages("错", "wrong"),
    ]
    var table = TextTable(columns: [(messages("级别", "level"), .left)] + heads.map { ($0, .right) })
    for (level, tally) in evaluation.levels {
      table.add([name(level)] + [tally.texts, tally.right, tally.containing, tally.asked, tally.wrong].map(String.init))
    }
    return table
  }

  /// Who was taken for whom among counties and zones, by the names beside them.
  func districts(_ confusion: ConfusionTable) -> TextTable {
    let keys = Self.keys(confusion)
    var table = TextTable(columns: [(common.messages("区县", "district"), .left)] + keys.map { ($0, .right) })
    for (row, label) in confusion.labels.enumerated() {
      table.add(["\(keys[row]) \(district(label))"] + confusion.counts[row].map { $0 == 0 ? "·" : "\($0)" })
    }
    return table
  }

  func district(_ label: Int) -> String {
    label == PlaceEvaluation.noDistrict
      ? common.messages("全市或未定", "whole city, or open") : name(book.regions[label].code)
  }

  /// Short names of the districts in a table.
  static func keys(_ confusion: ConfusionTable) -> [String] { confusion.labels.indices.map { "\($0 + 1)" } }

  private func name(_ level: RegionLevel) -> String {
    let messages = common.messages
    return switch level {
    case .city: messages("市", "city")
    case .county: messages("区县", "county")
    case .zone: messages("功能区", "zone")
    case .street: messages("乡镇街道", "street")
    case .community: messages("社区、村", "community")
    }
  }
}
