/// What a character can be in a Chinese name: one look-up each, as every frame asks.
struct NameCharacter: OptionSet {
  let rawValue: UInt8

  /// A surname; the words some of them begin are listed.
  static let surname = NameCharacter(rawValue: 1)
  /// A surname that is met more often as something else: 于 方 向 应.
  static let ambiguousSurname = NameCharacter(rawValue: 2)
  static let anySurname: NameCharacter = [.surname, .ambiguousSurname]
  /// Usual in given names.
  static let given = NameCharacter(rawValue: 4)
  /// Function words and last characters of roles and places: hardly in a given name.
  static let foreign = NameCharacter(rawValue: 8)
  /// What may follow a name without punctuation between: 来电人樊某称….
  static let follower = NameCharacter(rawValue: 16)
  /// What may stand before a name without punctuation between: 请找李….
  static let leader = NameCharacter(rawValue: 32)
  /// First character of a surname of two: 欧阳, 司马.
  static let compound = NameCharacter(rawValue: 64)

  static func of(_ scalar: UInt32) -> NameCharacter {
    let position = scalar &- first
    return position < count ? NameCharacter(rawValue: table[Int(position)]) : []
  }

  /// What begins a name, a surname of one character or of two.
  static let opensName: NameCharacter = [.surname, .ambiguousSurname, .compound]

  static func isHan(_ scalar: UInt32) -> Bool { scalar &- first < count }

  /// Two characters that begin like a name and are a word: 高中, 方便, 江西, 谢谢.
  static func isWord(_ first: UInt32, _ second: UInt32) -> Bool {
    first == second || words.contains(UInt64(first) << 32 | UInt64(second))
  }

  static func isCompoundSurname(_ first: UInt32, _ second: UInt32) -> Bool {
    of(first).contains(.compound) && compoundSurnames.contains(UInt64(first) << 32 | UInt64(second))
  }

  private static let first: UInt32 = 0x4E00
  private static let count: UInt32 = 0x5200

  private static let table: [UInt8] = {
    var table = [UInt8](repeating: 0, count: Int(count))
    func mark(_ characters: String, _ what: NameCharacter) {
      for scalar in characters.unicodeScalars { table[Int(scalar.value - first)] |= what.rawValue }
    }
    mark(surnames, .surname)
    mark(ambiguousSurnames, .ambiguousSurname)
    mark(givenCharacters, .given)
    mark(foreignCharacters, .foreign)
    mark(followers, .follower)
    mark(leaders, .leader)
    for pair in compoundSurnames { table[Int(UInt32(truncatingIfNeeded: pair >> 32) - first)] |= compound.rawValue }
    return table
  }()

  private static let surnames = """
    王李张刘陈杨黄赵吴周徐孙朱胡郭罗郑梁宋唐韩冯邓曹彭肖萧田董袁潘蒋蔡杜叶苏魏吕丁沈姚卢姜崔谭汪范廖贾夏韦邹孟熊秦邱尹薛闫阎侯陶\
    贺郝龚邵覃戴莫汤樊霍虞裘缪郁杭洪诸邢裴荣翁荀甄封靳焦伊栾甘厉戎詹黎薄蒲赖卓蔺屠蒙乔翟姬冉雍桑桂濮牛燕冀尚庄晏柴瞿艾戈庾耿寇欧\
    蔚隆聂敖阚饶鞠谌翦佘粟岳倪滕殷葛祝尤祁骆窦麦臧宓郎郦鲍喻柏戚邬俞袭苗茅蓝闵梅娄涂辜阙揭褚麻昝楚卞岑晁伍马何林高谢许曾程余任钟陆付江雷顾钱孔温龙段史毛严武康易白石金宁文盛
    """

  private static let ambiguousSurnames = """
    于万方向常凌支柯管房解应宗宣单左吉曲储巫牧车全班仲宫仇祖符景束印怀池阴贡劳申扶寿边浦农连容古居衡步都满匡师巩冷辛那简沙丰\
    关查红游权盖普安成季舒皮邝项华米明元卫水时路傅包强
    """

  /// Characters of given names, the usual ones of several generations.
  private static let givenCharacters = """
    伟强磊军勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆旭宁龙林峰建国文志海东云江洪坤成荣新福春生山贵祥德胜利发财全忠义仁信礼智良善民\
    安康富顺兴盛昌隆达乐喜庆吉瑞和谐正光亮宏振威武毅坚诚恒永远长根宝玉金银珠翠珍珊琴琪瑶瑛琳璐玲珑环佩芳芬芝兰莲菊梅桂花荷菲萍英茹\
    莉莎薇蓉蓓芸芹苗茜蕾娜娟娥婷婉媛嫣妍娇姣姗妮媚婵娅婧姝秀丽美艳红霞彩月星晓晨曦晴雪冰霜露雨霖雯雷静敏慧惠淑贤娴雅洁贞素清秋冬夏\
    香艺怡悦欣欢笑思念梦诗书翰涵颖聪睿哲彦博学才豪雄世宗祖耀煌灿烨炜炎焱烈煜灵仙凤凰鸿雁燕鹤鹰虎彪豹骏骥麟森松柏桦楠桐梓榕枫杉柳楚\
    湘汉沅启迪升腾跃进立功勋卫邦友朋益群创科满小大少伯仲叔季元君子轩逸凡宸辰泽润沐沁泓瀚洋洲滨溪泉源深渊湛澄澜潮晖昊昱旻昕晟昶晏\
    韬均权衡举钧铭铁钢锋锐锦钰铃钊钦毓育裕豫禹舜尧禄寿祯祺禧佑佐佳侠俐修倩儒允克兆冠凌力勃勤化北南卉卓占厚双叶向咏品嘉培堂增士壮\
    声奇奎姿孝守定宜宽宾尚展岚岩岭岳峻崇川巍巧帅常廷延弘弟彤征律心恩恺慈懿扬承振捷政敬斐旺昆昭景曼本朝柱桃栋梁棋棠榜汝沛法济淳漫潇\
    炳焕然煊照熙爱玄玮珂珈珏珺理琛琦琼瑜瑾璇璞甜甫盈眉真石硕稳穗竹筠精纯纲绍绪维绮翔舒若茂荔莹菁萌蓝蕊虹蝶衍言谦贝赞赟越运连逊道采\
    重阳青韵颂馨骁魁鲁鸣麒齐来保先兵丹丰业义乔亚亦传佩仪任会伦伶信倪倬党冉初卿印友君吟喜国圣坚城基堃塘墨复夫奕妙妹姬娣媛嫦婕媚\
    宪密岗岱崎州巨帝庭庚廉开弦彬微忆恬惜慕成扩抒操效敦旦昂旋晗晶晔曙朗权李杏杨柯栩桢梵楷槐樊槟毛水汇沙泰洛浪海涌淇渝游湖滔滢澎澳灏\
    炫焰焜熠燊爽牧玫珩琰琨琬璋璟瓒甘田留畅益盼睦瞳石研磐祎祝秉积竣笛策简粤绢绣缘翊翎翼联肖能腊臣舟航艾芊芷苇苑苒茵荃莎菀葆蒙蓬薪裴\
    诺谷谨豹贤轶轼辅辽迅述逢遥郁鄂钟铎铨镜闯闻陆陵霄霆靖靓韶音颜飘驰驹高鲲鹃黛恋姑带仔艮凌乾坤阶顶有多加中容一二三四五六七八九
    """

  private static let foreignCharacters = """
    的是在有和与及或了不也都就很从去想要我你您他她它们这那哪什么个为因被把让给对将已经又再还没无可应该请谢吗呢吧啊哦说称住身电话手机\
    号码系方式现今年日时分第自己到过得着等多几每各某此其所以但而并且如果则只却之者员人户主长师客哥姐妈爸家边工局县市区镇乡村街路厅处\
    某名性男女岁月上下前后左右内外里间车位房楼店站司公证件何当事报诉投求助记
    """

  private static let followers = "称说在因住身电于现系今第和与及自的是手年男女家向被反对同也为从曾去到收等联及地又才来有能正已态送骂打撞骗讲不没把一"

  private static let leaders = "的找是和与由让给被跟请叫为系问到向及有等个名位人于对任"

  private static let compoundSurnames: Set<UInt64> = pairs(
    """
    欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒 东方 南宫 端木 宇文 轩辕 长孙 独孤 西门 闻人 澹台 淳于 钟离 司空 呼延 \
    完颜 赫连 百里 申屠 太史 东郭 万俟 濮阳
    """)

  private static let words: Set<UInt64> = pairs(
    """
    王国 王子 王府 王者 张开 张贴 陈年 陈列 陈述 陈旧 杨树 杨柳 杨梅 黄金 黄河 黄山 黄石 黄海 黄冈 黄昏 黄色 黄牛 黄土 黄花 黄泥 周年 \
    周边 周末 周日 周全 周到 周围 周期 周岁 徐州 马上 马路 马虎 马力 马达 马山 马云 朱红 高中 高新 高峰 高山 高级 高温 高速 高铁 高层 \
    高楼 高空 高考 高度 高强 高德 高达 高利 高等 高龄 高深 高发 高科 高兴 高学 高大 高压 高血 高低 高质 高档 高效 高额 林业 林木 林地 \
    林立 林海 何时 何况 何以 何必 何在 何年 何人 何来 何能 罗列 罗马 郑州 郑重 谢绝 谢意 谢天 韩国 韩语 唐山 唐代 于是 于明 于学 于元 于一 于先 \
    于本 于业 于国 于法 于中 于民 于有 于新 于和 于海 于大 于东 于小 于南 于北 董事 程序 程度 程中 许多 许可 许久 曾经 曾在 曾于 曾任 \
    曾有 曾多 曾对 沈阳 苏州 苏北 苏南 丁字 余额 余下 余年 余元 余人 余名 余家 余万 余地 杜绝 夏天 夏季 夏日 夏令 钟头 田地 田园 田间 \
    任何 任务 任意 任教 任职 任由 任性 任命 任课 任重 任期 任凭 范围 范文 方便 方面 方案 方向 方式 方法 方正 方圆 方能 方可 方才 方言 \
    方田 方有 方大 石油 石门 石头 石材 石化 石子 石英 石板 石灰 石家 金额 金融 金属 金华 金银 金花 金色 金山 金州 金陵 金牛 陆续 陆军 \
    陆地 孔雀 白天 白云 白金 白血 白色 白领 白杨 白马 白石 白水 白发 白内 白蚁 康复 康养 康乐 康佳 康宁 毛病 毛坯 江西 江苏 江南 江北 \
    江河 江山 江海 江边 江东 江华 江城 江浙 江湖 江滩 史上 史志 顾客 顾虑 顾问 邵阳 邵东 龙头 龙山 龙阳 龙湖 龙华 龙江 龙泉 龙岗 万元 \
    万达 万科 万分 万一 万亩 万人 万家 万平 万里 万岁 万年 万能 万全 万国 万多 万有 万州 段时 段路 雷同 雷雨 雷达 雷锋 钱财 钱款 钱包 \
    黎明 易于 易地 易发 易学 常德 常年 常见 常用 常规 常州 常住 常务 常委 常有 常来 常态 常理 常青 武汉 武陵 武术 武警 武昌 武装 武力 \
    武冈 武功 向来 向往 向上 向下 向前 向东 向南 向北 向有 向学 向大 向新 向海 向社 向心 向全 向先 向政 向相 向国 向本 向民 向法 向群 \
    付款 付清 付出 付费 付钱 严重 严格 严厉 严禁 严肃 严查 温州 温泉 温度 温馨 温江 安全 安装 安排 安静 安乡 安徽 安心 安慰 安定 安居 \
    安康 安宁 安庆 安置 安保 安仁 安化 成都 成立 成为 成功 成年 成绩 成本 成人 成员 成果 成华 成品 成份 成分 成交 成效 成长 成天 成熟 \
    盛世 盛大 凌晨 凌云 凌乱 宁波 宁夏 宁乡 宁愿 宁静 宁可 宁远 祝福 祝愿 祝您 祝大 祝好 舒服 舒适 舒心 季度 季节 单位 单元 单独 单程 \
    单车 单亲 应该 应当 应用 应急 解决 解放 解释 解除 全体 全国 全部 全家 全面 全民 全市 全县 全镇 全力 全年 全新 全天 全心 管理 管道 \
    车主 车辆 车子 房东 房子 房产 房屋 关于 关心 关注 关系 连续 连同 连年 连云 连接 容易 容量 农民 农村 农业 步行 都有 都会 都能 都来 \
    满意 满足 满心 满员 文明 文化 文件 文章 文字 文山 文教 文理 文昌 文学 文书 文科 文艺 文凭 师生 师德 师大 师范 师傅 师资 师兄 师弟 \
    那有 那多 那天 那来 简单 简直 简易 沙石 沙发 沙子 沙湖 丰富 丰田 红星 红军 红旗 红利 红花 红绿 红本 红包 红色 查明 查询 查处 查看 \
    游客 游泳 游玩 游戏 权利 权力 权益 盖章 普通 普及 普法 普遍 古城 古树 古镇 华容 华为 华南 华北 华东 华中 华夏 华美 华丽 华润 华人 \
    米兰 明显 明天 明年 明明 明知 明确 明白 明文 明星 元宝 元旦 元月 卫生 卫星 水利 水泥 水平 水库 水电 水文 水务 水果 水源 水田 水管 \
    水深 水质 时间 时有 时常 时光 时刻 时代 路边 路灯 路程 路南 路北 路东 路段 路口 路人 宫里 景区 景观 景点 印象 印刷 班主 班子 班级 \
    宗教 宗旨 宣传 宣布 包括 包工 包裹 包含 包车 左右 左边 左转 吉首 吉林 吉利 吉大 申请 申诉 申报 申办 祖国 祖父 祖母 祖业 祖宗 祖先 \
    居民 居住 居然 居委 居家 边有 边上 施工 施救 强烈 强制 强行 强调 强迫 强拆 强大 强力 强化 强势 麻烦 麻将 麻木 麻阳 梅花 梅州 梅山 \
    楚江 项目 邓州 荣誉 荣华 荣光 桂林 桂花 桂阳 桂东 汤圆 叶子 甘肃 尤其 欧美 欧洲 蓝天 蓝山 蓝色 苗族 苗木 苗圃 洪水 洪江 封闭 \
    封建 薄弱 焦虑 焦急 燕子 尚未 尚有 尚不 牛奶 牛肉 隆重 隆回 蒙古 蒙受 姚江 胡乱 胡同 胡言 孟加 秦皇 韦德 诸多 诸位 桑植 桑拿 丰台 \
    车位 车牌 皮肤 皮革 皮鞋 连锁 连队 连山 衡阳 衡山 衡东 衡南 池州 池塘 汉寿 项城 冷水 冷江 冷静 冷漠 冷淡 冷清 程水 杭州 萧山 苏溪 江声 \
    周一 周二 周三 周四 周五 周六 高一 高二 高三 付一 付三 任一 余一 余三 程一 段一 路一 何一 钟一 万三 谢三
    """)

  private static func pairs(_ text: String) -> Set<UInt64> {
    Set(text.split(separator: " ").map { word in word.unicodeScalars.reduce(0) { $0 << 32 | UInt64($1.value) } })
  }
}
