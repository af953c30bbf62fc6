import Casework
import Store
import Suggestions
import Testing
import golden_ideas

/// What goes out on paper: receipt slips and orders.
struct PrintedPageTests {
  static func words(_ language: Language = .zh) -> WriterWords {
    WriterWords(language: language) { "单位 \($0.unit)" }
  }

  static func submission(
    _ receipt: String = "GI-XNBN-QMM2-E", isSensitive: Bool = false, excerpt: String = "桥头的灯<坏>了"
  ) -> StationSubmission {
    StationSubmission(
      ReceiptHolding(
        receipt: receipt, number: 3, suggestion: 3, root: 3, submittedAt: 1_744_128_000, receivedAt: 1_751_335_200),
      isSensitive: isSensitive, channel: "opinion-book", excerpt: excerpt, book: "AF-02", page: "1", line: "5")
  }

  static func page(_ slips: [Slip], prefix: String? = nil, _ language: Language = .zh) throws -> ParsedPage {
    let sheet = SlipPage(station: "安福驿站", address: "安福街道", prefix: prefix, words: words(language))
    let markup = sheet.markup(slips)
    #expect(!markup.contains("<script") && !markup.contains("http-equiv=\"refresh") && !markup.contains("src="))
    return try ParsedPage(String(markup.dropFirst("<!DOCTYPE html>\n".count)))
  }

  @Test func aSlipSaysWhereToAsk() throws {
    let page = try Self.page([Slip(submission: Self.submission()), Slip(submission: Self.submission("GI-0000-0001-9"))])
    #expect(page.all("article").count == 2 && page.all("svg").count == 2)
    #expect(page.all("p", style: "code").map(\.text) == ["GI-XNBN-QMM2-E", "GI-0000-0001-9"])
    let slip = try #require(page.all("article").first)
    for words in ["安福驿站", "安福街道", "X N B N，Q M M 二，E", "桥头的灯<坏>了", "AF-02", "第1页第5行", "2025年4月9日"] {
      #expect(slip.text.contains(words), "\(words)")
    }
    #expect(!slip.text.contains("扫码"))
    #expect(page.all("main", style: "slips").count == 1 && page.all("div", style: "answer").isEmpty)
    let english = try Self.page([Slip(submission: Self.submission())], prefix: "https://x.cn/", .en)
    #expect(try #require(english.all("article").first).text.contains("Scan it, or say the code at"))
    #expect(english.all("html").first?.attributes["lang"] == "en")
  }

  /// The code of the receipt, or an address that ends in it.
  @Test func theCodeLeadsToTheReceipt() throws {
    func path(_ page: ParsedPage) throws -> String { try #require(page.all("path").first?.attributes["d"]) }
    func drawn(_ text: String) throws -> String {
      var html = HTMLWriter()
      try #require(QRPicture(text)).write(to: &html, label: "")
      return try path(ParsedPage(html.markup))
    }
    let slip = Slip(submission: Self.submission())
    #expect(try path(Self.page([slip])) == drawn("GI-XNBN-QMM2-E"))
    #expect(try path(Self.page([slip], prefix: "https://x.cn/r/")) == drawn("https://x.cn/r/GI-XNBN-QMM2-E"))
  }

  @Test func aSlipShowsLittleOfTheText() throws {
    let long = String(repeating: "字", count: 41)
    let text = try #require(Self.page([Slip(submission: Self.submission(excerpt: long))]).all("p", style: "text").first)
    #expect(text.text == "“" + String(repeating: "字", count: 40) + "…”")
    let none = try Self.page([Slip(submission: Self.submission(isSensitive: true, excerpt: ""))])
    #expect(none.all("p", style: "text").isEmpty)
  }

  @Test func theAnswerComesWithIt() throws {
    let news = Slip.News(lines: ["已有答复。", "住建局答复：换了"], steps: [(day: "2025年7月1日", words: "收到")])
    let page = try Self.page([Slip(submission: Self.submission(), news: news)])
    #expect(page.all("p", style: "headline").map(\.text) == ["已有答复。"])
    #expect(page.all("li").map(\.text) == ["2025年7月1日收到"])
    #expect(page.all("main", style: "slips news").count == 1)
  }

  static func order() -> DispatchOrder {
    DispatchOrder(
      number: 12, orderedAt: 1_751_335_200, unit: "武陵区住建局", urgency: .danger, title: "",
      text: "井盖坏了\n<夜里看不见>")
  }

  static func page(_ order: DispatchOrder, _ language: Language = .zh) throws -> ParsedPage {
    let markup = OrderPage(order, words: words(language)).markup()
    #expect(!markup.contains("<script") && !markup.contains("GI-"))
    return try ParsedPage(String(markup.dropFirst("<!DOCTYPE html>\n".count)))
  }

  @Test func anOrderHasWhatTheUnitNeeds() throws {
    var order = Self.order()
    order.ordinal = 2
    order.coHandlers = ["城管局", "供电公司"]
    order.topic = "城乡建设 › 井盖"
    order.place = "武陵区"
    order.address = "人民路"
    order.support = 3
    order.instructions = "先围挡"
    order.dues = [.init("到场", by: 1_751_337_000), .init("答复", by: 1_767_196_800, isProvisional: true)]
    order.link = ("https://x.cn/a/TOKEN", 1_751_421_600)
    let page = try Self.page(order)
    let text = try #require(page.all("main").first).text
    for words in [
      "12-2", "武陵区住建局", "协办：城管局、供电公司", "急办", "井盖坏了\n<夜里看不见>", "武陵区 · 人民路", "城乡建设 › 井盖", "3 人", "先围挡",
      "2025年7月1日 10:30 前", "2025年12月31日当天内暂定", "https://x.cn/a/TOKEN",
    ] { #expect(text.contains(words), "\(words)") }
    #expect(page.all("svg").count == 1 && page.all("section", style: "contact").isEmpty)
    for word in try Self.page(order, .en).all("h2").map(\.text) {
      #expect(word.unicodeScalars.allSatisfy { $0.isASCII }, "\(word)")
    }
  }

  @Test func contactAndLinkAreThereOnlyWhereGiven() throws {
    let bare = try Self.page(Self.order())
    #expect(bare.all("svg").isEmpty && bare.all("section", style: "reply").isEmpty)
    #expect(bare.all("section", style: "contact").isEmpty && bare.all("section", style: "instructions").isEmpty)
    var order = Self.order()
    order.contact = "张三 13800000000"
    let contact = try #require(Self.page(order).all("section", style: "contact").first)
    #expect(contact.text.contains("张三 13800000000") && contact.text.contains("只为办理本件提供"))
  }
}
