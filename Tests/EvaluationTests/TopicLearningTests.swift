import Evaluation
import Rules
import TestSupport
import Testing

/// Keywords mined from texts whose topic is known.
struct TopicLearningTests {
  /// Texts of three topics, made from words of each and words of all.
  static func texts(_ book: RuleBook, count: Int = 240, seed: UInt64 = 7) throws -> [LabelledText] {
    let subjects = [
      ["楼道堆满杂物", "物业不作为", "业主委员会", "电梯困人", "外墙脱落"],
      ["公交车晚点", "红绿灯配时", "斑马线褪色", "出租车拒载", "高峰拥堵"],
      ["河水发臭", "工厂排污", "噪声扰民", "垃圾焚烧", "扬尘污染"],
    ]
    let common = ["请领导重视", "多次反映无果", "希望尽快处理", "谢谢", "情况属实", "已经半年"]
    let topics = Array(book.topics.indices.filter { book.topics[$0].level == 1 }.prefix(3))
    try #require(topics.count == 3)
    var generator = SeededGenerator(seed)
    return (0..<count).map { number in
      let kind = number % 3
      var words: [String] = []
      for _ in 0..<Int.random(in: 2...5, using: &generator) { words.append(subjects[kind].randomElement(using: &generator) ?? "") }
      for _ in 0..<Int.random(in: 1...4, using: &generator) { words.append(common.randomElement(using: &generator) ?? "") }
      words.shuffle(using: &generator)
      return LabelledText(
        id: "\(number)", title: number % 2 == 0 ? words[0] : "", body: words.joined(separator: "，") + "。",
        topic: topics[kind])
    }
  }

  /// Files of the shipped book, with or without its learned layer.
  static func files(learned: Bool) throws -> [RuleFile] {
    let start = PackageRoot.path + "/rules/"
    return try PackageRoot.files(below: "rules")
      .filter { $0.hasSuffix(".yaml") && !$0.contains("rules/profiles/") && (learned || !$0.contains("rules/learned/")) }
      .map { path in
        let whole = path.hasPrefix("/") ? path : PackageRoot.path + "/" + path
        return RuleFile(path: String(whole.dropFirst(start.count)), bytes: try PackageRoot.bytes(path))
      }
  }

  static func book() throws -> RuleBook { try RuleBook(files: files(learned: true)) }

  @Test func unseenTextsAreToldApart() throws {
    let book = try Self.book()
    let evaluation = TopicLearning(try Self.texts(book), book: book).crossValidated(4)
    #expect(evaluation.verdicts.count == 240)
    #expect(evaluation.confusion.macroF1 > 0.95)
    #expect(evaluation.decided.share > 0.8)
    #expect(evaluation.decided.accuracy > 0.95)
  }

  /// Labels that have nothing to do with the texts cannot be learned: figures that come out high are not honest.
  @Test func chanceIsNotLearned() throws {
    let book = try Self.book()
    var texts = try Self.texts(book)
    var generator = SeededGenerator(3)
    let labels = texts.map(\.topic).shuffled(using: &generator)
    for index in texts.indices { texts[index].topic = labels[index] }
    let evaluation = TopicLearning(texts, book: book).crossValidated(4)
    #expect(evaluation.confusion.accuracy < 0.55)
    #expect(evaluation.decided.share < 0.3)
  }

  @Test func theSameTextsGiveTheSameFile() throws {
    let book = try Self.book()
    let texts = try Self.texts(book)
    let first = TopicLearning(texts, book: book).learn().yaml
    #expect(TopicLearning(texts, book: book).learn().yaml == first)
    #expect(!first.contains(texts[0].body))
  }

  @Test func theFileSaysWhatWasLearned() throws {
    let book = try Self.book()
    let texts = try Self.texts(book)
    let layer = TopicLearning(texts, book: book).learn()
    let read = try RuleBook(
      files: Self.files(learned: false) + [RuleFile(path: "learned/topics.yaml", bytes: Array(layer.yaml.utf8))])
    let written = TopicEvaluation(texts, by: book.withLayer(layer)).verdicts.map { [$0.said, $0.lead, $0.confidence] }
    #expect(TopicEvaluation(texts, by: read).verdicts.map { [$0.said, $0.lead, $0.confidence] } == written)
    let word = try #require(layer.keywords.first { String(String.UnicodeScalarView($0.scalars.compactMap(Unicode.Scalar.init))) == "业主" })
    #expect(word.weights[0] > 0)
    #expect(word.weights[1] <= 0)
  }

  @Test func foldsHoldAllTopicsAlike() throws {
    let book = try Self.book()
    let texts = try Self.texts(book, count: 30)
    let folds = TopicLearning(texts, book: book).folds(5, of: Array(texts.indices))
    #expect(Set(folds.flatMap(\.self)).count == 30)
    for fold in folds { #expect(Set(fold.map { texts[$0].topic }).count == 3) }
  }
}
