internal import Casework
internal import Suggestions

extension FiguresValues {
  /// 主题×地区: a table whose fields are the darker the more cases they hold; the number stands in each, so that it says
  /// the same in black and white.
  var heat: PageValue {
    let fields = view.crossings
    guard !fields.isEmpty else { return ["isKnown": false] }
    let topics = FiguresValues.ordered(fields.map { ($0.topic, $0.cases) })
    let areas = FiguresValues.ordered(fields.map { ($0.area, $0.cases) })
    let counts = Dictionary(
      fields.map { (Field(topic: $0.topic, area: $0.area), $0.cases) }, uniquingKeysWith: +)
    let most = fields.map(\.cases).max() ?? 0
    return [
      "isKnown": true, "total": .number(fields.reduce(0) { $0 + $1.cases }), "all": .text(query.list([])),
      "definition": .text(FiguresQuery.definition(CaseIndicator.received.code)),
      "areas": .objects(areas) { area in
        [
          "name": .text(words.group(area.key, .area, language)), "count": .number(area.cases),
          "list": .text(query.list([("area", area.key ?? FiguresQuery.none)])),
        ]
      },
      "rows": .objects(topics) { topic in
        let code = topic.key ?? FiguresQuery.none
        return [
          "name": .text(words.group(topic.key, .topic, language)), "count": .number(topic.cases),
          "list": .text(query.list([("topic", code)])),
          "fields": .objects(areas) { area in
            let count = counts[Field(topic: topic.key, area: area.key)] ?? 0
            return [
              "count": .number(count), "isSome": .flag(count > 0),
              "shade": .number(FiguresValues.shade(count, of: most)),
              "list": .text(query.list([("topic", code), ("area", area.key ?? FiguresQuery.none)])),
            ]
          },
        ]
      },
    ]
  }

  private struct Field: Hashable {
    var topic: String?
    var area: String?
  }

  /// With most cases first, what has no name last.
  private static func ordered(_ counts: [(String?, Int)]) -> [(key: String?, cases: Int)] {
    Dictionary(counts, uniquingKeysWith: +).map { (key: $0.key, cases: $0.value) }.sorted { left, right in
      guard let first = left.key, let second = right.key else { return left.key != nil && right.key == nil }
      return left.cases == right.cases ? first < second : left.cases > right.cases
    }
  }

  /// 0 for none, 1 to 5 by the root of the share of the most, so that the few are seen beside the many.
  static func shade(_ count: Int, of most: Int) -> Int {
    guard count > 0, most > 0 else { return 0 }
    return min(5, max(1, Int(((Double(count) / Double(most)).squareRoot() * 5).rounded(.up))))
  }
}
