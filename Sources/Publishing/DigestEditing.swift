internal import Suggestions

/// 编辑: what an editor changes in an issue: pins, drops, order, words. A value laid over the material, so that the
/// original stays and every edit can be shown and taken back.
package struct DigestEditing: Sendable, Hashable {
  package struct Rewrite: Sendable, Hashable {
    package var title: String?
    package var text: String?

    package init(title: String? = nil, text: String? = nil) {
      self.title = title
      self.text = text
    }
  }

  package var title: String?
  /// 期号: `2025 年第 7 期`, say.
  package var number: String?
  package var foreword: String?
  /// Numbers of cases that stand in their section whatever their points, before the others.
  package var pins: [Int] = []
  /// Numbers of cases and of hot matters that do not stand in the issue.
  package var drops: [Int] = []
  /// Numbers of cases in the order they stand in their sections; those not named follow.
  package var order: [Int] = []
  package var rewrites: [Int: Rewrite] = [:]
  /// 下月征集, in place of what the figures propose.
  package var calls: [String]?
  /// 红黑榜
  package var hasStandings = false

  package init() {}

  /// The same edits in the same bytes, for the seal of an issue.
  package var canonical: [UInt8] {
    var json = JSONWriter()
    json.object {
      $0.field("title", title)
      $0.field("number", number)
      $0.field("foreword", foreword)
      for (key, numbers) in [("pins", pins), ("drops", drops), ("order", order)] {
        $0.array(key) { list in for number in numbers { list.field(nil, number) } }
      }
      $0.object("rewrites") { object in
        for (id, rewrite) in rewrites.sorted(by: { $0.key < $1.key }) {
          object.object(String(id)) {
            $0.field("title", rewrite.title)
            $0.field("text", rewrite.text)
          }
        }
      }
      if let calls { $0.array("calls") { list in for call in calls { list.field(nil, call) } } }
      $0.field("standings", hasStandings)
    }
    return json.bytes
  }
}

/// Cases an editor named that the month's material does not have: of another month, merged, erased, or of the sensitive
/// track. Which of these is not told.
package struct DigestEditingFault: Error, Sendable, Hashable {
  package var unknown: [Int]

  package init(unknown: [Int]) { self.unknown = unknown }
}
