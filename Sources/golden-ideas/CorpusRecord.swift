/// One record of the generated corpus in the project's own web form.
struct CorpusRecord {
  var number = 0
  /// Seconds since 2025-01-01T00:00:00+08:00.
  var submitted = 0
  var title: [UInt8] = []
  var content: [UInt8] = []
  var category: [UInt8] = []
  var district: [UInt8] = []
  var address: [UInt8] = []
  /// Fields that may be missing are empty.
  var station: [UInt8] = []
  var name: [UInt8] = []
  var phone: [UInt8] = []
  var email: [UInt8] = []
  var status = ""
  var attachments: [Int] = []
  var likes = 0

  func writeXML(to out: inout [UInt8]) {
    out.append(contentsOf: "  <suggestion id=\"\(id)\">\n    <title>".utf8)
    escapeXML(title, &out)
    out.append(contentsOf: "</title>\n    <content>".utf8)
    escapeXML(content, &out)
    out.append(contentsOf: "</content>\n".utf8)
    element("category", category, &out)
    element("submitted_at", Array(date.utf8), &out)
    element("district", district, &out)
    element("address", address, &out)
    if !station.isEmpty { element("station", station, &out) }
    out.append(contentsOf: "    <contact>".utf8)
    for (key, value) in contact {
      out.append(contentsOf: "<\(key)>".utf8)
      escapeXML(value, &out)
      out.append(contentsOf: "</\(key)>".utf8)
    }
    out.append(contentsOf: "</contact>\n".utf8)
    for name in attachmentNames { element("attachment", Array(name.utf8), &out) }
    out.append(contentsOf: "    <likes>\(likes)</likes>\n    <status>\(status)</status>\n  </suggestion>\n".utf8)
  }

  func writeJSON(to out: inout [UInt8]) {
    out.append(contentsOf: "{\"id\":\"\(id)\"".utf8)
    member("title", title, &out)
    member("content", content, &out)
    member("category", category, &out)
    out.append(contentsOf: ",\"submitted_at\":\"\(date)\"".utf8)
    member("district", district, &out)
    member("address", address, &out)
    if !station.isEmpty { member("station", station, &out) }
    out.append(contentsOf: ",\"contact\":{".utf8)
    for (position, (key, value)) in contact.enumerated() {
      out.append(contentsOf: "\(position == 0 ? "" : ",")\"\(key)\":\"".utf8)
      escapeJSON(value, &out)
      out.append(UInt8(ascii: "\""))
    }
    let names = attachmentNames.map { "\"\($0)\"" }.joined(separator: ",")
    out.append(contentsOf: "},\"attachments\":[\(names)],\"likes\":\(likes),\"status\":\"\(status)\"}\n".utf8)
  }

  // MARK: Values

  private var id: String { "DZH-\(calendar.year)-\(CorpusRecord.padded(number, 7))" }

  private var attachmentNames: [String] { attachments.map { "IMG_\(CorpusRecord.padded($0, 4)).jpg" } }

  private var contact: [(String, [UInt8])] {
    [("name", name), ("phone", phone), ("email", email)].filter { !$0.1.isEmpty }
  }

  private var calendar: (year: Int, month: Int, day: Int) {
    var year = 2025
    var day = submitted / 86_400
    func isLeap() -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    while day >= (isLeap() ? 366 : 365) {
      day -= isLeap() ? 366 : 365
      year += 1
    }
    let lengths = [31, isLeap() ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var month = 0
    while day >= lengths[month] {
      day -= lengths[month]
      month += 1
    }
    return (year, month + 1, day + 1)
  }

  private var date: String {
    let (year, month, day) = calendar
    let second = submitted % 86_400
    let time = [second / 3600, second / 60 % 60, second % 60].map { CorpusRecord.padded($0, 2) }.joined(separator: ":")
    return "\(year)-\(CorpusRecord.padded(month, 2))-\(CorpusRecord.padded(day, 2))T\(time)+08:00"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  // MARK: Syntax

  private func element(_ name: StaticString, _ value: [UInt8], _ out: inout [UInt8]) {
    out.append(contentsOf: "    <\(name)>".utf8)
    escapeXML(value, &out)
    out.append(contentsOf: "</\(name)>\n".utf8)
  }

  private func member(_ name: StaticString, _ value: [UInt8], _ out: inout [UInt8]) {
    out.append(contentsOf: ",\"\(name)\":\"".utf8)
    escapeJSON(value, &out)
    out.append(UInt8(ascii: "\""))
  }

  private func escapeXML(_ value: [UInt8], _ out: inout [UInt8]) {
    guard value.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E }) else {
      out.append(contentsOf: value)
      return
    }
    for byte in value {
      switch byte {
      case UInt8(ascii: "&"): out.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): out.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): out.append(contentsOf: "&gt;".utf8)
      default: out.append(byte)
      }
    }
  }

  private func escapeJSON(_ value: [UInt8], _ out: inout [UInt8]) {
    guard value.contains(where: { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 }) else {
      out.append(contentsOf: value)
      return
    }
    for byte in value {
      switch byte {
      case UInt8(ascii: "\""): out.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): out.append(contentsOf: "\\\\".utf8)
      case 0x0A: out.append(contentsOf: "\\n".utf8)
      case ..<0x20: out.append(contentsOf: "\\u00\(byte < 0x10 ? "0" : "1")\(String(byte & 15, radix: 16))".utf8)
      default: out.append(byte)
      }
    }
  }
}
