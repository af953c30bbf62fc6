internal import Suggestions

/// Which keys a mapping of the casework's files takes: what the readers allow, and what the JSON Schemas tell an editor.
struct SettingShape: Sendable {
  struct Key: Sendable {
    var name: String
    var value: Value
    /// For the person who writes the file: Chinese first.
    var about: String
    var isRequired: Bool

    init(_ name: String, _ value: Value, _ about: String, required: Bool = false) {
      self.name = name
      self.value = value
      self.about = about
      isRequired = required
    }
  }

  indirect enum Value: Sendable {
    case text
    case number(ClosedRange<Int>)
    case flag
    /// A text of this form (a regular expression of ECMA-262).
    case form(String)
    case oneOf([String])
    /// A value or a list of such.
    case some(Value)
    case mapping(SettingShape)
    case list(SettingShape)
    /// Names of one's own, each with such a mapping.
    case table(SettingShape)
  }

  var keys: [Key]
  /// Keys of which exactly one is written.
  var choice: [String] = []

  var names: Set<String> { Set(keys.map(\.name)) }

  init(_ keys: [Key], choice: [String] = []) {
    self.keys = keys
    self.choice = choice
  }
}

// MARK: Forms

extension SettingShape.Value {
  /// `30 minutes`, `1 working day`.
  static let time = form("^[0-9]{1,5} (minute|hour|day|working day|working minute|working hour)s?$")
  /// Windows do not wait for offices to open.
  static let elapsed = form("^[0-9]{1,5} (minute|hour|day)s?$")
  static let date = form("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
  static let days = form("^[0-9]{4}-[0-9]{2}-[0-9]{2}(\\.\\.[0-9]{4}-[0-9]{2}-[0-9]{2})?$")
  static let monthAndDay = form("^[0-9]{2}-[0-9]{2}$")
  static let hours = form("^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$")
  static let stepCode = form("^[a-z][a-z0-9-]{0,39}$")
}

// MARK: Casework

extension SettingShape {
  static let casework = SettingShape([
    Key("returns", .mapping(returns), "退单 / returns", required: true),
    Key("undo", .mapping(undo), "各种决定多久以内可以撤销，对外的消息等过了这段时间才发 / undo windows; messages wait for them", required: true),
    Key("reopen", .elapsed, "办结后多久以内可以重办 / how long after closing a case can be reopened", required: true),
    Key("claim", .elapsed, "认领多久自动放回 / how long a claim lasts", required: true),
    Key("approval", .some(.text), "哪些单位的答复要负责人审签：none、all 或单位编码 / whose answers their head approves: none, all or units"),
  ])
  static let returns = SettingShape([
    Key("most", .number(1...9), "退几次之后不再派单 / after so many returns somebody decides", required: true),
    Key(
      "then", .oneOf(CaseEscalation.allCases.map(\.code)), "由谁定：lead 平台负责人，fallback 区县兜底单位 / who: the lead, or the district's fallback owner",
      required: true),
  ])
  static let undo = SettingShape(
    [Key("default", .elapsed, "没有另写的 / unless said below", required: true)]
      + CaseAction.allCases.filter(\.isUndoable).map { Key($0.code, .elapsed, "这种动作 / this act") })

  // MARK: Clocks

  static let clockBook = SettingShape([
    Key("in_force", .some(.text), "生效的办法（sets 里的 model）/ models that are followed", required: true),
    Key("sets", .list(clockSet), "成套的时限 / sets of clocks", required: true),
  ])
  static let clockSet = SettingShape([
    Key("id", .text, "代号，不重复 / name, unique", required: true),
    Key("model", .text, "所依办法 / whose practice it follows", required: true),
    Key("title", .text, "名称 / title", required: true),
    Key("title_en", .text, "英文名称 / English title", required: true),
    Key("when", .mapping(conditions), "对哪些事项；不写则都算 / for which cases; all, unless given"),
    Key("from", .date, "从哪天收到的起 / for what was received from this day on"),
    Key("until", .date, "到哪天收到的为止 / for what was received until this day"),
    Key("clocks", .mapping(clocks), "时限 / the clocks", required: true),
  ])
  static let conditions = SettingShape([
    kinds, urgencies, tracks,
    Key("topic", .some(.text), "主题（编码）及其下级 / topics, by code, with those below them"),
    Key("region", .some(.text), "区划（编码）及其下级 / regions, by code, with those inside them"),
  ])
  static let clocks = SettingShape(ClockKind.allCases.map { Key($0.code, .mapping(clock), ClockKind.about($0)) })
  static let clock = SettingShape([
    Key("within", .time, "多少时间：30 minutes、2 hours、7 days、5 working days、4 working hours / how much time", required: true),
    Key("start", .oneOf(moments), "从哪个时点起 / what starts it", required: true),
    Key("stop", .some(.oneOf(moments)), "到哪个时点止，几个的先到者算 / what stops it; of several the first", required: true),
    Key("begins", .oneOf(ClockBegin.allCases.map(\.code)), "怎样起算，默认 same moment / how it begins to count"),
    Key("ends", .oneOf(ClockEnd.allCases.map(\.code)), "怎样届满，默认 exact / where the end is put"),
    Key("pauses", .mapping(pauses), "为什么可以停，最多停多久 / what it stands still for, and how long at most"),
    Key("extension", .mapping(extra), "能延多少 / how much may be granted"),
  ])
  static let pauses = SettingShape([
    Key(PauseCause.writer.code, .time, "等来件人补充 / waiting for the writer"),
    Key(PauseCause.returned.code, .time, "退单在途 / between a return and the next order"),
  ])
  static let extra = SettingShape([
    Key("most", .time, "一共最多延多少 / at most so much in all", required: true),
    Key("times", .number(1...9), "最多几次，默认 1 / at most so often, once unless given"),
  ])
  private static let moments = ClockMoment.allCases.map(\.code)

  // MARK: Calendar

  static let calendar = SettingShape([
    Key("hours", .list(officeHours), "办公时间；几季不同的都列上 / office hours, of each season", required: true),
    Key("years", .list(year), "每年的放假通知 / the yearly notices"),
    Key("overrides", .list(override), "本地的停工或加班 / days the city takes off or works"),
  ])
  /// What it leaves out is the calendar's.
  static let localCalendar = SettingShape(calendar.keys.map { Key($0.name, $0.value, $0.about) })
  static let officeHours = SettingShape([
    Key("open", .some(.hours), "几点到几点，如 08:30-12:00，可几段 / e.g. 08:30-12:00, several stretches", required: true),
    Key("from", .monthAndDay, "从几月几日起，如 05-01 / first day of the season"),
    Key("until", .monthAndDay, "到几月几日止 / last day of the season"),
  ])
  static let year = SettingShape([
    Key("year", .number(1949...2999), "年份 / the year", required: true),
    Key("notices", .some(.text), "通知的网址 / where the notice can be read"),
    Key("holidays", .list(holiday), "节日 / the holidays", required: true),
  ])
  static let holiday = SettingShape([
    Key("name", .text, "节日名 / name", required: true),
    Key("off", .some(.days), "放假的日子，一天或 起..止 / days off, each a day or first..last"),
    Key("work", .some(.days), "调休上班的日子 / days worked for it"),
  ])
  static let override = SettingShape([
    Key("days", .days, "一天或 起..止 / a day or first..last", required: true),
    Key("off", .flag, "true 停工，false 上班 / off or worked", required: true),
    Key("name", .text, "为什么 / what for", required: true),
    Key("region", .text, "只在这个区划（编码）/ in this region alone, by code"),
  ])

  // MARK: Reminders

  static let reminders = SettingShape([
    Key("steps", .list(rung), "步骤；同一代号取第一个合适的 / steps; of one code a case has the first that fits", required: true),
    Key("letters", .table(letter), "信，名字自取 / the letters, by names of one's own", required: true),
  ])
  static let rung = SettingShape(
    [
      Key("code", .stepCode, "步骤的代号，小写字母开头，可有数字、短横 / name of the step", required: true),
      Key("clocks", .some(.oneOf(ClockKind.allCases.map(\.code))), "哪些时限 / which clocks", required: true),
      kinds, urgencies, tracks,
      Key("share", .number(1...99), "已用时间的百分比 / per cent of the time used"),
      Key("before", .time, "届满前多久 / so long before it is due"),
      Key("after", .time, "届满后多久 / so long after"),
      Key("to", .some(.oneOf(ReminderRecipient.allCases.map(\.code))), "发给谁 / whom it goes to", required: true),
      Key("act", .oneOf(ReminderRung.Act.allCases.map(\.code)), "除信以外做什么，默认 letter 只发信 / beside the letter"),
      Key("letter", .text, "哪一封信 / which letter", required: true),
    ], choice: ["share", "before", "after"])
  static let letter = SettingShape([
    Key("title", .text, "标题；可用 \(placeholders) / title", required: true),
    Key("text", .text, "正文，同样可用 / text", required: true),
    Key("title_en", .text, "英文标题 / English title", required: true),
    Key("text_en", .text, "英文正文 / English text", required: true),
  ])
  private static let placeholders = ReminderLetter.Placeholder.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")

  // MARK: Shared

  static let kinds = Key("kind", .some(.oneOf(Kind.allCases.map(\.code))), "只对这些类别 / these kinds alone")
  static let urgencies = Key(
    "urgency", .some(.oneOf(Urgency.allCases.map(\.code))), "只对这些紧急程度 / these urgency classes alone")
  static let tracks = Key("track", .some(.oneOf(Track.allCases.map(\.code))), "只对这些通道 / these tracks alone")
}

extension ClockKind {
  fileprivate static func about(_ kind: ClockKind) -> String {
    switch kind {
    case .dispatch: "派单时限 / to dispatch it"
    case .sign: "签收时限 / to sign for it"
    case .arrive: "到场时限 / to be on the spot"
    case .resolve: "处置时限 / to mend it"
    case .answer: "答复时限 / to answer it"
    case .sendBack: "退单时限 / to return it"
    case .whole: "全程时限 / from the writer's word to the result"
    }
  }
}
