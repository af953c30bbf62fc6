import Rules
import Suggestions
import Testing

/// What couriers and riders were reported to have said and done in Changde, and what the shipped book makes of it. Each
/// is an example in the book too.
struct ArticleCasesTests {
  struct Case: Sendable {
    var text: String
    /// Prefix of the topic's code.
    var topic: String?
    var lead: String?
    var kind: Kind?
    var track = Track.ordinary
    var flag: ModerationFlag?
    var helps: String?
  }

  @Test(arguments: [
    Case(text: "花溪路交叉口一处电力井盖严重破损", topic: "010301", lead: "housing", kind: .fault, helps: "power-supply"),
    Case(text: "小区门口路面坑洼", topic: "010303", lead: "housing", kind: .fault),
    Case(text: "送件时看到井盖松动", topic: "010301", lead: "housing", kind: .fault),
    Case(text: "送件时看到路灯不亮", topic: "010302", lead: "urban-management", kind: .fault),
    Case(text: "路面破损", topic: "010303", lead: "housing", kind: .fault),
    Case(text: "设施故障", topic: "0103", lead: "housing", kind: .fault),
    Case(text: "环境脏乱", topic: "0104", lead: "urban-management", kind: .fault),
    Case(text: "优化非机动车停放区", topic: "020601", lead: "urban-management", kind: .idea),
    Case(text: "增设道路减速带", topic: "020503", lead: "traffic-police", kind: .idea),
    Case(text: "安福驿站空调坏了", topic: "040901", lead: "station-keeper", kind: .fault),
    Case(text: "驿站的饮水机没水", topic: "040901", lead: "station-keeper"),
    Case(text: "驿站微波炉热不了饭", topic: "040901", lead: "station-keeper"),
    Case(text: "驿站应急药箱里的药过期了", topic: "040901", lead: "station-keeper"),
    Case(text: "驿站充电插座不通电", topic: "040901", lead: "station-keeper"),
    Case(text: "希望定期组织交通安全培训", topic: "040905", kind: .idea),
    Case(text: "在驿站搞一次健康义诊", topic: "040904"),
    Case(text: "想建骑手友好社区", topic: "020704"),
    Case(text: "外卖小哥被人打了", topic: nil, track: .sensitive),
    Case(text: "随手帮：扶起倒地的共享单车", topic: nil, kind: .contribution),
    Case(text: "随口宣：给老人讲了反诈骗知识", topic: nil, kind: .contribution),
    Case(text: "不是路灯的问题，是电线断了", topic: "010307", kind: .fault),
    Case(text: "实名举报村支书贪污", topic: "15", track: .sensitive, flag: .discipline),
    Case(text: "这事信访局已经受理了", topic: nil, flag: .inCourt),
    Case(text: "测试", topic: nil, flag: .noRequest),
    Case(text: "二桥下有人落水了", topic: nil, flag: .emergency),
  ])
  func isJudgedAsPeopleDid(_ wanted: Case) throws {
    let book = try ShippedBookTests.book()
    let judgement = book.explain(body: wanted.text).judgement
    if let topic = wanted.topic {
      let code = judgement.topic.map { book.topics[$0].code } ?? ""
      #expect(code.hasPrefix(topic), "\(code)")
    }
    if let kind = wanted.kind { #expect(judgement.kind == kind) }
    #expect(judgement.track == wanted.track)
    if let flag = wanted.flag { #expect(judgement.flags >> UInt16(flag.rawValue) & 1 == 1) }
    let route = book.route(topic: judgement.topic, region: judgement.region, kind: judgement.kind ?? .other)
    if let lead = wanted.lead { #expect(book.departments[route.lead].code == lead) }
    if let helps = wanted.helps {
      #expect((judgement.coHandlers + route.coHandlers).contains { book.departments[$0].code == helps })
    }
  }

  /// A denied word does not fire, and one inside a word that means something else does not either.
  @Test func whatIsDeniedOrElseDoesNotFire() throws {
    let book = try ShippedBookTests.book()
    #expect(!book.fired(body: "不是路灯的问题").contains("street-lamp"))
    #expect(book.fired(body: "是不是路灯坏了").contains("street-lamp"))
    #expect(book.fired(body: "不是路灯坏了就是线断了").contains("street-lamp"))
    #expect(!book.fired(body: "井盖厂招工").contains("manhole-cover"))
    #expect(book.explain(body: "电动汽车充电桩太少").judgement.topic.map { book.topics[$0].code } == "020804")
    #expect(!book.fired(body: "你好，红云路的变压器嗡嗡响").contains("no-request-greeting"))
  }
}
