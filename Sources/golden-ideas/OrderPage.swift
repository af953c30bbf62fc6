package import Suggestions

/// 承办通知单: an order as the unit gets it on paper or opens it from a message.
package struct DispatchOrder {
  /// Of the case.
  package var number: Int
  /// Which order of the case it is, from 1.
  package var ordinal = 1
  package var orderedAt: Int64
  /// 主办, and 协办.
  package var unit: String
  package var coHandlers: [String] = []
  package var urgency: Urgency
  /// From the general to the particular.
  package var topic: String?
  package var place: String?
  package var address: String?
  package var title: String
  /// Redacted.
  package var text: String
  package var submittedAt: Int64?
  /// How many people wrote of it.
  package var support = 1
  package var dues: [Due] = []
  package var instructions: String?
  /// Contact or door number, released for this order; nil where it was not.
  package var contact: String?
  /// The whole address that opens the form of this order, and the last second it is good for.
  package var link: (address: String, until: Int64)?

  package struct Due {
    /// What has to be done.
    package var name: String
    /// Seconds since 1970.
    package var by: Int64
    package var isProvisional: Bool

    package init(_ name: String, by moment: Int64, isProvisional: Bool = false) {
      self.name = name
      by = moment
      self.isProvisional = isProvisional
    }
  }

  package init(number: Int, orderedAt: Int64, unit: String, urgency: Urgency, title: String, text: String) {
    self.number = number
    self.orderedAt = orderedAt
    self.unit = unit
    self.urgency = urgency
    self.title = title
    self.text = text
  }
}

/// An order on one A4 page. The writer's receipt is not on it: that is the writer's.
package struct OrderPage {
  private let order: DispatchOrder
  private let words: WriterWords
  private let messages: Messages

  package init(_ order: DispatchOrder, words: WriterWords) {
    self.order = order
    self.words = words
    messages = Messages(language: words.language)
  }

  /// - Parameter links: where to go from there, on a screen.
  package func markup(_ style: PageStyle = .inside, links: [ScreenLink] = []) -> String {
    let title = messages("承办通知单 \(order.number)-\(order.ordinal)", "Order \(order.number)-\(order.ordinal)")
    return HTMLPage(language: messages.language, title: title, sheet: OrderStyle.sheet, style: style).markup { body in
      body.links(links, label: messages("这一页", "This page"))
      body.element("main", ["class": order.urgency == .danger ? "order danger" : "order"]) { main in
        main.element("header", [:], head)
        main.newline()
        main.element("section", ["class": "to"], addressees)
        main.element("dl", ["class": "dues"], dues)
        main.newline()
        main.element("section", ["class": "matter"], matter)
        main.newline()
        if let instructions = order.instructions {
          main.element("section", ["class": "instructions"]) {
            $0.element("h2", messages("办理要求", "What is asked"))
            $0.element("p", ["class": "text"], instructions)
          }
        }
        if let contact = order.contact { main.element("section", ["class": "contact"]) { write(contact, to: &$0) } }
        main.newline()
        if let link = order.link { main.element("section", ["class": "reply"]) { write(link, to: &$0) } }
        main.element("footer", [:], footer)
      }
    }
  }

  private func head(_ html: inout HTMLWriter) {
    html.element("p", ["class": "brand"], messages("金点子", "Golden Ideas"))
    html.element("h1", messages("承办通知单", "Dispatch order"))
    html.element("p", ["class": "number"]) { line in
      line.text(messages("编号 ", "No. "))
      line.element("b", "\(order.number)-\(order.ordinal)")
    }
  }

  private func addressees(_ html: inout HTMLWriter) {
    html.element("p", ["class": "unit"], order.unit)
    if !order.coHandlers.isEmpty {
      html.element(
        "p", ["class": "with"], messages("协办：", "With: ") + order.coHandlers.joined(separator: messages("、", ", ")))
    }
    html.element("p", ["class": "sent"]) { line in
      line.element("span", ["class": "urgency"], urgency)
      line.text(words.moment(order.orderedAt) + messages(" 派单", " ordered"))
    }
  }

  private func dues(_ html: inout HTMLWriter) {
    for due in order.dues {
      html.element("div") { group in
        group.element("dt", due.name)
        group.element("dd") { value in
          value.text(words.deadline(due.by))
          if due.isProvisional { value.element("small", messages("暂定", "provisional")) }
        }
      }
    }
  }

  private func matter(_ html: inout HTMLWriter) {
    html.element("h2", order.title.isEmpty ? messages("来件", "What was written") : order.title)
    html.element("p", ["class": "text"], order.text)
    html.element("dl", ["class": "facts"]) { list in
      let place = [order.place, order.address].compactMap(\.self).filter { !$0.isEmpty }
      let facts: [(String, String?)] = [
        (messages("地点", "Place"), place.isEmpty ? nil : place.joined(separator: " · ")),
        (messages("主题", "Topic"), order.topic),
        (messages("写于", "Written"), order.submittedAt.map(words.day)),
        (messages("附议", "Support"), order.support > 1 ? messages("\(order.support) 人", "\(order.support) people") : nil),
      ]
      for (name, value) in facts {
        guard let value else { continue }
        list.element("dt", name)
        list.element("dd", value)
      }
    }
  }

  private func write(_ contact: String, to html: inout HTMLWriter) {
    html.element("h2", messages("联系方式", "Contact"))
    html.element("p", ["class": "text"], contact)
    html.element(
      "p", ["class": "note"],
      messages("只为办理本件提供，不得转给他人，办完即毁；提供已记录在案。", "Released for this order alone. Do not pass it on; destroy it when done. The release is on record."))
  }

  private func write(_ link: (address: String, until: Int64), to html: inout HTMLWriter) {
    QRPicture(link.address)?.write(to: &html, label: messages("答复链接的二维码", "QR code of the link to answer"))
    html.element("div") { column in
      column.element("h2", messages("扫码答复，不用账号", "Scan to answer, no account needed"))
      column.element(
        "p", [:],
        messages(
          "办完后扫码填写结果，附处置前后照片。链接只能用一次，\(words.deadline(link.until))有效。",
          "When it is done, scan and fill in the result, with photographs before and after. Good once, \(words.deadline(link.until))."))
      column.element("p", ["class": "note"], messages("谁拿到这张纸谁就能答复，请妥善保管。", "Whoever holds this page can answer: keep it safe."))
      column.element("p", ["class": "link"], link.address)
    }
  }

  private var urgency: String {
    switch order.urgency {
    case .danger: messages("急办 · 危及安全", "At once · danger")
    case .outage: messages("快办 · 停水停电停气", "Quickly · outage")
    case .ordinary: messages("普通", "Ordinary")
    case .idea: messages("金点子", "Idea")
    }
  }

  private var footer: String {
    messages(
      "不属本单位职责的，请在退单时限内退回平台，写明理由、依据和建议承办单位；不要自行转给其他单位。",
      "If it is not yours, return it to the platform in time, with reason, basis and whose it is; do not hand it on.")
  }
}

/// What an order looks like: on A4, in grey where the printer has no red, and on a telephone. No `<` and no `&`.
enum OrderStyle {
  static let sheet: StaticString = """
    :root{color-scheme:light;--red:#b3201a;--ink:#1b1b1b;--quiet:#555;--rule:#cfcac2;--wash:#f6f4f0}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:210mm;padding:1rem;background:#fff;color:var(--ink);\
    font:11pt/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","WenQuanYi Zen Hei",\
    sans-serif}
    p,dl,dd{margin:0}
    h2{font-size:13pt;line-height:1.35;margin:0 0 1.5mm}
    .screen{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;margin-bottom:1rem;font-size:1rem}
    .screen a{color:#7a4b00;padding:.25rem 0}
    .order{overflow-wrap:anywhere}
    header{display:grid;grid-template-columns:1fr auto 1fr;align-items:end;gap:0 4mm;padding-bottom:3mm;\
    border-bottom:.9mm solid var(--red)}
    header h1{font-size:23pt;line-height:1.15;letter-spacing:.12em;margin:0;color:var(--red);text-align:center}
    header .brand{color:var(--red);font-weight:700}
    header .number{text-align:right;font-variant-numeric:tabular-nums}
    .to{display:grid;grid-template-columns:1fr auto;gap:0 5mm;align-items:baseline;margin:5mm 0 4mm}
    .unit{font-size:16pt;font-weight:700;line-height:1.3}
    .with{grid-column:1;color:var(--quiet)}
    .sent{grid-column:2;grid-row:1;text-align:right}
    .urgency{display:inline-block;border:1px solid var(--quiet);border-radius:1mm;padding:0 2mm;margin-right:2.5mm;\
    font-weight:700}
    .danger .urgency{background:var(--red);border-color:var(--red);color:#fff;print-color-adjust:exact;\
    -webkit-print-color-adjust:exact}
    .dues{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1px;padding:1px;\
    margin-bottom:5mm}
    .dues:empty{display:none}
    .dues div{box-shadow:0 0 0 1px var(--rule);padding:2mm 3mm}
    .dues dt{color:var(--quiet);font-size:9.5pt}
    .dues dd{font-weight:700;font-variant-numeric:tabular-nums;line-height:1.4}
    .dues small{display:inline-block;margin-left:1.5mm;font-weight:400;color:var(--red)}
    .matter .text{font-size:12.5pt;line-height:1.75;margin-bottom:3mm}
    .text{white-space:pre-line}
    .facts{display:grid;grid-template-columns:auto 1fr;gap:.8mm 4mm;padding-top:2.5mm;border-top:1px solid var(--rule)}
    .facts dt{color:var(--quiet)}
    .instructions,.contact{margin-top:5mm}
    .contact{border:1px solid var(--red);border-radius:1.5mm;padding:3mm 4mm}
    .note{color:var(--quiet);font-size:9.5pt}
    .reply{display:flex;gap:5mm;align-items:center;margin-top:6mm;padding:3mm 5mm 3mm 3mm;background:var(--wash);\
    border-radius:1.5mm;print-color-adjust:exact;-webkit-print-color-adjust:exact}
    .reply .qr{flex:none;width:38mm;height:38mm}
    .reply .link{font:8pt/1.35 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;color:var(--quiet);\
    margin-top:1mm;word-break:break-all}
    footer{margin-top:5mm;padding-top:2.5mm;border-top:1px solid var(--rule);color:var(--quiet);font-size:9.5pt}
    section,footer{break-inside:avoid}
    .matter{break-inside:auto}
    @media (max-width:38rem){
    header{grid-template-columns:1fr auto}
    header h1{grid-column:1/-1;grid-row:2;text-align:left;letter-spacing:.04em;font-size:19pt}
    .to{grid-template-columns:1fr}
    .sent{grid-column:1;grid-row:auto;text-align:left;margin-top:1.5mm}
    .reply{flex-direction:column;align-items:flex-start}
    }
    @page{size:A4;margin:15mm 16mm}
    @media print{body{max-width:none;padding:0} .screen{display:none}}
    """
}
