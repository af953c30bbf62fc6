internal import Suggestions

/// Which keys a mapping of a rule book takes: what the compiler allows, and what the JSON Schema tells an editor.
struct YAMLShape: Sendable {
  struct Key: Sendable {
    var name: String
    var value: Value
    /// For the person who writes the book: Chinese first.
    var about: String
    var isRequired = false
  }

  indirect enum Value: Sendable {
    case text
    case number(ClosedRange<Int>)
    case flag
    case date
    case oneOf([String])
    /// A list of texts, or a single one.
    case texts
    case codes([String])
    /// A list of words: each a text, `@group`, or a mapping with synonyms and points.
    case words(YAMLShape)
    case mapping(YAMLShape)
    case list(YAMLShape)
    /// Texts, or mappings where more than a text is to be said.
    case textsOr(YAMLShape)
    /// Names of one's own, each with a list of texts.
    case table
    case numberOr(String)
    case anything
  }

  var keys: [Key]

  var names: Set<String> { Set(keys.map(\.name)) }

  init(_ keys: [Key]) { self.keys = keys }
}

extension YAMLMapping {
  func allow(_ shape: YAMLShape, log: Log) { allow(shape.names, log: log) }
}

extension YAMLShape.Key {
  init(_ name: String, _ value: YAMLShape.Value, _ about: String, required: Bool = false) {
    self.init(name: name, value: value, about: about, isRequired: required)
  }
}

// MARK: Rules

extension YAMLShape {
  static let ruleFile = YAMLShape([
    Key("words", .table, "词组，规则里写 @名字；组里可以再引用组 / word groups, named as @group; a group may name others"),
    Key("rules", .list(.rule), "规则 / rules"),
  ])

  static let rule = YAMLShape(
    [
      Key("id", .text, "规则的名字，全书唯一 / name of the rule, unique in the book", required: true),
      Key("topic", .text, "判为这个主题（topics.yaml 的编码）/ verdict: a topic, by code"),
      Key("kind", .oneOf(Kind.allCases.map(\.code)), "判为这个类别 / verdict: a kind"),
      Key("act", .oneOf(Act.allCases.map(\.code)), "判为四随之一 / verdict: one of the four acts"),
      Key("track", .oneOf(Track.allCases.map(\.code)), "判入这个通道 / verdict: a track"),
      Key("urgency", .oneOf(Urgency.allCases.map(\.code)), "判为这个紧急程度 / verdict: an urgency class"),
      Key("flag", .oneOf(ModerationFlag.allCases.map(\.code)), "给审核人的提示 / verdict: a flag for the reviewer"),
      Key("weight", .number(1...100), "命中时的分，默认 3 / points when it fires, 3 unless given"),
    ] + conditions + [
      Key("when", .mapping(.when), "在什么情况下才算 / under which circumstances"),
      Key("from", .date, "从哪天起有效 / first day in force"),
      Key("until", .date, "到哪天为止有效 / last day in force"),
      Key("co", .texts, "协办单位（departments.yaml 的编码）/ departments that handle it too"),
      Key("why", .text, "为什么这样判，给看结果的人读 / why, for whoever reads the result"),
      Key("hits", .textsOr(.example), "必须命中的例子，依据用 ⟦⟧ 标出 / must fire; evidence in ⟦⟧"),
      Key("misses", .textsOr(.example), "不许命中的例子 / must not fire"),
    ])

  private static let conditions = [
    Key("any", .words(.word), "至少有其中一个 / at least one of these"),
    Key("all", .words(.word), "每一个都要有 / every one of these"),
    Key("at_least", .mapping(.atLeast), "至少有其中几个 / at least so many of these"),
    Key("none", .texts, "一个也不能有，无论在哪里 / none of these anywhere"),
    Key("except", .texts, "例外词：落在这些词里面的不算，别处的照算 / inside these a keyword does not count, elsewhere it does"),
    Key("near", .list(.near), "两边的词挨得近，几对里有一对就行 / pairs that stand close together; one pair is enough"),
    Key("in", .oneOf(RuleScope.allCases.map(\.rawValue)), "只看标题或正文，默认都看 / title or body alone; both unless given"),
    Key("at", .oneOf(["start"]), "any 的词要在标题或正文的开头 / a word of any must open the title or the body"),
  ]

  static let word = YAMLShape([
    Key("word", .text, "词 / the word", required: true),
    Key("or", .texts, "同义词，同分 / synonyms, for the same points"),
    Key("weight", .number(1...100), "这个词的分，默认用规则的 / points of this word, the rule's unless given"),
  ])

  static let atLeast = YAMLShape([
    Key("count", .number(1...100), "几个；同义词算一个 / how many; synonyms count once", required: true),
    Key("of", .words(.word), "从这些里面 / of these", required: true),
  ])

  static let near = YAMLShape([
    Key("a", .texts, "一边的词 / words of one side", required: true),
    Key("b", .texts, "另一边的词 / words of the other side", required: true),
    Key("within", .numberOr("sentence"), "最多隔几个字（按两词开头算），或 sentence 同一句 / characters between their starts at most, or sentence", required: true),
    Key("in_order", .flag, "a 要在 b 前面 / a stands before b"),
  ])

  static let when = YAMLShape([
    Key("channel", .codes(Channel.allCases.map(\.code)), "渠道 / channels"),
    Key("station", .texts, "驿站（编码）/ stations, by code"),
    Key("region", .texts, "地点在这些区划之内（编码）/ places inside these regions, by code"),
    Key("kind", .codes(Kind.allCases.map(\.code)), "类别 / kinds"),
    Key("months", .text, "月份，如 6-9 / months, e.g. 11-2"),
    Key("weekdays", .text, "星期，1 为周一，如 6-7 / days of the week, 1 is Monday"),
    Key("hours", .text, "几点到几点，如 22-5，含末尾那一小时 / hours of the day, e.g. 22-5, the last one included"),
    Key("length", .text, "标题和正文共多少字，如 0-12 / characters of title and body, e.g. 0-12"),
  ])

  static let example = YAMLShape([
    Key("text", .text, "正文 / the text", required: true),
    Key("title", .text, "标题 / the title"),
    Key("channel", .oneOf(Channel.allCases.map(\.code)), "渠道 / channel"),
    Key("station", .text, "驿站编码 / station, by code"),
    Key("region", .text, "表单里的区划编码 / region of the form, by code"),
    Key("kind", .oneOf(Kind.allCases.map(\.code)), "表单里的类别 / kind of the form"),
    Key("at", .text, "收到的时间，2025-07-01T23:10 / when it was handed in"),
  ])
}

// MARK: Other files

extension YAMLShape {
  private static let validity = [
    Key("from", .date, "从哪天起用这个名字 / first day the name is in use"),
    Key("until", .date, "用到哪天 / last day the name is in use"),
  ]
  private static let aliases = Key("aliases", .texts, "别名、俗称 / other names for it")

  static let book = YAMLShape([
    Key("book", .text, "规则库的代号 / name of the book", required: true),
    Key("title", .text, "名称 / title"),
    Key("title_en", .text, "英文名称 / English title"),
    Key("version", .text, "版本，记在每个判定里 / version, kept with every verdict", required: true),
    Key("zone", .text, "时区，如 +08:00 或 Asia/Shanghai / offset of the city's clocks"),
    Key("confidence", .anything, "没有学来的词时，领先几分有几成把握 / how sure a lead in points is, where no layer was learned"),
    Key("negation", .mapping(.negation), "否定的说法：被否定的词不算 / ways to deny; what is denied does not count"),
  ])

  static let negation = YAMLShape([
    Key("before", .texts, "在前面的否定词，如 不是 / words before what is denied"),
    Key("after", .texts, "在后面的否定词，如 无关 / words after what is denied"),
    Key("gap", .number(0...10), "中间最多隔几个字，默认 2 / characters between at most, 2 unless given"),
    Key("except", .texts, "并不否定的说法，如 是不是 / longer words that deny nothing"),
    Key("undone_by", .texts, "后面跟着就不算否定的词，如 就是、吗 / what takes the denial back in the same sentence"),
  ])

  static let topics = YAMLShape([Key("topics", .list(.topic), "主题 / topics", required: true)])
  static let topic = YAMLShape([
    Key("code", .text, "编码，上级为前缀 / code; the parent's is its prefix", required: true),
    Key("name", .text, "名称 / name", required: true),
    Key("en", .text, "英文名称 / English name"),
  ])

  static let departments = YAMLShape([Key("departments", .list(.department), "承办单位 / departments", required: true)])
  static let department = YAMLShape([
    Key("code", .text, "编码 / code", required: true),
    Key("name", .text, "名称 / name", required: true),
    Key("short", .text, "简称 / short name"),
    Key("en", .text, "英文名称 / English name"),
    Key("district", .text, "区县对口单位的名称样式，{区} 代区名 / name pattern of its counterpart in a district"),
    Key("tier", .oneOf(Tier.allCases.map(\.rawValue)), "层级 / tier"),
    aliases,
  ])

  static let regions = YAMLShape([
    Key("regions", .list(.region), "区划 / regions", required: true),
    Key("ambiguous", .list(.ambiguous), "一名多地，要问人 / names of several places: people are asked"),
    Key("landmarks", .list(.landmark), "地标 / landmarks"),
    Key("roads", .list(.road), "道路 / roads"),
    Key("not_places", .texts, "含有地名而不是地名的词 / words that contain a name and are none"),
  ])
  static let region = YAMLShape(
    [
      Key("code", .text, "区划代码 / code", required: true),
      Key("name", .text, "名称 / name", required: true),
      Key("en", .text, "英文名称 / English name"),
      Key("level", .oneOf(RegionLevel.allCases.map(\.rawValue)), "层级 / level", required: true),
      Key("parent", .text, "上级的编码 / code of what contains it"),
      Key("over", .texts, "功能区盖着的街道 / streets a zone is laid over"),
      aliases,
    ] + validity)
  static let ambiguous = YAMLShape(
    [
      Key("name", .text, "名称 / the name", required: true),
      Key("candidates", .texts, "可能的区划 / regions it may mean", required: true),
      Key("ask", .text, "问什么 / the question"),
      Key("ask_en", .text, "英文的问法 / the question in English"),
    ] + validity)
  static let landmark = YAMLShape(
    [
      Key("name", .text, "名称 / name", required: true),
      Key("region", .text, "在哪个区划 / region it lies in", required: true),
      aliases,
    ] + validity)
  static let road = YAMLShape(
    [
      Key("name", .text, "路名 / name", required: true),
      Key("region", .texts, "经过的区划；经过几个就要问人 / regions it runs through; of several people are asked", required: true),
      aliases,
    ] + validity)

  static let stations = YAMLShape([Key("stations", .list(.station), "驿站 / rest stations", required: true)])
  static let station = YAMLShape(
    [
      Key("code", .text, "编码 / code", required: true),
      Key("name", .text, "名称 / name", required: true),
      Key("en", .text, "英文名称 / English name"),
      Key("region", .text, "所在区划 / region it lies in", required: true),
      Key("address", .text, "地址 / address"),
      Key("facilities", .texts, "设施 / what it offers"),
      aliases,
    ] + validity)

  static let routing = YAMLShape([
    Key("routes", .list(.route), "分办规则，越具体越先 / routes; the most exact wins", required: true),
    Key("fallback", .mapping(.fallback), "都不合适时交给谁 / who gets what no route fits", required: true),
    Key("priority", .mapping(.priority), "各紧急程度的优先值 / priority of each urgency class"),
  ])
  static let route = YAMLShape([
    Key("id", .text, "名字 / name", required: true),
    Key("topic", .text, "主题及其下级 / a topic and those below it"),
    Key("region", .text, "区划及其下级 / a region and those inside it"),
    Key("kind", .oneOf(Kind.allCases.map(\.code)), "类别 / kind"),
    Key("lead", .text, "牵头单位 / who leads", required: true),
    Key("co", .texts, "协办单位 / who helps"),
    Key("tier", .oneOf(Tier.allCases.map(\.rawValue)), "办理层级，默认 district / tier that handles it"),
  ])
  static let fallback = YAMLShape([
    Key("lead", .text, "知道区县时 / where a district is known", required: true),
    Key("lead_city", .text, "不知道区县时 / where none is"),
    Key("tier", .oneOf(Tier.allCases.map(\.rawValue)), "层级 / tier"),
  ])
  static let priority = YAMLShape(
    Urgency.allCases.map { Key($0.code, .number(0...99), "0-99") })

  /// The files of a book, by name.
  static let files: [(name: String, shape: YAMLShape)] = [
    ("book", book), ("departments", departments), ("regions", regions), ("routing", routing), ("rules", ruleFile),
    ("stations", stations), ("topics", topics),
  ]
}
