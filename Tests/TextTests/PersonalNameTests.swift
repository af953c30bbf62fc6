import Testing
import Text

/// Names by the frames people write them in. The names are invented; telephone numbers belong to nobody.
struct PersonalNameTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var names: [String]
    var testDescription: String { text }

    init(_ text: String, _ names: String...) {
      self.text = text
      self.names = names
    }
  }

  static let announced = [
    Case("联系人张三", "张三"),
    Case("姓名 张三", "张三"),
    Case("姓名：张 三", "张三"),
    Case("姓名：李四 电话：19900001234", "李四"),
    Case("署名：李红", "李红"),
    Case("反映人：刘志强", "刘志强"),
    Case("求助人:陈大勇 手机19900001234", "陈大勇"),
    Case("户名：周桂英", "周桂英"),
    Case("名叫“陈丽华”的骑手", "陈丽华"),
    Case("我儿子叫刘洋", "刘洋"),
    Case("这个叫周强的", "周强"),
    Case("我叫刘洋，今年25岁", "刘洋"),
    Case("我叫李小红今年三十", "李小红"),
    Case("本人王小明，身份证430702200012011231", "王小明"),
    Case("本人司马建国，在武陵送外卖", "司马建国"),
    Case("我叫诸葛明，住城东", "诸葛明"),
    Case("我是欧阳小红，骑手", "欧阳小红"),
    Case("证件挂失了，周小雨是我本名", "周小雨"),
  ]

  static let roles = [
    Case("我是骑手张三，建议增加充电桩", "张三"),
    Case("我是骑手赵建国，建议增加充电桩", "赵建国"),
    Case("我是外卖员李红梅，跑了三年", "李红梅"),
    Case("骑手王磊态度差", "王磊"),
    Case("店长陈佳佳不让骑手上厕所", "陈佳佳"),
    Case("业主：何志华", "何志华"),
    Case("我丈夫刘海生中风了", "刘海生"),
    Case("我外婆周桂香花了一万", "周桂香"),
    Case("赵建国先生说的", "赵建国"),
    Case("教英语的陈红老师", "陈红"),
  ]

  static let besideNumbers = [
    Case("张师傅 19900001234", "张师傅"),
    Case("老张师傅19900001234", "老张师傅"),
    Case("联系人单师傅 199 0000 1234", "单师傅"),
    Case("欧阳师傅 19900001234", "欧阳师傅"),
    Case("李姐 １９９００００１２３４", "李姐"),
    Case("找小李 19900001234", "小李"),
    Case("李红 19900001234，白天都在", "李红"),
    Case("请找刘建国19900001234", "刘建国"),
    Case("王师傅的电话是19900001234", "王师傅"),
    Case("请联系站长赵磊：19900001234", "赵磊"),
    Case("客户李女士电话19900001234", "李女士"),
    Case("张先生收 19900001234 武陵区花溪路", "张先生"),
    Case("联系人：王女士 0736-7712345", "王女士"),
    Case("第一行燕敏430702200012011231", "燕敏"),
    Case("19900001234 李红", "李红"),
    Case("19900001234，小张", "小张"),
    Case("19900001234 张工", "张工"),
    Case("联系电话19900001234（王先生）", "王先生"),
    Case("联系电话：19900001234，联系人王先生", "王先生"),
  ]

  static let signatures = [
    Case("道路坑洼多年没人修，请尽快派人来修。——李小军", "李小军"),
    Case("道路坑洼多年没人修，请尽快派人来修。李小军 2025年6月1日", "李小军"),
    Case("道路坑洼多年没人修，请尽快派人来修，此致敬礼 王小明", "王小明"),
    Case("道路坑洼多年没人修，请尽快派人来修。落款：陈丽", "陈丽"),
  ]

  @Test(arguments: announced + roles + besideNumbers + signatures) func finds(_ example: Case) {
    let found = details(in: example.text).filter { $0.hasPrefix("name:") }
    #expect(found == example.names.map { "name:\($0)" })
  }

  /// What begins like a name behind a frame and is the next word, a place, or a surname alone.
  static let harmless = [
    "王先生说的", "李老师说的", "联系人王女士", "叫张师傅来修", "负责人方面", "负责人向我们说明", "负责人王某说", "负责人：高度重视",
    "市长大人：您好", "本人于今年三月", "本人万分感谢", "本人任教多年", "本人常年在外", "我是宁波人", "我是江西的", "我是石门县的骑手", "我是高三学生",
    "我是常德本地人", "店主何时开门", "骑手任何时候都能进", "骑手万一摔倒", "骑手马上到", "骑手方便一点", "骑手于今年入职", "骑手常年在路上", "司机严重超速",
    "站长何必为难", "员工应有的待遇", "居民连正常用水都没有", "村民江边散步", "市民向往的", "师傅程度不一", "老师高度负责", "便民工程真好", "人丁兴旺", "人文生态",
    "我妈妈高血压", "我儿子金属过敏", "我丈夫白天上班", "我老公江苏人", "我爸爸黄金周加班", "我弟弟马上高考", "我哥哥严厉", "高级老师", "班主任老师", "数学老师", "叫号机",
    "路灯不亮，请修复。谢谢", "希望领导重视此事并尽快解决！万分感谢！", "希望领导重视此事并尽快解决。2025年6月", "希望领导重视此事并尽快解决，——高新区居民",
    "路灯不亮，请尽快修复，地点在武陵区 龙阳", "龙阳", "白云", "桃源 高明",
  ]

  @Test(arguments: harmless) func findsNoNameInOrdinaryTexts(_ text: String) {
    #expect(details(in: text).isEmpty)
  }

  /// Beside a number stand other words too.
  static let otherNeighbours = [
    "骑手19900001234", "维修师傅 19900001234", "房东 19900001234", "经理19900001234", "快递小哥19900001234", "民工 19900001234",
    "施工 19900001234", "13栋电工19900001234", "客服电话19900001234", "加微信19900001234", "找工作19900001234", "向阳路19900001234",
    "19900001234 谢谢", "19900001234，马上处理", "19900001234高峰期打不通", "19900001234 何时回复", "请打19900001234 方便时联系",
  ]

  @Test(arguments: otherNeighbours) func findsTheNumberOnly(_ text: String) {
    #expect(details(in: text) == ["mobile:19900001234"])
  }
}
