package import Store
internal import Suggestions

/// 回执条: what a person without an account takes home from the station, many to a sheet, to be cut apart.
package struct Slip {
  package var submission: StationSubmission
  /// What there is to bring back; nil for a slip that only says where to ask.
  package var news: News?

  package struct News {
    /// The headline first.
    package var lines: [String]
    package var steps: [(day: String, words: String)]

    package init(lines: [String], steps: [(day: String, words: String)]) {
      self.lines = lines
      self.steps = steps
    }
  }

  package init(submission: StationSubmission, news: News? = nil) {
    self.submission = submission
    self.news = news
  }

  package var receipt: String { submission.holding.receipt }
}

/// Slips on A4: eight to a sheet without news, below each other with it.
package struct SlipPage {
  /// A slip shows so much of the text: enough for its writer to know it again, and nothing to read over a shoulder.
  static let excerpt = 40

  private let station: String
  private let address: String
  private let prefix: String?
  private let words: WriterWords
  private let messages: Messages

  /// - Parameter prefix: what stands before the code in the QR code; nil for the code alone.
  package init(station: String, address: String, prefix: String?, words: WriterWords) {
    self.station = station
    self.address = address
    self.prefix = prefix
    self.words = words
    messages = Messages(language: words.language)
  }

  /// - Parameter links: where to go from there, on a screen.
  package func markup(_ slips: [Slip], _ style: PageStyle = .inside, links: [ScreenLink] = []) -> String {
    let hasNews = slips.contains { $0.news != nil }
    let title = messages("回执 · \(station)", "Receipts · \(station)")
    return HTMLPage(language: messages.language, title: title, sheet: SlipStyle.sheet, style: style).markup { body in
      body.links(links, label: messages("这一页", "This page"))
      body.element("header", ["class": "screen"]) { header in
        header.element("h1", title)
        header.element(
          "p", [:],
          messages(
            "\(slips.count) 张。用 A4 纸打印，沿虚线剪开，交给来件人本人。",
            "\(slips.count) slips. Print on A4, cut along the dashes, give each to its writer."))
      }
      body.newline()
      body.element("main", ["class": hasNews ? "slips news" : "slips"]) { main in
        for slip in slips {
          main.element("article", ["class": "slip"]) { write(slip, to: &$0) }
          main.newline()
        }
      }
    }
  }

  private func write(_ slip: Slip, to html: inout HTMLWriter) {
    html.element("header") { header in
      header.element("span", ["class": "brand"], messages("金点子 · 回执", "Golden Ideas · receipt"))
      header.element("span", station)
    }
    html.element("div", ["class": "body"]) { body in
      QRPicture((prefix ?? "") + slip.receipt)?.write(
        to: &body, label: messages("回执码的二维码", "QR code of the receipt"))
      body.element("div", ["class": "words"]) { column in
        column.element("p", ["class": "code"], slip.receipt)
        column.element(
          "p", ["class": "spoken"],
          messages("读作 ", "say ") + ReceiptCode.spoken(slip.receipt, inChinese: messages.language == .zh))
        if !slip.submission.excerpt.isEmpty {
          column.element(
            "p", ["class": "text"], messages("“\(excerpt(slip))”", "\u{201C}\(excerpt(slip))\u{201D}"))
        }
        column.element("p", ["class": "origin"]) { line in
          for (place, part) in origin(slip.submission).enumerated() {
            if place > 0 { line.text(" · ") }
            line.element("span", part)
          }
        }
      }
    }
    if let news = slip.news { write(news, to: &html) }
    html.element("footer", [:], footer)
  }

  private func write(_ news: Slip.News, to html: inout HTMLWriter) {
    html.element("div", ["class": "answer"]) { answer in
      for (place, line) in news.lines.enumerated() {
        answer.element("p", place == 0 ? ["class": "headline"] : [:], line)
      }
      answer.element("ol") { list in
        for step in news.steps {
          list.element("li") { item in
            item.element("span", ["class": "day"], step.day)
            item.text(step.words)
          }
        }
      }
    }
  }

  private func excerpt(_ slip: Slip) -> String {
    let whole = slip.submission.excerpt.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let cut = whole.prefix(SlipPage.excerpt)
    return cut.endIndex == whole.endIndex ? whole : cut + "…"
  }

  /// Where and when it was written.
  private func origin(_ submission: StationSubmission) -> [String] {
    var parts: [String] = []
    if let book = submission.book {
      parts.append(messages("意见簿 \(book)", "book \(book)"))
      if let page = submission.page, let line = submission.line {
        parts.append(messages("第\(page)页第\(line)行", "page \(page), line \(line)"))
      }
    } else {
      parts.append(messages.word(submission.channel))
    }
    if let written = submission.holding.submittedAt { parts.append(words.day(written)) }
    return parts
  }

  private var footer: String {
    let place = address.isEmpty ? station : messages("\(station)（\(address)）", "\(station) (\(address))")
    let scan = prefix == nil ? "" : messages("手机扫码，或", "Scan it, or ")
    return messages(
      "查进度：\(scan)到\(place)报回执码。谁有这个码谁就能查，请自己收好。",
      "\(scan.isEmpty ? "To ask, " : scan)say the code at \(place). Whoever has the code can ask: keep it to yourself.")
  }
}

/// What a sheet of slips looks like: black on white, as it is paper. No `<` and no `&`.
enum SlipStyle {
  static let sheet: StaticString = """
    :root{color-scheme:light}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:210mm;padding:4mm;background:#fff;color:#000;\
    font:10.5pt/1.45 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","WenQuanYi Zen Hei",\
    sans-serif}
    p{margin:0}
    nav.screen{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;margin:0 0 4mm;font-size:1rem}
    nav.screen a{color:#7a4b00;padding:.25rem 0}
    header.screen{margin:0 0 4mm}
    header.screen h1{font-size:15pt;margin:0}
    .slips{display:grid;grid-template-columns:1fr 1fr;padding:0 1px 1px 0}
    .slips.news{grid-template-columns:1fr}
    .slip{display:flex;flex-direction:column;min-height:69mm;padding:5mm 5mm 4mm;border:1px dashed #777;\
    margin:0 -1px -1px 0;break-inside:avoid;overflow-wrap:anywhere}
    .slip header{display:flex;justify-content:space-between;gap:4mm;padding-bottom:1.5mm;\
    border-bottom:.4mm solid #000;font-size:9.5pt}
    .slip .brand{font-weight:700;white-space:nowrap}
    .slip .body{display:flex;gap:3mm;align-items:flex-start;margin:2.5mm 0 auto}
    .slip .qr{flex:none;width:29mm;height:29mm;margin:-1mm 0 0 -2mm}
    .slip .words{flex:1;min-width:0}
    .slip .code{font:700 14pt/1.2 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:nowrap}
    .slip .spoken{font-size:8.5pt;margin:.5mm 0 1.5mm}
    .slip .text{font-size:9.5pt}
    .slip .origin{color:#444;font-size:8.5pt}
    .slip .origin span{display:inline-block}
    .slip footer{margin-top:2.5mm;font-size:8pt;line-height:1.4;color:#444}
    .slips.news .slip{min-height:52mm}
    .slips.news .code{font-size:17pt}
    .answer{margin-top:2.5mm;padding:2.5mm 3.5mm;border-left:1.2mm solid #000;background:#f3f3f3;\
    print-color-adjust:exact;-webkit-print-color-adjust:exact}
    .answer p{margin:0 0 1mm;white-space:pre-line}
    .answer .headline{font-weight:700;font-size:12pt}
    .answer ol{display:flex;flex-wrap:wrap;gap:.5mm 5mm;list-style:none;margin:1.5mm 0 0;padding:0;font-size:8.5pt}
    .answer .day{color:#444;margin-right:1.2mm}
    @media (max-width:40rem){.slips,.slips.news{grid-template-columns:minmax(0,1fr)} .slip{min-height:0}\
    .slip .body,.slip header{flex-wrap:wrap} .slips.news .code{font-size:14pt}}
    @page{size:A4;margin:8mm}
    @media print{body{max-width:none;padding:0} .screen{display:none}}
    """
}
