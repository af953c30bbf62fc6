import Stages
import Suggestions
import TestSupport
import Testing
import Text

/// What is joined, what is only linked, and what is left alone.
struct DeduplicateTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    var name: String
    var first: Record
    var second: Record
    var kind: DuplicateKind
    var differs: Difference
    var testDescription: String { name }

    init(_ name: String, _ first: Record, _ second: Record, _ kind: DuplicateKind, _ differs: Difference = .none) {
      self.name = name
      self.first = first
      self.second = second
      self.kind = kind
      self.differs = differs
    }
  }

  static let template = "希望增加饮水机，现在的不够用"
  static let named = "花溪路与善德路交叉口的井盖破损，请尽快修复"

  static let exact = [
    Pair("the same text, no place", Record("A", template), Record("B", template), .exact),
    Pair(
      "the same text, the same area", Record("A", template, region: "东区"), Record("B", template, region: "东区"), .exact),
    Pair("other titles", Record("A", template, title: "插座"), Record("B", template, title: "充电"), .exact),
    Pair("one of them says no place", Record("A", template, station: "东区驿站"), Record("B", template), .exact),
    Pair(
      "a text that names its own place", Record("A", named, region: "东区"), Record("B", named, region: "镜湖市"), .exact),
    Pair(
      "traditional, wide, spaced, hidden", Record("A", "骑手驿站的饮水机坏了，3天没水。"),
      Record("B", " 騎手驛站的飲水機壞了，３天\u{200B}沒水｡"), .exact),
    Pair(
      "a template from two stations", Record("A", template, station: "东区驿站"), Record("B", template, station: "西区驿站"),
      .near, .place),
    Pair(
      "a template from two areas", Record("A", template, region: "东区"), Record("B", template, region: "西区"), .near,
      .place),
    // 插座 ends in 座 as a building's name does, and is none.
    Pair(
      "furniture is not a place", Record("A", "希望增加充电插座", station: "东区驿站"),
      Record("B", "希望增加充电插座", station: "西区驿站"), .near, .place),
    Pair("nothing in common", Record("A", template), Record("B", named), .none),
    Pair("nothing said", Record("A", ""), Record("B", ""), .none),
    Pair("hardly anything said, twice", Record("A", "好"), Record("B", "好"), .exact),
    Pair("hardly anything said", Record("A", "好"), Record("B", "行"), .none),
  ]

  static let near = [
    Pair(
      "a greeting before it", Record("A", named + "，晚上骑车看不见，已经摔了两个人"),
      Record("B", "您好，" + named + "，晚上骑车看不见，已经摔了两个人"), .near),
    Pair(
      "swapped sentences", Record("A", "非机动车道上的井盖已经破损。晚上骑车经过根本看不清楚。"),
      Record("B", "晚上骑车经过根本看不清楚。非机动车道上的井盖已经破损。"), .near),
    Pair(
      "another building", Record("A", "丹洲花园3栋的电梯坏了一个星期没有人来修，外卖只能爬楼送上去"),
      Record("B", "丹洲花园5栋的电梯坏了一个星期没有人来修，外卖只能爬楼送上去"), .near, .building),
    Pair(
      "another building in Chinese numerals", Record("A", "丹洲花园三栋的电梯坏了一个星期没有人来修，外卖只能爬楼送上去"),
      Record("B", "丹洲花园五栋的电梯坏了一个星期没有人来修，外卖只能爬楼送上去"), .near, .building),
    Pair(
      "another road", Record("A", "花溪路上的路灯有一大半都不亮，晚上送餐看不清路面，希望早点来人修好"),
      Record("B", "武陵大道上的路灯有一大半都不亮，晚上送餐看不清路面，希望早点来人修好"), .near, .road),
    Pair(
      "a digit dropped", Record("A", "编号12345的路灯杆已经歪了很久，一刮风就摇晃，看着很吓人，请派人扶正"),
      Record("B", "编号1245的路灯杆已经歪了很久，一刮风就摇晃，看着很吓人，请派人扶正"), .near),
    Pair(
      "a wrong character", Record("A", "非机动车道上的井盖已经破损很久，晚上骑车经过根本看不清楚"),
      Record("B", "非机动车道上的井盖已经破损很久，晚上骑车经过根本看不清除"), .near),
    Pair(
      "another flat, cut out of the text", Record("A", "住在丹洲花园3栋401的老人腿脚不便，请送餐的师傅多等一会儿不要催"),
      Record("B", "住在丹洲花园3栋402的老人腿脚不便，请送餐的师傅多等一会儿不要催"), .near, .building),
  ]

  /// What differs has a name.
  static let naming = [
    Pair(
      "another bus line", Record("A", "12路公交车晚上七点以后就没有了，下班的人只能走路回家，希望延长时间"),
      Record("B", "25路公交车晚上七点以后就没有了，下班的人只能走路回家，希望延长时间"), .near, .number),
    Pair(
      "another house number", Record("A", "花溪路38号门口的井盖已经破损很久，晚上骑车经过根本看不清楚"),
      Record("B", "花溪路52号门口的井盖已经破损很久，晚上骑车经过根本看不清楚"), .near, .building),
    Pair(
      "another estate", Record("A", "丹洲花园门口没有地方停电动车，大家都停在人行道上，希望划出停车区域"),
      Record("B", "银杏小区门口没有地方停电动车，大家都停在人行道上，希望划出停车区域"), .near, .place),
    Pair(
      "another street", Record("A", "河西街的下水道一下雨就倒灌，店铺里全是污水，请尽快派人来疏通"),
      Record("B", "朝阳街的下水道一下雨就倒灌，店铺里全是污水，请尽快派人来疏通"), .near, .road),
  ]

  /// Texts too short for 3-grams to tell much.
  static let short = [
    Pair("a particle more", Record("A", "路灯不亮了"), Record("B", "路灯不亮"), .near),
    Pair("another last word", Record("A", "希望驿站多放几把椅子"), Record("B", "希望驿站多放几个椅子"), .near),
    Pair("another road", Record("A", "花溪路的路灯不亮"), Record("B", "善德路的路灯不亮"), .near, .road),
    Pair("another building", Record("A", "请修好3栋的电梯"), Record("B", "请修好5栋的电梯"), .none),
    Pair("a longer one with another building", Record("A", "请尽快派人修好我们3栋的电梯"),
      Record("B", "请尽快派人修好我们5栋的电梯"), .near, .building),
    Pair("yes and no", Record("A", "同意"), Record("B", "不同意"), .none),
    Pair("yes to this and to that", Record("A", "支持修路"), Record("B", "支持修桥"), .none),
    Pair("the same beginning", Record("A", "建议增加停车位"), Record("B", "建议增加充电桩"), .none),
    Pair(
      "templates of two stations", Record("A", "路灯不亮", station: "东区驿站"),
      Record("B", "路灯不亮了", station: "西区驿站"), .near, .place),
  ]

  private static let report = "非机动车道上的井盖破损，骑车经过很危险，晚上根本看不清楚，已经摔了两个人"

  /// One text inside a longer one.
  static let contained = [
    Pair(
      "quoted with an answer", Record("A", report),
      Record("B", "转发群友的话：“" + report + "。”我也想补充几句，上个月就打过热线，说是已经派单，到今天也没有看到有人来，请领导督促一下，给大家一个说法"),
      .contained),
    Pair(
      "quoted as one of three", Record("A", report),
      Record("B", "一、菜场门口的垃圾桶三天没有清运，苍蝇满天飞；二、" + report + "；三、驿站里的充电柜总是满的，能不能再装一组。以上三点请一并回复"),
      .contained),
    Pair("too short to be a quotation", Record("A", "井盖破损骑车经过很危险"),
      Record("B", "井盖破损骑车经过很危险，已经打过三次热线，每次都说在派单，请领导督促一下给个说法"), .none),
  ]

  @Test(arguments: exact + near + naming + short + contained) func relates(_ pair: Pair) throws {
    for order in [[pair.first, pair.second], [pair.second, pair.first]] {
      var line = try Line()
      let second = line.run(order)[1]
      #expect(second.disposition == .new)
      #expect(second.duplicate == pair.kind)
      #expect(second.differs == pair.differs)
      #expect(second.leader == (pair.kind == .none ? 0 : 1))
      // Only an exact one is joined.
      #expect(second.suggestion == (pair.kind == .exact ? 1 : 2))
      switch pair.kind {
      case .exact: #expect(second.score == 1000)
      case .near: #expect(second.score >= 500 && second.score <= 1000)
      case .contained: #expect(second.score >= 800 && second.score <= 1000)
      case .none: #expect(second.score == 0)
      }
    }
  }

  @Test func exactOnesJoinTheEarliest() throws {
    var line = try Line()
    let rows = line.run((1...6).map { Record("\($0)", DeduplicateTests.named) })
    #expect(rows.map(\.leader) == [0, 1, 1, 1, 1, 1])
    #expect(rows.map(\.suggestion) == [1, 1, 1, 1, 1, 1])
  }

  @Test func aNearOneIsLinkedToTheBestAndNotJoined() throws {
    var line = try Line()
    let tail = "的电梯坏了一个星期没有人来修，外卖只能爬楼送上去"
    let rows = line.run([
      Record("1", "丹洲花园5栋" + tail), Record("2", "你们好，丹洲花园3栋" + tail), Record("3", "丹洲花园3栋" + tail),
    ])
    // The first is more alike, but another building; the second is the same matter.
    #expect(rows[2].leader == 2)
    #expect(rows[2].differs == .none)
    #expect(rows[2].suggestion == 3)
  }

  @Test func aRevisedTextIsLinkedAndStaysWhatItWas() throws {
    var line = try Line()
    let rows = line.run([
      Record("1", DeduplicateTests.named), Record("2", "车棚漏雨"), Record("2", DeduplicateTests.named),
    ])
    #expect(rows[2].disposition == .revised)
    #expect(rows[2].submission == 2)
    #expect(rows[2].suggestion == 2)
    #expect(rows[2].duplicate == .near)
    #expect(rows[2].leader == 1)
    #expect(rows[2].score == 1000)
    // The text it had is gone from the index; the one it has is there.
    let later = line.run([Record("3", "车棚漏雨"), Record("4", DeduplicateTests.named)])
    #expect(later[0].duplicate == .none)
    #expect(later[1].duplicate == .exact)
    #expect(later[1].leader == 1)
  }

  /// An exact copy stands in for its leader when the leader's text is corrected away.
  @Test func copiesOfARevisedLeaderAreStillFound() throws {
    var line = try Line()
    let rows = line.run([
      Record("1", DeduplicateTests.named), Record("2", DeduplicateTests.named), Record("1", "车棚漏雨没有人管，等了一年"),
      Record("3", "您好，" + DeduplicateTests.named), Record("4", DeduplicateTests.named),
    ])
    #expect(rows.map(\.duplicate) == [.none, .exact, .none, .near, .exact])
    #expect(rows[3].leader == 2)
    #expect(rows[4].leader == 2)
  }

  @Test func theSensitiveTrackNeverMeetsTheOrdinaryOne() throws {
    var line = try Line()
    let body = "昨天夜里在花溪路送餐的时候遇到的事情，希望有人管一管，大家都害怕"
    let rows = line.run([
      Record("1", body), Record("2", body, title: "抢劫"), Record("3", body, title: "有人抢劫"), Record("4", body),
      Record("5", body + "，谢谢", title: "抢劫"), Record("6", body + "，谢谢"),
    ])
    #expect(rows.map(\.track) == [.ordinary, .sensitive, .sensitive, .ordinary, .sensitive, .ordinary])
    #expect(rows.map(\.leader) == [0, 0, 2, 1, 2, 1])
    #expect(rows.map(\.suggestion) == [1, 2, 2, 1, 5, 6])
    #expect(rows.map(\.duplicate) == [.none, .none, .exact, .exact, .near, .near])
  }

  /// A correction can move a matter to the other track; its number and its suggestion stay.
  @Test func aRevisionMayChangeTheTrack() throws {
    var line = try Line()
    let body = "昨天夜里在花溪路送餐的时候遇到的事情，希望有人管一管"
    let rows = line.run([
      Record("1", body), Record("1", body, title: "抢劫"), Record("2", body), Record("3", body, title: "抢劫"),
    ])
    #expect(rows.map(\.disposition) == [.new, .revised, .new, .new])
    #expect(rows[1].suggestion == 1)
    #expect(rows[2].duplicate == .none)
    #expect(rows[3].duplicate == .exact)
    #expect(rows[3].suggestion == 1)
  }

  // MARK: Determinism

  /// A file with everything in it: families of edited copies, exact ones, corrections, repeats, no ids, both tracks.
  static func mixedFile() -> [Record] {
    var generator = SeededGenerator(4096)
    let places = ["花溪路", "善德路", "丹洲花园3栋", "丹洲花园5栋", "武陵大道", "桥头街道"]
    let matters = ["的井盖破损，骑车经过很危险", "的路灯不亮，晚上送餐看不清", "没有地方停车，希望增设车棚", "的电梯坏了没有人来修"]
    let tails = ["，请尽快处理", "，谢谢", "，已经一个多月了", "", "，打过电话没有用13812345678"]
    let regions: [String?] = [nil, "东区", "西区", "湖滨"]
    var records: [Record] = []
    for number in 0..<600 {
      let body = generator.element(of: places) + generator.element(of: matters) + generator.element(of: tails)
      let title: String? = generator.below(12) == 0 ? "抢劫" : nil
      let region = generator.element(of: regions)
      switch generator.below(10) {
      case 0 where !records.isEmpty: records.append(generator.element(of: records))
      case 1: records.append(Record("\(generator.below(number + 1))", body, title: title, region: region))
      case 2: records.append(Record(nil, generator.below(2) == 0 ? "同意" : body, region: region))
      default: records.append(Record("\(number)", body, title: title, region: region))
      }
    }
    return records
  }

  @Test func verdictsDoNotDependOnBatchBounds() throws {
    let records = DeduplicateTests.mixedFile()
    let book = try SampleBook.book()
    var whole = Line(book)
    let expected = whole.run(records, batchSize: 4096)
    #expect(Set(expected.map(\.disposition)).count == 3)
    #expect(Set(expected.map(\.duplicate)).count == 3)
    #expect(Set(expected.map(\.track)).count == 2)
    for size in [1, 7, 100] {
      var line = Line(book)
      let found = line.run(records, batchSize: size)
      let firstDifference = found.indices.first { found[$0] != expected[$0] }
      #expect(firstDifference == nil, "batches of \(size)")
    }
  }

  /// What the store remembers is enough: an index built again decides as the one that was never closed.
  @Test func aReopenedIndexDecidesTheSame() throws {
    let records = DeduplicateTests.mixedFile().filter { $0.fields[.externalID] != nil }
    let book = try SampleBook.book()
    var open = Line(book)
    var reopened = Line(book)
    let half = records.count / 2
    let columns = open.batch(of: Array(records[..<half])).columns
    // The last version of each submission is the one in the index.
    var last: [UInt32: Int] = [:]
    for index in columns.rows.indices where columns.rows[index].disposition != .unchanged {
      let row = columns.rows[index]
      last[row.submission] = index
      reopened.deduplicate.remember(identity: row.identity, digest: row.digest.high, number: row.submission)
    }
    for (number, index) in last.sorted(by: { $0.key < $1.key }) {
      let row = columns.rows[index]
      reopened.deduplicate.remember(
        columns.folded[row.foldedBody..<row.foldedEnd],
        Deduplicate.Remembered(
          number: number, suggestion: row.suggestion, track: row.track, bodyHash: row.bodyHash, sketch: row.sketch,
          place: row.place, namesOwnPlace: row.namesOwnPlace, isExact: row.duplicate == .exact),
        isLoading: true)
    }
    let tails = (open.deduplicate.tail, reopened.deduplicate.tail)
    #expect(tails.0 == tails.1)
    let expected = open.run(Array(records[half...]))
    let found = reopened.run(Array(records[half...]))
    let firstDifference = found.indices.first { found[$0] != expected[$0] }
    #expect(firstDifference == nil)
    if let index = firstDifference { #expect(found[index] == expected[index]) }
  }
}
