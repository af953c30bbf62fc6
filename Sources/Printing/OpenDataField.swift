/// The columns of the published suggestions, in their order. What a column is called and means never changes; new ones
/// come behind.
package enum OpenDataField: String, CaseIterable, Sendable {
  case id, title, text, kind
  case topicCode = "topic_code"
  case topic
  case areaCode = "area_code"
  case area
  case unitCode = "unit_code"
  case unit, channel, state
  case submitted = "submitted_on"
  case answered = "answered_on"
  case closed = "closed_on"
  case answer, outcome, support

  enum Value: Hashable {
    case text(String)
    case number(Int)
    case none
  }

  func value(of suggestion: PublishedSuggestion) -> Value {
    func text(_ text: String?) -> Value { text.map(Value.text) ?? .none }
    func day(_ instant: Int64?) -> Value { text(instant.map(PublishedMoment.day)) }
    return switch self {
    case .id: .text(suggestion.id)
    case .title: .text(suggestion.title)
    case .text: .text(suggestion.text)
    case .kind: .text(suggestion.kind)
    case .topicCode: text(suggestion.topic?.code)
    case .topic: text(suggestion.topic?.name)
    case .areaCode: text(suggestion.area?.code)
    case .area: text(suggestion.area?.name)
    case .unitCode: text(suggestion.unit?.code)
    case .unit: text(suggestion.unit?.name)
    case .channel: .text(suggestion.channel)
    case .state: .text(suggestion.state)
    case .submitted: day(suggestion.submitted)
    case .answered: day(suggestion.answered)
    case .closed: day(suggestion.closed)
    case .answer: text(suggestion.answer)
    case .outcome: text(suggestion.outcome)
    case .support: .number(suggestion.support)
    }
  }

  /// `text`, `code`, `date` or `count`.
  package var type: String {
    switch self {
    case .id, .kind, .topicCode, .areaCode, .unitCode, .channel, .state, .outcome: "code"
    case .submitted, .answered, .closed: "date"
    case .support: "count"
    default: "text"
    }
  }

  /// Whether a suggestion may have none: then it is empty in CSV and `null` in JSON.
  package var mayBeMissing: Bool {
    switch self {
    case .id, .title, .text, .kind, .channel, .state, .submitted, .support: false
    default: true
    }
  }

  /// What it means, in Chinese and in English.
  package var meaning: (zh: String, en: String) {
    switch self {
    case .id: ("编号，各期不变", "identifier, the same in every issue")
    case .title: ("标题，个人信息已遮盖", "title, personal details cut out")
    case .text: ("正文，个人信息已遮盖", "text, personal details cut out")
    case .kind: ("类别代码", "code of its kind")
    case .topicCode: ("主题代码", "code of its topic")
    case .topic: ("主题名称", "name of its topic")
    case .areaCode: ("区划代码", "code of its area")
    case .area: ("区划名称", "name of its area")
    case .unitCode: ("承办单位代码", "code of the unit in charge")
    case .unit: ("承办单位名称", "name of the unit in charge")
    case .channel: ("来件渠道代码", "code of the channel it came through")
    case .state: ("办理状态代码", "code of where its handling stands")
    case .submitted: ("提交日期，北京时间", "day it was submitted, on China's clocks")
    case .answered: ("答复日期，没有则为空", "day of the answer; empty where there is none")
    case .closed: ("办结日期，没有则为空", "day it was closed; empty where it is not")
    case .answer: ("答复内容，个人信息已遮盖", "answer, personal details cut out")
    case .outcome: ("办理结果代码", "code of the outcome")
    case .support: ("附议人数，含来件人", "distinct writers, the first one included")
    }
  }
}
