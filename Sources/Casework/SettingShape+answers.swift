/// The keys of `rules/answers.yaml`.
extension SettingShape {
  static let answers = SettingShape([
    Key("lengths", .mapping(answerLengths), "多少字以下算没有内容 / letters below which nothing is said", required: true),
    words("greetings", "称呼、问候、收悉 / greetings and receipts"),
    words("phrases", "套话 / phrases that say nothing"),
    words("handed_on", "转办 / words of handing on"),
    words("promises", "许诺 / promises"),
    words("not_promises", "含许诺的字而不是许诺 / words with a promise in them that are none"),
    words("asked_of_others", "叫别人去做 / words that ask somebody else"),
    words("dates", "时间 / words that name a time"),
    Key("places", .mapping(answerPlaces), "怎样认地点 / how places are known", required: true),
    words("common", "到处都有的词 / words that name no matter"),
    words("office_numbers", "号码前有它就是办公电话 / words before an office's telephone"),
    words("office_people", "名字前有它就是单位的人 / words before somebody of an office"),
    words("office_accounts", "账号前有它就是单位的 / words before an office's account"),
    words("published", "公布过的号码，只写数字 / published numbers, digits only"),
    words("grounds", "依据 / words that give a ground"),
  ])
  static let answerLengths = SettingShape([
    Key("empty", .number(1...50), "去掉问候 / without greetings: an empty answer", required: true),
    Key("said", .number(1...200), "去掉套话 / without phrases: phrases only", required: true),
    Key("handed_on", .number(1...200), "有转办的词时 / where it was handed on", required: true),
  ])
  static let answerPlaces = SettingShape([
    words("sites", "路、小区、村的结尾 / endings of roads, estates, villages"),
    words("areas", "乡镇、街道、社区的结尾 / endings of townships and communities"),
    words("landmarks", "学校、医院的结尾 / endings of schools and hospitals"),
    words("ordinary", "结尾相同的寻常词 / ordinary words that end alike"),
    words("units", "跟在地名后成了单位 / words that make an office of a place"),
    Key("never", .text, "名字里没有的字 / characters no name has", required: true),
    Key("above", .text, "上一级的字 / characters of the tier above", required: true),
    words("references", "回指 / words that refer to a place"),
    words("enquiries", "问政策的词 / words of enquiries, which have no place"),
  ])

  private static func words(_ name: String, _ about: String) -> Key {
    Key(name, .some(.text), about, required: true)
  }

  /// Keys that take a list of words.
  var wordLists: [String] {
    keys.filter { if case .some(.text) = $0.value { true } else { false } }.map(\.name)
  }
}
